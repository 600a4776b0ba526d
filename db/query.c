/* SPDX-License-Identifier: MIT */
/*
 * Reading lists.  A page is read by key: "the rows after this one" is one or
 * two small statements that an index answers, however long the list; OFFSET
 * would count its way there (PERFORMANCE 3: 0.1 ms against 40 ms).
 */
#include "db/query.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/columns.h"
#include "db/condition.h"
#include "db/internal.h"

struct cursor {
	struct store *store;
	const struct query *query;
	sqlite3_stmt *statement;
	bool with_position;		/* column 1 is the value that the page is sorted by */
	struct arena arena;		/* of the row that was read last */
	const char *values[ENTITY_FIELDS_MAX];
};

enum { COLUMN_ID, COLUMN_POSITION };

/*
 * A list is the rows that have a value, by value, and then the rows that have
 * none: blanks come last whichever way the values run.  A page is read from up
 * to three stages of that, one after the other, forwards or backwards.
 */
enum stage {
	STAGE_VALUES,		/* every row with a value */
	STAGE_SAME,		/* the position's own value, ids beyond it */
	STAGE_BEYOND,		/* values beyond the position's */
	STAGE_BLANKS,		/* every row without a value */
	STAGE_BLANKS_BEYOND,	/* those with ids beyond the position's */
	STAGE_NONE
};

static void
append_columns(struct sql *sql, const struct query *query)
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
	text_append(&sql->text, " FROM ");
	column_source(&sql->text, query->entity);
	text_append(&sql->text, " WHERE ");
	append_condition(sql, query);
}

/* Ids run the way that the last sort does. */
static bool
ids_descend(const struct query *query, bool reversed)
{
	return query->sort_count > 0 ? query->sorts[query->sort_count - 1].descending != reversed
				     : reversed;
}

static void
append_ids(struct sql *sql, const struct query *query, bool descending)
{
	text_format(&sql->text, "%s.id%s", query->entity->name, descending ? " DESC" : "");
}

/*
 * A number that is kept as text is sorted as the number that it is; its text stays its position, to
 * the last digit.
 */
static bool
sorts_as_number(const struct field *field)
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

		text_append(&sql->text, sorts_as_number(sort->field) ? "CAST(" : "");
		column_expression(&sql->text, query->entity, sort->field);
		text_append(&sql->text, sorts_as_number(sort->field) ? " AS NUMERIC)" : "");
		text_append(&sql->text, sort->descending ? " DESC" : "");
		text_append(&sql->text, may_be_blank ? " NULLS LAST, " : ", ");
	}
	append_ids(sql, query, ids_descend(query, false));
}

static struct cursor *
cursor_new(struct store *store, const struct query *query, const struct sql *sql,
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
	struct cursor *cursor;

	text_format(&sql.text, "SELECT %s.id", query->entity->name);
	append_columns(&sql, query);
	append_rows(&sql, query);
	append_order(&sql, query);
	cursor = cursor_new(store, query, &sql, false, error);
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

/*
 * The index holds nothing but the rows that stand for several; left to itself SQLite might take
 * another.
 */
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
	bool found;

	text_append(&sql.text, "SELECT 1");
	for (size_t i = 0; i < count; i++) {
		text_append(&sql.text, ", ");
		condition_append(&sql, entity, filters[i]);
	}
	text_format(&sql.text, " FROM %s WHERE %s.id = ?", entity->name, entity->name);
	sql_bind_number(&sql, id.value);
	statement = store_prepare_bound(store, &sql, today, error);
	found = statement != NULL && sqlite3_step(statement) == SQLITE_ROW;
	for (size_t i = 0; i < count && found; i++)
		holds[i] = sqlite3_column_int(statement, 1 + (int)i) != 0;
	if (statement != NULL && !found)
		error_set(error, ERROR_NOT_FOUND, "There is no such %s in the register any more.",
			  entity->name);
	sqlite3_finalize(statement);
	sql_free(&sql);
	return found;
}

static void
bind_position(struct sql *sql, const struct field *field, const char *value)
{
	int64_t seconds;

	if (field->type == FIELD_INSTANT && date_parse_instant(value, &seconds))
		sql_bind_number(sql, seconds);
	else if (field->type == FIELD_INTEGER)
		sql_bind_number(sql, strtoll(value, NULL, 10));
	else
		sql_bind_text(sql, value);
}

static bool
is_blank_stage(enum stage stage)
{
	return stage == STAGE_BLANKS || stage == STAGE_BLANKS_BEYOND;
}

