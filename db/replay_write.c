/* SPDX-License-Identifier: MIT */
#include "db/replay_write.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/insert.h"
#include "db/internal.h"

enum { NUMBER_SIZE = 24 };	/* of an id in digits */

struct replay_write {
	struct store *store;
	sqlite3_stmt *update;
};

struct replay_write *
replay_write_open(struct store *store)
{
	struct replay_write *write = memory_alloc(sizeof *write);

	write->store = store;
	return write;
}

static void
bind_id(sqlite3_stmt *statement, int parameter, int64_t id)
{
	if (id != 0)
		sqlite3_bind_int64(statement, parameter, id);
	else
		sqlite3_bind_null(statement, parameter);
}

static bool
update_device(struct replay_write *write, const struct replay_change *change, struct error *error)
{
	static const char sql[] =
		"UPDATE device SET manufacturer_id = ?2, rival_id = ?3, evidence = ?4, entry = ?5 WHERE id = ?1";

	if (write->update == NULL && !store_prepare(write->store, sql, &write->update, error))
		return false;
	sqlite3_bind_int64(write->update, 1, change->device);
	bind_id(write->update, 2, change->now.manufacturer);
	bind_id(write->update, 3, change->now.rival);
	sqlite3_bind_text(write->update, 4, change->now.evidence, -1, SQLITE_STATIC);
	sqlite3_bind_int64(write->update, 5, write->store->entry.value);
	return store_step(write->store, write->update, error);
}

static const char *
digits(int64_t id, char out[NUMBER_SIZE])
{
	snprintf(out, NUMBER_SIZE, "%" PRId64, id);
	return id != 0 ? out : NULL;
}

static bool
note_id(struct replay_write *write, const struct replay_change *change, int field, int64_t stands, int64_t now,
	struct error *error)
{
	struct record_id id = { ENTITY_DEVICE, change->device };
	char old_digits[NUMBER_SIZE], new_digits[NUMBER_SIZE];

	return stands == now ||
	       store_note_change(write->store, id, change->tag, entities[ENTITY_DEVICE].fields[field].name,
				 digits(stands, old_digits), digits(now, new_digits), error);
}

static bool
note_evidence(struct replay_write *write, const struct replay_change *change, struct error *error)
{
	struct record_id id = { ENTITY_DEVICE, change->device };

	return strcmp(change->stands.evidence, change->now.evidence) == 0 ||
	       store_note_change(write->store, id, change->tag, entities[ENTITY_DEVICE].fields[DEVICE_evidence].name,
				 change->stands.evidence, change->now.evidence, error);
}

bool
replay_write_change(struct replay_write *write, const struct replay_change *change, struct error *error)
{
	return update_device(write, change, error) &&
	       note_id(write, change, DEVICE_manufacturer, change->stands.manufacturer, change->now.manufacturer, error) &&
	       note_id(write, change, DEVICE_rival, change->stands.rival, change->now.rival, error) &&
	       note_evidence(write, change, error);
}

bool
replay_write_close(struct replay_write *write, bool wanted, struct error *error)
{
	(void)wanted;
	(void)error;
	if (write == NULL)
		return true;
	sqlite3_finalize(write->update);
	free(write);
	return true;
}
