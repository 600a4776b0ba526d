/* SPDX-License-Identifier: MIT */
#ifndef DB_KNOWN_H
#define DB_KNOWN_H

#include "core/entity.h"
#include "db/store.h"

/*
 * What foreign keys ask, whether the record that a row names is there, asked
 * once a record and no longer once a row: a million devices name few thousand sites.
 * While one is open SQLite does not ask itself, so whoever adds rows to the entity's table must ask
 * known_check() before each, and nobody may delete a record.
 */
struct known;

/* SQLite stops asking. */
struct known *known_open(struct store *store, const struct entity *entity);

/* references as in bulk_insert(). ERROR_CONFLICT when one of those records is not there. */
bool known_check(struct known *known, const int64_t *references, struct error *error);

/* SQLite asks again. NULL is passed over. */
void known_close(struct known *known);

#endif
