/* SPDX-License-Identifier: MIT */
#include "db/cache.h"

#include <stdio.h>
#include <string.h>

#include "db/internal.h"

bool
cache_set(struct store *store, enum cache_size size, struct error *error)
{
	char sql[64];

	snprintf(sql, sizeof sql, "PRAGMA cache_size = -%d", (int)size);
	return store_run(store, sql, error);
}

/*
 * An index is made of one read of the whole table and one sort.  The table's pages are read where
 * the kernel keeps them instead of being copied, as far as the map reaches (memory stays below
 * twice the file); they were written by this very transaction, so their cells need no examination;
 * and a thread of SQLite's sorts one run while the next is read.  For a million rows and six
 * indexes together a tenth of the time of an import.
 */
static const char sorting[] =
	"PRAGMA threads = 1;"
	"PRAGMA mmap_size = 201326592;"
	"PRAGMA cell_size_check = OFF;";
static const char usual[] =
	"PRAGMA threads = 0;"
	"PRAGMA mmap_size = 0;"
	"PRAGMA cell_size_check = ON;";

void
cache_lie_beside(const struct store *store, bool beside)
{
	const char *path = store_path(store);
	int size = (int)(strrchr(path, '/') - path);

	sqlite3_free(sqlite3_temp_directory);
	sqlite3_temp_directory = beside ? sqlite3_mprintf("%.*s", size > 0 ? size : 1, path) : NULL;
}

bool
cache_sort_on_disk(struct store *store, bool on_disk, struct error *error)
{
	struct error ignored;

	/* Where this connection has had a table of its own, sorting stays in memory, and slower. */
	store_run(store, on_disk ? "PRAGMA temp_store = FILE" : "PRAGMA temp_store = MEMORY",
		  &ignored);
	cache_lie_beside(store, on_disk);
	return cache_set(store, on_disk ? CACHE_SORTING : CACHE_USUAL, error) &&
	       store_run(store, on_disk ? sorting : usual, error);
}
