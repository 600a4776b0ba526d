/* SPDX-License-Identifier: MIT */
/*
 * Taking back everything since a day, at once and not entry by entry: records that were made since
 * are deleted, records that an undo took out since come back from the bin, and each field that was
 * changed since gets the old value of its first change.  On the way records may contradict each
 * other, so nothing is checked until all is as it was; keys are looked at when their indexes are
 * built again.
 */
#include "db/past_back.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/columns.h"
#include "db/indexes.h"
#include "db/internal.h"
#include "db/past_values.h"
#include "db/undo.h"

enum {
	/* A row costs that many times more with its indexes than to index it later. */
	REBUILD_SHARE = 5,
};

/* What was done since to the records of one kind. */
struct since {
	int64_t made, restored, changed;
};

/* An undo, and the entry of which it took records out. */
struct taken_out { int64_t undo, of; };

struct past {
	struct store *store;		/* the copy */
	int64_t cut;			/* the first entry that is taken back */
	int64_t first_change;		/* and the first of its changes, or of a later one */
	struct since since[ENTITY_COUNT];
	struct indexes indexes[ENTITY_COUNT];	/* out of the way meanwhile */
	struct taken_out *undos;
	size_t undo_count;
	struct past_field *changed;	/* few: a million changes are of the same fields */
	size_t changed_count, changed_room;
	struct arena arena;
	struct error *error;
};

static bool
tell(struct past *past, const char *what, int64_t done, int64_t total)
{
	return progress_step(past->store->progress, what, done, total) ||
	       error_set(past->error, ERROR_CANCELLED, "Stopped. Nothing was changed.");
}

/* A number that SQL made by the program gives, or 0; its ?1 is the cut. */
static bool
ask(struct past *past, int64_t *number, const char *sql)
{
	return store_ask(past->store, number, past->error, past->cut, 0, "%s", sql);
}

/* Counts what is to go and to come back of one kind. */
static bool
count_records(struct past *past, const struct entity *entity)
{
	struct since *since = &past->since[entity->kind];

	return ask(past, &since->made,
		   arena_format(&past->arena, "SELECT count(*) FROM %s WHERE created_entry >= ?1",
				entity->name)) &&
	       ask(past, &since->restored,
		   arena_format(&past->arena,
				"SELECT count(*) FROM bin WHERE entity = '%s' AND contents <> '-' "
				"AND entry_id >= ?1",
				entity->name));
}

/* Adds a field to those that were changed; NULL with an error when no Terrier wrote it. */
static const struct past_field *
add_changed(struct past *past, const char *entity_name, const char *field_name)
{
	const struct entity *entity = entity_named(entity_name);
	const struct field *field = entity != NULL && undo_concerns(entity)
					    ? field_find(entity->fields, field_name)
					    : NULL;

	if (field == NULL || !field_is_stored(field)) {
		error_set(past->error, ERROR_DATABASE,
			  "The history of the register is damaged: it changed a field that there "
			  "is not. Nothing was changed.");
		return NULL;
	}
	past->changed = memory_grow(past->changed, &past->changed_room, past->changed_count + 1,
				    sizeof *past->changed);
	past->changed[past->changed_count] = (struct past_field){
		arena_text(&past->arena, entity_name), arena_text(&past->arena, field_name), entity,
		field
	};
	return &past->changed[past->changed_count++];
}

/* The field of a change whose entity and field are the first two columns. */
static const struct past_field *
read_changed(struct past *past, sqlite3_stmt *statement)
{
	const char *entity = (const char *)sqlite3_column_text(statement, 0);
	const char *field = (const char *)sqlite3_column_text(statement, 1);

	if (entity == NULL || field == NULL)
		entity = field = "";
	for (size_t i = 0; i < past->changed_count; i++)
		if (strcmp(past->changed[i].field_name, field) == 0 &&
		    strcmp(past->changed[i].entity_name, entity) == 0)
			return &past->changed[i];
	return add_changed(past, entity, field);
}

