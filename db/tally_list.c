/* SPDX-License-Identifier: MIT */
#include "db/tally_list.h"

#include "core/memory.h"
#include "db/internal.h"

const struct tally_site *
tally_find(const struct tally *tally, int64_t id)
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

/* A million devices look their site up: ids follow each other, so most places are taken. */
static void
index_sites(struct tally *tally)
{
	enum { SPARSE = 4 };
	int64_t last = tally->count > 0 ? tally->sites[tally->count - 1].id : 0;

	if (last <= 0 || last / SPARSE > (int64_t)tally->count)
		return;
	tally->places = memory_alloc(((size_t)last + 1) * sizeof *tally->places);
	for (int64_t id = 0; id <= last; id++)
		tally->places[id] = -1;
	for (size_t i = 0; i < tally->count; i++)
		tally->places[tally->sites[i].id] = (int64_t)i;
}

static bool
list_all(struct tally *tally)
{
	sqlite3_stmt *statement = store_statement(tally->store, SITES_ALL, tally->error);
	size_t room = 0;
	int step;

	if (statement == NULL)
		return false;
	while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
		tally->ids = memory_grow(tally->ids, &room, tally->count + 1, sizeof *tally->ids);
		tally->ids[tally->count++] = sqlite3_column_int64(statement, 0);
	}
	sqlite3_reset(statement);
	return step == SQLITE_DONE || store_failed(tally->store, tally->error);
}

static void
make_sites(struct tally *tally)
{
	tally->sites = memory_alloc((tally->count + 1) * sizeof *tally->sites);
	for (size_t i = 0; i < tally->count; i++)
		tally->sites[i].id = tally->ids[i];
}

/* Both lists are sorted; a site of both does not merely grow. */
static void
list_touched(struct tally *tally, const struct tally_touched *touched)
{
	const struct tally_ids *sites = &touched->sites, *grown = &touched->grown;
	size_t first = 0, second = 0;

	tally->sites = memory_alloc((sites->count + grown->count + 1) * sizeof *tally->sites);
	tally->ids = memory_alloc((sites->count + grown->count + 1) * sizeof *tally->ids);
	while (first < sites->count || second < grown->count) {
		bool grows = first == sites->count ||
			     (second < grown->count && grown->ids[second] < sites->ids[first]);
		int64_t id = grows ? grown->ids[second] : sites->ids[first];

		first += !grows;
		second += second < grown->count && grown->ids[second] == id;
		tally->ids[tally->count] = id;
		tally->sites[tally->count++] = (struct tally_site){ .id = id, .grows = grows };
	}
}

static bool
sweep(struct tally *tally)
{
	sqlite3_stmt *statement = store_statement(tally->store, STANDING_SWEEP, tally->error);

	return statement != NULL && store_step(tally->store, statement, tally->error);
}

bool
tally_list(struct tally *tally, const struct tally_touched *touched)
{
	if (!tally->all) {
		list_touched(tally, touched);
		return true;
	}
	if (!list_all(tally) || !sweep(tally))
		return false;
	make_sites(tally);
	index_sites(tally);
	return true;
}
