/* SPDX-License-Identifier: MIT */
/* By which rules a row finds its record, and what it may do to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/import_estate.h"

static void
take_by(struct estate *estate, const char *key, int least, const char *rows)
{
	estate->options.key = key;
	estate->options.key_least = least;
	estate_take(estate, ENTITY_DEVICE, rows);
}

static void
a_row_is_matched_by_other_fields_than_the_key(void **state)
{
	struct estate estate;

	(void)state;
	estate_open_with_devices(&estate);
	take_by(&estate, "serial,site", 0, "serial,site,place\n200,S2,Roof\n100,S1,Hall\n200,S1,Gate\n");
	estate_assert_counts(&estate, 0, 2, 1, 0, 1);
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "C", "place"), "Roof");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "B", "place"), "Gate");
	estate_close(&estate);
}

static void
a_row_that_fits_several_records_is_refused_with_their_names(void **state)
{
	struct estate estate;

	(void)state;
	estate_open_with_devices(&estate);
	take_by(&estate, "serial", 0, "serial,place\n200,Roof\n");
	estate_assert_counts(&estate, 0, 0, 0, 1, 0);
	assert_int_equal(estate.summary.refusals[0].cause, REFUSAL_SEVERAL);
	estate_assert_refusal(&estate, 0, 1, NULL, "several devices have serial 200: B, C");
	estate_close(&estate);
}

static void
a_row_that_fits_none_is_new_only_with_a_key(void **state)
{
	struct estate estate;

	(void)state;
	estate_open_with_devices(&estate);
	take_by(&estate, "serial,site", 0, "serial,site,tag\n300,S1,\n300,S1,E\n100,S2,A\n300,S1,E\n");
	estate_assert_counts(&estate, 1, 0, 1, 2, 1);
	assert_int_equal(estate.summary.refusals[0].cause, REFUSAL_MISSING);
	estate_assert_refusal(&estate, 0, 1, NULL, "no device has serial 300, site S1, and a new one needs a tag");
	assert_int_equal(estate.summary.refusals[1].cause, REFUSAL_TOGETHER);
	estate_assert_refusal(&estate, 1, 3, "tag",
			      "no device has serial 100, site S2, but there is one with the tag 'A'");
	estate_close(&estate);
}

static void
a_blank_cell_agrees_with_nothing(void **state)
{
	struct estate estate;

	(void)state;
	estate_open_with_devices(&estate);
	/* D has no serial either, and that makes it no match; nor does its tag stand in for what is missing. */
	take_by(&estate, "serial,site", 0, "serial,site,tag,place\n,S2,,Roof\n,S2,D,Roof\n");
	estate_assert_counts(&estate, 0, 0, 0, 2, 0);
	assert_int_equal(estate.summary.refusals[0].cause, REFUSAL_NO_KEY);
	assert_int_equal(estate.summary.refusals[1].cause, REFUSAL_NO_KEY);
	estate_assert_refusal(&estate, 1, 2, NULL,
			      "nobody can tell which device is meant: serial (blank), site S2 (all the fields of --key "
			      "must be filled)");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "D", "place"), "Yard");
	estate_close(&estate);
}

static void
so_many_of_the_fields_must_agree(void **state)
{
	struct estate estate;

	(void)state;
	estate_open_with_devices(&estate);
	take_by(&estate, "serial,mac,site", 2,
		"serial,mac,site,place\n100,,S1,a\n999,00:00:5e:00:53:02,S2,b\n200,00:00:5e:00:53:09,S9,c\n");
	estate_assert_counts(&estate, 0, 2, 0, 1, 2);
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A", "place"), "a");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "D", "place"), "b");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "D", "serial"), "999");
	/* A field without an index is matched as well, and no index stays behind. */
	take_by(&estate, "place,site", 0, "place,site,model\na,S1,X\n");
	estate_assert_counts(&estate, 0, 1, 0, 0, 1);
	session_close(&estate.session);
	assert_true(session_open(&estate.session, STORE_WRITE, &estate.error));
	estate_close(&estate);
}

