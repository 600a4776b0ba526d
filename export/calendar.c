/* SPDX-License-Identifier: MIT */
#include "export/calendar.h"

#include <stdio.h>
#include <string.h>

/* The octets of a line without its end (RFC 5545, 3.1). */
enum { LINE_OCTETS = 75 };

#define DAY_SIZE sizeof "20270131"
#define STAMP_SIZE sizeof "20270131T120000Z"

/* The first so many bytes that fit on a line and end with a whole character. */
static size_t
line_size(const char *bytes, size_t size, size_t room)
{
	if (size <= room)
		return size;
	while (room > 0 && ((unsigned char)bytes[room] & 0xc0) == 0x80)
		room--;
	return room;
}

/* One content line, folded: each further line begins with a blank that is not of its text. */
static bool
write_line(const struct calendar *calendar, const char *words, struct error *error)
{
	size_t size = strlen(words), room = LINE_OCTETS;

	for (;;) {
		size_t part = line_size(words, size, room);

		if (!sink_write(&calendar->sink, words, part, error) ||
		    !sink_write(&calendar->sink, "\r\n", 2, error))
			return false;
		words += part;
		size -= part;
		if (size == 0)
			return true;
		if (!sink_write(&calendar->sink, " ", 1, error))
			return false;
		room = LINE_OCTETS - 1;
	}
}

static bool
write_lines(const struct calendar *calendar, const char *const *lines, struct error *error)
{
	for (; *lines != NULL; lines++)
		if (!write_line(calendar, *lines, error))
			return false;
	return true;
}

/*
 * RFC 5545, 3.3.11: these signs have a backslash before them, an end of line is \n, and other
 * control characters are not allowed.
 */
static void
append_escaped(struct text *out, const char *words)
{
	size_t left = strlen(words), size;

	for (; left > 0; words += size, left -= size) {
		int32_t point = text_decode(words, left, &size);

		if (point == '\n')
			text_append(out, "\\n");
		else if (point == '\t')
			text_append(out, " ");
		else if (point == '\\' || point == ';' || point == ',')
			text_format(out, "\\%c", (char)point);
		else if (point >= ' ' && point != 0x7f && !(point >= 0x80 && point < 0xa0))
			text_append_bytes(out, words, size);
	}
}

static bool
write_text(const struct calendar *calendar, const char *name, const char *words,
	   struct error *error)
{
	struct text line = { 0 };
	bool written;

	text_format(&line, "%s:", name);
	append_escaped(&line, words);
	written = write_line(calendar, text_words(&line), error);
	text_free(&line);
	return written;
}

/* 2027-01-31 without its dashes. */
static void
format_day(struct date date, char text[DAY_SIZE])
{
	char iso[DATE_TEXT_SIZE];

	date_format(date, iso);
	snprintf(text, DAY_SIZE, "%.4s%.2s%.2s", iso, iso + 5, iso + 8);
}

static bool
write_day(const struct calendar *calendar, const char *name, struct date date, struct error *error)
{
	char day[DAY_SIZE], line[LINE_OCTETS];

	format_day(date, day);
	snprintf(line, sizeof line, "%s;VALUE=DATE:%s", name, day);
	return write_line(calendar, line, error);
}

static bool
write_stamp(const struct calendar *calendar, struct error *error)
{
	char instant[DATE_INSTANT_SIZE], line[LINE_OCTETS];

	date_format_instant(calendar->made, instant);
	snprintf(line, sizeof line, "DTSTAMP:%.4s%.2s%.2sT%.2s%.2s%.2sZ", instant, instant + 5,
		 instant + 8, instant + 11, instant + 14, instant + 17);
	return write_line(calendar, line, error);
}

bool
calendar_begin(const struct calendar *calendar, const char *name, struct error *error)
{
	static const char *const lines[] = {
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Terrier//Deadlines//EN",
		"CALSCALE:GREGORIAN", "METHOD:PUBLISH", NULL,
	};

	return write_lines(calendar, lines, error) &&
	       write_text(calendar, "X-WR-CALNAME", name, error);
}

bool
calendar_add(const struct calendar *calendar, const struct calendar_event *event,
	     struct error *error)
{
	static const char *const begin[] = { "BEGIN:VEVENT", NULL };
	static const char *const alarm[] = {
		"CLASS:CONFIDENTIAL", "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY",
		"TRIGGER:-P7D", NULL,
	};
	static const char *const end[] = { "END:VALARM", "END:VEVENT", NULL };
	struct date next = date_from_days(date_days(event->day) + 1);

	return write_lines(calendar, begin, error) &&
	       write_text(calendar, "UID", event->uid, error) && write_stamp(calendar, error) &&
	       write_day(calendar, "DTSTART", event->day, error) &&
	       write_day(calendar, "DTEND", next, error) &&
	       write_text(calendar, "SUMMARY", event->summary, error) &&
	       write_text(calendar, "DESCRIPTION", event->description, error) &&
	       write_lines(calendar, alarm, error) &&
	       write_text(calendar, "DESCRIPTION", event->summary, error) &&
	       write_lines(calendar, end, error);
}

bool
calendar_end(const struct calendar *calendar, struct error *error)
{
	return write_line(calendar, "END:VCALENDAR", error);
}
