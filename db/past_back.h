/* SPDX-License-Identifier: MIT */
#ifndef DB_PAST_BACK_H
#define DB_PAST_BACK_H

#include "db/store.h"

/*
 * Takes back, in a copy of the register that has no journal and checks nothing, what the entry
 * `cut` and all after it did, and those entries themselves.  A failure spoils the copy.
 */
bool past_take_back(struct store *copy, int64_t cut, struct error *error);

#endif
