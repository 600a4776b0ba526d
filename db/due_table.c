/* SPDX-License-Identifier: MIT */
#include "db/due_table.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/watch.h"

enum { IDS_MAX = 1 << 24 };	/* of sites, of organisations; of more nothing is read at once */

struct site_dates {
	bool sensitive;
	int64_t organisation;
	/* Of its own deadlines, of those that clear it, of those of its devices. */
	char any[DATE_TEXT_SIZE], clearing[DATE_TEXT_SIZE], devices[DATE_TEXT_SIZE];
};

/* Of an organisation and those above it. */
struct organisation_date {
	bool is_read;
	char day[DATE_TEXT_SIZE];
};

struct device_date {
	int64_t device;
	char day[DATE_TEXT_SIZE];
};

struct due_table {
	struct store *store;
	uint64_t number, stamp;
	int64_t data_version;
	char today[DATE_TEXT_SIZE], programme[DATE_TEXT_SIZE];
	struct site_dates *sites;		/* by id */
	size_t site_count;
	struct organisation_date *organisations;	/* by id */
	size_t organisation_count;
	struct device_date *devices;		/* by id; those with a deadline of their own */
	size_t device_count, device_room;
	bool failed;
};

/* Another number after every change of this connection; one that only reads makes none. */
static uint64_t
stamp_of(const struct store *store)
{
	uint64_t stamp = 0;

	for (int i = 0; i < ENTITY_COUNT && store->watch != NULL; i++)
		stamp += store->watch->changed.tables[i];
	return stamp;
}

static bool
version_of(struct store *store, int64_t *version)
{
	struct error ignored;

	return store_ask(store, version, &ignored, 0, 0, "PRAGMA data_version");
}

static bool
may_be_read(const struct store *store)
{
	return (store->watch != NULL || store->read_only) &&
	       sqlite3_txn_state(store->database, NULL) != SQLITE_TXN_WRITE;
}

static void
copy_day(char day[DATE_TEXT_SIZE], const char *words)
{
	size_t size = words != NULL ? strlen(words) : DATE_TEXT_SIZE;

	if (size < DATE_TEXT_SIZE)
		memcpy(day, words, size + 1);
}

static void
keep_earlier(char day[DATE_TEXT_SIZE], const char *words)
{
	if (words != NULL && (day[0] == '\0' || strcmp(words, day) < 0))
		copy_day(day, words);
}

static const struct site_dates *
site_of(const struct due_table *table, int64_t id)
{
	static const struct site_dates none;

	return id > 0 && (size_t)id < table->site_count ? &table->sites[id] : &none;
}

static const char *
column_day(sqlite3_stmt *statement, int column)
{
	return (const char *)sqlite3_column_text(statement, column);
}

/* What a statement gives, row by row. */
static void
read_rows(struct due_table *table, enum statement name,
	  void (*take)(struct due_table *table, sqlite3_stmt *statement))
{
	struct error ignored;
	sqlite3_stmt *statement = store_statement(table->store, name, &ignored);
	int step = SQLITE_ERROR;

	if (statement != NULL && sqlite3_bind_parameter_index(statement, ":today") > 0)
		bind_text(statement, ":today", table->today);
	while (statement != NULL && (step = sqlite3_step(statement)) == SQLITE_ROW)
		take(table, statement);
	table->failed = table->failed || step != SQLITE_DONE;
	if (statement != NULL)
		sqlite3_reset(statement);
}

static void
take_site(struct due_table *table, sqlite3_stmt *statement)
{
	enum { ID, ORGANISATION, SENSITIVE };
	int64_t id = sqlite3_column_int64(statement, ID);

	if (id <= 0 || (size_t)id >= table->site_count)
		return;
	table->sites[id].organisation = sqlite3_column_int64(statement, ORGANISATION);
	table->sites[id].sensitive = sqlite3_column_int(statement, SENSITIVE) != 0;
}

static void
take_deadline(struct due_table *table, sqlite3_stmt *statement)
{
	enum { SITE, DAY, CLEARS };
	int64_t id = sqlite3_column_int64(statement, SITE);
	const char *day = column_day(statement, DAY);

	if (id <= 0 || (size_t)id >= table->site_count)
		return;
	keep_earlier(table->sites[id].any, day);
	if (sqlite3_column_int(statement, CLEARS) != 0)
		keep_earlier(table->sites[id].clearing, day);
}

/* In the order of the devices. */
static void
take_device(struct due_table *table, sqlite3_stmt *statement)
{
	enum { DEVICE, SITE, PRESENT, DAY };
	int64_t id = sqlite3_column_int64(statement, DEVICE);
	int64_t site = sqlite3_column_int64(statement, SITE);
	const char *day = column_day(statement, DAY);

	if (table->device_count == 0 || table->devices[table->device_count - 1].device != id) {
		table->devices = memory_grow(table->devices, &table->device_room,
					     table->device_count + 1, sizeof *table->devices);
		table->devices[table->device_count++] = (struct device_date){ .device = id };
	}
	keep_earlier(table->devices[table->device_count - 1].day, day);
	if (sqlite3_column_int(statement, PRESENT) != 0 && site > 0 &&
	    (size_t)site < table->site_count)
		keep_earlier(table->sites[site].devices, day);
}

