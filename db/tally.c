/* SPDX-License-Identifier: MIT */
#include "db/tally.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/internal.h"
#include "db/pass.h"
#include "db/sensitivity.h"
#include "db/tally_list.h"
#include "db/tally_sums.h"

enum { GONE_DAYS = 3, PROGRESS_ROWS = 1 << 15 };

/* More are worth the pass, which has to learn first what it then remembers. */
enum { IDS_ASKED_MAX = 16 };

/* What is read of each device. */
enum {
	COLUMN_SITE, COLUMN_QUANTITY, COLUMN_GONE,
	COLUMN_ID = COLUMN_GONE + GONE_DAYS,
	COLUMN_ELEMENTS
};

/* What the pointer that SQL carries stands for. */
static const char pointer_name[] = "struct tally";

static int64_t *
counts_of(struct tally *tally, const struct tally_site *site)
{
	return tally->counts + (size_t)(site - tally->sites) * (size_t)tally->kept->counts;
}

/* How sensitive a site is; it has a row in the table from then on. */
static bool
assess(struct tally *tally, struct tally_site *site)
{
	struct sensitivity sensitivity;
	sqlite3_stmt *statement;

	if (!sensitivity_of_site(tally->store, site->id, &sensitivity, tally->error))
		return false;
	site->is_there = sensitivity.is_there;
	site->sensitive = sensitivity.answer;
	statement = store_statement(tally->store,
				    site->is_there ? STANDING_ASSESS : STANDING_DELETE,
				    tally->error);
	if (statement == NULL)
		return false;
	bind_integer(statement, ":id", site->id);
	if (site->is_there)
		bind_text(statement, ":sensitive", site->sensitive);
	if (site->is_there && sensitivity.inherited != 0)
		bind_integer(statement, ":inherited_id", sensitivity.inherited);
	return store_step(tally->store, statement, tally->error);
}

static bool
take_out(struct tally *tally, const struct tally_site *site)
{
	return tally_take_out(tally, site->id, site->grows ? counts_of(tally, site) : NULL);
}

static bool
assess_all(struct tally *tally)
{
	bool done = true;

	for (size_t i = 0; i < tally->count && done; i++)
		done = (tally->all || take_out(tally, &tally->sites[i])) &&
		       assess(tally, &tally->sites[i]);
	return done;
}

/* The day, from 1 on, that a canonical date is; SQL gave it, so it is one. */
static int64_t
day_of(const char *words)
{
	struct date date;

	return date_parse(words, false, &date) ? date_days(date) : 0;
}

/*
 * What took a device away, once it is known that it was in scope: the first day, unless another
 * device of the site went later.
 */
static void
note_gone(struct tally *tally, const struct tally_site *site, const char *const *days)
{
	int64_t first = 0, *last = &counts_of(tally, site)[KEPT_LAST_GONE];

	for (int i = 0; i < GONE_DAYS; i++) {
		int64_t day = days[i] != NULL ? day_of(days[i]) : 0;

		if (day > 0 && (first == 0 || day < first))
			first = day;
	}
	*last = first > *last ? first : *last;
}

/*
 * True when it is, or was, in scope. Most rows stand for one device: only what more they stand for
 * is added apart.
 */
static bool
add_device(struct tally *tally, const struct tally_site *site, const short *found, int64_t things)
{
	uint32_t *rows = tally->rows +
			 (size_t)(site - tally->sites) * (size_t)tally->kept->devices.items;
	bool ever = false;

	for (; *found >= 0; found++) {
		rows[*found]++;
		ever = ever || *found == tally->ever;
		if (things > 1)
			counts_of(tally, site)[KEPT_FIRST + 2 * *found + 1] += things - 1;
	}
	return ever;
}

/* Of a site that is worked out again, new devices are among all of its devices. */
static bool
is_counted(const struct tally *tally, const struct tally_site *site)
{
	return site != NULL && (!tally->adding || site->grows);
}

