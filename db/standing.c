/* SPDX-License-Identifier: MIT */
#include "db/standing.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/internal.h"
#include "db/met.h"
#include "db/kept.h"
#include "db/packed.h"
#include "db/sensitivity.h"
#include "db/setting.h"
#include "db/tally.h"
#include "db/watch.h"

/* What is in force on a day, by which definitions. */
static bool
append_made_by(struct store *store, struct date today, struct text *out, struct error *error)
{
	sqlite3_stmt *statement = store_statement(store, STANDING_IN_FORCE, error);
	int step;

	if (statement == NULL)
		return false;
	kept_append_fingerprint(out);
	statement_bind_dates(statement, today);
	step = sqlite3_step(statement);
	if (step == SQLITE_ROW)
		text_format(out, " in force: %s", (const char *)sqlite3_column_text(statement, 0));
	sqlite3_reset(statement);
	return step == SQLITE_ROW || store_failed(store, error);
}

/* Whether the register has what is kept for the day. */
static bool
is_up_to_date(struct store *store, struct date today, bool *current, struct error *error)
{
	struct text made_by = { 0 };
	sqlite3_stmt *statement;
	const char *words;
	bool read = append_made_by(store, today, &made_by, error);

	statement = read ? store_statement(store, STANDING_READ, error) : NULL;
	read = statement != NULL;
	if (read) {
		bind_integer(statement, ":id", 0);
		words = sqlite3_step(statement) == SQLITE_ROW
				? (const char *)sqlite3_column_text(statement, 2)
				: NULL;
		*current = words != NULL && strcmp(words, text_words(&made_by)) == 0;
		sqlite3_reset(statement);
	}
	text_free(&made_by);
	return read;
}

static bool
sign(struct store *store, struct error *error)
{
	struct text made_by = { 0 };
	sqlite3_stmt *statement;
	bool done = append_made_by(store, store->today, &made_by, error);

	statement = done ? store_statement(store, STANDING_SIGN, error) : NULL;
	done = statement != NULL;
	if (done)
		bind_text(statement, ":made_by", text_words(&made_by));
	done = done && store_step(store, statement, error);
	text_free(&made_by);
	return done;
}

static bool
make_kept(struct store *store, struct error *error)
{
	if (store->kept == NULL)
		store->kept = kept_new(error);
	return store->kept != NULL;
}

/* What was read of settings may be older than what is to be counted by them. */
static bool
tally_all(struct store *store, struct error *error)
{
	settings_forget(store);
	return make_kept(store, error) && tally_sites(store, store->kept, NULL, 0, error) &&
	       sign(store, error);
}

/* Inside a transaction of its own. */
static bool
rebuild(struct store *store, const char *begin, struct error *error)
{
	if (!store_run(store, begin, error))
		return false;
	if (tally_all(store, error) && store_run(store, "COMMIT", error))
		return true;
	sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

/* A table of the same form that this connection alone sees, and sees first. */
static bool
make_shadow(struct store *store, struct error *error)
{
	static const char create[] = "CREATE TABLE ";
	sqlite3_stmt *statement;
	struct text sql = { 0 };
	bool made;
	int step;

	if (!store_prepare(store, "SELECT sql FROM main.sqlite_schema WHERE name = 'standing'",
			   &statement, error))
		return false;
	step = sqlite3_step(statement);
	if (step == SQLITE_ROW)
		text_format(&sql, "CREATE TEMP TABLE %s",
			    (const char *)sqlite3_column_text(statement, 0) + strlen(create));
	else
		store_failed(store, error);
	sqlite3_finalize(statement);
	made = step == SQLITE_ROW && store_run(store, text_words(&sql), error);
	text_free(&sql);
	store->shadowed = store->shadowed || made;
	return made && rebuild(store, "BEGIN", error);
}

static bool
drop_shadow(struct store *store, struct error *error)
{
	if (store->shadowed && !store_run(store, "DROP TABLE IF EXISTS temp.standing", error))
		return false;
	store->shadowed = false;
	return true;
}

/* Opened for reading, but it may be written: then it is brought up to date for all. */
static bool
rebuild_elsewhere(struct store *store, struct date today)
{
	struct error ignored;
	struct store *again = store_may_be_written(store)
				      ? store_open(store->path, STORE_WRITE, &ignored)
				      : NULL;
	bool done = again != NULL && !again->read_only && standing_prepare(again, today, &ignored);

	store_close(again);
	return done;
}

bool
standing_prepare(struct store *store, struct date today, struct error *error)
{
	struct error ignored;
	bool current;

	store->today = today;
	if (store->watch == NULL && !store->read_only &&
	    (store->watch = watch_new(store, error)) == NULL)
		return false;
	if (!store_look(store, error) || !is_up_to_date(store, today, &current, error))
		return false;
	if (current || (store->read_only && rebuild_elsewhere(store, today)))
		return true;
	/* While another program writes, it is worked out here; the next entry does it for all. */
	return (!store->read_only && rebuild(store, "BEGIN IMMEDIATE", &ignored)) ||
	       make_shadow(store, error);
}

bool
standing_follow(struct store *store, struct error *error)
{
	bool done = !store->shadowed ||
		    (drop_shadow(store, error) && standing_prepare(store, store->today, error));

	/* The register's own sums are not to be taken for good ones: the next look tries again. */
	store->shadowed = store->shadowed || !done;
	return done;
}

static int
compare_ids(const void *a, const void *b)
{
	const int64_t *one = a, *other = b;

	return (*one > *other) - (*one < *other);
}

/* Adds the ids that a statement gives; how its last step ended. */
static int
collect(sqlite3_stmt *statement, struct watch_ids *found)
{
	int step;

	while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
		found->ids = memory_grow(found->ids, &found->room, found->count + 1,
					 sizeof *found->ids);
		found->ids[found->count++] = sqlite3_column_int64(statement, 0);
	}
	sqlite3_reset(statement);
	return step;
}

