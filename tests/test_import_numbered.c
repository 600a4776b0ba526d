/* SPDX-License-Identifier: MIT */
/* Assessments and deadlines, which the register numbers, come from files too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/import_estate.h"

/* Two sites and a device. */
static void
open_with_sites(struct estate *estate)
{
	estate_open(estate);
	estate_take(estate, ENTITY_SITE, "code,name\nS1,Head Office\nS2,Annexe\n");
	estate_take(estate, ENTITY_DEVICE, "tag,site\nA,S1\n");
}

static void
take_assessments(struct estate *estate, const char *rows)
{
	const char *file = arena_format(&estate->arena,
					"site,secret,dv,ministers,socpa,grounds,decided_by,decided_on\n%s", rows);

	estate_take(estate, ENTITY_ASSESSMENT, file);
}

static void
take_deadlines(struct estate *estate, const char *rows)
{
	estate_take(estate, ENTITY_DEADLINE,
		    arena_format(&estate->arena, "site,device,kind,due,first date,done,owner\n%s", rows));
}

static void
an_assessment_is_that_of_its_site_and_day(void **state)
{
	struct estate estate;

	(void)state;
	open_with_sites(&estate);
	take_assessments(&estate, "S1,yes,no,no,no,Secret,Ann,2025-05-03\n");
	take_assessments(&estate, "S1,yes,no,no,no,Secret,Ann,2025-05-03\ns1,yes,no,no,no,Still,Ann,2026-05-03\n"
			 "S2,yes,no,no,no,Secret,Ann,2025-05-03\n");
	estate_assert_counts(&estate, 2, 0, 1, 0, 0);
	assert_int_equal(estate_count(&estate, ENTITY_ASSESSMENT), 3);
	estate_close(&estate);
}

static void
an_assessment_that_differs_is_asked_about_and_stands(void **state)
{
	struct estate estate;

	(void)state;
	open_with_sites(&estate);
	take_assessments(&estate, "S1,yes,no,no,no,Secret,Ann,2025-05-03\n");
	take_assessments(&estate, "S1,no,no,no,no,Nothing,Ann,2025-05-03\n");
	estate_assert_counts(&estate, 0, 0, 1, 0, 0);
	assert_int_equal(estate.summary.questions, 2);
	assert_string_equal(estate_value(&estate, ENTITY_ASSESSMENT, "1", "outcome"), "yes");
	assert_string_equal(estate_value(&estate, ENTITY_ASSESSMENT, "1", "grounds"), "Secret");
	estate_close(&estate);
}

static void
no_file_overrules_the_newest_assessment(void **state)
{
	struct estate estate;

	(void)state;
	open_with_sites(&estate);
	take_assessments(&estate, "S1,yes,no,no,no,Secret,J. Smith,2026-05-03\nS1,no,no,no,no,Empty,Ann,2020-01-31\n");
	take_assessments(&estate, "S1,no,no,no,no,Moved,Bob,2026-05-04\nS1,no,no,no,no,Older,Bob,2026-05-02\n"
			 "head office,no,yes,no,no,Still,Bob,2026-05-05\nS1,,,,,Who knows,Bob,2026-05-06\n");
	estate_assert_counts(&estate, 2, 0, 0, 2, 0);
	assert_int_equal(estate.summary.refusals[0].cause, REFUSAL_DECIDED);
	estate_assert_refusal(&estate, 0, 1, NULL,
			      "S1 was assessed on 3 May 2026 by J. Smith, and this row would overrule it");
	assert_int_equal(estate.summary.refusals[1].cause, REFUSAL_DECIDED);
	estate_assert_refusal(&estate, 1, 4, NULL, "S1 was assessed on 3 May 2026 by J. Smith");
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S1", "sensitive"), "yes");
	estate_close(&estate);
}

static void
the_assessments_of_one_file_are_history_to_each_other(void **state)
{
	struct estate estate;

	(void)state;
	open_with_sites(&estate);
	take_assessments(&estate, "S1,no,no,no,no,Empty,Ann,2020-01-31\nS1,yes,no,no,no,Secret,Ann,2026-05-03\n"
			 "S1,no,no,no,no,Empty,Ann,2022-01-31\n");
	estate_assert_counts(&estate, 3, 0, 0, 0, 0);
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S1", "sensitive"), "yes");
	estate_close(&estate);
}

