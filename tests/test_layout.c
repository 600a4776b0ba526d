/* SPDX-License-Identifier: MIT */
/* Where the table of a file begins: titles above it, the heading, and how rows and lines count from there. */
#include "tests/reading.h"
#include "tests/xlsx_file.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct reader_options found_out = { 0 };

#define assert_reads(options, bytes, expected) reading_assert(bytes, sizeof bytes - 1, options, expected)

/* A small vocabulary: words that some reader of the file has a field for. */
static size_t
recognise_words(const void *context, const char *const *cells, size_t count)
{
	static const char *const words[] = { "Tag", "Site", "Make", "Model" };
	size_t known = 0;

	(void)context;
	for (size_t i = 0; i < count; i++)
		for (size_t word = 0; word < COUNT(words); word++)
			known += strcmp(cells[i], words[word]) == 0;
	return known;
}

static const struct reader_options recognised = { .recognise = recognise_words };

static void
the_first_row_is_the_heading_when_it_is_as_good_as_any(void **state)
{
	(void)state;
	assert_reads(&found_out, "Colour,Size\nred,2\nblue,3\n", "0@1[Colour][Size]\n1@2[red][2]\n2@3[blue][3]\n");
	assert_reads(&found_out, "Colour,,Size\nred,1,2\nblue,1,3\n",
		     "0@1[Colour][][Size]\n1@2[red][1][2]\n2@3[blue][1][3]\n");
	assert_reads(&found_out, "a,b,c\n1\n2\n", "0@1[a][b][c]\n1@2[1]\n2@3[2]\n");
	assert_reads(&recognised, "Tag,Site\nTag,Site\n", "0@1[Tag][Site]\n1@2[Tag][Site]\n");
	assert_reads(&recognised, "Colour,Size\nred,Site\n", "0@1[Colour][Size]\n1@2[red][Site]\n");
	assert_reads(&recognised, "Tag\nCAM-1\n", "0@1[Tag]\n1@2[CAM-1]\n");
}

static void
titles_above_the_heading_are_passed_over_and_told(void **state)
{
	(void)state;
	assert_reads(&found_out, "\"CCTV survey, March 2019\"\n\nRef,Where,What\n1,Hall,Dome\n2,Foyer,Dome\n",
		     "0@3[Ref][Where][What]\n1@4[1][Hall][Dome]\n2@5[2][Foyer][Dome]\n"
		     "! Passed over 1 line above the heading, which is on line 3: 'CCTV survey, March 2019'.\n");
	assert_reads(&found_out, "Survey,,,\n,,,\nMade by:,A. Person,,\nNot for "
		     "sale,,,\na,b,c,d\n1,2,3,4\n1,2,3,4\n1,2,3,4\n1,2,3,4\n",
		     "0@5[a][b][c][d]\n1@6[1][2][3][4]\n2@7[1][2][3][4]\n3@8[1][2][3][4]\n4@9[1][2][3][4]\n"
		     "! Passed over 4 lines above the heading, which is on line 5: 'Survey', 'Made by:, A. Person', "
		     "'Not for sale'.\n");
	assert_reads(&found_out, "1\n2\n3\n4\na,b\n1,2\n1,2\n1,2\n1,2\n",
		     "0@5[a][b]\n1@6[1][2]\n2@7[1][2]\n3@8[1][2]\n4@9[1][2]\n"
		     "! Passed over 4 lines above the heading, which is on line 5: '1', '2', '3' and more.\n");
	assert_reads(&recognised, ",,\nTag,Site\n", "0@2[Tag][Site]\n! Passed over 1 line above the heading, which "
		     "is on line 2.\n");
	assert_reads(&recognised, "Title\nDate: 1 May\nTag,Site,Colour\nCAM-1,HQ,red\n",
		     "0@3[Tag][Site][Colour]\n1@4[CAM-1][HQ][red]\n"
		     "! Passed over 2 lines above the heading, which is on line 3: 'Title', 'Date: 1 May'.\n");
}

static void
a_row_of_headings_that_are_known_is_the_heading_however_narrow(void **state)
{
	(void)state;
	assert_reads(&recognised, "a,b,c,d\nTag,Site\n1,2,3,4\n1,2,3,4\n",
		     "0@2[Tag][Site]\n1@3[1][2][3][4]\n2@4[1][2][3][4]\n"
		     "! Passed over 1 line above the heading, which is on line 2: 'a, b, c, d'.\n");
	assert_reads(&recognised, "Tag,Site\nTag,Site,Make\n1,2,3\n", "0@2[Tag][Site][Make]\n1@3[1][2][3]\n"
		     "! Passed over 1 line above the heading, which is on line 2: 'Tag, Site'.\n");
	/* One known word among others is chance. */
	assert_reads(&recognised, "a,b\nx,Make\n", "0@1[a][b]\n1@2[x][Make]\n");
}

