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
 * Fills values and references, by position of the field, as bulk_insert() takes them, the key too
 * where it is worked out, and the entry that changed the record last.  The texts are in the arena.
 */
bool match_read(struct match *match, int64_t id, struct arena *arena, const char **values,
		int64_t *references, struct entry_id *entry, struct error *error);

/* What a first look at a record says. */
struct match_found {
	int64_t id;			/* 0 for none */
	int64_t scope;			/* the record that entity->scope names; 0 for none */
	bool same;			/* it says all that the row says */
};

/*
 * Before match_look(): the fields that rows fill, by position, in the order of their values.  A
 * record in which the field `blank` (-1: none) has a value is never the same.
 */
bool match_choose(struct match *match, const int *fields, int count, int blank,
		  struct error *error);

/*
 * Looks a record up by its key, or by its id when key is NULL, and compares without copying:
 * values[i] is for the i-th of the fields, NULL for one of which the row says nothing; of a
 * reference references[its position] counts.
 */
bool match_look(struct match *match, const char *key, int64_t id, const char *const *values,
		const int64_t *references, struct match_found *found, struct error *error);

/* The key of a record, in the arena; "" when there is none. */
bool match_key_of(struct store *store, enum entity_kind kind, int64_t id, struct arena *arena,
		  const char **key, struct error *error);

/*
 * Hands over the ids, in any order, of the records that name the record `scope` where entity->scope
 * does.  Whoever takes them changes nothing of the register meanwhile, and ends it with false and
 * an error.
 */
struct match_taker {
	void *context;
	bool (*take)(void *context, int64_t id, struct error *error);
};
bool match_scope(struct match *match, int64_t scope, struct match_taker taker, struct error *error);

/*
 * Of a record that is not in the file: its key, in the arena, and the value of the field `missed`
 * (-1: none).  *key is NULL for a device that is not there any more: nobody expects a survey to
 * find it.
 */
bool match_read_absent(struct match *match, int64_t id, int missed, struct arena *arena,
		       const char **key, const char **value, struct error *error);

#endif
