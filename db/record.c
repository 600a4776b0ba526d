/* SPDX-License-Identifier: MIT */
#include "db/record.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "db/columns.h"
#include "db/insert.h"
#include "db/internal.h"
#include "db/query.h"

/* The row of that id, with every field: the first after the id before it. NULL without an error when there is none. */
static struct record *
read_row(struct store *store, struct record_id id, struct date today, struct arena *arena, struct error *error)
{
	const struct entity *entity = &entities[id.kind];
	const struct field *fields[ENTITY_FIELDS_MAX];
	struct query query = { .entity = entity, .fields = fields, .field_count = entity->field_count,
			       .today = today };
	struct position from = { .id = { id.kind, id.value - 1 } };
	struct record *record;
	struct page page;

	for (int i = 0; i < entity->field_count; i++)
		fields[i] = &entity->fields[i];
	if (!query_page(store, &query, &from, DIRECTION_AFTER, 1, arena, &page, error) || page.count == 0 ||
	    page.rows[0].id.value != id.value)
		return NULL;
	record = record_new(arena, entity->kind);
	record->id = id;
	memcpy(record->values, page.rows[0].values, (size_t)entity->field_count * sizeof *record->values);
	return record;
}

/* Which entry changed it last; 0 for entities without history of their own. */
static bool
read_entry(struct store *store, struct record_id id, struct entry_id *entry, struct error *error)
{
	*entry = (struct entry_id){ 0 };
	return id.kind == ENTITY_ENTRY || id.kind == ENTITY_CHANGE ||
	       store_ask(store, &entry->value, error, id.value, 0, "SELECT entry FROM %s WHERE id = ?1",
			 entities[id.kind].name);
}

struct record *
store_read(struct store *store, struct record_id id, struct date today, struct arena *arena,
	   struct error *error)
{
	struct record *record;

	error->kind = ERROR_NONE;
	record = read_row(store, id, today, arena, error);
	if (record == NULL && error->kind == ERROR_NONE)
		error_set(error, ERROR_NOT_FOUND, "That %s is no longer in the register.", entities[id.kind].name);
	if (record != NULL && !read_entry(store, record->id, &record->entry, error))
		return NULL;
	return record;
}

struct record *
store_find(struct store *store, enum entity_kind kind, const char *key, struct date today,
	   struct arena *arena, struct error *error)
{
	const struct entity *entity = &entities[kind];
	struct record_id id;

	if (!store_lookup(store, kind, key, &id, error))
		return NULL;
	if (id.value != 0)
		return store_read(store, id, today, arena, error);
	error_set(error, ERROR_NOT_FOUND, "There is no %s '%s' in the register.", entity->name, key);
	return NULL;
}

/* The id, when all the rows that have the words there, case aside, agree on it. HAVING alone needs SQLite 3.39. */
static void
append_only_one(struct text *sql, const char *table, const char *column, const char *id)
{
	text_format(sql, ", (SELECT CASE WHEN min(%s) = max(%s) THEN min(%s) END FROM %s WHERE %s = ?1 COLLATE NOCASE)", id, id,
		    id, table, column);
}

/*
 * One statement that tries, best first: the key as it is; the key in another case; the record's name, when
 * only one has it; for a manufacturer, its name table.
 */
static void
lookup_sql(struct text *sql, const struct entity *entity)
{
	const struct field *key = entity_key(entity), *label = &entity->fields[entity->label];
	const char *table = entity->name, *column = field_is_stored(key) ? key->name : "id";
	bool number = !field_is_stored(key);

	text_format(sql, "SELECT coalesce((SELECT id FROM %s WHERE %s = %s)", table, column,
		    number ? "CAST(?1 AS INTEGER) AND CAST(id AS TEXT) = ?1" : "?1");
	if (!number)
		append_only_one(sql, table, column, "id");
	if (label->type == FIELD_TEXT && label != key && (entity->kind == ENTITY_ORGANISATION || entity->kind == ENTITY_SITE))
		append_only_one(sql, table, label->name, "id");
	if (entity->kind == ENTITY_MANUFACTURER)
		append_only_one(sql, "manufacturer_name", "name", "manufacturer_id");
	text_append(sql, ", NULL)");	/* coalesce() wants two at least */
}

bool
store_lookup(struct store *store, enum entity_kind kind, const char *key, struct record_id *id,
	     struct error *error)
{
	sqlite3_stmt **statement = &store->lookups[kind];

	*id = (struct record_id){ kind, 0 };
	if (*statement == NULL) {
		struct text sql = { 0 };
		bool prepared;

		lookup_sql(&sql, &entities[kind]);
		prepared = store_prepare(store, text_words(&sql), statement, error);
		text_free(&sql);
		if (!prepared)
			return false;
	}
	sqlite3_reset(*statement);
	sqlite3_bind_text(*statement, 1, key, -1, SQLITE_TRANSIENT);
	return store_number(store, *statement, &id->value, error);
}

/* The id that a reference's words name; 0 for none. */
static bool
resolve(struct store *store, const struct field *field, const char *words, int64_t *id, struct error *error)
{
	struct record_id found;

	*id = 0;
	if (words == NULL)
		return true;
	if (!store_lookup(store, field->target, words, &found, error))
		return false;
	if (found.value == 0)
		return error_set(error, ERROR_INVALID, "There is no %s '%s' in the register.",
				 entities[field->target].name, words);
	*id = found.value;
	return true;
}

