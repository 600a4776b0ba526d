/* SPDX-License-Identifier: MIT */
/*
 * How people and spreadsheets write a day.  Nearly every cell says 2024-01-31 or 31/01/2024: these
 * are read first, digit by digit.  Everything else is cut into at most three parts, which are
 * numbers or names of months.
 */
#include "core/date.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { PARTS_MAX = 3, CENTURY_TURNS = 70, SERIAL_OF_1970 = 25569, WEEKDAY_OF_1970 = 3 };
enum { SERIAL_DIGITS = 5, SERIAL_MIN = 20000, SERIAL_MAX = 73050 };

/* Three numbers, the year last, and what stands behind them: 31/01/2024 12:30. */
struct figures {
	int first, second, year;
	size_t first_size, second_size;
	const char *rest;
};

/* A part of a date: a number of up to four digits, or letters, whose number is 0. */
struct part {
	const char *at;
	size_t size;
	int number;
};

static bool
is_digit(char character)
{
	return character >= '0' && character <= '9';
}

/* The digits that the text begins with, or 0 when there are none or more than `most`. */
static size_t
read_number(const char *text, size_t most, int *number)
{
	size_t size = 0;

	*number = 0;
	while (size < most && is_digit(text[size]))
		*number = *number * 10 + text[size++] - '0';
	return is_digit(text[size]) ? 0 : size;
}

static bool
is_separator(char character)
{
	return character == '/' || character == '-' || character == '.' || character == ' ';
}

static int
whole_year(int year, size_t digits)
{
	if (digits != 2)
		return year;
	return year < CENTURY_TURNS ? 2000 + year : 1900 + year;
}

static bool
read_figures(const char *text, struct figures *figures)
{
	size_t year_size;

	figures->first_size = read_number(text, 2, &figures->first);
	text += figures->first_size;
	if (figures->first_size == 0 || !is_separator(*text++))
		return false;
	figures->second_size = read_number(text, 2, &figures->second);
	text += figures->second_size;
	if (figures->second_size == 0 || !is_separator(*text++))
		return false;
	year_size = read_number(text, 4, &figures->year);
	figures->year = whole_year(figures->year, year_size);
	figures->rest = text + year_size;
	return year_size == 4 || year_size == 2;
}

static bool
make_day(int year, int month, int day, struct date *date)
{
	return month > 0 && day > 0 && date_make(year, month, day, date);
}

/* Goes past the two digits of minutes or seconds and the colon before them. */
static bool
skip_sixtieths(const char **text)
{
	int number;

	if (**text != ':' || read_number(*text + 1, 2, &number) != 2 || number > 59)
		return false;
	*text += 3;
	return true;
}

/* Z, +01:00 or +0100, or nothing. */
static const char *
skip_zone(const char *text)
{
	if (*text == 'Z' || *text == 'z')
		return text + 1;
	if ((*text != '+' && *text != '-') || !is_digit(text[1]) || !is_digit(text[2]))
		return text;
	text += 3;
	text += *text == ':';
	return is_digit(text[0]) && is_digit(text[1]) ? text + 2 : text;
}

/* Whether nothing stands behind a day, or a time of day, which does not matter. */
static bool
ends_with_time(const char *text)
{
	bool of_twelve;
	size_t size;
	int hour;

	if (*text == '\0')
		return true;
	if (strchr("Tt ,", *text) == NULL)
		return false;
	text += 1 + strspn(text + 1, " ");
	size = read_number(text, 2, &hour);
	text += size;
	if (size == 0 || !skip_sixtieths(&text))
		return false;
	if (skip_sixtieths(&text) && *text == '.')
		text += 1 + strspn(text + 1, "0123456789");
	size = strspn(text, " ");
	of_twelve = strncasecmp(text + size, "am", 2) == 0 ||
		    strncasecmp(text + size, "pm", 2) == 0;
	text = of_twelve ? text + size + 2 : skip_zone(text);
	return *text == '\0' && (of_twelve ? hour >= 1 && hour <= 12 : hour <= 23);
}

/* The month of "4", "04", "Apr" or "april", or 0. */
static int
month_of(const struct part *part)
{
	if (part->number > 0)
		return part->size <= 2 ? part->number : 0;
	for (int month = 1; month <= DATE_MONTHS; month++)
		if (part->size >= 3 &&
		    strncasecmp(part->at, date_month_names[month - 1], part->size) == 0)
			return month;
	return 0;
}

