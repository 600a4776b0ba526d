/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/xlsx_file.h"

/* What a sheet with these rows reads as. */
static void
assert_rows(const char *rows, const char *expected)
{
	struct workbook_parts parts = { .rows = rows };

	assert_reads(&parts, expected);
}

static void
rows_have_the_numbers_that_they_have_in_the_sheet(void **state)
{
	(void)state;
	assert_rows("<row r='2'><c r='A2'><v>1</v></c></row><row r='5'><c r='A5'><v>2</v></c></row>", "2[1]\n5[2]\n");
	assert_rows("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>", "1[1]\n2[2]\n");
	assert_rows("<row/><row><c><v>2</v></c></row><row r='9'><c><v>3</v></c></row><row><c><v>4</v></c></row>",
		    "2[2]\n9[3]\n10[4]\n");
}

static void
gaps_are_empty_cells_and_what_is_behind_the_last_value_is_nothing(void **state)
{
	(void)state;
	assert_rows("<row><c r='B1'><v>1</v></c><c r='D1'><v>2</v></c><c r='XFD1'/></row>", "1[][1][][2]\n");
	assert_rows("<row><c/><c><v>1</v></c><c r='E1'><v>2</v></c><c><v>3</v></c></row>", "1[][1][][][2][3]\n");
	assert_rows("<row><c r='AA1'><v>1</v></c></row>",
		    "1[][][][][][][][][][][][][][][][][][][][][][][][][][][1]\n");
}

static void
rows_without_a_value_are_no_rows(void **state)
{
	(void)state;
	assert_rows("<row r='1' s='1' customFormat='1'/><row r='2'><c s='1'/><c t='s'/><c><v></v></c><c t='inlineStr'>"
		    "<is><t xml:space='preserve'>  </t></is></c></row><row r='3'><c><v>1</v></c></row>", "3[1]\n");
}

static void
texts_are_shared_inline_or_a_result(void **state)
{
	(void)state;
	assert_rows("<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='inlineStr'><is><t>in</t></is></c><c t='str'>"
		    "<f>A1&amp;\"\"</f><v>result</v></c></row>",
		    "1[plain][rich text][in][result]\n(1 cell is the result of a formula, as it was when the file was "
		    "saved.)\n");
}

static void
runs_are_joined_and_what_is_spoken_is_left_out(void **state)
{
	(void)state;
	assert_rows("<row><c t='inlineStr'><is><r><t>one </t></r><r><rPr><b/></rPr><t>two</t></r><rPh sb='0' eb='1'>"
		"<t>wan</t></rPh><phoneticPr fontId='1'/></is></c></row>", "1[one two]\n");
	assert_rows("<row><c t='s'><v>2</v></c></row>", "1[\xe6\x9d\xb1\xe4\xba\xac]\n");
}

static void
blanks_around_a_text_are_no_part_of_it(void **state)
{
	(void)state;
	assert_rows("<row><c t='inlineStr'><is><t xml:space='preserve'>  a\n b \n</t></is></c></row>", "1[a\n b]\n");
	assert_rows("<row><c t='s'><v>3</v></c></row>", "1[in  side]\n");
}

static void
escapes_are_what_they_stand_for(void **state)
{
	(void)state;
	assert_rows("<row><c t='inlineStr'><is><t>a_x000D_\nb_x005F_x000D_ _x00e9__xD83D__xDE00_ _xD83D_ _x00G0_ "
		"_x0041</t></is></c><c t='str'><v>_x0041_</v></c><c t='inlineStr'><is><t>x_x0000_y</t></is></c></row>",
		    "1[a\r\nb_x000D_ \xc3\xa9\xf0\x9f\x98\x80 \xef\xbf\xbd _x00G0_ _x0041][A][x\xef\xbf\xbdy]\n");
}

static void
booleans_and_errors_are_their_words(void **state)
{
	(void)state;
	assert_rows("<row><c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='e'><v>#REF!</v></c><c t='e'><v>#N/A</v></c>"
		"</row>",
		    "1[TRUE][FALSE][#REF!][#N/A]\n");
}

static void
a_formula_that_nobody_has_worked_out_says_so(void **state)
{
	(void)state;
	assert_rows("<row><c><f>1+1</f></c><c><f>1+1</f><v></v></c><c><f>1+1</f><v/></c><c t='str'><f>T(1)</f></c>"
		"</row>",
		    "1[#FORMULA!][#FORMULA!][#FORMULA!][#FORMULA!]\n");
	assert_rows("<row><c t='str'><f>T(1)</f><v></v></c><c><f>1+1</f><v>2</v></c></row>",
		    "1[][2]\n(2 cells are the result of a formula, as it was when the file was saved.)\n");
}

