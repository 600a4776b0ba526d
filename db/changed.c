/* SPDX-License-Identifier: MIT */
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include "db/changed.h"

#include <string.h>

enum entity_kind
changed_table(const char *table)
{
	for each_entity(entity)
		if (strcmp(entity->name, table) == 0)
			return entity->kind;
	return ENTITY_NONE;
}

static void
begin_again(struct changed *changed)
{
	changed->count = 0;
	changed->round++;
}

static void
note_deadline(struct changed *changed, int64_t id)
{
	if (changed->count == CHANGED_IDS_MAX)
		begin_again(changed);
	changed->deadlines[changed->count++] = id;
}

static void
note_extension(struct changed *changed, sqlite3 *database, int operation)
{
	sqlite3_value *value;

	if (operation != SQLITE_INSERT &&
	    sqlite3_preupdate_old(database, changed->extended, &value) == SQLITE_OK)
		note_deadline(changed, sqlite3_value_int64(value));
	if (operation != SQLITE_DELETE &&
	    sqlite3_preupdate_new(database, changed->extended, &value) == SQLITE_OK)
		note_deadline(changed, sqlite3_value_int64(value));
}

void
changed_note(struct changed *changed, sqlite3 *database, int operation, const char *table,
	     int64_t old_id, int64_t new_id)
{
	enum entity_kind kind = changed_table(table);

	changed->tables[kind]++;
	if (kind == ENTITY_DEADLINE) {
		note_deadline(changed, operation == SQLITE_INSERT ? new_id : old_id);
		if (operation == SQLITE_UPDATE && new_id != old_id)
			note_deadline(changed, new_id);
	} else if (kind == ENTITY_EXTENSION) {
		note_extension(changed, database, operation);
	}
}

void
changed_note_all(struct changed *changed)
{
	for (int i = 0; i < ENTITY_COUNT; i++)
		changed->tables[i]++;
	begin_again(changed);
}