static void
a_matched_record_may_get_another_key(void **state)
{
	struct estate estate;

	(void)state;
	estate_open_with_devices(&estate);
	take_by(&estate, "serial,site", 0, "serial,site,tag\n100,S1,A9\n200,S1,C\n");
	estate_assert_counts(&estate, 0, 1, 0, 1, 0);
	estate_assert_refusal(&estate, 0, 2, "tag", "another device has the tag 'C'");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A9", "serial"), "100");
	estate_close(&estate);
}

static void
a_wrong_row_is_matched_by_what_it_says_itself(void **state)
{
	struct estate estate;

	(void)state;
	estate_open_with_devices(&estate);
	/* Its site is not looked for, so it mentions nobody: not B, though the row above is of the site of B. */
	take_by(&estate, "serial,site", 0, "serial,site,removed_on\n100,S1,\n200,S2,31/02/2020\n");
	estate_assert_counts(&estate, 0, 0, 1, 1, 1);
	estate_close(&estate);
}

static void
contradictions_are_found_by_whatever_matches(void **state)
{
	struct estate estate;

	(void)state;
	estate_open_with_devices(&estate);
	take_by(&estate, "serial", 0, "serial,tag,site,place\n500,N,S1,a\n500,N,S1,b\n100,,,c\n100,,,d\n100,,,d\n");
	estate_assert_counts(&estate, 0, 0, 0, 5, 1);
	estate_assert_refusal(&estate, 0, 1, NULL,
			      "rows 1 (line 2) and 2 (line 3) are both about N and say different things");
	estate_assert_refusal(&estate, 2, 3, NULL, "rows 3 (line 4), 4 (line 5) and 5 (line 6) are all about A");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A", "place"), "Hall");
	assert_int_equal(estate_count(&estate, ENTITY_DEVICE), 4);
	estate_close(&estate);
}

static void
a_key_that_the_file_does_not_have_is_said(void **state)
{
	struct estate estate;

	(void)state;
	estate_open_with_devices(&estate);
	estate.options.key = "mac";
	assert_false(estate_import(&estate, ENTITY_DEVICE, "serial,site\n1,S1\n"));
	assert_non_null(strstr(estate.error.message, "No heading of rows.csv is the mac"));
	estate.options.key = "colour";
	assert_false(estate_import(&estate, ENTITY_DEVICE, "serial,site\n1,S1\n"));
	assert_int_equal(estate.error.kind, ERROR_USAGE);
	estate.options.key = "serial";
	estate.options.key_least = 2;
	assert_false(estate_import(&estate, ENTITY_DEVICE, "serial,site\n1,S1\n"));
	assert_int_equal(estate.error.kind, ERROR_USAGE);
	estate_close(&estate);
}

static void
what_a_survey_does_not_mention_can_be_marked(void **state)
{
	struct estate estate;

	(void)state;
	estate_open_with_devices(&estate);
	estate_take(&estate, ENTITY_DEVICE, "tag,site,removed_on\nE,S1,1/2/2024\n");
	estate.options.absent_marked = true;
	estate_take(&estate, ENTITY_DEVICE, "tag,site\nA,S1\n");
	/* E is gone and nobody expects to find it; S2 is not in the file. */
	estate_assert_counts(&estate, 0, 0, 1, 0, 1);
	assert_int_equal(estate.summary.missed, 1);
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "B", "missed_on"), "2026-11-21");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "E", "missed_on"), "");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "C", "missed_on"), "");
	assert_int_equal(estate_count(&estate, ENTITY_CHANGE), 1);
	/* Once marked it stays so; a file that mentions it takes the mark away. */
	estate.options.absent_marked = true;
	estate_take(&estate, ENTITY_DEVICE, "tag,site\nA,S1\n\n");
	assert_int_equal(estate.summary.missed, 0);
	estate_take(&estate, ENTITY_DEVICE, "tag,site\nB,S1\n");
	estate_assert_counts(&estate, 0, 1, 0, 0, 1);
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "B", "missed_on"), "");
	estate.options.absent_marked = true;
	assert_false(estate_import(&estate, ENTITY_SITE, "code\nS1\n"));
	assert_int_equal(estate.error.kind, ERROR_USAGE);
	estate_close(&estate);
}

