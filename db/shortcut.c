/* SPDX-License-Identifier: MIT */
#include "db/shortcut.h"

#include <string.h>

#include "db/columns.h"
#include "db/internal.h"
#include "db/kept.h"
#include "db/packed.h"
#include "db/query.h"
#include "db/standing.h"

enum {
	TERMS_MAX = 32,		/* of a filter that is looked at */
	/*
	 * Site by site these are found in a fifth of a second, with twenty devices at each; of more
	 * than these the list itself has a page full after some ten thousand rows of a million.
	 */
	FEW_ROWS = 3000,
};

/* What must all hold. */
struct terms {
	const struct filter *terms[TERMS_MAX];
	size_t count;
};

/* False when there are too many. */
static bool
gather(struct terms *terms, const struct filter *filter)
{
	if (filter == NULL || filter->kind == FILTER_ALL)
		return true;
	if (filter->kind == FILTER_AND)
		return gather(terms, filter->left) && gather(terms, filter->right);
	if (terms->count == TERMS_MAX)
		return false;
	terms->terms[terms->count++] = filter;
	return true;
}

static bool
same_filter(const struct filter *one, const struct filter *other)
{
	if (one == NULL || other == NULL)
		return one == other;
	return one->kind == other->kind && one->field == other->field &&
	       (one->value == NULL) == (other->value == NULL) &&
	       (one->value == NULL || strcmp(one->value, other->value) == 0) &&
	       same_filter(one->left, other->left) && same_filter(one->right, other->right);
}

static bool
has_term(const struct terms *terms, const struct filter *term)
{
	for (size_t i = 0; i < terms->count; i++)
		if (same_filter(terms->terms[i], term))
			return true;
	return false;
}

/* Whether all that these ask for the others ask for too. */
static bool
are_among(const struct terms *terms, const struct terms *others)
{
	for (size_t i = 0; i < terms->count; i++)
		if (!has_term(others, terms->terms[i]))
			return false;
	return true;
}

/* What an index may find at once: by what a field is, by another record, by an answer. */
static bool
leads_to_few(const struct entity *entity, const struct filter *term)
{
	const struct entity *target;
	const struct field *of;
	const char *reference;
	struct arena arena = { 0 };
	bool leads = term->kind == FILTER_IS || term->kind == FILTER_ANSWERED ||
		     term->kind == FILTER_LAPSED ||
		     (term->field != NULL &&
		      (term->field->type == FIELD_REFERENCE ||
		       column_through(entity, term->field, &target, &of, &reference, &arena) ||
		       column_narrow(NULL, entity, term->field)));

	arena_free(&arena);
	return leads;
}

/* How many rows the kept filter finds in all. */
static bool
read_total(struct store *store, const struct kept_item *item, int64_t *rows, struct error *error)
{
	sqlite3_stmt *statement = store_statement(store, STANDING_READ, error);
	int column = item->entity == ENTITY_DEVICE ? 0 : 1;

	if (statement == NULL)
		return false;
	bind_integer(statement, ":id", 0);
	*rows = 0;
	if (sqlite3_step(statement) == SQLITE_ROW)
		*rows = packed_number(sqlite3_column_blob(statement, column),
				      sqlite3_column_bytes(statement, column), item->place);
	sqlite3_reset(statement);
	return true;
}

/* Of the kept filters that find all that the terms find, the one that finds least; or NULL. */
static bool
find_item(struct store *store, const struct kept *kept, enum entity_kind entity,
	  const struct terms *terms, const struct kept_item **found, int64_t *least,
	  struct error *error)
{
	*found = NULL;
	*least = INT64_MAX;
	for (size_t i = 0; i < kept->count; i++) {
		const struct kept_item *item = &kept->items[i];
		struct terms kept_terms = { 0 };
		int64_t rows;

		if (item->entity != entity || item->place < 0 ||
		    !gather(&kept_terms, item->filter) || !are_among(&kept_terms, terms))
			continue;
		if (!read_total(store, item, &rows, error))
			return false;
		if (rows < *least) {
			*least = rows;
			*found = item;
		}
	}
	return true;
}