/*
 * Whether a stage goes through the records that the sort's field refers to, in the order of their
 * keys, and from each to the rows that refer to it: indexes lead all the way.  With a filter that
 * few rows pass, it would be a long way.
 */
static bool
goes_by_reference(const struct query *query, enum stage stage)
{
	const struct field *field = query->sort_count > 0 ? query->sorts[0].field : NULL;

	return field != NULL && field->type == FIELD_REFERENCE &&
	       field_is_stored(entity_key(&entities[field->target])) && query->filter == NULL &&
	       !is_blank_stage(stage);
}

/* What a page is sorted by; of a reference, where only its being there counts, the column. */
static void
append_sort_value(struct sql *sql, const struct query *query, enum stage stage)
{
	const struct field *field = query->sorts[0].field;

	if (goes_by_reference(query, stage))
		text_format(&sql->text, "sorted.%s", entity_key(&entities[field->target])->name);
	else if (field->type == FIELD_REFERENCE && is_blank_stage(stage))
		text_format(&sql->text, "%s.%s_id", query->entity->name, field->name);
	else
		column_expression(&sql->text, query->entity, field);
}

static void
append_sort_order(struct sql *sql, const struct query *query, enum stage stage)
{
	bool number = sorts_as_number(query->sorts[0].field);

	text_append(&sql->text, number ? "CAST(" : "");
	append_sort_value(sql, query, stage);
	text_append(&sql->text, number ? " AS NUMERIC)" : "");
}

/* Where a stage's rows lie, as a condition on the sort's field. */
static void
append_value_stage(struct sql *sql, const struct query *query, const struct position *from,
		   enum stage stage, bool descending)
{
	bool number = sorts_as_number(query->sorts[0].field);

	text_append(&sql->text, " AND ");
	append_sort_order(sql, query, stage);
	if (stage == STAGE_VALUES) {
		text_append(&sql->text, " IS NOT NULL");
	} else if (is_blank_stage(stage)) {
		text_append(&sql->text, " IS NULL");
	} else {
		text_append(&sql->text, stage == STAGE_SAME ? " = " : descending ? " < " : " > ");
		text_append(&sql->text, number ? "CAST(? AS NUMERIC)" : "?");
		bind_position(sql, query->sorts[0].field, from->value);
	}
}

static void
append_stage(struct sql *sql, const struct query *query, const struct position *from,
	     enum stage stage, bool descending)
{
	if (query->sort_count > 0)
		append_value_stage(sql, query, from, stage, descending);
	if (stage == STAGE_SAME || stage == STAGE_BLANKS_BEYOND) {
		text_append(&sql->text, " AND ");
		append_ids(sql, query, false);
		text_append(&sql->text, descending ? " < ?" : " > ?");
		sql_bind_number(sql, from->id.value);
	}
	text_append(&sql->text, " ORDER BY ");
	if (query->sort_count > 0 && (stage == STAGE_VALUES || stage == STAGE_BEYOND)) {
		append_sort_order(sql, query, stage);
		text_append(&sql->text, descending ? " DESC, " : ", ");
	}
	append_ids(sql, query, descending);
}

/* The stages of a page in their order; without a sort every row counts as a value, by its id. */
static const enum stage *
stages_of(const struct query *query, const struct position *from, bool reversed)
{
	static const enum stage whole[2][3] = { { STAGE_VALUES, STAGE_BLANKS, STAGE_NONE },
						{ STAGE_BLANKS, STAGE_VALUES, STAGE_NONE } };
	static const enum stage after_value[2][4] = { { STAGE_SAME, STAGE_BEYOND, STAGE_BLANKS,
							STAGE_NONE },
						      { STAGE_SAME, STAGE_BEYOND, STAGE_NONE } };
	static const enum stage after_blank[2][3] = { { STAGE_BLANKS_BEYOND, STAGE_NONE },
						      { STAGE_BLANKS_BEYOND, STAGE_VALUES,
							STAGE_NONE } };
	static const enum stage by_id[2][2] = { { STAGE_VALUES, STAGE_NONE },
						{ STAGE_SAME, STAGE_NONE } };

	if (query->sort_count == 0)
		return by_id[from->id.value != 0];
	if (from->id.value == 0)
		return whole[reversed];
	return from->value != NULL ? after_value[reversed] : after_blank[reversed];
}

