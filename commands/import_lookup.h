/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_IMPORT_LOOKUP_H
#define COMMANDS_IMPORT_LOOKUP_H

#include "commands/session.h"
#include "core/map.h"

/*
 * Which record the words of a cell mean, for a million cells: what
 * store_lookup() answers, remembered.  Organisations and sites are read into memory when
 * the first is asked for, because a name that nobody knows costs the store a look at all of them.
 * `struct import_lookup lookup = { .session = session };` is empty.
 */
struct import_lookup {
	const struct session *session;
	struct import_names {
		bool loaded;
		struct map keys;	/* as they are */
		struct map others;	/* keys in lower case, and what store_lookup() said */
		struct map labels;	/* names in lower case; as import_lookup_find() */
	} names[ENTITY_COUNT];
	struct arena arena;		/* for words in lower case, on their way into a map */
};

/* The record's id; 0 for none; -2, -3 ... for so many that are called by these words. */
bool import_lookup_find(struct import_lookup *lookup, enum entity_kind kind, const char *words,
			int64_t *id, struct error *error);

/* Makes a new record known; label may be NULL. */
void import_lookup_add(struct import_lookup *lookup, enum entity_kind kind, const char *key,
		       const char *label, int64_t id);

/* What is known of the kind is asked for again: its records have changed. */
void import_lookup_forget(struct import_lookup *lookup, enum entity_kind kind);

void import_lookup_free(struct import_lookup *lookup);

#endif
