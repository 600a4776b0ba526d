/* SPDX-License-Identifier: MIT */
/* Contracts: who is behind them, what is under them, and when they can be ended. Today is 21 November 2026. */
#include "tests/support.h"

#include <string.h>

#include "commands/figures.h"
#include "core/company.h"

/* A sensitive site of a covered maker's devices, due on the last of April 2027. */
static void
make_ground(struct support *test)
{
	support_begin(test, "Ground");
	support_add(test, ENTITY_MANUFACTURER, "name=Covered", "covered=yes", "basis=b", "decided_by=Jo",
		    "decided_on=2022-12-01", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Later", "covered=yes", "basis=b", "decided_by=Jo",
		    "decided_on=2022-12-01", "effective_on=2026-12-01", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Harmless", "covered=no", "basis=b", "decided_by=Jo",
		    "decided_on=2022-12-01", NULL);
	support_add(test, ENTITY_MANUFACTURER_NAME, "name=Covered Digital Technology", "manufacturer=Covered", NULL);
	support_add(test, ENTITY_MANUFACTURER_NAME, "name=Cov Cloud", "manufacturer=Covered", "kind=subsidiary", NULL);
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	support_add(test, ENTITY_SITE, "code=S2", NULL);
	support_set(test, ENTITY_MILESTONE, "April 2025", "due_on=2027-04-30", NULL);
	support_add(test, ENTITY_ASSESSMENT, "site=S1", "secret=yes", "grounds=g", "decided_by=Jo",
		    "decided_on=2022-12-01", NULL);
	support_commit(test);
}

static const char *
one_company(struct support *test, const char *supplier, const char *operator, const char *data_holder)
{
	static int number;
	struct arena *arena = &test->arena;
	const char *reference = arena_format(arena, "C%d", ++number);

	support_begin(test, "Contract");
	support_add(test, ENTITY_CONTRACT, arena_format(arena, "reference=%s", reference),
		    arena_format(arena, "supplier=%s", supplier), arena_format(arena, "operator=%s", operator),
		    arena_format(arena, "data_holder=%s", data_holder), NULL);
	support_commit(test);
	return support_value(test, ENTITY_CONTRACT, reference, "one_company");
}

static void
the_form_of_a_company_is_no_part_of_its_name(void **state)
{
	static const char *const same[][2] = {
		{ "Broadgauge FM Ltd.", "BROADGAUGE  F.M. LIMITED" }, { "Hangzhou Hik Co.,Ltd", "hangzhou hik" },
		{ "Ltd", "ltd" }, { "Company & Co. plc", "Company" }, { "海康威视", "海康威视 Ltd" },
	};
	struct support *test = *state;

	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
		assert_string_equal(company_fold(&test->arena, same[i][0]), company_fold(&test->arena, same[i][1]));
	assert_string_not_equal(company_fold(&test->arena, "Broadgauge"), company_fold(&test->arena, "Broadgauge FM"));
	assert_string_equal(company_fold(&test->arena, " - "), "");
}

static void
one_company_is_found_by_its_names(void **state)
{
	struct support *test = *state;

	make_ground(test);
	assert_string_equal(one_company(test, "Broadgauge Ltd", "BROADGAUGE LIMITED", "broad gauge"), "yes");
	assert_string_equal(one_company(test, "Broadgauge", "Broadgauge", "Tallis"), "no");
	assert_string_equal(one_company(test, "Covered", "covered digital technology co., ltd", "COV-CLOUD"),
			    "covered");
	assert_string_equal(one_company(test, "Harmless", "Harmless plc", "harmless"), "yes");
	assert_string_equal(one_company(test, "Later", "Later", "Later"), "yes");
	assert_string_equal(one_company(test, "Covered", "Covered", "Harmless"), "no");
}

static void
a_name_that_is_missing_is_not_known_unless_the_others_differ(void **state)
{
	struct support *test = *state;

	make_ground(test);
	assert_string_equal(one_company(test, "Covered", "Covered", ""), "unknown");
	assert_string_equal(one_company(test, "", "Covered", ""), "unknown");
	assert_string_equal(one_company(test, "", "", ""), "unknown");
	assert_string_equal(one_company(test, "Harmless", "", "Tallis"), "no");
	assert_string_equal(one_company(test, "", "Tallis", "tallis ltd"), "unknown");
}

