/* SPDX-License-Identifier: MIT */
#ifndef DB_COPY_H
#define DB_COPY_H

#include <stdint.h>

#include "core/text.h"
#include "db/store.h"

/*
 * Copies of the register, kept in a folder beside it before something large is done to it:
 * estate.copies/estate-2026-05-03T12-30-00.terrier beside estate.terrier, folder and file their
 * owner's only.  A copy is a register like any other: terrier -r COPY opens it.  The newest are
 * kept, and what is older goes when another comes: ten imports back are some months.
 */
enum { COPIES_KEPT = 10 };

/*
 * Copies the register as it was last saved, on the disk and safe when the call returns; `at`, in
 * seconds since 1970, goes into its name, which is appended to path.  No entry may be open, and no
 * other store of this process may be in the middle of reading the same register: closing a file
 * drops the locks of the whole process. After a failure (ERROR_FILE: the disk is full, the folder
 * cannot be written; ERROR_CANCELLED) nothing of it is left.
 */
bool store_copy(struct store *store, int64_t at, const struct progress *progress, struct text *path,
		struct error *error);

/*
 * A new copy is to stay: removes those that are older than the newest COPIES_KEPT. One that cannot
 * be removed does no harm.
 */
void store_copy_keep(struct store *store);

/* Removes a copy that proved not to be needed; one that is gone already is no matter. */
bool store_copy_remove(const char *path, struct error *error);

#endif
