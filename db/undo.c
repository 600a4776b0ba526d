/* SPDX-License-Identifier: MIT */
/*
 * Taking an entry back.  Its changes go back one by one, each only if the
 * field still holds what the entry put there; the records that it made go to the bin, whole, each only if
 * nothing was done to them since.  What was done since is listed, and then nothing is undone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/columns.h"
#include "db/history.h"
#include "db/history_internal.h"
#include "db/insert.h"
#include "db/internal.h"

enum { CONFLICTS_LISTED = 20, FIELD_SQL_SIZE = 256 };

/* What an undo or redo works with. */
struct reversal {
	struct store *store;
	struct entry_id of;		/* the entry whose work is taken back or done again */
	struct text *conflicts;
	int conflict_count;
	struct arena arena;
	struct error *error;
};

/* One field change, in the direction it is to be made. */
struct step {
	const struct entity *entity;
	struct record_id id;
	const struct field *field;
	const char *key, *from, *to;
};

static void
add_conflict(struct reversal *reversal, const char *words)
{
	if (reversal->conflict_count++ < CONFLICTS_LISTED)
		text_format(reversal->conflicts, "%s\n", words);
}

static const char *
column_text(struct reversal *reversal, sqlite3_stmt *statement, int column)
{
	return arena_text(&reversal->arena, (const char *)sqlite3_column_text(statement, column));
}

static bool
prepare_for(struct reversal *reversal, sqlite3_stmt **statement, const struct text *sql)
{
	return store_prepare(reversal->store, text_words(sql), statement, reversal->error);
}

/* The newest entry that still stands behind the record, but for the one that is taken back. */
static bool
entry_behind(struct reversal *reversal, const struct step *step, int64_t *entry)
{
	sqlite3_stmt *statement = store_statement(reversal->store, CHANGE_BEFORE, reversal->error);

	if (statement == NULL)
		return false;
	bind_text(statement, ":entity", step->entity->name);
	bind_integer(statement, ":record_id", step->id.value);
	bind_integer(statement, ":entry_id", reversal->of.value);
	return store_number(reversal->store, statement, entry, reversal->error);
}

enum outcome { STEP_MADE, STEP_CHANGED_SINCE, STEP_KEY_TAKEN };

/* Sets the column if it holds step->from. */
static bool
set_column(struct reversal *reversal, const struct step *step, int64_t entry, enum outcome *outcome)
{
	const char *column = column_name(step->field, &reversal->arena);
	char sql[FIELD_SQL_SIZE];
	sqlite3_stmt *statement;
	bool run;

	snprintf(sql, sizeof sql, "UPDATE %s SET %s = ?1, entry = coalesce(nullif(?2, 0), created_entry) "
		 "WHERE id = ?3 AND CAST(%s AS TEXT) IS ?4", step->entity->name, column, column);
	if (!store_prepare(reversal->store, sql, &statement, reversal->error))
		return false;
	sqlite3_bind_text(statement, 1, step->to, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 2, entry);
	sqlite3_bind_int64(statement, 3, step->id.value);
	sqlite3_bind_text(statement, 4, step->from, -1, SQLITE_STATIC);
	run = store_step(reversal->store, statement, reversal->error);
	sqlite3_finalize(statement);
	*outcome = !run ? STEP_KEY_TAKEN : sqlite3_changes(reversal->store->database) == 1 ? STEP_MADE : STEP_CHANGED_SINCE;
	return run || sqlite3_extended_errcode(reversal->store->database) == SQLITE_CONSTRAINT_UNIQUE;
}

static bool
make_step(struct reversal *reversal, const struct step *step, int64_t entry)
{
	enum outcome outcome;

	if (!set_column(reversal, step, entry, &outcome))
		return false;
	if (outcome == STEP_MADE)
		return store_note_change(reversal->store, step->id, step->key, step->field->name, step->from, step->to,
					 reversal->error);
	add_conflict(reversal, arena_format(&reversal->arena, outcome == STEP_KEY_TAKEN ?
					    "%s %s: another has its old %s now" : "%s %s: %s was changed since",
					    step->entity->title, step->key, step->field->name));
	return true;
}