bool
store_insert(struct store *store, struct record *record, struct error *error)
{
	const struct entity *entity = record->entity;
	struct insert **insert = &store->inserts[entity->kind];
	int64_t references[ENTITY_FIELDS_MAX] = { 0 };

	if (!store_may_write(store, error) || !record_check(record, store->today, error))
		return false;
	for (int i = 0; i < entity->field_count; i++) {
		const struct field *field = &entity->fields[i];

		if (field->type == FIELD_REFERENCE && field_is_stored(field) &&
		    !resolve(store, field, record->values[i], &references[i], error))
			return false;
		if (field->type == FIELD_CHOICE && field_is_stored(field) && record->values[i] == NULL)
			record->values[i] = choice_initial(field->choices);
	}
	record->entry = store->entry;
	if (*insert == NULL)
		*insert = insert_open(store, entity, NULL, error);
	return *insert != NULL && insert_row(*insert, record->values, references, &record->id.value, error);
}

/* What stands in the column now, as text, for the history. */
static bool
stored_text(struct store *store, struct record_id id, const char *column, struct arena *arena, const char **text,
	    struct error *error)
{
	sqlite3_stmt *statement;
	char sql[160];
	int step;

	*text = NULL;
	snprintf(sql, sizeof sql, "SELECT %s FROM %s WHERE id = ?1", column, entities[id.kind].name);
	if (!store_prepare(store, sql, &statement, error))
		return false;
	sqlite3_bind_int64(statement, 1, id.value);
	step = sqlite3_step(statement);
	if (step == SQLITE_ROW)
		*text = arena_text(arena, (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	return step == SQLITE_ROW || error_set(error, ERROR_NOT_FOUND, "That %s is no longer in the register.",
					       entities[id.kind].name);
}

static bool
write_column(struct store *store, struct record_id id, const char *column, const char *value,
	     struct error *error)
{
	sqlite3_stmt *statement;
	char sql[200];
	bool done;

	snprintf(sql, sizeof sql, "UPDATE %s SET %s = ?2, entry = ?3 WHERE id = ?1", entities[id.kind].name, column);
	if (!store_prepare(store, sql, &statement, error))
		return false;
	sqlite3_bind_int64(statement, 1, id.value);
	sqlite3_bind_text(statement, 2, value, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int64(statement, 3, store->entry.value);
	done = store_step(store, statement, error);
	sqlite3_finalize(statement);
	return done;
}

bool
store_note_change(struct store *store, struct record_id id, const char *key, const char *field, const char *old,
		  const char *now, struct error *error)
{
	sqlite3_stmt *statement = store_statement(store, CHANGE_INSERT, error);

	if (statement == NULL)
		return false;
	bind_integer(statement, ":entry_id", store->entry.value);
	bind_text(statement, ":entity", entities[id.kind].name);
	bind_integer(statement, ":record_id", id.value);
	bind_text(statement, ":record", key);
	bind_text(statement, ":field", field);
	bind_text(statement, ":old", old);
	bind_text(statement, ":new", now);
	return store_step(store, statement, error);
}

static bool
same_value(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
update_field(struct store *store, const struct record *before, const struct record *now, int i,
	     struct arena *arena, int *changed, struct error *error)
{
	const struct field *field = &now->entity->fields[i];
	const char *column = column_name(field, arena), *old, *value = now->values[i];
	int64_t reference;

	if (field->type == FIELD_REFERENCE) {
		if (!resolve(store, field, value, &reference, error))
			return false;
		value = reference != 0 ? arena_format(arena, "%lld", (long long)reference) : NULL;
	}
	if (value == NULL && field->type == FIELD_CHOICE)
		value = choice_initial(field->choices);
	if (!stored_text(store, before->id, column, arena, &old, error))
		return false;
	/* Another spelling of the same record or word is no change. */
	if (same_value(old, value))
		return true;
	(*changed)++;
	if (!write_column(store, before->id, column, value, error))
		return error->kind == ERROR_CONFLICT && (field->flags & FIELD_KEY) ?
			error_set(error, ERROR_CONFLICT, "Another %s has the %s '%s'.", now->entity->name, field->name, value) :
			false;
	return store_note_change(store, before->id, record_key(before), field->name, old, value, error);
}

bool
store_update(struct store *store, const struct record *before, const struct record *now, int *changed,
	     struct error *error)
{
	struct arena arena = { 0 };
	struct entry_id newest;
	int count = 0;
	bool done = store_may_write(store, error) && record_check(now, store->today, error) &&
		read_entry(store, before->id, &newest, error);

	if (done && newest.value == 0)
		done = error_set(error, ERROR_CONFLICT, "%s %s is no longer in the register. Nothing was saved.",
				 now->entity->title, record_key(before));
	if (done && newest.value != before->entry.value && newest.value != store->entry.value)
		done = error_set(error, ERROR_CONFLICT, "%s %s was changed meanwhile (entry %lld of the history). Nothing was "
				 "saved; look at it again and repeat your change.", now->entity->title, record_key(before),
				 (long long)newest.value);
	for (int i = 0; done && i < now->entity->field_count; i++) {
		if (!field_is_stored(&now->entity->fields[i]) || same_value(before->values[i], now->values[i]))
			continue;
		done = update_field(store, before, now, i, &arena, &count, error);
	}
	if (changed != NULL)
		*changed = count;
	arena_free(&arena);
	return done;
}

bool
store_created(struct store *store, struct record_id id, struct entry_id *entry, struct error *error)
{
	return store_ask(store, &entry->value, error, id.value, 0, "SELECT created_entry FROM %s WHERE id = ?1",
			 entities[id.kind].name);
}
