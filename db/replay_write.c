/* SPDX-License-Identifier: MIT */
#include "db/replay_write.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/indexes.h"
#include "db/insert.h"
#include "db/internal.h"

enum {
	NUMBER_SIZE = 24,	/* of an id in digits */
	/* Devices after which it may pay to drop indexes: the rest is likely to change too. */
	MANY = 20000,
	REBUILD_SHARE = 10,
};

struct replay_write {
	struct store *store;
	sqlite3_stmt *update;
	int64_t count;				/* devices so far */
	struct indexes devices, changes;	/* out of the way meanwhile */
};

/*
 * That every maker is there needs no asking: they were read in this very entry.  PRAGMA
 * foreign_keys does nothing inside a transaction; this does (db/known.c).
 */
static void
ask_references(struct store *store, bool on)
{
	sqlite3_db_config(store->database, SQLITE_DBCONFIG_ENABLE_FKEY, (int)on, NULL);
}

struct replay_write *
replay_write_open(struct store *store)
{
	struct replay_write *write = memory_alloc(sizeof *write);

	write->store = store;
	ask_references(store, false);
	return write;
}

/* Of the devices all but those over what is written. */
static bool
stays(const void *context, const char *sql)
{
	return context != NULL && strstr(sql, "manufacturer_id") == NULL &&
	       strstr(sql, "rival_id") == NULL;
}

static bool
drop_indexes(struct replay_write *write, struct error *error)
{
	const struct entity *device = &entities[ENTITY_DEVICE], *change = &entities[ENTITY_CHANGE];
	int64_t devices, changes;

	if (!indexes_guess_rows(write->store, device, &devices, error) ||
	    !indexes_guess_rows(write->store, change, &changes, error))
		return false;
	if (!indexes_are_worth_dropping(write->count, devices, REBUILD_SHARE * REBUILD_SHARE))
		return true;
	return indexes_drop(&write->devices, write->store, device,
			    (struct indexes_stay){ stays, write }, error) &&
	       (!indexes_are_worth_dropping(devices, changes, REBUILD_SHARE) ||
		indexes_drop(&write->changes, write->store, change,
			     (struct indexes_stay){ stays, NULL }, error));
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
	static const char sql[] = "UPDATE device SET manufacturer_id = ?2, rival_id = ?3, evidence "
				  "= ?4, entry = ?5 WHERE id = ?1";

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
note_id(struct replay_write *write, const struct replay_change *change, int field, int64_t stands,
	int64_t now, struct error *error)
{
	struct record_id id = { ENTITY_DEVICE, change->device };
	char old_digits[NUMBER_SIZE], new_digits[NUMBER_SIZE];

	return stands == now ||
	       store_note_change(write->store, id, change->tag,
				 entities[ENTITY_DEVICE].fields[field].name,
				 digits(stands, old_digits), digits(now, new_digits), error);
}

static bool
note_evidence(struct replay_write *write, const struct replay_change *change, struct error *error)
{
	struct record_id id = { ENTITY_DEVICE, change->device };

	return strcmp(change->stands.evidence, change->now.evidence) == 0 ||
	       store_note_change(write->store, id, change->tag,
				 entities[ENTITY_DEVICE].fields[DEVICE_evidence].name,
				 change->stands.evidence, change->now.evidence, error);
}

bool
replay_write_change(struct replay_write *write, const struct replay_change *change,
		    struct error *error)
{
	return (++write->count != MANY || drop_indexes(write, error)) &&
	       update_device(write, change, error) &&
	       note_id(write, change, DEVICE_manufacturer, change->stands.manufacturer,
		       change->now.manufacturer, error) &&
	       note_id(write, change, DEVICE_rival, change->stands.rival, change->now.rival,
		       error) &&
	       note_evidence(write, change, error);
}

bool
replay_write_close(struct replay_write *write, bool wanted, struct error *error)
{
	bool built;

	if (write == NULL)
		return true;
	sqlite3_finalize(write->update);
	built = indexes_build(&write->devices, write->store, wanted, error);
	built = indexes_build(&write->changes, write->store, wanted && built, error) && built;
	ask_references(write->store, true);
	free(write);
	return built;
}
