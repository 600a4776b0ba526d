/* SPDX-License-Identifier: MIT */
/*
 * Records that an undo takes out go to the bin, whole, each as JSON by column, for a redo to put
 * back.  They go by so many ids at a time, so that whoever waits hears how far it is; and when they
 * are many beside those that stay, without the indexes, which are built again afterwards.
 */
#include <stdlib.h>
#include <string.h>

#include "db/columns.h"
#include "db/indexes.h"
#include "db/undo.h"

enum { IDS_AT_A_TIME = 10000 };

/* The records of one kind, between the lowest id and the highest; of the table, or of the bin. */
struct range {
	int64_t first, last;	/* 0: there are none */
};

/* What stands between its ends, ?3 and ?4, batch by batch. */
struct batches {
	struct reversal *reversal;
	struct range range;
	const char *what;	/* for whoever waits */
	struct text sql[2];	/* run one after the other; an empty one is passed over */
	int64_t numbers[2];	/* their ?1 and ?2 */
};

static bool
find_range(struct reversal *reversal, const struct entity *entity, struct range *range)
{
	*range = (struct range){ 0 };
	return store_ask(reversal->store, &range->first, reversal->error, reversal->of.value, 0,
			 "SELECT id FROM %s WHERE created_entry = ?1 ORDER BY id LIMIT 1",
			 entity->name) &&
	       (range->first == 0 ||
		store_ask(reversal->store, &range->last, reversal->error, reversal->of.value, 0,
			  "SELECT id FROM %s WHERE created_entry = ?1 ORDER BY id DESC LIMIT 1",
			  entity->name));
}

static bool
run_batch(struct batches *batches, sqlite3_stmt *const *statements, int64_t first)
{
	struct reversal *reversal = batches->reversal;

	if (!undo_step(reversal, batches->what, first - batches->range.first,
		       batches->range.last - batches->range.first + 1))
		return false;
	for (int i = 0; i < 2 && statements[i] != NULL; i++) {
		sqlite3_bind_int64(statements[i], 1, batches->numbers[0]);
		sqlite3_bind_int64(statements[i], 2, batches->numbers[1]);
		sqlite3_bind_int64(statements[i], 3, first);
		sqlite3_bind_int64(statements[i], 4, first + IDS_AT_A_TIME - 1);
		if (!store_step(reversal->store, statements[i], reversal->error))
			return false;
	}
	reversal->undone->records += sqlite3_changes(reversal->store->database);
	return true;
}

static bool
run_batches(struct batches *batches)
{
	sqlite3_stmt *statements[2] = { NULL };
	bool run = true;

	for (int i = 0; i < 2 && run && batches->sql[i].length > 0; i++)
		run = store_prepare(batches->reversal->store, text_words(&batches->sql[i]),
				    &statements[i], batches->reversal->error);
	for (int64_t first = batches->range.first; run && first <= batches->range.last;
	     first += IDS_AT_A_TIME)
		run = run_batch(batches, statements, first);
	for (int i = 0; i < 2; i++) {
		sqlite3_finalize(statements[i]);
		text_free(&batches->sql[i]);
	}
	return run;
}

/* Which records go: the entry made them, and they are not left. */
static void
append_going(struct text *sql, const struct entity *entity)
{
	text_format(sql,
		    " FROM %s WHERE id BETWEEN ?3 AND ?4 AND created_entry = ?1 AND NOT EXISTS "
		    "(SELECT 1 FROM undo_left WHERE entity = '%s' AND record_id = %s.id)",
		    entity->name, entity->name, entity->name);
}

static void
append_contents(struct text *sql, const struct entity *entity)
{
	struct arena arena = { 0 };

	text_append(sql, "json_object('uuid', hex(uuid)");
	for each_field(field, entity->fields)
		if (field_is_stored(field)) {
			const char *column = column_name(field, &arena);

			text_format(sql, ", '%s', %s", column, column);
		}
	text_append(sql, ")");
	arena_free(&arena);
}