static void
an_assessment_needs_answers_and_a_day(void **state)
{
	struct estate estate;

	(void)state;
	open_with_sites(&estate);
	assert_false(estate_import(&estate, ENTITY_ASSESSMENT,
				   "site,sensitive,grounds,by,date\nS1,yes,Secret,Ann,2025-05-03\n"));
	assert_non_null(strstr(estate.error.message, "No heading of rows.csv answers a limb"));
	assert_false(estate_import(&estate, ENTITY_ASSESSMENT, "site,secret,grounds,by\nS1,yes,Secret,Ann\n"));
	assert_non_null(strstr(estate.error.message, "that takes 2 of site, decided_on"));
	take_assessments(&estate, "S1,yes,no,no,no,Secret,Ann,\n");
	estate_assert_counts(&estate, 0, 0, 0, 1, 0);
	assert_int_equal(estate.summary.refusals[0].cause, REFUSAL_NO_KEY);
	estate_close(&estate);
}

static void
a_site_of_an_assessment_may_go_by_its_name(void **state)
{
	struct estate estate;

	(void)state;
	open_with_sites(&estate);
	estate_take(&estate, ENTITY_ASSESSMENT,
		    "Site name,Limb 1,Grounds,Assessed by,Assessed on\nAnnexe,yes,Secret,Ann,2025-05-13\n");
	estate_assert_counts(&estate, 1, 0, 0, 0, 0);
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S2", "sensitive"), "yes");
	estate_close(&estate);
}

static void
a_deadline_is_that_of_its_site_or_device_and_kind(void **state)
{
	struct estate estate;

	(void)state;
	open_with_sites(&estate);
	take_deadlines(&estate, "S1,,remove,2027-01-31,,,Ann\n,A,remove,2027-02-28,2026-12-01,,Bob\n");
	assert_string_equal(estate_value(&estate, ENTITY_DEADLINE, "1", "first_on"), "2027-01-31");
	assert_string_equal(estate_value(&estate, ENTITY_DEADLINE, "2", "first_on"), "2026-12-01");
	estate_take(&estate, ENTITY_DEADLINE, "site,device,kind,due,owner,reason\nS1,,removal,2027-03-31,,No van\n"
					      ",A,remove,2027-02-28,Cat,\nS1,,replace,2027-01-31,,\n"
					      "S2,,remove,2027-01-31,,\n");
	estate_assert_counts(&estate, 2, 2, 0, 0, 0);
	assert_string_equal(estate_value(&estate, ENTITY_DEADLINE, "1", "due_on"), "2027-03-31");
	assert_string_equal(estate_value(&estate, ENTITY_DEADLINE, "1", "first_on"), "2027-01-31");
	assert_string_equal(estate_value(&estate, ENTITY_DEADLINE, "1", "owner"), "Ann");
	assert_string_equal(estate_value(&estate, ENTITY_DEADLINE, "2", "owner"), "Cat");
	estate_close(&estate);
}

static void
a_deadline_that_is_done_is_matched_by_its_days_alone(void **state)
{
	struct estate estate;

	(void)state;
	open_with_sites(&estate);
	take_deadlines(&estate, "S1,,remove,2024-01-31,,2024-02-01,\nS1,,remove,2026-01-31,,2026-02-01,\nS1,,remove,"
				"2027-01-31,,,\n");
	estate_assert_counts(&estate, 3, 0, 0, 0, 0);
	/* The old list once more; the date that came to be; the one that is open, with another day. */
	estate_take(&estate, ENTITY_DEADLINE, "site,kind,due,done,reason\nS1,remove,2024-01-31,,\nS1,remove,2026-01-31,"
					      "2026-02-03,\nS1,remove,2027-02-28,,No van\n");
	estate_assert_counts(&estate, 0, 2, 1, 0, 0);
	assert_string_equal(estate_value(&estate, ENTITY_DEADLINE, "1", "done_on"), "2024-02-01");
	assert_string_equal(estate_value(&estate, ENTITY_DEADLINE, "2", "done_on"), "2026-02-03");
	assert_string_equal(estate_value(&estate, ENTITY_DEADLINE, "3", "due_on"), "2027-02-28");
	/* Without a day the one that is open is meant. */
	take_deadlines(&estate, "S1,,remove,,,,Cat\n");
	estate_assert_counts(&estate, 0, 1, 0, 0, 0);
	assert_string_equal(estate_value(&estate, ENTITY_DEADLINE, "3", "owner"), "Cat");
	estate_close(&estate);
}

