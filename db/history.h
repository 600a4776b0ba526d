/* SPDX-License-Identifier: MIT */
#ifndef DB_HISTORY_H
#define DB_HISTORY_H

#include "core/entity.h"
#include "core/text.h"
#include "db/store.h"

/*
 * The one path by which the register changes: begin an entry, write records,
 * commit.  An entry is one transaction and one thing to undo.
 */
struct entry {
	enum entry_kind kind;
	const char *who;
	const char *laptop;	/* its UUID */
	const char *what;	/* "Set 3 devices: network" */
	const char *why;	/* NULL for none */
	int64_t at;		/* seconds since 1970 */
};

/*
 * Begins the transaction and the entry. ERROR_DATABASE when another program is writing, ERROR_FILE
 * on a read-only file.
 */
bool store_entry_begin(struct store *store, const struct entry *entry, struct error *error);

/* The entry that is open; value 0 for none. */
struct entry_id store_entry_open(const struct store *store);

/* Puts better words in place of entry->what, now that the counts are known. */
bool store_entry_describe(struct store *store, const char *what, struct error *error);

/* Makes it durable. After a failure nothing of it is in the register. */
bool store_entry_commit(struct store *store, struct error *error);

/* Drops the open entry and all that it wrote; does nothing when none is open. */
void store_entry_rollback(struct store *store);

/* The newest entry that undo (or redo) would take; value 0 for none. */
bool store_entry_undoable(struct store *store, struct entry_id *id, struct error *error);
bool store_entry_redoable(struct store *store, struct entry_id *id, struct error *error);

/* Whether the entry was taken back and not done again since. */
bool store_entry_is_undone(struct store *store, struct entry_id id, bool *undone,
			   struct error *error);

enum { UNDO_LINES = 20 };	/* of what is listed; the rest is counted */

/* What an undo or redo did, and left or found in its way. Ends with text_free(&undone->lines). */
struct undone {
	/* A line for each record, or field of one, that was changed since, and "and 3 more". */
	struct text lines;
	int64_t left;		/* how many they are */
	int64_t records;	/* that went, or came back */
	int64_t values;		/* of fields that went back to what they were */
};

/*
 * Takes back all that the entry `id` did (or, for redo, does again what the undo entry `id` took
 * back, and no more), inside a new entry of its own.  Refuses with ERROR_CONFLICT when rows were
 * changed since; undone->lines then lists them.
 */
bool store_undo(struct store *store, struct entry_id id, const struct entry *entry,
		struct undone *undone, struct error *error);
bool store_redo(struct store *store, struct entry_id id, const struct entry *entry,
		struct undone *undone, struct error *error);

/*
 * Takes back what can be: a record that another entry has changed since is left as it is, whole,
 * and so is one that the entry made and that something else refers to now; undone->lines lists
 * them.  The source of an import stays, and says undone by its entry; what became of its refused
 * rows and questions stays too, those still open go.  ERROR_CONFLICT when nothing can be taken
 * back.  dry_run: finds all that out and changes nothing.
 */
bool store_undo_leaving(struct store *store, struct entry_id id, const struct entry *entry,
			bool dry_run, struct undone *undone, struct error *error);

#endif