static void
what_a_title_says_cannot_harm_a_terminal(void **state)
{
	(void)state;
	assert_reads(&recognised, "\"A\x1b[31m\nB\"\nTag,Site\n", "0@3[Tag][Site]\n"
		     "! Passed over 1 line above the heading, which is on line 3: 'A\\x1b[31m B'.\n");
	assert_reads(&recognised, "A title that goes on and on until nobody would read it\nTag,Site\n",
		     "0@2[Tag][Site]\n"
		     "! Passed over 1 line above the heading, which is on line 2: 'A title that goes on and on until "
		     "nobod…'.\n");
}

static void
a_file_may_have_no_row_at_all(void **state)
{
	(void)state;
	assert_reads(&found_out, "\n\r\n \n", "");
	assert_reads(&found_out, "\xef\xbb\xbf", "");
	assert_reads(&(struct reader_options){ .heading_line = 1 }, "\n\n", "x.csv: no row begins on line 1, so it "
		     "cannot be the heading. There is no row at all.");
}

static void
the_line_of_the_heading_can_be_named(void **state)
{
	(void)state;
	assert_reads(&(struct reader_options){ .heading_line = 1 }, "Title\na,b\n1,2\n1,2\n",
		     "0@1[Title]\n1@2[a][b]\n2@3[1][2]\n3@4[1][2]\n");
	assert_reads(&(struct reader_options){ .heading_line = 4 }, "a,b\n\"1\n\",2\n3,4\n5,6\n",
		     "0@4[3][4]\n1@5[5][6]\n"
		     "! Passed over 2 lines above the heading, which is on line 4: 'a, b', '1 , 2'.\n");
}

static void
a_line_without_a_row_cannot_be_the_heading(void **state)
{
	(void)state;
	assert_reads(&(struct reader_options){ .heading_line = 3 }, "a,b\n\"1\n\",2\n3,4\n", "x.csv: no row begins "
		     "on line 3, so it cannot be the heading. The nearest rows are on lines 2 and 4.");
	assert_reads(&(struct reader_options){ .heading_line = 9 }, "a,b\n1,2\n", "x.csv: no row begins on line 9, "
		     "so it cannot be the heading. The last row is on line 2.");
	assert_reads(&(struct reader_options){ .heading_line = 1 }, "\n\na,b\n", "x.csv: no row begins on line 1, so "
		     "it cannot be the heading. The first row is on line 3.");
	assert_reads(&(struct reader_options){ .heading_line = 3 }, "a,b\n\"1\n", "x.csv: row 1 (line 2) has a cell "
		     "whose opening quote, on line 2, is never closed: put in the missing quote and import again. "
		     "Nothing was changed.");
}

/* More titles than are looked at, so that a person must name the line. */
static void
a_heading_far_down_is_found_by_its_line(void **state)
{
	struct text bytes = { 0 }, out = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++)
		text_format(&bytes, "Title %d\n", i);
	text_append(&bytes, "a,b\n1,2\n");
	reading_of(bytes.bytes, bytes.length, &(struct reader_options){ .heading_line = 1001, .delimiter = ',' }, &out);
	assert_string_equal(text_words(&out), "0@1001[a][b]\n1@1002[1][2]\n! Passed over 1,000 lines above the "
			    "heading, which is on line 1001: 'Title 0', 'Title 1', 'Title 2' and more.\n");
	text_free(&bytes);
	text_free(&out);
}

static void
no_row_that_was_looked_at_is_lost(void **state)
{
	(void)state;
	for (int rows = 0; rows < READER_LAYOUT_ROWS + 3; rows++)
		for (int titles = 0; titles < 3; titles++) {
			struct text bytes = { 0 }, out = { 0 }, expected = { 0 };

			for (int i = 0; i < titles; i++)
				text_append(&bytes, "Title\n");
			text_append(&bytes, "Tag,Site\n");
			text_format(&expected, "0@%d[Tag][Site]\n", titles + 1);
			for (int i = 1; i <= rows; i++) {
				text_format(&bytes, "%d,x\n", i);
				text_format(&expected, "%d@%d[%d][x]\n", i, titles + 1 + i, i);
			}
			reading_dump(file_of_bytes(bytes.bytes, bytes.length), &recognised, 11, &out);
			assert_memory_equal(text_words(&out), text_words(&expected), expected.length);
			text_free(&bytes);
			text_free(&out);
			text_free(&expected);
		}
}

/*
 * Titles, a line of Excel's, two bytes a character, line ends in cells, blank lines: rows count from the heading, lines
 * from the top.
 */
