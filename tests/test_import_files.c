/* SPDX-License-Identifier: MIT */
/* What an import makes of whole files: hostile ones, real ones, large ones; and what becomes of the refused rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sys/stat.h>

#include "tests/import_estate.h"

static void
refused_rows_can_be_mended_and_imported(void **state)
{
	static const char refused[] =
		"Site code,name,survey_on,notes,source,row,line,cause,field,reason\r\n"
		"S2,\"'=B, \"\"b\"\"\",4/5,\"two\nlines\",1,2,3,value,survey_on,"
		"\"survey_on: '4/5' is not a date of the calendar, 1900 to 2199 (31/01/2024)\"\r\n"
		"S3,C,1,3,5,cells,,\"has 2 cells, the heading has 4\"\r\n";
	struct text bytes = { 0 };
	struct estate estate;
	struct stat status;
	char *wrong;

	(void)state;
	estate_open(&estate);
	estate.options.refusals = estate.refusals;
	estate_take(&estate, ENTITY_SITE, "Site code,name,survey_on,notes\nS1,A,,\n"
		    "S2,\"'=B, \"\"b\"\"\",4/5,\"two\nlines\"\nS3,C\nS4,D,,,\n");
	estate_assert_counts(&estate, 2, 0, 0, 2, 0);
	read_file(estate.refusals, &bytes);
	assert_string_equal(text_words(&bytes), refused);
	assert_int_equal(stat(estate.refusals, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);

	/* As it is, every row is refused again; mended, it goes in. The file that somebody mends stays as it is. */
	estate.options.refusals = estate.refusals;
	assert_false(estate_import(&estate, ENTITY_SITE, text_words(&bytes)));
	assert_int_equal(estate.error.kind, ERROR_CONFLICT);
	estate_take(&estate, ENTITY_SITE, text_words(&bytes));
	estate_assert_counts(&estate, 0, 0, 0, 2, 0);
	wrong = strstr(bytes.bytes, "4/5");
	memcpy(wrong, "   ", 3);
	estate_take(&estate, ENTITY_SITE, text_words(&bytes));
	estate_assert_counts(&estate, 1, 0, 0, 1, 0);
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S2", "name"), "=B, \"b\"");
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S2", "notes"), "two\nlines");
	text_free(&bytes);
	estate_close(&estate);
}

static void
the_refused_rows_of_a_file_of_refused_rows_have_one_reason_each(void **state)
{
	struct text bytes = { 0 };
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate.options.refusals = estate.refusals;
	estate_take(&estate, ENTITY_SITE, "code,survey_on,source,row,line,cause,field,reason\n"
		    "S1,4/5,9,7,8,value,old,old\n");
	read_file(estate.refusals, &bytes);
	assert_string_equal(text_words(&bytes), "code,survey_on,source,row,line,cause,field,reason\r\nS1,4/"
						"5,1,1,2,value,survey_on,\"survey_on: '4/5' is not a date of the "
						"calendar, 1900 to 2199 (31/01/2024)\"\r\n");
	text_free(&bytes);
	estate_close(&estate);
}

static void
nothing_is_imported_when_the_refused_rows_cannot_be_written(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate.options.refusals = "/nowhere/refused.csv";
	assert_false(estate_import(&estate, ENTITY_SITE, "code,survey_on\nS1,\nS2,4/5\n"));
	assert_int_equal(estate.error.kind, ERROR_FILE);
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 0);
	assert_int_equal(estate_count(&estate, ENTITY_ENTRY), 0);
	estate_close(&estate);
}

static void
absent_are_the_records_of_the_same_scope_that_the_file_does_not_mention(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code\nS1\nS2\nS3\n");
	estate_take(&estate, ENTITY_DEVICE, "tag,site\nA1,S1\nA2,S1\nA3,S1\nA4,S1\nB1,S2\nC1,S3\nC2,S3\n");
	/* S1 lacks A3 and A4, but a refused row mentions A4; S2 is not covered; C1 moves to S1 and leaves C2 behind. */
	estate_take(&estate, ENTITY_DEVICE,
		    "tag,site,removed_on\nA1,S1,\nA2,S1,1/2/2024\nA2,S1,\nA4,S1,4/5\nC1,S1,\nN1,S1,\n");
	estate_assert_counts(&estate, 1, 2, 2, 1, 1);
	estate_take(&estate, ENTITY_DEVICE, "tag,site\nX,S3\n");
	estate_assert_counts(&estate, 1, 0, 0, 0, 1);
	/* Sites in any order are counted once; a record that is refused and then mended is mentioned once. */
	estate_take(&estate, ENTITY_DEVICE, "tag,site,removed_on\nA1,S1,\nB1,S2,4/5\nB1,S2,\nA2,S1,\nA4,S1,\n");
	estate_assert_counts(&estate, 0, 0, 4, 1, 3);
	/* A refused row of a site that the file does not cover counts nowhere. */
	estate_take(&estate, ENTITY_DEVICE, "tag,site,removed_on\nA1,S1,4/5\nX,S3,\n");
	estate_assert_counts(&estate, 0, 0, 1, 1, 1);
	/* A record that moves away from a site that the file covers is mentioned, not absent. */
	estate_take(&estate, ENTITY_DEVICE, "tag,site\nX,S2\nC2,S3\n");
	estate_assert_counts(&estate, 0, 1, 1, 0, 1);
	estate_close(&estate);
}

