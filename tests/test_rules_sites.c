/* SPDX-License-Identifier: MIT */
/* The rules about sites and contracts: for each what breaks it, what just does not, what is not known; settings. */
#include "tests/rules_estate.h"

/* What is told of the site, its assessment ("a:"), a device in scope on it ("d:") and its deadline ("t:"). */
static const struct example sites[] = {
	/* R7 and R8 */
	{ { NULL }, "R7" },
	{ { "a:secret=no" }, "R7" },
	{ { "a:secret=no dv=no ministers=no socpa=no" }, "" },
	{ { "a:socpa=yes socpa_order=SI_2007/930", "survey_on=2024-01-01" }, "" },
	{ { "a:socpa=yes", "survey_on=2024-01-01" }, "R8" },
	/* R22 */
	{ { "a:secret=yes" }, "R22" },
	{ { "a:secret=yes", "survey_on=2024-01-01" }, "" },
	/* R4, with what is known of who has control (R11) */
	{ { "a:secret=no dv=no ministers=no socpa=no", "d:", "controller=department" }, "R4" },
	{ { "a:secret=no dv=no ministers=no socpa=no", "d:removed_on=2024-01-01", "controller=department" }, "" },
	{ { "a:secret=no dv=no ministers=no socpa=no", "d:", "controller=department",
	    "extend=no extend_by=A extend_on=2024-01-01 extend_reason=r" },
	  "" },
	{ { "d:", "controller=department" }, "R7" },
	{ { "d:", "controller=unknown" }, "R7 R11" },
	{ { "d:", "controller=landlord" }, "R7 R11" },
	{ { "d:", "controller=contractor" }, "R7 R11" },
	{ { "d:", "controller=landlord", "lease_end_on=2030-01-01" }, "R7" },
	{ { "d:manufacturer=Fine", "controller=landlord" }, "R7" },
	/* R5 and R19: the last milestone has passed */
	{ { "a:secret=yes", "survey_on=2024-01-01", "controller=department", "d:" }, "R5 R19" },
	{ { "a:secret=yes", "survey_on=2024-01-01", "controller=department", "d:", "t:target_on=2025-03-01" }, "R5" },
	{ { "a:secret=yes", "survey_on=2024-01-01", "controller=department",
	    "d:", "t:target_on=2025-03-01 kind=survey" },
	  "R5 R19" },
	{ { "a:secret=yes", "survey_on=2024-01-01", "controller=department",
	    "d:", "t:target_on=2025-03-01 done_on=2025-03-01" },
	  "R5 R19" },
	{ { "a:secret=yes", "survey_on=2024-01-01", "controller=department", "d:removed_on=2024-01-01" }, "" },
	{ { "a:secret=yes", "survey_on=2024-01-01", "controller=department", "d:manufacturer=Open" }, "" },
};

/* The words with blanks between as assignments of one record. */
static void
assign_words(struct support *test, struct record *record, const char *words)
{
	while (*words != '\0') {
		size_t size = strcspn(words, " ");

		if (size > 0)
			support_must(test, record_assign(record, arena_bytes(&test->arena, words, size), &test->arena,
							 &test->error));
		words += size + (words[size] == ' ');
	}
}

static void
add_to_site(struct support *test, const char *code, const char *told)
{
	enum entity_kind kind = told[0] == 'a' ? ENTITY_ASSESSMENT : told[0] == 'd' ? ENTITY_DEVICE : ENTITY_DEADLINE;
	struct record *record = record_new(&test->arena, kind);
	const char *site = arena_format(&test->arena, "site=%s", code);

	if (kind == ENTITY_ASSESSMENT)
		assign_words(test, record, "grounds=g decided_by=A decided_on=2024-01-01");
	if (kind == ENTITY_DEVICE)
		assign_words(test, record,
			     arena_format(&test->arena, "tag=D-%s kind=camera manufacturer=Covered", code));
	if (kind == ENTITY_DEADLINE)
		assign_words(test, record, "kind=remove");
	assign_words(test, record, site);
	assign_words(test, record, told + 2);
	support_must(test, store_insert(test->session.store, record, &test->error));
}

