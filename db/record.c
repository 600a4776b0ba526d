/* SPDX-License-Identifier: MIT */
#include "db/record.h"

#include "core/check.h"
#include "db/columns.h"
#include "db/insert.h"
#include "db/internal.h"
#include "db/maker_load.h"

/* Every field of a record, worked out where it must be, then the entry that changed it last. */
static void
read_sql(struct text *sql, const struct entity *entity)
{
	bool told = entity->kind != ENTITY_ENTRY && entity->kind != ENTITY_CHANGE;

	text_append(sql, "SELECT ");
	for each_field(field, entity->fields) {
		column_expression(sql, entity, field);
		text_append(sql, ", ");
	}
	text_format(sql, "%s FROM ", told ? "entry" : "0");
	column_source(sql, entity);
	text_format(sql, " WHERE %s.id = :id", entity->name);
}

static sqlite3_stmt *
read_statement(struct store *store, enum entity_kind kind, struct error *error)
{
	sqlite3_stmt **statement = &store->reads[kind];
	struct text sql = { 0 };

	if (*statement == NULL) {
		read_sql(&sql, &entities[kind]);
		store_prepare(store, text_words(&sql), statement, error);
		text_free(&sql);
	}
	return *statement;
}

static struct record *
record_of(sqlite3_stmt *statement, struct record_id id, struct arena *arena)
{
	struct record *record = record_new(arena, id.kind);
	const struct entity *entity = record->entity;

	record->id = id;
	for (int i = 0; i < entity->field_count; i++)
		record->values[i] = arena_text(arena, statement_value(statement, i,
								      &entity->fields[i], arena));
	record->entry.value = sqlite3_column_int64(statement, entity->field_count);
	return record;
}

struct record *
store_read(struct store *store, struct record_id id, struct date today, struct arena *arena,
	   struct error *error)
{
	sqlite3_stmt *statement = read_statement(store, id.kind, error);
	struct record *record = NULL;
	int step;

	if (statement == NULL || !store_look(store, error))
		return NULL;
	bind_integer(statement, ":id", id.value);
	statement_bind_dates(statement, today);
	step = sqlite3_step(statement);
	if (step == SQLITE_ROW)
		record = record_of(statement, id, arena);
	else if (step == SQLITE_DONE)
		error_set(error, ERROR_NOT_FOUND, "That %s is no longer in the register.",
			  entities[id.kind].name);
	else
		store_failed(store, error);
	sqlite3_reset(statement);
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
	error_set(error, ERROR_NOT_FOUND, "There is no %s '%s' in the register.", entity->name,
		  key);
	return NULL;
}

/*
 * The id, when all the rows that have the words there, case aside, agree on it. HAVING alone needs
 * SQLite 3.39.
 */
static void
append_only_one(struct text *sql, const char *table, const char *column, const char *id)
{
	text_format(sql,
		    ", (SELECT CASE WHEN min(%s) = max(%s) THEN min(%s) END FROM %s WHERE %s = ?1 "
		    "COLLATE NOCASE)",
		    id, id, id, table, column);
}

/*
 * One statement that tries, best first: the key as it is; the key in another case; the record's
 * name, when only one has it; for a manufacturer, its name table.
 */
static void
lookup_sql(struct text *sql, const struct entity *entity)
{
	const struct field *key = entity_key(entity), *label = &entity->fields[entity->label];
	bool derived = (entity->flags & ENTITY_DERIVED) != 0,
	     number = !field_is_stored(key) && !derived;
	const char *table = entity->name, *column = number ? "id" : key->name;

	text_append(sql, "SELECT coalesce((SELECT id FROM ");
	column_source(sql, entity);
	text_format(sql, " WHERE %s = %s)", column,
		    number    ? "CAST(?1 AS INTEGER) AND CAST(id AS TEXT) = ?1"
		    : derived ? "?1 COLLATE NOCASE"
			      : "?1");
	if (!number && !derived)
		append_only_one(sql, table, column, "id");
	if (label->type == FIELD_TEXT && label != key &&
	    (entity->kind == ENTITY_ORGANISATION || entity->kind == ENTITY_SITE))
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

bool
store_resolve(struct store *store, const struct field *field, const char *words, int64_t *id,
	      struct error *error)
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
		    !store_resolve(store, field, record->values[i], &references[i], error))
			return false;
		if (field->type == FIELD_CHOICE && field_is_stored(field) &&
		    record->values[i] == NULL)
			record->values[i] = choice_initial(field->choices);
	}
	record->entry = store->entry;
	if (*insert == NULL)
		*insert = insert_open(store, entity, NULL, error);
	makers_note_change(store, entity->kind);
	return *insert != NULL &&
	       insert_row(*insert, record->values, references, &record->id.value, error);
}

bool
store_created(struct store *store, struct record_id id, struct entry_id *entry, struct error *error)
{
	return store_ask(store, &entry->value, error, id.value, 0,
			 "SELECT created_entry FROM %s WHERE id = ?1", entities[id.kind].name);
}
