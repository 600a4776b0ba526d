/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sys/resource.h>

#include "tests/xlsx_file.h"

/* Which sheet of a workbook is read, and how it streams. */

static void
the_sheet_that_fits_best_is_read(void **state)
{
	struct workbook_parts parts = { .sheets = {
		{ "Cover", "<row><c t='inlineStr'><is><t>Survey</t></is></c></row>", NULL },
		{ "Devices", "<row><c t='inlineStr'><is><t>known</t></is></c></row>", NULL },
		{ "Empty", "", NULL },
		{ "Lists", "<row><c t='inlineStr'><is><t>known</t></is></c><c t='inlineStr'><is><t>known</t></is></c>"
			"</row>", "hidden" },
		{ "Codes", "<row><c><v>1</v></c></row>", "veryHidden" },
	} };

	(void)state;
	assert_reads(&parts, "1[known]\n(Sheets not read: \"Cover\", \"Lists\" (hidden), \"Codes\" (hidden). Only "
		"\"Devices\" was read: --sheet NAME reads another.)\n");
	parts.options.sheet = "cover";
	assert_reads(&parts, "1[Survey]\n(Sheets not read: \"Devices\", \"Lists\" (hidden), \"Codes\" (hidden). Only "
		"\"Cover\" was read: --sheet NAME reads another.)\n");
	parts.options.sheet = "5";
	assert_reads(&parts, "1[1]\n(Sheets not read: \"Cover\", \"Devices\", \"Lists\" (hidden). Only \"Codes\" was "
		"read: --sheet NAME reads another.)\n");
	parts.options.sheet = "Empty";
	assert_reads(&parts, "x.xlsx has nothing in its sheet \"Empty\". Nothing was changed.");
	parts.options.sheet = "6";
	assert_reads(&parts, "x.xlsx has no sheet \"6\". Its sheets are: \"Cover\", \"Devices\", \"Empty\", \"Lists\" "
		"(hidden), \"Codes\" (hidden). Nothing was changed.");
}

/*
 * A spreadsheet that opens our CSV and saves it as a workbook keeps the apostrophe that kept it from running the cell.
 */
static void
the_guard_of_a_text_is_taken_away_but_not_in_our_own_workbooks(void **state)
{
	struct workbook_parts parts = { .rows = "<row><c t='inlineStr'><is><t>'=1</t></is></c><c "
						"t='str'><v>''+44</v></c><c t='inlineStr'><is><t>'90s</t></is></c><c "
						"t='inlineStr'><is><t>'</t></is></c><c "
						"t='s'><v>5</v></c><c><v>1</v></c></row>" };

	(void)state;
	assert_reads(&parts, "1[=1]['+44]['90s]['][-shared][1]\n");
	parts.author = "A Surveyor";
	assert_reads(&parts, "1[=1]['+44]['90s]['][-shared][1]\n");
	parts.author = "Terrier";
	assert_reads(&parts, "1['=1][''+44]['90s][']['-shared][1]\n");
}

static void
comments_on_cells_of_the_sheet_are_told(void **state)
{
	static const char *const types[] = { "comments", "threadedComment" };
	struct workbook_parts parts = { .sheets = {
		{ "First", "<row><c><v>1</v></c></row>", NULL }, { "Second", "<row><c><v>2</v></c></row>", NULL },
	} };
	struct workbook_parts plain = { .comments = "drawing", .rows = "<row><c><v>1</v></c></row>" };

	(void)state;
	for (int i = 0; i < 2; i++) {
		parts.comments = types[i];
		parts.strict = i == 1;
		parts.options.sheet = "First";
		assert_reads(&parts, "1[1]\n(Sheets not read: \"Second\". Only \"First\" was read: --sheet NAME reads "
				     "another.)\n"
				     "(The sheet has comments on cells, which are not read.)\n");
		parts.options.sheet = "Second";
		assert_reads(&parts, "1[2]\n(Sheets not read: \"First\". Only \"Second\" was read: --sheet NAME reads "
				     "another.)\n");
	}
	assert_reads(&plain, "1[1]\n");
}

