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

bool
cache_sort_on_disk(struct store *store, bool on_disk, struct error *error)
{
	const char *path = store_path(store);

	sqlite3_free(sqlite3_temp_directory);
	sqlite3_temp_directory = on_disk ? sqlite3_mprintf("%.*s", (int)(strrchr(path, '/') - path), path) : NULL;
	return cache_set(store, on_disk ? CACHE_SORTING : CACHE_USUAL, error) &&
	       store_run(store, on_disk ? "PRAGMA temp_store = FILE" : "PRAGMA temp_store = MEMORY", error);
}
