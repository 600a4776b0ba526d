/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_IMPORT_AMEND_H
#define COMMANDS_IMPORT_AMEND_H

#include "commands/import_run.h"

/* The record as it is, and as it will be: the same texts but for what the row changes. */
struct known {
	size_t position;
	int64_t id;
	const char *key;			/* that it has */
	struct entry_id entry;
	const char *before[ENTITY_FIELDS_MAX], *values[ENTITY_FIELDS_MAX];
	int64_t references_before[ENTITY_FIELDS_MAX], references[ENTITY_FIELDS_MAX];
	int changed[ENTITY_FIELDS_MAX];		/* fields */
	int changed_count;
	/* Fields that a person has decided otherwise, and what the row says. */
	int asked[ENTITY_FIELDS_MAX];
	const char *theirs[ENTITY_FIELDS_MAX];
	int asked_count;
	/* By slot: the row fills only some of the cells of it. */
	uint64_t kept;
};

static inline bool
import_is_reference(const struct import *import, int field)
{
	return import->entity->fields[field].type == FIELD_REFERENCE;
}

/*
 * import_settled.c: whether the row moves nothing that no file moves by itself: the date of a
 * deadline without a reason, a name or a prefix to another manufacturer.  `now` is the record with
 * what the row changes.  False when the row must be refused, or on an error.
 */
bool import_check_settled(struct import *import, struct known *known, const struct record *now,
			  struct error *error);

/* Writes what the row changes to the register, and tells who listens. False with an error. */
bool import_amend(struct import *import, const struct known *known, struct error *error);

#endif
