/* SPDX-License-Identifier: MIT */
#ifndef DB_TALLY_SUMS_H
#define DB_TALLY_SUMS_H

#include "db/internal.h"
#include "db/tally.h"

/* What the table `standing` keeps, packed: a row for each site, and one, of no site, for all. */

/* Runs a statement that writes numbers of a site; 0: the sums. */
bool tally_write_numbers(struct tally *tally, enum statement name, int64_t id,
			 const int64_t *numbers, int count);

/* What was kept of a site goes out of the sums; its counts are the last argument's unless NULL. */
bool tally_take_out(struct tally *tally, int64_t id, int64_t *counts);

/* The sums of all, as they were; nothing yet when all are worked out anew. */
bool tally_read_sums(struct tally *tally);
bool tally_write_sums(struct tally *tally);

#endif
