/* SPDX-License-Identifier: MIT */
/*
 * Changing a record: one look at what its columns hold, one UPDATE of those that change, and a line
 * in the history for each.  An import changes rows by the hundred thousand, so each of the
 * statements is kept for the next record in which the same fields change.
 */
#include <string.h>

#include "core/check.h"
#include "db/columns.h"
#include "db/insert.h"
#include "db/internal.h"
#include "db/maker_load.h"
#include "db/record.h"

/* One column, as the register keeps it. */
struct change {
	const struct field *field;
	const char *column, *old, *value;
};

struct update {
	struct store *store;
	const struct record *before, *now;
	struct change changes[ENTITY_FIELDS_MAX];
	int count;
	struct arena arena;
	struct error *error;
};

/* The value as the column keeps it: a reference by its id, a blank choice as its first word. */
static bool
stored_value(struct update *update, const struct field *field, const char *words,
	     const char **value)
{
	int64_t reference;

	*value = words == NULL && field->type == FIELD_CHOICE ? choice_initial(field->choices)
							      : words;
	if (field->type != FIELD_REFERENCE)
		return true;
	if (!store_resolve(update->store, field, words, &reference, update->error))
		return false;
	*value = reference != 0 ? arena_format(&update->arena, "%lld", (long long)reference) : NULL;
	return true;
}

/* The fields in which the two records differ. */
static bool
list_changes(struct update *update)
{
	const struct entity *entity = update->now->entity;

	for (int i = 0; i < entity->field_count; i++) {
		const struct field *field = &entity->fields[i];
		struct change *change = &update->changes[update->count];

		if (!field_is_stored(field) ||
		    text_equals(update->before->values[i], update->now->values[i]))
			continue;
		*change = (struct change){ .field = field,
					   .column = column_name(field, &update->arena) };
		if (!stored_value(update, field, update->now->values[i], &change->value))
			return false;
		update->count++;
	}
	return true;
}

static bool
check_entry(struct update *update, int64_t newest)
{
	const struct record *before = update->before;

	return newest == before->entry.value || newest == update->store->entry.value ||
	       error_set(update->error, ERROR_CONFLICT,
			 "%s %s was changed meanwhile (entry %lld of the history). Nothing was "
			 "saved; look at it again and repeat your change.",
			 before->entity->title, record_key(before), (long long)newest);
}

/* What stands in the columns now, as text, for the history. */
static bool
read_old(struct update *update, sqlite3_stmt *statement)
{
	const struct record *before = update->before;
	int step;

	sqlite3_bind_int64(statement, 1, before->id.value);
	step = sqlite3_step(statement);
	if (step != SQLITE_ROW && step != SQLITE_DONE)
		return store_failed(update->store, update->error);
	if (step == SQLITE_DONE)
		return error_set(update->error, ERROR_CONFLICT,
				 "%s %s is no longer in the register. Nothing was saved.",
				 before->entity->title, record_key(before));
	for (int i = 0; i < update->count; i++) {
		const unsigned char *old = sqlite3_column_text(statement, i + 1);

		update->changes[i].old = arena_text(&update->arena, (const char *)old);
	}
	return check_entry(update, sqlite3_column_int64(statement, 0));
}

/* Another spelling of the same record or word is no change. */
static void
drop_same(struct update *update)
{
	int kept = 0;

	for (int i = 0; i < update->count; i++)
		if (!text_equals(update->changes[i].old, update->changes[i].value))
			update->changes[kept++] = update->changes[i];
	update->count = kept;
}

static bool
read_columns(struct update *update)
{
	struct text sql = { 0 };
	sqlite3_stmt *statement;
	bool read;

	text_append(&sql, "SELECT entry");
	for (int i = 0; i < update->count; i++)
		text_format(&sql, ", %s", update->changes[i].column);
	text_format(&sql, " FROM %s WHERE id = ?1", update->before->entity->name);
	statement = store_cached(update->store, text_words(&sql), update->error);
	text_free(&sql);
	read = statement != NULL && read_old(update, statement);
	sqlite3_reset(statement);
	drop_same(update);
	return read;
}

