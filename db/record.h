/* SPDX-License-Identifier: MIT */
#ifndef DB_RECORD_H
#define DB_RECORD_H

#include "core/entity.h"
#include "core/date.h"
#include "db/store.h"

/*
 * One record at a time.  Reading is free; every write belongs to the entry
 * that is open (db/history.h) and is written down there, old and new.
 */

/* The record of that key, with every field, in the arena; ERROR_NOT_FOUND with a sentence. */
struct record *store_find(struct store *store, enum entity_kind kind, const char *key,
			  struct date today, struct arena *arena, struct error *error);

/* The record of that id. */
struct record *store_read(struct store *store, struct record_id id, struct date today,
			  struct arena *arena, struct error *error);

/*
 * The id of the record with that key, or, failing that, of the only one that
 * has it as its name (organisations, sites), case aside; of a manufacturer also by the
 * names in its name table.  value 0 when there is none.
 */
bool store_lookup(struct store *store, enum entity_kind kind, const char *key, struct record_id *id,
		  struct error *error);

/*
 * Adds the record and sets its id.  References are resolved by store_lookup();
 * ERROR_INVALID when one has no record, ERROR_CONFLICT when the key is taken.
 */
bool store_insert(struct store *store, struct record *record, struct error *error);

/*
 * Writes the fields in which `now` differs from `before`, the record as it was read; *changed (may
 * be NULL) is how many.  ERROR_CONFLICT when it was changed by another entry since.
 */
bool store_update(struct store *store, const struct record *before, const struct record *now,
		  int *changed, struct error *error);

/* The entry that made the record. */
bool store_created(struct store *store, struct record_id id, struct entry_id *entry,
		   struct error *error);

#endif