/* What number the words of a cell are, in a style. */
static void
assert_number(const char *words, int style, const char *expected)
{
	struct text row = { 0 }, all = { 0 };

	text_format(&row, "<row><c s='%d'><v>%s</v></c></row>", style, words);
	text_format(&all, "1[%s]\n", expected);
	assert_rows(text_words(&row), text_words(&all));
	text_free(&row);
	text_free(&all);
}

static void
whole_numbers_are_digits(void **state)
{
	(void)state;
	assert_number("0", 0, "0");
	assert_number("-7", 0, "-7");
	assert_number("100023336956", 0, "100023336956");
	assert_number("999999999999999", 0, "999999999999999");
	assert_number("1.00023336956E11", 0, "100023336956");
	assert_number("1E+14", 0, "100000000000000");
	assert_number("00123", 0, "123");
	assert_number("-0", 0, "0");
	assert_number("12.0", 0, "12");
}

static void
a_number_that_has_lost_digits_shows_it(void **state)
{
	(void)state;
	assert_number("6377021234567890", 0, "6.37702123456789E+15");
	assert_number("6.3770212345678899E+15", 0, "6.37702123456789E+15");
	assert_number("1000000000000000", 0, "1.00000000000000E+15");
	assert_number("1E+20", 0, "1.00000000000000E+20");
}

static void
fractions_are_what_excel_shows(void **state)
{
	(void)state;
	assert_number("0.1", 0, "0.1");
	assert_number("0.10000000000000001", 0, "0.1");
	assert_number("1234.5600000000001", 0, "1234.56");
	assert_number("5.0000000000000002E-5", 0, "0.00005");
	assert_number("-1.5e-7", 0, "-0.00000015");
	assert_number("0.5", STYLE_OF_PERCENT, "0.5");
	assert_number(".5", 0, "0.5");
}

static void
a_number_that_is_none_is_its_words(void **state)
{
	(void)state;
	assert_number("abc", 0, "abc");
	assert_number("0x10", STYLE_OF_DATE, "0x10");
	assert_number("1e999", 0, "1e999");
	assert_number("nan", 0, "nan");
}

static void
dates_are_known_by_their_format(void **state)
{
	(void)state;
	assert_number("45322", STYLE_OF_DATE, "2024-01-31");
	assert_number("45322.520833333336", STYLE_OF_DATE, "2024-01-31 12:30:00");
	assert_number("45322.520833333336", STYLE_OF_MOMENT, "2024-01-31 12:30:00");
	assert_number("45322", STYLE_OF_MOMENT, "2024-01-31");
	assert_number("45322.999999999", STYLE_OF_DATE, "2024-02-01");
	assert_number("45322", STYLE_OF_LONG_DATE, "2024-01-31");
	assert_number("45322", STYLE_OF_MONTH, "2024-01-31");
	assert_number("45322", 0, "45322");
	assert_number("45322", STYLE_OF_DAYS, "45322");
	assert_number("45322", STYLE_OF_COLOUR, "45322");
	assert_number("45322", STYLE_OF_OWN_NUMBER, "45322");
}

/* What the number reads as under a number format of that code. */
static void
assert_format(const char *code, const char *words, const char *expected)
{
	struct workbook_parts parts = { 0 };
	struct text row = { 0 }, all = { 0 };

	text_format(&row, "<row><c s='%d'><v>%s</v></c></row>", STYLE_OF_FORMAT, words);
	text_format(&all, "1[%s]\n", expected);
	parts.rows = text_words(&row);
	parts.format = code;
	assert_reads(&parts, text_words(&all));
	text_free(&row);
	text_free(&all);
}

static void
a_format_may_hold_the_zeros_of_a_code(void **state)
{
	(void)state;
	assert_format("0000", "42", "0042");
	assert_format("00000000", "12345678", "12345678");
	assert_format("0000", "123456", "123456");
	assert_format("0000", "0", "0000");
	assert_format("0000;[Red]-0000;@", "4.2E1", "0042");
	assert_format("[Red]_(0000_)", "42", "0042");
	assert_format("[$-809]0000", "42", "0042");
	assert_format("#0000", "42", "0042");
	assert_format("000-000", "123456", "123-456");
	assert_format("00\\ 00\\ 00", "12345678", "1234 56 78");
}

static void
a_format_may_hold_the_letters_of_a_code(void **state)
{
	(void)state;
	assert_format("\"CAM-\"0", "42", "CAM-42");
	assert_format("\"CAM-\"0000", "42", "CAM-0042");
	assert_format("\\A000", "7", "A007");
	assert_format("000\"/B\"", "7", "007/B");
	assert_format("0\"B\"", "7", "7B");
	assert_format("\"No. \"0\" (old)\"", "7", "No. 7 (old)");
	assert_format("\" CAM\"0\" \"", "7", "CAM7");
	assert_format("\"CAM-\"General", "42", "CAM-42");
	assert_format("\"CAM-\"#", "42", "CAM-42");
	assert_format("\"d\xc3\xbc-\"0", "42", "d\xc3\xbc-42");
}

