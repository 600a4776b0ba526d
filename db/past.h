/* SPDX-License-Identifier: MIT */
#ifndef DB_PAST_H
#define DB_PAST_H

#include "core/date.h"
#include "db/store.h"

/*
 * The register as it was at the end of a day, at 23:59:59 UTC: a copy of its own, in which
 * everything that was recorded afterwards is taken back.  What is asked of it is worked out for
 * that day, with the settings of then.
 *
 * The copy has no name: a small one stays in memory, and a large one lies in a file beside the
 * register, or where SQLite keeps temporary files (SQLITE_TMPDIR, TMPDIR, /var/tmp, /tmp) when
 * nothing can be written there.  The file is its owner's only and is removed the moment it is made,
 * so that nothing is left whatever becomes of the program.  It is read only and forgets itself in
 * store_close().
 *
 * Entries count in the order in which they were recorded: after one of a later day everything is
 * later, also where a clock was put back.  ERROR_NOT_FOUND when the day is before the first entry,
 * ERROR_CANCELLED when the store's progress says so.  No entry may be open.
 */
struct store *store_open_past(struct store *store, struct date day, struct error *error);

#endif
