/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/guard.h"
#include "core/json.h"
#include "core/map.h"
#include "core/text.h"

#define BYTES(literal) { literal, sizeof literal - 1 }

struct bytes {
	const char *bytes;
	size_t size;
};

/* What strict UTF-8 does not have: stray bytes, cut sequences, long forms, surrogates, and what is above U+10FFFF. */
static const struct bytes bad[] = {
	BYTES("\x80"), BYTES("\xbf"), BYTES("\xc0\x80"), BYTES("\xc1\xbf"), BYTES("\xc2"), BYTES("\xc2""a"),
	BYTES("\xc3\xc3"), BYTES("\xe0\x80\x80"), BYTES("\xe0\x9f\xbf"), BYTES("\xe2\x82"), BYTES("\xe2"),
	BYTES("\xe2\x28\xa1"), BYTES("\xe2\x82\x28"), BYTES("\xed\xa0\x80"), BYTES("\xed\xbf\xbf"),
	BYTES("\xf0\x80\x80\x80"), BYTES("\xf0\x8f\xbf\xbf"), BYTES("\xf0\x9f\x98"), BYTES("\xf0\x28\x8c\xbc"),
	BYTES("\xf4\x90\x80\x80"), BYTES("\xf5\x80\x80\x80"), BYTES("\xf8\x88\x80\x80\x80"), BYTES("\xfe"),
	BYTES("\xff"),
};

static void
every_kind_of_bad_utf8_is_found_where_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		for (size_t before = 0; before <= 17; before++)
			for (size_t after = 0; after <= 9; after += 9) {
				char text[64];
				size_t size = before + bad[i].size + after, step;

				memset(text, 'a', sizeof text);
				memcpy(text + before, bad[i].bytes, bad[i].size);
				if (text_invalid_at(text, size) != before)
					fail_msg("kind %zu behind %zu bytes was not found", i, before);
				assert_int_equal(text_decode(text + before, size - before, &step), -1);
				assert_int_equal(step, 1);
			}
}

