/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/date.h"

static const struct date today = { 2026, 11, 21 };

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
month_days(int year, int month)
{
	switch (month) {
	case 2:
		return is_leap(year) ? 29 : 28;
	case 4:
	case 6:
	case 9:
	case 11:
		return 30;
	default:
		return 31;
	}
}

static void
assert_same_date(struct date date, int year, int month, int day)
{
	if (date.year != year || date.month != month || date.day != day)
		fail_msg("%d-%d-%d is not %d-%d-%d", date.year, date.month, date.day, year, month, day);
}

/* One day, there and back in every way. */
static void
assert_day(int year, int month, int day, int64_t days)
{
	struct date date = { (short)year, (signed char)month, (signed char)day }, read;
	char text[DATE_TEXT_SIZE], expected[64];

	assert_int_equal(date_days(date), days);
	assert_same_date(date_from_days(days), year, month, day);
	date_format(date, text);
	snprintf(expected, sizeof expected, "%04d-%02d-%02d", year, month, day);
	assert_string_equal(text, expected);
	assert_true(date_parse(text, false, &read));
	assert_same_date(read, year, month, day);
	snprintf(expected, sizeof expected, "%d/%d/%d", day, month, year);
	assert_true(date_parse(expected, false, &read));
	assert_same_date(read, year, month, day);
}

static void
every_day_from_1900_to_2199_goes_there_and_back(void **state)
{
	int64_t days = -25567;	/* 1 January 1900 */

	(void)state;
	for (int year = DATE_YEAR_MIN; year <= DATE_YEAR_MAX; year++)
		for (int month = 1; month <= 12; month++)
			for (int day = 1; day <= month_days(year, month); day++)
				assert_day(year, month, day, days++);
	assert_int_equal(days, 84006);
}

static void
every_way_of_writing_a_day_is_read(void **state)
{
	static const char *const ways[] = {
		"2024-01-31", "31/01/2024", "31-01-2024", "31.01.2024", "31.1.2024", "31 Jan 2024", "31-January-2024",
		"31 JANUARY 2024", "2024/1/31", "2024 jan 31",
	};
	struct date date;

	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		if (!date_parse(ways[i], false, &date))
			fail_msg("'%s' is not read", ways[i]);
		assert_same_date(date, 2024, 1, 31);
	}
	assert_true(date_parse("4/5/2024", false, &date));
	assert_same_date(date, 2024, 5, 4);
	assert_true(date_parse("1 sept 2023", false, &date));
	assert_same_date(date, 2023, 9, 1);
}

static void
what_is_no_day_is_refused(void **state)
{
	static const char *const words[] = {
		"30/02/2024", "31/02/2024", "29/02/2023", "29/02/1900", "2023-02-31", "31/04/2024", "4/5", "04/05",
		"01/31/2024", "1/13/2024", "00/01/2024", "01/00/2024", "2024-00-01", "2024-01-00",
		"2024-13-01", "1899-12-31", "2200-01-01", "0024-01-31", "31 Foo 2024", "31 Ja 2024", "31/01/2024 x", "",
		"/", "1//2024", "31/01/", "/01/2024", "2024-01-31T", "031/01/2024", "1/001/2024", "31/01/02024",
		"-1/01/2024", "2024", "2024-01", "Jan 2024", "\xd9\xa3\xd9\xa1/01/2024", "31 Mayo 2024",
		"January 31 2024", "99999999999999999999/01/2024",
	};
	struct date date;

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (date_parse(words[i], false, &date))
			fail_msg("'%s' is read as %d-%d-%d", words[i], date.year, date.month, date.day);
	assert_true(date_parse("29/02/2024", false, &date));
	assert_true(date_parse("29/02/2000", false, &date));
}

static void
a_partial_date_is_read_only_where_it_may_be(void **state)
{
	static const struct { const char *words; int year, month; } rows[] = {
		{ "2019", 2019, 0 }, { "2019-04", 2019, 4 }, { "04/2019", 2019, 4 }, { "4/2019", 2019, 4 }, { "Apr 2019", 2019, 4 },
		{ "april-2019", 2019, 4 },
	};
	static const char *const wrong[] = { "19", "2019-13", "2019-00", "13/2019", "4/5", "1899", "2200", "2019-2020", "0000", "201900" };
	char text[DATE_TEXT_SIZE];
	struct date date;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_false(date_parse(rows[i].words, false, &date));
		assert_true(date_parse(rows[i].words, true, &date));
		assert_same_date(date, rows[i].year, rows[i].month, 0);
		date_format(date, text);
		assert_string_equal(text, rows[i].month > 0 ? "2019-04" : "2019");
	}
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		if (date_parse(wrong[i], true, &date))
			fail_msg("'%s' is read", wrong[i]);
	assert_true(date_parse("31/01/2024", true, &date));
	assert_same_date(date, 2024, 1, 31);
}

