/* SPDX-License-Identifier: MIT */
#ifndef DB_AMEND_H
#define DB_AMEND_H

#include "core/entity.h"
#include "db/store.h"

/*
 * Changing many records of one entity inside the open entry, field by field, and taking such
 * changes back before the entry is committed.  Quicker than store_update(): nothing is read, and
 * each field has a statement of its own.  Whoever calls has asked record_check().
 */
struct amend;

struct amend *amend_open(struct store *store, enum entity_kind kind);

/* A field of a record. Values as its column keeps them, a reference as its id; NULL for unknown. */
struct amend_change {
	int field;
	const char *old, *value;
};

/*
 * Writes the change down in the history too, under the key that the record had, unless key is NULL:
 * for a record that the open entry made, which is undone as a whole.  ERROR_CONFLICT when another
 * record has the new key.
 */
bool amend_field(struct amend *amend, int64_t id, const char *key,
		 const struct amend_change *change, struct error *error);

/* Takes a record out that the open entry made; nothing may name it. */
bool amend_remove(struct amend *amend, int64_t id, struct error *error);

/* Takes back what the open entry changed in a record; `entry` was the last to change it before. */
bool amend_restore(struct amend *amend, int64_t id, struct entry_id entry, struct error *error);

/* Takes out a record that the open entry made, when no record names it. *removed says whether. */
bool amend_remove_unused(struct store *store, struct record_id id, bool *removed,
			 struct error *error);

/*
 * The records of a kind that the open entry made, the last first: up to `room`, with ids below
 * `below` (0: any).
 */
bool amend_list_made(struct store *store, enum entity_kind kind, int64_t below, int64_t *ids,
		     size_t room, size_t *count, struct error *error);

/* NULL is passed over. */
void amend_close(struct amend *amend);

#endif
