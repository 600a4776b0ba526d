/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sys/stat.h>

#include "tests/import_estate.h"

static void
each_row_is_new_changed_same_or_refused(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code,name,town\nS1,Town Hall,Sale\nS2,Depot,Hale\n");
	estate_assert_counts(&estate, 2, 0, 0, 0, 0);
	estate_take(&estate, ENTITY_SITE,
		    "code,name,survey_on\nS1,Town Hall,\nS2,Old Depot,\nS3,Library,\nS4,Mill,31/02/2024\n");
	estate_assert_counts(&estate, 1, 1, 1, 1, 0);
	estate_assert_refusal(&estate, 0, 4, "survey_on", "'31/02/2024' is not a date of the calendar");
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S2", "name"), "Old Depot");
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S2", "town"), "Hale");
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 3);
	estate_close(&estate);
}

static void
a_blank_cell_leaves_what_is_known(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code,name,town\nS1,Town Hall,Sale\n");
	estate_take(&estate, ENTITY_SITE, "code,name,town\nS1,,  \n");
	estate_assert_counts(&estate, 0, 0, 1, 0, 0);
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S1", "town"), "Sale");
	estate_close(&estate);
}

static void
the_same_file_again_changes_nothing_and_makes_no_entry(void **state)
{
	static const char rows[] = "code,name,controller\nS1,Town Hall,landlord\nS2,Depot,\n";
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, rows);
	assert_true(estate.summary.recorded);
	assert_null(estate.summary.imported_before);
	estate_take(&estate, ENTITY_SITE, rows);
	assert_true(estate.summary.nothing_to_do);
	estate_assert_counts(&estate, 0, 0, 0, 0, 0);
	assert_false(estate.summary.recorded);
	assert_string_equal(estate.summary.imported_before, "2026-11-21T12:00:00Z");
	assert_string_equal(estate.summary.source_before, "1");
	estate.options.again = true;
	estate_take(&estate, ENTITY_SITE, rows);
	assert_false(estate.summary.nothing_to_do);
	estate_assert_counts(&estate, 0, 0, 2, 0, 0);
	assert_false(estate.summary.recorded);
	assert_string_equal(estate.summary.imported_before, "2026-11-21T12:00:00Z");
	assert_int_equal(estate_count(&estate, ENTITY_ENTRY), 1);
	assert_int_equal(estate_count(&estate, ENTITY_SOURCE), 1);
	assert_int_equal(estate_count(&estate, ENTITY_CHANGE), 0);
	/* Nor does one of which all is refused, again. */
	estate_take(&estate, ENTITY_SITE, "code,survey_on\nS9,4/5\n");
	assert_true(estate.summary.recorded);
	estate_take(&estate, ENTITY_SITE, "code,survey_on\nS9,4/5\n");
	assert_false(estate.summary.recorded);
	assert_int_equal(estate_count(&estate, ENTITY_REFUSAL), 1);
	estate_close(&estate);
}

static void
the_same_file_as_something_else_is_another_import(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code,name\nS1,Town Hall\n");
	estate_take(&estate, ENTITY_ORGANISATION, "code,name\nS1,Town Hall\n");
	estate_assert_counts(&estate, 1, 0, 0, 0, 0);
	assert_null(estate.summary.imported_before);
	estate_close(&estate);
}

static void
a_change_is_in_the_history_with_what_was_there(void **state)
{
	struct estate estate;
	struct arena arena = { 0 };
	struct record *change;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code,name\nS1,Town Hall\n");
	estate.options.why = "The survey of March";
	estate_take(&estate, ENTITY_SITE, "code,name\nS1,Civic Centre\n");
	change = store_read(estate.session.store, (struct record_id){ ENTITY_CHANGE, 1 }, estate.session.today, &arena,
			    &estate.error);
	assert_non_null(change);
	assert_string_equal(change->values[CHANGE_record], "S1");
	assert_string_equal(change->values[CHANGE_field], "name");
	assert_string_equal(change->values[CHANGE_old], "Town Hall");
	assert_string_equal(change->values[CHANGE_new], "Civic Centre");
	assert_string_equal(estate_value(&estate, ENTITY_ENTRY, "2", "why"), "The survey of March");
	assert_string_equal(estate_value(&estate, ENTITY_ENTRY, "2", "what"),
			    "Imported 1 site from rows.csv: 0 new, 1 changed, 0 same, 0 refused");
	arena_free(&arena);
	estate_close(&estate);
}

