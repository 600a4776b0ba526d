/* SPDX-License-Identifier: MIT */
#ifndef CORE_DATE_H
#define CORE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A calendar day.  Year 0 means "no date"; month 0 or day 0 that only the year,
 * or the year and month, are known, which some fields allow.
 */
struct date {
	short year;		/* DATE_YEAR_MIN to DATE_YEAR_MAX */
	signed char month;
	signed char day;
};

/* Outside these years a date in an estate is a slip of the keyboard. */
enum { DATE_YEAR_MIN = 1900, DATE_YEAR_MAX = 2199 };

#define DATE_TEXT_SIZE sizeof "2024-01-31"
#define DATE_WORDS_SIZE sizeof "30 September 2024"

enum { DATE_MONTHS = 12 };
extern const char *const date_month_names[DATE_MONTHS];	/* January first */

/*
 * Reads a day as people and spreadsheets write it, day before month always:
 *   2024-01-31, 2024/1/31, 2024 Jan 31
 *   31/01/2024, 31-1-2024, 31.01.24, 31 1 24
 *   31 Jan 2024, 31-January-24, 31st of January, 2024, 31Jan2024
 *   Wed 31 January 2024 (the weekday must be the right one)
 *   45322, 45322.5: a spreadsheet's number of the day, see date_is_serial()
 * with or without a time of day behind it (00:00, 12:30:45, T12:30:00Z, 3:05 pm), which is left
 * out: the day is the one that is written.  Two digits of a year are 2000 to 2069 or 1970 to 1999.
 * With `partial` also, without the rest:
 *   2024; 2024-01, 01/2024, Jan 2024, Jan-24 (with the dash: "Jan 24" may be a day); Q3 2024, which
 *   is kept as its year
 * False when it is no day of the calendar, or not of the years above.
 */
bool date_parse(const char *text, bool partial, struct date *date);

/* Reads exactly 2024-01-31 and does not look at what stands behind it. */
bool date_parse_iso(const char *text, struct date *date);

/*
 * The date of these numbers; day 0, or month and day 0, for what is not known. False when there is
 * no such date.
 */
bool date_make(int year, int month, int day, struct date *date);

/* Whether it is a quarter, Q3 2024 or 2024-Q3: no month, so a partial date keeps only its year. */
bool date_is_quarter(const char *text);

/*
 * Whether it is a day as a spreadsheet counts them: 20000 (3 October 1954) to 73050 (the end of
 * 2099), also 43521.5.
 */
bool date_is_serial(const char *text);

/*
 * Which of day and month comes first in words such as 03/04/2019, 3.4.19 or Wed 03/04/2019 12:30.
 * DATE_ORDER_NONE: the words are no such date, or it is the same day either way (05/05/2019), or a
 * month is written out, or the year comes first.
 */
enum date_order {
	DATE_ORDER_NONE,
	DATE_ORDER_EITHER,	/* 03/04/2019: nothing tells */
	DATE_ORDER_DAY,		/* 25/04/2019 */
	DATE_ORDER_MONTH,	/* 04/25/2019 */
};
enum date_order date_order_of(const char *text);

/*
 * Exchanges the first two numbers of words such as 04/25/2019: 25/04/2019, for a column with the
 * month first.  What stands before and behind stays.  So 25/04/2019 becomes 04/25/2019, which
 * date_parse() refuses, as it should in such a column.  False, and nothing to exchange, for every
 * other spelling (2019-04-25, 25 Apr 2019), or when it does not fit.
 */
bool date_swap(const char *text, char *swapped, size_t size);

/* ISO 8601: 2024-01-31, 2024-01, 2024, or "" for no date. */
void date_format(struct date date, char text[DATE_TEXT_SIZE]);

/* For reading: 31 January 2024, January 2024, 2024, or "". */
void date_words(struct date date, char text[DATE_WORDS_SIZE]);

/* Days since 1 January 1970; for a partial date its first day. */
int64_t date_days(struct date date);
struct date date_from_days(int64_t days);

/* The day in UTC of an instant in seconds since 1970. */
struct date date_from_instant(int64_t seconds);

/* Seconds since 1970 from 2024-01-31 or 2024-01-31T12:30:00Z; false when it is neither. */
bool date_parse_instant(const char *text, int64_t *seconds);

/* 2024-01-31T12:30:00Z */
#define DATE_INSTANT_SIZE sizeof "2024-01-31T12:30:00Z"
void date_format_instant(int64_t seconds, char text[DATE_INSTANT_SIZE]);

/*
 * A span from today, as people write one: 90d, 6w, 3m, 1y; `days` is its length in days from
 * `today`. False when it is not a span, or ends outside the years that a date may have.
 */
bool date_parse_span(const char *text, struct date today, int64_t *days);

/*
 * A day as people name it from today, in any case: such a span, also with a sign before or words
 * behind it (+90d, 3 weeks, in 2 months, 10 days ago); today, tomorrow, yesterday; end of month,
 * end of next month, end of year, end of financial year (31 March); next week, last month; Friday,
 * next Friday, last Friday (the first after today, the last before).  Files never mean a day by
 * such words.  False for anything else, dates written out among it, and outside a date's years.
 */
bool date_parse_relative(const char *words, struct date today, struct date *date);

struct date date_add_months(struct date date, int months);

static inline bool
date_is_set(struct date date)
{
	return date.year != 0;
}

#endif
