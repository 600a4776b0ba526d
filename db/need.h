/* SPDX-License-Identifier: MIT */
#ifndef DB_NEED_H
#define DB_NEED_H

#include <stdint.h>

#include "core/arena.h"

/*
 * What of its own row an expression over devices depends on, read off its SQL, where each column of
 * the row stands as device.NAME.  The rest of it must be the same for all rows: other tables,
 * settings, the day.
 */
enum { NEED_COLUMNS_MAX = 64 };

/*
 * A value of a row: a column; or, where rows of another table name it by `by`, whether there is one
 * that does, and if so, which it is; or the expression itself, where it is over many columns of the
 * row alone: they are seldom met again as they are, and it costs little.
 */
struct need_column {
	const char *name;	/* device.NAME, or an expression */
	const char *table, *by;	/* NULL: its value counts always */
};

struct need_columns {
	struct arena arena;
	struct need_column columns[NEED_COLUMNS_MAX];
	int count;
};

/*
 * Each bit a column of those: of which only it matters whether they are blank, and of which it
 * matters what they are.
 */
struct need {
	uint64_t blank, value;
};

/* Adds to the columns those that are new. */
struct need need_read(struct need_columns *columns, const char *sql);

#endif