static void
a_hidden_sheet_is_read_when_no_other_has_rows(void **state)
{
	struct workbook_parts parts = { .sheets = {
		{ "First", "", NULL }, { "Second", "<row><c><v>1</v></c></row>", "hidden" },
	} };

	(void)state;
	assert_reads(&parts, "1[1]\n");
	parts.sheets[0].rows = "<row><c t='inlineStr'><is><t>known</t></is></c></row>";
	parts.sheets[0].state = "hidden";
	parts.sheets[1].state = NULL;
	assert_reads(&parts, "1[1]\n(Sheets not read: \"First\" (hidden). Only \"Second\" was read: --sheet NAME reads "
			     "another.)\n");
	parts.sheets[0].rows = parts.sheets[1].rows = "";
	assert_reads(&parts, "x.xlsx has nothing in any of its sheets, as if it had never been saved. Nothing was "
		"changed.");
}

static void
a_sheet_that_cannot_be_read_does_not_matter_until_it_is_chosen(void **state)
{
	struct workbook_parts parts = { .sheets = {
		{ "Good", "<row><c><v>1</v></c></row>", NULL }, { "Bad", "<row><c t='s'><v>99</v></c></row>", NULL },
	} };

	(void)state;
	assert_reads(&parts, "1[1]\n(Sheets not read: \"Bad\". Only \"Good\" was read: --sheet NAME reads another.)\n");
	parts.options.sheet = "Bad";
	assert_reads(&parts, "x.xlsx is damaged: sheet \"Bad\": row 1 names a text that is not in the workbook. Open "
		"it in Excel and save it again, or ask for another copy. Nothing was changed.");
}

static void
a_large_sheet_comes_in_pieces(void **state)
{
	struct workbook_parts parts = { 0 };
	struct text rows = { 0 }, expected = { 0 };

	(void)state;
	for (int i = 1; i <= 20000; i++) {
		text_format(&rows, "<row r='%d'><c t='s'><v>%d</v></c><c><v>%d</v></c></row>", i, i % 2, i);
		text_format(&expected, "%d[%s][%d]\n", i, i % 2 ? "rich text" : "plain", i);
	}
	parts.rows = text_words(&rows);
	assert_reads(&parts, text_words(&expected));
	text_free(&rows);
	text_free(&expected);
}

/* 200 cells to a row, each of 30,000 letters: a chunk of the sheet names a hundred megabytes of text. */
static void
a_few_bytes_that_name_long_texts_take_little_memory(void **state)
{
	enum { ROWS = 100, CELLS = 200, KILOBYTES_MAX = 48 * 1024 };
	struct workbook_parts parts = { .long_text = 30000 };
	struct error error = { 0 };
	struct zip_file zip = { 0 };
	struct text rows = { 0 };
	struct rusage before, after;
	struct source_row row;
	struct xlsx *xlsx;
	bool more = true;

	(void)state;
	for (int i = 0; i < ROWS; i++) {
		text_append(&rows, "<row>");
		for (int cell = 0; cell < CELLS; cell++)
			text_append(&rows, "<c t='s'><v>4</v></c>");
		text_append(&rows, "</row>");
	}
	parts.rows = text_words(&rows);
	make_workbook(&zip, &parts);
	getrusage(RUSAGE_SELF, &before);
	xlsx = xlsx_open_file(file_of_bytes(zip.bytes.bytes, zip.bytes.length), "x.xlsx", &parts.options, &error);
	assert_non_null(xlsx);
	for (int i = 1; i <= ROWS; i++) {
		assert_true(xlsx_next(xlsx, &row, &more, &error) && more);
		assert_int_equal(row.line, i);
		assert_int_equal(row.count, CELLS);
		assert_string_equal(row.cells[CELLS - 1], parts_long_text(&parts));
	}
	assert_true(xlsx_next(xlsx, &row, &more, &error) && !more);
	getrusage(RUSAGE_SELF, &after);
	assert_true(after.ru_maxrss - before.ru_maxrss < KILOBYTES_MAX);
	xlsx_close(xlsx);
	zip_file_free(&zip);
	text_free(&rows);
	parts_free(&parts);
}

/* A workbook whose main part says this, and whose sheets are all the same part. */
static void
assert_main_part_says(const char *xml, const char *expected)
{
	struct zip_file zip = { 0 };
	struct reader_options options = { 0 };
	struct text out = { 0 };

	zip_add_text(&zip, "_rels/.rels", "<Relationships>"
		     "<Relationship Id='1' Type='a/officeDocument' Target='main.xml'/></Relationships>");
	zip_add_text(&zip, "_rels/main.xml.rels", "<Relationships>"
		     "<Relationship Id='1' Type='a/worksheet' Target='a.xml'/>"
		     "<Relationship Id='2' Type='a/worksheet' Target='http://far.away/' TargetMode='External'/>"
		     "</Relationships>");
	zip_add_text(&zip, "a.xml", "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>");
	zip_add_text(&zip, "main.xml", xml);
	zip_finish_file(&zip);
	dump_xlsx(&zip.bytes, &options, &out);
	assert_string_equal(text_words(&out), expected);
	text_free(&out);
	zip_file_free(&zip);
}

