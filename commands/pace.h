/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_PACE_H
#define COMMANDS_PACE_H

#include "commands/command.h"

/*
 * How fast sensitive sites are cleared, how fast they would have to be, and when the last will be
 * clear at that pace.  The pace is measured over the months of the setting pace_months, counted
 * back from today; a site counts on the day that its last in-scope device went.
 */
enum { PACE_MONTHS_MAX = 240 };	/* a longer setting counts as this */

/* Of one organisation, or of all. */
struct pace {
	const char *organisation;	/* its code; NULL for the sites without one */
	int64_t ever;			/* sensitive sites that ever had in-scope equipment */
	int64_t cleared;		/* of them, those that have none left */
	int64_t recently;		/* of those, in the months that the pace is measured over */
	int64_t *by_month;		/* the same, the oldest first; pace_table.months of them */
	int64_t this_month, last_month;	/* cleared in the calendar month of today, and before */
};

struct pace_milestone {
	const char *name;		/* NULL for none */
	struct date due;
	int64_t share;			/* per cent */
};

struct pace_table {
	struct date today, since;	/* the pace is measured from the day after `since` */
	int months;
	struct pace_milestone next;	/* the next to come; none when it is also the last */
	struct pace_milestone last;	/* the latest of all */
	struct pace *rows;		/* by organisation; those that ever had such a site */
	size_t count, room;
	struct pace all;
};

/* Reads it in one pass over the sites. Everything is in the arena. */
struct pace_table *pace_read(const struct session *session, struct arena *arena,
			     struct error *error);

/* The code of its organisation; "(all)" for all of them, "(none)" for sites without one. */
const char *pace_name(const struct pace_table *table, const struct pace *pace);

/* The same as pace_sentence() says, by columns. */
struct pace_columns {
	int64_t left;			/* sites still to clear */
	const char *by_month;		/* cleared in each month, the oldest first */
	const char *a_month;		/* cleared of late */
	const char *needed_next, *needed_last; /* sites a month for the milestones; or NULL */
	struct date forecast;		/* a month; year 0 for none */
};

/* Texts are in the arena. */
struct pace_columns pace_columns(const struct pace_table *table, const struct pace *pace,
				 struct arena *arena);

/*
 * What it comes to, in a sentence or two: "At 4 sites a month it will be clear in March 2026, 11
 * months after April 2025; 7 a month are needed."  In the arena.
 */
const char *pace_sentence(const struct pace_table *table, const struct pace *pace,
			  struct arena *arena);

/* "A month: 1.3 cleared, 3.4 needed. Clear in January 2028." In the arena. */
const char *pace_brief(const struct pace_table *table, const struct pace *pace,
		       struct arena *arena);

/* The sentence for all organisations together, and the sites cleared this month and last. */
const char *pace_words(const struct pace_table *table, struct arena *arena);

extern const struct operand pace_operands[];
bool command_pace(struct session *session, const struct request *request, struct reply *reply,
		  struct error *error);

#endif