static void
every_code_point_is_read_as_it_is_written(void **state)
{
	(void)state;
	for (int32_t point = 1; point <= 0x10ffff; point++) {
		unsigned char bytes[4];
		size_t size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4, step;
		static const unsigned char leads[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
		bool surrogate = point >= 0xd800 && point <= 0xdfff;

		for (size_t i = size; i-- > 0;)
			bytes[i] = (unsigned char)(i == 0 ? leads[size] | (point >> 6 * (size - 1)) :
						   0x80 | ((point >> 6 * (size - 1 - i)) & 0x3f));
		if (text_decode((const char *)bytes, size, &step) != (surrogate ? -1 : point) ||
		    text_invalid_at((const char *)bytes, size) != (surrogate ? 0 : size))
			fail_msg("U+%04X is read wrongly", (unsigned)point);
	}
}

static void
a_nul_is_not_valid_text(void **state)
{
	(void)state;
	assert_int_equal(text_invalid_at("abc\0def", 7), 3);
	assert_int_equal(text_invalid_at("abcdefgh\0j", 10), 8);
	assert_int_equal(text_invalid_at("", 0), 0);
}

static void
assert_screen(const char *text, int width, const char *expected, int used)
{
	struct text out = { 0 };

	text_append(&out, "|");
	assert_int_equal(text_for_screen(&out, text, width), used);
	assert_string_equal(text_words(&out) + 1, expected);
	if (width < 0)
		assert_int_equal(text_width(text), used);
	text_free(&out);
}

static void
what_a_terminal_would_obey_becomes_visible(void **state)
{
	(void)state;
	assert_screen("a\x1b[31mb", -1, "a\\x1b[31mb", 10);
	assert_screen("a\x07\x7f", -1, "a\\x07\\x7f", 9);
	assert_screen("\xc2\x9b""31m", -1, "\\x9b31m", 7);
	assert_screen("a\nb\rc\td", -1, "a b c d", 7);
	assert_screen("\xff\xc3", -1, "\\xff\\xc3", 8);
	assert_screen("\xe2\x80\xae""abc\xe2\x81\xa6", -1, "<202E>abc<2066>", 15);
	assert_screen("a\xe2\x80\x8b""b\xef\xbb\xbf", -1, "a<200B>b<FEFF>", 14);
	assert_screen("\xf3\xa0\x81\x81", -1, "<E0041>", 7);
	assert_screen("\xf0\x9f\xbf\xbf", -1, "<1FFFF>", 7);
	assert_screen("\xe2\x80\xa8", -1, "<2028>", 6);
	assert_screen("\xc2\xad", -1, "<00AD>", 6);
}

static void
a_character_keeps_two_combining_marks_at_most(void **state)
{
	(void)state;
	assert_screen("e\xcc\x81\xcc\x82\xcc\x83\xcc\x84x", -1, "e\xcc\x81\xcc\x82x", 2);
	assert_screen("e\xcc\x81x\xcc\x81", -1, "e\xcc\x81x\xcc\x81", 2);
}

static void
what_is_too_long_ends_in_an_ellipsis(void **state)
{
	(void)state;
	assert_screen("York", 4, "York", 4);
	assert_screen("Yorke", 4, "Yor\xe2\x80\xa6", 4);
	assert_screen("Yorke", 1, "\xe2\x80\xa6", 1);
	assert_screen("Yorke", 0, "", 0);
	assert_screen("", 0, "", 0);
	assert_screen("ab\x1b", 5, "ab\xe2\x80\xa6", 3);
	assert_screen("abc\xcc\x81", 3, "abc\xcc\x81", 3);
}

static void
a_wide_character_is_never_cut_in_half(void **state)
{
	(void)state;
	assert_screen("\xe6\x97\xa5\xe6\x9c\xac", -1, "\xe6\x97\xa5\xe6\x9c\xac", 4);
	assert_screen("\xe6\x97\xa5\xe6\x9c\xac", 3, "\xe6\x97\xa5\xe2\x80\xa6", 3);
	assert_screen("\xe6\x97\xa5\xe6\x9c\xac", 2, "\xe2\x80\xa6", 1);
	assert_screen("a\xf0\x9f\x98\x80", 2, "a\xe2\x80\xa6", 2);
}

static void
a_cell_holds_what_excel_can_hold(void **state)
{
	struct arena arena = { 0 };
	const char *plain = "24\" screen, \xc2\xa3""5", *lines = "a\nb\tc";

	(void)state;
	assert_ptr_equal(text_for_cell(&arena, plain), plain);
	assert_ptr_equal(text_for_cell(&arena, lines), lines);
	assert_string_equal(text_for_cell(&arena, "a\x01""b\x1b"), "a\xef\xbf\xbd""b\xef\xbf\xbd");
	assert_string_equal(text_for_cell(&arena, "a\r\nb"), "a\nb");
	assert_string_equal(text_for_cell(&arena, "a\xff""b"), "a\xef\xbf\xbd""b");
	assert_string_equal(text_for_cell(&arena, "\xef\xbf\xbe\xef\xbf\xbf"), "\xef\xbf\xbd\xef\xbf\xbd");
	assert_string_equal(text_for_cell(&arena, "\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	arena_free(&arena);
}

/* The UTF-16 units of valid UTF-8. */
static size_t
utf16_units(const char *text)
{
	size_t room = strlen(text), size, units = 0;

	for (; room > 0; text += size, room -= size)
		units += text_decode(text, room, &size) > 0xffff ? 2 : 1;
	return units;
}

static void
assert_cell_of_many(const char *character, size_t count, bool cut)
{
	struct arena arena = { 0 };
	struct text text = { 0 };
	const char *cell;

	for (size_t i = 0; i < count; i++)
		text_append(&text, character);
	cell = text_for_cell(&arena, text_words(&text));
	assert_true(utf16_units(cell) <= TEXT_CELL_CHARACTERS);
	assert_int_equal(text_invalid_at(cell, strlen(cell)), strlen(cell));
	assert_true(!cut || utf16_units(cell) >= TEXT_CELL_CHARACTERS - 1);
	if (cut != (strstr(cell, TEXT_CUT_NOTE) != NULL))
		fail_msg("%zu times '%s' is %scut", count, character, cut ? "not " : "");
	if (!cut && (unsigned char)*character >= 0x20)
		assert_string_equal(cell, text_words(&text));
	text_free(&text);
	arena_free(&arena);
}

static void
a_cell_is_cut_only_when_it_must_be_and_says_so(void **state)
{
	(void)state;
	assert_cell_of_many("a", 32767, false);
	assert_cell_of_many("a", 32768, true);
	assert_cell_of_many("\xc3\xa9", 32767, false);
	assert_cell_of_many("\xc3\xa9", 32768, true);
	assert_cell_of_many("\xe6\x97\xa5", 32760, false);
	assert_cell_of_many("\xf0\x9f\x98\x80", 16383, false);
	assert_cell_of_many("\xf0\x9f\x98\x80", 16384, true);
	assert_cell_of_many("\x01", 32767, false);
	assert_cell_of_many("\x01", 40000, true);
}

static void
folding_keeps_letters_and_digits_alone(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	assert_string_equal(text_fold(&arena, "Cam No."), "camno");
	assert_string_equal(text_fold(&arena, " Property  Ref "), "propertyref");
	assert_string_equal(text_fold(&arena, "Caf\xc3\xa9 (2)"), "caf\xc3\xa9""2");
	assert_string_equal(text_fold(&arena, "_-/"), "");
	assert_string_equal(text_fold(&arena, "Cam\xc2\xa0No"), "camno");
	assert_string_equal(text_fold(&arena, "E\xe2\x80\x91PIMS \xe2\x80\x93 ref\xe2\x80\x99s"), "epimsrefs");
	arena_free(&arena);
}

static void
assert_trim(const char *text, const char *expected)
{
	size_t size = strlen(text);
	const char *start = text_trim(text, &size);

	if (size != strlen(expected) || memcmp(start, expected, size) != 0)
		fail_msg("'%s' is trimmed to '%.*s', not '%s'", text, (int)size, start, expected);
}

static void
trimming_takes_no_break_spaces_too(void **state)
{
	(void)state;
	assert_trim("  a b\t\r\n", "a b");
	assert_trim("\xc2\xa0 \xc2\xa0""York\xc2\xa0\t\xc2\xa0", "York");
	assert_trim("", "");
	assert_trim(" \xc2\xa0 ", "");
	assert_trim("\xe1\x82\xa0", "\xe1\x82\xa0");
	assert_trim("a\xc3\xa0", "a\xc3\xa0");
}

static void
numbers_have_commas(void **state)
{
	static const struct { int64_t number; const char *words; } rows[] = {
		{ 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 1234567, "1,234,567" }, { -1, "-1" }, { -100, "-100" },
		{ -1000, "-1,000" }, { INT64_MAX, "9,223,372,036,854,775,807" },
		{ INT64_MIN, "-9,223,372,036,854,775,808" },
	};
	char out[TEXT_NUMBER_SIZE];
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(text_number(rows[i].number, out), rows[i].words);
	assert_string_equal(text_count(&arena, 1, "site", "sites"), "1 site");
	assert_string_equal(text_count(&arena, 0, "site", "sites"), "0 sites");
	assert_string_equal(text_count(&arena, 1200, "site", "sites"), "1,200 sites");
	arena_free(&arena);
}

static void
json_is_valid_whatever_the_bytes(void **state)
{
	struct text out = { 0 };

	(void)state;
	json_append_string(&out, "a\"b\\c\n\x1b\x7f\xc2\x9b\xff\xe2\x82\xac");
	assert_string_equal(text_words(&out), "\"a\\\"b\\\\c\\n\\u001b\\u007f\\u009b\xef\xbf\xbd\xe2\x82\xac\"");
	text_free(&out);
}

static void
a_formula_gets_one_apostrophe_and_loses_one(void **state)
{
	(void)state;
	assert_true(guard_is_needed("=1+1"));
	assert_true(guard_is_needed("'=1+1"));
	assert_true(guard_is_needed("@x"));
	assert_false(guard_is_needed("'t Hof"));
	assert_false(guard_is_needed(""));
	assert_true(guard_is_present("'-1"));
	assert_false(guard_is_present("'t Hof"));
	assert_false(guard_is_present("-1"));
}

static void
a_map_of_many_texts_finds_each_and_no_other(void **state)
{
	struct map map = { 0 };
	struct arena arena = { 0 };
	bool added;

	(void)state;
	assert_null(map_find(&map, "0"));
	for (int64_t i = 0; i < 5000; i++) {
		assert_int_equal(*map_add(&map, arena_format(&arena, "%lld", (long long)i * 7919), i, &added), i);
		assert_true(added);
	}
	for (int64_t i = 0; i < 5000; i++)
		assert_int_equal(*map_find(&map, arena_format(&arena, "%lld", (long long)i * 7919)), i);
	assert_int_equal(*map_add(&map, "7919", 99, &added), 1);
	assert_false(added);
	assert_null(map_find(&map, "7918"));
	assert_int_equal(map.count, 5000);
	map_free(&map);
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_bad_utf8_is_found_where_it_is),
		cmocka_unit_test(every_code_point_is_read_as_it_is_written),
		cmocka_unit_test(a_nul_is_not_valid_text),
		cmocka_unit_test(what_a_terminal_would_obey_becomes_visible),
		cmocka_unit_test(a_character_keeps_two_combining_marks_at_most),
		cmocka_unit_test(what_is_too_long_ends_in_an_ellipsis),
		cmocka_unit_test(a_wide_character_is_never_cut_in_half),
		cmocka_unit_test(a_cell_holds_what_excel_can_hold),
		cmocka_unit_test(a_cell_is_cut_only_when_it_must_be_and_says_so),
		cmocka_unit_test(folding_keeps_letters_and_digits_alone),
		cmocka_unit_test(trimming_takes_no_break_spaces_too),
		cmocka_unit_test(numbers_have_commas),
		cmocka_unit_test(json_is_valid_whatever_the_bytes),
		cmocka_unit_test(a_formula_gets_one_apostrophe_and_loses_one),
		cmocka_unit_test(a_map_of_many_texts_finds_each_and_no_other),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
