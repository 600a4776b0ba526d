/* SPDX-License-Identifier: MIT */
#ifndef DB_INDEXES_H
#define DB_INDEXES_H

#include "core/entity.h"
#include "db/store.h"

/*
 * The indexes of a table, out of the way while many of its rows come or go: building every one once
 * costs less than half of keeping them up row by row (PERFORMANCE 0.1), when the rows are many
 * beside those that are there. `{ 0 }` holds none.
 */
struct indexes {
	struct arena arena;
	char **sql;		/* of those that were dropped */
	size_t count, room;
};

/* Whether an index, given the SQL that makes it, is to stay. */
struct indexes_stay {
	bool (*stays)(const void *context, const char *sql);
	const void *context;
};

/* About how many rows a table has, 0 only for none: its highest id, which is found at once. */
bool indexes_guess_rows(struct store *store, const struct entity *entity, int64_t *rows,
			struct error *error);

/* Whether `rows` are many: by themselves, and at least one for each `share` of those there. */
bool indexes_are_worth_dropping(int64_t rows, int64_t there, int share);

/* Drops all but those that stay. */
bool indexes_drop(struct indexes *indexes, struct store *store, const struct entity *entity,
		  struct indexes_stay stay, struct error *error);

/*
 * Builds them again and is empty; unless `wanted`, because all will be rolled back, it only frees.
 * ERROR_CONFLICT when a key is there twice, ERROR_CANCELLED when the store's progress says so.
 */
bool indexes_build(struct indexes *indexes, struct store *store, bool wanted, struct error *error);

#endif
