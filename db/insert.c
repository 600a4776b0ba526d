/* SPDX-License-Identifier: MIT */
#include "db/insert.h"

#include <stdlib.h>

#include "core/uuid.h"
#include "db/columns.h"
#include "db/internal.h"

enum { PARAMETER_ID = 1, PARAMETER_UUID, PARAMETER_CREATED, PARAMETER_ENTRY, PARAMETER_FIRST_FIELD };

static bool
prepare_insert(struct store *store, const struct entity *entity, struct error *error)
{
	struct text columns = { 0 }, marks = { 0 }, sql = { 0 };
	struct arena arena = { 0 };
	bool prepared;

	for each_field(field, entity->fields)
		if (field_is_stored(field)) {
			text_format(&columns, ", %s", column_name(field, &arena));
			text_append(&marks, ", ?");
		}
	text_format(&sql, "INSERT INTO %s (id, uuid, created_entry, entry%s) VALUES (?, ?, ?, ?%s)", entity->name,
		    text_words(&columns), text_words(&marks));
	prepared = store_prepare(store, text_words(&sql), &store->inserts[entity->kind], error);
	text_free(&columns);
	text_free(&marks);
	text_free(&sql);
	arena_free(&arena);
	return prepared;
}

static bool
next_id(struct store *store, const struct entity *entity, int64_t *id, struct error *error)
{
	struct text sql = { 0 };
	sqlite3_stmt *statement;
	bool read = true;

	if (store->next_ids[entity->kind] == 0) {
		text_format(&sql, "SELECT 1 + max((SELECT coalesce(max(id), 0) FROM %s), (SELECT coalesce(max(record_id), 0) "
			    "FROM bin WHERE entity = '%s'))", entity->name, entity->name);
		read = store_prepare(store, text_words(&sql), &statement, error);
		if (read) {
			read = store_number(store, statement, 1, &store->next_ids[entity->kind], error);
			sqlite3_finalize(statement);
		}
		text_free(&sql);
	}
	*id = store->next_ids[entity->kind]++;
	return read;
}

/* What is not bound is NULL: most fields of most records are. */
static void
bind_values(sqlite3_stmt *statement, const struct entity *entity, const char *const *values,
	    const int64_t *references)
{
	int parameter = PARAMETER_FIRST_FIELD;

	for (int i = 0; i < entity->field_count; i++) {
		const struct field *field = &entity->fields[i];
		int64_t seconds;

		if (!field_is_stored(field))
			continue;
		if (field->type == FIELD_REFERENCE) {
			if (references[i] != 0)
				sqlite3_bind_int64(statement, parameter, references[i]);
		} else if (field->type == FIELD_INSTANT && values[i] != NULL && date_parse_instant(values[i], &seconds)) {
			sqlite3_bind_int64(statement, parameter, seconds);
		} else if (values[i] != NULL) {
			sqlite3_bind_text(statement, parameter, values[i], -1, SQLITE_STATIC);
		}
		parameter++;
	}
}

bool
insert_row(struct store *store, const struct entity *entity, const char *const *values,
	   const int64_t *references, int64_t *id, struct error *error)
{
	struct uuid uuid = uuid_new();
	sqlite3_stmt *statement;
	int64_t number;
	int step;

	if (store->inserts[entity->kind] == NULL && !prepare_insert(store, entity, error))
		return false;
	if (!next_id(store, entity, &number, error))
		return false;
	statement = store->inserts[entity->kind];
	sqlite3_clear_bindings(statement);
	sqlite3_bind_int64(statement, PARAMETER_ID, number);
	sqlite3_bind_blob(statement, PARAMETER_UUID, uuid.bytes, UUID_SIZE, SQLITE_STATIC);
	sqlite3_bind_int64(statement, PARAMETER_CREATED, store->entry.value);
	sqlite3_bind_int64(statement, PARAMETER_ENTRY, store->entry.value);
	bind_values(statement, entity, values, references);
	step = sqlite3_step(statement);
	if (step != SQLITE_DONE) {
		store_failed(store, error);
		if (sqlite3_extended_errcode(store->database) == SQLITE_CONSTRAINT_UNIQUE)
			error_set(error, ERROR_CONFLICT, "The register already has a %s with the %s '%s'.", entity->name,
				  entity_key(entity)->name, values[entity->key] != NULL ? values[entity->key] : "");
	}
	sqlite3_reset(statement);
	if (id != NULL)
		*id = number;
	return step == SQLITE_DONE;
}
