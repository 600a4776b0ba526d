/* SPDX-License-Identifier: MIT */
/* Reports as data: names made legal, tables or sentences, and a library that hides what the disk refused. */
#include "tests/folder.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include "core/text.h"
#include "export/book.h"
#include "export/workbook.h"

static void
assert_sheet_name(const char *words, int number, const char *expected)
{
	struct arena arena = { 0 };

	assert_string_equal(book_sheet_name(&arena, words, number), expected);
	arena_free(&arena);
}

static void
a_sheet_name_is_one_that_excel_takes(void **state)
{
	(void)state;
	assert_sheet_name("Sites", 1, "Sites");
	assert_sheet_name("Sites", 2, "Sites 2");
	assert_sheet_name("a/b\\c:d*e?f[g]", 1, "a b c d e f g");
	assert_sheet_name("'quoted'", 1, "quoted");
	assert_sheet_name("history", 1, "Sheet history");
	assert_sheet_name("", 1, "Sheet ");
	assert_sheet_name("\xc5\x9awi\xc4\x99ty", 1, "\xc5\x9awi\xc4\x99ty");
	assert_sheet_name("  two\nlines ", 1, "two lines");
	assert_sheet_name("A name that is far longer than Excel takes", 1, "A name that is far longer than");
	assert_sheet_name("A name that is far longer than Excel takes", 12, "A name that is far longer th 12");
	/* A character beyond the first 65,536 counts as two, and is never cut in half. */
	assert_sheet_name("123456789012345678901234567890\xf0\x9f\x98\x80", 1, "123456789012345678901234567890");
	assert_sheet_name("12345678901234567890123456789\xf0\x9f\x98\x80", 1,
			  "12345678901234567890123456789\xf0\x9f\x98\x80");
}

static void
a_table_name_has_letters_only_and_looks_like_no_cell(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	assert_string_equal(book_table_name(&arena, "Sites to clear"), "Table_Sites_to_clear");
	assert_string_equal(book_table_name(&arena, "A1"), "Table_A1");
	assert_string_equal(book_table_name(&arena, "caf\xc3\xa9"), "Table_caf__");
	arena_free(&arena);
}

static void
a_day_is_the_number_that_excel_has_for_it(void **state)
{
	int64_t number;

	(void)state;
	assert_true(book_date_number("2024-02-29", &number));
	assert_int_equal(number, 45351);
	assert_true(book_date_number("1900-01-01", &number));
	assert_int_equal(number, 1);
	assert_true(book_date_number("1900-03-01", &number));
	assert_int_equal(number, 61);
	assert_false(book_date_number("2024-02", &number));
	assert_false(book_date_number("2024", &number));
}

enum { WORDS_SIZE = 6000, LONG_ROWS = 12 };

static const struct sheet_column columns[] = {
	{ "Name", CELL_TEXT, "not known" }, { "Number", CELL_NUMBER, "not known" }, { "Day", CELL_DATE, "none" }, { 0 }
};

/* A workbook whose words are long, so that the disk can lose a part of one and nothing else. */
static bool
write_report(const char *path, struct error *error)
{
	static const char *const paragraphs[] = { "About it.", NULL };
	static char words[LONG_ROWS][WORDS_SIZE];
	const char *values[LONG_ROWS * 3];
	struct sheet sheets[] = {
		{ .name = "Long",
		  .title = "Long words",
		  .paragraphs = paragraphs,
		  .table = "Long",
		  .columns = columns,
		  .values = values,
		  .row_count = LONG_ROWS },
		{ .name = "long",
		  .title = "Nothing",
		  .table = "Nothing",
		  .columns = columns,
		  .empty = "There is none." },
	};
	struct workbook workbook = {
		.title = "T", .subject = "S", .marking = "OFFICIAL & MORE", .created = 1795255200, .sheets = sheets,
		.sheet_count = 2,
	};

	for (size_t i = 0; i < LONG_ROWS; i++) {
		memset(words[i], 'a' + (int)i, WORDS_SIZE - 1);
		values[i * 3] = words[i];
		values[i * 3 + 1] = i % 2 == 0 ? "12" : NULL;
		values[i * 3 + 2] = i % 3 == 0 ? "2026-11-21" : NULL;
	}
	return workbook_write(&workbook, path, true, error);
}