static bool
is_year(const struct part *part)
{
	return part->number > 0 && part->size == 4;
}

/* Reads "31", "31st" or "January". A number is not 0: no part of a date is, but the year '00. */
static bool
read_part(const char **text, struct part *part)
{
	*part = (struct part){ .at = *text };
	if (is_digit(**text)) {
		part->size = read_number(*text, 4, &part->number);
		*text += part->size;
		for (const char *ordinal = "stndrdth"; part->size <= 2 && *ordinal != '\0';
		     ordinal += 2)
			if (strncasecmp(*text, ordinal, 2) == 0) {
				*text += 2;
				break;
			}
		return part->size > 0;
	}
	while (isalpha((unsigned char)part->at[part->size]))
		part->size++;
	*text += part->size;
	return part->size > 0;
}

/* Goes past blanks, one sign and blanks; "3rd of April" has a word there. */
static void
skip_gap(const char **text)
{
	*text += strspn(*text, " ");
	if (is_separator(**text) || (**text == ',' && (*text)[1] == ' '))
		++*text;
	*text += strspn(*text, " ");
	if (strncasecmp(*text, "of ", 3) == 0)
		*text += 3;
}

/* Cuts "31 Jan 2024 12:30" into parts and the rest; 0 when it is no date. */
static int
cut(const char *text, struct part parts[PARTS_MAX], const char **rest)
{
	int count = 0;

	while (count < PARTS_MAX) {
		if (count > 0)
			skip_gap(&text);
		if (!read_part(&text, &parts[count++]))
			return 0;
		if (*text == '\0')
			break;
	}
	*rest = text;
	return count;
}

/* 31 Jan 2024, 3-Apr-19, 2024 jan 31. */
static bool
parse_day(const struct part parts[PARTS_MAX], struct date *date)
{
	const struct part *year = is_year(&parts[0]) ? &parts[0] : &parts[2];
	const struct part *day = year == &parts[0] ? &parts[2] : &parts[0];

	/* A year of two digits is never the first part: 24-01-31 is 24 January. */
	if (day->size > 2 || !is_digit(*year->at))
		return false;
	return make_day(whole_year(year->number, year->size), month_of(&parts[1]), day->number,
			date);
}

/*
 * 04/2019, 2019-04, Apr 2019.  Of two digits it is only "Apr-19", with a dash, which is how
 * spreadsheets write April 2019: "Apr 19" and "19 Apr" may be the day of a year that was left out.
 * 2019.1 is a number: a spreadsheet has lost the zero of October.
 */
static bool
parse_month(const struct part parts[PARTS_MAX], struct date *date)
{
	const struct part *year = is_year(&parts[0]) ? &parts[0] : &parts[1];
	const struct part *month = year == &parts[0] ? &parts[1] : &parts[0];
	bool dash = parts[0].at[parts[0].size] == '-' &&
		    parts[1].at == parts[0].at + parts[0].size + 1;
	bool of_century = year->size == 2 && is_digit(*year->at) && month->number == 0 && dash;
	bool number = year == &parts[0] && month->number > 0 && year->at[year->size] == '.';

	return (is_year(year) || of_century) && !number && month_of(month) > 0 &&
	       date_make(whole_year(year->number, year->size), month_of(month), 0, date);
}

/* Goes past "Mon " or "Tuesday, "; the weekday is 0 for Monday, -1 when none is there. */
static const char *
skip_weekday(const char *text, int *weekday)
{
	static const char *const names[] = {
		"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
	};
	size_t size = 0;

	*weekday = -1;
	while (isalpha((unsigned char)text[size]))
		size++;
	if (size < 3 || (text[size] != ' ' && text[size] != ','))
		return text;
	for (int i = 0; i < 7; i++)
		if (strncasecmp(text, names[i], size) == 0)
			*weekday = i;
	if (*weekday < 0)
		return text;
	text += size;
	skip_gap(&text);
	return text;
}

/* The size of "Q1" to "Q4", or 0. */
static size_t
quarter_size(const char *text)
{
	return (*text == 'Q' || *text == 'q') && text[1] >= '1' && text[1] <= '4' ? 2 : 0;
}

