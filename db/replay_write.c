/* SPDX-License-Identifier: MIT */
#include "db/replay_write.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/indexes.h"
#include "db/internal.h"

enum {
	/* Changes after which it is asked, once, whether most of the rest will change too. */
	MANY = 5000,
	/*
	 * One device in so many has to: to move one in an index costs three times as much as to
	 * sort one into a new index.
	 */
	MOVING_SHARE = 3,
};

struct replay_write {
	struct store *store;
	sqlite3_stmt *insert;
	int64_t count;			/* devices that changed so far */
	struct indexes indexes;		/* out of the way meanwhile */
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

/*
 * All but those that hold every device by its maker.  In an index of some devices little changes;
 * and those of the history, by entry and by record, are written to in the order that they have:
 * keeping them costs less than building them again.
 */
static bool
stays(const void *context, const char *sql)
{
	(void)context;
	return strstr(sql, "manufacturer_id") == NULL || strstr(sql, " WHERE ") != NULL;
}

static bool
make_way(struct replay_write *write, size_t more, int64_t read, struct error *error)
{
	bool asked = write->count >= MANY;

	write->count += (int64_t)more;
	return asked || write->count < MANY ||
	       !indexes_are_worth_dropping(write->count, read, MOVING_SHARE) ||
	       indexes_drop(&write->indexes, write->store, &entities[ENTITY_DEVICE],
			    (struct indexes_stay){ stays, NULL }, error);
}

/* OR FAIL as in db/replay.c. */
static bool
prepare(struct replay_write *write, struct error *error)
{
	struct text sql = { 0 };
	bool prepared;

	text_format(&sql,
		    "INSERT OR FAIL INTO change (entry_id, entity, record_id, record, field, old, "
		    "new) SELECT ?2, '%s', record_id, record, field, old, new FROM replayed(?1)",
		    entities[ENTITY_DEVICE].name);
	prepared = store_prepare(write->store, text_words(&sql), &write->insert, error);
	text_free(&sql);
	return prepared;
}

bool
replay_write_changes(struct replay_write *write, struct replay_rows *rows, int64_t read,
		     struct error *error)
{
	if (rows->count == 0)
		return true;
	if (write->insert == NULL && !prepare(write, error))
		return false;
	replay_rows_bind(write->insert, 1, rows);
	sqlite3_bind_int64(write->insert, 2, write->store->entry.value);
	return store_step(write->store, write->insert, error) &&
	       make_way(write, rows->count, read, error);
}

bool
replay_write_close(struct replay_write *write, bool wanted, struct error *error)
{
	bool built;

	if (write == NULL)
		return true;
	sqlite3_finalize(write->insert);
	built = indexes_build(&write->indexes, write->store, wanted, error);
	ask_references(write->store, true);
	free(write);
	return built;
}