/* In a process whose files may not grow beyond `limit` bytes: 0 written, 1 refused with a sentence, 2 otherwise. */
static int
try_report(const char *path, rlim_t limit)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		struct error error = { 0 };

		folder_limit_files(limit);
		if (write_report(path, &error))
			_exit(0);
		_exit(error.kind == ERROR_FILE && strstr(error.message, "Nothing was written") != NULL ? 1 : 2);
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

static void
assert_says(const char *command)
{
	if (system(command) != 0)
		fail_msg("this fails: %s", command);
}

static void
sheets_have_names_of_their_own_and_a_sentence_instead_of_no_rows(void **state)
{
	struct error error = { 0 };

	(void)state;
	assert_true(write_report("report.xlsx", &error));
	assert_says("unzip -p report.xlsx xl/workbook.xml | grep -q 'name=\"Long\".*name=\"long 2\"'");
	assert_says("unzip -p report.xlsx xl/sharedStrings.xml | grep -q 'There is none.'");
	assert_says("unzip -l report.xlsx | grep -c tables/table | grep -qx 1");
	assert_says("unzip -p report.xlsx xl/worksheets/sheet1.xml | grep -q '&amp;COFFICIAL &amp;&amp;&amp;&amp; "
		    "MORE' ||unzip -p report.xlsx xl/worksheets/sheet1.xml | grep -q 'OFFICIAL &amp;&amp; MORE'");
	assert_says("unzip -p report.xlsx xl/tables/table1.xml | grep -q 'displayName=\"Table_Long\"'");
}

/*
 * The library asks no write of the shared strings whether it was done, and says that all is well.  The words are longer
 * than what it writes at once: all cells are there and only words are missing.
 */
static void
a_report_that_lost_a_part_of_its_words_is_refused(void **state)
{
	struct error error = { 0 };
	struct stat strings;
	int refused = 0;

	(void)state;
	assert_true(write_report("report.xlsx", &error));
	assert_says("unzip -p report.xlsx xl/sharedStrings.xml > strings.xml && cp report.xlsx old.xlsx");
	assert_int_equal(stat("strings.xml", &strings), 0);
	for (off_t less = 1; less < strings.st_size; less += 997) {
		assert_int_equal(try_report("report.xlsx", (rlim_t)(strings.st_size - less)), 1);
		refused++;
	}
	assert_true(refused > 50);
	assert_int_equal(try_report("report.xlsx", (rlim_t)strings.st_size), 0);
	assert_says("cmp -s report.xlsx old.xlsx && test \"$(ls -A | wc -l)\" = 3");
}

/* One sheet with one cell, "plain & simple". */
static void
write_cell(struct file *file, struct error *error)
{
	struct book_properties properties = { "T", "S", "M", 0 };
	struct book book;

	assert_true(file_create(file, "book.xlsx", false, error));
	assert_true(book_open(&book, file, &properties, error));
	assert_non_null(book_add_sheet(&book, "Sheet", false));
	book_write(&book, 0, 0, "plain & simple", BOOK_CELL);
	assert_true(book_close(&book, error));
}

static void
reading_back_counts_sheets_rows_cells_and_words(void **state)
{
	enum { WORDS = sizeof "plain &amp; simple" - 1 };
	const struct verify_sheet one[] = { { 1, 1 }, { 1, 1 } }, more_rows = { 2, 1 }, more_cells = { 1, 2 };
	struct error error = { 0 };
	struct file file;

	(void)state;
	write_cell(&file, &error);
	assert_true(verify_workbook(&file, one, 1, WORDS, &error));
	assert_false(verify_workbook(&file, one, 2, WORDS, &error));
	assert_false(verify_workbook(&file, &more_rows, 1, WORDS, &error));
	assert_false(verify_workbook(&file, &more_cells, 1, WORDS, &error));
	assert_false(verify_workbook(&file, one, 1, WORDS - 1, &error));
	assert_int_equal(error.kind, ERROR_FILE);
	file_abandon(&file);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sheet_name_is_one_that_excel_takes),
		cmocka_unit_test(a_table_name_has_letters_only_and_looks_like_no_cell),
		cmocka_unit_test(a_day_is_the_number_that_excel_has_for_it),
		in_a_folder(sheets_have_names_of_their_own_and_a_sentence_instead_of_no_rows),
		in_a_folder(reading_back_counts_sheets_rows_cells_and_words),
		in_a_folder(a_report_that_lost_a_part_of_its_words_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