static bool
count_changes(struct past *past)
{
	const struct past_field *changed;
	sqlite3_stmt *statement;
	int found = SQLITE_DONE;
	bool counted = true;

	if (!store_prepare(past->store, "SELECT entity, field FROM change WHERE id >= ?1",
			   &statement, past->error))
		return false;
	sqlite3_bind_int64(statement, 1, past->first_change);
	while (counted && (found = sqlite3_step(statement)) == SQLITE_ROW) {
		changed = read_changed(past, statement);
		counted = changed != NULL;
		if (counted)
			past->since[changed->entity->kind].changed++;
	}
	if (counted && found != SQLITE_DONE)
		counted = store_failed(past->store, past->error);
	sqlite3_finalize(statement);
	return counted;
}

static bool
count_since(struct past *past)
{
	if (!tell(past, "Looking at what was done since", 0, 0) || !count_changes(past))
		return false;
	for each_entity(entity)
		if (undo_concerns(entity) && !count_records(past, entity))
			return false;
	return true;
}

/* Which indexes of an entity are in the way. */
struct way {
	const struct past *past;
	const struct entity *entity;
	bool rows, values;	/* many rows come or go; many are changed */
};

static bool
has_word(const char *sql, const char *word)
{
	size_t size = strlen(word);

	for (const char *at = sql; (at = strstr(at, word)) != NULL; at++)
		if (strchr("( ", at[-1]) != NULL && strchr(", )", at[size]) != NULL)
			return true;
	return false;
}

static bool
is_over_changed(const struct way *way, const char *sql)
{
	struct arena arena = { 0 };
	bool over = false;

	sql = strchr(sql, '(');
	for (size_t i = 0; i < way->past->changed_count && !over; i++)
		over = way->past->changed[i].entity == way->entity &&
			has_word(sql + 1, column_name(way->past->changed[i].field, &arena));
	arena_free(&arena);
	return over;
}

/*
 * Two records may have one key on the way: what comes back from the bin meets one that has its key
 * since, and a key that went from one record to another is back before it is gone.
 */
static bool
stays(const void *context, const char *sql)
{
	const struct way *way = context;
	bool is_key = strncmp(sql, "CREATE UNIQUE", strlen("CREATE UNIQUE")) == 0;

	return !way->rows &&
	       !((way->values || is_key) && is_over_changed(way, sql)) &&
	       !(is_key && way->past->since[way->entity->kind].restored > 0);
}

static bool
drop_indexes(struct past *past, const struct entity *entity, int64_t rows, int64_t changed)
{
	struct way way = { .past = past, .entity = entity };
	int64_t there;

	if (!indexes_guess_rows(past->store, entity, &there, past->error))
		return false;
	way.rows = indexes_are_worth_dropping(rows, there, REBUILD_SHARE);
	way.values = indexes_are_worth_dropping(changed, there, REBUILD_SHARE);
	return indexes_drop(&past->indexes[entity->kind], past->store, entity,
			    (struct indexes_stay){ stays, &way }, past->error);
}

/* Puts back what the standing undos since have taken out, as those had found it. */
static bool
restore(struct past *past, const struct entity *entity)
{
	struct text sql = { 0 };
	sqlite3_stmt *statement;
	bool restored;

	bin_append_restore(&sql, entity);
	text_append(&sql, " AND contents <> '-'");
	restored = store_prepare(past->store, text_words(&sql), &statement, past->error);
	text_free(&sql);
	if (!restored)
		return false;
	for (size_t i = 0; i < past->undo_count && restored; i++) {
		sqlite3_bind_int64(statement, 1, past->undos[i].of);
		sqlite3_bind_int64(statement, 2, past->undos[i].undo);
		sqlite3_bind_int64(statement, 3, 0);
		sqlite3_bind_int64(statement, 4, INT64_MAX);
		restored = store_step(past->store, statement, past->error);
	}
	sqlite3_finalize(statement);
	return restored;
}

/* Those that an undo had taken out before, and that were put back only since, were not there. */
static bool
take_out_absent(struct past *past, const struct entity *entity)
{
	int64_t ignored;

	return ask(past, &ignored,
		   arena_format(&past->arena,
				"DELETE FROM %s WHERE id IN (SELECT record_id FROM bin WHERE "
				"entity = '%s' AND entry_id < ?1 AND NOT EXISTS (SELECT 1 FROM "
				"entry AS redo WHERE redo.undoes_id = bin.entry_id AND redo.id < "
				"?1))",
				entity->name, entity->name));
}