static bool
step_devices(struct tally *tally, sqlite3_stmt *statement)
{
	const struct tally_site *site = NULL;
	struct kept *kept = tally->kept;
	int step;

	while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
		const char *values[KEPT_ELEMENTS_MAX], *days[GONE_DAYS];

		if (site == NULL)
			site = tally_find(tally, sqlite3_column_int64(statement, COLUMN_SITE));
		if (!is_counted(tally, site))
			continue;
		kept_read_elements(&kept->devices, statement, COLUMN_ELEMENTS, site->sensitive,
				   values);
		for (int i = 0; i < GONE_DAYS; i++)
			days[i] = (const char *)sqlite3_column_text(statement, COLUMN_GONE + i);
		if (add_device(tally, site, kept_judge_row(kept, &kept->devices, values),
			       sqlite3_column_int64(statement, COLUMN_QUANTITY)))
			note_gone(tally, site, days);
	}
	return step == SQLITE_DONE || store_failed(tally->store, tally->error);
}

static bool
go_on(struct tally *tally)
{
	if (++tally->seen % PROGRESS_ROWS == 0 &&
	    !progress_step(tally->store->progress, "Counting", tally->seen, 0))
		return error_set(tally->error, ERROR_CANCELLED, "Stopped. Nothing was changed.");
	return true;
}

/* A device of a pass. */
static bool
count_row(struct tally *tally, sqlite3_value **values)
{
	const struct tally_site *site = tally_find(tally, sqlite3_value_int64(values[COLUMN_SITE]));
	const char *days[GONE_DAYS];
	const short *found;

	if (!go_on(tally))
		return false;
	if (!is_counted(tally, site))
		return true;
	found = pass_judge(tally->pass, values, sqlite3_value_int64(values[COLUMN_ID]),
			   site->begin, site->sensitive, tally->error);
	if (found == NULL)
		return false;
	if (add_device(tally, site, found, sqlite3_value_int64(values[COLUMN_QUANTITY]))) {
		for (int i = 0; i < GONE_DAYS; i++)
			days[i] = (const char *)sqlite3_value_text(values[COLUMN_GONE + i]);
		note_gone(tally, site, days);
	}
	return true;
}

/* An aggregate reads the rows that it is called for at half the price of a statement's. */
static void
sql_tally(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct tally *tally = sqlite3_value_pointer(values[0], pointer_name);

	(void)count;
	if (tally == NULL || !count_row(tally, values + 1))
		sqlite3_result_error_code(context, SQLITE_ABORT);
}

static void
sql_tally_end(sqlite3_context *context)
{
	sqlite3_result_null(context);
}

bool
tally_register(struct store *store, struct error *error)
{
	return sqlite3_create_function(store->database, "tally", -1,
				       SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, NULL, sql_tally,
				       sql_tally_end) == SQLITE_OK ||
	       store_failed(store, error);
}

/* What each row of a device begins with. */
static const char *const device_columns[COLUMN_ELEMENTS] = {
	[COLUMN_SITE] = "device.site_id",
	[COLUMN_QUANTITY] = "device.quantity",
	[COLUMN_GONE] = "device.removed_on",
	"device.replaced_on",
	"device.disposed_on",
	[COLUMN_ID] = "device.id",
};

static void
append_columns(struct text *sql)
{
	for (int i = 0; i < COLUMN_ELEMENTS; i++)
		text_format(sql, "%s%s", i > 0 ? ", " : "", device_columns[i]);
}

static bool
pass_over_rows(struct tally *tally, sqlite3_stmt *statement)
{
	bool done;

	*tally->error = (struct error){ 0 };
	done = sqlite3_step(statement) == SQLITE_ROW || tally->error->kind != 0 ||
	       store_failed(tally->store, tally->error);
	sqlite3_reset(statement);
	return done && tally->error->kind == 0;
}

