/* SPDX-License-Identifier: MIT */
/*
 * The one seam through which every change of the register passes.  SQLite has it when it was built
 * with SQLITE_ENABLE_PREUPDATE_HOOK, as those of Debian and Ubuntu are; without it this file does
 * not link.
 */
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include "db/watch.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/internal.h"

enum { OLD, NEW };

/* A row before it changes, as the hook is told. */
struct row_change {
	sqlite3 *database;
	int operation;
	int64_t ids[2];
};

static void
note(struct watch *watch, struct watch_ids *list, int64_t id)
{
	if (id == 0 || watch->everything || (list->count > 0 && list->ids[list->count - 1] == id))
		return;
	if (list->count ==
	    (list == &watch->families ? (size_t)WATCH_FAMILIES_MAX : (size_t)WATCH_IDS_MAX)) {
		watch->everything = true;
		return;
	}
	list->ids = memory_grow(list->ids, &list->room, list->count + 1, sizeof *list->ids);
	list->ids[list->count++] = id;
}

static bool
has_side(const struct row_change *change, int side)
{
	return change->operation == SQLITE_UPDATE ||
	       change->operation == (side == OLD ? SQLITE_DELETE : SQLITE_INSERT);
}

static sqlite3_value *
value_of(const struct row_change *change, int side, int column)
{
	sqlite3_value *value = NULL;

	if (has_side(change, side) &&
	    (side == OLD ? sqlite3_preupdate_old(change->database, column, &value)
			 : sqlite3_preupdate_new(change->database, column, &value)) != SQLITE_OK)
		return NULL;
	return value;
}

/* The id in that column, 0 for none. */
static int64_t
id_of(const struct row_change *change, int side, int column)
{
	sqlite3_value *value = value_of(change, side, column);

	return value != NULL ? sqlite3_value_int64(value) : 0;
}

static bool
differs(const struct row_change *change, int column)
{
	sqlite3_value *old = value_of(change, OLD, column), *new = value_of(change, NEW, column);
	const char *was = old != NULL ? (const char *)sqlite3_value_text(old) : NULL;
	const char *is = new != NULL ? (const char *)sqlite3_value_text(new) : NULL;

	return (was == NULL) != (is == NULL) || (was != NULL && strcmp(was, is) != 0);
}

/* Nobody refers to a row that is only just made, unless what refers to it is made with it. */
static void
note_device(struct watch *watch, const struct row_change *change)
{
	for (int side = OLD; side <= NEW; side++) {
		if (!has_side(change, side))
			continue;
		if (change->operation != SQLITE_INSERT)
			note(watch, &watch->sites, id_of(change, side, watch->site_columns[0]));
		for (int i = 0; i < 2; i++)
			note(watch, &watch->targets, id_of(change, side, watch->references[i]));
	}
	if (change->operation == SQLITE_INSERT)
		note(watch, &watch->added, change->ids[NEW]);
	else
		note(watch, &watch->sources, change->ids[OLD]);
}

static void
note_site(struct watch *watch, const struct row_change *change)
{
	bool moved = change->operation != SQLITE_UPDATE || differs(change, watch->parent);

	watch->bodies = watch->bodies || (change->operation != SQLITE_INSERT &&
					  differs(change, watch->bodies_columns[0]));
	note(watch, moved ? &watch->families : &watch->sites,
	     change->operation == SQLITE_INSERT ? change->ids[NEW] : change->ids[OLD]);
}

static void
note_organisation(struct watch *watch, const struct row_change *change)
{
	watch->bodies = watch->bodies || differs(change, watch->bodies_columns[1]);
}

static void
note_assessment(struct watch *watch, const struct row_change *change)
{
	for (int side = OLD; side <= NEW; side++)
		note(watch, &watch->families, id_of(change, side, watch->site_columns[1]));
}

static bool
is_decided(const struct row_change *change, int side, int column)
{
	sqlite3_value *value = value_of(change, side, column);
	const char *covered = value != NULL ? (const char *)sqlite3_value_text(value) : NULL;

	return covered != NULL && strcmp(covered, "undecided") != 0;
}

/*
 * One that nobody has decided on may come and go: devices that refer to it are touched themselves.
 */
static void
note_manufacturer(struct watch *watch, const struct row_change *change)
{
	if ((is_decided(change, OLD, watch->decision[0]) ||
	     is_decided(change, NEW, watch->decision[0])) &&
	    (differs(change, watch->decision[0]) || differs(change, watch->decision[1])))
		watch->everything = true;
}

static void
note_reference(struct watch *watch, sqlite3_value *value)
{
	const char *words = value != NULL ? (const char *)sqlite3_value_text(value) : NULL;
	struct watch_reference *reference;

	if (words == NULL)
		return;
	reference = arena_alloc(&watch->arena, sizeof *reference);
	*reference = (struct watch_reference){ arena_text(&watch->arena, words),
					       watch->references_touched };
	watch->references_touched = reference;
}

static bool
contract_differs(const struct watch *watch, const struct row_change *change)
{
	for (int i = 0; i < WATCH_CONTRACT_COLUMNS; i++)
		if (differs(change, watch->contract[i]))
			return true;
	return false;
}

/* Devices name a contract by its reference, or have it from their site. */
static void
note_contract(struct watch *watch, const struct row_change *change)
{
	if (change->operation == SQLITE_UPDATE && !contract_differs(watch, change))
		return;
	for (int side = OLD; side <= NEW; side++) {
		note_reference(watch, value_of(change, side, watch->contract[0]));
		note(watch, &watch->sites, id_of(change, side, watch->contract[1]));
	}
}