static void
a_persons_decision_outlives_the_import(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_MANUFACTURER, "name,covered,country,basis,decided by,decided on\n"
		    "Acme,yes,Ruritania,Owned by the state,Ann,1/2/2025\n");
	estate_take(&estate, ENTITY_MANUFACTURER, "name,covered,country\nAcme,no,Freedonia\n");
	estate_assert_counts(&estate, 0, 1, 0, 0, 0);
	assert_string_equal(estate_value(&estate, ENTITY_MANUFACTURER, "Acme", "covered"), "yes");
	assert_string_equal(estate_value(&estate, ENTITY_MANUFACTURER, "Acme", "country"), "Freedonia");
	assert_true(estate_has_notice(&estate, "1 value is in the file that a person has decided otherwise"));
	estate_take(&estate, ENTITY_MANUFACTURER, "name,covered\nAcme,no\n");
	estate_assert_counts(&estate, 0, 0, 1, 0, 0);
	/* One that nobody answers for is no decision. */
	estate_take(&estate, ENTITY_MANUFACTURER, "name,covered\nOther,yes\n");
	estate_assert_counts(&estate, 0, 0, 0, 1, 0);
	estate_assert_refusal(&estate, 0, 1, NULL, "it needs its basis in words (basis)");
	estate_close(&estate);
}

static void
rows_about_one_record_that_say_different_things_are_all_refused(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code,name\nS1,Town Hall\n\nS1,Depot\nS2,Mill\nS1,Town Hall\ns1,\n");
	estate_assert_counts(&estate, 1, 0, 0, 4, 0);
	for (int i = 0; i < 4; i++)
		estate_assert_refusal(&estate, i, i < 2 ? i + 1 : i + 2, NULL,
				      "rows 1 (line 2), 2 (line 4), 4 (line 6) and 5 (line 7) are all about S1 and say "
				      "different things");
	assert_int_equal(estate.summary.refusals[0].cause, REFUSAL_CONTRADICTION);
	assert_string_equal(estate.summary.refusals[0].cells, "S1,Town Hall");
	assert_string_equal(estate.summary.refusals[3].cells, "s1,");
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 1);
	/* The same with a record that was there before: what the first row changed is as it was. */
	estate_take(&estate, ENTITY_SITE, "code,name\nS2,Library\nS3,Barn\nS2,Depot\n");
	estate_assert_counts(&estate, 1, 0, 0, 2, 0);
	estate_assert_refusal(&estate, 1, 3, NULL,
			      "rows 1 (line 2) and 3 (line 4) are both about S2 and say different things");
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S2", "name"), "Mill");
	assert_int_equal(estate_count(&estate, ENTITY_CHANGE), 0);
	/* A refused row does not stand in the way of the one that mends it. */
	estate_take(&estate, ENTITY_SITE, "code,survey_on\nS2,4/5\nS2,4/5/2024\n");
	estate_assert_counts(&estate, 0, 1, 0, 1, 0);
	estate_close(&estate);
}

static void
rows_about_one_record_that_agree_are_one_new_and_the_rest_same(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code,name,town\nS1,Town Hall,\ns1,Town Hall,\nS1,,\n");
	estate_assert_counts(&estate, 1, 0, 2, 0, 0);
	/* What one row leaves open another may say, in either order. */
	estate_take(&estate, ENTITY_SITE, "code,name,town\nS2,Depot,\nS2,,Hale\nS3,,Sale\nS3,Mill,\n");
	estate_assert_counts(&estate, 2, 2, 0, 0, 0);
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S2", "town"), "Hale");
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S3", "name"), "Mill");
	assert_int_equal(estate_count(&estate, ENTITY_CHANGE), 0);
	estate_close(&estate);
}

static void
what_only_contradicting_rows_name_is_not_made(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate.options.creates[ENTITY_SITE] = estate.options.creates[ENTITY_ORGANISATION] = true;
	estate_take(&estate, ENTITY_DEVICE, "tag,site,site.organisation,make\nT1,W1,O1,A\nT2,W2,O2,A\nT1,W2,O2,B\n");
	estate_assert_counts(&estate, 1, 0, 0, 2, 0);
	assert_int_equal(estate.summary.created[ENTITY_SITE], 1);
	assert_int_equal(estate.summary.created[ENTITY_ORGANISATION], 1);
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 1);
	assert_int_equal(estate_count(&estate, ENTITY_ORGANISATION), 1);
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "T2", "site"), "W2");
	estate_close(&estate);
}