static void
other_formats_leave_a_number_as_it_is(void **state)
{
	static const char *const codes[] = {
		"General", "GENERAL", "0",   "#",          "#,##0",     "#,##0.00",           "0.00", "0000.0",
		"0%",      "0/0",     "?/?", "0 \"days\"", "0\\ \"m\"", "[&gt;100]\"CAM-\"0", "@",    "\"day\"",
		"",        "0\\",     "$0",  "0 000,",     "00##",      "0;\"CAM\"0"
	};

	(void)state;
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		assert_format(codes[i], "45322", "45322");
	assert_format("0000", "4.5", "4.5");
	assert_format("0000", "-42", "-42");
	assert_format("0000", "1E15", "1.00000000000000E+15");
	assert_format("0000", "no number", "no number");
}

static void
a_number_that_is_shown_with_an_exponent_has_one(void **state)
{
	(void)state;
	assert_format("0.00E+00", "100000", "1.00E+05");
	assert_format("0E+0", "100000", "1.00E+05");
	assert_format("##0.0E+0", "100023336956", "1.00023336956E+11");
	assert_format("0.00e-00", "5", "5.00E+00");
	assert_format("0.00E+00", "0.00123", "1.23E-03");
	assert_format("0.00E+00", "0", "0.00E+00");
	assert_format("\"E+\"0", "5", "E+5");
	assert_number("100000", STYLE_OF_EXPONENT, "1.00E+05");
}

static void
days_before_march_1900_are_those_of_excel(void **state)
{
	(void)state;
	assert_number("1", STYLE_OF_DATE, "1900-01-01");
	assert_number("59", STYLE_OF_DATE, "1900-02-28");
	assert_number("60", STYLE_OF_DATE, "1900-02-29");
	assert_number("61", STYLE_OF_DATE, "1900-03-01");
	assert_number("0", STYLE_OF_DATE, "0");
	assert_number("-1", STYLE_OF_DATE, "-1");
	assert_number("2958465", STYLE_OF_DATE, "9999-12-31");
	assert_number("2958466", STYLE_OF_DATE, "2958466");
}

static void
times_are_of_a_day_or_run_on(void **state)
{
	(void)state;
	assert_number("0.52083333333333337", STYLE_OF_TIME, "12:30");
	assert_number("0.52101", STYLE_OF_TIME, "12:30:15");
	assert_number("0", STYLE_OF_TIME, "00:00");
	assert_number("0.5", STYLE_OF_DATE, "12:00");
	assert_number("1.5", STYLE_OF_SPAN, "36:00");
	assert_number("1.5", STYLE_OF_OWN_SPAN, "36:00");
	assert_number("45322.5", STYLE_OF_TIME, "2024-01-31 12:00:00");
	assert_number("0.25", STYLE_OF_MERIDIAN, "06:00");
}

static void
days_may_count_from_1904(void **state)
{
	struct workbook_parts parts = { .since_1904 = true };

	(void)state;
	parts.rows = "<row><c s='1'><v>45015</v></c><c s='1'><v>0.5</v></c><c s='1'><v>0</v></c></row>";
	assert_reads(&parts, "1[2027-03-31][12:00][1904-01-01]\n");
}

static void
dates_may_be_words_of_iso_8601(void **state)
{
	(void)state;
	assert_rows("<row><c t='d'><v>2024-01-31</v></c><c t='d'><v>2024-01-31T00:00:00</v></c><c t='d'><v>"
		"2024-01-31T00:00:00.000Z</v></c><c t='d'><v>2024-01-31T12:30:00.000</v></c></row>",
		    "1[2024-01-31][2024-01-31][2024-01-31][2024-01-31 12:30:00]\n");
}

static void
prefixes_and_strict_names_make_no_difference(void **state)
{
	struct workbook_parts parts = { .sheet = "<x:worksheet "
		"xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'><x:sheetData><x:row r='1'><x:c r='A1' "
		"t='inlineStr'><x:is><x:t>a</x:t></x:is></x:c><x:c r='B1'><x:v>2</x:v></x:c></x:row></x:sheetData>"
		"</x:worksheet>" };

	(void)state;
	assert_reads(&parts, "1[a][2]\n");
	parts.strict = true;
	assert_reads(&parts, "1[a][2]\n");
}

