/* SPDX-License-Identifier: MIT */
#ifndef DB_CACHE_H
#define DB_CACHE_H

#include "db/store.h"

/*
 * How much of the register is kept in memory.  Paging about wants much of it; reading from
 * one end to the other, as an export does, is hardly faster for it.
 */
enum cache_size {
	CACHE_USUAL = 32 * 1024,	/* KiB */
	CACHE_SMALL = 16 * 1024,
	/* Runs that fit the processor's cache sort fastest (PERFORMANCE 2.3). */
	CACHE_SORTING = 2 * 1024,
};

bool cache_set(struct store *store, enum cache_size size, struct error *error);

/*
 * Until it is taken back: what SQLite sorts goes by runs through a file without a name in the
 * register's own folder, and no longer as one list in memory.  Twice as fast for a million rows;
 * nothing of it lies in a folder of others, and nothing is left when the program dies.
 */
bool cache_sort_on_disk(struct store *store, bool on_disk, struct error *error);

/*
 * Until it is taken back: files without a name, which SQLite makes of what has no room in memory,
 * lie in the register's folder.
 */
void cache_lie_beside(const struct store *store, bool beside);

#endif
