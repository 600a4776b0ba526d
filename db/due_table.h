/* SPDX-License-Identifier: MIT */
#ifndef DB_DUE_TABLE_H
#define DB_DUE_TABLE_H

#include "db/internal.h"

/*
 * The dates of all layers (db/due.h) at once, read from the open deadlines, for a list that asks
 * for them of many thousand sites or devices: it holds until anything in the register changes.
 * Dates are "" for none.
 */
struct due_table;

/* What was read before and still holds; NULL when it must be read. */
struct due_table *due_table_now(struct store *store, const char *today);

/*
 * Reads it anew; it is the store's.  NULL while changes are not committed, which may be taken back,
 * and when it cannot be read.
 */
struct due_table *due_table_read(struct store *store, const char *today);

/* Another table has another number. */
uint64_t due_table_number(const struct due_table *table);

/* What the DUE_ statement of that name says of the site, or the device; NULL when that fails. */
const char *due_table_day(struct due_table *table, enum statement name, int64_t id);

/*
 * Whether the site, a device there or its organisation has an open deadline to make devices go,
 * whatever its date.  False when that cannot be read.
 */
bool due_table_has_date(struct due_table *table, int64_t site, bool *has);

void due_table_close(struct store *store);

#endif