static void
messages_name_the_row_and_the_line_whatever_stands_above(void **state)
{
	(void)state;
	assert_reads(&recognised, "Title\nTag,Site\n\n\"1\n\",2\r\n\r\n3,\"open\n", "0@2[Tag][Site]\n1@4[1\n][2]\n"
		     "! Passed over 1 line above the heading, which is on line 2: 'Title'.\n"
		     "x.csv: row 2 (line 7) has a cell whose opening quote, on line 7, is never closed: put in the "
		     "missing quote and import again. Nothing was changed.");
	assert_reads(&recognised, "sep=;\nTitle\n\nTag;Site\n1;2\n3;\"open\n", "0@4[Tag][Site]\n1@5[1][2]\n"
		     "! Passed over 1 line above the heading, which is on line 4: 'Title'.\n"
		     "x.csv: row 2 (line 6) has a cell whose opening quote, on line 6, is never closed: put in the "
		     "missing quote and import again. Nothing was changed.");
	assert_reads(&recognised, "\xff\xfeT\0\r\0\n\0T\0a\0g\0,\0S\0i\0t\0e\0\n\0\"\0x\0\n\0\"\0\n\0\"\0",
		     "0@2[Tag][Site]\n1@3[x\n]\n"
		     "! Passed over 1 line above the heading, which is on line 2: 'T'.\n"
		     "x.csv: row 2 (line 5) has a cell whose opening quote, on line 5, is never closed: put in the "
		     "missing quote and import again. Nothing was changed.");
	assert_reads(&recognised, "Title\nTag,Site\n1,\0\n", "0@2[Tag][Site]\n"
		     "! Passed over 1 line above the heading, which is on line 2: 'Title'.\n"
		     "x.csv: row 1 (line 3) holds a NUL byte, so the file is damaged or is not plain text: save it "
		     "as 'CSV UTF-8' and import again. Nothing was changed.");
}

static void
rows_before_a_fault_are_handed_out_and_the_fault_is_told_again_and_again(void **state)
{
	static const char bytes[] = "a,b\n1,2\n3,\"open";
	struct error error = { 0 };
	struct reader *reader = reader_open_file(file_of_bytes(bytes, sizeof bytes - 1), "x.csv", &found_out,
						 CSV_CHUNK_SIZE, &error);
	struct source_row row;
	bool more;

	(void)state;
	for (int i = 0; i < 2; i++)
		assert_true(reader_next(reader, &row, &more, &error) && more);
	for (int i = 0; i < 3; i++) {
		error = (struct error){ 0 };
		assert_false(reader_next(reader, &row, &more, &error));
		assert_memory_equal(error.message, "x.csv: row 2 (line 3)", 21);
	}
	reader_close(reader);
}

static void
assert_samples(const char *bytes, const struct reader_options *options, size_t column, const char *expected)
{
	struct error error = { 0 };
	struct reader *reader = reader_open_file(file_of_bytes(bytes, strlen(bytes)), "x.csv", options, 7, &error);
	const char *samples[READER_SAMPLES];
	size_t count = reader_samples(reader, column, samples);
	struct text out = { 0 };
	struct source_row row;
	bool more = true;

	/* They live as long as the reader. */
	while (more)
		assert_true(reader_next(reader, &row, &more, &error));
	for (size_t i = 0; i < count; i++)
		text_format(&out, "[%s]", samples[i]);
	assert_string_equal(text_words(&out), expected);
	text_free(&out);
	reader_close(reader);
}

static void
samples_are_the_first_values_of_a_column(void **state)
{
	static const char bytes[] = "Title,x\nTag,Site\n1,\n2,HQ\n3, \n4,Hall\n5,Gym\n6,Pool\n7\n8,,far\n";

	(void)state;
	assert_samples(bytes, &recognised, 0, "[1][2][3]");
	assert_samples(bytes, &recognised, 1, "[HQ][Hall][Gym]");
	assert_samples(bytes, &recognised, 2, "[far]");
	assert_samples(bytes, &recognised, 3, "");
	assert_samples(bytes, &(struct reader_options){ .heading_line = 6 }, 1, "[Gym][Pool]");
	assert_samples("Tag\n", &recognised, 0, "");
	assert_samples("\n", &recognised, 0, "");
}

#define TEXT_CELL(words) "<c t='inlineStr'><is><t>" words "</t></is></c>"
#define TITLED_ROWS "<row r='2'>" TEXT_CELL("Survey") "</row><row r='4'>" TEXT_CELL("Tag") TEXT_CELL("Site") "</row>" \
		    "<row r='5'>" TEXT_CELL("1") TEXT_CELL("HQ") "</row><row r='7'>" TEXT_CELL("2") "</row>"

