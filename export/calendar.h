/* SPDX-License-Identifier: MIT */
#ifndef EXPORT_CALENDAR_H
#define EXPORT_CALENDAR_H

#include <stdint.h>

#include "core/date.h"
#include "core/sink.h"

/*
 * A calendar for other programs (iCalendar, RFC 5545): whole days, each with a reminder a week
 * before.  Texts may be any; signs that a calendar cannot hold are left out.
 */
struct calendar {
	struct sink sink;
	int64_t made;		/* seconds since 1970 */
};

struct calendar_event {
	/* The same each time that the calendar is written, so that it replaces what was there. */
	const char *uid;
	struct date day;
	const char *summary;
	const char *description;	/* may have several lines */
};

bool calendar_begin(const struct calendar *calendar, const char *name, struct error *error);
bool calendar_add(const struct calendar *calendar, const struct calendar_event *event,
		  struct error *error);
bool calendar_end(const struct calendar *calendar, struct error *error);

#endif
