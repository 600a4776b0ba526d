/* SPDX-License-Identifier: MIT */
#ifndef DB_CACHE_H
#define DB_CACHE_H

#include "db/store.h"

/*
 * How much of the register is kept in memory.  Paging about wants much of it; reading from
 * one end to the other, as an export does, is hardly faster for it.
 */
enum cache_size {
	CACHE_USUAL = 64 * 1024,	/* KiB */
	CACHE_SMALL = 16 * 1024,
};

bool cache_set(struct store *store, enum cache_size size, struct error *error);

#endif
