/* SPDX-License-Identifier: MIT */
/* The rules of the policy: for each what breaks it, what just does not, and what is not known. */
#include "tests/support.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "commands/finding.h"
#include "core/rule.h"
#include "core/setting.h"

enum { ASSIGNMENTS_MAX = 6 };

static void
every_rule_is_whole(void **state)
{
	const char *number = NULL;

	(void)state;
	for each_rule(rule) {
		int expected = number != NULL ? (int)strtol(number, NULL, 10) + 1 : 1;

		number = rule->id + 1;
		assert_int_equal(rule->id[0], 'R');
		assert_int_equal((int)strtol(number, NULL, 10), expected);
		assert_ptr_equal(rule_named(rule->id), rule);
		assert_true(isupper((unsigned char)rule->name[0]) && strchr(rule->name, '.') == NULL);
		assert_true(strlen(rule->citation) > 10 && rule->citation[strlen(rule->citation) - 1] != '.');
		assert_int_equal(rule->test[strlen(rule->test) - 1], '.');
		assert_int_equal(rule->remedy[strlen(rule->remedy) - 1], '.');
		assert_int_equal(rule->filter == NULL, rule->entity == ENTITY_NONE);
		assert_int_equal(rule->filter == NULL, rule->words == NULL);
	}
	assert_string_equal(rule_named("r3")->id, "R3");
	assert_null(rule_named("R99"));
}

static void
the_words_of_a_rule_name_fields_that_there_are(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	for each_rule(rule)
		for (const char *at = rule->words; at != NULL && (at = strchr(at, '{')) != NULL; at++) {
			const char *name = arena_bytes(&arena, at + 1, strcspn(at + 1, "}"));

			if (field_find(entities[rule->entity].fields, name) == NULL)
				fail_msg("%s names {%s}, which %s do not have", rule->id, name, entities[rule->entity].plural);
		}
	arena_free(&arena);
}

static void
a_rule_is_asked_in_the_language_of_filters(void **state)
{
	static const char *const words[] = { "breaks", "finding", "answered", "lapsed" };
	struct support *test = *state;

	for each_rule(rule)
		for (size_t i = 0; i < sizeof words / sizeof words[0] && rule->filter != NULL; i++)
			support_find(test, rule->entity, arena_format(&test->arena, "%s:%s", words[i], rule->id));
	support_find(test, ENTITY_DEVICE, "finding:any -kind:recorder (answered:BREACH or lapsed:decide)");
	support_find(test, ENTITY_SITE, "not finding:any");
}

static void
assert_refused(struct support *test, enum entity_kind kind, const char *words, const char *sentence)
{
	test->error = (struct error){ 0 };
	assert_null(filter_parse(&test->arena, &entities[kind], words, test->session.today, &test->error));
	if (strstr(test->error.message, sentence) == NULL)
		fail_msg("[%s] says '%s', not '%s'", words, test->error.message, sentence);
}

static void
a_rule_that_cannot_be_asked_for_is_told(void **state)
{
	struct support *test = *state;

	assert_refused(test, ENTITY_SITE, "tag finding:R1", "character 13: R1 is about devices, not about sites.");
	assert_refused(test, ENTITY_DEVICE, "finding:R6", "the program itself keeps to R6");
	assert_refused(test, ENTITY_DEVICE, "breaks:R99", "no rule about devices is called 'R99'");
	assert_refused(test, ENTITY_DEVICE, "finding:", "no rule about devices is called ''");
	assert_refused(test, ENTITY_ORGANISATION, "finding:any", "no rule about organisations is called 'any'");
	assert_refused(test, ENTITY_DEVICE, "finding=R1", "no field 'finding'");
}

/* The rules that the record breaks: "R1 R17". */
static const char *
broken(struct support *test, enum entity_kind kind, const char *key)
{
	struct finding *findings;
	struct record_id id;
	size_t count;
	char *words = arena_text(&test->arena, "");

	support_must(test, store_lookup(test->session.store, kind, key, &id, &test->error));
	assert_int_not_equal(id.value, 0);
	support_must(test, findings_of_record(&test->session, id, &test->arena, &findings, &count, &test->error));
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(findings[i].words[strlen(findings[i].words) - 1], '.');
		assert_null(strchr(findings[i].words, '{'));
		words = arena_format(&test->arena, "%s%s%s", words, i > 0 ? " " : "", findings[i].rule->id);
	}
	return words;
}