static bool
take_back_records(struct past *past, const struct entity *entity)
{
	struct since *since = &past->since[entity->kind];
	int64_t ignored;

	if (since->made + since->restored + since->changed > 0 &&
	    !drop_indexes(past, entity, since->made + since->restored, since->changed))
		return false;
	if (since->made > 0 &&
	    (!tell(past, arena_format(&past->arena, "Taking out %s", entity->plural), 0, 0) ||
	     !ask(past, &ignored,
		  arena_format(&past->arena, "DELETE FROM %s WHERE created_entry >= ?1",
			       entity->name))))
		return false;
	return (since->restored == 0 ||
		(tell(past, arena_format(&past->arena, "Putting back %s", entity->plural), 0, 0) &&
		 restore(past, entity))) &&
	       take_out_absent(past, entity);
}

static bool
take_back_changes(struct past *past)
{
	int64_t total = 0, done = 0;

	for each_entity(entity)
		total += past->since[entity->kind].changed;
	for each_entity(entity)
		if (past->since[entity->kind].changed > 0 &&
		    !past_values_put_back(past->store, entity, past->first_change, past->changed,
					  past->changed_count, &done, total, past->error))
			return false;
	return true;
}

/* The history itself ends with the day.  The bin is for a redo, which nobody does in the past. */
static bool
take_back_history(struct past *past)
{
	int64_t ignored, changes = 0;

	for each_entity(entity)
		changes += past->since[entity->kind].changed;
	return drop_indexes(past, &entities[ENTITY_CHANGE], changes, 0) &&
	       store_ask(past->store, &ignored, past->error, past->first_change, 0,
			 "DELETE FROM change WHERE id >= ?1") &&
	       ask(past, &ignored, "DELETE FROM entry WHERE id >= ?1") &&
	       store_run(past->store, "DELETE FROM bin", past->error);
}

static bool
build_indexes(struct past *past, bool wanted)
{
	for each_entity(entity) {
		wanted = indexes_build(&past->indexes[entity->kind], past->store, wanted,
				       past->error) &&
			 wanted;
		if (!wanted && past->error->kind == ERROR_CONFLICT)
			error_set(past->error, ERROR_DATABASE,
				  "The history of the register is damaged: taken back to that day, "
				  "two %s have the same %s. Nothing was changed.",
				  entity->plural, entity_key(entity)->name);
	}
	return wanted;
}

/* The undos since of entries before, but for those that were done again. */
static bool
list_undos(struct past *past)
{
	sqlite3_stmt *statement;
	size_t room = 0;
	int found;

	if (!store_prepare(past->store,
			   "SELECT id, undoes_id FROM entry WHERE id >= ?1 AND undoes_id < ?1 AND "
			   "kind = 'undo' AND NOT EXISTS (SELECT 1 FROM entry AS redo WHERE "
			   "redo.undoes_id = entry.id)",
			   &statement, past->error))
		return false;
	sqlite3_bind_int64(statement, 1, past->cut);
	while ((found = sqlite3_step(statement)) == SQLITE_ROW) {
		past->undos = memory_grow(past->undos, &room, past->undo_count + 1,
					  sizeof *past->undos);
		past->undos[past->undo_count++] = (struct taken_out){
			sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1)
		};
	}
	sqlite3_finalize(statement);
	return found == SQLITE_DONE || store_failed(past->store, past->error);
}

static bool
take_back(struct past *past)
{
	if (!ask(past, &past->first_change, "SELECT min(id) FROM change WHERE entry_id >= ?1"))
		return false;
	if (past->first_change == 0)
		past->first_change = INT64_MAX;
	if (!bin_know_uuids(past->store, past->error) || !list_undos(past) || !count_since(past))
		return false;
	for each_entity(entity)
		if (undo_concerns(entity) && !take_back_records(past, entity))
			return false;
	return take_back_changes(past) && take_back_history(past);
}

bool
past_take_back(struct store *copy, int64_t cut, struct error *error)
{
	struct past past = { .store = copy, .cut = cut, .error = error };
	bool done = store_run(copy, "BEGIN", error) && take_back(&past);

	done = build_indexes(&past, done) && store_run(copy, "COMMIT", error);
	free(past.undos);
	free(past.changed);
	arena_free(&past.arena);
	return done;
}
