/* SPDX-License-Identifier: MIT */
#include "db/columns.h"
#include "db/undo.h"

/*
 * No temporary table: once there was one, SQLite sorts no more on the disk for as long as the
 * register is open.
 */
bool
left_begin(struct reversal *reversal)
{
	return store_run(reversal->store,
			 "CREATE TABLE undo_left (entity TEXT NOT NULL, record_id INTEGER NOT "
			 "NULL, needed_by TEXT, PRIMARY KEY (entity, record_id)) WITHOUT ROWID",
			 reversal->error);
}

bool
left_end(struct reversal *reversal)
{
	return store_run(reversal->store, "DROP TABLE undo_left", reversal->error);
}

/*
 * What was done with the refused rows and the questions of an import is a trail of its own, and the
 * file itself stays.
 */
static bool
is_listed(const struct entity *entity)
{
	return undo_concerns(entity) && (entity->flags & (ENTITY_EDITED | ENTITY_COMMANDED)) != 0;
}

bool
left_find_changed(struct reversal *reversal)
{
	struct text sql = { 0 };
	bool found = true;

	for each_entity(entity) {
		if (!found || !undo_concerns(entity))
			continue;
		text_format(&sql,
			    "INSERT INTO undo_left SELECT '%s', id, NULL FROM %s WHERE entry <> ?1 "
			    "AND (created_entry = ?1 OR id IN (SELECT record_id FROM change WHERE "
			    "entry_id = ?1 AND entity = '%s'))",
			    entity->name, entity->name, entity->name);
		found = undo_run(reversal, &sql, reversal->of.value, 0);
	}
	text_free(&sql);
	return found;
}

/* Those of the records that the entry made to which one that stays refers with the field. */
static bool
find_needed_by(struct reversal *reversal, const struct entity *entity, const struct field *field)
{
	const char *made = entities[field->target].name, *by = entity->name, *column = field->name;
	struct text sql = { 0 };
	bool found;

	text_format(&sql, "INSERT INTO undo_left SELECT '%s', %s.%s_id, '%s ' || min(", made, by,
		    column, by);
	column_expression(&sql, entity, entity_key(entity));
	text_format(&sql,
		    ") FROM %s WHERE %s.%s_id IN (SELECT id FROM %s WHERE created_entry = ?1) AND "
		    "(%s.created_entry <> ?1 OR EXISTS (SELECT 1 FROM undo_left WHERE entity = "
		    "'%s' AND record_id = %s.id)) AND NOT EXISTS (SELECT 1 FROM undo_left WHERE "
		    "entity = '%s' AND record_id = %s.%s_id) GROUP BY %s.%s_id",
		    by, by, column, made, by, by, by, made, by, column, by, column);
	found = undo_run(reversal, &sql, reversal->of.value, 0);
	text_free(&sql);
	return found;
}

static bool
find_needed(struct reversal *reversal, const struct entity *made)
{
	int64_t any = 0;

	if (!store_ask(reversal->store, &any, reversal->error, reversal->of.value, 0,
		       "SELECT EXISTS (SELECT 1 FROM %s WHERE created_entry = ?1)", made->name))
		return false;
	if (any == 0)
		return true;
	for each_entity(entity)
		for each_field(field, entity->fields)
			if (field->target == made->kind && field_is_stored(field) &&
			    undo_concerns(entity) && !find_needed_by(reversal, entity, field))
				return false;
	return true;
}

static bool
count_left(struct reversal *reversal, int64_t *count)
{
	return store_ask(reversal->store, count, reversal->error, 0, 0,
			 "SELECT count(*) FROM undo_left");
}

/* What stays may itself need others to stay, so it is looked for until no more is found. */
bool
left_find_needed(struct reversal *reversal)
{
	int64_t before = -1, count = 0;

	if (!count_left(reversal, &count))
		return false;
	while (count != before) {
		before = count;
		for each_entity(entity)
			if (is_listed(entity) && !find_needed(reversal, entity))
				return false;
		if (!count_left(reversal, &count))
			return false;
	}
	return true;
}

static void
add_record(struct reversal *reversal, const struct entity *entity, sqlite3_stmt *statement)
{
	const char *key = (const char *)sqlite3_column_text(statement, 0);
	const char *needed_by = (const char *)sqlite3_column_text(statement, 1);

	if (needed_by != NULL)
		undo_add_line(reversal, "%s %s is needed by %s", entity->title, key, needed_by);
	else
		undo_add_line(reversal, "%s %s was changed since", entity->title, key);
}

static bool
list_records(struct reversal *reversal, const struct entity *entity)
{
	struct text sql = { 0 };
	sqlite3_stmt *statement;
	bool prepared;
	int found;

	text_append(&sql, "SELECT ");
	column_expression(&sql, entity, entity_key(entity));
	text_format(&sql,
		    ", needed_by FROM undo_left CROSS JOIN %s ON %s.id = record_id WHERE "
		    "undo_left.entity = '%s' ORDER BY needed_by IS NOT NULL, record_id",
		    entity->name, entity->name, entity->name);
	prepared = store_prepare(reversal->store, text_words(&sql), &statement, reversal->error);
	text_free(&sql);
	if (!prepared)
		return false;
	while ((found = sqlite3_step(statement)) == SQLITE_ROW)
		add_record(reversal, entity, statement);
	sqlite3_finalize(statement);
	return found == SQLITE_DONE || store_failed(reversal->store, reversal->error);
}

bool
left_list(struct reversal *reversal)
{
	for each_entity(entity)
		if (is_listed(entity) && !list_records(reversal, entity))
			return false;
	return true;
}