/* Adds what a statement gives for each of the ids. */
static bool
look_up(struct store *store, enum statement name, const struct watch_ids *of,
	struct watch_ids *found, struct error *error)
{
	int step = SQLITE_DONE;

	for (size_t i = 0; i < of->count && step == SQLITE_DONE; i++) {
		sqlite3_stmt *statement = store_statement(store, name, error);

		if (statement == NULL)
			return false;
		bind_integer(statement, ":id", of->ids[i]);
		if (name == SITES_BELOW)
			bind_integer(statement, ":depth", SITE_DEPTH_MAX);
		step = collect(statement, found);
	}
	return step == SQLITE_DONE || store_failed(store, error);
}

/* Adds the sites of the devices that name one of the contracts. */
static bool
look_up_references(struct store *store, struct watch_ids *found, struct error *error)
{
	int step = SQLITE_DONE;

	for (const struct watch_reference *reference = store->watch->references_touched;
	     reference != NULL && step == SQLITE_DONE; reference = reference->next) {
		sqlite3_stmt *statement = store_statement(store, SITES_OF_REFERENCE, error);

		if (statement == NULL)
			return false;
		bind_text(statement, ":reference", reference->words);
		step = collect(statement, found);
	}
	return step == SQLITE_DONE || store_failed(store, error);
}

static void
add_all(struct watch_ids *found, const struct watch_ids *ids)
{
	if (ids->count == 0)
		return;
	found->ids = memory_grow(found->ids, &found->room, found->count + ids->count,
				 sizeof *found->ids);
	memcpy(found->ids + found->count, ids->ids, ids->count * sizeof *ids->ids);
	found->count += ids->count;
}

static void
sort_ids(struct watch_ids *found)
{
	size_t kept = 0;

	if (found->count > 0)
		qsort(found->ids, found->count, sizeof *found->ids, compare_ids);
	for (size_t i = 0; i < found->count; i++)
		if (kept == 0 || found->ids[i] != found->ids[kept - 1])
			found->ids[kept++] = found->ids[i];
	found->count = kept;
}

static bool
check_families(struct store *store, struct error *error)
{
	const struct watch_ids *families = &store->watch->families;

	for (size_t i = 0; i < families->count; i++)
		if (!sensitivity_check_parents(store, families->ids[i], error))
			return false;
	return true;
}

/* What is said of every site that was touched. */
static bool
count_touched(struct store *store, const struct watch_ids *sites, const struct watch_ids *grown,
	      struct error *error)
{
	const struct watch_ids *added = &store->watch->added;
	const struct tally_touched touched = { .sites = { sites->ids, sites->count },
					       .devices = { added->ids, added->count },
					       .grown = { grown->ids, grown->count } };

	return sites->count + grown->count == 0 ||
	       tally_touched(store, store->kept, &touched, error);
}

static bool
refresh_touched(struct store *store, struct error *error)
{
	struct watch *watch = store->watch;
	struct watch_ids found = { 0 }, grown = { 0 };
	bool done;

	done = make_kept(store, error) &&
	       look_up(store, SITES_BELOW, &watch->families, &found, error) &&
	       look_up(store, SITES_OF_DEVICE, &watch->targets, &found, error) &&
	       look_up(store, SITES_OF_REFERRING, &watch->sources, &found, error) &&
	       look_up(store, SITES_OF_DEVICE, &watch->added, &grown, error) &&
	       look_up_references(store, &found, error);
	if (done) {
		add_all(&found, &watch->sites);
		sort_ids(&found);
		sort_ids(&grown);
		sort_ids(&watch->added);
		done = count_touched(store, &found, &grown, error);
		add_all(&found, &grown);
		sort_ids(&found);
		done = done && (watch->bodies ? met_anywhere(store, error)
					      : met_at_sites(store, found.ids, found.count, error));
	}
	free(found.ids);
	free(grown.ids);
	return done;
}