/* Makers of each sort; a sensitive site with a date of its own, one that is not sensitive, one that nobody has assessed. */
static void
make_estate(struct support *test)
{
	support_begin(test, "Make an estate");
	support_add(test, ENTITY_MANUFACTURER, "name=Covered", "covered=yes", "basis=b", "decided_by=A", "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Fine", "covered=no", "basis=b", "decided_by=A", "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Open", NULL);
	support_add(test, ENTITY_ORGANISATION, "code=DEP", NULL);
	for (const char *const *code = (const char *const[]){ "SENS", "PLAIN", "NEW", NULL }; *code != NULL; code++)
		support_add(test, ENTITY_SITE, arena_format(&test->arena, "code=%s", *code), "organisation=DEP", NULL);
	support_add(test, ENTITY_ASSESSMENT, "site=SENS", "secret=yes", "grounds=g", "decided_by=A", "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_ASSESSMENT, "site=PLAIN", "secret=no", "dv=no", "ministers=no", "socpa=no", "grounds=g", "decided_by=A",
		    "decided_on=2024-01-01", NULL);
	support_commit(test);
}

/* A device on the sensitive site that breaks no rule, but for what is told of it. */
static void
add_device(struct support *test, const char *tag, const char *const *assignments)
{
	static const char *const usual[] = {
		"site=SENS", "kind=camera", "make=Covered", "manufacturer=Covered", "maker_confirmed_by=A", "maker_confirmed_on=2024-01-01",
		"network=isolated", "installed_on=2020-05-01", "decision=remove", "decision_by=A", "decision_on=2024-01-01",
	};
	struct record *device = record_new(&test->arena, ENTITY_DEVICE);

	device->values[DEVICE_tag] = tag;
	for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
		support_must(test, record_assign(device, usual[i], &test->arena, &test->error));
	for (int i = 0; i < ASSIGNMENTS_MAX && assignments[i] != NULL; i++)
		support_must(test, record_assign(device, assignments[i], &test->arena, &test->error));
	support_must(test, store_insert(test->session.store, device, &test->error));
}

