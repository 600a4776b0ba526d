/* SPDX-License-Identifier: MIT */
#include "db/past_values.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/columns.h"

enum {
	/* Records of ids side by side whose values are in memory together: of three, 60 MB. */
	IDS_TOGETHER = 1 << 19,
	PROGRESS_CHANGES = 10000,
};

/* The value that a field of a record had; the oldest change of it is read first, and stays. */
struct old {
	struct old *next;		/* of the same record */
	const struct field *field;
	const char *value;
};

struct putting {
	struct store *store;
	const struct entity *entity;
	const struct past_field *fields;
	size_t field_count, last;	/* the field that was met last is often met again */
	int64_t first_id;		/* of those together */
	struct old **records;		/* by id */
	struct arena arena;		/* of what is known of them */
	/* For a record with the same fields as the one before. */
	sqlite3_stmt *update;
	const struct field *updated[ENTITY_FIELDS_MAX];
	int updated_count;
	struct error *error;
};

/* A field that is not there is none that was counted. */
static const struct field *
find_field(struct putting *putting, const char *name)
{
	for (size_t i = 0; i < putting->field_count; i++) {
		size_t place = (putting->last + i) % putting->field_count;
		const struct past_field *field = &putting->fields[place];

		if (field->entity == putting->entity && strcmp(field->field_name, name) == 0) {
			putting->last = place;
			return field->field;
		}
	}
	return NULL;
}

static void
keep_oldest(struct putting *putting, struct old **old, const struct field *field,
	    const char *value)
{
	for (; *old != NULL; old = &(*old)->next)
		if ((*old)->field == field)
			return;
	*old = arena_alloc(&putting->arena, sizeof **old);
	**old = (struct old){ .field = field, .value = arena_text(&putting->arena, value) };
}

static bool
read_changes(struct putting *putting, sqlite3_stmt *statement, int64_t *done, int64_t total)
{
	enum { FIELD, RECORD, OLD };
	int found = SQLITE_DONE;

	while ((found = sqlite3_step(statement)) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(statement, FIELD);
		const struct field *field = name != NULL ? find_field(putting, name) : NULL;
		int64_t place = sqlite3_column_int64(statement, RECORD) - putting->first_id;

		if ((*done)++ % PROGRESS_CHANGES == 0 &&
		    !progress_step(putting->store->progress, "Putting back old values", *done - 1,
				   total))
			return error_set(putting->error, ERROR_CANCELLED,
					 "Stopped. Nothing was changed.");
		if (field != NULL)
			keep_oldest(putting, &putting->records[place], field,
				    (const char *)sqlite3_column_text(statement, OLD));
	}
	return found == SQLITE_DONE || store_failed(putting->store, putting->error);
}

static bool
read_together(struct putting *putting, int64_t first_change, int64_t *done, int64_t total)
{
	sqlite3_stmt *statement;
	bool read;

	/* As they lie: the index by record would fetch one here and one there. */
	if (!store_prepare(putting->store,
			   "SELECT field, record_id, old FROM change NOT INDEXED WHERE id >= ?1 "
			   "AND entity = ?2 AND record_id BETWEEN ?3 AND ?4 ORDER BY id",
			   &statement, putting->error))
		return false;
	sqlite3_bind_int64(statement, 1, first_change);
	sqlite3_bind_text(statement, 2, putting->entity->name, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 3, putting->first_id);
	sqlite3_bind_int64(statement, 4, putting->first_id + IDS_TOGETHER - 1);
	read = read_changes(putting, statement, done, total);
	sqlite3_finalize(statement);
	return read;
}

static bool
has_same_fields(const struct putting *putting, const struct old *old)
{
	int i = 0;

	for (; old != NULL; old = old->next, i++)
		if (i == putting->updated_count || putting->updated[i] != old->field)
			return false;
	return i == putting->updated_count;
}

static bool
prepare_update(struct putting *putting, const struct old *old)
{
	struct text sql = { 0 };

	putting->updated_count = 0;
	text_format(&sql, "UPDATE %s SET ", putting->entity->name);
	for (; old != NULL; old = old->next) {
		text_format(&sql, "%s%s = ?%d", putting->updated_count > 0 ? ", " : "",
			    column_name(old->field, &putting->arena), putting->updated_count + 2);
		putting->updated[putting->updated_count++] = old->field;
	}
	text_append(&sql, " WHERE id = ?1");
	putting->update = store_cached(putting->store, text_words(&sql), putting->error);
	text_free(&sql);
	return putting->update != NULL;
}

static bool
write_record(struct putting *putting, int64_t id, const struct old *old)
{
	if (!has_same_fields(putting, old) && !prepare_update(putting, old))
		return false;
	sqlite3_bind_int64(putting->update, 1, id);
	for (int i = 2; old != NULL; old = old->next, i++)
		sqlite3_bind_text(putting->update, i, old->value, -1, SQLITE_STATIC);
	return store_step(putting->store, putting->update, putting->error);
}

static bool
write_together(struct putting *putting)
{
	for (int64_t i = 0; i < IDS_TOGETHER; i++)
		if (putting->records[i] != NULL &&
		    !write_record(putting, putting->first_id + i, putting->records[i]))
			return false;
	return true;
}

/* The first record behind those that is in the history; 0 for none. */
static bool
find_next(struct putting *putting, int64_t behind, int64_t *id)
{
	return store_ask(putting->store, id, putting->error, behind, 0,
			 "SELECT min(record_id) FROM change WHERE record_id > ?1 AND entity = '%s'",
			 putting->entity->name);
}

bool
past_values_put_back(struct store *copy, const struct entity *entity, int64_t first_change,
		     const struct past_field *fields, size_t count, int64_t *done, int64_t total,
		     struct error *error)
{
	struct putting putting = { .store = copy, .entity = entity, .fields = fields,
				   .field_count = count, .error = error };
	bool put = find_next(&putting, 0, &putting.first_id);

	while (put && putting.first_id > 0) {
		putting.records = memory_alloc(IDS_TOGETHER * sizeof *putting.records);
		put = read_together(&putting, first_change, done, total) &&
		      write_together(&putting) &&
		      find_next(&putting, putting.first_id + IDS_TOGETHER - 1, &putting.first_id);
		free(putting.records);
		arena_free(&putting.arena);
	}
	return put;
}
