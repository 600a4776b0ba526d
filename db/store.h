/* SPDX-License-Identifier: MIT */
#ifndef DB_STORE_H
#define DB_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "core/progress.h"

/*
 * The register: one SQLite file.  This is the only module that opens a
 * database, and it trusts none: no links, no URI names, owner-only, rollback
 * journal with synchronous=EXTRA, no triggers, no views, the schema compared
 * word for word with that of its version (RELIABILITY 9.1, 9.2).
 */
struct store;

enum store_mode {
	STORE_READ,		/* an existing register; writes are refused */
	/* An existing register; falls back to reading when the file may not be written. */
	STORE_WRITE,
	STORE_CREATE,		/* a new register; refused when the file exists */
};

/*
 * NULL with a sentence: missing, not a register, newer than the program, damaged, unreadable. Close
 * with store_close().
 */
struct store *store_open(const char *path, enum store_mode mode, struct error *error);
void store_close(struct store *store);

const char *store_path(const struct store *store);
bool store_is_read_only(const struct store *store);

/* ERROR_FILE with a sentence when it is. */
bool store_check_writable(const struct store *store, struct error *error);

/*
 * Called while a statement runs long, every few thousand steps of SQLite's
 * machine; when it answers false the statement ends with ERROR_CANCELLED.
 * NULL for none.  The pointer must outlive the store or the next call.
 */
void store_set_progress(struct store *store, const struct progress *progress);

/* How many entries the history holds; 0 for a register in which nothing has happened. */
bool store_counts_entries(struct store *store, int64_t *count, struct error *error);

/*
 * Whether another program changed the register since this was asked last, or, the first time, since
 * it was first read. False too when the register cannot be looked at now: the change is told of the
 * next time.
 */
bool store_changed_outside(struct store *store);

/* SQLite's own examination of the whole file and of every reference. False with what is wrong. */
bool store_check(struct store *store, struct error *error);

#endif