static const struct example {
	const char *set[ASSIGNMENTS_MAX];
	const char *broken;
} devices[] = {
	{ { NULL }, "" },
	/* R1 and R17: after the instruction, or perhaps after it */
	{ { "installed_on=2022-11-25" }, "R1" },
	{ { "installed_on=2022-11-24" }, "" },
	{ { "installed_on=2022-12" }, "R1" },
	{ { "installed_on=2023" }, "R1" },
	{ { "installed_on=2022-11" }, "R17" },
	{ { "installed_on=2022" }, "R17" },
	{ { "installed_on=" }, "R17" },
	{ { "installed_on=2022-10" }, "" },
	{ { "installed_on=2022-11-25", "site=PLAIN" }, "" },
	{ { "installed_on=2022-11-25", "site=NEW" }, "" },
	{ { "installed_on=2022-11-25", "removed_on=2024-02-01", "disposed_on=2024-02-02" }, "" },
	{ { "installed_on=2022-11-25", "switched_off_on=2024-02-01" }, "R1" },
	{ { "installed_on=2022-11-25", "kind=access control" }, "" },
	{ { "installed_on=2022-11-25", "kind=unknown" }, "R1" },
	/* R2 and R18: on a core network, at any site, or not known */
	{ { "network=core" }, "R2" },
	{ { "network=core", "site=PLAIN" }, "R2" },
	{ { "network=core", "isolated_on=2024-01-01" }, "" },
	{ { "network=core", "removed_on=2024-02-01", "disposed_on=2024-02-02" }, "" },
	{ { "network=departmental" }, "" },
	{ { "network=unknown" }, "R18" },
	{ { "network=unknown", "site=NEW" }, "R18" },
	{ { "network=unknown", "isolated_on=2024-01-01" }, "" },
	/* R3 */
	{ { "decision=none" }, "R3" },
	{ { "decision=replace" }, "" },
	{ { "decision=retain" }, "R3" },
	{ { "decision=none", "site=PLAIN" }, "" },
	{ { "decision=none", "removed_on=2024-02-01", "disposed_on=2024-02-02" }, "" },
	{ { "decision=none", "manufacturer=Fine" }, "" },
	/* R10, R20 and R21: who made it is suspected, not known, not decided on */
	{ { "maker_confirmed_on=", "maker_confirmed_by=" }, "R10" },
	{ { "maker_confirmed_on=", "maker_confirmed_by=", "removed_on=2024-01-01", "disposed_on=2024-01-01" }, "" },
	{ { "maker_confirmed_on=", "maker_confirmed_by=", "manufacturer=" }, "R20" },
	{ { "maker_confirmed_on=", "maker_confirmed_by=", "manufacturer=", "kind=traffic sensor" }, "" },
	{ { "manufacturer=Open" }, "R21" },
	{ { "manufacturer=Open", "kind=parking sensor" }, "" },
	{ { "manufacturer=Fine", "decision=none", "network=core", "installed_on=2024" }, "" },
	/* R13: three facts with three dates */
	{ { "removed_on=2024-02-01" }, "R13" },
	{ { "disposed_on=2024-02-01" }, "R13" },
	{ { "replaced_on=2024-02-01", "disposed_on=2024-02-01" }, "R13" },
	{ { "removed_on=2024-02-01", "disposed_on=2024-02-01" }, "" },
	{ { "manufacturer=Fine", "removed_on=2024-02-01" }, "" },
	/* R26: the programme's day for sensitive sites is 30 April 2025 */
	{ { "delivery_on=2025-05-01" }, "R26" },
	{ { "delivery_on=2025-04-30" }, "" },
	{ { "delivery_on=2025-05-01", "manufacturer=Fine" }, "" },
	/* R28 */
	{ { "removed_on=2024-02-02", "disposed_on=2024-02-01" }, "R28" },
	{ { "removed_on=2024-02-02", "disposed_on=2024-02-03", "verified_on=2024-02-01" }, "R28" },
	{ { "removed_on=2024-02-02", "disposed_on=2024-02-03", "verified_on=2024-02-02" }, "" },
	{ { "verified_on=2024-02-01" }, "R28" },
	{ { "removed_on=2020-04-30", "disposed_on=2024-02-01" }, "R28" },
	{ { "installed_on=2020", "removed_on=2020-01-01", "disposed_on=2024-02-01" }, "" },
	{ { "installed_on=2020-06", "removed_on=2020-05-31", "disposed_on=2024-02-01" }, "R28" },
};

static void
assert_broken(struct support *test, enum entity_kind kind, const char *key, const struct example *example)
{
	const char *came = broken(test, kind, key);

	if (strcmp(came, example->broken) != 0)
		fail_msg("%s %s (%s, %s) breaks '%s', not '%s'", entities[kind].name, key, example->set[0] != NULL ? example->set[0] : "",
			 example->set[0] != NULL && example->set[1] != NULL ? example->set[1] : "", came, example->broken);
}

static void
a_device_breaks_just_the_rules_that_it_breaks(void **state)
{
	enum { COUNT = sizeof devices / sizeof devices[0] };
	struct support *test = *state;

	make_estate(test);
	support_begin(test, "Add devices");
	for (int i = 0; i < COUNT; i++)
		add_device(test, arena_format(&test->arena, "D%d", i), devices[i].set);
	support_commit(test);
	for (int i = 0; i < COUNT; i++)
		assert_broken(test, ENTITY_DEVICE, arena_format(&test->arena, "D%d", i), &devices[i]);
}

static const char *const nothing[ASSIGNMENTS_MAX] = { NULL };

static void
what_took_the_place_of_another_is_judged_itself(void **state)
{
	struct support *test = *state;

	make_estate(test);
	support_begin(test, "Replace");
	add_device(test, "NEWER", nothing);
	add_device(test, "CLEAN", (const char *const[]){ "manufacturer=Fine", NULL });
	add_device(test, "OLD1", (const char *const[]){ "removed_on=2024-01-01", "disposed_on=2024-01-01", "replaced_by=NEWER", NULL });
	add_device(test, "OLD2", (const char *const[]){ "removed_on=2024-01-01", "disposed_on=2024-01-01", "replaced_by=CLEAN", NULL });
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_DEVICE, "NEWER"), "R24");
	assert_string_equal(broken(test, ENTITY_DEVICE, "CLEAN"), "");
	assert_string_equal(broken(test, ENTITY_DEVICE, "OLD1"), "");
}

