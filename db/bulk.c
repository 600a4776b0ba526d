/* SPDX-License-Identifier: MIT */
/*
 * Building every index once after the rows costs less than half of keeping
 * them up row by row (PERFORMANCE 0.1), but only pays when the rows are many beside those that are
 * there.  The unique index of the key stays while the table has rows: matching reads it.
 */
#include "db/bulk.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/cache.h"
#include "db/columns.h"
#include "db/insert.h"
#include "db/internal.h"
#include "db/known.h"

enum { FEW_ROWS = 5000, REBUILD_SHARE = 10 };	/* rebuild when new rows are at least a tenth of the old */

struct bulk {
	struct store *store;
	const struct entity *entity;
	const bool *filled;		/* by some row; while it is opened */
	struct insert *insert;
	struct known *known;		/* when the rows are many, else NULL */
	char **indexes;			/* the SQL of those that were dropped */
	size_t count, room;
	struct arena arena;
};

/* About how many rows there are, 0 only for none: the highest id is found at once, a count is not. */
static bool
guess_rows(struct store *store, const struct entity *entity, int64_t *count, struct error *error)
{
	return store_ask(store, count, error, 0, 0, "SELECT max(id) FROM %s", entity->name);
}

/*
 * Whether the index is of those rows alone that have a value in a field that no row fills.  It costs a new
 * row less to pass it by than to be read once more to build it.
 */
static bool
is_passed_by(struct bulk *bulk, const char *sql)
{
	const char *where = strstr(sql, " WHERE ");

	for (int i = 0; where != NULL && bulk->filled != NULL && i < bulk->entity->field_count; i++) {
		const struct field *field = &bulk->entity->fields[i];

		if (field_is_stored(field) && !bulk->filled[i] && field->choices == NULL &&
		    strcmp(where, arena_format(&bulk->arena, " WHERE %s IS NOT NULL", column_name(field, &bulk->arena))) == 0)
			return true;
	}
	return false;
}

/* The indexes of the table that may go: name and SQL, kept in the arena. */
static bool
list_indexes(struct bulk *bulk, bool unique_too, char ***names, struct error *error)
{
	sqlite3_stmt *statement;
	size_t room = 0;
	int step;

	*names = NULL;
	if (!store_prepare(bulk->store, "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1 "
			   "AND sql IS NOT NULL AND (?2 OR sql NOT LIKE 'CREATE UNIQUE%') ORDER BY rowid", &statement, error))
		return false;
	sqlite3_bind_text(statement, 1, bulk->entity->name, -1, SQLITE_STATIC);
	sqlite3_bind_int(statement, 2, unique_too);
	while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
		if (is_passed_by(bulk, (const char *)sqlite3_column_text(statement, 1)))
			continue;
		*names = memory_grow(*names, &room, bulk->count + 1, sizeof **names);
		bulk->indexes = memory_grow(bulk->indexes, &bulk->room, bulk->count + 1, sizeof *bulk->indexes);
		(*names)[bulk->count] = arena_text(&bulk->arena, (const char *)sqlite3_column_text(statement, 0));
		bulk->indexes[bulk->count++] = arena_text(&bulk->arena, (const char *)sqlite3_column_text(statement, 1));
	}
	sqlite3_finalize(statement);
	return step == SQLITE_DONE || store_failed(bulk->store, error);
}

static bool
drop_indexes(struct bulk *bulk, bool unique_too, struct error *error)
{
	char **names;
	bool dropped = list_indexes(bulk, unique_too, &names, error);

	for (size_t i = 0; i < bulk->count && dropped; i++)
		dropped = store_run(bulk->store, arena_format(&bulk->arena, "DROP INDEX %s", names[i]), error);
	free(names);
	return dropped;
}

static bool
prepare_many(struct bulk *bulk, bool was_empty, struct error *error)
{
	bulk->known = known_open(bulk->store, bulk->entity);
	return drop_indexes(bulk, was_empty, error);
}

struct bulk *
bulk_open(struct store *store, enum entity_kind kind, int64_t expected, const bool *filled, struct error *error)
{
	struct bulk *bulk = memory_alloc(sizeof *bulk);
	int64_t rows = 0;

	bulk->store = store;
	bulk->entity = &entities[kind];
	bulk->filled = filled;
	if (store_may_write(store, error) && guess_rows(store, bulk->entity, &rows, error) &&
	    (expected < FEW_ROWS || expected < rows / REBUILD_SHARE || prepare_many(bulk, rows == 0, error)))
		bulk->insert = insert_open(store, bulk->entity, filled, error);
	bulk->filled = NULL;
	if (bulk->insert != NULL)
		return bulk;
	bulk_abandon(bulk);
	return NULL;
}

bool
bulk_insert(struct bulk *bulk, const char *const *values, const int64_t *references, int64_t *id,
	    struct error *error)
{
	return (bulk->known == NULL || known_check(bulk->known, references, error)) &&
	       insert_row(bulk->insert, values, references, id, error);
}

static bool
build_indexes(struct bulk *bulk, const struct progress *progress, struct error *error)
{
	bool built = true;

	for (size_t i = 0; i < bulk->count && built; i++) {
		built = progress_step(progress, "Building indexes", (int64_t)i, (int64_t)bulk->count) ||
			error_set(error, ERROR_CANCELLED, "Stopped. Nothing was changed.");
		built = built && store_run(bulk->store, bulk->indexes[i], error);
	}
	return built;
}

bool
bulk_close(struct bulk *bulk, const struct progress *progress, struct error *error)
{
	struct error ignored;
	bool built = true;

	if (bulk->count > 0) {
		built = cache_sort_on_disk(bulk->store, true, error) && build_indexes(bulk, progress, error);
		/* After a failure too; should this fail, sorting is only slower or faster. */
		cache_sort_on_disk(bulk->store, false, &ignored);
	}
	bulk_abandon(bulk);
	return built;
}

void
bulk_abandon(struct bulk *bulk)
{
	if (bulk == NULL)
		return;
	insert_close(bulk->insert);
	known_close(bulk->known);
	free(bulk->indexes);
	arena_free(&bulk->arena);
	free(bulk);
}

bool
bulk_scope_count(struct store *store, enum entity_kind kind, int64_t scope, int64_t *count, struct error *error)
{
	const struct entity *entity = &entities[kind];
	return store_ask(store, count, error, scope, store->entry.value,
			 "SELECT count(*) FROM %s WHERE %s_id = ?1 AND created_entry <> ?2", entity->name,
			 entity->fields[entity->scope].name);
}