static void
note_setting(struct watch *watch, const struct row_change *change)
{
	(void)change;
	watch->everything = true;
}

static void
note_milestone(struct watch *watch, const struct row_change *change)
{
	if (differs(change, watch->target[0]) || differs(change, watch->target[1]))
		watch->everything = true;
}

/* Those of which most rows change in front. */
static const struct {
	const char *table;
	/* NULL: it holds what is kept, and changes with the others alone. */
	void (*note)(struct watch *watch, const struct row_change *change);
	bool tells_sites;		/* all that is kept of sites and rests on it */
} followed[] = {
	{ "device", note_device, true },
	{ "standing", NULL, true },
	{ "site", note_site, true },
	{ "assessment", note_assessment, true },
	{ "manufacturer", note_manufacturer, true },
	{ "contract", note_contract, true },
	{ "setting", note_setting, true },
	{ "milestone", note_milestone, true },
	{ "organisation", note_organisation, false },
};

enum { FOLLOWED = sizeof followed / sizeof followed[0] };

bool
watch_follows(const char *table, size_t size)
{
	for (size_t i = 0; i < FOLLOWED; i++)
		if (followed[i].tells_sites && strlen(followed[i].table) == size &&
		    strncmp(followed[i].table, table, size) == 0)
			return true;
	return false;
}

/* Once all is touched, rows need not be looked at: an import then pays nothing. */
static void
before_change(void *context, sqlite3 *database, int operation, const char *schema,
	      const char *table, sqlite3_int64 old_id, sqlite3_int64 new_id)
{
	const struct row_change change = { database, operation, { old_id, new_id } };
	struct watch *watch = context;
	size_t place = 0;

	(void)schema;
	changed_note(&watch->changed, database, operation, table, old_id, new_id);
	while (place < FOLLOWED && strcmp(followed[place].table, table) != 0)
		place++;
	if (place < FOLLOWED && followed[place].note != NULL)
		followed[place].note(watch, &change);
	if (watch->everything) {
		changed_note_all(&watch->changed);
		sqlite3_preupdate_hook(database, NULL, NULL);
	}
}

/* The place of a column in the rows of its table. */
static bool
find_column(struct store *store, const char *table, const char *name, int *place,
	    struct error *error)
{
	struct text sql = { 0 };
	sqlite3_stmt *statement;
	bool prepared;

	text_format(&sql, "SELECT * FROM %s", table);
	prepared = store_prepare(store, text_words(&sql), &statement, error);
	text_free(&sql);
	if (!prepared)
		return false;
	*place = 0;
	while (*place < sqlite3_column_count(statement) &&
	       strcmp(sqlite3_column_name(statement, *place), name) != 0)
		++*place;
	assert(*place < sqlite3_column_count(statement));
	sqlite3_finalize(statement);
	return true;
}

struct watch *
watch_new(struct store *store, struct error *error)
{
	struct watch *watch = memory_alloc(sizeof *watch);
	const struct {
		const char *table, *column;
		int *place;
	} columns[] = {
		{ "device", "site_id", &watch->site_columns[0] },
		{ "assessment", "site_id", &watch->site_columns[1] },
		{ "device", "recorder_id", &watch->references[0] },
		{ "device", "replaced_by_id", &watch->references[1] },
		{ "site", "parent_id", &watch->parent },
		{ "site", "organisation_id", &watch->bodies_columns[0] },
		{ "organisation", "parent_id", &watch->bodies_columns[1] },
		{ "manufacturer", "covered", &watch->decision[0] },
		{ "manufacturer", "effective_on", &watch->decision[1] },
		{ "contract", "reference", &watch->contract[0] },
		{ "contract", "site_id", &watch->contract[1] },
		{ "contract", "kind", &watch->contract[2] },
		{ "contract", "end_on", &watch->contract[3] },
		{ "milestone", "due_on", &watch->target[0] },
		{ "milestone", "share", &watch->target[1] },
		{ "extension", "deadline_id", &watch->changed.extended },
	};

	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
		if (!find_column(store, columns[i].table, columns[i].column, columns[i].place,
				 error)) {
			free(watch);
			return NULL;
		}
	watch_forget(watch, store);
	return watch;
}

void
watch_free(struct watch *watch, struct store *store)
{
	if (watch == NULL)
		return;
	sqlite3_preupdate_hook(store->database, NULL, NULL);
	free(watch->sites.ids);
	free(watch->added.ids);
	free(watch->families.ids);
	free(watch->targets.ids);
	free(watch->sources.ids);
	arena_free(&watch->arena);
	free(watch);
}

void
watch_forget(struct watch *watch, struct store *store)
{
	watch->sites.count = watch->added.count = watch->families.count = 0;
	watch->targets.count = watch->sources.count = 0;
	watch->everything = watch->bodies = false;
	watch->references_touched = NULL;
	arena_reset(&watch->arena);
	sqlite3_preupdate_hook(store->database, before_change, watch);
}

bool
watch_is_touched(const struct watch *watch)
{
	return watch->everything || watch->bodies || watch->references_touched != NULL ||
	       watch->sites.count + watch->added.count + watch->families.count +
			       watch->targets.count + watch->sources.count >
		       0;
}