static void
a_property_number_that_sites_share_is_told_not_refused(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code,uprn\nS1,100012710360\nS2,7\nS3,8\nS4,8\n");
	assert_true(estate_has_notice(&estate, "UPRN 8 is on 2 sites: S3, S4."));
	/* With one that the register has; what the file does not mention is not told again. */
	estate_take(&estate, ENTITY_SITE, "code,uprn\nS5,000100012710360\nS6,9\n");
	estate_assert_counts(&estate, 2, 0, 0, 0, 0);
	assert_true(estate_has_notice(&estate, "UPRN 100012710360 is on 2 sites: S1, S5."));
	assert_false(estate_has_notice(&estate, "UPRN 8"));
	estate_close(&estate);
}

static void
the_last_byte_of_a_file_can_refuse_all_of_it(void **state)
{
	struct text rows = { 0 };
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code\nS1\n");
	text_append(&rows, "code,organisation,name\n");
	for (int i = 0; i < 20000; i++)
		text_format(&rows, "X%d,O1,A name\n", i);
	text_append(&rows, "S1,O1,\"open");
	estate.options.creates[ENTITY_ORGANISATION] = true;
	assert_false(estate_import(&estate, ENTITY_SITE, text_words(&rows)));
	assert_non_null(
		strstr(estate.error.message, "rows.csv: row 20001 (line 20002) has a cell whose opening quote"));
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 1);
	assert_int_equal(estate_count(&estate, ENTITY_ORGANISATION), 0);
	assert_int_equal(estate_count(&estate, ENTITY_ENTRY), 1);
	assert_true(store_check(estate.session.store, &estate.error));
	text_free(&rows);
	estate_close(&estate);
}

static bool
stop_at_the_second_look(void *context, const char *what, int64_t done, int64_t total)
{
	int *looks = context;

	(void)done;
	(void)total;
	return what == NULL || ++*looks < 2;
}

static void
a_person_can_stop_it_and_nothing_is_changed(void **state)
{
	struct progress progress;
	struct text rows = { 0 };
	struct estate estate;
	int looks = 0;

	(void)state;
	estate_open(&estate);
	text_append(&rows, "code\n");
	for (int i = 0; i < 20000; i++)
		text_format(&rows, "X%d\n", i);
	progress = (struct progress){ stop_at_the_second_look, &looks };
	estate.session.progress = &progress;
	assert_false(estate_import(&estate, ENTITY_SITE, text_words(&rows)));
	assert_int_equal(estate.error.kind, ERROR_CANCELLED);
	estate.session.progress = NULL;
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 0);
	estate_take(&estate, ENTITY_SITE, text_words(&rows));
	estate_assert_counts(&estate, 20000, 0, 0, 0, 0);
	text_free(&rows);
	estate_close(&estate);
}

static void
undo_takes_back_all_that_a_file_brought(void **state)
{
	struct estate estate;
	struct undone undone;
	struct entry entry;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code,name\nS1,A\n");
	estate_take(&estate, ENTITY_DEVICE, "tag,site\nT0,S1\n");
	estate.options.creates[ENTITY_SITE] = true;
	estate_take(&estate, ENTITY_DEVICE, "tag,site,make\nT0,S1,Acme\nT1,S1,\nT2,W9,\n,,x\n");
	estate_assert_counts(&estate, 2, 1, 0, 1, 0);
	entry = session_entry(&estate.session, ENTRY_KIND_UNDO, "Undid it", NULL);
	if (!store_undo(estate.session.store, (struct entry_id){ 3 }, &entry, &undone, &estate.error))
		fail_msg("%s %s", estate.error.message, text_words(&undone.lines));
	assert_int_equal(estate_count(&estate, ENTITY_DEVICE), 1);
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 1);
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "T0", "make"), "");
	/* What was undone was never imported. */
	estate.options.creates[ENTITY_SITE] = true;
	estate_take(&estate, ENTITY_DEVICE, "tag,site,make\nT0,S1,Acme\nT1,S1,\nT2,W9,\n,,x\n");
	estate_assert_counts(&estate, 2, 1, 0, 1, 0);
	assert_null(estate.summary.imported_before);
	text_free(&undone.lines);
	estate_close(&estate);
}

