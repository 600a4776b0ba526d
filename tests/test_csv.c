/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "tests/reading.h"

static const struct reader_options found_out = { 0 };

static void
assert_rows_of(const char *bytes, size_t size, const char *expected)
{
	reading_assert(bytes, size, &found_out, expected);
}

#define assert_rows(bytes, expected) assert_rows_of(bytes, sizeof bytes - 1, expected)

static void
rows_have_a_number_and_the_line_they_begin_on(void **state)
{
	(void)state;
	assert_rows("a,b\n1,2\n3,4\n", "0@1[a][b]\n1@2[1][2]\n2@3[3][4]\n");
	assert_rows("a\n\"x\ny\nz\"\nw", "0@1[a]\n1@2[x\ny\nz]\n2@5[w]\n");
}

static void
blank_lines_are_no_rows_but_are_counted_as_lines(void **state)
{
	(void)state;
	assert_rows("\n\na,b\n\n  \n1,2\n\n\n3,4\n\n", "0@3[a][b]\n1@6[1][2]\n2@9[3][4]\n");
	assert_rows("a,b\r\n\r\n1,2\r\n", "0@1[a][b]\n1@3[1][2]\n");
}

static void
lines_end_in_cr_lf_or_both(void **state)
{
	(void)state;
	assert_rows("a\r1\r2\r", "0@1[a]\n1@2[1]\n2@3[2]\n");
	assert_rows("a\r\n1\r\n2", "0@1[a]\n1@2[1]\n2@3[2]\n");
	assert_rows("a\r\r1\n\r2", "0@1[a]\n1@3[1]\n2@5[2]\n");
	assert_rows("a\r\n\"x\r\ny\"\r\n2", "0@1[a]\n1@2[x\r\ny]\n2@4[2]\n");
}

static void
a_byte_order_mark_is_no_part_of_the_heading(void **state)
{
	(void)state;
	assert_rows("\xef\xbb\xbf" "a,b\n1,2", "0@1[a][b]\n1@2[1][2]\n");
	assert_rows("\xef\xbb\xbf\"a\",b\n1,2", "0@1[a][b]\n1@2[1][2]\n");
}

static void
quotes_inside_a_cell_are_kept(void **state)
{
	(void)state;
	assert_rows("a,b\n24\" screen,\"say \"\"yes\"\"\"\n", "0@1[a][b]\n1@2[24\" screen][say \"yes\"]\n");
	assert_rows("a,b\n1,6\" \"high\n2,3\n4,\"x\"\n", "0@1[a][b]\n1@2[1][6\" \"high]\n2@3[2][3]\n3@4[4][x]\n");
	assert_rows("a,b\n 37°36'37.8\"N 121°2'17.9\"W ,x", "0@1[a][b]\n1@2[37°36'37.8\"N 121°2'17.9\"W][x]\n");
}

static void
one_apostrophe_that_guards_a_formula_is_taken_away(void **state)
{
	(void)state;
	assert_rows("a,b,c\n'=1+1,''=x,'plain\n'@x,'-2,' +\n",
		    "0@1[a][b][c]\n1@2[=1+1]['=x]['plain]\n2@3[@x][-2][' +]\n");
}

/* The refusal that a file ends in. */
static void
assert_refused_of(const char *bytes, size_t size, const char *expected)
{
	struct text out = { 0 };
	const char *last;

	reading_of(bytes, size, &found_out, &out);
	last = strrchr(text_words(&out), '\n');
	last = last != NULL ? last + 1 : text_words(&out);
	if (strncmp(last, expected, strlen(expected)) != 0)
		fail_msg("expected '%s...', got '%s'", expected, last);
	text_free(&out);
}

#define assert_refused(bytes, expected) assert_refused_of(bytes, sizeof bytes - 1, expected)

static void
a_quote_that_is_never_closed_is_refused_with_its_line(void **state)
{
	(void)state;
	assert_refused("a,b\n1,2\n\"p\nq\",\"open\n3,4\n5,6\n",
		       "x.csv: row 2 (line 3) has a cell whose opening quote, on line 4, is never closed");
	assert_refused("a,\"b\n1,2\n", "x.csv: the heading (line 1) has a cell whose opening quote, on line 1,");
}

static void
a_quoted_cell_that_swallows_rows_is_refused(void **state)
{
	(void)state;
	assert_refused("a,b\n1,2\n5,\"Main Hall,x\n6,\"Foyer\",y\n7,8\n",
		       "x.csv: row 2 (line 3) has a quoted cell that runs over the end of a line");
	assert_refused("a,b\n5,\"x \"y \"\" z\n6,w\"\n", "x.csv: row 1 (line 2) has a quoted cell that runs over");
	assert_refused("a,b\n5,\"x\" \" y\n6,w\"\n", "x.csv: row 1 (line 2) has a quoted cell that runs over");
	/* Without a line end in it, it harms nobody but its own row. */
	assert_rows("a,b\n1,\"the \"old\" hall\"\n2,3\n", "0@1[a][b]\n1@2[1][the \"old\" hall]\n2@3[2][3]\n");
}

