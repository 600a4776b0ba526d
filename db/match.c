/* SPDX-License-Identifier: MIT */
#include "db/match.h"

#include <assert.h>
#include <stdlib.h>

#include "core/memory.h"
#include "db/columns.h"
#include "db/internal.h"

struct match {
	struct store *store;
	const struct entity *entity;
	sqlite3_stmt *find, *read;
};

static bool
prepare_statements(struct match *match, struct error *error)
{
	const struct entity *entity = match->entity;
	struct text find = { 0 }, read = { 0 };
	struct arena arena = { 0 };
	bool prepared;

	text_format(&find, "SELECT id FROM %s WHERE %s = ?1", entity->name, entity_key(entity)->name);
	text_append(&read, "SELECT entry");
	for each_field(field, entity->fields)
		if (field_is_stored(field))
			text_format(&read, ", %s", column_name(field, &arena));
	text_format(&read, " FROM %s WHERE id = ?1", entity->name);
	prepared = store_prepare(match->store, text_words(&find), &match->find, error) &&
		   store_prepare(match->store, text_words(&read), &match->read, error);
	text_free(&find);
	text_free(&read);
	arena_free(&arena);
	return prepared;
}

struct match *
match_open(struct store *store, enum entity_kind kind, struct error *error)
{
	struct match *match = memory_alloc(sizeof *match);

	match->store = store;
	match->entity = &entities[kind];
	assert(field_is_stored(entity_key(match->entity)));
	if (prepare_statements(match, error))
		return match;
	match_close(match);
	return NULL;
}

void
match_close(struct match *match)
{
	if (match == NULL)
		return;
	sqlite3_finalize(match->find);
	sqlite3_finalize(match->read);
	free(match);
}

bool
match_is_empty(struct match *match, bool *empty, struct error *error)
{
	int64_t found;
	bool done = store_ask(match->store, &found, error, 0, 0, "SELECT EXISTS (SELECT 1 FROM %s)", match->entity->name);

	*empty = found == 0;
	return done;
}

bool
match_find(struct match *match, const char *key, int64_t *id, struct error *error)
{
	sqlite3_bind_text(match->find, 1, key, -1, SQLITE_TRANSIENT);
	return store_number(match->store, match->find, id, error);
}

bool
match_read(struct match *match, int64_t id, struct arena *arena, const char **values, int64_t *references,
	   struct entry_id *entry, struct error *error)
{
	const struct entity *entity = match->entity;
	int column = 0;

	sqlite3_bind_int64(match->read, 1, id);
	if (sqlite3_step(match->read) != SQLITE_ROW) {
		store_failed(match->store, error);
		sqlite3_reset(match->read);
		return false;
	}
	entry->value = sqlite3_column_int64(match->read, column++);
	for (int i = 0; i < entity->field_count; i++) {
		values[i] = NULL;
		references[i] = 0;
		if (!field_is_stored(&entity->fields[i]))
			continue;
		if (entity->fields[i].type == FIELD_REFERENCE)
			references[i] = sqlite3_column_int64(match->read, column);
		else
			values[i] = arena_text(arena, (const char *)sqlite3_column_text(match->read, column));
		column++;
	}
	/* A statement that is left half read would keep indexes from being dropped and built. */
	sqlite3_reset(match->read);
	return true;
}