/* More rows than the indexes are kept up for, into an empty register and then into a full one. */
static void
large_files_leave_a_sound_register(void **state)
{
	struct text rows = { 0 };
	struct estate estate;

	(void)state;
	estate_open(&estate);
	text_append(&rows, "code,name\n");
	for (int i = 0; i < 12000; i++)
		text_format(&rows, "A%d,\"A long enough name for the guess at how many rows there are, which counts "
			    "bytes; this is some 128 of them, more or less\"\n", i);
	estate_take(&estate, ENTITY_SITE, text_words(&rows));
	estate_assert_counts(&estate, 12000, 0, 0, 0, 0);
	for (int i = 0; i < 12000; i++)
		text_format(&rows, "B%d,\"Another long name that is there to make the file as large as it should be to "
			    "make the import drop the indexes\"\n", i);
	text_append(&rows, "B5,Not the same\nA7,Neither\n");
	estate_take(&estate, ENTITY_SITE, text_words(&rows));
	estate_assert_counts(&estate, 11999, 0, 11999, 4, 0);
	estate_assert_refusal(&estate, 0, 8, NULL, "rows 8 (line 9) and 24002 (line 24003) are both about A7");
	assert_non_null(strstr(estate.summary.refusals[2].cells, "B5,Another long name"));
	assert_non_null(estate.summary.copy);
	assert_true(store_check(estate.session.store, &estate.error));
	session_close(&estate.session);
	assert_true(session_open(&estate.session, STORE_WRITE, &estate.error));
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 23999);
	text_free(&rows);
	estate_close(&estate);
}

static void
hostile_files_are_refused_in_a_sentence_and_change_nothing(void **state)
{
	static const struct { const char *name, *message; } cases[] = {
		{ "damaged-utf8.csv", "damaged-utf8.csv: row 2 (line 3) is not UTF-8" },
		{ "nul.csv", "nul.csv: row 2 (line 3) holds a NUL byte" },
		{ "half-utf16.csv", "half-utf16.csv: row 1 (line 2) has half a character" },
		{ "workbook.csv", "workbook.csv is damaged" },
		{ "old-workbook.csv", "old-workbook.csv is an old Office file" },
		{ "empty.csv", "empty.csv is empty" },
		{ "only-line-ends.csv", "only-line-ends.csv is empty" },
		{ "duplicate-headings.csv", "The columns 3 and 4 are both headed 'Make'" },
		{ "unknown-headings.csv", "these headings of the file: 'colour' (red), 'weight' (2)" },
		{ "no-key.csv", "No heading of the file is the tag of a device" },
		{ "blank-heading.csv", "Column 3 has no heading, but in row 2 (line 3) it holds 'lost'" },
		{ "open-quote.csv", "row 2 (line 3) has a cell whose opening quote, on line 3, is never closed" },
		{ "run-on-quote.csv", "row 1 (line 2) has a quoted cell that runs over the end of a line" },
		{ "missing.csv", "There is no file " },
		{ "", " is a folder" },
	};
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code\nS1\n");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char path[128];

		snprintf(path, sizeof path, "tests/data/hostile/%s", cases[i].name);
		assert_false(estate_import_file(&estate, ENTITY_DEVICE, path));
		if (strstr(estate.error.message, cases[i].message) == NULL)
			fail_msg("%s: expected '%s', got '%s'", cases[i].name, cases[i].message, estate.error.message);
		assert_int_equal(estate_count(&estate, ENTITY_DEVICE), 0);
		assert_int_equal(estate_count(&estate, ENTITY_ENTRY), 1);
	}
	estate_close(&estate);
}

