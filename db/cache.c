/* SPDX-License-Identifier: MIT */
#include "db/cache.h"

#include <stdio.h>

#include "db/internal.h"

bool
cache_set(struct store *store, enum cache_size size, struct error *error)
{
	char sql[64];

	snprintf(sql, sizeof sql, "PRAGMA cache_size = -%d", (int)size);
	return store_run(store, sql, error);
}
