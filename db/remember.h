/* SPDX-License-Identifier: MIT */
#ifndef DB_REMEMBER_H
#define DB_REMEMBER_H

#include "core/date.h"
#include "core/entity.h"
#include "db/store.h"

/*
 * Counts that cannot be kept (db/standing.h), because a day's passing changes them or their tables
 * are not followed, are remembered for as long as the store is open and no table that they were
 * read from has changed; SQLite says which those are.  The count is the same as query_count() and
 * query_more() would give now, and a change by this store or by another program makes it be counted
 * again.  While a transaction is open nothing is remembered.
 */
bool remember_count(struct store *store, enum entity_kind entity, const char *filter,
		    struct date today, int64_t *rows, int64_t *things, struct error *error);

void remember_close(struct store *store);

#endif
