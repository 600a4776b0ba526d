/* SPDX-License-Identifier: MIT */
#ifndef DB_MAKER_LOAD_H
#define DB_MAKER_LOAD_H

#include "core/entity.h"
#include "core/maker.h"
#include "db/store.h"

/*
 * What the register says of manufacturers, their names, model prefixes and blocks of MAC addresses,
 * with the blocks that the program knows: for maker_match().  Read when it is first asked for.  It
 * is the store's, and lives until one of those is changed, or an entry is begun, committed or
 * rolled back: ask again then.  NULL with an error.
 */
struct maker_table *store_makers(struct store *store, struct error *error);

/* Forgets what was read. */
void makers_forget(struct store *store);

/* The same when a record of that kind has part in it: for what changes records one by one. */
void makers_note_change(struct store *store, enum entity_kind kind);

/*
 * Makes known to SQL, for db/columns.def:
 *   maker_evidence(make, model, mac): what they say, as maker_append_evidence() has it, or NULL
 *   maker_nearest(make): the known names spelt nearly so, with commas between; NULL for none
 */
bool makers_register(struct store *store, struct error *error);

#endif