static void
a_recorder_that_went_before_its_cameras_is_found(void **state)
{
	struct support *test = *state;

	make_estate(test);
	support_begin(test, "Hang cameras on recorders");
	add_device(test, "REC", (const char *const[]){ "kind=recorder", NULL });
	add_device(test, "CAM", (const char *const[]){ "recorder=REC", NULL });
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "");
	support_begin(test, "Take the recorder");
	support_set(test, ENTITY_DEVICE, "REC", "removed_on=2024-01-01", "disposed_on=2024-01-01", NULL);
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "R27");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "REC", "cameras"), "1");
	support_begin(test, "Take the camera");
	support_set(test, ENTITY_DEVICE, "CAM", "removed_on=2024-01-01", "disposed_on=2024-01-01", NULL);
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "");
}

/* The evidence is kept when a device is matched, so that here it is written as if it had been. */
static void
evidence_that_disagrees_is_found_until_somebody_confirms(void **state)
{
	struct support *test = *state;
	struct record *before, *now;

	make_estate(test);
	support_begin(test, "Match");
	add_device(test, "D", (const char *const[]){ "maker_confirmed_on=", "maker_confirmed_by=", NULL });
	before = store_find(test->session.store, ENTITY_DEVICE, "D", test->session.today, &test->arena, &test->error);
	now = record_copy(&test->arena, before);
	now->values[DEVICE_evidence] = "disagree";
	support_must(test, store_update(test->session.store, before, now, NULL, &test->error));
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_DEVICE, "D"), "R10 R23");
	support_begin(test, "Confirm");
	support_set(test, ENTITY_DEVICE, "D", "maker_confirmed_by=A", "maker_confirmed_on=2024-01-01", NULL);
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_DEVICE, "D"), "");
}

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
	{ { "a:secret=no dv=no ministers=no socpa=no", "d:", "controller=department", "extend=no extend_by=A extend_on=2024-01-01 extend_reason=r" }, "" },
	{ { "d:", "controller=department" }, "R7" },
	{ { "d:", "controller=unknown" }, "R7 R11" },
	{ { "d:", "controller=landlord" }, "R7 R11" },
	{ { "d:", "controller=contractor" }, "R7 R11" },
	{ { "d:", "controller=landlord", "lease_end_on=2030-01-01" }, "R7" },
	{ { "d:manufacturer=Fine", "controller=landlord" }, "R7" },
	/* R5 and R19: the last milestone has passed */
	{ { "a:secret=yes", "survey_on=2024-01-01", "controller=department", "d:" }, "R5 R19" },
	{ { "a:secret=yes", "survey_on=2024-01-01", "controller=department", "d:", "t:target_on=2025-03-01" }, "R5" },
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
			support_must(test, record_assign(record, arena_bytes(&test->arena, words, size), &test->arena, &test->error));
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
		assign_words(test, record, arena_format(&test->arena, "tag=D-%s kind=camera manufacturer=Covered", code));
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
	support_add(test, ENTITY_CONTRACT, "reference=K", "end_on=2025-03-31", "notice_on=2024-12-31", "renews_to=2026-03-31", NULL);
	add_device(test, "D", (const char *const[]){ "contract=K", NULL });
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_CONTRACT, "K"), "R25");
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
		cmocka_unit_test(every_rule_is_whole),
		cmocka_unit_test(the_words_of_a_rule_name_fields_that_there_are),
		register_test(a_rule_is_asked_in_the_language_of_filters),
		register_test(a_rule_that_cannot_be_asked_for_is_told),
		register_test(a_device_breaks_just_the_rules_that_it_breaks),
		register_test(what_took_the_place_of_another_is_judged_itself),
		register_test(a_recorder_that_went_before_its_cameras_is_found),
		register_test(evidence_that_disagrees_is_found_until_somebody_confirms),
		register_test(a_site_breaks_just_the_rules_that_it_breaks),
		register_test(a_newer_assessment_with_the_order_ends_the_finding),
		register_test(a_milestone_that_is_still_to_come_is_not_missed),
		register_test(a_contract_breaks_just_the_rules_that_it_breaks),
		register_test(a_contract_that_renews_past_the_deadline_is_found),
		register_test(settings_move_what_breaks_the_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