/* Over all of them from the first to the last, or over those that one id after the other names. */
static bool
pass_over_devices(struct tally *tally, const char *where, const struct tally_ids *ids)
{
	struct text sql = { 0 };
	sqlite3_stmt *statement;
	bool done;

	text_append(&sql, "SELECT tally(?1, ");
	append_columns(&sql);
	pass_append_columns(&sql, tally->pass, device_columns, COLUMN_ELEMENTS);
	if (where != NULL)
		text_format(&sql, ") FROM device WHERE %s = ?2", where);
	else
		text_append(&sql, ") FROM device NOT INDEXED");
	done = store_prepare(tally->store, text_words(&sql), &statement, tally->error);
	text_free(&sql);
	if (!done)
		return false;
	sqlite3_bind_pointer(statement, 1, tally, pointer_name, NULL);
	if (where == NULL)
		done = pass_over_rows(tally, statement);
	for (size_t i = 0; i < ids->count && done && where != NULL; i++) {
		sqlite3_bind_int64(statement, 2, ids->ids[i]);
		done = pass_over_rows(tally, statement);
	}
	sqlite3_finalize(statement);
	return done;
}

static bool
ready_pass(struct tally *tally)
{
	if (tally->pass != NULL)
		return true;
	tally->pass = pass_new(tally->store, tally->kept, tally->error);
	for (size_t i = 0; i < tally->count && tally->pass != NULL; i++)
		tally->sites[i].begin = pass_begin(tally->pass, tally->sites[i].sensitive);
	return tally->pass != NULL;
}

/* One row a device. */
static void
append_devices(struct sql *sql, const struct tally *tally, const char *where)
{
	const struct kept_judge *judge = &tally->kept->devices;

	text_append(&sql->text, "SELECT ");
	append_columns(&sql->text);
	for (int i = 0; i < judge->count; i++)
		kept_append_element(sql, &judge->elements[i]);
	text_format(&sql->text, " FROM device WHERE %s = :id", where);
}

static void
append_sites(struct sql *sql, const struct tally *tally)
{
	const struct kept_judge *judge = &tally->kept->sites;

	text_append(&sql->text, "SELECT site.id");
	for (int i = 0; i < judge->count; i++)
		kept_append_element(sql, &judge->elements[i]);
	text_append(&sql->text, tally->all ? " FROM site" : " FROM site WHERE site.id = :id");
}

/* Steps through the rows of the SQL: all at once, or those of each :id. */
static bool
go_through(struct tally *tally, struct sql *sql, const struct tally_ids *ids,
	   bool (*step)(struct tally *tally, sqlite3_stmt *statement))
{
	sqlite3_stmt *statement = store_cached(tally->store, text_words(&sql->text), tally->error);
	bool done = statement != NULL;

	if (done)
		statement_bind_values(statement, sql, tally->store->today);
	if (ids == NULL)
		done = done && step(tally, statement);
	for (size_t i = 0; ids != NULL && i < ids->count && done; i++) {
		bind_integer(statement, ":id", ids->ids[i]);
		done = step(tally, statement);
		sqlite3_reset(statement);
	}
	sqlite3_reset(statement);
	sql_free(sql);
	return done;
}

static bool
read_devices(struct tally *tally, const char *where, const struct tally_ids *ids)
{
	struct sql sql = { 0 };

	if (where == NULL || ids->count > IDS_ASKED_MAX)
		return ready_pass(tally) && pass_over_devices(tally, where, ids);
	if (ids->count == 0)
		return true;
	append_devices(&sql, tally, where);
	return go_through(tally, &sql, ids, step_devices);
}