static void
a_record_that_nobody_knows_is_made_only_with_consent(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_DEVICE, "tag,site,site name\nT1,W1,Ward One\nT2,W1,Ward One\n");
	estate_assert_counts(&estate, 0, 0, 0, 2, 0);
	estate_assert_refusal(&estate, 0, 1, "site",
			      "no site has the code 'W1' (import the sites first, or allow it with --create site)");
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 0);
	estate.options.creates[ENTITY_SITE] = true;
	estate_take(&estate, ENTITY_DEVICE, "tag,site,site name\nT1,W1,Ward One\nT2,W1,Ward One\nT3,W2,Ward Two\n");
	estate_assert_counts(&estate, 3, 0, 0, 0, 0);
	assert_int_equal(estate.summary.created[ENTITY_SITE], 2);
	assert_true(estate_has_notice(&estate, "Made with consent: 2 sites."));
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "W2", "name"), "Ward Two");
	estate_close(&estate);
}

static void
a_record_that_is_made_may_need_another_to_be_made(void **state)
{
	static const char *const constants[] = { "organisation=COUNCIL" };
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate.options.constants = constants;
	estate.options.constant_count = 1;
	estate.options.creates[ENTITY_SITE] = true;
	estate_take(&estate, ENTITY_DEVICE, "tag,site\nT1,W1\n");
	estate_assert_counts(&estate, 0, 0, 0, 1, 0);
	estate_assert_refusal(&estate, 0, 1, "site.organisation", "no organisation has the code 'COUNCIL'");
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 0);
	estate.options.constants = constants;
	estate.options.constant_count = 1;
	estate.options.creates[ENTITY_SITE] = estate.options.creates[ENTITY_ORGANISATION] = true;
	estate_take(&estate, ENTITY_DEVICE, "tag,site\nT1,W1\nT2,W2\n");
	estate_assert_counts(&estate, 2, 0, 0, 0, 0);
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "W2", "organisation"), "COUNCIL");
	assert_string_equal(estate_value(&estate, ENTITY_ORGANISATION, "COUNCIL", "name"), "COUNCIL");
	estate_close(&estate);
}

static void
a_refused_row_makes_no_record(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate.options.creates[ENTITY_SITE] = true;
	estate_take(&estate, ENTITY_DEVICE,
		    "tag,site,removed_on,make,manufacturer\nT1,W1,4/5,,\nT2,W2,,,Nobody\n,W3,,,\n");
	estate_assert_counts(&estate, 0, 0, 0, 3, 0);
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 0);
	assert_int_equal(estate_count(&estate, ENTITY_MANUFACTURER), 0);
	estate_close(&estate);
}

static void
records_are_named_by_their_name_and_in_any_case(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code,name\nS1,Town Hall\nS2,Depot\nS3,Depot\n");
	estate_take(&estate, ENTITY_DEVICE, "tag,site\nT1,town hall\nT2,s2\nT3,Depot\nT4,S3\n");
	estate_assert_counts(&estate, 3, 0, 0, 1, 0);
	estate_assert_refusal(&estate, 0, 3, "site",
			      "2 sites are called 'Depot': write the code of the one that is meant");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "T1", "site"), "S1");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "T2", "site"), "S2");
	estate_close(&estate);
}

static void
a_name_that_several_have_is_refused_and_makes_no_other(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code,name\nS1,Twin\nS2,Twin\nS3,TWIN\nS4,Own\n");
	estate.options.creates[ENTITY_SITE] = true;
	estate_take(&estate, ENTITY_DEVICE, "tag,site\nT1,Twin\nT2,S2\n");
	estate_assert_counts(&estate, 1, 0, 0, 1, 0);
	assert_int_equal(estate.summary.refusals[0].cause, REFUSAL_SEVERAL);
	estate_assert_refusal(&estate, 0, 1, "site",
			      "3 sites are called 'Twin': write the code of the one that is meant");
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 4);
	/* Nor of the kind that the file itself brings. */
	estate_take(&estate, ENTITY_SITE, "code,parent site\nS4,Twin\n");
	estate_assert_counts(&estate, 0, 0, 0, 1, 0);
	estate_assert_refusal(&estate, 0, 1, "parent",
			      "3 sites are called 'Twin': write the code of the one that is meant");
	estate_close(&estate);
}