static void
rows_that_contradict_each_other_are_not_called_by_a_number(void **state)
{
	struct estate estate;

	(void)state;
	open_with_sites(&estate);
	take_deadlines(&estate, "S1,,remove,2027-01-31,,,\nS1,,remove,2027-02-28,,,\nS2,,remove,2027-02-28,,,\n");
	estate_assert_counts(&estate, 1, 0, 0, 2, 0);
	estate_assert_refusal(&estate, 0, 1, NULL, "are both about the same deadline and say different things");
	estate_close(&estate);
}

static void
a_deadline_without_a_kind_or_a_thing_is_refused(void **state)
{
	struct estate estate;

	(void)state;
	open_with_sites(&estate);
	assert_false(estate_import(&estate, ENTITY_DEADLINE, "site,removal date\nS1,2027-01-31\n"));
	assert_non_null(strstr(estate.error.message, "that takes 2 of site, device, body, kind"));
	take_deadlines(&estate,
		       "S1,,,2027-01-31,,,\n,,remove,2027-01-31,,,\nS1,,remove,,,,\nS1,A,remove,2027-01-31,,,\n"
		       "S1,,remove,2027-01-31,,2030-01-31,\n,B,remove,2027-01-31,,,\n");
	estate_assert_counts(&estate, 0, 0, 0, 6, 0);
	assert_int_equal(estate.summary.refusals[0].cause, REFUSAL_NO_KEY);
	assert_int_equal(estate.summary.refusals[1].cause, REFUSAL_NO_KEY);
	assert_int_equal(estate.summary.refusals[2].cause, REFUSAL_MISSING);
	assert_int_equal(estate.summary.refusals[3].cause, REFUSAL_TOGETHER);
	assert_int_equal(estate.summary.refusals[4].cause, REFUSAL_TOGETHER);
	assert_int_equal(estate.summary.refusals[5].cause, REFUSAL_UNKNOWN_RECORD);
	assert_null(strstr(estate.summary.refusals[5].reason, "--create"));
	estate_close(&estate);
}

static void
other_fields_can_match_them_too(void **state)
{
	struct estate estate;

	(void)state;
	open_with_sites(&estate);
	take_deadlines(&estate, "S1,,remove,2027-01-31,,,Ann\nS1,,replace,2027-02-28,,,Bob\n");
	estate.options.key = "site,due_on";
	estate_take(&estate, ENTITY_DEADLINE, "site,due,kind\nS1,2027-02-28,disconnect\nS1,2027-03-31,survey\n");
	estate_assert_counts(&estate, 1, 1, 0, 0, 0);
	assert_string_equal(estate_value(&estate, ENTITY_DEADLINE, "2", "kind"), "disconnect");
	estate_close(&estate);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_assessment_is_that_of_its_site_and_day),
		cmocka_unit_test(an_assessment_that_differs_is_asked_about_and_stands),
		cmocka_unit_test(no_file_overrules_the_newest_assessment),
		cmocka_unit_test(the_assessments_of_one_file_are_history_to_each_other),
		cmocka_unit_test(an_assessment_needs_answers_and_a_day),
		cmocka_unit_test(a_site_of_an_assessment_may_go_by_its_name),
		cmocka_unit_test(a_deadline_is_that_of_its_site_or_device_and_kind),
		cmocka_unit_test(a_deadline_that_is_done_is_matched_by_its_days_alone),
		cmocka_unit_test(rows_that_contradict_each_other_are_not_called_by_a_number),
		cmocka_unit_test(a_deadline_without_a_kind_or_a_thing_is_refused),
		cmocka_unit_test(other_fields_can_match_them_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
