/* SPDX-License-Identifier: MIT */
/*
 * The changes of an entry go back one by one, each only if the field still holds what the entry put
 * there.  An import may have changed a million of them: what is asked about a record is asked once
 * for all changes of it that stand together.
 */
#include <stdio.h>

#include "db/columns.h"
#include "db/insert.h"
#include "db/undo.h"

enum { FIELD_SQL_SIZE = 256, PROGRESS_CHANGES = 1000 };

/* The record that the last change was of. */
struct subject {
	struct record_id id;
	/* The entry made it, so that it goes or stays whole; or it is left. */
	bool passed_over;
	int64_t entry;		/* the one behind it once the change is made */
};

/* One field change, in the direction it is to be made. */
struct step {
	const struct entity *entity;
	struct record_id id;
	const struct field *field;
	const char *key, *from, *to;
};

static const char *
column_text(struct reversal *reversal, sqlite3_stmt *statement, int column)
{
	return arena_text(&reversal->arena, (const char *)sqlite3_column_text(statement, column));
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

static bool
is_passed_over(struct reversal *reversal, const struct step *step, bool *passed_over)
{
	const char *table = step->entity->name;
	char sql[FIELD_SQL_SIZE];
	sqlite3_stmt *statement;
	int64_t found;

	snprintf(sql, sizeof sql,
		 "SELECT EXISTS (SELECT 1 FROM %s WHERE id = ?1 AND created_entry = ?2) OR EXISTS "
		 "(SELECT 1 FROM undo_left WHERE entity = '%s' AND record_id = ?1)",
		 table, table);
	statement = store_cached(reversal->store, sql, reversal->error);
	if (statement == NULL)
		return false;
	sqlite3_bind_int64(statement, 1, step->id.value);
	sqlite3_bind_int64(statement, 2, reversal->of.value);
	if (!store_number(reversal->store, statement, &found, reversal->error))
		return false;
	*passed_over = found != 0;
	return true;
}

/* When an undo is undone, the entry stands behind its work again, unless a later one does. */
static bool
find_subject(struct reversal *reversal, const struct step *step, bool again,
	     struct subject *subject)
{
	if (subject->id.kind == step->id.kind && subject->id.value == step->id.value)
		return true;
	*subject = (struct subject){ .id = step->id };
	if (!again && !is_passed_over(reversal, step, &subject->passed_over))
		return false;
	if (subject->passed_over)
		return true;
	if (!entry_behind(reversal, step, &subject->entry))
		return false;
	if (again && subject->entry < reversal->of.value)
		subject->entry = reversal->of.value;
	return true;
}

enum outcome { STEP_MADE, STEP_CHANGED_SINCE, STEP_KEY_TAKEN, STEP_GONE };

/* Sets the column if it holds step->from. */
static bool
set_column(struct reversal *reversal, const struct step *step, int64_t entry, enum outcome *outcome)
{
	const char *column = column_name(step->field, &reversal->arena);
	char sql[FIELD_SQL_SIZE];
	sqlite3_stmt *statement;
	bool run;

	snprintf(sql, sizeof sql,
		 "UPDATE %s SET %s = ?1, entry = coalesce(nullif(?2, 0), created_entry) WHERE id = "
		 "?3 AND CAST(%s AS TEXT) IS ?4",
		 step->entity->name, column, column);
	statement = store_cached(reversal->store, sql, reversal->error);
	if (statement == NULL)
		return false;
	sqlite3_bind_text(statement, 1, step->to, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 2, entry);
	sqlite3_bind_int64(statement, 3, step->id.value);
	sqlite3_bind_text(statement, 4, step->from, -1, SQLITE_STATIC);
	run = store_step(reversal->store, statement, reversal->error);
	if (!run)
		*outcome = STEP_KEY_TAKEN;
	else if (sqlite3_changes(reversal->store->database) == 1)
		*outcome = STEP_MADE;
	else
		*outcome = STEP_CHANGED_SINCE;
	return run ||
	       sqlite3_extended_errcode(reversal->store->database) == SQLITE_CONSTRAINT_UNIQUE;
}

/* A reference needs the record that it is to name. */
static bool
find_target(struct reversal *reversal, const struct step *step, enum outcome *outcome)
{
	char sql[FIELD_SQL_SIZE];
	sqlite3_stmt *statement;
	int64_t found;

	*outcome = STEP_MADE;
	if (step->field->type != FIELD_REFERENCE || step->to == NULL)
		return true;
	snprintf(sql, sizeof sql, "SELECT 1 FROM %s WHERE id = CAST(?1 AS INTEGER)",
		 entities[step->field->target].name);
	statement = store_cached(reversal->store, sql, reversal->error);
	if (statement == NULL)
		return false;
	sqlite3_bind_text(statement, 1, step->to, -1, SQLITE_STATIC);
	if (!store_number(reversal->store, statement, &found, reversal->error))
		return false;
	*outcome = found != 0 ? STEP_MADE : STEP_GONE;
	return true;
}

static void
add_outcome(struct reversal *reversal, const struct step *step, enum outcome outcome)
{
	const char *title = step->entity->title, *name = step->field->name;

	if (outcome == STEP_CHANGED_SINCE)
		undo_add_line(reversal, "%s %s: %s was changed since", title, step->key, name);
	else if (outcome == STEP_KEY_TAKEN)
		undo_add_line(reversal, "%s %s: another has its old %s now", title, step->key,
			      name);
	else
		undo_add_line(reversal, "%s %s: its old %s is no longer in the register", title,
			      step->key, name);
}

static bool
make_step(struct reversal *reversal, const struct step *step, int64_t entry)
{
	enum outcome outcome;

	if (!find_target(reversal, step, &outcome) ||
	    (outcome == STEP_MADE && !set_column(reversal, step, entry, &outcome)))
		return false;
	if (outcome == STEP_MADE) {
		reversal->undone->values++;
		return store_note_change(reversal->store, step->id, step->key, step->field->name,
					 step->from, step->to, reversal->error);
	}
	add_outcome(reversal, step, outcome);
	return true;
}

/* False with an error when the register names a record or a field that no Terrier wrote. */
static bool
read_step(struct reversal *reversal, sqlite3_stmt *statement, struct step *step)
{
	const char *entity = column_text(reversal, statement, 0),
		   *field = column_text(reversal, statement, 3);

	*step = (struct step){ .entity = entity_named(entity != NULL ? entity : "") };
	if (step->entity != NULL && undo_concerns(step->entity))
		step->field = field_find(step->entity->fields, field != NULL ? field : "");
	if (step->field == NULL || !field_is_stored(step->field))
		return error_set(reversal->error, ERROR_DATABASE,
				 "The history of the register is damaged: entry %lld changed a "
				 "field that there is not. Nothing was changed.",
				 (long long)reversal->of.value);
	step->id = (struct record_id){ step->entity->kind, sqlite3_column_int64(statement, 1) };
	step->key = column_text(reversal, statement, 2);
	step->key = step->key != NULL ? step->key : "";
	step->from = column_text(reversal, statement, 4);
	step->to = column_text(reversal, statement, 5);
	return true;
}

static bool
take_step(struct reversal *reversal, sqlite3_stmt *statement, bool again, struct subject *subject)
{
	struct step step;

	arena_reset(&reversal->arena);
	return read_step(reversal, statement, &step) &&
	       find_subject(reversal, &step, again, subject) &&
	       (subject->passed_over || make_step(reversal, &step, subject->entry));
}

static bool
take_steps(struct reversal *reversal, sqlite3_stmt *statement, struct entry_id changed,
	   int64_t total)
{
	bool again = changed.value != reversal->of.value;
	struct subject subject = { 0 };
	int64_t done = 0;
	int found;

	bind_integer(statement, ":entry_id", changed.value);
	while ((found = sqlite3_step(statement)) == SQLITE_ROW) {
		if ((done++ % PROGRESS_CHANGES == 0 &&
		     !undo_step(reversal, "Putting back old values", done - 1, total)) ||
		    !take_step(reversal, statement, again, &subject))
			return false;
	}
	return found == SQLITE_DONE || store_failed(reversal->store, reversal->error);
}

bool
undo_changes(struct reversal *reversal, struct entry_id changed)
{
	sqlite3_stmt *statement = store_statement(reversal->store, CHANGES_BACKWARD,
						  reversal->error);
	int64_t total;
	bool taken = statement != NULL &&
		     store_ask(reversal->store, &total, reversal->error, changed.value, 0,
			       "SELECT count(*) FROM change WHERE entry_id = ?1") &&
		     take_steps(reversal, statement, changed, total);

	sqlite3_reset(statement);
	return taken;
}