static void
the_make_gives_the_manufacturer_when_it_is_known(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code\nS1\n");
	estate_take(&estate, ENTITY_MANUFACTURER, "name\nAcme\n");
	estate_take(&estate, ENTITY_MANUFACTURER_NAME, "name,manufacturer\nAcme Vision Ltd,Acme\n");
	estate_take(&estate, ENTITY_DEVICE, "tag,site,make\nT1,S1,ACME\nT2,S1,Acme Vision Ltd\nT3,S1,Other\nT4,S1,\n");
	estate_assert_counts(&estate, 4, 0, 0, 0, 0);
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "T1", "manufacturer"), "Acme");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "T2", "manufacturer"), "Acme");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "T3", "manufacturer"), "");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "T3", "make"), "Other");
	assert_true(estate_has_notice(&estate, "1 new device has a make that no manufacturer is known by."));
	estate_close(&estate);
}

static void
a_row_may_name_a_record_of_another_row(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code\nS1\n");
	estate_take(&estate, ENTITY_DEVICE, "tag,site,recorder\nC0,S1,N1\nC9,S1,N9\nC8,S1,C0\nN1,S1,\nC1,S1,n1\n");
	estate_assert_counts(&estate, 4, 0, 0, 1, 0);
	estate_assert_refusal(&estate, 0, 2, "recorder",
			      "no device has the tag 'N9', neither in the register nor in a good row");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "C0", "recorder"), "N1");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "C1", "recorder"), "N1");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "C8", "recorder"), "C0");
	/* And of one that the register has, or the other way about. */
	estate_take(&estate, ENTITY_DEVICE, "tag,site,recorder\nC9,S1,N1\nC1,S1,N2\nN2,S1,\n");
	estate_assert_counts(&estate, 2, 1, 0, 0, 3);
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "C1", "recorder"), "N2");
	estate_close(&estate);
}

static void
a_row_that_names_a_contradicted_record_goes_with_it(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code\nS1\n");
	estate_take(&estate, ENTITY_DEVICE,
		    "tag,site,recorder,make\nN1,S1,,A\nC1,S1,N1,\nC2,S1,C1,\nN1,S1,,B\nC3,S1,,\n");
	estate_assert_counts(&estate, 1, 0, 0, 4, 0);
	estate_assert_refusal(&estate, 0, 1, NULL, "rows 1 (line 2) and 4 (line 5) are both about N1");
	estate_assert_refusal(&estate, 1, 4, NULL, "rows 1 (line 2) and 4 (line 5) are both about N1");
	estate_assert_refusal(&estate, 2, 2, "recorder", "recorder: the rows of this file about N1 are refused");
	estate_assert_refusal(&estate, 3, 3, "recorder", "recorder: the rows of this file about C1 are refused");
	assert_string_equal(estate.summary.refusals[3].cells, "C2,S1,C1,");
	assert_int_equal(estate_count(&estate, ENTITY_DEVICE), 1);
	assert_true(store_check(estate.session.store, &estate.error));
	estate_close(&estate);
}

static void
a_dry_run_counts_the_same_and_changes_nothing(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code,name\nS1,Town Hall\n");
	estate.options.dry_run = true;
	estate.options.creates[ENTITY_ORGANISATION] = true;
	estate_take(&estate, ENTITY_SITE, "code,name,organisation,survey_on\nS1,Depot,O1,\nS2,Mill,O1,\nS3,,,4/5\n");
	estate_assert_counts(&estate, 1, 1, 0, 1, 0);
	assert_false(estate.summary.recorded);
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S1", "name"), "Town Hall");
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 1);
	assert_int_equal(estate_count(&estate, ENTITY_ORGANISATION), 0);
	assert_int_equal(estate_count(&estate, ENTITY_ENTRY), 1);
	assert_int_equal(estate_count(&estate, ENTITY_REFUSAL), 0);
	estate_close(&estate);
}

