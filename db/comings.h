/* SPDX-License-Identifier: MIT */
#ifndef DB_COMINGS_H
#define DB_COMINGS_H

#include "core/arena.h"
#include "db/store.h"

/* What one entry did to the devices of a site: how many of them. */
struct comings {
	int64_t entry;
	int64_t recorded;	/* made, on this site */
	int64_t moved_in, moved_out;
	int64_t gone;		/* said to be removed, replaced or disposed of; of those here now */
	int64_t remade;		/* have another maker than before; of those here now */
};

/*
 * The entries that did something of it, oldest first, in the arena.  It looks through all changes
 * for devices that were moved away.
 */
bool comings_read(struct store *store, int64_t site, struct arena *arena, struct comings **comings,
		  size_t *count, struct error *error);

#endif