static void
take_programme(struct due_table *table, sqlite3_stmt *statement)
{
	keep_earlier(table->programme, column_day(statement, 0));
}

static bool
make_room(struct due_table *table)
{
	int64_t sites, organisations;
	struct error ignored;

	if (!store_ask(table->store, &sites, &ignored, 0, 0, "SELECT max(id) FROM site") ||
	    !store_ask(table->store, &organisations, &ignored, 0, 0,
		       "SELECT max(id) FROM organisation") ||
	    sites >= IDS_MAX || organisations >= IDS_MAX)
		return false;
	table->site_count = (size_t)sites + 1;
	table->sites = memory_alloc(table->site_count * sizeof *table->sites);
	table->organisation_count = (size_t)organisations + 1;
	table->organisations = memory_alloc(table->organisation_count *
					    sizeof *table->organisations);
	return true;
}

void
due_table_close(struct store *store)
{
	struct due_table *table = store->due_table;

	if (table == NULL)
		return;
	free(table->sites);
	free(table->organisations);
	free(table->devices);
	free(table);
	store->due_table = NULL;
}

struct due_table *
due_table_now(struct store *store, const char *today)
{
	struct due_table *table = store->due_table;
	int64_t version;

	return table != NULL && may_be_read(store) && strcmp(table->today, today) == 0 &&
			       table->stamp == stamp_of(store) && version_of(store, &version) &&
			       table->data_version == version
		       ? table
		       : NULL;
}

struct due_table *
due_table_read(struct store *store, const char *today)
{
	uint64_t number = store->due_table != NULL ? store->due_table->number + 1 : 1;
	struct due_table *table;

	if (!may_be_read(store) || strlen(today) >= DATE_TEXT_SIZE)
		return NULL;
	due_table_close(store);
	store->due_table = table = memory_alloc(sizeof *table);
	table->store = store;
	table->number = number;
	table->stamp = stamp_of(store);
	copy_day(table->today, today);
	table->failed = !version_of(store, &table->data_version) || !make_room(table);
	if (!table->failed) {
		read_rows(table, DUE_ALL_PROGRAMME, take_programme);
		read_rows(table, DUE_ALL_SITES, take_site);
		read_rows(table, DUE_ALL_OF_SITES, take_deadline);
		read_rows(table, DUE_ALL_OF_DEVICES, take_device);
	}
	if (!table->failed)
		return table;
	due_table_close(store);
	return NULL;
}

uint64_t
due_table_number(const struct due_table *table)
{
	return table->number;
}

static bool
read_organisation(struct due_table *table, int64_t id, struct organisation_date *date)
{
	struct error ignored;
	sqlite3_stmt *statement = store_statement(table->store, DUE_ABOVE, &ignored);

	if (statement == NULL)
		return false;
	bind_text(statement, ":today", table->today);
	bind_integer(statement, ":id", id);
	date->is_read = sqlite3_step(statement) == SQLITE_ROW;
	if (date->is_read)
		copy_day(date->day, column_day(statement, 0));
	sqlite3_reset(statement);
	return date->is_read;
}

/* Organisations are few, and read when they are first asked for.  NULL when that fails. */
static const char *
organisation_day(struct due_table *table, int64_t id)
{
	struct organisation_date *date;

	if (id <= 0 || (size_t)id >= table->organisation_count)
		return "";
	date = &table->organisations[id];
	return date->is_read || read_organisation(table, id, date) ? date->day : NULL;
}

static int
compare_devices(const void *a, const void *b)
{
	int64_t left = ((const struct device_date *)a)->device,
		right = ((const struct device_date *)b)->device;

	return (left > right) - (left < right);
}

static const char *
device_day(const struct due_table *table, int64_t id)
{
	const struct device_date wanted = { .device = id };
	const struct device_date *found = NULL;

	if (table->device_count > 0)
		found = bsearch(&wanted, table->devices, table->device_count,
				sizeof *table->devices, compare_devices);
	return found != NULL ? found->day : "";
}

const char *
due_table_day(struct due_table *table, enum statement name, int64_t id)
{
	const struct site_dates *site = site_of(table, id);

	switch (name) {
	case DUE_PROGRAMME:
		return site->sensitive ? table->programme : "";
	case DUE_ORGANISATION:
		return site->sensitive ? organisation_day(table, site->organisation) : "";
	case DUE_SITE:
		return site->any;
	case DUE_SITE_CLEARING:
		return site->clearing;
	case DUE_SITE_DEVICES:
		return site->devices;
	default:
		return device_day(table, id);
	}
}

bool
due_table_has_date(struct due_table *table, int64_t site, bool *has)
{
	const struct site_dates *dates = site_of(table, site);
	const char *above = organisation_day(table, dates->organisation);

	*has = dates->clearing[0] != '\0' || dates->devices[0] != '\0' ||
	       (above != NULL && above[0] != '\0');
	return above != NULL;
}
