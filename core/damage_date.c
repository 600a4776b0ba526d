/* SPDX-License-Identifier: MIT */
#include "core/damage_date.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/date.h"

enum { PARTS_MAX = 3 };

/* A part of a code: a number, or the name of a month. */
struct part {
	int number;
	bool named;
};

/* A number of so many digits or fewer, or -1. */
static int
read_digits(const char **text, int most)
{
	int number = 0, size = 0;

	while (size < most && isdigit((unsigned char)(*text)[size]))
		number = number * 10 + (*text)[size++] - '0';
	*text += size;
	return size > 0 && !isdigit((unsigned char)**text) ? number : -1;
}

/* Mar, with a capital and small letters; Sept is what newer systems write in Britain. */
static int
read_month(const char **text)
{
	for (int month = 1; month <= DATE_MONTHS; month++)
		if (strncmp(*text, date_month_names[month - 1], 3) == 0) {
			*text += month == 9 && (*text)[3] == 't' ? 4 : 3;
			return month;
		}
	return 0;
}

/* Mar-12, which is a month of a year. */
static bool
read_month_year(const char *words, struct damage_date *date)
{
	date->month = read_month(&words);
	return date->month > 0 && *words++ == '-' && isdigit((unsigned char)words[0]) &&
	       (date->year = read_digits(&words, 2)) >= 0 && isdigit((unsigned char)words[-2]) &&
	       *words == '\0';
}

/* 12-Mar or 12-Mar-12 */
static bool
read_day_month(const char *words, struct damage_date *date)
{
	date->day = read_digits(&words, 2);
	if (date->day < 1 || date->day > 31 || *words++ != '-' ||
	    (date->month = read_month(&words)) == 0)
		return false;
	if (*words == '\0')
		return true;
	if (*words++ != '-' || !isdigit((unsigned char)words[0]) ||
	    !isdigit((unsigned char)words[1]))
		return false;
	date->year = read_digits(&words, 2);
	return *words == '\0';
}

/* 2012-03-01, at midnight or without a time of day. */
static bool
read_iso(const char *words, struct damage_date *date)
{
	struct date day;

	if (!date_parse_iso(words, &day))
		return false;
	words += DATE_TEXT_SIZE - 1;
	*date = (struct damage_date){ day.day, day.month, day.year % 100, false };
	return *words == '\0' || strcmp(words, " 00:00:00") == 0 || strcmp(words, "T00:00:00") == 0;
}

/* 01/03/2012: nobody can tell whether the day or the month comes first. */
static bool
read_strokes(const char *words, struct damage_date *date)
{
	int first = read_digits(&words, 2), second, year;
	struct date day;

	if (first < 1 || *words++ != '/')
		return false;
	second = read_digits(&words, 2);
	if (second < 1 || *words++ != '/')
		return false;
	year = read_digits(&words, 4);
	if (*words != '\0' ||
	    (!date_make(year, second, first, &day) && !date_make(year, first, second, &day)))
		return false;
	*date = (struct damage_date){ day.day, day.month, day.year % 100, true };
	return true;
}

bool
damage_date_read(const char *words, struct damage_date *date)
{
	*date = (struct damage_date){ .year = -1 };
	if (!isdigit((unsigned char)*words))
		return read_month_year(words, date);
	if (isdigit((unsigned char)words[1]) && isdigit((unsigned char)words[2]))
		return read_iso(words, date);
	if (words[1] == '-' || (words[1] != '\0' && words[2] == '-'))
		return read_day_month(words, date);
	return read_strokes(words, date);
}

/* Cuts MAR12, 12-3 or 1/3/12; 0 when it is no such code. */
static int
cut(const char *code, struct part parts[PARTS_MAX])
{
	int count = 0;

	while (*code != '\0') {
		struct part *part = &parts[count];
		size_t letters = 0;

		if (count++ == PARTS_MAX)
			return 0;
		while (isalpha((unsigned char)code[letters]))
			letters++;
		*part = (struct part){ .named = letters > 0 };
		for (int month = 1; letters >= 3 && month <= DATE_MONTHS; month++)
			if (strncasecmp(code, date_month_names[month - 1], letters) == 0)
				part->number = month;
		code += letters;
		if (!part->named)
			part->number = read_digits(&code, 4);
		if (part->number < (part->named ? 1 : 0))
			return 0;
		if (*code != '\0' && strchr("-/. ", *code) != NULL)
			code++;
	}
	return count;
}

static bool
is_day(const struct damage_date *date, const struct part *part)
{
	return !part->named && part->number == date->day;
}

static bool
is_year(const struct damage_date *date, const struct part *part)
{
	return !part->named && date->year >= 0 && part->number % 100 == date->year;
}

/* A day and month of the year it then was, or a month of a year, which is its first day. */
static bool
fits_two(const struct damage_date *date, const struct part *month, const struct part *other)
{
	if (month->number != date->month)
		return false;
	return is_day(date, other) || (date->day <= 1 && is_year(date, other));
}

static bool
fits_three(const struct damage_date *date, const struct part parts[PARTS_MAX])
{
	const struct part *a = &parts[0], *b = &parts[1], *c = &parts[2];

	return (is_day(date, a) && b->number == date->month && is_year(date, c)) ||
	       (a->number == date->month && is_day(date, b) && is_year(date, c)) ||
	       (is_year(date, a) && b->number == date->month && is_day(date, c));
}

bool
damage_date_fits(const struct damage_date *date, const char *code)
{
	struct damage_date other = { date->month, date->day, date->year, false };
	struct part parts[PARTS_MAX];
	int count = cut(code, parts);

	if (date->swapped && damage_date_fits(&other, code))
		return true;
	if (count == 2)
		return fits_two(date, &parts[0], &parts[1]) || fits_two(date, &parts[1], &parts[0]);
	return count == PARTS_MAX && fits_three(date, parts);
}
