/* SPDX-License-Identifier: MIT */
#ifndef DB_TALLY_LIST_H
#define DB_TALLY_LIST_H

#include "db/tally.h"

/* Which sites are worked out. */

/* Fills tally->sites and tally->ids: all that there are, or those that were touched. */
bool tally_list(struct tally *tally, const struct tally_touched *touched);

/* The site with that id; NULL when it is not among them. */
const struct tally_site *tally_find(const struct tally *tally, int64_t id);

#endif
