/* SPDX-License-Identifier: MIT */
#include "db/match.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/columns.h"
#include "db/internal.h"

struct match {
	struct store *store;
	const struct entity *entity;
	sqlite3_stmt *find, *read;
	sqlite3_stmt *look, *look_id;		/* by key, by id */
	const int *fields;			/* of match_look(); they outlive it */
	int field_count, blank;
	sqlite3_stmt *scope, *absent;
};

/* Appends the expression of the key. */
static void
append_key(struct text *sql, const struct entity *entity)
{
	column_expression(sql, entity, entity_key(entity));
}

/* What match_read() reads: what is stored, and the key where that is worked out. */
static bool
is_read(const struct entity *entity, const struct field *field)
{
	return field_is_stored(field) || field == entity_key(entity);
}

static bool
prepare_statements(struct match *match, struct error *error)
{
	const struct entity *entity = match->entity;
	struct text find = { 0 }, read = { 0 };
	struct arena arena = { 0 };
	bool prepared;

	text_format(&find, "SELECT id FROM %s WHERE ", entity->name);
	append_key(&find, entity);
	text_append(&find, " = ?1");
	text_append(&read, "SELECT entry");
	for each_field(field, entity->fields)
		if (is_read(entity, field)) {
			text_append(&read, ", ");
			if (field_is_stored(field))
				text_append(&read, column_name(field, &arena));
			else
				append_key(&read, entity);
		}
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
	sqlite3_finalize(match->look);
	sqlite3_finalize(match->look_id);
	sqlite3_finalize(match->scope);
	sqlite3_finalize(match->absent);
	free(match);
}

bool
match_is_empty(struct match *match, bool *empty, struct error *error)
{
	int64_t found;
	bool done = store_ask(match->store, &found, error, 0, 0, "SELECT EXISTS (SELECT 1 FROM %s)",
			      match->entity->name);

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
match_read(struct match *match, int64_t id, struct arena *arena, const char **values,
	   int64_t *references, struct entry_id *entry, struct error *error)
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
		if (!is_read(entity, &entity->fields[i]))
			continue;
		if (entity->fields[i].type == FIELD_REFERENCE) {
			references[i] = sqlite3_column_int64(match->read, column);
		} else {
			const unsigned char *words = sqlite3_column_text(match->read, column);

			values[i] = arena_text(arena, (const char *)words);
		}
		column++;
	}
	/* A statement that is left half read would keep indexes from being dropped and built. */
	sqlite3_reset(match->read);
	return true;
}

enum { LOOK_ID, LOOK_SCOPE, LOOK_BLANK, LOOK_FIELDS };	/* the columns of match_look() */

bool
match_choose(struct match *match, const int *fields, int count, int blank, struct error *error)
{
	const struct entity *entity = match->entity;
	struct text columns = { 0 }, by_key = { 0 }, by_id = { 0 };
	struct arena arena = { 0 };
	bool prepared;

	match->fields = fields;
	match->field_count = count;
	match->blank = blank;
	text_format(&columns, "SELECT id, %s, %s",
		    entity->scope >= 0 ? column_name(&entity->fields[entity->scope], &arena) : "0",
		    blank >= 0 ? column_name(&entity->fields[blank], &arena) : "NULL");
	for (int i = 0; i < count; i++)
		text_format(&columns, ", %s", column_name(&entity->fields[fields[i]], &arena));
	text_format(&by_key, "%s FROM %s WHERE ", text_words(&columns), entity->name);
	append_key(&by_key, entity);
	text_append(&by_key, " = ?1");
	text_format(&by_id, "%s FROM %s WHERE id = ?1", text_words(&columns), entity->name);
	prepared = store_prepare(match->store, text_words(&by_key), &match->look, error) &&
		   store_prepare(match->store, text_words(&by_id), &match->look_id, error);
	text_free(&columns);
	text_free(&by_key);
	text_free(&by_id);
	arena_free(&arena);
	return prepared;
}

/* Whether the record in hand says what the row says. */
static bool
says_all(const struct match *match, sqlite3_stmt *look, const char *const *values,
	 const int64_t *references)
{
	if (match->blank >= 0 && sqlite3_column_type(look, LOOK_BLANK) != SQLITE_NULL)
		return false;
	for (int i = 0; i < match->field_count; i++) {
		int field = match->fields[i];
		const char *stored;

		if (values[i] == NULL || (field == match->entity->key && look == match->look))
			continue;
		if (match->entity->fields[field].type == FIELD_REFERENCE) {
			if (references[field] == 0 ||
			    references[field] != sqlite3_column_int64(look, LOOK_FIELDS + i))
				return false;
			continue;
		}
		stored = (const char *)sqlite3_column_text(look, LOOK_FIELDS + i);
		if (stored == NULL || strcmp(stored, values[i]) != 0)
			return false;
	}
	return true;
}

