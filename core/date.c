/* SPDX-License-Identifier: MIT */
#include "core/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const date_month_names[DATE_MONTHS] = {
	"January", "February", "March", "April", "May", "June", "July", "August",
	"September", "October", "November", "December",
};

enum { MONTHS = DATE_MONTHS, SECONDS_PER_DAY = 24 * 60 * 60 };
enum { DAYS_NONE = -1000000 };	/* before every date that there is */

static int
days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

bool
date_make(int year, int month, int day, struct date *date)
{
	if (year < DATE_YEAR_MIN || year > DATE_YEAR_MAX || month > MONTHS)
		return false;
	if (month == 0 ? day != 0 : day > days_in_month(year, month))
		return false;
	*date = (struct date){ (short)year, (signed char)month, (signed char)day };
	return true;
}

bool
date_parse_iso(const char *text, struct date *date)
{
	for (int i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? text[i] != '-' : (unsigned)text[i] - '0' > 9)
			return false;
	if ((text[5] == '0' && text[6] == '0') || (text[8] == '0' && text[9] == '0'))
		return false;
	return date_make((text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 +
				 text[3] - '0',
			 (text[5] - '0') * 10 + text[6] - '0', (text[8] - '0') * 10 + text[9] - '0',
			 date);
}

void
date_format(struct date date, char text[DATE_TEXT_SIZE])
{
	static const int divisors[] = { 1000, 100, 10, 1 };
	char *end = text;

	if (date_is_set(date))
		for (int i = 0; i < 4; i++)
			*end++ = (char)('0' + date.year / divisors[i] % 10);
	if (date.month > 0) {
		*end++ = '-';
		*end++ = (char)('0' + date.month / 10);
		*end++ = (char)('0' + date.month % 10);
	}
	if (date.day > 0) {
		*end++ = '-';
		*end++ = (char)('0' + date.day / 10);
		*end++ = (char)('0' + date.day % 10);
	}
	*end = '\0';
}

void
date_words(struct date date, char text[DATE_WORDS_SIZE])
{
	*text = '\0';
	if (date.day > 0)
		snprintf(text, DATE_WORDS_SIZE, "%d %s %d", date.day,
			 date_month_names[date.month - 1], date.year);
	else if (date.month > 0)
		snprintf(text, DATE_WORDS_SIZE, "%s %d", date_month_names[date.month - 1],
			 date.year);
	else if (date_is_set(date))
		snprintf(text, DATE_WORDS_SIZE, "%d", date.year);
}

/* Both by the civil calendar arithmetic that counts years from March. */
int64_t
date_days(struct date date)
{
	int month = date.month > 0 ? date.month : 1, day = date.day > 0 ? date.day : 1;
	int64_t year = date.year - (month <= 2);
	int64_t era = year / 400, of_era = year % 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct date
date_from_days(int64_t days)
{
	int64_t shifted = days + 719468, era = shifted / 146097, of_era = shifted % 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t shifted_month = (5 * of_year + 2) / 153;
	int64_t day = of_year - (153 * shifted_month + 2) / 5 + 1;
	int64_t month = shifted_month + (shifted_month < 10 ? 3 : -9);

	return (struct date){ (short)(year + era * 400 + (month <= 2)), (signed char)month,
			      (signed char)day };
}

struct date
date_from_instant(int64_t seconds)
{
	return date_from_days(seconds / SECONDS_PER_DAY - (seconds % SECONDS_PER_DAY < 0));
}

bool
date_parse_instant(const char *text, int64_t *seconds)
{
	char day[DATE_TEXT_SIZE];
	struct date date;
	int hour = 0, minute = 0, second = 0, end = 0;

	snprintf(day, sizeof day, "%s", text);
	if (!date_parse_iso(day, &date))
		return false;
	text += strlen(day);
	if (*text != '\0' && (sscanf(text, "T%2d:%2d:%2dZ%n", &hour, &minute, &second, &end) != 3 ||
			      text[end] != '\0' || hour > 23 || minute > 59 || second > 59 ||
			      hour < 0 || minute < 0 || second < 0))
		return false;
	*seconds = date_days(date) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
	return true;
}

void
date_format_instant(int64_t seconds, char text[DATE_INSTANT_SIZE])
{
	unsigned of_day = (unsigned)((seconds % SECONDS_PER_DAY + SECONDS_PER_DAY) %
				     SECONDS_PER_DAY);
	char day[DATE_TEXT_SIZE];

	date_format(date_from_instant(seconds), day);
	snprintf(text, DATE_INSTANT_SIZE, "%sT%02u:%02u:%02uZ", day, of_day / 3600 % 24,
		 of_day / 60 % 60, of_day % 60);
}

struct date
date_add_months(struct date date, int months)
{
	int month = date.year * MONTHS + date.month - 1 + months;
	int last;

	date.year = (short)(month / MONTHS);
	date.month = (signed char)(month % MONTHS + 1);
	last = days_in_month(date.year, date.month);
	if (date.day > last)
		date.day = (signed char)last;
	return date;
}

/* The days from today to the same day so many months on; DAYS_NONE when no date has that year. */
static int64_t
days_of_months(struct date today, long months)
{
	long year = (today.year * (long)MONTHS + today.month - 1 + months) / MONTHS;

	if (year < DATE_YEAR_MIN || year > DATE_YEAR_MAX)
		return DAYS_NONE;
	return date_days(date_add_months(today, (int)months)) - date_days(today);
}

bool
date_parse_span(const char *text, struct date today, int64_t *days)
{
	char *unit;
	long number = strtol(text, &unit, 10);
	struct date date;

	if (unit == text || number < -9999 || number > 9999 || unit[0] == '\0' || unit[1] != '\0' ||
	    strchr("dwmy", *unit) == NULL)
		return false;
	if (*unit == 'd' || *unit == 'w')
		*days = *unit == 'd' ? number : number * 7;
	else
		*days = days_of_months(today, *unit == 'y' ? number * MONTHS : number);
	date = date_from_days(date_days(today) + *days);
	return *days != DAYS_NONE && date.year >= DATE_YEAR_MIN && date.year <= DATE_YEAR_MAX;
}
