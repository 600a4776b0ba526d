/* SPDX-License-Identifier: MIT */
#include "db/tally.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/internal.h"
#include "db/pass.h"
#include "db/sensitivity.h"
#include "db/tally_sums.h"

enum { GONE_DAYS = 3 };
/* of the devices */
enum {
	COLUMN_SITE,
	COLUMN_QUANTITY,
	COLUMN_GONE,
	COLUMN_ID = COLUMN_GONE + GONE_DAYS,
	COLUMN_ELEMENTS
};
enum { PROGRESS_ROWS = 1 << 15 };
/* more are worth the pass, which has to learn first what it then remembers */
enum { SITES_ASKED_MAX = 16 };

/* What the pointer that SQL carries stands for. */
static const char pointer_name[] = "struct tally";

static struct tally_site *
find_site(struct tally *tally, int64_t id)
{
	size_t low = 0, high = tally->count;

	if (tally->places != NULL && id >= 0 && id <= tally->sites[tally->count - 1].id)
		return tally->places[id] >= 0 ? &tally->sites[tally->places[id]] : NULL;
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (tally->sites[middle].id == id)
			return &tally->sites[middle];
		if (tally->sites[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/*
 * A million devices look their site up: ids are handed out one after the other, so most places are
 * taken.
 */
static void
index_sites(struct tally *tally)
{
	enum { SPARSE = 4 };
	int64_t last = tally->count > 0 ? tally->sites[tally->count - 1].id : 0;

	if (!tally->all || last <= 0 || last / SPARSE > (int64_t)tally->count)
		return;
	tally->places = memory_alloc(((size_t)last + 1) * sizeof *tally->places);
	for (int64_t id = 0; id <= last; id++)
		tally->places[id] = -1;
	for (size_t i = 0; i < tally->count; i++)
		tally->places[tally->sites[i].id] = (int64_t)i;
}

static int64_t *
counts_of(struct tally *tally, const struct tally_site *site)
{
	return tally->counts + (size_t)(site - tally->sites) * (size_t)tally->kept->counts;
}

static void
add_site(struct tally *tally, int64_t id)
{
	tally->sites = memory_grow(tally->sites, &tally->room, tally->count + 1,
				   sizeof *tally->sites);
	tally->sites[tally->count++] = (struct tally_site){ .id = id };
}

static bool
list_all(struct tally *tally)
{
	sqlite3_stmt *statement = store_statement(tally->store, SITES_ALL, tally->error);
	int step;

	if (statement == NULL)
		return false;
	while ((step = sqlite3_step(statement)) == SQLITE_ROW)
		add_site(tally, sqlite3_column_int64(statement, 0));
	sqlite3_reset(statement);
	return step == SQLITE_DONE || store_failed(tally->store, tally->error);
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
assess_all(struct tally *tally)
{
	bool done = true;

	for (size_t i = 0; i < tally->count && done; i++)
		done = (tally->all || tally_take_out(tally, tally->sites[i].id)) &&
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

static bool
step_devices(struct tally *tally, sqlite3_stmt *statement)
{
	const struct tally_site *site = NULL;
	struct kept *kept = tally->kept;
	int step;

	while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
		const char *values[KEPT_ELEMENTS_MAX], *days[GONE_DAYS];

		if (site == NULL)
			site = find_site(tally, sqlite3_column_int64(statement, COLUMN_SITE));
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
	const struct tally_site *site = find_site(tally, sqlite3_value_int64(values[COLUMN_SITE]));
	const char *days[GONE_DAYS];
	const short *found;

	if (!go_on(tally))
		return false;
	if (site == NULL)
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

/* Over all of them from the first to the last, or over those of one site after the other. */
static bool
pass_over_devices(struct tally *tally)
{
	struct text sql = { 0 };
	sqlite3_stmt *statement;
	bool done;

	text_append(&sql, "SELECT tally(?1, ");
	append_columns(&sql);
	pass_append_columns(&sql, tally->pass, device_columns, COLUMN_ELEMENTS);
	text_append(&sql, tally->all ? ") FROM device NOT INDEXED"
				     : ") FROM device WHERE device.site_id = ?2");
	done = store_prepare(tally->store, text_words(&sql), &statement, tally->error);
	text_free(&sql);
	if (!done)
		return false;
	sqlite3_bind_pointer(statement, 1, tally, pointer_name, NULL);
	if (tally->all)
		done = pass_over_rows(tally, statement);
	for (size_t i = 0; i < tally->count && done && !tally->all; i++) {
		sqlite3_bind_int64(statement, 2, tally->sites[i].id);
		done = pass_over_rows(tally, statement);
	}
	sqlite3_finalize(statement);
	return done;
}

static bool
pass_over(struct tally *tally)
{
	bool done;

	tally->pass = pass_new(tally->store, tally->kept, tally->error);
	if (tally->pass == NULL)
		return false;
	for (size_t i = 0; i < tally->count; i++)
		tally->sites[i].begin = pass_begin(tally->pass, tally->sites[i].sensitive);
	done = pass_over_devices(tally);
	pass_free(tally->pass);
	return done;
}

/* One row a device of site :site. */
static void
append_devices(struct sql *sql, const struct tally *tally)
{
	const struct kept_judge *judge = &tally->kept->devices;

	text_append(&sql->text, "SELECT ");
	append_columns(&sql->text);
	for (int i = 0; i < judge->count; i++)
		kept_append_element(sql, &judge->elements[i]);
	text_append(&sql->text, " FROM device WHERE device.site_id = :site");
}

static void
append_sites(struct sql *sql, const struct tally *tally)
{
	const struct kept_judge *judge = &tally->kept->sites;

	text_append(&sql->text, "SELECT site.id");
	for (int i = 0; i < judge->count; i++)
		kept_append_element(sql, &judge->elements[i]);
	text_append(&sql->text, tally->all ? " FROM site" : " FROM site WHERE site.id = :site");
}

/* Steps through the rows of the SQL: all at once, or site by site. */
static bool
go_through(struct tally *tally, struct sql *sql,
	   bool (*step)(struct tally *tally, sqlite3_stmt *statement))
{
	sqlite3_stmt *statement = store_cached(tally->store, text_words(&sql->text), tally->error);
	bool done = statement != NULL;

	if (done)
		statement_bind_values(statement, sql, tally->store->today);
	if (tally->all)
		done = done && step(tally, statement);
	for (size_t i = 0; i < tally->count && done && !tally->all; i++) {
		bind_integer(statement, ":site", tally->sites[i].id);
		done = step(tally, statement);
		sqlite3_reset(statement);
	}
	sqlite3_reset(statement);
	sql_free(sql);
	return done;
}

static bool
count_devices(struct tally *tally)
{
	int items = tally->kept->devices.items;
	struct sql sql = { 0 };
	bool done;

	if (tally->all || tally->count > SITES_ASKED_MAX)
		done = pass_over(tally);
	else {
		append_devices(&sql, tally);
		done = go_through(tally, &sql, step_devices);
	}
	for (size_t i = 0; i < tally->count && done; i++) {
		int64_t *counts = counts_of(tally, &tally->sites[i]);

		for (int item = 0; item < items; item++) {
			counts[KEPT_FIRST + 2 * item] =
				tally->rows[i * (size_t)items + (size_t)item];
			counts[KEPT_FIRST + 2 * item + 1] += counts[KEPT_FIRST + 2 * item];
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
	struct sql sql = { 0 };

	append_sites(&sql, tally);
	return go_through(tally, &sql, step_sites);
}

static bool
sweep(struct tally *tally)
{
	sqlite3_stmt *statement = store_statement(tally->store, STANDING_SWEEP, tally->error);

	return statement != NULL && store_step(tally->store, statement, tally->error);
}

bool
tally_sites(struct store *store, struct kept *kept, const int64_t *ids, size_t count,
	    struct error *error)
{
	struct tally tally = { .store = store, .kept = kept, .all = ids == NULL, .error = error,
			       .ever = (kept_place("ever") - KEPT_FIRST) / 2 };
	bool done;

	for (size_t i = 0; i < count && ids != NULL; i++)
		add_site(&tally, ids[i]);
	tally.sums = memory_alloc((size_t)kept->counts * sizeof *tally.sums);
	tally.flag_sums = memory_alloc((size_t)(kept->flags + 1) * sizeof *tally.flag_sums);
	done = ids != NULL || (list_all(&tally) && sweep(&tally));
	index_sites(&tally);
	tally.rows = memory_alloc((tally.count * (size_t)kept->devices.items + 1) *
				  sizeof *tally.rows);
	tally.counts = memory_alloc((tally.count * (size_t)kept->counts + 1) *
				    sizeof *tally.counts);
	done = done && tally_read_sums(&tally) && assess_all(&tally) && count_devices(&tally) &&
	       flag_sites(&tally) && tally_write_sums(&tally);
	free(tally.sites);
	free(tally.places);
	free(tally.rows);
	free(tally.counts);
	free(tally.sums);
	free(tally.flag_sums);
	return done;
}
