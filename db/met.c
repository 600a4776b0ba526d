/* SPDX-License-Identifier: MIT */
#include "db/met.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/entity.h"
#include "core/memory.h"
#include "db/amend.h"
#include "db/internal.h"

const char met_by_records[] = "what is recorded";

enum { SITES_ASKED_MAX = 256 };	/* for more, all deadlines are looked through once */

/* A deadline whose day is another by what is recorded. */
struct met {
	int64_t id;
	const char *done_on, *done_by;	/* what they are now */
	const char *met_on;		/* what they must be; NULL: it is open */
};

struct met_list {
	struct arena arena;
	struct met *deadlines;
	size_t count, room;
};

static const char *
copy_column(struct arena *arena, sqlite3_stmt *statement, int column)
{
	const char *words = (const char *)sqlite3_column_text(statement, column);

	return words != NULL ? arena_text(arena, words) : NULL;
}

/* None is written while they are read. */
static bool
list(struct store *store, enum statement name, int64_t id, struct met_list *met,
     struct error *error)
{
	sqlite3_stmt *statement = store_statement(store, name, error);
	int step;

	if (statement == NULL)
		return false;
	statement_bind_dates(statement, store->today);
	bind_text(statement, ":records", met_by_records);
	if (name != MET_ANYWHERE)
		bind_integer(statement, ":id", id);
	while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
		met->deadlines = memory_grow(met->deadlines, &met->room, met->count + 1,
					     sizeof *met->deadlines);
		met->deadlines[met->count++] = (struct met){
			.id = sqlite3_column_int64(statement, 0),
			.done_on = copy_column(&met->arena, statement, 1),
			.done_by = copy_column(&met->arena, statement, 2),
			.met_on = copy_column(&met->arena, statement, 3),
		};
	}
	sqlite3_reset(statement);
	return step == SQLITE_DONE || store_failed(store, error);
}

static bool
settle(struct amend *amend, const struct met *met, struct arena *arena, struct error *error)
{
	const char *by = met->met_on != NULL ? met_by_records : NULL;
	const struct amend_change day = { DEADLINE_done_on, met->done_on, met->met_on },
				  who = { DEADLINE_done_by, met->done_by, by };
	const char *key = arena_format(arena, "%" PRId64, met->id);

	return amend_field(amend, met->id, key, &day, error) &&
	       ((met->done_on == NULL) == (met->met_on == NULL) ||
		amend_field(amend, met->id, key, &who, error));
}

static bool
settle_all(struct store *store, struct met_list *met, struct error *error)
{
	struct amend *amend = amend_open(store, ENTITY_DEADLINE);
	bool done = true;

	for (size_t i = 0; i < met->count && done; i++)
		done = settle(amend, &met->deadlines[i], &met->arena, error);
	amend_close(amend);
	return done;
}

static bool
list_and_settle(struct store *store, enum statement name, int64_t id, struct error *error)
{
	struct met_list met = { 0 };
	bool done = list(store, name, id, &met, error) &&
		    (met.count == 0 || settle_all(store, &met, error));

	free(met.deadlines);
	arena_free(&met.arena);
	return done;
}

bool
met_anywhere(struct store *store, struct error *error)
{
	return list_and_settle(store, MET_ANYWHERE, 0, error);
}

bool
met_at_sites(struct store *store, const int64_t *ids, size_t count, struct error *error)
{
	bool done = true;

	if (count > SITES_ASKED_MAX)
		return met_anywhere(store, error);
	for (size_t i = 0; i < count && done; i++)
		done = list_and_settle(store, MET_AT_SITE, ids[i], error);
	return done;
}

bool
met_when_set(struct store *store, struct error *error)
{
	return list_and_settle(store, MET_WHEN_SET, store->entry.value, error);
}