static void
a_sheet_may_be_in_utf_16(void **state)
{
	struct workbook_parts parts = { .utf_16 = true, .rows = "<row><c t='inlineStr'><is><t>a</t></is></c></row>" };

	(void)state;
	assert_reads(&parts, "1[a]\n");
}

static void
what_is_hidden_is_read_and_told(void **state)
{
	struct workbook_parts parts = { 0 };

	(void)state;
	parts.sheet = "<worksheet><cols><col min='2' max='3' hidden='1'/><col min='5' max='16384' hidden='1'/></cols>"
		"<sheetData><row r='1'><c><v>1</v></c><c><v>2</v></c></row><row r='2' hidden='1'><c><v>3</v></c></row>"
		"<row r='3' hidden='1'/></sheetData></worksheet>";
	assert_reads(&parts, "1[1][2]\n2[3]\n(1 row is hidden in the sheet, and read like the others.)\n(1 column is "
		     "hidden in the sheet, and read like the others.)\n");
}

static void
cells_merged_over_rows_are_told(void **state)
{
	struct workbook_parts parts = { 0 };

	(void)state;
	parts.sheet = "<worksheet><sheetData><row r='5'><c><v>1</v></c></row></sheetData><mergeCells><mergeCell "
		"ref='A1:F1'/><mergeCell ref='A5:A9'/></mergeCells></worksheet>";
	assert_reads(&parts, "5[1]\n(Cells A5:A9 are merged: only row 5 has the value.)\n");
	parts.sheet = "<worksheet><sheetData><row r='5'><c><v>1</v></c></row></sheetData><mergeCells><mergeCell "
		"ref='A5:A9'/><mergeCell ref='B5:B9'/><mergeCell ref='C5:C9'/><mergeCell ref='D5:D9'/><mergeCell "
		"ref='E5:E9'/></mergeCells></worksheet>";
	assert_reads(&parts, "5[1]\n(Cells are merged: A5:A9, B5:B9, C5:C9 and 2 more. Only the first row of each has "
		"the value.)\n");
}

static void
what_is_beside_the_rows_is_passed_over(void **state)
{
	struct workbook_parts parts = { 0 };

	(void)state;
	parts.sheet = "<worksheet><sheetPr/><dimension ref='A1:ZZ99'/><sheetViews><sheetView><row><c><v>9</v></c>"
		"</row></sheetView></sheetViews><sheetData><row><c><v>1</v><extLst><ext><v>8</v></ext></extLst></c>"
		"<other><c><v>7</v></c></other></row></sheetData><extLst><ext><sheetData><row><c><v>6</v></c></row>"
		"</sheetData></ext></extLst></worksheet>";
	assert_reads(&parts, "1[1]\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_have_the_numbers_that_they_have_in_the_sheet),
		cmocka_unit_test(gaps_are_empty_cells_and_what_is_behind_the_last_value_is_nothing),
		cmocka_unit_test(rows_without_a_value_are_no_rows),
		cmocka_unit_test(texts_are_shared_inline_or_a_result),
		cmocka_unit_test(runs_are_joined_and_what_is_spoken_is_left_out),
		cmocka_unit_test(blanks_around_a_text_are_no_part_of_it),
		cmocka_unit_test(escapes_are_what_they_stand_for),
		cmocka_unit_test(booleans_and_errors_are_their_words),
		cmocka_unit_test(a_formula_that_nobody_has_worked_out_says_so),
		cmocka_unit_test(whole_numbers_are_digits),
		cmocka_unit_test(a_number_that_has_lost_digits_shows_it),
		cmocka_unit_test(fractions_are_what_excel_shows),
		cmocka_unit_test(a_number_that_is_none_is_its_words),
		cmocka_unit_test(dates_are_known_by_their_format),
		cmocka_unit_test(a_format_may_hold_the_zeros_of_a_code),
		cmocka_unit_test(a_format_may_hold_the_letters_of_a_code),
		cmocka_unit_test(other_formats_leave_a_number_as_it_is),
		cmocka_unit_test(a_number_that_is_shown_with_an_exponent_has_one),
		cmocka_unit_test(days_before_march_1900_are_those_of_excel),
		cmocka_unit_test(times_are_of_a_day_or_run_on),
		cmocka_unit_test(days_may_count_from_1904),
		cmocka_unit_test(dates_may_be_words_of_iso_8601),
		cmocka_unit_test(prefixes_and_strict_names_make_no_difference),
		cmocka_unit_test(a_sheet_may_be_in_utf_16),
		cmocka_unit_test(what_is_hidden_is_read_and_told),
		cmocka_unit_test(cells_merged_over_rows_are_told),
		cmocka_unit_test(what_is_beside_the_rows_is_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