static bool
bin_range(struct reversal *reversal, const struct entity *entity, struct range range)
{
	struct batches batches = {
		.reversal = reversal,
		.range = range,
		.numbers = { reversal->of.value, reversal->store->entry.value },
	};

	batches.what = arena_format(&reversal->arena, "Taking out %s", entity->plural);
	text_format(&batches.sql[0],
		    "INSERT INTO bin (entry_id, entity, record_id, contents) SELECT ?2, '%s', id, ",
		    entity->name);
	append_contents(&batches.sql[0], entity);
	append_going(&batches.sql[0], entity);
	text_append(&batches.sql[1], "DELETE");
	append_going(&batches.sql[1], entity);
	return run_batches(&batches);
}

/* A row costs that many times more with its indexes than to index it later. */
enum { REBUILD_SHARE = 5 };

/*
 * Those that SQLite itself looks into when a row goes, for rows of the table that refer to it, and
 * those over a few rows only.
 */
static bool
is_needed(const void *context, const char *sql)
{
	const struct entity *entity = context;

	for each_field(field, entity->fields) {
		struct arena arena = { 0 };
		bool needed = field->type == FIELD_REFERENCE && field->target == entity->kind &&
			      field_is_stored(field) &&
			      strstr(sql, arena_format(&arena, "(%s",
						       column_name(field, &arena))) != NULL;

		arena_free(&arena);
		if (needed)
			return true;
	}
	return strstr(sql, " WHERE ") != NULL;
}

/* Drops indexes for as many rows as the range may hold. */
static bool
drop_indexes(struct reversal *reversal, const struct entity *entity, struct range range,
	     struct indexes *indexes)
{
	int64_t there;

	*indexes = (struct indexes){ 0 };
	return indexes_guess_rows(reversal->store, entity, &there, reversal->error) &&
	       (!indexes_are_worth_dropping(range.last - range.first + 1, there, REBUILD_SHARE) ||
		indexes_drop(indexes, reversal->store, entity,
			     (struct indexes_stay){ is_needed, entity }, reversal->error));
}

static bool
bin_records(struct reversal *reversal, const struct entity *entity)
{
	struct indexes indexes;
	struct range range;
	bool binned;

	if (!find_range(reversal, entity, &range))
		return false;
	if (range.first == 0)
		return true;
	if (!drop_indexes(reversal, entity, range, &indexes))
		return false;
	binned = bin_range(reversal, entity, range);
	return indexes_build(&indexes, reversal->store, binned, reversal->error) && binned;
}

/*
 * What refers to others goes before them.  The file that an import read stays when the import goes:
 * its entry says so.
 */
bool
bin_made(struct reversal *reversal)
{
	for (int i = ENTITY_COUNT - 1; i > ENTITY_NONE; i--) {
		const struct entity *entity = &entities[i];

		if (undo_concerns(entity) && !(reversal->leave && entity->kind == ENTITY_SOURCE) &&
		    !bin_records(reversal, entity))
			return false;
	}
	return true;
}

/* Lists the keys that a query gives, each with the words behind it. */
static bool
list_conflicts(struct reversal *reversal, const struct text *sql, const struct entity *entity,
	       const char *words)
{
	sqlite3_stmt *statement;
	int found;

	if (!store_prepare(reversal->store, text_words(sql), &statement, reversal->error))
		return false;
	sqlite3_bind_int64(statement, 1, reversal->of.value);
	while ((found = sqlite3_step(statement)) == SQLITE_ROW)
		undo_add_line(reversal, "%s %s %s", entity->title,
			      (const char *)sqlite3_column_text(statement, 0), words);
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
			    !undo_concerns(entity))
				continue;
			append_key(&sql, entity);
			text_format(&sql,
				    "%s.created_entry <> ?1 AND %s.%s_id IN (SELECT id FROM %s "
				    "WHERE created_entry = ?1)",
				    entity->name, entity->name, field->name, made->name);
			found = list_conflicts(reversal, &sql, entity,
					       arena_format(&reversal->arena,
							    "now belongs to a %s that would go",
							    made->name));
			text_free(&sql);
		}
	return found;
}