static void
keep_row(struct page *page, const struct row *row, const char *position, int field_count,
	 struct arena *arena)
{
	const char **values = arena_alloc(arena, (size_t)(field_count > 0 ? field_count : 1) *
							 sizeof *values);

	for (int i = 0; i < field_count; i++)
		values[i] = arena_text(arena, row->values[i]);
	page->rows[page->count] = (struct row){ row->id, values };
	page->positions[page->count++] = (struct position){ row->id, arena_text(arena, position) };
}

static bool
read_stage(struct cursor *cursor, size_t limit, struct arena *arena, struct page *page,
	   struct error *error)
{
	const struct query *query = cursor->query;
	bool more = true;

	while (page->count < limit && more) {
		struct row row;
		const char *position = NULL;

		if (!cursor_next(cursor, &row, &more, error))
			return false;
		if (more && cursor->with_position)
			position = statement_value(cursor->statement, COLUMN_POSITION,
						   query->sorts[0].field, &cursor->arena);
		if (more)
			keep_row(page, &row, position, query->field_count, arena);
	}
	return true;
}

/*
 * The rows are chosen first, by nothing but their ids and what they are sorted by; only for those
 * that are on the page is the rest worked out.
 */
static void
append_page(struct sql *sql, const struct query *query, const struct position *from,
	    enum stage stage, bool descending, size_t limit)
{
	const struct field *sort = query->sort_count > 0 ? query->sorts[0].field : NULL;
	const char *table = query->entity->name;

	text_format(&sql->text, "SELECT %s.id%s", table, sort != NULL ? ", chosen.value" : "");
	append_columns(sql, query);
	text_format(&sql->text, " FROM (SELECT %s.id AS id", table);
	if (sort != NULL) {
		text_append(&sql->text, ", ");
		append_sort_value(sql, query, stage);
		text_append(&sql->text, " AS value");
	}
	if (goes_by_reference(query, stage))
		text_format(&sql->text,
			    " FROM %s AS sorted CROSS JOIN %s ON %s.%s_id = sorted.id WHERE 1",
			    entities[sort->target].name, table, table, sort->name);
	else
		append_rows(sql, query);
	append_stage(sql, query, from, stage, descending);
	text_append(&sql->text, " LIMIT ?) AS chosen CROSS JOIN ");
	column_source(&sql->text, query->entity);
	text_format(&sql->text, " ON %s.id = chosen.id ORDER BY ", table);
	sql_bind_number(sql, (int64_t)limit);
	if (sort != NULL)
		text_format(&sql->text,
			    sorts_as_number(sort) ? "CAST(chosen.value AS NUMERIC)%s, "
						  : "chosen.value%s, ",
			    descending ? " DESC" : "");
	append_ids(sql, query, descending);
}

static bool
run_stage(struct store *store, const struct query *query, const struct position *from,
	  enum stage stage, bool reversed, size_t limit, struct arena *arena, struct page *page,
	  struct error *error)
{
	bool sorted = query->sort_count > 0;
	bool descending = sorted ? query->sorts[0].descending != reversed : reversed;
	struct sql sql = { 0 };
	struct cursor *cursor;
	bool done;

	append_page(&sql, query, from, stage, descending, limit - page->count);
	cursor = cursor_new(store, query, &sql, sorted, error);
	done = cursor != NULL && read_stage(cursor, limit, arena, page, error);
	cursor_close(cursor);
	sql_free(&sql);
	return done;
}

static void
turn_round(struct page *page)
{
	for (size_t i = 0, j = page->count; i + 1 < j; i++) {
		struct row row = page->rows[i];
		struct position position = page->positions[i];

		j--;
		page->rows[i] = page->rows[j];
		page->rows[j] = row;
		page->positions[i] = page->positions[j];
		page->positions[j] = position;
	}
}

bool
query_page(struct store *store, const struct query *query, const struct position *from,
	   enum direction direction, size_t limit, struct arena *arena, struct page *page,
	   struct error *error)
{
	bool reversed = direction == DIRECTION_BEFORE;
	const enum stage *stage = stages_of(query, from, reversed);

	page->count = 0;
	page->rows = arena_alloc(arena, (limit > 0 ? limit : 1) * sizeof *page->rows);
	page->positions = arena_alloc(arena, (limit > 0 ? limit : 1) * sizeof *page->positions);
	for (; *stage != STAGE_NONE && page->count < limit; stage++)
		if (!run_stage(store, query, from, *stage, reversed, limit, arena, page, error))
			return false;
	if (reversed)
		turn_round(page);
	return true;
}