static void
hostile_rows_are_refused_and_the_others_taken(void **state)
{
	static const struct {
		const char *name;
		int64_t new_rows, refused, row;
		const char *field, *reason;
	} cases[] = {
		{ "header-only.csv", 0, 0, 0, NULL, NULL },
		{ "latin1.csv", 2, 0, 0, NULL, NULL },
		{ "utf16.csv", 1, 0, 0, NULL, NULL },
		{ "control.csv", 1, 1, 2, "tag", "holds the control character \\x1b" },
		{ "bidi.csv", 1, 1, 2, "tag", "holds an invisible or direction-changing character" },
		{ "ragged.csv", 2, 2, 1, NULL, "has 2 cells, the heading has 3" },
		{ "dates.csv", 2, 4, 1, "removed_on", "'31/02/2024' is not a date" },
		{ "unknown-site.csv", 1, 1, 1, "site", "no site has the code 'NOWHERE'" },
		{ "formula.csv", 1, 0, 0, NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct estate estate;
		char path[128];

		estate_open(&estate);
		estate_take(&estate, ENTITY_SITE, "code\nS1\n");
		snprintf(path, sizeof path, "tests/data/hostile/%s", cases[i].name);
		if (!estate_import_file(&estate, ENTITY_DEVICE, path))
			fail_msg("%s: %s", cases[i].name, estate.error.message);
		estate_assert_counts(&estate, cases[i].new_rows, 0, 0, cases[i].refused, 0);
		if (cases[i].refused > 0)
			estate_assert_refusal(&estate, 0, cases[i].row, cases[i].field, cases[i].reason);
		estate_close(&estate);
	}
}

static void
a_register_that_is_only_read_is_not_written(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code\nS1\n");
	session_close(&estate.session);
	assert_true(session_open(&estate.session, STORE_READ, &estate.error));
	assert_false(estate_import(&estate, ENTITY_SITE, "code\nS2\n"));
	assert_non_null(strstr(estate.error.message, "read-only"));
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 1);
	estate_close(&estate);
}

static void
import_trafford(struct estate *estate)
{
	static const char *const assets[] = { "organisation=TRAFFORD" };
	static const char *const cameras[] = { "kind=camera", "organisation=TRAFFORD" };

	estate->options = (struct import_options){
		.map = "tests/data/trafford/assets.map", .constants = assets, .constant_count = 1,
		.creates = { [ENTITY_ORGANISATION] = true } };
	if (!estate_import_file(estate, ENTITY_SITE, "tests/data/trafford/land_and_building_assets.csv"))
		fail_msg("%s", estate->error.message);
	estate_assert_counts(estate, 608, 0, 0, 0, 0);
	assert_true(estate_has_notice(estate, "UPRN 100012710360 is on 4 sites: "));
	estate->options = (struct import_options){
		.map = "tests/data/trafford/cameras.map", .constants = cameras, .constant_count = 2,
		.creates = { [ENTITY_SITE] = true } };
	if (!estate_import_file(estate, ENTITY_DEVICE, "tests/data/trafford/cctv_cameras.csv"))
		fail_msg("%s", estate->error.message);
	estate_assert_counts(estate, 163, 0, 0, 0, 0);
}

static void
a_real_councils_estate_comes_in_whole(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	import_trafford(&estate);
	assert_int_equal(estate.summary.created[ENTITY_SITE], 18);
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 608 + 18);
	assert_int_equal(estate_count(&estate, ENTITY_DEVICE), 163);
	assert_int_equal(estate_count(&estate, ENTITY_ORGANISATION), 1);
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "TMBC0002/B0000066", "address"), "105 Mainwood Road");
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "TMBC0002/B0000066", "organisation"), "TRAFFORD");
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "TMBC0002/B0000066", "longitude"), "-2.306004");
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "TMBC0002/B0000066", "notes"),
			    "OrganisationURI: "
			    "https://opendatacommunities.org/id/metropolitan-district-council/trafford\n"
			    "EffectiveDate: 2023-09-29\nCoordinateReferenceSystem: WGS84\nTenureDetail: Leasehold Out\n"
			    "BuildingSize: 872.8");
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "E05015247", "name"), "Gorse Hill & Cornbrook");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "1001", "site"), "E05015247");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "1001", "kind"), "camera");
	estate_close(&estate);
}

static void
a_real_estate_without_a_mapping_file_is_asked_about_only_what_nobody_knows(void **state)
{
	static const char *const constants[] = { "organisation=TRAFFORD" };
	static const char *const unknown[] = { "'OrganisationURI'", "'EffectiveDate'", "'CoordinateReferenceSystem'",
		"'TenureDetail'", "'OtherDetail'", "'HoldingType'", "'BuildingSize'", "'LandArea'", "'EnergyRating'" };
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate.options.constants = constants;
	estate.options.constant_count = 1;
	assert_false(estate_import_file(&estate, ENTITY_SITE, "tests/data/trafford/land_and_building_assets.csv"));
	for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
		assert_non_null(strstr(estate.error.message, unknown[i]));
	assert_null(strstr(estate.error.message, "'PostTown'"));
	estate.options = (struct import_options){ .unknown = MAPPING_NOTES, .constants = constants, .constant_count = 1,
						  .creates = { [ENTITY_ORGANISATION] = true } };
	assert_true(estate_import_file(&estate, ENTITY_SITE, "tests/data/trafford/land_and_building_assets.csv"));
	estate_assert_counts(&estate, 608, 0, 0, 0, 0);
	estate.options = (struct import_options){ .unknown = MAPPING_NOTES, .creates = { [ENTITY_SITE] = true } };
	assert_true(estate_import_file(&estate, ENTITY_DEVICE, "tests/data/trafford/cctv_cameras.csv"));
	estate_assert_counts(&estate, 163, 0, 0, 0, 0);
	estate_close(&estate);
}

