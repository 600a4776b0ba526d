/* SPDX-License-Identifier: MIT */
#include "db/remember.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/internal.h"
#include "db/query.h"
#include "db/watch.h"

enum {
	/* The program asks for its figures and rules; of more than these all are counted again. */
	COUNTS_MAX = 512,
	BITS = 8,
	LISTED_MAX = 1 << 24,		/* deadlines of higher ids are not listed one by one */
};

#define TABLE(kind) (UINT64_C(1) << (kind))
static const uint64_t all_tables = ~UINT64_C(0);

/* What functions read besides their arguments; one that is not here may read everything. */
static const struct {
	const char *name;
	uint64_t tables;
} functions[] = {
	{ "setting", TABLE(ENTITY_SETTING) },
	{ "kind_in_scope", TABLE(ENTITY_SETTING) },
	{ "one_company", TABLE(ENTITY_MANUFACTURER) | TABLE(ENTITY_MANUFACTURER_NAME) },
	/* The program's, of their arguments alone. */
	{ "kept", 0 }, { "in_list", 0 }, { "day_words", 0 }, { "months_before", 0 },
	{ "says_unknown", 0 },
	/* SQL's. */
	{ "count", 0 }, { "sum", 0 }, { "min", 0 }, { "max", 0 },
	{ "coalesce", 0 }, { "date", 0 }, { "julianday", 0 }, { "length", 0 },
	{ "like", 0 }, { "lower", 0 }, { "substr", 0 },
};

struct remembered {
	enum entity_kind entity;
	char *filter;
	int64_t day, data_version;
	/* That it is read from: bits by places in changed->tables. */
	uint64_t tables;
	uint64_t stamp;			/* how often they had been changed */
	int64_t rows, things;
	bool listed;			/* of deadlines: it is known which are found */
	unsigned char *found;		/* a bit for each id */
	size_t size;			/* bytes */
	uint64_t round;			/* up to where of the changed ones it holds */
	size_t seen;
};

struct memory {
	struct remembered *counts;
	size_t count, room;
	/* Where the tables go that a statement reads; NULL: nobody asks. */
	uint64_t *learning;
};

static uint64_t
tables_of_function(const char *name)
{
	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
		if (strcmp(functions[i].name, name) == 0)
			return functions[i].tables;
	return all_tables;
}

/* SQLite asks for leave for each column and function of a statement: it is given, and noted. */
static int
learn(void *context, int action, const char *first, const char *second, const char *schema,
      const char *inner)
{
	struct memory *memory = context;

	(void)schema, (void)inner;
	if (memory->learning != NULL && action == SQLITE_READ)
		*memory->learning |= TABLE(changed_table(first));
	else if (memory->learning != NULL && action == SQLITE_FUNCTION)
		*memory->learning |= tables_of_function(second);
	return SQLITE_OK;
}

static struct memory *
memory_of(struct store *store)
{
	if (store->memory == NULL) {
		store->memory = memory_alloc(sizeof *store->memory);
		sqlite3_set_authorizer(store->database, learn, store->memory);
	}
	return store->memory;
}

static void
forget(struct remembered *count)
{
	free(count->filter);
	free(count->found);
}

static void
forget_all(struct memory *memory)
{
	for (size_t i = 0; i < memory->count; i++)
		forget(&memory->counts[i]);
	memory->count = 0;
}

void
remember_close(struct store *store)
{
	if (store->memory == NULL)
		return;
	sqlite3_set_authorizer(store->database, NULL, NULL);
	forget_all(store->memory);
	free(store->memory->counts);
	free(store->memory);
	store->memory = NULL;
}

/* What was remembered of the filter, or room for it: of no day. */
static struct remembered *
find(struct memory *memory, enum entity_kind entity, const char *filter)
{
	size_t size = strlen(filter) + 1;
	struct remembered *count;

	for (size_t i = 0; i < memory->count; i++)
		if (memory->counts[i].entity == entity &&
		    strcmp(memory->counts[i].filter, filter) == 0)
			return &memory->counts[i];
	if (memory->count == COUNTS_MAX)
		forget_all(memory);
	memory->counts = memory_grow(memory->counts, &memory->room, memory->count + 1,
				     sizeof *memory->counts);
	count = &memory->counts[memory->count++];
	*count = (struct remembered){ .entity = entity,
				      .filter = memory_alloc(size),
				      .day = INT64_MIN };
	memcpy(count->filter, filter, size);
	return count;
}

/* How often the tables have been changed; a store that only reads changes none. */
static uint64_t
stamp_of(const struct store *store, uint64_t tables)
{
	uint64_t stamp = 0;

	for (int i = 0; i < ENTITY_COUNT && store->watch != NULL; i++)
		if ((tables & TABLE(i)) != 0)
			stamp += store->watch->changed.tables[i];
	return stamp;
}

/* Whether what happens to one deadline tells all that the filter may say of it. */
static bool
is_by_deadline(const struct remembered *count)
{
	return count->listed &&
	       (count->tables & ~(TABLE(ENTITY_DEADLINE) | TABLE(ENTITY_EXTENSION))) == 0;
}

