/* SPDX-License-Identifier: MIT */
#ifndef DB_INSERT_H
#define DB_INSERT_H

#include "core/entity.h"
#include "db/store.h"

/*
 * The one statement that adds a row to an entity's table.  Ids are handed out
 * here, above every id that the table or the bin ever held, so that an undone
 * record can come back under its own.  values and references as in bulk_insert().
 */
bool insert_row(struct store *store, const struct entity *entity, const char *const *values,
		const int64_t *references, int64_t *id, struct error *error);

/* Writes down that a field of a record changed, in the open entry; old and now as the column keeps them. */
bool store_note_change(struct store *store, struct record_id id, const char *key, const char *field, const char *old,
		       const char *now, struct error *error);

#endif