/* Who stands behind a name that no table knows, next to a covered one, nobody can say. */
static void
a_company_that_nobody_knows_may_be_another_name_of_the_covered_one(void **state)
{
	struct support *test = *state;

	make_ground(test);
	assert_string_equal(one_company(test, "Covered", "Cov Nordic", "Covered"), "unknown");
	assert_string_equal(one_company(test, "Covered", "Tallis", "Broadgauge"), "unknown");
	assert_string_equal(one_company(test, "Covered", "Tallis", ""), "unknown");
	assert_string_equal(one_company(test, "Covered", "Tallis", "Harmless"), "no");
	assert_string_equal(one_company(test, "Tallis", "Harmless", "Tallis"), "no");
	assert_string_equal(one_company(test, "Later", "Tallis", "Later"), "no");
}

static void
a_company_is_matched_as_a_label_is(void **state)
{
	struct support *test = *state;

	make_ground(test);
	support_begin(test, "Group");
	support_set(test, ENTITY_MANUFACTURER, "Covered", "parent_group=Cov Group", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Sister", "parent_group=COV Group Ltd", "covered=yes", "basis=b",
		    "decided_by=Jo", "decided_on=2022-12-01", NULL);
	support_add(test, ENTITY_MANUFACTURER_NAME, "name=Alibi", "manufacturer=Covered", "kind=rebadge", NULL);
	support_commit(test);
	assert_string_equal(one_company(test, "Covered", "Cov Cloud", "Covered UK Ltd"), "covered");
	assert_string_equal(one_company(test, "Covered (UK)", "COVERED uk", "Covered Technologies"), "covered");
	assert_string_equal(one_company(test, "Covered", "Sister", "Sister"), "covered");
	assert_string_equal(one_company(test, "Alibi", "Alibi", "Alibi"), "yes");
}

static void
words_for_not_knowing_are_no_company(void **state)
{
	static const char *const words[] = { "unknown", "n/k", "TBC", "?", "-", "Unknown", "..." };
	struct support *test = *state;

	make_ground(test);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		assert_string_equal(one_company(test, "Covered", words[i], "Covered"), "unknown");
		assert_string_equal(one_company(test, words[i], words[i], words[i]), "unknown");
		assert_string_equal(one_company(test, "Harmless", words[i], "Tallis"), "no");
	}
}

static void
add_device(struct support *test, const char *tag, const char *site, const char *maker, const char *contract,
	   const char *more)
{
	struct arena *arena = &test->arena;

	support_begin(test, "Device");
	support_add(test, ENTITY_DEVICE, arena_format(arena, "tag=%s", tag), arena_format(arena, "site=%s", site),
		    "kind=camera", arena_format(arena, "manufacturer=%s", maker),
		    arena_format(arena, "contract=%s", contract), more, NULL);
	support_commit(test);
}

static void
add_contract(struct support *test, const char *reference, const char *site, const char *more)
{
	struct arena *arena = &test->arena;

	support_begin(test, "Contract");
	support_add(test, ENTITY_CONTRACT, arena_format(arena, "reference=%s", reference),
		    arena_format(arena, "site=%s", site), more, NULL);
	support_commit(test);
}

static const char *
value(struct support *test, const char *reference, const char *field)
{
	return support_value(test, ENTITY_CONTRACT, reference, field);
}

static void
devices_inherit_the_contract_of_their_site(void **state)
{
	struct support *test = *state;

	make_ground(test);
	add_contract(test, "M-1", "S1", NULL);
	add_contract(test, "M-2", "", NULL);
	add_device(test, "A", "S1", "Covered", "", "quantity=3");
	add_device(test, "B", "S1", "Harmless", "", NULL);
	add_device(test, "C", "S1", "Covered", "m-2", NULL);
	add_device(test, "D", "S2", "Covered", "M-2", "removed_on=2026-01-01");
	add_device(test, "E", "S2", "Covered", "M-9", NULL);
	add_device(test, "F", "S2", "Covered", "", NULL);
	assert_string_equal(value(test, "M-1", "devices"), "4");
	assert_string_equal(value(test, "M-1", "in_scope_left"), "3");
	assert_string_equal(value(test, "M-2", "devices"), "1");
	assert_string_equal(value(test, "M-2", "in_scope_left"), "1");
	assert_string_equal(support_find(test, ENTITY_DEVICE, "contract_from:site"), "A B");
	assert_string_equal(support_find(test, ENTITY_DEVICE, "contract_from:device"), "C D");
	assert_string_equal(support_find(test, ENTITY_DEVICE, "contract_from:\"not recorded\""), "E");
	assert_string_equal(support_find(test, ENTITY_DEVICE, "contract_from:none"), "F");
}

static void
a_contract_that_is_not_recorded_is_a_figure(void **state)
{
	struct support *test = *state;
	int64_t count;

	make_ground(test);
	add_device(test, "A", "S1", "Covered", "M-9", "quantity=2");
	add_device(test, "B", "S1", "Covered", "M-9", "removed_on=2026-01-01");
	support_must(test,
		     figure_value(&test->session, figure_named("devices_contract_not_recorded"), &count, &test->error));
	assert_int_equal(count, 2);
}

