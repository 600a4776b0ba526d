/* SPDX-License-Identifier: MIT */
#ifndef DB_SHORTCUT_H
#define DB_SHORTCUT_H

#include "core/entity.h"
#include "core/filter.h"
#include "db/store.h"

/*
 * What is kept of sites (db/standing.h) spares a list the look at a million devices.  A filter is
 * compared with those that are kept: one whose terms are all among its terms finds all that it
 * finds, and perhaps more, and of that one it is known how many there are and at which sites.
 */
enum shortcut_way {
	SHORTCUT_NONE,		/* nothing that is kept tells more */
	SHORTCUT_EMPTY,		/* there are no such rows */
	SHORTCUT_SITES,		/* they are few: their sites lead to them */
	SHORTCUT_MANY,		/* so many that whoever goes through the list soon meets some */
};

struct shortcut {
	enum shortcut_way way;
	int place;		/* of SHORTCUT_SITES: in counts of each site */
};

/*
 * Finds the way to the rows of a list.  What an entry that is open has changed and is not counted
 * yet leaves none.  False with an error.
 */
bool shortcut_find(struct store *store, const struct entity *entity, const struct filter *filter,
		   struct date today, struct shortcut *shortcut, struct error *error);

/*
 * How many rows a list has, where that is kept; *is_kept false: ask query_count().  A list of
 * findings, too: what breaks the rule is kept, and those of it that are answered are few.
 */
bool shortcut_count(struct store *store, const struct entity *entity, const struct filter *filter,
		    struct date today, int64_t *rows, bool *is_kept, struct error *error);

#endif
