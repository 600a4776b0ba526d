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

static const char *const month_names[] = {
	"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
	"November", "December",
};

/* 1 January 1900 was a Monday. */
static const char *const weekdays[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

static void
assert_reads(const char *words, int year, int month, int day)
{
	struct date read = { 0 };

	if (!date_parse(words, false, &read) || read.year != year || read.month != month || read.day != day)
		fail_msg("'%s' is read as %d-%d-%d, not %d-%d-%d", words, read.year, read.month, read.day, year, month,
			 day);
}

/* Every spelling of a day, one of the times of day behind it, in turn. */
static void
assert_spellings(int year, int month, int day, int64_t number)
{
	static const char *const times[] = { "", " 00:00", " 12:30:45", " 3:05 pm" };
	const char *time = times[number % 4], *weekday = weekdays[number % 7], *name = month_names[month];
	char words[80];

#define SPELT(...) (snprintf(words, sizeof words, __VA_ARGS__), assert_reads(words, year, month, day))
	SPELT("%d-%02d-%02d%s", year, month, day, time);
	SPELT("%02d/%02d/%d%s", day, month, year, time);
	SPELT("%d.%d.%d%s", day, month, year, time);
	SPELT("%d-%d-%d", day, month, year);
	SPELT("%d %d %d", day, month, year);
	SPELT("%d %s %d%s", day, name, year, time);
	SPELT("%02d-%.3s-%d", day, name, year);
	SPELT("%d%.3s%d", day, name, year);
	SPELT("%d %.3s, %d", day, name, year);
	SPELT("%dth of %s %d", day, name, year);
	SPELT("%s %d %s %d%s", weekday, day, name, year, time);
	SPELT("%.3s, %02d/%02d/%d", weekday, day, month, year);
	SPELT("%d/%d/%d", year, month, day);
	if (year >= 1970 && year <= 2069) {
		SPELT("%d/%d/%02d%s", day, month, year % 100, time);
		SPELT("%02d-%.3s-%02d", day, name, year % 100);
	}
	if (number + 2 >= 20000 && number + 2 <= 73050)
		SPELT("%d", (int)number + 2);	/* 1900 was no leap year, but spreadsheets hold that it was */
#undef SPELT
}

static void
every_day_is_read_in_every_spelling(void **state)
{
	int64_t number = 0;

	(void)state;
	for (int year = DATE_YEAR_MIN; year <= DATE_YEAR_MAX; year++)
		for (int month = 1; month <= 12; month++)
			for (int day = 1; day <= month_days(year, month); day++)
				assert_spellings(year, month, day, number++);
}

/* The words of a day and month in both orders, as any calendar on the wall would tell. */
static void
every_day_proves_its_order_or_nothing(void **state)
{
	static const int years[] = { 1900, 2019, 2024, 2100 };
	char words[32], swapped[32], expected[32];

	(void)state;
	for (int i = 0; i < 4 * 33 * 33; i++) {
		int year = years[i / (33 * 33)], a = i / 33 % 33, b = i % 33;
		bool day_first = b >= 1 && b <= 12 && a >= 1 && a <= month_days(year, b);
		bool month_first = a >= 1 && a <= 12 && b >= 1 && b <= month_days(year, a);
		enum date_order order = a == b ? DATE_ORDER_NONE : day_first && month_first ? DATE_ORDER_EITHER :
			day_first ? DATE_ORDER_DAY : month_first ? DATE_ORDER_MONTH : DATE_ORDER_NONE;
		struct date date;

		snprintf(words, sizeof words, "%d/%02d/%d", a, b, year);
		snprintf(expected, sizeof expected, "%02d/%d/%d", b, a, year);
		assert_int_equal(date_order_of(words), order);
		assert_true(date_swap(words, swapped, sizeof swapped));
		assert_string_equal(swapped, expected);
		assert_int_equal(date_parse(words, false, &date), day_first);
		assert_int_equal(date_parse(swapped, false, &date), month_first);
	}
}

static void
the_order_is_told_of_days_in_figures_only(void **state)
{
	static const struct { const char *words; enum date_order order; const char *swapped; } rows[] = {
		{ "03/04/2019", DATE_ORDER_EITHER, "04/03/2019" }, { "25/04/2019", DATE_ORDER_DAY, "04/25/2019" },
		{ "04/25/2019", DATE_ORDER_MONTH, "25/04/2019" }, { "4/25/19", DATE_ORDER_MONTH, "25/4/19" },
		{ "25.4.19", DATE_ORDER_DAY, "4.25.19" }, { "03-04-19", DATE_ORDER_EITHER, "04-03-19" },
		{ "05/05/2019", DATE_ORDER_NONE, "05/05/2019" },
		{ "4/25/2019 12:30", DATE_ORDER_MONTH, "25/4/2019 12:30" },
		{ "4/25/2019 3:05:10 PM", DATE_ORDER_MONTH, "25/4/2019 3:05:10 PM" },
		{ "Thu, 4/25/2019", DATE_ORDER_MONTH, "Thu, 25/4/2019" },
		{ "4-25/2019", DATE_ORDER_MONTH, "25-4/2019" }, { "2019-04-25", DATE_ORDER_NONE, NULL },
		{ "2019/25/04", DATE_ORDER_NONE, NULL }, { "25 Apr 2019", DATE_ORDER_NONE, NULL },
		{ "2019", DATE_ORDER_NONE, NULL }, { "04/2019", DATE_ORDER_NONE, NULL },
		{ "43521", DATE_ORDER_NONE, NULL }, { "", DATE_ORDER_NONE, NULL },
		{ "4/25/2019 x", DATE_ORDER_NONE, NULL }, { "30/02/2019", DATE_ORDER_NONE, "02/30/2019" },
		{ "4/25/201", DATE_ORDER_NONE, NULL }, { "4/25", DATE_ORDER_NONE, NULL },
	};
	char swapped[32];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (date_order_of(rows[i].words) != rows[i].order)
			fail_msg("'%s' proves %d", rows[i].words, date_order_of(rows[i].words));
		if (date_swap(rows[i].words, swapped, sizeof swapped) != (rows[i].swapped != NULL))
			fail_msg("'%s'", rows[i].words);
		if (rows[i].swapped != NULL)
			assert_string_equal(swapped, rows[i].swapped);
	}
	assert_true(date_swap("4/25/19", swapped, sizeof "4/25/19"));
	assert_false(date_swap("4/25/19", swapped, sizeof "4/25/19" - 1));
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
		"31 JANUARY 2024", "2024/1/31", "2024 jan 31", "31/1/24", "31.01.24", "31 1 24", "31-jan-24", "31Jan24",
		"31st January 2024", "31st of January, 2024", "31stJan2024", "31 Jan. 2024", "31 - 01 - 2024",
		"Wed 31 Jan 2024", "Wednesday, 31/01/24", "45322", "45322.5", "45322.0", "31/01/2024 00:00",
		"31/01/2024 9:05", "31/01/2024 12:30:45", "31/01/2024 11:59 pm", "31/01/2024 1:00PM",
		"2024-01-31T12:30:00Z", "2024-01-31T12:30:00.123+01:00", "2024-01-31t12:30", "2024-01-31 00:00:00",
		"2024-01-31 12:30:00+0100", "31 Jan 2024, 12:30", "31-Jan-24 00:00",
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
		"30/02/19", "29/02/23", "31/13/19", "0/1/19", "1/1/119", "1/1/1", "31 Jan 224", "Jan 24", "24 Jan",
		"31 01", "2024-01-31T25:00", "2024-01-31 24:00", "2024-01-31 12:60", "2024-01-31 12:30:60",
		"2024-01-31 13:00 pm", "2024-01-31 0:30 am", "2024-01-31 1:2", "2024-01-31 12", "2024-01-3112:30",
		"2024-01-31 12:30 x", "2024-01-31 12:30:", "2024-01-31T12:30:00Zx", "12:30", "Tue 31 Jan 2024",
		"Mo 31 Jan 2024", "Wed", "Wed 2024", "Wednesdays 31 Jan 2024", "19999", "73051", "4532", "453220",
		"45322.", "45322.x", "45322,5", "-45322", "31st", "31xx Jan 2024", "Q3 2024", "31/01/2024Z",
		"31,01,2024", "of 31 Jan 2024", "31 Jan 2024 of", "31/Jan", "31 01 Jan 2024", "1899-12-31 00:00",
		"31/12/1899", "1/1/2200", "32/1/19", "31 Jan 24 Feb",
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
		{ "2019", 2019, 0 }, { "2019-04", 2019, 4 }, { "04/2019", 2019, 4 }, { "4/2019", 2019, 4 },
		{ "Apr 2019", 2019, 4 }, { "april-2019", 2019, 4 }, { "Apr-19", 2019, 4 }, { "2019 April", 2019, 4 },
		{ "Apr. 2019", 2019, 4 }, { "Apr2019", 2019, 4 }, { "Q3 2019", 2019, 0 }, { "2019 Q3", 2019, 0 },
		{ "q1-2019", 2019, 0 }, { "2019-Q4", 2019, 0 }, { "2019Q2", 2019, 0 },
	};
	static const char *const wrong[] = { "19",      "2019-13",      "2019-00",    "13/2019",        "4/5",
					     "1899",    "2200",         "2019-2020",  "0000",           "201900",
					     "Apr 19",  "Apr19",        "2019.10",    "2019.5",         "19-Apr",
					     "Apr-1",   "04-19",        "Q5 2019",    "Q0 2019",        "Q3",
					     "Q3 19",   "Q32019",       "Q3 2019/20", "2019 Q3 x",      "Q3 1899",
					     "Apr",     "Mon Apr 2019", "2019 12:30", "Apr 2019 12:30", "Mon 2019",
					     "Apr-2200" };
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
quarters_and_numbers_of_days_are_known_for_what_they_are(void **state)
{
	(void)state;
	assert_true(date_is_quarter("Q3 2024"));
	assert_true(date_is_quarter("2024-q1"));
	assert_false(date_is_quarter("2024"));
	assert_false(date_is_quarter("Q5 2024"));
	assert_false(date_is_quarter("Q1 2500"));
	assert_false(date_is_quarter("Q"));
	assert_false(date_is_quarter(""));
	assert_true(date_is_serial("20000"));
	assert_true(date_is_serial("73050"));
	assert_true(date_is_serial("43521.5"));
	assert_false(date_is_serial("19999"));
	assert_false(date_is_serial("73051"));
	assert_false(date_is_serial("2019"));
	assert_false(date_is_serial("20190403"));
	assert_false(date_is_serial(""));
}