static bool
write_counts(struct tally *tally)
{
	size_t items = (size_t)tally->kept->devices.items;
	bool done = true;

	for (size_t i = 0; i < tally->count && done; i++) {
		int64_t *counts = counts_of(tally, &tally->sites[i]);

		for (size_t item = 0; item < items; item++) {
			counts[KEPT_FIRST + 2 * item] += tally->rows[i * items + item];
			counts[KEPT_FIRST + 2 * item + 1] += tally->rows[i * items + item];
		}
		for (int place = KEPT_FIRST; place < tally->kept->counts; place++)
			tally->sums[place] += counts[place];
		done = !tally->sites[i].is_there ||
		       tally_write_numbers(tally, STANDING_COUNT, tally->sites[i].id, counts,
				     tally->kept->counts);
	}
	return done;
}

static bool
count_devices(struct tally *tally, const struct tally_touched *touched)
{
	bool done = tally->all ? read_devices(tally, NULL, &touched->sites)
			       : read_devices(tally, "device.site_id", &touched->sites);

	tally->adding = true;
	done = done && read_devices(tally, "device.id", &touched->devices) && write_counts(tally);
	pass_free(tally->pass);
	return done;
}

static bool
step_sites(struct tally *tally, sqlite3_stmt *statement)
{
	struct kept *kept = tally->kept;
	int64_t *flags = memory_alloc((size_t)(kept->flags + 1) * sizeof *flags);
	bool written = true;
	int step = SQLITE_DONE;

	while (written && (step = sqlite3_step(statement)) == SQLITE_ROW) {
		const char *values[KEPT_ELEMENTS_MAX];
		const short *found;

		kept_read_elements(&kept->sites, statement, 1, NULL, values);
		found = kept_judge_row(kept, &kept->sites, values);
		memset(flags, 0, (size_t)kept->flags * sizeof *flags);
		for (; *found >= 0; found++) {
			flags[*found] = 1;
			tally->flag_sums[*found]++;
		}
		written = tally_write_numbers(tally, STANDING_FLAG,
					      sqlite3_column_int64(statement, 0), flags,
					      kept->flags);
	}
	free(flags);
	return written && (step == SQLITE_DONE || store_failed(tally->store, tally->error));
}

static bool
flag_sites(struct tally *tally)
{
	const struct tally_ids ids = { tally->ids, tally->count };
	struct sql sql = { 0 };

	append_sites(&sql, tally);
	return go_through(tally, &sql, tally->all ? NULL : &ids, step_sites);
}

static bool
run(struct tally *tally, const struct tally_touched *touched)
{
	struct kept *kept = tally->kept;
	bool done = tally_list(tally, touched);

	if (done) {
		tally->rows = memory_alloc((tally->count * (size_t)kept->devices.items + 1) *
					   sizeof *tally->rows);
		tally->counts = memory_alloc((tally->count * (size_t)kept->counts + 1) *
					     sizeof *tally->counts);
		tally->sums = memory_alloc((size_t)kept->counts * sizeof *tally->sums);
		tally->flag_sums = memory_alloc((size_t)(kept->flags + 1) *
						sizeof *tally->flag_sums);
		done = tally_read_sums(tally) && assess_all(tally) &&
		       count_devices(tally, touched) && flag_sites(tally) &&
		       tally_write_sums(tally);
	}
	free(tally->sites);
	free(tally->ids);
	free(tally->places);
	free(tally->rows);
	free(tally->counts);
	free(tally->sums);
	free(tally->flag_sums);
	return done;
}

bool
tally_touched(struct store *store, struct kept *kept, const struct tally_touched *touched,
	      struct error *error)
{
	struct tally tally = { .store = store, .kept = kept, .error = error,
			       .ever = (kept_place("ever") - KEPT_FIRST) / 2 };

	return run(&tally, touched);
}

bool
tally_sites(struct store *store, struct kept *kept, const int64_t *ids, size_t count,
	    struct error *error)
{
	const struct tally_touched touched = { .sites = { ids, count } };
	struct tally tally = { .store = store, .kept = kept, .all = ids == NULL, .error = error,
			       .ever = (kept_place("ever") - KEPT_FIRST) / 2 };

	return run(&tally, &touched);
}