static void
the_summary_adds_up_in_words_and_in_json(void **state)
{
	struct text words = { 0 }, json = { 0 };
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code,survey_on\nS1,\n");
	estate_take(&estate, ENTITY_SITE, "code,survey_on\nS1,13/2/2024\nS2,\nS2,\nS3,\x01\n");
	import_summary_words(&estate.summary, &words);
	import_summary_json(&estate.summary, &json);
	assert_string_equal(text_words(&words), "rows.csv: 4 rows of sites: 1 new, 1 changed, 1 same, 1 refused.\n"
			    "Refused: row 4 (line 5): survey_on: '\x01' is not a date of the calendar, 1900 to 2199 "
			    "(31/01/2024).\n");
	assert_string_equal(text_words(&json),
			    "{\"file\":\"rows.csv\",\"entity\":\"sites\",\"format\":\"CSV\",\"encoding\":\"UTF-8\","
			    "\"delimiter\":\"comma\",\"sheet\":null,\"heading_line\":1,\"rows\":4,\"new\":1,"
			    "\"changed\":1,\"same\":1,\"refused\":1,\"absent\":0,\"missed\":0,\"skipped\":0,"
			    "\"questions\":0,\"mended\":0,\"refusals\":[{\"row\":4,\"line\":5,\"cause\":\"value\","
			    "\"field\":\"survey_on\",\"reason\":\"survey_on: '\\u0001' is not a date of the calendar, "
			    "1900 to 2199 "
			    "(31/01/"
			    "2024)\"}],\"notices\":[],\"date_questions\":[],\"nothing_to_do\":false,\"copy\":null,"
			    "\"dry_run\":false,\"taken\":true}\n");
	text_free(&words);
	text_free(&json);
	estate_close(&estate);
}

static void
a_file_that_was_changed_since_its_rehearsal_is_not_imported(void **state)
{
	static const char rehearsed[] = "code,name\nS1,Hall\n";
	struct estate estate;
	const char *hash;

	(void)state;
	estate_open(&estate);
	estate.options.dry_run = true;
	estate_take(&estate, ENTITY_SITE, rehearsed);
	hash = arena_text(&estate.arena, estate.summary.hash);
	estate.options.hash = hash;
	assert_false(estate_import(&estate, ENTITY_SITE, "code,name\nS1,Barn\n"));
	assert_int_equal(estate.error.kind, ERROR_CONFLICT);
	assert_non_null(strstr(estate.error.message, "rows.csv was changed since the preview"));
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 0);
	estate.options.hash = hash;
	estate_take(&estate, ENTITY_SITE, rehearsed);
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S1", "name"), "Hall");
	estate_close(&estate);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused_rows_can_be_mended_and_imported),
		cmocka_unit_test(the_refused_rows_of_a_file_of_refused_rows_have_one_reason_each),
		cmocka_unit_test(nothing_is_imported_when_the_refused_rows_cannot_be_written),
		cmocka_unit_test(absent_are_the_records_of_the_same_scope_that_the_file_does_not_mention),
		cmocka_unit_test(a_property_number_that_sites_share_is_told_not_refused),
		cmocka_unit_test(the_last_byte_of_a_file_can_refuse_all_of_it),
		cmocka_unit_test(a_person_can_stop_it_and_nothing_is_changed),
		cmocka_unit_test(undo_takes_back_all_that_a_file_brought),
		cmocka_unit_test(large_files_leave_a_sound_register),
		cmocka_unit_test(hostile_files_are_refused_in_a_sentence_and_change_nothing),
		cmocka_unit_test(hostile_rows_are_refused_and_the_others_taken),
		cmocka_unit_test(a_register_that_is_only_read_is_not_written),
		cmocka_unit_test(a_real_councils_estate_comes_in_whole),
		cmocka_unit_test(a_real_estate_without_a_mapping_file_is_asked_about_only_what_nobody_knows),
		cmocka_unit_test(the_summary_adds_up_in_words_and_in_json),
		cmocka_unit_test(a_file_that_was_changed_since_its_rehearsal_is_not_imported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