static void
add_site(struct support *test, const char *code, const struct example *example)
{
	struct record *site = record_new(&test->arena, ENTITY_SITE);

	assign_words(test, site, arena_format(&test->arena, "code=%s", code));
	for (int i = 0; i < ASSIGNMENTS_MAX && example->set[i] != NULL; i++)
		if (example->set[i][1] != ':')
			assign_words(test, site, example->set[i]);
	support_must(test, store_insert(test->session.store, site, &test->error));
	for (int i = 0; i < ASSIGNMENTS_MAX && example->set[i] != NULL; i++)
		if (example->set[i][1] == ':')
			add_to_site(test, code, example->set[i]);
}

static void
a_site_breaks_just_the_rules_that_it_breaks(void **state)
{
	enum { COUNT = sizeof sites / sizeof sites[0] };
	struct support *test = *state;

	make_estate(test);
	support_begin(test, "Add sites");
	for (int i = 0; i < COUNT; i++)
		add_site(test, arena_format(&test->arena, "S%d", i), &sites[i]);
	support_commit(test);
	for (int i = 0; i < COUNT; i++)
		assert_broken(test, ENTITY_SITE, arena_format(&test->arena, "S%d", i), &sites[i]);
}

/* All that is in scope there must be under a contract that ends, whether it names one or its site has one. */
static void
the_end_of_a_contract_ends_control_as_that_of_a_lease_does(void **state)
{
	struct support *test = *state;

	make_estate(test);
	support_begin(test, "Add a site");
	add_site(test, "S", &(struct example){ { "d:contract=k", "controller=contractor" }, "" });
	support_add(test, ENTITY_CONTRACT, "reference=K", "kind=managed service", NULL);
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_SITE, "S"), "R7 R11");
	support_set_alone(test, ENTITY_CONTRACT, "K", "end_on=2027-03-31");
	assert_string_equal(broken(test, ENTITY_SITE, "S"), "R7");
	assert_string_equal(support_value(test, ENTITY_SITE, "S", "control_end_on"), "2027-03-31");
	support_set_alone(test, ENTITY_CONTRACT, "K", "kind=supply");
	assert_string_equal(broken(test, ENTITY_SITE, "S"), "R7 R11");
	support_set_alone(test, ENTITY_CONTRACT, "K", "kind=maintenance");
	support_begin(test, "Add another device");
	add_device(test, "D2", (const char *const[]){ "site=S", NULL });
	support_add(test, ENTITY_CONTRACT, "reference=OF-S", "site=S", NULL);
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_SITE, "S"), "R7 R11");
	support_set_alone(test, ENTITY_CONTRACT, "OF-S", "end_on=2028-03-31");
	assert_string_equal(broken(test, ENTITY_SITE, "S"), "R7");
	assert_string_equal(support_value(test, ENTITY_SITE, "S", "control_end_on"), "2028-03-31");
	support_set_alone(test, ENTITY_SITE, "S", "lease_end_on=2026-12-31");
	assert_string_equal(support_value(test, ENTITY_SITE, "S", "control_end_on"), "2026-12-31");
}

static void
a_contract_that_ends_does_not_say_who_has_control(void **state)
{
	struct support *test = *state;

	make_estate(test);
	support_begin(test, "Add a site");
	add_site(test, "S", &(struct example){ { "d:contract=K", "controller=unknown" }, "" });
	support_add(test, ENTITY_CONTRACT, "reference=K", "end_on=2027-03-31", NULL);
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_SITE, "S"), "R7 R11");
}

/* The newest assessment counts, and so does its order. */
static void
a_newer_assessment_with_the_order_ends_the_finding(void **state)
{
	struct support *test = *state;

	support_begin(test, "Assess");
	add_site(test, "S", &(struct example){ { "a:socpa=yes", "survey_on=2024-01-01" }, "" });
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_SITE, "S"), "R8");
	support_begin(test, "Assess again");
	add_to_site(test, "S", "a:socpa=yes socpa_order=SI_2007/930");
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_SITE, "S"), "");
}

