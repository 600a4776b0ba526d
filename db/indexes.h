/* SPDX-License-Identifier: MIT */
#ifndef DB_INDEXES_H
#define DB_INDEXES_H

#include "core/entity.h"
#include "db/store.h"

/*
 * The indexes of a table, out of the way while many of its rows come or go: building them once costs a fraction of keeping
 * them up row by row.  Those that SQLite itself looks into when a row goes, and those over a few rows only, stay.
 */
struct indexes {
	struct arena arena;
	char **sql;		/* of those that were dropped */
	size_t count, room;
};

/* Drops them when `rows` are many, by themselves and beside what the table holds; else there is nothing to build again. */
bool indexes_drop_for(struct indexes *indexes, struct store *store, const struct entity *entity, int64_t rows,
		      struct error *error);

/*
 * Builds them again, in any case to be called after indexes_drop_for(); unless `wanted`, because all will be rolled back, it
 * only frees.  ERROR_CONFLICT when a key is there twice.
 */
bool indexes_build(struct indexes *indexes, struct store *store, bool wanted, struct error *error);

#endif