static void
a_file_that_is_damaged_utf8_is_refused_with_its_row(void **state)
{
	(void)state;
	assert_refused("é,b\n\n1,x\n2,caf\xe9\n", "x.csv: row 2 (line 4) is not UTF-8");
	assert_refused("é,b\n1,\xc2", "x.csv: row 1 (line 2) is not UTF-8");
	assert_refused("é,€\n1,\xe2\x82", "x.csv: row 1 (line 2) is not UTF-8");
	assert_refused("é,b\n1,\xed\xa0\x80\n", "x.csv: row 1 (line 2) is not UTF-8");
	assert_refused("é,b\n1,\xc0\xaf\n", "x.csv: row 1 (line 2) is not UTF-8");
	assert_refused("é,b\n1,\xf4\x90\x80\x80\n", "x.csv: row 1 (line 2) is not UTF-8");
	assert_refused("n\xe9,b\né,2\n", "x.csv: the heading (line 1) is not UTF-8");
	assert_refused("\xef\xbb\xbf" "a,b\n1,caf\xe9\n", "x.csv: row 1 (line 2) is not UTF-8");
}

static void
characters_that_a_chunk_cuts_in_two_are_whole(void **state)
{
	(void)state;
	assert_rows("Łódź\n€,📷", "0@1[Łódź]\n1@2[€][📷]\n");
}

static void
a_nul_is_refused_with_its_row(void **state)
{
	(void)state;
	assert_refused("a,b\n1,2\n3,\0\n", "x.csv: row 2 (line 3) holds a NUL byte");
	assert_refused("a\0,b\n", "x.csv: the heading (line 1) holds a NUL byte");
}

