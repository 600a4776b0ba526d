/* SPDX-License-Identifier: MIT */
/* Rows to bytes: what each printed format makes of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/guard.h"
#include "core/json.h"
#include "tests/rows.h"

/* What a printed format makes of the rows. */
static void
assert_written(const char *format, const char *expected)
{
	struct document document = make_document(ROWS);
	struct text text = { 0 };
	struct sink sink = sink_to_text(&text);
	struct error error = { 0 };
	struct writer *writer = writer_open(format_named(format), &document, &sink, &error);

	assert_non_null(writer);
	for (int i = 0; i < ROWS; i++)
		assert_true(writer_row(writer, rows[i], &error));
	assert_int_equal(writer_count(writer), ROWS);
	assert_true(writer_close(writer, &error));
	assert_string_equal(text_words(&text), expected);
	text_free(&text);
}

static void
csv_is_quoted_guarded_and_ends_lines_as_rfc_4180_says(void **state)
{
	(void)state;
	assert_written("csv", "code,notes,count,due\r\n"
		       "00123,plain,5,2024-02-29\r\n"
		       "'=1+1,\"two\nlines, \"\"quoted\"\"\",-12,2024\r\n"
		       "''=x,,,\r\n");
}

static void
json_has_an_object_on_each_line_and_numbers_as_numbers(void **state)
{
	(void)state;
	assert_written("json", "[\n"
		       "{\"code\":\"00123\",\"notes\":\"plain\",\"count\":5,\"due\":\"2024-02-29\"},\n"
		       "{\"code\":\"=1+1\",\"notes\":\"two\\nlines, \\\"quoted\\\"\",\"count\":-12,\"due\":\"2024\"},\n"
		       "{\"code\":\"'=x\",\"notes\":null,\"count\":null,\"due\":null}\n"
		       "]\n");
}

static void
plain_lines_have_tabs_and_no_line_ends_within(void **state)
{
	(void)state;
	assert_written("plain", "code\tnotes\tcount\tdue\n"
		       "00123\tplain\t5\t2024-02-29\n"
		       "=1+1\ttwo lines, \"quoted\"\t-12\t2024\n"
		       "'=x\t\t\t\n");
}

static void
a_table_is_as_wide_as_its_words_and_numbers_stand_right(void **state)
{
	(void)state;
	assert_written("table",
		       "Code   Notes                Count  Due\n"
		       "-----  -------------------  -----  ----------\n"
		       "00123  plain                    5  2024-02-29\n"
		       "=1+1   two lines, \"quoted\"    -12  2024\n"
		       "'=x\n");
}

static void
a_table_longer_than_what_it_keeps_loses_no_row(void **state)
{
	enum { MANY = 2500 };
	struct document document = make_document(-1);
	struct text text = { 0 };
	struct sink sink = sink_to_text(&text);
	struct error error = { 0 };
	struct writer *writer = writer_open(format_named("table"), &document, &sink, &error);
	size_t lines = 0;

	(void)state;
	for (int i = 0; i < MANY; i++)
		assert_true(writer_row(writer, rows[0], &error));
	assert_true(writer_close(writer, &error));
	for (size_t i = 0; i < text.length; i++)
		lines += text.bytes[i] == '\n';
	assert_int_equal(lines, MANY + 2);
	text_free(&text);
}

static void
an_empty_answer_is_still_a_document(void **state)
{
	struct document document = make_document(0);
	struct text text = { 0 };
	struct sink sink = sink_to_text(&text);
	struct error error = { 0 };

	(void)state;
	assert_true(writer_close(writer_open(format_named("json"), &document, &sink, &error), &error));
	assert_string_equal(text_words(&text), "[]\n");
	text_clear(&text);
	assert_true(writer_close(writer_open(format_named("csv"), &document, &sink, &error), &error));
	assert_string_equal(text_words(&text), "code,notes,count,due\r\n");
	text_free(&text);
}

static void
a_guard_is_put_and_taken_once(void **state)
{
	static const char *const needing[] = { "=1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''-1" };
	static const char *const harmless[] = { "", "x", "'x", "'", "1-2", " =1", "''" };

	(void)state;
	for (size_t i = 0; i < sizeof needing / sizeof needing[0]; i++)
		assert_true(guard_is_needed(needing[i]));
	for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++) {
		assert_false(guard_is_needed(harmless[i]));
		assert_false(guard_is_present(harmless[i]));
	}
	assert_true(guard_is_present("'=1"));
	assert_true(guard_is_present("''=1"));
	assert_false(guard_is_present("=1"));
}

static void
json_strings_hide_no_control_character(void **state)
{
	struct text text = { 0 };

	(void)state;
	json_append_string(&text, "a\"\\\n\x1b\x7f\xc2\x9b" "caf\xc3\xa9 \xff\xf0\x9f\x98\x80");
	assert_string_equal(text_words(&text), "\"a\\\"\\\\\\n\\u001b\\u007f\\u009b"
					       "caf\xc3\xa9 \xef\xbf\xbd\xf0\x9f\x98\x80\"");
	text_free(&text);
}

static void
a_file_name_tells_its_format(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	assert_string_equal(format_of_file("a/b.XLSX")->name, "xlsx");
	assert_string_equal(format_of_file("x.tar.json")->name, "json");
	assert_null(format_of_file("x.pdf"));
	assert_null(format_of_file(".csv"));
	assert_null(format_of_file("csv"));
	assert_string_equal(format_endings(&arena), ".csv, .json, .xlsx");
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_is_quoted_guarded_and_ends_lines_as_rfc_4180_says),
		cmocka_unit_test(json_has_an_object_on_each_line_and_numbers_as_numbers),
		cmocka_unit_test(plain_lines_have_tabs_and_no_line_ends_within),
		cmocka_unit_test(a_table_is_as_wide_as_its_words_and_numbers_stand_right),
		cmocka_unit_test(a_table_longer_than_what_it_keeps_loses_no_row),
		cmocka_unit_test(an_empty_answer_is_still_a_document),
		cmocka_unit_test(a_guard_is_put_and_taken_once),
		cmocka_unit_test(json_strings_hide_no_control_character),
		cmocka_unit_test(a_file_name_tells_its_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