static enum shortcut_way
way_of(const struct entity *entity, const struct terms *terms, const struct kept_item *item,
       int64_t rows)
{
	struct terms kept_terms = { 0 };

	if (rows == 0)
		return SHORTCUT_EMPTY;
	gather(&kept_terms, item->filter);
	for (size_t i = 0; i < terms->count; i++)
		if (!has_term(&kept_terms, terms->terms[i]) &&
		    leads_to_few(entity, terms->terms[i]))
			return SHORTCUT_NONE;
	return rows <= FEW_ROWS ? SHORTCUT_SITES : SHORTCUT_MANY;
}

bool
shortcut_find(struct store *store, const struct entity *entity, const struct filter *filter,
	      struct date today, struct shortcut *shortcut, struct error *error)
{
	const struct kept_item *item;
	const struct kept *kept;
	struct terms terms = { 0 };
	int64_t rows;

	*shortcut = (struct shortcut){ .way = SHORTCUT_NONE };
	if (entity->kind != ENTITY_DEVICE || filter == NULL || !gather(&terms, filter))
		return true;
	if (!standing_kept(store, today, &kept, error))
		return false;
	if (kept == NULL)
		return true;
	if (!find_item(store, kept, entity->kind, &terms, &item, &rows, error))
		return false;
	if (item == NULL)
		return true;
	*shortcut = (struct shortcut){ way_of(entity, &terms, item, rows), item->place };
	return true;
}

static const struct filter *
without_answer(const struct filter *term)
{
	return term->kind == FILTER_NOT && term->left->kind == FILTER_ANSWERED ? term->left : NULL;
}

/* Counts those of the records of `filter` that are answered. */
static bool
count_answered(struct store *store, const struct entity *entity, const struct filter *filter,
	       const struct filter *answered, struct date today, int64_t *rows,
	       struct error *error)
{
	struct filter left = *answered, right = *filter;
	const struct filter both = { .kind = FILTER_AND, .left = &left, .right = &right };
	const struct query query = { .entity = entity, .filter = &both, .today = today };

	return query_count(store, &query, rows, error);
}

/* The kept filter that asks for just these terms; NULL when none is. */
static const struct kept_item *
find_same(const struct kept *kept, enum entity_kind entity, const struct terms *terms)
{
	for (size_t i = 0; i < kept->count; i++) {
		const struct kept_item *item = &kept->items[i];
		struct terms kept_terms = { 0 };

		if (item->entity == entity && item->place >= 0 &&
		    gather(&kept_terms, item->filter) && are_among(&kept_terms, terms) &&
		    are_among(terms, &kept_terms))
			return item;
	}
	return NULL;
}

/* Takes the term for what is not answered out of them; NULL when there is none, or another too. */
static const struct filter *
take_answer(struct terms *terms)
{
	for (size_t i = 0; i < terms->count; i++) {
		const struct filter *answered = without_answer(terms->terms[i]);

		if (answered != NULL) {
			terms->terms[i] = terms->terms[--terms->count];
			return answered;
		}
	}
	return NULL;
}

bool
shortcut_count(struct store *store, const struct entity *entity, const struct filter *filter,
	       struct date today, int64_t *rows, bool *is_kept, struct error *error)
{
	const struct filter *answered;
	const struct kept_item *item;
	const struct kept *kept;
	struct terms terms = { 0 };
	int64_t less = 0;

	*is_kept = false;
	if ((entity->kind != ENTITY_DEVICE && entity->kind != ENTITY_SITE) ||
	    !gather(&terms, filter))
		return true;
	if (!standing_kept(store, today, &kept, error))
		return false;
	if (kept == NULL)
		return true;
	answered = take_answer(&terms);
	item = find_same(kept, entity->kind, &terms);
	if (item == NULL)
		return true;
	if (!read_total(store, item, rows, error) ||
	    (answered != NULL &&
	     !count_answered(store, entity, item->filter, answered, today, &less, error)))
		return false;
	*rows -= less;
	*is_kept = true;
	return true;
}