static bool
is_gap(char character)
{
	return character == ' ' || character == '-' || character == '/';
}

/* The year of Q3 2024, 2024-Q3 or 2024Q3, or 0. */
static int
year_of_quarter(const char *text)
{
	size_t first = quarter_size(text);
	int year;

	if (first > 0 && !is_gap(text[first]))
		return 0;
	text += first > 0 ? first + 1 : 0;
	if (read_number(text, 4, &year) != 4)
		return 0;
	text += 4;
	if (first == 0) {
		text += is_gap(*text);
		if (quarter_size(text) == 0)
			return 0;
		text += quarter_size(text);
	}
	return *text == '\0' ? year : 0;
}

/* The number of 43521 or 43521.5, a count of days of a spreadsheet, or 0. */
static int
serial_of(const char *text)
{
	int serial;

	if (read_number(text, SERIAL_DIGITS, &serial) != SERIAL_DIGITS || serial < SERIAL_MIN ||
	    serial > SERIAL_MAX)
		return 0;
	text += SERIAL_DIGITS;
	if (text[0] == '.' && is_digit(text[1]))
		text += 1 + strspn(text + 1, "0123456789");
	return *text == '\0' ? serial : 0;
}

bool
date_is_quarter(const char *text)
{
	struct date date;

	return date_make(year_of_quarter(text), 0, 0, &date);
}

bool
date_is_serial(const char *text)
{
	return serial_of(text) > 0;
}

/*
 * The weekday is believed only when it is right: a wrong one shows that day and month are in
 * another order.
 */
static bool
is_weekday(struct date date, int weekday)
{
	return weekday < 0 || ((date_days(date) + WEEKDAY_OF_1970) % 7 + 7) % 7 == weekday;
}

static bool
parse_words(const char *text, bool partial, struct date *date)
{
	struct part parts[PARTS_MAX];
	const char *rest;
	int count, weekday;

	if (date_is_serial(text)) {
		*date = date_from_days(serial_of(text) - SERIAL_OF_1970);
		return true;
	}
	if (partial && date_make(year_of_quarter(text), 0, 0, date))
		return true;
	count = cut(skip_weekday(text, &weekday), parts, &rest);
	if (count == PARTS_MAX)
		return ends_with_time(rest) && parse_day(parts, date) && is_weekday(*date, weekday);
	if (!partial || count == 0 || weekday >= 0)
		return false;
	return count == 2 ? parse_month(parts, date)
			  : is_year(&parts[0]) && date_make(parts[0].number, 0, 0, date);
}

bool
date_parse(const char *text, bool partial, struct date *date)
{
	struct figures figures;

	if (date_parse_iso(text, date))
		return ends_with_time(text + DATE_TEXT_SIZE - 1);
	if (read_figures(text, &figures))
		return make_day(figures.year, figures.second, figures.first, date) &&
		       ends_with_time(figures.rest);
	return parse_words(text, partial, date);
}

enum date_order
date_order_of(const char *text)
{
	struct figures figures;
	struct date date;
	bool day_first, month_first;
	int weekday;

	if (!read_figures(skip_weekday(text, &weekday), &figures) ||
	    figures.first == figures.second || !ends_with_time(figures.rest))
		return DATE_ORDER_NONE;
	day_first = make_day(figures.year, figures.second, figures.first, &date);
	month_first = make_day(figures.year, figures.first, figures.second, &date);
	if (day_first && month_first)
		return DATE_ORDER_EITHER;
	return day_first ? DATE_ORDER_DAY : month_first ? DATE_ORDER_MONTH : DATE_ORDER_NONE;
}

bool
date_swap(const char *text, char *swapped, size_t size)
{
	struct figures figures;
	const char *first, *second;
	size_t before, length = strlen(text);
	int weekday;

	first = skip_weekday(text, &weekday);
	if (!read_figures(first, &figures) || !ends_with_time(figures.rest) || length >= size)
		return false;
	before = (size_t)(first - text);
	second = first + figures.first_size + 1;
	memcpy(swapped, text, length + 1);
	memcpy(swapped + before, second, figures.second_size);
	swapped[before + figures.second_size] = first[figures.first_size];
	memcpy(swapped + before + figures.second_size + 1, first, figures.first_size);
	return true;
}
