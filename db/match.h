/* SPDX-License-Identifier: MIT */
#ifndef DB_MATCH_H
#define DB_MATCH_H

#include "core/entity.h"
#include "db/store.h"

/*
 * Finding, for many rows of a file, the record that each is about, and what
 * the register says of it now.  Quicker than db/record.h: only stored fields, references by
 * id, and the key only as it is, never in another case and never a name.
 */
struct match;

struct match *match_open(struct store *store, enum entity_kind kind, struct error *error);
void match_close(struct match *match);

/* Whether there is no record of the kind. */
bool match_is_empty(struct match *match, bool *empty, struct error *error);

/* The id of the record with exactly that key; 0 when there is none. */
bool match_find(struct match *match, const char *key, int64_t *id, struct error *error);

/*
 * Fills values and references, by position of the field, as bulk_insert() takes them, and the entry that changed
 * the record last.  The texts are in the arena.
 */
bool match_read(struct match *match, int64_t id, struct arena *arena, const char **values,
		int64_t *references, struct entry_id *entry, struct error *error);

#endif