/* Sensitivity is that of a complex: a building that is said not to be is doubted, however deep it lies. */
static void
a_building_that_is_not_sensitive_in_a_complex_that_is_is_found(void **state)
{
	static const char no[] = "a:secret=no dv=no ministers=no socpa=no";
	struct support *test = *state;

	support_begin(test, "Add a complex");
	add_site(test, "TOP", &(struct example){ { "a:secret=yes", "survey_on=2024-01-01" }, "" });
	add_site(test, "WING", &(struct example){ { "parent=TOP", "survey_on=2024-01-01" }, "" });
	add_site(test, "ROOM", &(struct example){ { no, "parent=WING" }, "" });
	add_site(test, "PART", &(struct example){ { "a:secret=no", "parent=WING", "survey_on=2024-01-01" }, "" });
	add_site(test, "CELL", &(struct example){ { "parent=ROOM" }, "" });
	add_site(test, "ALONE", &(struct example){ { no }, "" });
	add_site(test, "SHED", &(struct example){ { no, "parent=ALONE" }, "" });
	support_commit(test);
	assert_string_equal(support_find(test, ENTITY_SITE, "breaks:R30"), "ROOM");
	assert_string_equal(support_value(test, ENTITY_SITE, "ROOM", "sensitive_complex"), "WING");
	assert_string_equal(support_value(test, ENTITY_SITE, "CELL", "inherited_from"), "ROOM");
	support_begin(test, "Assess the wing");
	add_to_site(test, "WING", no);
	support_commit(test);
	assert_string_equal(support_find(test, ENTITY_SITE, "breaks:R30"), "WING ROOM");
	assert_string_equal(support_value(test, ENTITY_SITE, "ROOM", "sensitive_complex"), "TOP");
	support_begin(test, "Assess the top");
	add_to_site(test, "TOP", no);
	support_commit(test);
	assert_string_equal(support_find(test, ENTITY_SITE, "breaks:R30"), "");
}

/* The date of a device, or of an organisation above, is a date of the site too. */
static void
a_date_of_a_device_or_of_an_organisation_counts_for_the_site(void **state)
{
	struct support *test = *state;
	const struct example example = {
		{ "a:secret=yes", "survey_on=2024-01-01", "controller=department", "d:", "organisation=UNIT" }, ""
	};

	make_estate(test);
	support_begin(test, "Add sites");
	support_add(test, ENTITY_ORGANISATION, "code=UNIT", "parent=DEP", NULL);
	add_site(test, "S", &example);
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_SITE, "S"), "R5 R19");
	support_begin(test, "Set the date of the device");
	support_add(test, ENTITY_DEADLINE, "device=D-S", "kind=replace", "target_on=2027-01-01", NULL);
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_SITE, "S"), "R5");
	support_begin(test, "Set the date of the department instead");
	support_set(test, ENTITY_DEADLINE, "1", "done_on=2026-01-01", NULL);
	support_add(test, ENTITY_DEADLINE, "body=DEP", "kind=remove", "target_on=2027-01-01", NULL);
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_SITE, "S"), "R5");
}

static void
a_milestone_that_is_still_to_come_is_not_missed(void **state)
{
	struct support *test = *state;

	make_estate(test);
	support_begin(test, "Add a site");
	add_site(test, "S", &(struct example){ { "a:secret=yes", "survey_on=2024-01-01", "controller=department", "d:",
						 "t:target_on=2025-03-01" }, "" });
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_SITE, "S"), "R5");
	support_set_alone(test, ENTITY_MILESTONE, "April 2025", "due_on=2026-11-21");
	assert_string_equal(broken(test, ENTITY_SITE, "S"), "");
	support_set_alone(test, ENTITY_MILESTONE, "April 2025", "due_on=2026-11-20");
	assert_string_equal(broken(test, ENTITY_SITE, "S"), "R5");
}

