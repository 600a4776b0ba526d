/* SPDX-License-Identifier: MIT */
#ifndef DB_WATCH_H
#define DB_WATCH_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "db/changed.h"
#include "db/store.h"

/*
 * Notices which sites a change concerns, whatever statement makes it: SQLite tells of each row
 * before it changes (sqlite3_preupdate_hook).  There no SQL may run, so ids are noted and looked up
 * when the entry ends (db/standing.h).
 */
struct watch_ids {
	int64_t *ids;
	size_t count, room;
};

struct watch_reference {
	const char *words;
	struct watch_reference *next;
};

enum { WATCH_CONTRACT_COLUMNS = 4 };

/* What was touched since the last watch_forget(). An id may be there twice. */
struct watch {
	struct watch_ids sites;		/* of themselves, or a device of theirs */
	struct watch_ids added;		/* devices that were not there */
	/* Sites on whose assessment or parent those below them may depend too. */
	struct watch_ids families;
	struct watch_ids targets;	/* devices that a changed one refers, or referred, to */
	struct watch_ids sources;	/* changed devices that others may refer to */
	/* All sites: a table changed on which all depend, or the others are too many. */
	bool everything;
	/* Which organisation answers for a site, or is part of which: deadlines hang on it. */
	bool bodies;
	int bodies_columns[2];		/* of a site, its organisation; of that, its parent */
	/* Of a device's site, of an assessment's: their places in the rows. */
	int site_columns[2];
	int references[2];		/* of the devices that a device names */
	int parent;			/* of a site */
	/* Of a contract: its reference, its site, its kind, its end. */
	int contract[WATCH_CONTRACT_COLUMNS];
	int target[2];			/* of a milestone: its day, its share */
	struct arena arena;		/* of the references */
	struct watch_reference *references_touched;	/* of contracts; the newest first */
	struct changed changed;		/* by table, also since before */
	/* Of a manufacturer: whether it is covered, and from when on. */
	int decision[2];
};

/*
 * Of one list, and of the families, which are looked through one by one: working out all sites then
 * costs less.
 */
enum { WATCH_IDS_MAX = 1 << 15, WATCH_FAMILIES_MAX = 1 << 12 };

/* Begins to watch; NULL with an error. Ends with watch_free(), before the database is closed. */
struct watch *watch_new(struct store *store, struct error *error);
void watch_free(struct watch *watch, struct store *store);

/* Nothing is touched from now on. */
void watch_forget(struct watch *watch, struct store *store);

bool watch_is_touched(const struct watch *watch);

/*
 * Whether changes of the table, its name so many bytes long, are followed to the sites that they
 * concern; or it is the one that holds what is kept of them.
 */
bool watch_follows(const char *table, size_t size);

#endif
