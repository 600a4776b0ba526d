/* SPDX-License-Identifier: MIT */
#ifndef DB_LIST_H
#define DB_LIST_H

#include <sqlite3.h>

#include "core/arena.h"
#include "db/condition.h"
#include "db/query.h"
#include "db/shortcut.h"

/* What reading a list (db/query.c) and a page of it (db/page.c) share. */
struct cursor {
	struct store *store;
	const struct query *query;
	sqlite3_stmt *statement;
	bool with_position;		/* column 1 is the value that the page is sorted by */
	struct arena arena;		/* of the row that was read last */
	const char *values[ENTITY_FIELDS_MAX];
};

enum { COLUMN_ID, COLUMN_POSITION };

/* Appends ", expression" for each field that is wanted. */
void list_append_columns(struct sql *sql, const struct query *query);

/* Appends " FROM ... WHERE condition", by the way that the shortcut leads. */
void list_append_rows(struct sql *sql, const struct query *query, const struct shortcut *shortcut);

/* Appends the id as what rows are sorted by. */
void list_append_ids(struct sql *sql, const struct query *query, bool descending);

/*
 * A number that is kept as text is sorted as the number that it is; its text stays its position, to
 * the last digit.
 */
bool list_sorts_as_number(const struct field *field);

/* Begins to read what the SQL gives; NULL with an error. The SQL stays the caller's. */
struct cursor *list_read(struct store *store, const struct query *query, const struct sql *sql,
			 bool with_position, struct error *error);

#endif