bool
bin_find_conflicts(struct reversal *reversal)
{
	struct range range;

	for each_entity(entity)
		if (undo_concerns(entity) &&
		    (!find_range(reversal, entity, &range) ||
		     (range.first != 0 &&
		      (!find_changed(reversal, entity) || !find_dependent(reversal, entity)))))
			return false;
	return true;
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

/* A choice that the binned record lacks, made by an older program, has its first word. */
static void
append_kept_value(struct text *sql, const struct field *field, const char *column)
{
	if (field->type == FIELD_CHOICE)
		text_format(sql, ", coalesce(json_extract(contents, '$.%s'), '%s')", column,
			    choice_initial(field->choices));
	else
		text_format(sql, ", json_extract(contents, '$.%s')", column);
}

bool
bin_know_uuids(struct store *store, struct error *error)
{
	return sqlite3_create_function(store->database, "uuid_bytes", 1,
				       SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, unhex, NULL,
				       NULL) == SQLITE_OK ||
	       store_failed(store, error);
}

void
bin_append_restore(struct text *sql, const struct entity *entity)
{
	struct arena arena = { 0 };
	struct text values = { 0 };

	text_format(sql, "INSERT INTO %s (id, uuid, created_entry, entry", entity->name);
	for each_field(field, entity->fields)
		if (field_is_stored(field)) {
			const char *column = column_name(field, &arena);

			text_format(sql, ", %s", column);
			append_kept_value(&values, field, column);
		}
	text_format(sql,
		    ") SELECT record_id, uuid_bytes(json_extract(contents, '$.uuid')), ?1, ?1%s "
		    "FROM bin WHERE id BETWEEN ?3 AND ?4 AND entry_id = ?2 AND +entity = '%s'",
		    text_words(&values), entity->name);
	text_free(&values);
	arena_free(&arena);
}

static bool
restore_range(struct reversal *reversal, const struct entity *entity, struct entry_id undo,
	      struct range range)
{
	struct batches batches = { .reversal = reversal,
				   .range = range,
				   .numbers = { reversal->of.value, undo.value } };
	struct indexes indexes;
	bool restored;

	batches.what = arena_format(&reversal->arena, "Putting back %s", entity->plural);
	bin_append_restore(&batches.sql[0], entity);
	if (!drop_indexes(reversal, entity, range, &indexes))
		return false;
	restored = run_batches(&batches);
	return indexes_build(&indexes, reversal->store, restored, reversal->error) && restored;
}

static bool
restore_records(struct reversal *reversal, const struct entity *entity, struct entry_id undo)
{
	struct store *store = reversal->store;
	struct range range;

	if (!store_ask(store, &range.first, reversal->error, undo.value, 0,
		       "SELECT min(id) FROM bin WHERE entry_id = ?1 AND +entity = '%s'",
		       entity->name) ||
	    !store_ask(store, &range.last, reversal->error, undo.value, 0,
		       "SELECT max(id) FROM bin WHERE entry_id = ?1 AND +entity = '%s'",
		       entity->name))
		return false;
	if (range.first == 0 || restore_range(reversal, entity, undo, range))
		return true;
	return reversal->error->kind == ERROR_CONFLICT &&
	       error_set(reversal->error, ERROR_CONFLICT,
			 "It cannot be done again: a %s with the same %s was made since. Nothing "
			 "was changed.",
			 entity->name, entity_key(entity)->name);
}

bool
bin_restore(struct reversal *reversal, struct entry_id undo)
{
	sqlite3_stmt *statement;

	if (!bin_know_uuids(reversal->store, reversal->error))
		return false;
	for each_entity(entity)
		if (undo_concerns(entity) && !restore_records(reversal, entity, undo))
			return false;
	statement = store_statement(reversal->store, BIN_EMPTY, reversal->error);
	if (statement == NULL)
		return false;
	bind_integer(statement, ":entry_id", undo.value);
	return store_step(reversal->store, statement, reversal->error);
}