/* False with an error when the register names a record or a field that no Terrier wrote. */
static bool
read_step(struct reversal *reversal, sqlite3_stmt *statement, struct step *step)
{
	const char *entity = column_text(reversal, statement, 0), *field = column_text(reversal, statement, 3);

	*step = (struct step){ .entity = entity_named(entity != NULL ? entity : "") };
	if (step->entity != NULL && (step->entity->flags & ENTITY_EDITED))
		step->field = field_find(step->entity->fields, field != NULL ? field : "");
	if (step->field == NULL || !field_is_stored(step->field))
		return error_set(reversal->error, ERROR_DATABASE, "The history of the register is damaged: entry %lld changed a "
				 "field that there is not. Nothing was changed.", (long long)reversal->of.value);
	step->id = (struct record_id){ step->entity->kind, sqlite3_column_int64(statement, 1) };
	step->key = column_text(reversal, statement, 2);
	step->key = step->key != NULL ? step->key : "";
	step->from = column_text(reversal, statement, 4);
	step->to = column_text(reversal, statement, 5);
	return true;
}

/* The changes of the entry, last first to take them back, first first to make them again. */
static bool
make_steps(struct reversal *reversal, bool back)
{
	sqlite3_stmt *statement = store_statement(reversal->store, back ? CHANGES_BACKWARD : CHANGES_FORWARD,
						  reversal->error);
	bool made = statement != NULL;
	int found = SQLITE_DONE;

	if (made)
		bind_integer(statement, ":entry_id", reversal->of.value);
	while (made && (found = sqlite3_step(statement)) == SQLITE_ROW) {
		struct step step;
		int64_t entry;

		made = read_step(reversal, statement, &step) && entry_behind(reversal, &step, &entry) &&
			make_step(reversal, &step, back || entry > reversal->of.value ? entry : reversal->of.value);
	}
	if (made && found != SQLITE_DONE)
		made = store_failed(reversal->store, reversal->error);
	sqlite3_reset(statement);
	return made;
}

/* Lists the keys that a query gives, each with the words behind it. */
static bool
list_conflicts(struct reversal *reversal, const struct text *sql, const struct entity *entity, const char *words)
{
	sqlite3_stmt *statement;
	int found;

	if (!prepare_for(reversal, &statement, sql))
		return false;
	sqlite3_bind_int64(statement, 1, reversal->of.value);
	while ((found = sqlite3_step(statement)) == SQLITE_ROW)
		add_conflict(reversal, arena_format(&reversal->arena, "%s %s %s", entity->title,
						    (const char *)sqlite3_column_text(statement, 0), words));
	sqlite3_finalize(statement);
	return found == SQLITE_DONE || store_failed(reversal->store, reversal->error);
}

static void
append_key(struct text *sql, const struct entity *entity)
{
	text_append(sql, "SELECT ");
	column_expression(sql, entity, entity_key(entity));
	text_format(sql, " FROM %s WHERE ", entity->name);
}

/* Records that the entry made and another has changed since. */
static bool
find_changed(struct reversal *reversal, const struct entity *entity)
{
	struct text sql = { 0 };
	bool found;

	append_key(&sql, entity);
	text_format(&sql, "%s.created_entry = ?1 AND %s.entry <> ?1", entity->name, entity->name);
	found = list_conflicts(reversal, &sql, entity, "was changed since");
	text_free(&sql);
	return found;
}

/* Records that others made and that now rest on one of those that the entry made. */
static bool
find_dependent(struct reversal *reversal, const struct entity *made)
{
	bool found = true;

	for each_entity(entity)
		for each_field(field, entity->fields) {
			struct text sql = { 0 };

			if (!found || field->target != made->kind || !field_is_stored(field) ||
			    entity->kind == ENTITY_ENTRY || entity->kind == ENTITY_CHANGE)
				continue;
			append_key(&sql, entity);
			text_format(&sql, "%s.created_entry <> ?1 AND %s.%s_id IN (SELECT id FROM %s WHERE created_entry = ?1)",
				    entity->name, entity->name, field->name, made->name);
			found = list_conflicts(reversal, &sql, entity,
					       arena_format(&reversal->arena, "now belongs to a %s that would go", made->name));
			text_free(&sql);
		}
	return found;
}

static bool
run_with(struct reversal *reversal, struct text *sql, int64_t first, int64_t second)
{
	sqlite3_stmt *statement;
	bool done;

	if (!prepare_for(reversal, &statement, sql))
		return false;
	sqlite3_bind_int64(statement, 1, first);
	if (sqlite3_bind_parameter_count(statement) > 1)
		sqlite3_bind_int64(statement, 2, second);
	done = store_step(reversal->store, statement, reversal->error);
	sqlite3_finalize(statement);
	text_clear(sql);
	return done;
}

