/* SPDX-License-Identifier: MIT */
#ifndef DB_STANDING_H
#define DB_STANDING_H

#include "core/date.h"
#include "core/entity.h"
#include "db/store.h"

struct kept;

/*
 * How each site stands, kept: its sensitivity and the complex that it has it from, and counts of
 * its devices and of what finds it (db/kept.h), so that fields of sites, lists, figures and
 * findings need not look at a million devices.  The table `standing` has a row for each site, and
 * one of site 0 with the sums of all.  It follows every change: what an entry touches is noticed
 * (db/watch.h) and worked out again before it is committed, so that a reader never sees one without
 * the other.
 *
 * Today's date changes what is kept on the days on which a decision on a manufacturer comes into
 * force or a milestone passes. The row of site 0 says what was in force, and which definitions it
 * was worked out by: where they differ, all is worked out anew.
 */

/*
 * After a register is opened, and before fields are read: brings what is kept up to date for that
 * day.  Where the register may not be written, it is worked out for this connection alone.  False
 * with an error.
 */
bool standing_prepare(struct store *store, struct date today, struct error *error);

/*
 * After another program has changed the register, from store_look(): where what is kept is worked
 * out for this connection alone, works it out again.  False with an error, and it is to be called
 * again.
 */
bool standing_follow(struct store *store, struct error *error);

/*
 * Works out again what the open entry has touched so far; store_entry_commit() does it by itself.
 * For who reads before that.
 */
bool standing_refresh(struct store *store, struct error *error);

/* Forgets what was touched, after the entry was rolled back. */
void standing_forget(struct store *store);

/*
 * How many rows of devices, or sites, the filter finds and how many things they are; *is_kept
 * false: that is not kept, ask query_count().
 */
bool standing_figure(struct store *store, enum entity_kind entity, const char *filter,
		     struct date today, int64_t *rows, int64_t *things, bool *is_kept,
		     struct error *error);

/*
 * What is kept, when it is up to date for the day: an entry that is open has changed nothing that
 * it does not count yet.  Else *kept is NULL.
 */
bool standing_kept(struct store *store, struct date today, const struct kept **kept,
		   struct error *error);

/*
 * Works all of it out again beside what is kept, and compares. ERROR_DATABASE that names the first
 * site that differs.
 */
bool standing_check(struct store *store, struct date today, struct error *error);

/* Makes kept(counts, place) known to SQL: the number at that place. */
bool standing_register(struct store *store, struct error *error);

void standing_close(struct store *store);

#endif
