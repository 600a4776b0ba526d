/* SPDX-License-Identifier: MIT */
#include "db/related.h"

#include <string.h>

#include "db/columns.h"
#include "db/internal.h"

static void
append(struct numbers *numbers, int64_t number, struct arena *arena)
{
	if (numbers->count == numbers->room) {
		int64_t *bigger = arena_alloc(arena, (numbers->room = 2 * numbers->room + 8) *
							     sizeof *bigger);

		if (numbers->count > 0)
			memcpy(bigger, numbers->values, numbers->count * sizeof *bigger);
		numbers->values = bigger;
	}
	numbers->values[numbers->count++] = number;
}

bool
numbers_add(struct numbers *numbers, int64_t number, struct arena *arena)
{
	for (size_t i = 0; i < numbers->count; i++)
		if (numbers->values[i] == number)
			return false;
	append(numbers, number, arena);
	return true;
}

/* A number comes twice only where rows may say so: of a primary key nobody need look for it. */
static bool
list(struct store *store, const struct text *sql, int64_t of, bool is_key, struct arena *arena,
     struct numbers *numbers, struct error *error)
{
	sqlite3_stmt *statement = store_cached(store, text_words(sql), error);
	int found;

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, of);
	while ((found = sqlite3_step(statement)) == SQLITE_ROW) {
		int64_t number = sqlite3_column_int64(statement, 0);

		if (is_key)
			append(numbers, number, arena);
		else
			numbers_add(numbers, number, arena);
	}
	if (found != SQLITE_DONE)
		store_failed(store, error);
	sqlite3_reset(statement);
	return found == SQLITE_DONE;
}

bool
related_list(struct store *store, int64_t of, enum entity_kind kind, int field, struct arena *arena,
	     struct numbers *ids, struct error *error)
{
	const struct entity *entity = &entities[kind];
	struct text sql = { 0 };
	bool listed;

	text_format(&sql, "SELECT id FROM %s WHERE %s = ?1 ORDER BY id", entity->name,
		    column_name(&entity->fields[field], arena));
	listed = list(store, &sql, of, true, arena, ids, error);
	text_free(&sql);
	return listed;
}

bool
related_list_undone(struct store *store, int64_t of, enum entity_kind kind, int field,
		    struct arena *arena, struct numbers *entries, struct error *error)
{
	const struct entity *entity = &entities[kind];
	struct text sql = { 0 };
	bool listed;

	text_format(&sql,
		    "SELECT undo.undoes_id FROM bin JOIN entry AS undo ON undo.id = bin.entry_id "
		    "WHERE bin.entity = '%s' AND bin.contents <> '-' AND "
		    "json_extract(bin.contents, '$.%s') = ?1 ORDER BY undo.undoes_id",
		    entity->name, column_name(&entity->fields[field], arena));
	listed = list(store, &sql, of, false, arena, entries, error);
	text_free(&sql);
	return listed;
}

bool
related_changed(struct store *store, int64_t entry, enum entity_kind kind, struct arena *arena,
		struct numbers *ids, struct error *error)
{
	struct text sql = { 0 };
	bool listed;

	text_format(&sql,
		    "SELECT record_id FROM change WHERE entry_id = ?1 AND entity = '%s' "
		    "ORDER BY id",
		    entities[kind].name);
	listed = list(store, &sql, entry, false, arena, ids, error);
	text_free(&sql);
	return listed;
}
