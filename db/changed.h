/* SPDX-License-Identifier: MIT */
#ifndef DB_CHANGED_H
#define DB_CHANGED_H

#include <sqlite3.h>

#include "core/entity.h"

/*
 * Which tables this connection has changed, told by db/watch.c, so that what was counted is counted
 * again only when it must (db/remember.h).  Of deadlines, of which there are many and of which most
 * are asked for together, it knows which.
 */
enum { CHANGED_IDS_MAX = 256 };

struct changed {
	/* How often each was changed; [ENTITY_NONE]: all others together. */
	uint64_t tables[ENTITY_COUNT];
	/* That were changed, or an extension of theirs; one may be there twice. */
	int64_t deadlines[CHANGED_IDS_MAX];
	size_t count;
	uint64_t round;			/* another one: there were too many, the list began anew */
	int extended;			/* the place of the deadline in an extension's row */
};

/* Notes a row before it changes, as sqlite3_preupdate_hook() tells of it. */
void changed_note(struct changed *changed, sqlite3 *database, int operation, const char *table,
		  int64_t old_id, int64_t new_id);

/* All tables have changed, or will before the transaction ends. */
void changed_note_all(struct changed *changed);

/* The place in tables[] of a table. */
enum entity_kind changed_table(const char *table);

#endif
