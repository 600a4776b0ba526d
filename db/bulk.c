/* SPDX-License-Identifier: MIT */
#include "db/bulk.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/columns.h"
#include "db/indexes.h"
#include "db/insert.h"
#include "db/internal.h"
#include "db/known.h"

/* Indexes are built again when new rows are at least a tenth of the old. */
enum { REBUILD_SHARE = 10 };

struct bulk {
	struct store *store;
	const struct entity *entity;
	const bool *filled;		/* by some row; while it is opened */
	struct insert *insert;
	struct known *known;		/* when the rows are many, else NULL */
	struct indexes indexes;		/* out of the way meanwhile */
	struct arena arena;
};

/* What decides which indexes stay. */
struct stays {
	struct bulk *bulk;
	bool had_rows;
};

/*
 * Whether no row fills a field of which the index has only the rows that have it, or few do:
 * quantities above one, and what is worked out as the record is saved (a rival).
 */
static bool
is_over_few_rows(struct bulk *bulk, const char *where)
{
	for (int i = 0; bulk->filled != NULL && i < bulk->entity->field_count; i++) {
		const struct field *field = &bulk->entity->fields[i];

		if (field_is_stored(field) && !(field->flags & FIELD_KEPT) && bulk->filled[i] &&
		    field->choices == NULL &&
		    strcmp(where, arena_format(&bulk->arena, " WHERE %s IS NOT NULL",
					       column_name(field, &bulk->arena))) == 0)
			return false;
	}
	return bulk->filled != NULL || strstr(where, " > ") != NULL;
}

/*
 * The unique index of the key stays while the table has rows, since matching reads it; and those
 * over few rows, because a new row passes them by for less than being read once more to build them.
 */
static bool
stays(const void *context, const char *sql)
{
	const struct stays *stays = context;
	const char *where = strstr(sql, " WHERE ");

	return (stays->had_rows && strncmp(sql, "CREATE UNIQUE", strlen("CREATE UNIQUE")) == 0) ||
	       (where != NULL && is_over_few_rows(stays->bulk, where));
}

/* When many are expected, indexes go, and references are checked here. */
static bool
prepare(struct bulk *bulk, int64_t expected, struct error *error)
{
	struct stays context = { .bulk = bulk };
	int64_t there;

	if (!indexes_guess_rows(bulk->store, bulk->entity, &there, error))
		return false;
	if (!indexes_are_worth_dropping(expected, there, REBUILD_SHARE))
		return true;
	context.had_rows = there > 0;
	bulk->known = known_open(bulk->store, bulk->entity);
	return indexes_drop(&bulk->indexes, bulk->store, bulk->entity,
			    (struct indexes_stay){ stays, &context }, error);
}

struct bulk *
bulk_open(struct store *store, enum entity_kind kind, int64_t expected, const bool *filled,
	  struct error *error)
{
	struct bulk *bulk = memory_alloc(sizeof *bulk);

	bulk->store = store;
	bulk->entity = &entities[kind];
	bulk->filled = filled;
	if (store_may_write(store, error) && prepare(bulk, expected, error))
		bulk->insert = insert_open(store, bulk->entity, filled, error);
	bulk->filled = NULL;
	if (bulk->insert != NULL)
		return bulk;
	bulk_abandon(bulk);
	return NULL;
}

bool
bulk_insert(struct bulk *bulk, const char *const *values, const int64_t *references, int64_t *id,
	    struct error *error)
{
	return (bulk->known == NULL || known_check(bulk->known, references, error)) &&
	       insert_row(bulk->insert, values, references, id, error);
}

bool
bulk_gather(struct bulk *bulk, struct error *error)
{
	return bulk->known == NULL || insert_gather(bulk->insert, error);
}

bool
bulk_flush(struct bulk *bulk, struct error *error)
{
	return bulk == NULL || insert_flush(bulk->insert, error);
}

bool
bulk_close(struct bulk *bulk, struct error *error)
{
	bool built = bulk_flush(bulk, error) &&
		     indexes_build(&bulk->indexes, bulk->store, true, error);

	bulk_abandon(bulk);
	return built;
}

void
bulk_abandon(struct bulk *bulk)
{
	struct error ignored;

	if (bulk == NULL)
		return;
	insert_close(bulk->insert);
	known_close(bulk->known);
	indexes_build(&bulk->indexes, bulk->store, false, &ignored);
	arena_free(&bulk->arena);
	free(bulk);
}