static void
assert_workbook(const char *sheet, const struct reader_options *options, const char *expected)
{
	struct workbook_parts parts = { .sheet = sheet };
	struct zip_file zip = { 0 };

	make_workbook(&zip, &parts);
	reading_assert(zip.bytes.bytes, zip.bytes.length, options, expected);
	zip_file_free(&zip);
}

static void
a_workbook_is_laid_out_as_a_text_file_is(void **state)
{
	(void)state;
	assert_workbook("<worksheet><sheetData>" TITLED_ROWS "</sheetData></worksheet>", &recognised,
			"0@4[Tag][Site]\n1@5[1][HQ]\n"
			"2@7[2][]\n! Passed over 1 line above the heading, which is on line 4: 'Survey'.\n");
	assert_workbook("<worksheet><sheetData>" TITLED_ROWS "</sheetData></worksheet>",
			&(struct reader_options){ .heading_line = 6 }, "x.csv: no row begins on line 6, so it cannot "
			"be the heading. The nearest rows are on lines 5 and 7.");
}

static void
what_is_known_of_a_workbook_is_told(void **state)
{
	struct workbook_parts parts = { .rows = TITLED_ROWS };
	struct zip_file zip = { 0 };
	struct error error = { 0 };
	char hash[HASH_TEXT_SIZE], expected[HASH_TEXT_SIZE];
	const char *samples[READER_SAMPLES];
	struct hash whole;
	struct reader *reader;

	(void)state;
	make_workbook(&zip, &parts);
	reader = reader_open_file(file_of_bytes(zip.bytes.bytes, zip.bytes.length), "x.xlsx", &recognised, 1, &error);
	assert_string_equal(reader_facts(reader)->format, "Excel");
	assert_string_equal(reader_facts(reader)->sheet, "Data");
	assert_null(reader_facts(reader)->encoding);
	assert_null(reader_facts(reader)->delimiter);
	assert_int_equal(reader_facts(reader)->heading_line, 4);
	assert_int_equal(reader_samples(reader, 1, samples), 1);
	assert_string_equal(samples[0], "HQ");
	hash_init(&whole);
	hash_update(&whole, zip.bytes.bytes, zip.bytes.length);
	hash_format(&whole, expected);
	reader_hash(reader, hash);
	assert_string_equal(hash, expected);
	reader_close(reader);
	zip_file_free(&zip);
}

static void
a_fault_in_a_workbook_is_told_behind_the_rows_before_it_again_and_again(void **state)
{
	struct workbook_parts parts = { .sheet = "<worksheet><sheetData>" TITLED_ROWS "<row><c>" };
	struct zip_file zip = { 0 };
	struct error error = { 0 };
	struct reader *reader;
	struct source_row row;
	bool more;

	(void)state;
	make_workbook(&zip, &parts);
	reader = reader_open_file(file_of_bytes(zip.bytes.bytes, zip.bytes.length), "x.xlsx", &recognised, 1, &error);
	assert_non_null(reader);
	for (int i = 0; i < 3; i++)
		assert_true(reader_next(reader, &row, &more, &error) && more && row.number == i);
	for (int i = 0; i < 3; i++) {
		error = (struct error){ 0 };
		assert_false(reader_next(reader, &row, &more, &error));
		assert_memory_equal(error.message, "x.xlsx ", 7);
	}
	reader_close(reader);
	zip_file_free(&zip);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_row_is_the_heading_when_it_is_as_good_as_any),
		cmocka_unit_test(titles_above_the_heading_are_passed_over_and_told),
		cmocka_unit_test(a_row_of_headings_that_are_known_is_the_heading_however_narrow),
		cmocka_unit_test(what_a_title_says_cannot_harm_a_terminal),
		cmocka_unit_test(a_file_may_have_no_row_at_all),
		cmocka_unit_test(the_line_of_the_heading_can_be_named),
		cmocka_unit_test(a_line_without_a_row_cannot_be_the_heading),
		cmocka_unit_test(a_heading_far_down_is_found_by_its_line),
		cmocka_unit_test(no_row_that_was_looked_at_is_lost),
		cmocka_unit_test(messages_name_the_row_and_the_line_whatever_stands_above),
		cmocka_unit_test(rows_before_a_fault_are_handed_out_and_the_fault_is_told_again_and_again),
		cmocka_unit_test(samples_are_the_first_values_of_a_column),
		cmocka_unit_test(a_workbook_is_laid_out_as_a_text_file_is),
		cmocka_unit_test(what_is_known_of_a_workbook_is_told),
		cmocka_unit_test(a_fault_in_a_workbook_is_told_behind_the_rows_before_it_again_and_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