/* What each field of the notice leads to; the devices are due on 30 April 2027. */
static void
a_contract_that_renews_past_the_deadline_says_what_to_do(void **state)
{
	static const struct {
		const char *ends, *notice, *given, *renews, *answer, *words;
	} cases[] = {
		{ "2027-03-31", "2027-01-05", "", "2028-03-31", "yes",
		  "notice by 5 January 2027, or it renews to 31 March 2028, past the deadline of 30 April 2027" },
		{ "2027-04-30", "2026-11-21", "", "2027-05-01", "yes",
		  "notice by 21 November 2026, or it renews to 1 May 2027, past the deadline of 30 April 2027" },
		{ "2027-03-31", "2026-11-20", "", "2028-03-31", "yes",
		  "notice was to be given by 20 November 2026 and was not: it renews to 31 March 2028, past the "
		  "deadline of 30 April 2027" },
		{ "2027-03-31", "", "", "2028-03-31", "yes",
		  "the day for notice is not recorded: it renews to 31 March 2028, past the deadline of 30 April "
		  "2027" },
		{ "2027-03-31", "2027-01-05", "2026-11-01", "2028-03-31", "no", "-" },
		{ "2027-03-31", "2027-01-05", "", "2027-04-30", "no", "-" },
		{ "2027-03-31", "2027-01-05", "", "", "no", "-" },
		{ "2027-05-01", "2027-01-05", "", "2028-03-31", "no", "-" },
		{ "", "2027-01-05", "", "2028-03-31", "unknown", "-" },
		{ "", "", "", "", "unknown", "-" },
		{ "", "2027-01-05", "", "", "unknown", "-" },
		{ "", "", "2026-11-01", "", "no", "-" },
		{ "", "", "", "2027-04-30", "no", "-" },
	};
	struct support *test = *state;
	struct arena *arena = &test->arena;

	make_ground(test);
	add_contract(test, "M-1", "", NULL);
	assert_string_equal(value(test, "M-1", "renews_past"), "no");
	add_device(test, "A", "S1", "Covered", "M-1", NULL);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		support_begin(test, "Terms");
		support_set(test, ENTITY_CONTRACT, "M-1", arena_format(arena, "end_on=%s", cases[i].ends),
			    arena_format(arena, "notice_on=%s", cases[i].notice),
			    arena_format(arena, "notice_given_on=%s", cases[i].given),
			    arena_format(arena, "renews_to=%s", cases[i].renews), NULL);
		support_commit(test);
		assert_string_equal(value(test, "M-1", "due_on"), "2027-04-30");
		assert_string_equal(value(test, "M-1", "renews_past"), cases[i].answer);
		assert_string_equal(value(test, "M-1", "notice_words"), cases[i].words);
	}
}

/* Nothing can be ended before a day that is gone, but what renews goes further past it. */
static void
past_a_missed_deadline_any_renewal_counts(void **state)
{
	struct support *test = *state;

	make_ground(test);
	support_set_alone(test, ENTITY_MILESTONE, "April 2025", "due_on=2026-10-31");
	support_begin(test, "Contract");
	support_add(test, ENTITY_CONTRACT, "reference=M-1", "end_on=2027-03-31", "notice_on=2027-01-05",
		    "renews_to=2028-03-31", NULL);
	support_commit(test);
	add_device(test, "A", "S1", "Covered", "M-1", NULL);
	assert_string_equal(value(test, "M-1", "notice_words"), "notice by 5 January 2027, or it renews to 31 March "
								"2028, past the deadline of 31 October 2026");
	support_set_alone(test, ENTITY_CONTRACT, "M-1", "renews_to=");
	assert_string_equal(value(test, "M-1", "renews_past"), "no");
}

static void
only_the_newest_assessment_asks_for_a_review(void **state)
{
	struct support *test = *state;
	int64_t count;

	make_ground(test);
	support_begin(test, "Again");
	support_add(test, ENTITY_ASSESSMENT, "site=S1", "secret=yes", "grounds=g", "decided_by=Jo",
		    "decided_on=2024-01-01", "review_on=2026-12-21", NULL);
	support_add(test, ENTITY_ASSESSMENT, "site=S2", "secret=no", "grounds=g", "decided_by=Jo",
		    "decided_on=2024-01-01", "review_on=2025-01-01", NULL);
	support_commit(test);
	assert_string_equal(support_find(test, ENTITY_ASSESSMENT, "newest:no"), "1");
	support_must(test, figure_value(&test->session, figure_named("reviews_due"), &count, &test->error));
	assert_int_equal(count, 2);
	support_begin(test, "Reviewed");
	support_add(test, ENTITY_ASSESSMENT, "site=S2", "secret=no", "grounds=g", "decided_by=Jo",
		    "decided_on=2024-01-01", NULL);
	support_commit(test);
	support_must(test, figure_value(&test->session, figure_named("reviews_due"), &count, &test->error));
	assert_int_equal(count, 1);
}

