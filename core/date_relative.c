/* SPDX-License-Identifier: MIT */
/* Days as people name them from today: "in 3 weeks", "end of next month", "next Friday". */
#include "core/date.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_SIZE = 64, NUMBER_MAX = 9999, FIRST_MONTH_OF_MONEY = 4 };
enum { DAYS_OF_WEEK = 7, WEEKDAY_OF_1970 = 3 };

/* Words that say nothing more: "in 3 weeks", "the end of the month", "2 days from now". */
static bool
is_filler(const char *word, size_t size)
{
	static const char *const fillers[] = { "in", "the", "of", "from", "now", "this", "on" };

	for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++)
		if (strlen(fillers[i]) == size && strncmp(fillers[i], word, size) == 0)
			return true;
	return false;
}

/* Small letters, one blank between words, and no fillers; false when it is too long to be a day. */
static bool
tidy(const char *words, char tidied[WORDS_SIZE])
{
	size_t length = 0, start = 0;

	for (;; words++) {
		bool ends = *words == '\0' || *words == ' ';

		if (ends && is_filler(tidied + start, length - start))
			length = start;
		if (ends && length > start)
			tidied[length++] = ' ';
		if (ends)
			start = length;
		if (*words == '\0')
			break;
		if (length + 2 >= WORDS_SIZE)
			return false;
		if (!ends)
			tidied[length++] = (char)tolower((unsigned char)*words);
	}
	tidied[length > 0 ? length - 1 : 0] = '\0';
	return length > 0;
}

/* Goes past the word and the blank behind it. */
static bool
take(const char **words, const char *word)
{
	size_t size = strlen(word);

	if (strncmp(*words, word, size) != 0 || ((*words)[size] != ' ' && (*words)[size] != '\0'))
		return false;
	*words += size + ((*words)[size] == ' ');
	return true;
}

/* 1 for "next", -1 for "last", else 0. */
static int
take_step(const char **words)
{
	return take(words, "next") ? 1 : take(words, "last") ? -1 : 0;
}

static bool
parse_named(const char *words, struct date today, struct date *date)
{
	static const struct { const char *word; int days; } names[] = {
		{ "today", 0 }, { "tomorrow", 1 }, { "yesterday", -1 },
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(words, names[i].word) == 0) {
			*date = date_from_days(date_days(today) + names[i].days);
			return true;
		}
	return false;
}

/* The last day of the month so many months on. */
static struct date
end_of_month(struct date today, int months)
{
	struct date first = { today.year, today.month, 1 };

	return date_from_days(date_days(date_add_months(first, months + 1)) - 1);
}

/* "end month", "end next year", "end financial year", which ends with March. */
static bool
parse_end(const char *words, struct date today, struct date *date)
{
	int step;

	if (!take(&words, "end"))
		return false;
	step = take_step(&words);
	if (strcmp(words, "month") == 0)
		*date = end_of_month(today, step);
	else if (strcmp(words, "year") == 0)
		*date = end_of_month(today, DATE_MONTHS * step + DATE_MONTHS - today.month);
	else if (strcmp(words, "financial year") == 0)
		*date = end_of_month(today,
				     DATE_MONTHS * (step + (today.month >= FIRST_MONTH_OF_MONEY)) +
					     FIRST_MONTH_OF_MONEY - 1 - today.month);
	else
		return false;
	return true;
}

/* The days of a unit, or its months below zero; 0 for no unit. */
static int
unit_of(const char *word)
{
	static const struct { const char *letter, *one, *many; int days; } units[] = {
		{ "d", "day", "days", 1 }, { "w", "week", "weeks", DAYS_OF_WEEK },
		{ "m", "month", "months", -1 }, { "y", "year", "years", -DATE_MONTHS },
	};

	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
		if (strcmp(word, units[i].letter) == 0 || strcmp(word, units[i].one) == 0 ||
		    strcmp(word, units[i].many) == 0)
			return units[i].days;
	return 0;
}

/* So many units on, or back; months keep to the end of a shorter one. */
static bool
go(struct date today, long number, int unit, struct date *date)
{
	long months, year;

	if (unit == 0 || number < -NUMBER_MAX || number > NUMBER_MAX)
		return false;
	months = number * -unit;
	year = (today.year * (long)DATE_MONTHS + today.month - 1 + months) / DATE_MONTHS;
	if (unit < 0 && (year < DATE_YEAR_MIN || year > DATE_YEAR_MAX))
		return false;
	*date = unit > 0 ? date_from_days(date_days(today) + number * unit)
			 : date_add_months(today, (int)months);
	return true;
}

/* "+90d", "3 weeks", "2 months ago". */
static bool
parse_count(const char *words, struct date today, struct date *date)
{
	char *unit, *ago;
	long number = strtol(words, &unit, 10);
	bool past;

	if (unit == words || *words == ' ')
		return false;
	unit += *unit == ' ';
	ago = strchr(unit, ' ');
	past = ago != NULL && strcmp(ago, " ago") == 0 && isdigit((unsigned char)*words);
	if (past)
		*ago = '\0';
	return go(today, past ? -number : number, unit_of(unit), date);
}

/* "friday" and "next friday" are the first one after today, "last friday" the one before. */
static bool
parse_weekday(const char *words, struct date today, struct date *date)
{
	static const char *const names[DAYS_OF_WEEK] = {
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	};
	int step = take_step(&words),
	    now = (int)(((date_days(today) + WEEKDAY_OF_1970) % DAYS_OF_WEEK + DAYS_OF_WEEK) %
			DAYS_OF_WEEK);

	for (int i = 0; i < DAYS_OF_WEEK; i++) {
		int days = (i - now + DAYS_OF_WEEK) % DAYS_OF_WEEK;

		if (strcmp(words, names[i]) != 0)
			continue;
		days = step < 0 ? days - DAYS_OF_WEEK : days == 0 ? DAYS_OF_WEEK : days;
		*date = date_from_days(date_days(today) + days);
		return true;
	}
	return step != 0 && strlen(words) > 1 && go(today, step, unit_of(words), date);
}

bool
date_parse_relative(const char *words, struct date today, struct date *date)
{
	char tidied[WORDS_SIZE];
	struct date found;

	if (!tidy(words, tidied) ||
	    !(parse_named(tidied, today, &found) || parse_end(tidied, today, &found) ||
	      parse_count(tidied, today, &found) || parse_weekday(tidied, today, &found)) ||
	    found.year < DATE_YEAR_MIN || found.year > DATE_YEAR_MAX)
		return false;
	*date = found;
	return true;
}