/* Moves the records that the entry made to the bin of the open entry, each as JSON by column. */
static bool
bin_records(struct reversal *reversal, const struct entity *entity)
{
	struct text sql = { 0 };
	bool done;

	text_format(&sql, "INSERT INTO bin (entry_id, entity, record_id, contents) SELECT ?2, '%s', id, "
		    "json_object('uuid', hex(uuid)", entity->name);
	for each_field(field, entity->fields)
		if (field_is_stored(field)) {
			const char *column = column_name(field, &reversal->arena);

			text_format(&sql, ", '%s', %s", column, column);
		}
	text_format(&sql, ") FROM %s WHERE created_entry = ?1", entity->name);
	done = run_with(reversal, &sql, reversal->of.value, reversal->store->entry.value);
	text_format(&sql, "DELETE FROM %s WHERE created_entry = ?1", entity->name);
	done = done && run_with(reversal, &sql, reversal->of.value, 0);
	text_free(&sql);
	return done;
}

/* The 16 bytes of a UUID from its 32 hexadecimal digits: SQLite before 3.41 has no unhex(). */
static void
unhex(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *digits = (const char *)sqlite3_value_text(values[0]);
	unsigned char bytes[16];

	(void)count;
	if (digits == NULL || strlen(digits) != 2 * sizeof bytes) {
		sqlite3_result_error(context, "a UUID is damaged", -1);
		return;
	}
	for (size_t i = 0; i < sizeof bytes; i++) {
		char pair[3] = { digits[2 * i], digits[2 * i + 1], '\0' };

		bytes[i] = (unsigned char)strtoul(pair, NULL, 16);
	}
	sqlite3_result_blob(context, bytes, sizeof bytes, SQLITE_TRANSIENT);
}

/* Puts back what the undo entry `bin` took out, as the entry `of` had made it. */
static bool
restore_records(struct reversal *reversal, const struct entity *entity, struct entry_id bin)
{
	struct text sql = { 0 }, values = { 0 };
	bool done;

	text_format(&sql, "INSERT INTO %s (id, uuid, created_entry, entry", entity->name);
	for each_field(field, entity->fields)
		if (field_is_stored(field)) {
			const char *column = column_name(field, &reversal->arena);

			text_format(&sql, ", %s", column);
			text_format(&values, ", json_extract(contents, '$.%s')", column);
		}
	text_format(&sql, ") SELECT record_id, uuid_bytes(json_extract(contents, '$.uuid')), ?1, ?1%s "
		    "FROM bin WHERE entry_id = ?2 AND entity = '%s'", text_words(&values), entity->name);
	done = run_with(reversal, &sql, reversal->of.value, bin.value);
	if (!done && reversal->error->kind == ERROR_CONFLICT)
		error_set(reversal->error, ERROR_CONFLICT, "It cannot be done again: a %s with the same %s was made since. "
			  "Nothing was changed.", entity->name, entity_key(entity)->name);
	text_free(&sql);
	text_free(&values);
	return done;
}

static bool
has_records(const struct entity *entity)
{
	return entity->kind != ENTITY_ENTRY && entity->kind != ENTITY_CHANGE;
}

/* Whether the entry made records of the kind: one look at the table, where all that follows would be many. */
static bool
made_any(struct reversal *reversal, const struct entity *entity, bool *any)
{
	int64_t found = 0;
	bool done = !has_records(entity) ||
		store_ask(reversal->store, &found, reversal->error, reversal->of.value, 0,
			  "SELECT EXISTS (SELECT 1 FROM %s WHERE created_entry = ?1)", entity->name);

	*any = found != 0;
	return done;
}

static bool
remove_made(struct reversal *reversal)
{
	bool made[ENTITY_COUNT] = { false };

	for each_entity(entity)
		if (!made_any(reversal, entity, &made[entity->kind]) ||
		    (made[entity->kind] && (!find_changed(reversal, entity) || !find_dependent(reversal, entity))))
			return false;
	if (reversal->conflict_count > 0)
		return true;
	for each_entity(entity)
		if (made[entity->kind] && !bin_records(reversal, entity))
			return false;
	return true;
}

