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

/*
 * Reads 2024-01-31, 31/01/2024 (also with - or .), 31 Jan 2024, 31-January-2024; day before month
 * always. With `partial` also 2024, 2024-01, 01/2024 and Jan 2024. False when it is no day of the calendar.
 */
bool date_parse(const char *text, bool partial, struct date *date);

/*
 * Which of day and month comes first in words such as 03/04/2019.  DATE_ORDER_NONE: the words are no such date, or it is
 * the same day either way (05/05/2019), or a month is written out, or the year comes first.
 */
enum date_order {
	DATE_ORDER_NONE,
	DATE_ORDER_EITHER,	/* 03/04/2019: nothing tells */
	DATE_ORDER_DAY,		/* 25/04/2019 */
	DATE_ORDER_MONTH,	/* 04/25/2019 */
};
enum date_order date_order_of(const char *text);

/* Writes the date of 04/25/2019, month first, day first: 25/04/2019. False when it is no such date, or does not fit. */
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
 * A span from today, as people write one: 90d, 6w, 3m, 1y; `days` is its length in days from `today`.
 * False when it is not a span, or ends outside the years that a date may have.
 */
bool date_parse_span(const char *text, struct date today, int64_t *days);

struct date date_add_months(struct date date, int months);

static inline bool
date_is_set(struct date date)
{
	return date.year != 0;
}

#endif
