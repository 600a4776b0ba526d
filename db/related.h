/* SPDX-License-Identifier: MIT */
#ifndef DB_RELATED_H
#define DB_RELATED_H

#include "core/arena.h"
#include "core/entity.h"
#include "db/store.h"

/* Numbers in the arena, in their order. */
struct numbers {
	int64_t *values;
	size_t count, room;
};

/*
 * Adds the ids of the records of a kind whose reference, the field at that position, names the
 * record `of`. That none of them is there already is the caller's to see to.
 */
bool related_list(struct store *store, int64_t of, enum entity_kind kind, int field,
		  struct arena *arena, struct numbers *ids, struct error *error);

/* Adds the entries that made such records which an undo has taken out again. */
bool related_list_undone(struct store *store, int64_t of, enum entity_kind kind, int field,
			 struct arena *arena, struct numbers *entries, struct error *error);

/* Adds the ids of the records of a kind that the entry changed. */
bool related_changed(struct store *store, int64_t entry, enum entity_kind kind, struct arena *arena,
		     struct numbers *ids, struct error *error);

/* Adds a number unless it is there; whether it was added. */
bool numbers_add(struct numbers *numbers, int64_t number, struct arena *arena);

#endif
