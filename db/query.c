/* SPDX-License-Identifier: MIT */
#include "db/query.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/columns.h"
#include "db/condition.h"
#include "db/internal.h"
#include "db/list.h"

void
list_append_columns(struct sql *sql, const struct query *query)
{
	for (int i = 0; i < query->field_count; i++) {
		text_append(&sql->text, ", ");
		column_expression(&sql->text, query->entity, query->fields[i]);
	}
}

static void
append_condition(struct sql *sql, const struct query *query)
{
	if (query->filter != NULL)
		condition_append(sql, query->entity, query->filter);
	else
		text_append(&sql->text, "1");
}

static void
append_rows(struct sql *sql, const struct query *query)
{
	list_append_rows(sql, query, &(struct shortcut){ .way = SHORTCUT_NONE });
}

/* By their sites, in this order: an index leads from each to its devices. */
static void
append_sites(struct sql *sql, const struct query *query, int place)
{
	const char *name = query->entity->name;

	text_format(&sql->text,
		    "standing AS found CROSS JOIN %s ON %s.site_id = found.site_id WHERE "
		    "found.site_id > 0 AND kept(found.counts, %d) > 0 AND ",
		    name, name, place);
}

void
list_append_rows(struct sql *sql, const struct query *query, const struct shortcut *shortcut)
{
	text_append(&sql->text, " FROM ");
	if (shortcut->way == SHORTCUT_SITES) {
		append_sites(sql, query, shortcut->place);
	} else {
		column_source(&sql->text, query->entity);
		text_append(&sql->text, " WHERE ");
	}
	if (shortcut->way == SHORTCUT_EMPTY)
		text_append(&sql->text, "0 AND ");
	/* Few rows get as far as to what is read through others. */
	sql->of_one = shortcut->way == SHORTCUT_SITES || shortcut->way == SHORTCUT_MANY;
	append_condition(sql, query);
}

/* Ids run the way that the last sort does. */
static bool
ids_descend(const struct query *query, bool reversed)
{
	return query->sort_count > 0 ? query->sorts[query->sort_count - 1].descending != reversed
				     : reversed;
}

void
list_append_ids(struct sql *sql, const struct query *query, bool descending)
{
	text_format(&sql->text, "%s.id%s", query->entity->name, descending ? " DESC" : "");
}

bool
list_sorts_as_number(const struct field *field)
{
	return field_is_number(field) && field_types[field->type].storage == STORED_TEXT;
}

static void
append_order(struct sql *sql, const struct query *query)
{
	text_append(&sql->text, " ORDER BY ");
	for (int i = 0; i < query->sort_count; i++) {
		const struct sort *sort = &query->sorts[i];
		bool may_be_blank = (sort->field->flags & (FIELD_KEY | FIELD_REQUIRED)) == 0;

		text_append(&sql->text, list_sorts_as_number(sort->field) ? "CAST(" : "");
		column_expression(&sql->text, query->entity, sort->field);
		text_append(&sql->text, list_sorts_as_number(sort->field) ? " AS NUMERIC)" : "");
		text_append(&sql->text, sort->descending ? " DESC" : "");
		text_append(&sql->text, may_be_blank ? " NULLS LAST, " : ", ");
	}
	list_append_ids(sql, query, ids_descend(query, false));
}

struct cursor *
list_read(struct store *store, const struct query *query, const struct sql *sql,
	   bool with_position, struct error *error)
{
	struct cursor *cursor = memory_alloc(sizeof *cursor);

	cursor->store = store;
	cursor->query = query;
	cursor->with_position = with_position;
	cursor->statement = store_prepare_bound(store, sql, query->today, error);
	if (cursor->statement != NULL)
		return cursor;
	cursor_close(cursor);
	return NULL;
}