static void
a_refused_row_is_kept_as_it_stood(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code,name,survey_on\nS1,\"a, \"\"b\"\"\",4/5\n");
	assert_true(estate.summary.recorded);
	assert_string_equal(estate_value(&estate, ENTITY_SOURCE, "1", "refused"), "1");
	assert_string_equal(estate_value(&estate, ENTITY_SOURCE, "1", "rows"), "1");
	assert_string_equal(estate_value(&estate, ENTITY_SOURCE, "1", "mapping"),
			    "# Which heading feeds which field of sites.\ncode = code\nname = name\nsurvey_on = "
			    "survey_on\n");
	assert_string_equal(estate_value(&estate, ENTITY_REFUSAL, "1", "source"), "1");
	assert_string_equal(estate_value(&estate, ENTITY_REFUSAL, "1", "row"), "1");
	assert_string_equal(estate_value(&estate, ENTITY_REFUSAL, "1", "line"), "2");
	assert_string_equal(estate_value(&estate, ENTITY_REFUSAL, "1", "field"), "survey_on");
	assert_string_equal(estate_value(&estate, ENTITY_REFUSAL, "1", "cells"), "S1,\"a, \"\"b\"\"\",4/5");
	estate_close(&estate);
}

static bool
count_passes(void *context, const char *what, int64_t done, int64_t total)
{
	int *passes = context;

	(void)total;
	*passes += done == 0 && what != NULL && strcmp(what, "Reading rows that name others") == 0;
	return true;
}

/* Each device records on the next: from the top one is found in a pass, from the bottom all of them. */
static void
a_chain_of_rows_that_name_the_next_is_through_in_two_passes(void **state)
{
	enum { DEVICES = 300 };
	struct text rows = { 0 };
	struct estate estate;
	int passes = 0;
	struct progress progress = { .step = count_passes, .context = &passes };

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code\nS1\n");
	text_append(&rows, "tag,site,recorder\n");
	for (int i = 1; i <= DEVICES; i++)
		text_format(&rows, "D%d,S1,D%d\n", i, i + 1);
	text_format(&rows, "D%d,S1,\nE1,S1,E2\nE2,S1,E3\n", DEVICES + 1);
	estate.session.progress = &progress;
	estate_take(&estate, ENTITY_DEVICE, text_words(&rows));
	estate.session.progress = NULL;
	estate_assert_counts(&estate, DEVICES + 1, 0, 0, 2, 0);
	estate_assert_refusal(&estate, 0, DEVICES + 2, "recorder", "E2");
	estate_assert_refusal(&estate, 1, DEVICES + 3, "recorder", "E3");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "D1", "recorder"), "D2");
	assert_in_range(passes, 2, 4);
	text_free(&rows);
	estate_close(&estate);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_row_is_new_changed_same_or_refused),
		cmocka_unit_test(a_blank_cell_leaves_what_is_known),
		cmocka_unit_test(the_same_file_again_changes_nothing_and_makes_no_entry),
		cmocka_unit_test(the_same_file_as_something_else_is_another_import),
		cmocka_unit_test(a_change_is_in_the_history_with_what_was_there),
		cmocka_unit_test(a_persons_decision_outlives_the_import),
		cmocka_unit_test(rows_about_one_record_that_say_different_things_are_all_refused),
		cmocka_unit_test(rows_about_one_record_that_agree_are_one_new_and_the_rest_same),
		cmocka_unit_test(what_only_contradicting_rows_name_is_not_made),
		cmocka_unit_test(a_record_that_nobody_knows_is_made_only_with_consent),
		cmocka_unit_test(a_record_that_is_made_may_need_another_to_be_made),
		cmocka_unit_test(a_refused_row_makes_no_record),
		cmocka_unit_test(records_are_named_by_their_name_and_in_any_case),
		cmocka_unit_test(a_name_that_several_have_is_refused_and_makes_no_other),
		cmocka_unit_test(the_make_gives_the_manufacturer_when_it_is_known),
		cmocka_unit_test(a_row_may_name_a_record_of_another_row),
		cmocka_unit_test(a_chain_of_rows_that_name_the_next_is_through_in_two_passes),
		cmocka_unit_test(a_row_that_names_a_contradicted_record_goes_with_it),
		cmocka_unit_test(a_dry_run_counts_the_same_and_changes_nothing),
		cmocka_unit_test(a_refused_row_is_kept_as_it_stood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