static void
all_limbs_are_answered_in_one_word(void **state)
{
	struct support *test = *state;

	make_ground(test);
	assert_true(support_run(test, "site assess", NULL, "site=S2", "limb=all=no", "grounds=g", "by=Jo", NULL));
	assert_string_equal(support_value(test, ENTITY_SITE, "S2", "sensitive"), "no");
	assert_true(
		support_run(test, "site assess", NULL, "site=S2", "limb=all=not assessed", "grounds=g", "by=Jo", NULL));
	assert_string_equal(support_value(test, ENTITY_SITE, "S2", "sensitive"), "not assessed");
	assert_false(support_run(test, "site assess", NULL, "site=S2", "limb=all=perhaps", "grounds=g", "by=Jo", NULL));
	assert_false(support_run(test, "site assess", NULL, "site=S2", "limb=all", "grounds=g", "by=Jo", NULL));
}

static void
a_building_inherits_and_is_said_to(void **state)
{
	struct support *test = *state;
	const char *said;

	make_ground(test);
	support_begin(test, "Buildings");
	support_add(test, ENTITY_SITE, "code=S1/A", "parent=S1", NULL);
	support_add(test, ENTITY_SITE, "code=S1/B", "parent=S1/A", NULL);
	support_add(test, ENTITY_SITE, "code=S1/C", "parent=S1", NULL);
	support_commit(test);
	assert_true(support_run(test, "site assess", NULL, "site=S1/C", "limb=all=no", "grounds=g", "by=Jo", NULL));
	assert_true(support_run(test, "site assess", &said, "site=S1", "limb=dv=yes", "grounds=g", "by=Jo", NULL));
	assert_non_null(strstr(said, "Assessed site S1. Sensitive: yes.\n2 buildings of it inherit that.\n"));
	assert_string_equal(support_value(test, ENTITY_SITE, "S1/B", "inherited_from"), "S1");
	assert_string_equal(support_value(test, ENTITY_SITE, "S1/B", "sensitive"), "yes");
	assert_string_equal(support_value(test, ENTITY_SITE, "S1/C", "sensitive"), "no");
}

static void
extending_is_a_decision_for_other_sites(void **state)
{
	struct support *test = *state;

	make_ground(test);
	assert_true(support_run(test, "site extend", NULL, "site=S2", "answer=yes", "reason=Near the labs", "by=Jo",
				"on=2026-11-01", NULL));
	assert_string_equal(support_value(test, ENTITY_SITE, "S2", "extend"), "yes");
	assert_string_equal(support_value(test, ENTITY_SITE, "S2", "extend_by"), "Jo");
	assert_string_equal(support_value(test, ENTITY_SITE, "S2", "extend_on"), "2026-11-01");
	assert_string_equal(support_value(test, ENTITY_SITE, "S2", "extend_reason"), "Near the labs");
	assert_false(
		support_run(test, "site extend", NULL, "site=S2", "site=S1", "answer=no", "reason=r", "by=Jo", NULL));
	assert_string_equal(support_value(test, ENTITY_SITE, "S2", "extend"), "yes");
	assert_string_equal(support_value(test, ENTITY_SITE, "S1", "extend"), "undecided");
	assert_false(support_run(test, "site extend", NULL, "site=S2", "answer=no", "by=Jo", NULL));
	assert_false(support_run(test, "set", NULL, "entity=site", "key=S2", "values=extend_reason=", NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(the_form_of_a_company_is_no_part_of_its_name),
		register_test(one_company_is_found_by_its_names),
		register_test(a_name_that_is_missing_is_not_known_unless_the_others_differ),
		register_test(a_company_is_matched_as_a_label_is),
		register_test(a_company_that_nobody_knows_may_be_another_name_of_the_covered_one),
		register_test(words_for_not_knowing_are_no_company),
		register_test(devices_inherit_the_contract_of_their_site),
		register_test(a_contract_that_is_not_recorded_is_a_figure),
		register_test(a_contract_that_renews_past_the_deadline_says_what_to_do),
		register_test(past_a_missed_deadline_any_renewal_counts),
		register_test(only_the_newest_assessment_asks_for_a_review),
		register_test(all_limbs_are_answered_in_one_word),
		register_test(a_building_inherits_and_is_said_to),
		register_test(extending_is_a_decision_for_other_sites),
	};

	return cmocka_run_group_tests_name("contract", tests, NULL, NULL);
}
