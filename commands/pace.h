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
	/* Of those, the ones cleared in the months that the pace is measured over. */
	int64_t recently;
	/* The same month by month, the oldest first: pace_table.months of them. */
	int64_t *by_month;
	/* Cleared in the calendar month of today, and in the one before. */
	int64_t this_month, last_month;
};

struct pace_milestone {
	const char *name;		/* NULL for none */
	struct date due;
	int64_t share;			/* per cent */
};

struct pace_table {
	struct date today, since;	/* the pace is measured from the day after `since` */
	int months;
	/* The next that is not past; none when it is also the last. */
	struct pace_milestone next;
	struct pace_milestone last;	/* the latest of all */
	struct pace *rows;		/* by organisation; those that ever had such a site */
	size_t count, room;
	struct pace all;
};

/* Reads it in one pass over the sites. Everything is in the arena. */
struct pace_table *pace_read(const struct session *session, struct arena *arena,
			     struct error *error);

/*
 * What it comes to, in a sentence or two: "At 4 sites a month it will be clear in March 2026, 11
 * months after April 2025; 7 a month are needed."  In the arena.
 */
const char *pace_sentence(const struct pace_table *table, const struct pace *pace,
			  struct arena *arena);

/*
 * The sentence for all organisations together, and how many sites were cleared this month and last.
 * NULL with an error.
 */
const char *pace_words(const struct session *session, struct arena *arena, struct error *error);

extern const struct operand pace_operands[];
bool command_pace(struct session *session, const struct request *request, struct reply *reply,
		  struct error *error);

#endif