static void
two_digits_of_a_year_turn_at_seventy(void **state)
{
	(void)state;
	assert_reads("1/2/00", 2000, 2, 1);
	assert_reads("1/2/69", 2069, 2, 1);
	assert_reads("1/2/70", 1970, 2, 1);
	assert_reads("1-Feb-99", 1999, 2, 1);
	assert_reads("29/02/00", 2000, 2, 29);
	assert_reads("24-01-31", 2031, 1, 24);
}

static void
dates_are_put_in_words(void **state)
{
	static const struct { struct date date; const char *words, *text; } rows[] = {
		{ { 2024, 1, 31 }, "31 January 2024", "2024-01-31" }, { { 2024, 9, 0 }, "September 2024", "2024-09" },
		{ { 2024, 0, 0 }, "2024", "2024" }, { { 0, 0, 0 }, "", "" },
		{ { 2024, 9, 30 }, "30 September 2024", "2024-09-30" },
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
		{ "1970-01-01T00:00:00Z", 0 }, { "2024-02-29T23:59:59Z", 1709251199 },
		{ "2026-11-21T12:30:00Z", 1795264200 }, { "1969-12-31T23:59:59Z", -1 },
		{ "1900-01-01T00:00:00Z", -2208988800 },
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
		"2026-11-21T00:00:00", "2026-11-21T00:00:00Zx", "2026-11-21T", "2026-11-21 00:00:00Z",
		"2026-11-21T00:00Z",
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
		cmocka_unit_test(every_day_is_read_in_every_spelling),
		cmocka_unit_test(every_day_proves_its_order_or_nothing),
		cmocka_unit_test(the_order_is_told_of_days_in_figures_only),
		cmocka_unit_test(quarters_and_numbers_of_days_are_known_for_what_they_are),
		cmocka_unit_test(two_digits_of_a_year_turn_at_seventy),
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
