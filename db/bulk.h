/* SPDX-License-Identifier: MIT */
#ifndef DB_BULK_H
#define DB_BULK_H

#include "core/entity.h"
#include "db/store.h"

/*
 * Many new records of one entity inside the open entry, without a change row
 * a field: the entry is enough to undo them.  When they are many beside
 * what the register holds, indexes are dropped first and built once at the end.
 */
struct bulk;

/*
 * `expected` is a guess at how many rows come, to decide about the indexes.  filled[i]: some row
 * may have a value for field i; in all others stands what a record has of which nothing is known.
 * The fewer, the faster; NULL: any may have one.  Close with bulk_close() or bulk_abandon().
 */
struct bulk *bulk_open(struct store *store, enum entity_kind kind, int64_t expected,
		       const bool *filled, struct error *error);

/*
 * values[i] is the canonical value of field i, NULL for unknown; of a
 * reference instead references[i], the id of its record, 0 for none.  Computed fields are
 * passed over. The texts need only live until the call returns.  *id may be NULL.
 */
bool bulk_insert(struct bulk *bulk, const char *const *values, const int64_t *references,
		 int64_t *id, struct error *error);

/*
 * From now on rows may wait, so that several go in at once, where the register has no other rows of
 * the entity and many are expected: the caller asks for bulk_flush() before the table is read.
 */
bool bulk_gather(struct bulk *bulk, struct error *error);

/* Those that wait go in; NULL is passed over. */
bool bulk_flush(struct bulk *bulk, struct error *error);

/* Builds the indexes and frees. ERROR_CONFLICT when two rows have one key. */
bool bulk_close(struct bulk *bulk, struct error *error);
void bulk_abandon(struct bulk *bulk);

#endif
