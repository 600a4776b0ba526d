/* SPDX-License-Identifier: MIT */
#ifndef DB_OVERRULE_H
#define DB_OVERRULE_H

#include "core/entity.h"
#include "db/store.h"

/* Whether a new assessment of a site would overrule the one that counts now. */
struct overrule;

/* The one that would no longer count. */
struct overruled {
	const char *site;		/* its code; NULL: nothing would be overruled */
	const char *decided_on, *decided_by;
};

struct overrule *overrule_open(struct store *store, struct error *error);

/*
 * Whether the values of a new assessment, by position and with its answers filled, are newer than
 * the newest assessment of the site and come to another outcome.  What the open entry itself has
 * made does not count as decided.  The texts are in the arena.
 */
bool overrule_find(struct overrule *overrule, int64_t site, const char *const *values,
		   struct arena *arena, struct overruled *overruled, struct error *error);

/* NULL is passed over. */
void overrule_close(struct overrule *overrule);

#endif