static void
dates_are_put_in_words(void **state)
{
	static const struct { struct date date; const char *words, *text; } rows[] = {
		{ { 2024, 1, 31 }, "31 January 2024", "2024-01-31" }, { { 2024, 9, 0 }, "September 2024", "2024-09" },
		{ { 2024, 0, 0 }, "2024", "2024" }, { { 0, 0, 0 }, "", "" }, { { 2024, 9, 30 }, "30 September 2024", "2024-09-30" },
	};
	char words[DATE_WORDS_SIZE], text[DATE_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		date_words(rows[i].date, words);
		date_format(rows[i].date, text);
		assert_string_equal(words, rows[i].words);
		assert_string_equal(text, rows[i].text);
		assert_int_equal(date_is_set(rows[i].date), rows[i].date.year != 0);
	}
}

static void
assert_span(struct date from, const char *words, int year, int month, int day)
{
	int64_t days;

	if (!date_parse_span(words, from, &days))
		fail_msg("'%s' is no span", words);
	assert_same_date(date_from_days(date_days(from) + days), year, month, day);
}

static void
a_span_counts_from_today_and_keeps_to_the_end_of_a_month(void **state)
{
	(void)state;
	assert_span(today, "0d", 2026, 11, 21);
	assert_span(today, "90d", 2027, 2, 19);
	assert_span(today, "-1d", 2026, 11, 20);
	assert_span(today, "6w", 2027, 1, 2);
	assert_span(today, "3m", 2027, 2, 21);
	assert_span(today, "1y", 2027, 11, 21);
	assert_span(today, "-11m", 2025, 12, 21);
	assert_span((struct date){ 2024, 1, 31 }, "1m", 2024, 2, 29);
	assert_span((struct date){ 2023, 1, 31 }, "1m", 2023, 2, 28);
	assert_span((struct date){ 2024, 2, 29 }, "1y", 2025, 2, 28);
	assert_span((struct date){ 2024, 2, 29 }, "-4y", 2020, 2, 29);
	assert_span((struct date){ 2024, 12, 31 }, "2m", 2025, 2, 28);
	assert_span((struct date){ 2024, 1, 1 }, "-1m", 2023, 12, 1);
}

static void
what_is_no_span_is_refused(void **state)
{
	static const char *const words[] = {
		"", "d", "90", "90x", "90dd", "9 0d", "d90", "99999999999999999999d", "1.5y", "--1d", "10000d",
		/* years that no date of an estate has */
		"9999y", "-9999y", "-9999m", "9999m", "200y", "-127y", "9999w",
	};
	int64_t days;

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (date_parse_span(words[i], today, &days))
			fail_msg("'%s' is a span of %lld days", words[i], (long long)days);
}

static void
an_instant_goes_there_and_back(void **state)
{
	static const struct { const char *words; int64_t seconds; } rows[] = {
		{ "1970-01-01T00:00:00Z", 0 }, { "2024-02-29T23:59:59Z", 1709251199 }, { "2026-11-21T12:30:00Z", 1795264200 },
		{ "1969-12-31T23:59:59Z", -1 }, { "1900-01-01T00:00:00Z", -2208988800 },
	};
	char text[DATE_INSTANT_SIZE];
	int64_t seconds;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_true(date_parse_instant(rows[i].words, &seconds));
		assert_int_equal(seconds, rows[i].seconds);
		date_format_instant(seconds, text);
		assert_string_equal(text, rows[i].words);
	}
	assert_true(date_parse_instant("2026-11-21", &seconds));
	assert_int_equal(seconds, 1795219200);
	assert_same_date(date_from_instant(1795219199), 2026, 11, 20);
	assert_same_date(date_from_instant(-1), 1969, 12, 31);
}

static void
what_is_no_instant_is_refused(void **state)
{
	static const char *const words[] = {
		"", "now", "2026", "21/11/2026", "2026-02-30T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T00:60:00Z",
		"2026-11-21T00:00:00", "2026-11-21T00:00:00Zx", "2026-11-21T", "2026-11-21 00:00:00Z", "2026-11-21T00:00Z",
	};
	int64_t seconds;

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (date_parse_instant(words[i], &seconds))
			fail_msg("'%s' is an instant", words[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_from_1900_to_2199_goes_there_and_back),
		cmocka_unit_test(every_way_of_writing_a_day_is_read),
		cmocka_unit_test(what_is_no_day_is_refused),
		cmocka_unit_test(a_partial_date_is_read_only_where_it_may_be),
		cmocka_unit_test(dates_are_put_in_words),
		cmocka_unit_test(a_span_counts_from_today_and_keeps_to_the_end_of_a_month),
		cmocka_unit_test(what_is_no_span_is_refused),
		cmocka_unit_test(an_instant_goes_there_and_back),
		cmocka_unit_test(what_is_no_instant_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