bool
standing_refresh(struct store *store, struct error *error)
{
	struct watch *watch = store->watch;
	bool current = true, done;

	if (watch == NULL || !watch_is_touched(watch))
		return true;
	if (!check_families(store, error))
		return false;
	watch->everything = watch->everything || store->shadowed;
	if (!drop_shadow(store, error))
		return false;
	/* What another day has brought into force is mended on the way. */
	if (!watch->everything && !is_up_to_date(store, store->today, &current, error))
		return false;
	done = watch->everything || !current
		       ? tally_all(store, error) && met_anywhere(store, error)
		       : refresh_touched(store, error);
	watch_forget(watch, store);
	return done;
}

/* A rollback brings the shadow back that the entry dropped. */
static bool
has_shadow(struct store *store)
{
	struct error ignored;
	int64_t tables;

	return !store_ask(store, &tables, &ignored, 0, 0,
			  "SELECT count(*) FROM temp.sqlite_schema WHERE name = 'standing'") ||
	       tables > 0;
}

void
standing_forget(struct store *store)
{
	if (store->watch == NULL)
		return;
	watch_forget(store->watch, store);
	store->shadowed = has_shadow(store);
}

bool
standing_figure(struct store *store, enum entity_kind entity, const char *filter, struct date today,
		int64_t *rows, int64_t *things, bool *is_kept, struct error *error)
{
	const struct kept_item *item;
	sqlite3_stmt *statement;
	int column;
	bool read;

	*is_kept = false;
	if (entity != ENTITY_DEVICE && entity != ENTITY_SITE)
		return true;
	if (!store_look(store, error) || !make_kept(store, error))
		return false;
	item = kept_find(store->kept, entity, filter);
	if (item == NULL)
		return true;
	read = is_up_to_date(store, today, is_kept, error);
	if (!*is_kept)
		return read;
	statement = store_statement(store, STANDING_READ, error);
	if (statement == NULL)
		return false;
	bind_integer(statement, ":id", 0);
	column = entity == ENTITY_DEVICE ? 0 : 1;
	*is_kept = sqlite3_step(statement) == SQLITE_ROW;
	*rows = packed_number(sqlite3_column_blob(statement, column),
			      sqlite3_column_bytes(statement, column), item->place);
	*things = entity == ENTITY_SITE
			  ? *rows
			  : packed_number(sqlite3_column_blob(statement, column),
					  sqlite3_column_bytes(statement, column), item->place + 1);
	sqlite3_reset(statement);
	return true;
}

bool
standing_kept(struct store *store, struct date today, const struct kept **kept, struct error *error)
{
	bool current = false;

	*kept = NULL;
	if (store->watch != NULL && watch_is_touched(store->watch))
		return true;
	if (!store_look(store, error) || !make_kept(store, error) ||
	    !is_up_to_date(store, today, &current, error))
		return false;
	if (current)
		*kept = store->kept;
	return true;
}

/* The first site of which something else is kept than was worked out just now. */
static bool
compare_with_shadow(struct store *store, struct error *error)
{
	static const char sql[] =
		"SELECT coalesce((SELECT code FROM site WHERE site.id = fresh.site_id), 'all sites "
		"together') FROM temp.standing AS fresh LEFT JOIN main.standing AS old ON "
		"old.site_id = fresh.site_id WHERE (fresh.sensitive, fresh.inherited_id, "
		"fresh.counts, fresh.flags) IS NOT (old.sensitive, old.inherited_id, old.counts, "
		"old.flags) ORDER BY fresh.site_id DESC LIMIT 1";
	sqlite3_stmt *statement;
	bool same;
	int step;

	if (!store_prepare(store, sql, &statement, error))
		return false;
	step = sqlite3_step(statement);
	same = step == SQLITE_DONE;
	if (step == SQLITE_ROW)
		error_set(error, ERROR_DATABASE,
			  "The sums that the register keeps of %s are not those of its records: "
			  "another program has changed it. Nothing was changed; take the newest "
			  "copy that you have kept, or ask who did.",
			  (const char *)sqlite3_column_text(statement, 0));
	else if (step != SQLITE_DONE)
		store_failed(store, error);
	sqlite3_finalize(statement);
	return same;
}

bool
standing_check(struct store *store, struct date today, struct error *error)
{
	struct error ignored;
	bool same;

	if (store->shadowed)
		return true;
	store->today = today;
	same = make_shadow(store, error) && compare_with_shadow(store, error);
	drop_shadow(store, &ignored);
	standing_forget(store);
	return same;
}

static void
sql_kept(sqlite3_context *context, int count, sqlite3_value **values)
{
	const void *blob = sqlite3_value_blob(values[0]);

	(void)count;
	sqlite3_result_int64(context, packed_number(blob, sqlite3_value_bytes(values[0]),
						    sqlite3_value_int(values[1])));
}

bool
standing_register(struct store *store, struct error *error)
{
	return sqlite3_create_function(store->database, "kept", 2,
				       SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
				       sql_kept, NULL, NULL) == SQLITE_OK
		       ? tally_register(store, error)
		       : store_failed(store, error);
}

void
standing_close(struct store *store)
{
	watch_free(store->watch, store);
	kept_free(store->kept);
	store->watch = NULL;
	store->kept = NULL;
}
