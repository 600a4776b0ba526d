/* SPDX-License-Identifier: MIT */
/*
 * Pages of lists.  A page is read by key: "the rows after this one" is one or
 * two small statements that an index answers, however long the list; OFFSET
 * would count its way there (PERFORMANCE 3: 0.1 ms against 40 ms).
 */
#include <stdlib.h>
#include <string.h>

#include "db/columns.h"
#include "db/internal.h"
#include "db/list.h"
#include "db/query.h"

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

/*
 * An index has the rows in their order, and where many of them are wanted a page is soon full.
 * Where hardly any are, to fetch row after row by the index takes ten times as long as to look
 * through all of them as they lie: a stage that has gone on for that long is begun again so.  In
 * callbacks, each of a millisecond or two; where it is known that there are many, it is worth a
 * longer wait.
 */
enum { PATIENCE = 15, PATIENCE_MANY = 60 };

/* How a stage is read. */
struct reading {
	const struct query *query;
	const struct position *from;
	const struct shortcut *shortcut;
	bool reversed;
	enum stage stage;
	bool descending;
	bool as_they_lie;	/* and not by an index in the order of the list */
};

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
append_sort_order(struct sql *sql, const struct reading *reading)
{
	bool number = list_sorts_as_number(reading->query->sorts[0].field);

	text_append(&sql->text, number ? "CAST(" : "");
	/* A sum is in no index. */
	text_append(&sql->text, reading->as_they_lie ? "+" : "");
	append_sort_value(sql, reading->query, reading->stage);
	text_append(&sql->text, number ? " AS NUMERIC)" : "");
}

/* Where a stage's rows lie, as a condition on the sort's field. */
static void
append_value_stage(struct sql *sql, const struct reading *reading)
{
	const struct field *field = reading->query->sorts[0].field;
	enum stage stage = reading->stage;

	text_append(&sql->text, " AND ");
	append_sort_order(sql, reading);
	if (stage == STAGE_VALUES) {
		text_append(&sql->text, " IS NOT NULL");
	} else if (is_blank_stage(stage)) {
		text_append(&sql->text, " IS NULL");
	} else {
		text_append(&sql->text, stage == STAGE_SAME    ? " = "
					: reading->descending ? " < "
							      : " > ");
		text_append(&sql->text, list_sorts_as_number(field) ? "CAST(? AS NUMERIC)" : "?");
		bind_position(sql, field, reading->from->value);
	}
}

static void
append_stage(struct sql *sql, const struct reading *reading)
{
	const struct query *query = reading->query;
	enum stage stage = reading->stage;
	bool descending = reading->descending;

	if (query->sort_count > 0)
		append_value_stage(sql, reading);
	if (stage == STAGE_SAME || stage == STAGE_BLANKS_BEYOND) {
		text_append(&sql->text, " AND ");
		list_append_ids(sql, query, false);
		text_append(&sql->text, descending ? " < ?" : " > ?");
		sql_bind_number(sql, reading->from->id.value);
	}
	text_append(&sql->text, " ORDER BY ");
	if (query->sort_count > 0 && (stage == STAGE_VALUES || stage == STAGE_BEYOND)) {
		append_sort_order(sql, reading);
		text_append(&sql->text, descending ? " DESC, " : ", ");
	}
	list_append_ids(sql, query, descending);
}