static void
a_contract_breaks_just_the_rules_that_it_breaks(void **state)
{
	static const struct example contracts[] = {
		{ { "supplier=Covered", "operator=Covered", "data_holder=Covered" }, "R12" },
		{ { "supplier=Covered", "operator=Covered", "data_holder=Fine" }, "" },
		{ { "supplier=Covered", "operator=Covered" }, "" },
		{ { "supplier=Fine", "operator=Fine", "data_holder=Fine" }, "" },
	};
	enum { COUNT = sizeof contracts / sizeof contracts[0] };
	struct support *test = *state;

	make_estate(test);
	for (int i = 0; i < COUNT; i++) {
		struct record *contract = record_new(&test->arena, ENTITY_CONTRACT);

		assign_words(test, contract, arena_format(&test->arena, "reference=K%d", i));
		for (int j = 0; contracts[i].set[j] != NULL; j++)
			assign_words(test, contract, contracts[i].set[j]);
		support_begin(test, "Add a contract");
		support_must(test, store_insert(test->session.store, contract, &test->error));
		support_commit(test);
		assert_broken(test, ENTITY_CONTRACT, arena_format(&test->arena, "K%d", i), &contracts[i]);
	}
}

static void
a_contract_that_renews_past_the_deadline_is_found(void **state)
{
	struct support *test = *state;

	make_estate(test);
	support_begin(test, "Add a contract");
	support_add(test, ENTITY_CONTRACT, "reference=K", "end_on=2025-03-31", "notice_on=2024-12-31",
		    "renews_to=2026-03-31", NULL);
	add_device(test, "D", (const char *const[]){ "contract=K", NULL });
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_CONTRACT, "K"), "R25 R29");
	support_set_alone(test, ENTITY_CONTRACT, "K", "supplier=Fine");
	support_set_alone(test, ENTITY_CONTRACT, "K", "operator=Fine");
	support_set_alone(test, ENTITY_CONTRACT, "K", "data_holder=Fine");
	assert_string_equal(broken(test, ENTITY_CONTRACT, "K"), "R25");
	support_set_alone(test, ENTITY_CONTRACT, "K", "end_on=");
	assert_string_equal(broken(test, ENTITY_CONTRACT, "K"), "R29");
	support_set_alone(test, ENTITY_CONTRACT, "K", "end_on=2025-03-31");
	support_set_alone(test, ENTITY_CONTRACT, "K", "notice_given_on=2024-12-01");
	assert_string_equal(broken(test, ENTITY_CONTRACT, "K"), "");
}

/* The department's own settings move what breaks the rules. */
static void
settings_move_what_breaks_the_rules(void **state)
{
	struct support *test = *state;

	make_estate(test);
	support_begin(test, "Add devices");
	add_device(test, "NET", (const char *const[]){ "network=departmental", NULL });
	add_device(test, "DAY", (const char *const[]){ "installed_on=2021-06-01", NULL });
	add_device(test, "SENSOR", (const char *const[]){ "kind=traffic sensor", "decision=none", NULL });
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_DEVICE, "NET"), "");
	assert_string_equal(broken(test, ENTITY_DEVICE, "DAY"), "");
	assert_string_equal(broken(test, ENTITY_DEVICE, "SENSOR"), "");
	support_set_alone(test, ENTITY_SETTING, "core_networks", "value=core, departmental");
	support_set_alone(test, ENTITY_SETTING, "instruction_on", "value=2021-05-31");
	support_set_alone(test, ENTITY_SETTING, "wider_scope", "value=traffic sensor");
	assert_string_equal(broken(test, ENTITY_DEVICE, "NET"), "R2");
	assert_string_equal(broken(test, ENTITY_DEVICE, "DAY"), "R1");
	assert_string_equal(broken(test, ENTITY_DEVICE, "SENSOR"), "R3");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(a_site_breaks_just_the_rules_that_it_breaks),
		register_test(the_end_of_a_contract_ends_control_as_that_of_a_lease_does),
		register_test(a_contract_that_ends_does_not_say_who_has_control),
		register_test(a_newer_assessment_with_the_order_ends_the_finding),
		register_test(a_building_that_is_not_sensitive_in_a_complex_that_is_is_found),
		register_test(a_date_of_a_device_or_of_an_organisation_counts_for_the_site),
		register_test(a_milestone_that_is_still_to_come_is_not_missed),
		register_test(a_contract_breaks_just_the_rules_that_it_breaks),
		register_test(a_contract_that_renews_past_the_deadline_is_found),
		register_test(settings_move_what_breaks_the_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