struct cursor *
query_open(struct store *store, const struct query *query, struct error *error)
{
	struct sql sql = { 0 };
	struct shortcut shortcut;
	struct cursor *cursor;

	if (!shortcut_find(store, query->entity, query->filter, query->today, &shortcut, error))
		return NULL;
	text_format(&sql.text, "SELECT %s.id", query->entity->name);
	list_append_columns(&sql, query);
	list_append_rows(&sql, query, &shortcut);
	append_order(&sql, query);
	cursor = list_read(store, query, &sql, false, error);
	sql_free(&sql);
	return cursor;
}

static void
read_row(struct cursor *cursor, struct row *row)
{
	int first = cursor->with_position ? COLUMN_POSITION + 1 : COLUMN_ID + 1;

	arena_reset(&cursor->arena);
	for (int i = 0; i < cursor->query->field_count; i++)
		cursor->values[i] = statement_value(cursor->statement, first + i,
						    cursor->query->fields[i], &cursor->arena);
	row->id = (struct record_id){ cursor->query->entity->kind,
				      sqlite3_column_int64(cursor->statement, COLUMN_ID) };
	row->values = cursor->values;
}

bool
cursor_next(struct cursor *cursor, struct row *row, bool *more, struct error *error)
{
	int step = sqlite3_step(cursor->statement);

	*more = step == SQLITE_ROW;
	if (*more)
		read_row(cursor, row);
	return *more || step == SQLITE_DONE || store_failed(cursor->store, error);
}

void
cursor_close(struct cursor *cursor)
{
	if (cursor == NULL)
		return;
	sqlite3_finalize(cursor->statement);
	arena_free(&cursor->arena);
	free(cursor);
}

/* Asks for the one number that the SQL gives, and frees the SQL. */
static bool
ask(struct store *store, struct sql *sql, const struct query *query, int64_t *number,
    struct error *error)
{
	sqlite3_stmt *statement = store_prepare_bound(store, sql, query->today, error);
	bool asked = statement != NULL && store_number(store, statement, number, error);

	sqlite3_finalize(statement);
	sql_free(sql);
	return asked;
}

bool
query_count(struct store *store, const struct query *query, int64_t *count, struct error *error)
{
	struct sql sql = { 0 };

	text_append(&sql.text, "SELECT count(*)");
	append_rows(&sql, query);
	return ask(store, &sql, query, count, error);
}

/* The index holds only the rows that stand for several; left to itself SQLite may take another. */
bool
query_more(struct store *store, const struct query *query, int64_t *more, struct error *error)
{
	struct sql sql = { 0 };

	*more = 0;
	if (query->entity->kind != ENTITY_DEVICE)
		return true;
	text_append(&sql.text, "SELECT sum(device.quantity - 1) FROM device INDEXED BY "
			       "device_several WHERE device.quantity > 1 AND ");
	append_condition(&sql, query);
	return ask(store, &sql, query, more, error);
}

bool
query_holds(struct store *store, struct record_id id, const struct filter *const *filters,
	    size_t count, struct date today, bool *holds, struct error *error)
{
	const struct entity *entity = &entities[id.kind];
	sqlite3_stmt *statement;
	struct sql sql = { .of_one = true };
	int step = SQLITE_OK;

	text_append(&sql.text, "SELECT 1");
	for (size_t i = 0; i < count; i++) {
		text_append(&sql.text, ", ");
		condition_append(&sql, entity, filters[i]);
	}
	text_format(&sql.text, " FROM %s WHERE %s.id = ?", entity->name, entity->name);
	sql_bind_number(&sql, id.value);
	statement = store_prepare_bound(store, &sql, today, error);
	if (statement != NULL)
		step = sqlite3_step(statement);
	for (size_t i = 0; i < count && step == SQLITE_ROW; i++)
		holds[i] = sqlite3_column_int(statement, 1 + (int)i) != 0;
	if (step == SQLITE_DONE)
		error_set(error, ERROR_NOT_FOUND, "There is no such %s in the register any more.",
			  entity->name);
	else if (statement != NULL && step != SQLITE_ROW)
		store_failed(store, error);
	sqlite3_finalize(statement);
	sql_free(&sql);
	return step == SQLITE_ROW;
}
