/* SPDX-License-Identifier: MIT */
#ifndef DB_QUERY_H
#define DB_QUERY_H

#include "core/entity.h"
#include "core/filter.h"
#include "db/store.h"

/*
 * Reading many records.  The SQL is made here from the field tables and a
 * parsed filter; names come from the tables only and every value is bound.
 */
enum { QUERY_SORTS_MAX = 8 };

struct sort {
	const struct field *field;
	bool descending;
};

struct query {
	const struct entity *entity;
	const struct field *const *fields;	/* the columns wanted */
	int field_count;
	const struct filter *filter;		/* NULL for every record */
	struct sort sorts[QUERY_SORTS_MAX];	/* ties are settled by id */
	int sort_count;				/* 0: by id */
	struct date today;
};

/* One record of an answer: its id and the values of the query's fields, in their order. */
struct row {
	struct record_id id;
	const char *const *values;	/* canonical; NULL for unknown */
};

/* Reads an answer from its first row to its last. The row's texts live until the next call. */
struct cursor;
struct cursor *query_open(struct store *store, const struct query *query, struct error *error);
bool cursor_next(struct cursor *cursor, struct row *row, bool *more, struct error *error);
void cursor_close(struct cursor *cursor);

bool query_count(struct store *store, const struct query *query, int64_t *count,
		 struct error *error);

/*
 * How many things more than rows the answer is about: a device's row may stand for several alike
 * (its quantity); all other rows are one thing each.  It costs next to nothing where no row stands
 * for several.
 */
bool query_more(struct store *store, const struct query *query, int64_t *more, struct error *error);

/*
 * Which of the filters find the record: holds[i] for filters[i]. ERROR_NOT_FOUND when it is not in
 * the register.
 */
bool query_holds(struct store *store, struct record_id id, const struct filter *const *filters,
		 size_t count, struct date today, bool *holds, struct error *error);

/*
 * A page: up to `limit` rows that follow `from` (or come before it, nearest last), read by key and
 * never by offset.  Only the first sort of the query counts.  from->id.value 0 means from the first
 * row (or before the end: the last page). Rows are in the list's order either way, in the arena.
 */
struct position {
	struct record_id id;
	const char *value;	/* of the sort's field, as in a row; NULL for unknown */
};

enum direction { DIRECTION_AFTER, DIRECTION_BEFORE };

struct page {
	struct row *rows;
	struct position *positions;	/* of each row */
	size_t count;
};

bool query_page(struct store *store, const struct query *query, const struct position *from,
		enum direction direction, size_t limit, struct arena *arena, struct page *page,
		struct error *error);

#endif
