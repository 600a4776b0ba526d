/* SPDX-License-Identifier: MIT */
#ifndef DB_INSERT_H
#define DB_INSERT_H

#include "core/entity.h"
#include "db/store.h"

/*
 * The statement that adds rows to an entity's table.  Ids are handed out
 * here, above every id that the table or the bin ever held, so that an undone
 * record can come back under its own.
 */
struct insert;

/*
 * filled[i]: some row may have a value for field i; in all other fields stands what a record has of
 * which nothing is known.  The fewer, the faster.  NULL: any may have one.  NULL with an error.
 */
struct insert *insert_open(struct store *store, const struct entity *entity, const bool *filled,
			   struct error *error);

/* values, references and id as in bulk_insert(). */
bool insert_row(struct insert *insert, const char *const *values, const int64_t *references,
		int64_t *id, struct error *error);

/*
 * From now on rows wait, copied, until INSERT_TOGETHER of them go in by one statement, which costs
 * a third less: whoever reads the table, or closes, asks for insert_flush() first.
 */
enum { INSERT_TOGETHER = 16 };
bool insert_gather(struct insert *insert, struct error *error);

/* Those that wait go in. An error is that of the first row that cannot. */
bool insert_flush(struct insert *insert, struct error *error);

/* NULL is passed over. */
void insert_close(struct insert *insert);

/* Writes into the open entry that a field changed; old and now as the column keeps them. */
bool store_note_change(struct store *store, struct record_id id, const char *key, const char *field,
		       const char *old, const char *now, struct error *error);

#endif