static bool
restore_made(struct reversal *reversal, struct entry_id bin)
{
	sqlite3_stmt *statement;

	for each_entity(entity)
		if (has_records(entity) && !restore_records(reversal, entity, bin))
			return false;
	statement = store_statement(reversal->store, BIN_EMPTY, reversal->error);
	if (statement == NULL)
		return false;
	bind_integer(statement, ":entry_id", bin.value);
	return store_step(reversal->store, statement, reversal->error);
}

/* What an entry is, and whether it is undone now. */
static bool
read_state(struct store *store, struct entry_id id, char kind[16], struct entry_id *undoes, bool *undone,
	   struct error *error)
{
	sqlite3_stmt *statement = store_statement(store, ENTRY_READ, error);
	int found;

	if (statement == NULL)
		return false;
	bind_integer(statement, ":id", id.value);
	found = sqlite3_step(statement);
	if (found == SQLITE_ROW) {
		snprintf(kind, 16, "%s", (const char *)sqlite3_column_text(statement, 0));
		undoes->value = sqlite3_column_int64(statement, 1);
		*undone = sqlite3_column_int(statement, 2) != 0;
	}
	if (found != SQLITE_ROW && found != SQLITE_DONE)
		store_failed(store, error);
	sqlite3_reset(statement);
	if (found != SQLITE_DONE)
		return found == SQLITE_ROW;
	return error_set(error, ERROR_NOT_FOUND, "There is no entry %lld in the history.", (long long)id.value);
}

/* Ends the reversal: commits it, or drops it all with what stood in its way. */
static bool
finish(struct reversal *reversal, bool done, const char *act)
{
	struct error *error = reversal->error;

	if (done && reversal->conflict_count > CONFLICTS_LISTED)
		text_format(reversal->conflicts, "and %d more\n", reversal->conflict_count - CONFLICTS_LISTED);
	if (done && reversal->conflict_count > 0)
		done = error_set(error, ERROR_CONFLICT, "Entry %lld cannot be %s: %s since, and that would be lost. Nothing was "
				 "changed.", (long long)reversal->of.value, act,
				 text_count(&reversal->arena, reversal->conflict_count, "row was changed", "rows were changed"));
	if (done)
		done = store_entry_commit(reversal->store, error);
	else
		store_entry_rollback(reversal->store);
	arena_free(&reversal->arena);
	return done;
}

static bool
begin(struct reversal *reversal, const struct entry *entry, struct entry_id undoes)
{
	/* References between records that come or go together are judged at the end. */
	return history_begin(reversal->store, entry, undoes, reversal->error) &&
	       store_run(reversal->store, "PRAGMA defer_foreign_keys = ON", reversal->error);
}

bool
store_undo(struct store *store, struct entry_id id, const struct entry *entry, struct text *conflicts,
	   struct error *error)
{
	struct reversal reversal = { .store = store, .of = id, .conflicts = conflicts, .error = error };
	struct entry_id undoes;
	char kind[16];
	bool undone;

	if (!read_state(store, id, kind, &undoes, &undone, error))
		return false;
	if (strcmp(kind, "undo") == 0 || strcmp(kind, "redo") == 0)
		return error_set(error, ERROR_CONFLICT, "Entry %lld is itself an undo or a redo; name the entry that did the "
				 "work, or use redo.", (long long)id.value);
	if (undone)
		return error_set(error, ERROR_CONFLICT, "Entry %lld is undone already.", (long long)id.value);
	return finish(&reversal, begin(&reversal, entry, id) && make_steps(&reversal, true) && remove_made(&reversal),
		      "undone");
}

bool
store_redo(struct store *store, struct entry_id id, const struct entry *entry, struct text *conflicts,
	   struct error *error)
{
	struct reversal reversal = { .store = store, .conflicts = conflicts, .error = error };
	char kind[16];
	bool undone;

	if (!read_state(store, id, kind, &reversal.of, &undone, error))
		return false;
	if (strcmp(kind, "undo") != 0)
		return error_set(error, ERROR_CONFLICT, "Entry %lld is not an undo, so there is nothing to do again.",
				 (long long)id.value);
	if (!undone && sqlite3_create_function(store->database, "uuid_bytes", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
					       unhex, NULL, NULL) != SQLITE_OK)
		return store_failed(store, error);
	if (undone)
		return error_set(error, ERROR_CONFLICT, "Entry %lld was done again already.", (long long)id.value);
	return finish(&reversal, begin(&reversal, entry, id) && restore_made(&reversal, id) && make_steps(&reversal, false),
		      "done again");
}