static bool
has_bit(const struct remembered *count, int64_t id)
{
	size_t byte = (size_t)id / BITS;

	return byte < count->size && (count->found[byte] >> (id % BITS) & 1) != 0;
}

static void
make_room(struct remembered *count, size_t bytes)
{
	size_t before = count->size;

	count->found = memory_grow(count->found, &count->size, bytes, sizeof *count->found);
	memset(count->found + before, 0, count->size - before);
}

static void
set_bit(struct remembered *count, int64_t id, bool is_found)
{
	size_t byte = (size_t)id / BITS;

	count->listed = count->listed && id >= 0 && id <= LISTED_MAX;
	if (!count->listed)
		return;
	if (byte >= count->size)
		make_room(count, byte + 1);
	count->found[byte] = (unsigned char)((count->found[byte] & ~(1u << (id % BITS))) |
					     (unsigned)is_found << (id % BITS));
}

static void
forget_list(struct remembered *count)
{
	free(count->found);
	count->found = NULL;
	count->size = 0;
	count->rows = 0;
}

/* Asks of one deadline again; one that is gone is not found. */
static bool
recount_one(struct store *store, const struct query *query, struct remembered *count, int64_t id,
	    struct error *error)
{
	struct record_id record = { ENTITY_DEADLINE, id };
	bool was = has_bit(count, id), is = false;

	if (!query_holds(store, record, &query->filter, 1, query->today, &is, error)) {
		if (error->kind != ERROR_NOT_FOUND)
			return false;
		*error = (struct error){ 0 };
	}
	set_bit(count, id, is);
	count->rows += is - was;
	count->things = count->rows;
	return true;
}

static bool
recount_changed(struct store *store, const struct query *query, struct remembered *count,
		struct error *error)
{
	const struct changed *changed = &store->watch->changed;

	for (; count->seen < changed->count; count->seen++)
		if (!recount_one(store, query, count, changed->deadlines[count->seen], error))
			return false;
	return true;
}

/* Counts deadlines, and keeps which they are. */
static bool
count_deadlines(struct store *store, const struct query *query, struct remembered *count,
		struct error *error)
{
	struct cursor *cursor = query_open(store, query, error);
	bool more = true, counted = cursor != NULL;
	struct row row;

	forget_list(count);
	count->listed = true;
	while (counted && more && (counted = cursor_next(cursor, &row, &more, error)))
		if (more) {
			set_bit(count, row.id.value, true);
			count->rows++;
		}
	cursor_close(cursor);
	return counted;
}

static bool
count_all(struct store *store, const struct query *query, struct remembered *count,
	  struct error *error)
{
	int64_t more = 0;
	bool counted;

	store->memory->learning = &count->tables;
	if (query->entity->kind == ENTITY_DEADLINE)
		counted = count_deadlines(store, query, count, error);
	else
		counted = query_count(store, query, &count->rows, error) &&
			  query_more(store, query, &more, error);
	count->things = count->rows + more;
	store->memory->learning = NULL;
	return counted;
}

/* Counts what must be counted again. */
static bool
recount(struct store *store, const struct query *query, struct remembered *count, bool same_day,
	struct error *error)
{
	const struct changed *changed = store->watch != NULL ? &store->watch->changed : NULL;

	if (same_day && changed != NULL && is_by_deadline(count) &&
	    count->round == changed->round) {
		if (!recount_changed(store, query, count, error))
			return false;
		if (count->listed)
			return true;
	}
	if (!count_all(store, query, count, error))
		return false;
	count->round = changed != NULL ? changed->round : 0;
	count->seen = changed != NULL ? changed->count : 0;
	return true;
}

static bool
refresh(struct store *store, struct remembered *count, struct date today, struct error *error)
{
	struct query query = { .entity = &entities[count->entity], .today = today };
	int64_t version = store->data_version;
	bool same_day = count->day == date_days(today) && count->data_version == version;
	struct arena arena = { 0 };
	bool counted;

	if (same_day && count->stamp == stamp_of(store, count->tables))
		return true;
	query.filter = filter_parse(&arena, query.entity, count->filter, today, error);
	counted = query.filter != NULL && recount(store, &query, count, same_day, error);
	count->day = counted ? date_days(today) : INT64_MIN;
	count->data_version = version;
	count->stamp = stamp_of(store, count->tables);
	arena_free(&arena);
	return counted;
}

bool
remember_count(struct store *store, enum entity_kind entity, const char *filter, struct date today,
	       int64_t *rows, int64_t *things, struct error *error)
{
	struct remembered *count = find(memory_of(store), entity, filter);
	bool counted;

	if (!store_look(store, error))
		return false;
	if (!sqlite3_get_autocommit(store->database) || (store->watch == NULL && !store->read_only))
		count->day = INT64_MIN;
	counted = refresh(store, count, today, error);
	*rows = count->rows;
	*things = count->things;
	if (!sqlite3_get_autocommit(store->database))
		count->day = INT64_MIN;
	return counted;
}