/* The same with so many sheets. */
static void
assert_many_sheets_say(int sheets, const char *expected)
{
	struct text xml = { 0 };

	text_append(&xml, "<workbook><sheets>");
	for (int i = 0; i < sheets; i++)
		text_format(&xml, "<sheet name='%d' r:id='1'/>", i);
	text_append(&xml, "</sheets></workbook>");
	assert_main_part_says(text_words(&xml), expected);
	text_free(&xml);
}

static void
the_list_of_sheets_is_not_believed(void **state)
{
	static const char damaged[] = " Open it in Excel and save it again, or ask for another copy. Nothing was "
		"changed.";
	char words[256];

	(void)state;
	assert_main_part_says("<VisioDocument/>", "x.xlsx is no workbook, but another kind of Office document. Nothing "
			      "was changed.");
	snprintf(words, sizeof words, "x.xlsx is damaged: main.xml names a sheet that is not there.%s", damaged);
	assert_main_part_says("<workbook><sheets><sheet name='A' r:id='2'/></sheets></workbook>", words);
	assert_many_sheets_say(15, "1[1]\n(Sheets not read: \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", "
				   "\"9\", \"10\", \"11\", \"12\" and 2 more. Only \"0\" was read: --sheet NAME reads "
				   "another.)\n");
	snprintf(words, sizeof words, "x.xlsx is damaged: main.xml has more than 1,024 sheets.%s", damaged);
	assert_many_sheets_say(1025, words);
}

static void
a_file_that_cannot_be_read_says_why(void **state)
{
	struct reader_options options = { 0 };
	struct error error = { 0 };

	(void)state;
	assert_null(xlsx_open_file(open("/dev/null", O_WRONLY), "x.xlsx", &options, &error));
	assert_string_equal(error.message, "x.xlsx cannot be read: Bad file descriptor.");
}

static void
progress_is_told_in_bytes_of_the_sheet(void **state)
{
	struct workbook_parts parts = { .rows = "<row><c><v>1</v></c></row>" };
	struct error error = { 0 };
	struct zip_file zip = { 0 };
	char hash[HASH_TEXT_SIZE], expected[HASH_TEXT_SIZE];
	struct hash whole;
	struct source_row row;
	struct xlsx *xlsx;
	bool more;

	(void)state;
	make_workbook(&zip, &parts);
	xlsx = xlsx_open_file(file_of_bytes(zip.bytes.bytes, zip.bytes.length), "x.xlsx", &parts.options, &error);
	assert_non_null(xlsx);
	assert_true(xlsx_is_ours(zip.bytes.bytes) && !xlsx_is_ours("a,b\n"));
	assert_string_equal(xlsx_sheet(xlsx), "Data");
	assert_true(xlsx_done(xlsx) == 0 && xlsx_size(xlsx) > 0);
	assert_true(xlsx_next(xlsx, &row, &more, &error) && more);
	assert_true(xlsx_next(xlsx, &row, &more, &error) && !more);
	assert_true(xlsx_done(xlsx) == xlsx_size(xlsx));
	hash_init(&whole);
	hash_update(&whole, zip.bytes.bytes, zip.bytes.length);
	hash_format(&whole, expected);
	xlsx_hash(xlsx, hash);
	assert_string_equal(hash, expected);
	xlsx_close(xlsx);
	zip_file_free(&zip);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sheet_that_fits_best_is_read),
		cmocka_unit_test(the_guard_of_a_text_is_taken_away_but_not_in_our_own_workbooks),
		cmocka_unit_test(comments_on_cells_of_the_sheet_are_told),
		cmocka_unit_test(a_hidden_sheet_is_read_when_no_other_has_rows),
		cmocka_unit_test(a_sheet_that_cannot_be_read_does_not_matter_until_it_is_chosen),
		cmocka_unit_test(a_large_sheet_comes_in_pieces),
		cmocka_unit_test(a_few_bytes_that_name_long_texts_take_little_memory),
		cmocka_unit_test(the_list_of_sheets_is_not_believed),
		cmocka_unit_test(a_file_that_cannot_be_read_says_why),
		cmocka_unit_test(progress_is_told_in_bytes_of_the_sheet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