static void
what_is_no_csv_says_what_it_is(void **state)
{
	(void)state;
	assert_refused("PK\3\4rest of a workbook", "x.csv ");
	assert_refused("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "x.csv ");
	assert_refused("%PDF-1.7", "x.csv is a PDF");
	assert_refused("", "x.csv is empty");
}

static void
a_cell_larger_than_a_spreadsheet_makes_is_refused_in_little_memory(void **state)
{
	size_t size = 32 * 1024 * 1024;
	char *bytes = malloc(size);
	struct rusage before, after;

	(void)state;
	memset(bytes, 'x', size);
	memcpy(bytes, "a,b\n1,", 6);
	getrusage(RUSAGE_SELF, &before);
	for (int quoted = 0; quoted <= 1; quoted++) {
		struct text out = { 0 };

		if (quoted)
			bytes[6] = '"';
		reading_dump(file_of_bytes(bytes, size), &found_out, CSV_CHUNK_SIZE, &out);
		assert_non_null(strstr(text_words(&out), "x.csv: row 1 (line 2) has a cell longer than 131068 bytes"));
		text_free(&out);
	}
	getrusage(RUSAGE_SELF, &after);
	assert_true(after.ru_maxrss - before.ru_maxrss < 24 * 1024);
	free(bytes);
}

static void
the_largest_cell_and_the_most_columns_are_read(void **state)
{
	struct text file = { 0 }, out = { 0 };

	(void)state;
	text_append(&file, "a\n");
	for (int i = 0; i < ROW_CELL_BYTES_MAX; i++)
		text_append(&file, "x");
	reading_dump(file_of_bytes(file.bytes, file.length), &found_out, CSV_CHUNK_SIZE, &out);
	assert_int_equal(out.length, strlen("0@1[a]\n1@2[]\n") + ROW_CELL_BYTES_MAX);
	text_append(&file, "x");
	text_clear(&out);
	reading_dump(file_of_bytes(file.bytes, file.length), &found_out, CSV_CHUNK_SIZE, &out);
	assert_non_null(strstr(text_words(&out), "has a cell longer than"));
	/* One that begins and ends in one chunk. */
	text_append(&file, "\ny");
	text_clear(&out);
	reading_dump(file_of_bytes(file.bytes, file.length), &found_out, 4 * ROW_CELL_BYTES_MAX, &out);
	assert_non_null(strstr(text_words(&out), "x.csv: row 1 (line 2) has a cell longer than"));
	text_clear(&file);
	for (int i = 0; i < ROW_CELLS_MAX - 1; i++)
		text_append(&file, ",");
	text_clear(&out);
	reading_dump(file_of_bytes(file.bytes, file.length), &found_out, CSV_CHUNK_SIZE, &out);
	assert_memory_equal(out.bytes, "0@1[]", 5);
	text_append(&file, ",");
	assert_refused_of(file.bytes, file.length, "x.csv: the heading (line 1) has more than 256 cells");
	text_free(&file);
	text_free(&out);
}

static void
assert_not_opened(const char *path, const char *expected)
{
	struct error error = { 0 };

	assert_null(reader_open(path, &found_out, &error));
	if (strstr(error.message, expected) == NULL)
		fail_msg("expected '%s', got '%s'", expected, error.message);
}

static void
what_is_no_file_says_what_it_is(void **state)
{
	char folder[] = "/tmp/terrier-csv-XXXXXX", pipe[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(pipe, sizeof pipe, "%s/pipe", folder);
	assert_int_equal(mkfifo(pipe, 0600), 0);
	assert_not_opened("/nowhere/assets.csv", "There is no file /nowhere/assets.csv.");
	assert_not_opened(folder, "is a folder");
	assert_not_opened(pipe, "is no plain file");
	assert_not_opened("/dev/null", "null is no plain file");
	unlink(pipe);
	rmdir(folder);
}

static void
the_fingerprint_is_that_of_the_whole_file(void **state)
{
	static const char bytes[] = "\xef\xbb\xbf" "a,b\r\n1,2\r\n";
	struct error error = { 0 };
	char text[HASH_TEXT_SIZE], whole[HASH_TEXT_SIZE];
	struct hash hash;

	(void)state;
	hash_init(&hash);
	hash_update(&hash, bytes, sizeof bytes - 1);
	hash_format(&hash, whole);
	for (size_t size = 1; size > 0; size = reading_next_chunk(size, sizeof bytes)) {
		struct reader *reader = reader_open_file(file_of_bytes(bytes, sizeof bytes - 1), "x.csv",
							 &found_out, size, &error);
		struct source_row row;
		bool more = true;

		while (more)
			assert_true(reader_next(reader, &row, &more, &error));
		reader_hash(reader, text);
		assert_string_equal(text, whole);
		assert_int_equal(reader_done(reader), sizeof bytes - 1);
		assert_int_equal(reader_size(reader), sizeof bytes - 1);
		reader_close(reader);
	}
}

/* Reads the next string of a JSON text of strings, as csv-spectrum's are; false when there is none. */
static bool
next_json_string(const char **at, struct text *out)
{
	const char *quote = strchr(*at, '"');

	if (quote == NULL)
		return false;
	text_clear(out);
	for (quote++; *quote != '"'; quote++) {
		if (*quote == '\\')
			quote++;
		text_append_bytes(out, quote[-1] == '\\' && *quote == 'n' ? "\n" :
				  quote[-1] == '\\' && *quote == 'r' ? "\r" : quote, 1);
	}
	*at = quote + 1;
	return true;
}

/*
 * What the JSON says the file holds, in the form of dump() without lines: [cell][cell] for each row, heading left out.
 */
static void
dump_json(const char *json, struct text *out)
{
	struct text name = { 0 }, value = { 0 };

	while (next_json_string(&json, &name) && next_json_string(&json, &value)) {
		const char *rest = json + strspn(json, " \n");

		text_format(out, "[%s]%s", text_words(&value), *rest == '}' ? "\n" : "");
	}
	text_free(&name);
	text_free(&value);
}

static void
dump_cells(int file, size_t chunk_size, struct text *out)
{
	struct error error = { 0 };
	struct reader *reader = reader_open_file(file, "x.csv", &found_out, chunk_size, &error);
	struct source_row row;
	bool more = true;

	while (reader_next(reader, &row, &more, &error) && more) {
		for (size_t i = 0; i < row.count && row.number > 0; i++)
			text_format(out, "[%s]", row.cells[i]);
		text_append(out, row.number > 0 ? "\n" : "");
	}
	assert_int_equal(error.kind, ERROR_NONE);
	reader_close(reader);
}

/* The files whose names say CRLF are stored with LF. */
static void
give_crlf(struct text *bytes)
{
	struct text crlf = { 0 };

	for (size_t i = 0; i < bytes->length; i++)
		text_append_bytes(&crlf, bytes->bytes[i] == '\n' ? "\r\n" : bytes->bytes + i,
				  bytes->bytes[i] == '\n' ? 2 : 1);
	text_free(bytes);
	*bytes = crlf;
}

static void
csv_spectrum_is_read_as_it_says(void **state)
{
	static const char *const names[] = {
		"comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines", "newlines_crlf",
		"quotes_and_newlines", "simple", "simple_crlf", "utf8",
	};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct text bytes = { 0 }, json = { 0 }, expected = { 0 };
		char path[128];

		snprintf(path, sizeof path, "tests/data/csv-spectrum/%s.csv", names[i]);
		read_file(path, &bytes);
		snprintf(path, sizeof path, "tests/data/csv-spectrum/%s.json", names[i]);
		read_file(path, &json);
		if (strstr(names[i], "crlf") != NULL)
			give_crlf(&bytes);
		dump_json(text_words(&json), &expected);
		for (size_t size = 1; size > 0; size = reading_next_chunk(size, bytes.length)) {
			struct text out = { 0 };

			dump_cells(file_of_bytes(bytes.bytes, bytes.length), size, &out);
			assert_string_equal(text_words(&out), text_words(&expected));
			text_free(&out);
		}
		text_free(&bytes);
		text_free(&json);
		text_free(&expected);
	}
}

static void
real_files_have_the_rows_that_they_have(void **state)
{
	static const struct { const char *path; int rows; size_t columns; } files[] = {
		{ "tests/data/trafford/land_and_building_assets.csv", 608, 20 },
		{ "tests/data/trafford/cctv_cameras.csv", 163, 6 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct error error = { 0 };
		struct reader *reader = reader_open(files[i].path, &found_out, &error);
		struct source_row row;
		bool more = true;
		int count = -1;

		while (reader_next(reader, &row, &more, &error) && more) {
			assert_int_equal(row.count, files[i].columns);
			count++;
		}
		assert_int_equal(count, files[i].rows);
		reader_close(reader);
	}
}

/* 20,000 rows are many batches of a thread that reads ahead. */
static void
reading_ahead_gives_the_same_rows_and_the_same_error(void **state)
{
	struct text bytes = { 0 };
	struct error error = { 0 };
	struct ahead_row row;
	struct ahead *ahead;
	struct reader *reader;
	bool more = true;
	int count = 0;

	(void)state;
	for (int i = 0; i < 20000; i++)
		text_format(&bytes, "%d,\"row\nnuméro %d, with words to make it long, and longer, and longer "
			    "still\"\n", i, i);
	text_append(&bytes, "x,\xff\n");
	reader = reader_open_file(file_of_bytes(bytes.bytes, bytes.length), "x.csv", &found_out, CSV_CHUNK_SIZE,
				  &error);
	ahead = ahead_open(reader, NULL);
	while (ahead_next(ahead, &row, &more, &error) && more) {
		assert_int_equal(row.row.number, count);
		assert_int_equal(row.row.line, 1 + 2 * count);
		assert_int_equal(atoi(row.row.cells[0]), count);
		count++;
	}
	assert_non_null(strstr(error.message, "x.csv: row 20000 (line 40001) is not UTF-8"));
	ahead_close(ahead);
	reader_close(reader);
	text_free(&bytes);
}

static void
reading_ahead_can_be_left_off(void **state)
{
	struct text bytes = { 0 };
	struct error error = { 0 };
	struct ahead_row row;
	bool more;

	(void)state;
	for (int i = 0; i < 100000; i++)
		text_append(&bytes, "1,2,3,4,5\n");
	for (int given = 0; given < 3; given++) {
		struct reader *reader = reader_open_file(file_of_bytes(bytes.bytes, bytes.length), "x.csv", &found_out,
							 CSV_CHUNK_SIZE, &error);
		struct ahead *ahead = ahead_open(reader, NULL);

		for (int i = 0; i < given; i++)
			assert_true(ahead_next(ahead, &row, &more, &error));
		ahead_close(ahead);
		reader_close(reader);
	}
	text_free(&bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_have_a_number_and_the_line_they_begin_on),
		cmocka_unit_test(blank_lines_are_no_rows_but_are_counted_as_lines),
		cmocka_unit_test(lines_end_in_cr_lf_or_both),
		cmocka_unit_test(a_byte_order_mark_is_no_part_of_the_heading),
		cmocka_unit_test(quotes_inside_a_cell_are_kept),
		cmocka_unit_test(one_apostrophe_that_guards_a_formula_is_taken_away),
		cmocka_unit_test(a_quote_that_is_never_closed_is_refused_with_its_line),
		cmocka_unit_test(a_quoted_cell_that_swallows_rows_is_refused),
		cmocka_unit_test(a_file_that_is_damaged_utf8_is_refused_with_its_row),
		cmocka_unit_test(characters_that_a_chunk_cuts_in_two_are_whole),
		cmocka_unit_test(a_nul_is_refused_with_its_row),
		cmocka_unit_test(what_is_no_csv_says_what_it_is),
		cmocka_unit_test(a_cell_larger_than_a_spreadsheet_makes_is_refused_in_little_memory),
		cmocka_unit_test(the_largest_cell_and_the_most_columns_are_read),
		cmocka_unit_test(what_is_no_file_says_what_it_is),
		cmocka_unit_test(the_fingerprint_is_that_of_the_whole_file),
		cmocka_unit_test(csv_spectrum_is_read_as_it_says),
		cmocka_unit_test(real_files_have_the_rows_that_they_have),
		cmocka_unit_test(reading_ahead_gives_the_same_rows_and_the_same_error),
		cmocka_unit_test(reading_ahead_can_be_left_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
