/* SPDX-License-Identifier: MIT */
#include "db/indexes.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/cache.h"
#include "db/internal.h"

enum { FEW_ROWS = 5000 };

bool
indexes_guess_rows(struct store *store, const struct entity *entity, int64_t *rows,
		   struct error *error)
{
	return store_ask(store, rows, error, 0, 0, "SELECT max(id) FROM %s", entity->name);
}

bool
indexes_are_worth_dropping(int64_t rows, int64_t there, int share)
{
	return rows >= FEW_ROWS && rows >= there / share;
}

static bool
list(struct indexes *indexes, struct store *store, const struct entity *entity,
     struct indexes_stay stay, struct text *drop, struct error *error)
{
	sqlite3_stmt *statement;
	int step;

	if (!store_prepare(store,
			   "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name "
			   "= ?1 AND sql IS NOT NULL ORDER BY rowid",
			   &statement, error))
		return false;
	sqlite3_bind_text(statement, 1, entity->name, -1, SQLITE_STATIC);
	while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
		const char *sql = (const char *)sqlite3_column_text(statement, 1);

		if (stay.stays(stay.context, sql))
			continue;
		indexes->sql = memory_grow(indexes->sql, &indexes->room, indexes->count + 1,
					   sizeof *indexes->sql);
		indexes->sql[indexes->count++] = arena_text(&indexes->arena, sql);
		text_format(drop, "DROP INDEX %s;",
			    (const char *)sqlite3_column_text(statement, 0));
	}
	sqlite3_finalize(statement);
	return step == SQLITE_DONE || store_failed(store, error);
}

static void
free_indexes(struct indexes *indexes)
{
	free(indexes->sql);
	arena_free(&indexes->arena);
	*indexes = (struct indexes){ 0 };
}

bool
indexes_drop(struct indexes *indexes, struct store *store, const struct entity *entity,
	     struct indexes_stay stay, struct error *error)
{
	struct text drop = { 0 };
	bool done;

	*indexes = (struct indexes){ 0 };
	done = list(indexes, store, entity, stay, &drop, error) &&
	       store_run(store, text_words(&drop), error);
	text_free(&drop);
	if (!done)
		free_indexes(indexes);
	return done;
}

bool
indexes_build(struct indexes *indexes, struct store *store, bool wanted, struct error *error)
{
	struct error ignored;
	bool built = true;

	if (wanted && indexes->count > 0) {
		built = cache_sort_on_disk(store, true, error);
		for (size_t i = 0; built && i < indexes->count; i++)
			built = (progress_step(store->progress, "Building indexes", (int64_t)i,
					       (int64_t)indexes->count) ||
				 error_set(error, ERROR_CANCELLED,
					   "Stopped. Nothing was changed.")) &&
				store_run(store, indexes->sql[i], error);
		/* After a failure too; should this fail, sorting is only slower or faster. */
		cache_sort_on_disk(store, false, &ignored);
	}
	free_indexes(indexes);
	return built;
}
