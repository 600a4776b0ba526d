/* SPDX-License-Identifier: MIT */
/* Days as people name them from today. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/date.h"

static const struct date today = { 2026, 11, 21 };

static void
assert_same_date(struct date date, int year, int month, int day)
{
	assert_int_equal(date.year, year);
	assert_int_equal(date.month, month);
	assert_int_equal(date.day, day);
}

static void
assert_relative(struct date from, const char *words, int year, int month, int day)
{
	struct date date = { 0 };

	if (!date_parse_relative(words, from, &date))
		fail_msg("'%s' is no day from today", words);
	assert_same_date(date, year, month, day);
}

static void
a_day_may_be_named_from_today(void **state)
{
	(void)state;
	assert_relative(today, "today", 2026, 11, 21);
	assert_relative(today, "Tomorrow", 2026, 11, 22);
	assert_relative(today, " yesterday ", 2026, 11, 20);
	assert_relative(today, "90d", 2027, 2, 19);
	assert_relative(today, "+90d", 2027, 2, 19);
	assert_relative(today, "-30d", 2026, 10, 22);
	assert_relative(today, "6w", 2027, 1, 2);
	assert_relative(today, "3M", 2027, 2, 21);
	assert_relative(today, "in 3 weeks", 2026, 12, 12);
	assert_relative(today, "2 months from now", 2027, 1, 21);
	assert_relative(today, "1 year ago", 2025, 11, 21);
	assert_relative(today, "10 days  ago", 2026, 11, 11);
	assert_relative(today, "next week", 2026, 11, 28);
	assert_relative(today, "last month", 2026, 10, 21);
	assert_relative(today, "in the next year", 2027, 11, 21);
}

/* The 21st of November 2026 is a Saturday. */
static void
weekdays_are_the_next_ones(void **state)
{
	(void)state;
	assert_relative(today, "Friday", 2026, 11, 27);
	assert_relative(today, "next friday", 2026, 11, 27);
	assert_relative(today, "on sunday", 2026, 11, 22);
	assert_relative(today, "saturday", 2026, 11, 28);
	assert_relative(today, "last saturday", 2026, 11, 14);
	assert_relative(today, "last monday", 2026, 11, 16);
}

static void
ends_of_months_and_years_are_their_last_days(void **state)
{
	(void)state;
	assert_relative(today, "end of month", 2026, 11, 30);
	assert_relative(today, "the end of this month", 2026, 11, 30);
	assert_relative(today, "end of next month", 2026, 12, 31);
	assert_relative(today, "end of last month", 2026, 10, 31);
	assert_relative(today, "end of year", 2026, 12, 31);
	assert_relative(today, "end of next year", 2027, 12, 31);
	assert_relative(today, "end of the financial year", 2027, 3, 31);
	assert_relative(today, "end of last financial year", 2026, 3, 31);
	assert_relative((struct date){ 2027, 3, 31 }, "end of financial year", 2027, 3, 31);
	assert_relative((struct date){ 2027, 4, 1 }, "end of financial year", 2028, 3, 31);
	assert_relative((struct date){ 2024, 1, 31 }, "end of next month", 2024, 2, 29);
	assert_relative((struct date){ 2023, 1, 31 }, "end of next month", 2023, 2, 28);
	assert_relative((struct date){ 2024, 12, 31 }, "end of next month", 2025, 1, 31);
	assert_relative((struct date){ 2024, 2, 29 }, "1y", 2025, 2, 28);
	assert_relative((struct date){ 2024, 1, 31 }, "in 1 month", 2024, 2, 29);
}

static void
what_names_no_day_from_today_is_refused(void **state)
{
	static const char *const words[] = {
		"", " ", "in", "the", "next", "last", "end", "end of", "end of week", "end of the world", "90", "90 x",
		"d", "in d", "next d", "x 90d", "90d x", "-3 days ago", "+ 90d", "today today", "2024-01-31",
		"31/01/2024", "31 Jan 2024", "1.5y", "--1d", "10000d", "9999y", "-9999m", "200y", "9999w",
		"9999999999999999999999d", "99999999999999999999y", "99999999999999999999 months ago",
		"-99999999999999999999w", "fri", "2 fridays", "1 day ago ago",
		"a very long line of words that is surely none of the days that there are from today on",
	};
	struct date date = { 1, 2, 3 };

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (date_parse_relative(words[i], today, &date))
			fail_msg("'%s' names a day", words[i]);
	assert_same_date(date, 1, 2, 3);
}

/* From every day of 1990 to 2030: by counting on day by day. */
static void
days_from_every_today_are_those_of_the_calendar(void **state)
{
	(void)state;
	for (int64_t day = date_days((struct date){ 1990, 1, 1 }); day < date_days((struct date){ 2031, 1, 1 });
	     day++) {
		struct date from = date_from_days(day), end = from, date = { 0 }, monday = { 0 };
		int64_t next = day;

		while (date_from_days(next + 1).month == from.month)
			next++;
		end = date_from_days(next);
		assert_relative(from, "end of month", end.year, end.month, end.day);
		end = date_from_days(next + 1);
		assert_true(date_parse_relative("end of next month", from, &date));
		assert_int_equal(date.month, end.month);
		assert_int_not_equal(date_from_days(date_days(date) + 1).month, end.month);
		assert_true(date_parse_relative("monday", from, &monday));
		assert_in_range(date_days(monday) - day, 1, 7);
		assert_int_equal((date_days(monday) + 3) % 7, 0);
		assert_true(date_parse_relative("+13w", from, &date));
		assert_int_equal(date_days(date), day + 91);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_may_be_named_from_today),
		cmocka_unit_test(weekdays_are_the_next_ones),
		cmocka_unit_test(ends_of_months_and_years_are_their_last_days),
		cmocka_unit_test(what_names_no_day_from_today_is_refused),
		cmocka_unit_test(days_from_every_today_are_those_of_the_calendar),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