static void
a_decision_that_a_file_contradicts_is_asked_about_once(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_MANUFACTURER, "name,covered,country,basis,decided by,decided on\n"
		    "Acme,yes,Ruritania,Owned by the state,Ann,1/2/2025\n");
	estate_take(&estate, ENTITY_MANUFACTURER, "name,covered,country\nAcme,no,Freedonia\n");
	estate_assert_counts(&estate, 0, 1, 0, 0, 0);
	assert_int_equal(estate.summary.questions, 1);
	assert_string_equal(estate_value(&estate, ENTITY_MANUFACTURER, "Acme", "covered"), "yes");
	assert_string_equal(estate_value(&estate, ENTITY_QUESTION, "1", "entity"), "manufacturer");
	assert_string_equal(estate_value(&estate, ENTITY_QUESTION, "1", "record"), "Acme");
	assert_string_equal(estate_value(&estate, ENTITY_QUESTION, "1", "field"), "covered");
	assert_string_equal(estate_value(&estate, ENTITY_QUESTION, "1", "ours"), "yes");
	assert_string_equal(estate_value(&estate, ENTITY_QUESTION, "1", "theirs"), "no");
	assert_string_equal(estate_value(&estate, ENTITY_QUESTION, "1", "answer"), "open");
	assert_string_equal(estate_value(&estate, ENTITY_QUESTION, "1", "row"), "1");
	/* The same again is no other question, though another answer is. */
	estate_take(&estate, ENTITY_MANUFACTURER, "name,covered,country\nAcme,no,\nacme,no,\nAcme,no,Freedonia\n");
	estate_assert_counts(&estate, 0, 0, 3, 0, 0);
	assert_int_equal(estate.summary.questions, 0);
	assert_false(estate.summary.recorded);
	estate_take(&estate, ENTITY_MANUFACTURER, "name,basis\nAcme,Hearsay\n");
	assert_int_equal(estate.summary.questions, 1);
	assert_true(estate.summary.recorded);
	/* Rows that are refused ask nothing. */
	estate_take(&estate, ENTITY_MANUFACTURER, "name,covered,country\nAcme,undecided,A\nAcme,undecided,B\n");
	estate_assert_counts(&estate, 0, 0, 0, 2, 0);
	assert_int_equal(estate.summary.questions, 0);
	assert_int_equal(estate_count(&estate, ENTITY_QUESTION), 2);
	estate_close(&estate);
}

static void
a_confirmed_manufacturer_is_a_decision(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code\nS1\n");
	estate_take(&estate, ENTITY_MANUFACTURER, "name\nAcme\nOther\n");
	estate_take(&estate, ENTITY_DEVICE, "tag,site,make,manufacturer,maker_confirmed_by,maker_confirmed_on\n"
		    "T1,S1,x,Acme,Ann,1/2/2025\nT2,S1,x,Acme,,\nT3,S1,,,,\n");
	estate_take(&estate, ENTITY_DEVICE, "tag,site,make,manufacturer\nT1,S1,x,Other\nT2,S1,x,Other\nT3,S1,other,\n");
	estate_assert_counts(&estate, 0, 2, 1, 0, 0);
	assert_int_equal(estate.summary.questions, 1);
	assert_string_equal(estate_value(&estate, ENTITY_QUESTION, "1", "ours"), "Acme");
	assert_string_equal(estate_value(&estate, ENTITY_QUESTION, "1", "theirs"), "Other");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "T1", "manufacturer"), "Acme");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "T2", "manufacturer"), "Other");
	/* A changed device gets the manufacturer of its make, as a new one does. */
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "T3", "manufacturer"), "Other");
	estate_close(&estate);
}

static void
dates_are_read_as_the_file_proves(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code,survey_on,lease_end_on\nS1,03/04/2019,13/04/2030\nS2,04/25/2019,\n");
	estate_assert_counts(&estate, 2, 0, 0, 0, 0);
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S1", "survey_on"), "2019-03-04");
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S1", "lease_end_on"), "2030-04-13");
	assert_true(estate_has_notice(&estate, "The dates of the column 'survey_on' were read with the month first, as "
					       "one of them"));
	assert_int_equal(estate.summary.date_question_count, 0);
	assert_int_equal(estate_count(&estate, ENTITY_ENTRY), 1);
	/* Both in one column, and nobody can tell. */
	assert_false(estate_import(&estate, ENTITY_SITE, "code,survey_on\nS1,04/25/2019\nS2,25/04/2019\n"));
	assert_non_null(strstr(estate.error.message,
			       "25/04/2019 in row 2 has the day first, 04/25/2019 in row 1 has the month first"));
	estate_close(&estate);
}

