/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "import/xlsx.h"
#include "import/xlsx_parts.h"

/*
 * What the numbers of a worksheet read as.  A spreadsheet keeps fifteen digits; a whole number that
 * has more has lost some, so it is written with an exponent, which no identifier can be taken for.
 */

enum {
	EXACT_DIGITS = 15,
	DAY_SECONDS = 24 * 60 * 60,
	/* 29 February 1900, which was no day: Lotus 1-2-3 said so. */
	SERIAL_LEAP = 60,
	SERIAL_MAX = 2958465,		/* 31 December 9999 */
	DAYS_1904 = 1462,		/* between the two epochs */
	DAYS_1970 = 25569,		/* the serial number of 1 January 1970 */
};

/* Whether the words are a number as it is written: no exponent, few digits, no zeros to spare. */
static bool
is_plain(const char *words, size_t size)
{
	size_t at = words[0] == '-', digits = size - at;
	bool point = false;

	if (digits == 0 || (words[at] == '0' && digits > 1 && words[at + 1] != '.') ||
	    words[at] == '.')
		return false;
	for (; at < size; at++) {
		if (words[at] == '.' && !point)
			point = true;
		else if (words[at] < '0' || words[at] > '9')
			return false;
	}
	return digits - point <= EXACT_DIGITS &&
	       (!point || (words[size - 1] != '0' && words[size - 1] != '.')) &&
	       !(size == 2 && words[0] == '-' && words[1] == '0');
}

/* Small fractions without an exponent: 0.00005. */
static size_t
write_fraction(double value, char out[NUMBER_SIZE])
{
	int decimals = EXACT_DIGITS - 1 - (int)floor(log10(fabs(value)));
	size_t size = (size_t)snprintf(out, NUMBER_SIZE, "%.*f", decimals, value);

	while (out[size - 1] == '0')
		size--;
	return size;
}

static size_t
write_number(double value, char out[NUMBER_SIZE])
{
	if (value != 0 && fabs(value) < 1e-4 && fabs(value) > 1e-300)
		return write_fraction(value, out);
	if (fabs(value) >= 1e15)
		return (size_t)snprintf(out, NUMBER_SIZE, "%.*E", EXACT_DIGITS - 1, value);
	return (size_t)snprintf(out, NUMBER_SIZE, "%.*g", EXACT_DIGITS, value == 0 ? 0 : value);
}

/* With all the digits that there are, but two at least behind the point: 1.00E+05. */
static size_t
write_exponent(double value, char out[NUMBER_SIZE])
{
	size_t size = (size_t)snprintf(out, NUMBER_SIZE, "%.*E", EXACT_DIGITS - 1, value);
	size_t least = (size_t)(value < 0) + sizeof "1.00" - 1, end = strcspn(out, "E"), kept = end;

	while (kept > least && out[kept - 1] == '0')
		kept--;
	memmove(out + kept, out + end, size - end);
	return size - (end - kept);
}

/* 0: it is no whole number, so its format shows a part of it or more than it is. */
static size_t
write_code(double value, const char *pattern, char out[NUMBER_SIZE])
{
	char digits[EXACT_DIGITS + 1];

	if (value < 0 || value >= 1e15 || floor(value) < value)
		return 0;
	snprintf(digits, sizeof digits, "%.0f", value);
	return codes_write(pattern, digits, out);
}

/* "12:30", or with seconds "12:30:15". */
static size_t
write_time(int64_t seconds, char out[NUMBER_SIZE])
{
	int minutes = (int)(seconds / 60 % 60), rest = (int)(seconds % 60);
	int size = snprintf(out, NUMBER_SIZE, "%02" PRId64 ":%02d", seconds / 3600, minutes);

	if (rest != 0)
		size += snprintf(out + size, NUMBER_SIZE - (size_t)size, ":%02d", rest);
	return (size_t)size;
}

/* Days from 1 January 1900, which is 1. */
static size_t
write_day(int64_t serial, char out[NUMBER_SIZE])
{
	if (serial == SERIAL_LEAP)
		memcpy(out, "1900-02-29", DATE_TEXT_SIZE);
	else
		date_format(date_from_days(serial - DAYS_1970 + (serial < SERIAL_LEAP)), out);
	return DATE_TEXT_SIZE - 1;
}

/* 0: it is no day, and stays a number. */
static size_t
write_moment(double value, enum number_style style, bool since_1904, char out[NUMBER_SIZE])
{
	int64_t seconds, serial;
	size_t size;

	if (value < 0 || value > SERIAL_MAX)
		return 0;
	seconds = (int64_t)floor(value * DAY_SECONDS + 0.5);
	if (style == STYLE_SPAN || (value < 1 && seconds % DAY_SECONDS != 0) ||
	    (style == STYLE_TIME && value < 1))
		return write_time(seconds, out);
	serial = seconds / DAY_SECONDS + (since_1904 ? DAYS_1904 : 0);
	if (serial == 0 || serial > SERIAL_MAX)
		return 0;
	size = write_day(serial, out);
	if (seconds % DAY_SECONDS == 0)
		return size;
	seconds %= DAY_SECONDS;
	return size + (size_t)snprintf(out + size, NUMBER_SIZE - size, " %02d:%02d:%02d",
				       (int)(seconds / 3600), (int)(seconds / 60 % 60),
				       (int)(seconds % 60));
}

/* 0: its format says nothing of this number, which is written as any other. */
static size_t
write_formatted(double value, const struct number_format *format, bool since_1904,
		char out[NUMBER_SIZE])
{
	switch (format->style) {
	case STYLE_DATE:
	case STYLE_TIME:
	case STYLE_SPAN:
		return write_moment(value, format->style, since_1904, out);
	case STYLE_EXPONENT:
		return write_exponent(value, out);
	case STYLE_CODE:
		return write_code(value, format->pattern, out);
	case STYLE_NUMBER:
		break;
	}
	return 0;
}

size_t
number_write(const char *words, size_t size, const struct number_format *format, bool since_1904,
	     char out[NUMBER_SIZE])
{
	char *end;
	double value;
	size_t written;

	if (size >= NUMBER_SIZE)
		size = NUMBER_SIZE - 1;
	memcpy(out, words, size);
	out[size] = '\0';
	if (format->style == STYLE_NUMBER && is_plain(out, size))
		return size;
	value = strtod(out, &end);
	if (end == out || *end != '\0' || out[strspn(out, "0123456789.eE+-")] != '\0' ||
	    !isfinite(value))
		return size;		/* no number, whatever the file says: its words */
	written = write_formatted(value, format, since_1904, out);
	return written > 0 ? written : write_number(value, out);
}

bool
xlsx_date_of_1904(const char *cell, char date[DATE_TEXT_SIZE])
{
	struct date day;

	if (!date_is_serial(cell) || !date_parse(cell, false, &day))
		return false;
	date_format(date_from_days(date_days(day) + DAYS_1904), date);
	return true;
}

size_t
instant_clean(char *bytes, size_t size)
{
	size_t day = DATE_TEXT_SIZE - 1, clock = sizeof "T00:00:00" - 1;

	if (size <= day || bytes[day] != 'T')
		return size;
	if (strncmp(bytes + day, "T00:00:00", size - day) == 0 ||
	    (size >= day + clock && memcmp(bytes + day, "T00:00:00", clock) == 0))
		return day;
	bytes[day] = ' ';
	return size > day + clock ? day + clock : size;
}
