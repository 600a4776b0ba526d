/* SPDX-License-Identifier: MIT */
#include "db/insert.h"

#include <stdlib.h>

#include "core/memory.h"
#include "core/uuid.h"
#include "db/columns.h"
#include "db/internal.h"

enum {
	PARAMETER_ID = 1,
	PARAMETER_UUID,
	PARAMETER_CREATED,
	PARAMETER_ENTRY,
	PARAMETER_FIRST_FIELD
};

struct insert {
	struct store *store;
	const struct entity *entity;
	sqlite3_stmt *statement;
	int fields[ENTITY_FIELDS_MAX];	/* positions of those that have a parameter, in its order */
	int count;
};

/* Columns and what goes into them; a choice that no row fills says its first word in each. */
static void
add_column(struct insert *insert, int position, bool filled, struct text *columns,
	   struct text *values)
{
	const struct field *field = &insert->entity->fields[position];
	const char *initial = field->choices != NULL ? choice_initial(field->choices) : NULL;
	struct arena arena = { 0 };

	if (!field_is_stored(field) || (!filled && initial == NULL))
		return;
	text_format(columns, ", %s", column_name(field, &arena));
	if (filled) {
		insert->fields[insert->count++] = position;
		text_append(values, ", ?");
	} else {
		text_format(values, ", '%s'", initial);
	}
	arena_free(&arena);
}

static bool
prepare_insert(struct insert *insert, const bool *filled, struct error *error)
{
	struct text columns = { 0 }, values = { 0 }, sql = { 0 };
	bool prepared;

	for (int i = 0; i < insert->entity->field_count; i++)
		add_column(insert, i, filled == NULL || filled[i], &columns, &values);
	text_format(&sql, "INSERT INTO %s (id, uuid, created_entry, entry%s) VALUES (?, ?, ?, ?%s)",
		    insert->entity->name, text_words(&columns), text_words(&values));
	prepared = store_prepare(insert->store, text_words(&sql), &insert->statement, error);
	text_free(&columns);
	text_free(&values);
	text_free(&sql);
	return prepared;
}

struct insert *
insert_open(struct store *store, const struct entity *entity, const bool *filled,
	    struct error *error)
{
	struct insert *insert = memory_alloc(sizeof *insert);

	insert->store = store;
	insert->entity = entity;
	if (prepare_insert(insert, filled, error))
		return insert;
	insert_close(insert);
	return NULL;
}

void
insert_close(struct insert *insert)
{
	if (insert == NULL)
		return;
	sqlite3_finalize(insert->statement);
	free(insert);
}

static bool
next_id(struct store *store, const struct entity *entity, int64_t *id, struct error *error)
{
	int64_t *next = &store->next_ids[entity->kind];

	if (*next == 0 &&
	    !store_ask(store, next, error, 0, 0,
		       "SELECT 1 + max((SELECT coalesce(max(id), 0) FROM %s), (SELECT "
		       "coalesce(max(record_id), 0) FROM bin WHERE entity = '%s'))",
		       entity->name, entity->name))
		return false;
	*id = (*next)++;
	return true;
}

/* What is not bound is NULL: most fields of most records are. */
static void
bind_values(const struct insert *insert, const char *const *values, const int64_t *references)
{
	sqlite3_stmt *statement = insert->statement;
	int64_t seconds;

	for (int i = 0; i < insert->count; i++) {
		int position = insert->fields[i], parameter = PARAMETER_FIRST_FIELD + i;
		const struct field *field = &insert->entity->fields[position];
		const char *value = values[position];

		if (field->type == FIELD_REFERENCE) {
			if (references[position] != 0)
				sqlite3_bind_int64(statement, parameter, references[position]);
		} else if (value == NULL) {
			continue;
		} else if (field->type == FIELD_INSTANT && date_parse_instant(value, &seconds)) {
			sqlite3_bind_int64(statement, parameter, seconds);
		} else {
			sqlite3_bind_text(statement, parameter, value, -1, SQLITE_STATIC);
		}
	}
}

static bool
step(struct insert *insert, const char *key, struct error *error)
{
	struct store *store = insert->store;
	bool done = sqlite3_step(insert->statement) == SQLITE_DONE || store_failed(store, error);

	if (!done && sqlite3_extended_errcode(store->database) == SQLITE_CONSTRAINT_UNIQUE)
		error_set(error, ERROR_CONFLICT, "The register already has a %s with the %s '%s'.",
			  insert->entity->name, entity_key(insert->entity)->name,
			  key != NULL ? key : "");
	sqlite3_reset(insert->statement);
	return done;
}

bool
insert_row(struct insert *insert, const char *const *values, const int64_t *references, int64_t *id,
	   struct error *error)
{
	const struct entity *entity = insert->entity;
	sqlite3_stmt *statement = insert->statement;
	struct uuid uuid = uuid_new();
	int64_t number;

	if (!next_id(insert->store, entity, &number, error))
		return false;
	sqlite3_clear_bindings(statement);
	sqlite3_bind_int64(statement, PARAMETER_ID, number);
	sqlite3_bind_blob(statement, PARAMETER_UUID, uuid.bytes, UUID_SIZE, SQLITE_STATIC);
	sqlite3_bind_int64(statement, PARAMETER_CREATED, insert->store->entry.value);
	sqlite3_bind_int64(statement, PARAMETER_ENTRY, insert->store->entry.value);
	bind_values(insert, values, references);
	if (id != NULL)
		*id = number;
	return step(insert, values[entity->key], error);
}