static void
dates_that_prove_nothing_are_asked_about(void **state)
{
	static const char *const month[] = { "survey_on=month" };
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code,survey_on\nS1,03/04/2019\nS2,05/05/2019\n");
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S1", "survey_on"), "2019-04-03");
	assert_int_equal(estate.summary.date_question_count, 1);
	assert_string_equal(estate.summary.date_questions[0].heading, "survey_on");
	assert_string_equal(estate.summary.date_questions[0].day_first, "3 April 2019");
	assert_string_equal(estate.summary.date_questions[0].month_first, "4 March 2019");
	estate.options.dates = month;
	estate.options.date_count = 1;
	estate_take(&estate, ENTITY_SITE, "code,survey_on\nS1,03/04/2019\nS2,05/05/2019\n");
	estate_assert_counts(&estate, 0, 1, 1, 0, 0);
	assert_int_equal(estate.summary.date_question_count, 0);
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S1", "survey_on"), "2019-03-04");
	estate_close(&estate);
}

static void
headings_are_used_as_the_last_time(void **state)
{
	static const char *const columns[] = { "Ref=code", "Colour=-" };
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate.options.columns = columns;
	estate.options.column_count = 2;
	estate_take(&estate, ENTITY_SITE, "Ref,Colour,name\nS1,red,A\n");
	estate_take(&estate, ENTITY_SITE, "REF ,colour,Name\nS2,red,B\n");
	estate_assert_counts(&estate, 1, 0, 0, 0, 0);
	assert_true(estate_has_notice(&estate, "The headings are used as on 21 November 2026 (source 1): "));
	estate.options.map = "-";
	assert_false(estate_import(&estate, ENTITY_SITE, "Ref,Colour,name\nS3,red,A\n"));
	/* What the headings say by themselves needs no notice. */
	estate_take(&estate, ENTITY_SITE, "code,name\nS4,A\n");
	estate_take(&estate, ENTITY_SITE, "code,name\nS5,A\n");
	assert_int_equal(estate.summary.notice_count, 0);
	estate_close(&estate);
}

static void
all_of_the_rows_or_none(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate.options.all_or_nothing = true;
	estate.options.refusals = estate.refusals;
	assert_false(estate_import(&estate, ENTITY_SITE, "code,survey_on\nS1,\nS2,4/5\n"));
	assert_int_equal(estate.error.kind, ERROR_INVALID);
	assert_non_null(strstr(estate.error.message, "1 of 2 rows would be refused"));
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 0);
	assert_int_equal(estate_count(&estate, ENTITY_ENTRY), 0);
	assert_int_equal(access(estate.refusals, R_OK), 0);
	estate.options.all_or_nothing = true;
	estate_take(&estate, ENTITY_SITE, "code,survey_on\nS1,\nS2,14/5/2024\n");
	estate_assert_counts(&estate, 2, 0, 0, 0, 0);
	estate_close(&estate);
}

static void
the_register_is_copied_before_much_is_changed(void **state)
{
	struct text rows = { 0 };
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code\nX\n");
	text_append(&rows, "code,name\n");
	for (int i = 0; i < 1001; i++)
		text_format(&rows, "S%04d,A name that is long enough\n", i);
	estate_take(&estate, ENTITY_SITE, text_words(&rows));
	assert_non_null(estate.summary.copy);
	assert_int_equal(access(estate.summary.copy, R_OK), 0);
	assert_string_equal(estate_value(&estate, ENTITY_SOURCE, "2", "copy"), estate.summary.copy);
	/* Nothing changes, so no copy is left. */
	estate.session.now += 60;
	estate.options.again = true;
	estate_take(&estate, ENTITY_SITE, text_words(&rows));
	estate_assert_counts(&estate, 0, 0, 1001, 0, 0);
	assert_null(estate.summary.copy);
	text_free(&rows);
	estate_close(&estate);
}

