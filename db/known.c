/* SPDX-License-Identifier: MIT */
#include "db/known.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/memory.h"
#include "db/internal.h"

enum { IDS_MAX = 4 * 1024 * 1024 };	/* ids from here on are asked for each time */

/* The records that one field names. */
struct known_field {
	int position;
	sqlite3_stmt *statement;	/* prepared when first needed */
	unsigned char *ids;		/* a bit for each that was found */
};

struct known {
	struct store *store;
	const struct entity *entity;
	struct known_field fields[ENTITY_FIELDS_MAX];
	int count;
};

/*
 * PRAGMA foreign_keys does nothing inside a transaction; this does.  That no key of the transaction
 * is broken yet when they are switched is certain: all are checked at once.
 */
static void
ask(struct known *known, bool on)
{
	sqlite3_db_config(known->store->database, SQLITE_DBCONFIG_ENABLE_FKEY, (int)on, NULL);
}

struct known *
known_open(struct store *store, const struct entity *entity)
{
	struct known *known = memory_alloc(sizeof *known);

	known->store = store;
	known->entity = entity;
	for (int i = 0; i < entity->field_count; i++)
		if (entity->fields[i].type == FIELD_REFERENCE &&
		    field_is_stored(&entity->fields[i]))
			known->fields[known->count++].position = i;
	ask(known, false);
	return known;
}

static bool
find_record(struct known *known, struct known_field *field, int64_t id, struct error *error)
{
	const struct entity *target = &entities[known->entity->fields[field->position].target];
	char sql[80];
	int64_t found;

	if (field->statement == NULL) {
		snprintf(sql, sizeof sql, "SELECT 1 FROM %s WHERE id = ?1", target->name);
		if (!store_prepare(known->store, sql, &field->statement, error))
			return false;
		field->ids = memory_alloc(IDS_MAX / 8);
	}
	sqlite3_bind_int64(field->statement, 1, id);
	if (!store_number(known->store, field->statement, &found, error))
		return false;
	if (found == 0)
		return error_set(error, ERROR_CONFLICT,
				 "A row names a %s that is not in the register. Nothing was "
				 "changed.",
				 target->name);
	if (id < IDS_MAX)
		field->ids[id / 8] |= (unsigned char)(1 << id % 8);
	return true;
}

bool
known_check(struct known *known, const int64_t *references, struct error *error)
{
	for (int i = 0; i < known->count; i++) {
		struct known_field *field = &known->fields[i];
		int64_t id = references[field->position];

		assert(id >= 0);
		if (id == 0 ||
		    (id < IDS_MAX && field->ids != NULL && field->ids[id / 8] >> id % 8 & 1))
			continue;
		if (!find_record(known, field, id, error))
			return false;
	}
	return true;
}

void
known_close(struct known *known)
{
	if (known == NULL)
		return;
	for (int i = 0; i < known->count; i++) {
		sqlite3_finalize(known->fields[i].statement);
		free(known->fields[i].ids);
	}
	ask(known, true);
	free(known);
}