bool
match_look(struct match *match, const char *key, int64_t id, const char *const *values,
	   const int64_t *references, struct match_found *found, struct error *error)
{
	sqlite3_stmt *look = key != NULL ? match->look : match->look_id;
	int step;

	*found = (struct match_found){ 0 };
	if (key != NULL)
		sqlite3_bind_text(look, 1, key, -1, SQLITE_STATIC);
	else
		sqlite3_bind_int64(look, 1, id);
	step = sqlite3_step(look);
	if (step == SQLITE_ROW) {
		found->id = sqlite3_column_int64(look, LOOK_ID);
		found->scope = sqlite3_column_int64(look, LOOK_SCOPE);
		found->same = says_all(match, look, values, references);
	} else if (step != SQLITE_DONE) {
		store_failed(match->store, error);
	}
	sqlite3_reset(look);
	return step == SQLITE_ROW || step == SQLITE_DONE;
}

bool
match_key_of(struct store *store, enum entity_kind kind, int64_t id, struct arena *arena,
	     const char **key, struct error *error)
{
	struct text sql = { 0 };
	sqlite3_stmt *statement;
	bool prepared;

	*key = "";
	text_append(&sql, "SELECT ");
	append_key(&sql, &entities[kind]);
	text_format(&sql, " FROM %s WHERE id = ?1", entities[kind].name);
	prepared = store_prepare(store, text_words(&sql), &statement, error);
	text_free(&sql);
	if (!prepared)
		return false;
	sqlite3_bind_int64(statement, 1, id);
	if (sqlite3_step(statement) == SQLITE_ROW)
		*key = arena_text(arena, (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	return true;
}

static bool
prepare_scope(struct match *match, struct error *error)
{
	const struct entity *entity = match->entity;
	struct text sql = { 0 };
	bool prepared;

	text_format(&sql, "SELECT id FROM %s WHERE %s_id = ?1", entity->name,
		    entity->fields[entity->scope].name);
	prepared = store_prepare(match->store, text_words(&sql), &match->scope, error);
	text_free(&sql);
	return prepared;
}

bool
match_scope(struct match *match, int64_t scope, struct match_taker taker, struct error *error)
{
	bool taken = true;
	int step;

	if (match->scope == NULL && !prepare_scope(match, error))
		return false;
	sqlite3_bind_int64(match->scope, 1, scope);
	while ((step = sqlite3_step(match->scope)) == SQLITE_ROW && taken)
		taken = taker.take(taker.context, sqlite3_column_int64(match->scope, 0), error);
	if (taken && step != SQLITE_DONE)
		taken = store_failed(match->store, error);
	sqlite3_reset(match->scope);
	return taken;
}

static bool
prepare_absent(struct match *match, int missed, struct error *error)
{
	const struct entity *entity = match->entity;
	const struct field *present = field_find(entity->fields, "present");
	struct text sql = { 0 };
	bool prepared;

	text_format(&sql, "SELECT %s, %s FROM %s WHERE id = ?1", entity_key(entity)->name,
		    missed >= 0 ? entity->fields[missed].name : "NULL", entity->name);
	if (present != NULL) {
		text_append(&sql, " AND ");
		column_expression(&sql, entity, present);
		text_append(&sql, " = 'yes'");
	}
	prepared = store_prepare(match->store, text_words(&sql), &match->absent, error);
	text_free(&sql);
	return prepared;
}

bool
match_read_absent(struct match *match, int64_t id, int missed, struct arena *arena,
		  const char **key, const char **value, struct error *error)
{
	int step;

	*key = *value = NULL;
	if (match->absent == NULL && !prepare_absent(match, missed, error))
		return false;
	sqlite3_bind_int64(match->absent, 1, id);
	step = sqlite3_step(match->absent);
	if (step == SQLITE_ROW) {
		*key = arena_text(arena, (const char *)sqlite3_column_text(match->absent, 0));
		*value = arena_text(arena, (const char *)sqlite3_column_text(match->absent, 1));
	}
	sqlite3_reset(match->absent);
	return step == SQLITE_ROW || step == SQLITE_DONE || store_failed(match->store, error);
}