/* What was told, in lines. */
static void
tell(void *context, const struct import_detail *detail)
{
	struct text *told = context;

	text_format(told, "%s %lld %s %s %s>%s\n", import_outcome_words[detail->outcome], (long long)detail->row,
		    detail->key != NULL ? detail->key : "-", detail->field != NULL ? detail->field : "-",
		    detail->old != NULL ? detail->old : "", detail->new != NULL ? detail->new : "");
}

static void
forget(void *context)
{
	text_clear(context);
}

static void
all_that_is_done_is_told(void **state)
{
	struct text told = { 0 };
	struct estate estate;

	(void)state;
	estate_open_with_devices(&estate);
	estate.options.listener = (struct import_listener){ &told, tell, forget };
	estate.options.creates[ENTITY_SITE] = true;
	estate_take(&estate, ENTITY_DEVICE,
		    "tag,site,place,removed_on\nA,S2,Roof,\nB,S1,Hall,\nN,S3,,\nM,S1,,4/5\nP,S1,x,04/25/"
		    "2019\nP,S1,y,\n");
	assert_string_equal(text_words(&told),
			    "changed 1 A site S1>S2\nchanged 1 A place Hall>Roof\nsame 2 B - >\nnew 3 N - >\n"
			    "refused 4 M removed_on >\nnew 5 P - >\nrefused 6 P - >\nrefused 5 P - >\n"
			    "created 3 S3 - >\nabsent 0 C - >\nabsent 0 D - >\n");
	text_free(&told);
	estate_close(&estate);
}

static void
a_look_says_what_the_headings_are(void **state)
{
	struct import_survey survey = { 0 };
	struct import_options options;
	struct estate estate;

	(void)state;
	estate_open(&estate);
	write_file(estate.file, "Ref;Name;Colour\nS1;A;red\nS2;B;blue\n",
		   strlen("Ref;Name;Colour\nS1;A;red\nS2;B;blue\n"));
	options = (struct import_options){ .path = estate.file, .entity = &entities[ENTITY_SITE] };
	assert_true(import_look(&estate.session, &options, &survey, &estate.error));
	assert_string_equal(survey.delimiter, "semicolon");
	assert_int_equal(survey.column_count, 3);
	assert_string_equal(survey.columns[1].use, "field");
	assert_string_equal(survey.columns[1].field, "name");
	assert_string_equal(survey.columns[2].use, "unknown");
	assert_null(survey.columns[2].field);
	assert_int_equal(survey.columns[2].sample_count, 2);
	assert_string_equal(survey.columns[2].samples[1], "blue");
	assert_non_null(strstr(survey.problem, "'Colour'"));
	import_survey_free(&survey);
	estate_close(&estate);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_is_matched_by_other_fields_than_the_key),
		cmocka_unit_test(a_row_that_fits_several_records_is_refused_with_their_names),
		cmocka_unit_test(a_row_that_fits_none_is_new_only_with_a_key),
		cmocka_unit_test(a_blank_cell_agrees_with_nothing),
		cmocka_unit_test(so_many_of_the_fields_must_agree),
		cmocka_unit_test(a_matched_record_may_get_another_key),
		cmocka_unit_test(a_wrong_row_is_matched_by_what_it_says_itself),
		cmocka_unit_test(contradictions_are_found_by_whatever_matches),
		cmocka_unit_test(a_key_that_the_file_does_not_have_is_said),
		cmocka_unit_test(what_a_survey_does_not_mention_can_be_marked),
		cmocka_unit_test(a_decision_that_a_file_contradicts_is_asked_about_once),
		cmocka_unit_test(a_confirmed_manufacturer_is_a_decision),
		cmocka_unit_test(dates_are_read_as_the_file_proves),
		cmocka_unit_test(dates_that_prove_nothing_are_asked_about),
		cmocka_unit_test(headings_are_used_as_the_last_time),
		cmocka_unit_test(all_of_the_rows_or_none),
		cmocka_unit_test(the_register_is_copied_before_much_is_changed),
		cmocka_unit_test(all_that_is_done_is_told),
		cmocka_unit_test(a_look_says_what_the_headings_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
