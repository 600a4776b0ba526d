/* SPDX-License-Identifier: MIT */
#include "db/insert.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/uuid.h"
#include "db/columns.h"
#include "db/internal.h"

enum {
	PARAMETER_ID = 1, PARAMETER_UUID, PARAMETER_CREATED, PARAMETER_ENTRY,
	PARAMETER_FIRST_FIELD,
};

/* What goes into a column; nothing when all of it is 0. */
struct cell {
	const char *text;
	int64_t number;			/* without a text */
};

struct waiting {
	int64_t id;
	struct uuid uuid;
	struct cell cells[ENTITY_FIELDS_MAX];	/* as insert->fields */
};

/* Rows that go in together. */
struct gathered {
	sqlite3_stmt *statement;
	struct waiting rows[INSERT_TOGETHER];
	int count;
	struct arena arena;		/* of their texts */
};

struct insert {
	struct store *store;
	const struct entity *entity;
	sqlite3_stmt *statement;
	int fields[ENTITY_FIELDS_MAX];	/* positions of those that have a parameter, in its order */
	int count;
	struct gathered *gathered;	/* NULL: each row goes in as it comes */
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
	if (insert->gathered != NULL) {
		sqlite3_finalize(insert->gathered->statement);
		arena_free(&insert->gathered->arena);
	}
	free(insert->gathered);
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

/* Of a choice, a date or a text its words; of a reference or an instant the number. */
static struct cell
cell_of(const struct field *field, const char *value, int64_t reference)
{
	int64_t seconds;

	if (field->type == FIELD_REFERENCE)
		return (struct cell){ .number = reference };
	if (value != NULL && field->type == FIELD_INSTANT && date_parse_instant(value, &seconds))
		return (struct cell){ .number = seconds };
	return (struct cell){ .text = value };
}

static bool
lay_out(struct insert *insert, const char *const *values, const int64_t *references,
	struct waiting *row, struct error *error)
{
	row->uuid = uuid_new();
	for (int i = 0; i < insert->count; i++) {
		int position = insert->fields[i];

		row->cells[i] = cell_of(&insert->entity->fields[position], values[position],
					references[position]);
	}
	return next_id(insert->store, insert->entity, &row->id, error);
}

/* What is not bound is NULL: most fields of most records are. */
static void
bind_row(const struct insert *insert, sqlite3_stmt *statement, int before,
	 const struct waiting *row)
{
	sqlite3_bind_int64(statement, before + PARAMETER_ID, row->id);
	sqlite3_bind_blob(statement, before + PARAMETER_UUID, row->uuid.bytes, UUID_SIZE,
			  SQLITE_STATIC);
	sqlite3_bind_int64(statement, before + PARAMETER_CREATED, insert->store->entry.value);
	sqlite3_bind_int64(statement, before + PARAMETER_ENTRY, insert->store->entry.value);
	for (int i = 0; i < insert->count; i++) {
		const struct cell *cell = &row->cells[i];
		int parameter = before + PARAMETER_FIRST_FIELD + i;

		if (cell->text != NULL)
			sqlite3_bind_text(statement, parameter, cell->text, -1, SQLITE_STATIC);
		else if (cell->number != 0)
			sqlite3_bind_int64(statement, parameter, cell->number);
	}
}

static const char *
key_of(const struct insert *insert, const struct waiting *row)
{
	for (int i = 0; i < insert->count; i++)
		if (insert->fields[i] == insert->entity->key && row->cells[i].text != NULL)
			return row->cells[i].text;
	return "";
}

static bool
insert_one(struct insert *insert, const struct waiting *row, struct error *error)
{
	struct store *store = insert->store;
	bool done;

	sqlite3_clear_bindings(insert->statement);
	bind_row(insert, insert->statement, 0, row);
	done = sqlite3_step(insert->statement) == SQLITE_DONE || store_failed(store, error);
	if (!done && sqlite3_extended_errcode(store->database) == SQLITE_CONSTRAINT_UNIQUE)
		error_set(error, ERROR_CONFLICT, "The register already has a %s with the %s '%s'.",
			  insert->entity->name, entity_key(insert->entity)->name,
			  key_of(insert, row));
	sqlite3_reset(insert->statement);
	return done;
}

/* False, and none of them is in, when one of them cannot be. */
static bool
insert_together(struct insert *insert)
{
	struct gathered *gathered = insert->gathered;
	bool done;

	for (int i = 0; i < INSERT_TOGETHER; i++)
		bind_row(insert, gathered->statement,
			 i * (PARAMETER_FIRST_FIELD - 1 + insert->count), &gathered->rows[i]);
	done = sqlite3_step(gathered->statement) == SQLITE_DONE;
	sqlite3_reset(gathered->statement);
	sqlite3_clear_bindings(gathered->statement);
	return done;
}

bool
insert_flush(struct insert *insert, struct error *error)
{
	struct gathered *gathered = insert->gathered;
	bool done = true;

	if (gathered == NULL || gathered->count == 0)
		return true;
	if (gathered->count < INSERT_TOGETHER || !insert_together(insert))
		for (int i = 0; i < gathered->count && done; i++)
			done = insert_one(insert, &gathered->rows[i], error);
	gathered->count = 0;
	arena_reset(&gathered->arena);
	return done;
}

static bool
gather(struct insert *insert, const char *const *values, const int64_t *references, int64_t *id,
       struct error *error)
{
	struct gathered *gathered = insert->gathered;
	struct waiting *row = &gathered->rows[gathered->count];

	if (!lay_out(insert, values, references, row, error))
		return false;
	for (int i = 0; i < insert->count; i++)
		row->cells[i].text = arena_text(&gathered->arena, row->cells[i].text);
	if (id != NULL)
		*id = row->id;
	return ++gathered->count < INSERT_TOGETHER || insert_flush(insert, error);
}

bool
insert_row(struct insert *insert, const char *const *values, const int64_t *references, int64_t *id,
	   struct error *error)
{
	struct waiting row;

	if (insert->gathered != NULL)
		return gather(insert, values, references, id, error);
	if (!lay_out(insert, values, references, &row, error))
		return false;
	if (id != NULL)
		*id = row.id;
	return insert_one(insert, &row, error);
}

/* The statement of one row says what one row is: from VALUES on it is said again. */
bool
insert_gather(struct insert *insert, struct error *error)
{
	static const char behind[] = " VALUES ";
	const char *one = sqlite3_sql(insert->statement), *values = strstr(one, behind);
	struct text sql = { 0 };
	bool done;

	text_append(&sql, one);
	for (int i = 1; i < INSERT_TOGETHER; i++)
		text_format(&sql, ", %s", values + strlen(behind));
	insert->gathered = memory_alloc(sizeof *insert->gathered);
	done = store_prepare(insert->store, text_words(&sql), &insert->gathered->statement, error);
	text_free(&sql);
	return done;
}