/* Some fields no record is without. */
static bool
is_vain(const struct query *query, enum stage stage)
{
	return is_blank_stage(stage) &&
	       (query->sorts[0].field->flags & (FIELD_KEY | FIELD_REQUIRED)) != 0;
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
append_page(struct sql *sql, const struct reading *reading, size_t limit)
{
	const struct query *query = reading->query;
	enum stage stage = reading->stage;
	const struct field *sort = query->sort_count > 0 ? query->sorts[0].field : NULL;
	const char *table = query->entity->name;

	text_format(&sql->text, "SELECT %s.id%s", table, sort != NULL ? ", chosen.value" : "");
	list_append_columns(sql, query);
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
		list_append_rows(sql, query, reading->shortcut);
	append_stage(sql, reading);
	text_append(&sql->text, " LIMIT ?) AS chosen CROSS JOIN ");
	column_source(&sql->text, query->entity);
	text_format(&sql->text, " ON %s.id = chosen.id ORDER BY ", table);
	sql_bind_number(sql, (int64_t)limit);
	if (sort != NULL)
		text_format(&sql->text,
			    list_sorts_as_number(sort) ? "CAST(chosen.value AS NUMERIC)%s, "
						       : "chosen.value%s, ",
			    reading->descending ? " DESC" : "");
	list_append_ids(sql, query, reading->descending);
}

static bool
run_stage(struct store *store, const struct reading *reading, size_t limit, struct arena *arena,
	  struct page *page, struct error *error)
{
	struct sql sql = { 0 };
	struct cursor *cursor;
	bool done;

	append_page(&sql, reading, limit - page->count);
	cursor = list_read(store, reading->query, &sql, reading->query->sort_count > 0, error);
	done = cursor != NULL && read_stage(cursor, limit, arena, page, error);
	cursor_close(cursor);
	sql_free(&sql);
	return done;
}

/* Whether an index may lead through the stage for too long. */
static bool
may_take_long(const struct reading *reading)
{
	return reading->query->filter != NULL && reading->query->sort_count > 0 &&
	       reading->shortcut->way != SHORTCUT_SITES &&
	       (reading->stage == STAGE_VALUES || reading->stage == STAGE_BEYOND);
}

static bool
run_patiently(struct store *store, struct reading *reading, size_t limit, struct arena *arena,
	      struct page *page, struct error *error)
{
	size_t before = page->count;
	bool done, gave_up;

	reading->as_they_lie = false;
	if (!may_take_long(reading))
		return run_stage(store, reading, limit, arena, page, error);
	store->patience = reading->shortcut->way == SHORTCUT_MANY ? PATIENCE_MANY : PATIENCE;
	done = run_stage(store, reading, limit, arena, page, error);
	gave_up = !done && store->patience == 0;
	store->patience = 0;
	if (!gave_up)
		return done;
	page->count = before;
	reading->as_they_lie = true;
	return run_stage(store, reading, limit, arena, page, error);
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

static bool
read_page(struct store *store, struct reading *reading, size_t limit, struct arena *arena,
	  struct page *page, struct error *error)
{
	const struct query *query = reading->query;
	const enum stage *stage = stages_of(query, reading->from, reading->reversed);

	reading->descending = query->sort_count > 0
				      ? query->sorts[0].descending != reading->reversed
				      : reading->reversed;
	for (; *stage != STAGE_NONE && page->count < limit; stage++) {
		reading->stage = *stage;
		if (!is_vain(query, *stage) &&
		    !run_patiently(store, reading, limit, arena, page, error))
			return false;
	}
	return true;
}

bool
query_page(struct store *store, const struct query *query, const struct position *from,
	   enum direction direction, size_t limit, struct arena *arena, struct page *page,
	   struct error *error)
{
	struct shortcut shortcut;
	struct reading reading = { .query = query, .from = from, .shortcut = &shortcut };

	page->count = 0;
	page->rows = arena_alloc(arena, (limit > 0 ? limit : 1) * sizeof *page->rows);
	page->positions = arena_alloc(arena, (limit > 0 ? limit : 1) * sizeof *page->positions);
	if (!shortcut_find(store, query->entity, query->filter, query->today, &shortcut, error))
		return false;
	if (shortcut.way == SHORTCUT_EMPTY)
		return true;
	reading.reversed = direction == DIRECTION_BEFORE;
	if (!read_page(store, &reading, limit, arena, page, error))
		return false;
	if (reading.reversed)
		turn_round(page);
	return true;
}
