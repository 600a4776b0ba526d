/* SPDX-License-Identifier: MIT */
#include "db/amend.h"

#include <stdlib.h>

#include "core/memory.h"
#include "db/columns.h"
#include "db/insert.h"
#include "db/internal.h"

struct amend {
	struct store *store;
	const struct entity *entity;
	sqlite3_stmt *writes[ENTITY_FIELDS_MAX];	/* by field, prepared when first needed */
	sqlite3_stmt *remove;
};

struct amend *
amend_open(struct store *store, enum entity_kind kind)
{
	struct amend *amend = memory_alloc(sizeof *amend);

	amend->store = store;
	amend->entity = &entities[kind];
	return amend;
}

void
amend_close(struct amend *amend)
{
	if (amend == NULL)
		return;
	for (int i = 0; i < amend->entity->field_count; i++)
		sqlite3_finalize(amend->writes[i]);
	sqlite3_finalize(amend->remove);
	free(amend);
}

static bool
prepare(struct store *store, sqlite3_stmt **statement, struct error *error, const char *format,
	const char *table, const char *column)
{
	struct text sql = { 0 };
	bool prepared;

	if (*statement != NULL)
		return true;
	text_format(&sql, "%s %s ", format, table);
	text_append(&sql, column);
	prepared = store_prepare(store, text_words(&sql), statement, error);
	text_free(&sql);
	return prepared;
}

static bool
prepare_write(struct amend *amend, int field, struct error *error)
{
	struct arena arena = { 0 };
	bool prepared = prepare(amend->store, &amend->writes[field], error, "UPDATE",
				amend->entity->name,
				arena_format(&arena, "SET %s = ?2, entry = ?3 WHERE id = ?1",
					     column_name(&amend->entity->fields[field], &arena)));

	arena_free(&arena);
	return prepared;
}

static bool
write_field(struct amend *amend, int64_t id, int field, const char *value, int64_t entry,
	    struct error *error)
{
	sqlite3_stmt *statement;

	if (!prepare_write(amend, field, error))
		return false;
	statement = amend->writes[field];
	sqlite3_bind_int64(statement, 1, id);
	sqlite3_bind_text(statement, 2, value, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int64(statement, 3, entry);
	return store_step(amend->store, statement, error);
}

bool
amend_field(struct amend *amend, int64_t id, const char *key, const struct amend_change *change,
	    struct error *error)
{
	struct record_id record = { amend->entity->kind, id };

	return write_field(amend, id, change->field, change->value, amend->store->entry.value,
			   error) &&
	       (key == NULL || store_note_change(amend->store, record, key,
						 amend->entity->fields[change->field].name,
						 change->old, change->value, error));
}

bool
amend_remove(struct amend *amend, int64_t id, struct error *error)
{
	if (!prepare(amend->store, &amend->remove, error, "DELETE FROM", amend->entity->name,
		     "WHERE id = ?1"))
		return false;
	sqlite3_bind_int64(amend->remove, 1, id);
	return store_step(amend->store, amend->remove, error);
}

/* The changes of the open entry to the record, the last first. */
static bool
restore_fields(struct amend *amend, sqlite3_stmt *changes, int64_t id, struct entry_id entry,
	       struct error *error)
{
	int step = SQLITE_ROW;

	while ((step = sqlite3_step(changes)) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(changes, 0);
		const char *old = (const char *)sqlite3_column_text(changes, 1);
		const struct field *field = field_find(amend->entity->fields, name);

		if (!write_field(amend, id, (int)(field - amend->entity->fields), old, entry.value,
				 error))
			return false;
	}
	return step == SQLITE_DONE || store_failed(amend->store, error);
}

bool
amend_restore(struct amend *amend, int64_t id, struct entry_id entry, struct error *error)
{
	static const char list[] = "SELECT field, old FROM change WHERE record_id = ?1 AND entity "
				   "= ?2 AND entry_id = ?3 ORDER BY id DESC";
	static const char forget[] = "DELETE FROM change WHERE record_id = ?1 AND entity = ?2 AND "
				     "entry_id = ?3";
	const char *sql[] = { list, forget };
	bool done = true;

	for (int i = 0; done && i < 2; i++) {
		sqlite3_stmt *statement;

		if (!store_prepare(amend->store, sql[i], &statement, error))
			return false;
		sqlite3_bind_int64(statement, 1, id);
		sqlite3_bind_text(statement, 2, amend->entity->name, -1, SQLITE_STATIC);
		sqlite3_bind_int64(statement, 3, amend->store->entry.value);
		done = i == 0 ? restore_fields(amend, statement, id, entry, error) :
		       store_step(amend->store, statement, error);
		sqlite3_finalize(statement);
	}
	return done;
}

/* Whether any record of that entity names it. */
static bool
is_named_by(struct store *store, const struct entity *entity, struct record_id id, bool *named,
	    struct error *error)
{
	for each_field(field, entity->fields) {
		int64_t found = 0;

		if (field->type != FIELD_REFERENCE || field->target != id.kind ||
		    !field_is_stored(field) || *named)
			continue;
		if (!store_ask(store, &found, error, id.value, 0,
			       "SELECT EXISTS (SELECT 1 FROM %s WHERE %s_id = ?1)", entity->name,
			       field->name))
			return false;
		*named |= found != 0;
	}
	return true;
}

bool
amend_remove_unused(struct store *store, struct record_id id, bool *removed, struct error *error)
{
	bool named = false;
	int64_t ignored;

	*removed = false;
	for each_entity(entity)
		if (!is_named_by(store, entity, id, &named, error))
			return false;
	*removed = !named;
	return named || store_ask(store, &ignored, error, id.value, 0,
				  "DELETE FROM %s WHERE id = ?1", entities[id.kind].name);
}

bool
amend_list_made(struct store *store, enum entity_kind kind, int64_t below, int64_t *ids,
		size_t room, size_t *count, struct error *error)
{
	struct text sql = { 0 };
	sqlite3_stmt *statement;
	int step;
	bool prepared;

	*count = 0;
	text_format(&sql,
		    "SELECT id FROM %s WHERE created_entry = ?1 AND (?2 = 0 OR id < ?2) ORDER BY "
		    "id DESC LIMIT ?3",
		    entities[kind].name);
	prepared = store_prepare(store, text_words(&sql), &statement, error);
	text_free(&sql);
	if (!prepared)
		return false;
	sqlite3_bind_int64(statement, 1, store->entry.value);
	sqlite3_bind_int64(statement, 2, below);
	sqlite3_bind_int64(statement, 3, (int64_t)room);
	while ((step = sqlite3_step(statement)) == SQLITE_ROW)
		ids[(*count)++] = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return step == SQLITE_DONE || store_failed(store, error);
}