/* One that is just made stands above nobody, so only a change can close the circle. */
static bool
check_parent(struct update *update, const char *parent)
{
	const struct record *before = update->before;
	sqlite3_stmt *statement = store_statement(update->store, ORGANISATION_ABOVE, update->error);
	int step;

	if (statement == NULL)
		return false;
	bind_text(statement, ":parent", parent);
	bind_integer(statement, ":id", before->id.value);
	step = sqlite3_step(statement);
	sqlite3_reset(statement);
	if (step == SQLITE_ROW)
		return error_set(update->error, ERROR_CONFLICT,
				 "Organisation %s would belong to itself, by way of its parent "
				 "organisations. Nothing was saved; give it, or one of those, "
				 "another parent or none.",
				 record_key(before));
	return step == SQLITE_DONE || store_failed(update->store, update->error);
}

static bool
check_parents(struct update *update)
{
	const struct field *parent = &entities[ENTITY_ORGANISATION].fields[ORGANISATION_parent];

	for (int i = 0; i < update->count; i++)
		if (update->changes[i].field == parent && update->changes[i].value != NULL &&
		    !check_parent(update, update->changes[i].value))
			return false;
	return true;
}

/* A key that another record has is the one thing that only the table can know. */
static bool
refused(struct update *update)
{
	bool taken = sqlite3_extended_errcode(update->store->database) == SQLITE_CONSTRAINT_UNIQUE;

	for (int i = 0; i < update->count && taken; i++)
		if (update->changes[i].field->flags & FIELD_KEY)
			return error_set(update->error, ERROR_CONFLICT,
					 "Another %s has the %s '%s'.", update->now->entity->name,
					 update->changes[i].field->name, update->changes[i].value);
	return false;
}

static bool
write_columns(struct update *update)
{
	enum { PARAMETER_ID = 1, PARAMETER_ENTRY, PARAMETER_FIRST };
	struct text sql = { 0 };
	sqlite3_stmt *statement;

	text_format(&sql, "UPDATE %s SET entry = ?2", update->now->entity->name);
	for (int i = 0; i < update->count; i++)
		text_format(&sql, ", %s = ?%d", update->changes[i].column, PARAMETER_FIRST + i);
	text_append(&sql, " WHERE id = ?1");
	statement = store_cached(update->store, text_words(&sql), update->error);
	text_free(&sql);
	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, PARAMETER_ID, update->before->id.value);
	sqlite3_bind_int64(statement, PARAMETER_ENTRY, update->store->entry.value);
	for (int i = 0; i < update->count; i++)
		sqlite3_bind_text(statement, PARAMETER_FIRST + i, update->changes[i].value, -1,
				  SQLITE_STATIC);
	return store_step(update->store, statement, update->error) || refused(update);
}

static bool
note_changes(struct update *update)
{
	const struct record *before = update->before;

	for (int i = 0; i < update->count; i++) {
		const struct change *change = &update->changes[i];

		if (!store_note_change(update->store, before->id, record_key(before),
				       change->field->name, change->old, change->value,
				       update->error))
			return false;
	}
	return true;
}

bool
store_update(struct store *store, const struct record *before, const struct record *now,
	     int *changed, struct error *error)
{
	struct update update = { .store = store, .before = before, .now = now, .error = error };
	bool done = store_may_write(store, error) && record_check(now, store->today, error) &&
		record_check_change(before, now, store->today, error) && list_changes(&update) &&
		read_columns(&update) && check_parents(&update) &&
		(update.count == 0 || (write_columns(&update) && note_changes(&update)));

	if (changed != NULL)
		*changed = update.count;
	makers_note_change(store, now->entity->kind);
	arena_free(&update.arena);
	return done;
}

bool
store_note_change(struct store *store, struct record_id id, const char *key, const char *field,
		  const char *old, const char *now, struct error *error)
{
	/* As CHANGE_INSERT names them. */
	enum { ENTRY_ID = 1, ENTITY, RECORD_ID, RECORD, FIELD, OLD, NEW };
	sqlite3_stmt *statement = store_statement(store, CHANGE_INSERT, error);

	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, ENTRY_ID, store->entry.value);
	sqlite3_bind_text(statement, ENTITY, entities[id.kind].name, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, RECORD_ID, id.value);
	sqlite3_bind_text(statement, RECORD, key, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, FIELD, field, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, OLD, old, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, NEW, now, -1, SQLITE_STATIC);
	return store_step(store, statement, error);
}
