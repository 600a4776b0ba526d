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
	const char *kind;	/* "init", "command", "import", "undo" or "redo" */
	const char *who;
	const char *laptop;	/* its UUID */
	const char *what;	/* "Set 3 devices: network" */
	const char *why;	/* NULL for none */
	int64_t at;		/* seconds since 1970 */
};

/* Begins the transaction and the entry. ERROR_DATABASE when another program is writing, ERROR_FILE on a read-only file. */
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

/*
 * Takes back all that the entry `id` did (or, for redo, does again what the
 * undo entry `id` took back), inside a new entry of its own.  Refuses with
 * ERROR_CONFLICT when rows were changed since; `conflicts` then lists them, a line each.
 */
bool store_undo(struct store *store, struct entry_id id, const struct entry *entry, struct text *conflicts,
		struct error *error);
bool store_redo(struct store *store, struct entry_id id, const struct entry *entry, struct text *conflicts,
		struct error *error);

#endif
