/* SPDX-License-Identifier: MIT */
#ifndef DB_REPLAY_ROWS_H
#define DB_REPLAY_ROWS_H

#include <sqlite3.h>

#include "core/attribution.h"
#include "db/store.h"

/*
 * What a replay changes of some devices, as a table that SQL reads: replayed(rows), with a row for
 * each field that is another than before and the columns record_id, record, field, old and new, as
 * the history names them.  One statement then writes down what changed of thousands of devices.
 */
struct replay_change {
	int64_t device;
	const char *tag;
	struct attribution stands, now;
};

struct replay_rows {
	const struct replay_change *changes;
	size_t count;
};

/* Makes the table known to SQL. */
bool replay_rows_register(struct store *store, struct error *error);

/* Says which rows a statement reads; they stay as they are until it ends. */
void replay_rows_bind(sqlite3_stmt *statement, int parameter, struct replay_rows *rows);

#endif
