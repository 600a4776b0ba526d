/* SPDX-License-Identifier: MIT */
#include "db/history.h"

#include <assert.h>
#include <string.h>

#include "core/uuid.h"
#include "db/history_internal.h"
#include "db/internal.h"
#include "db/met.h"
#include "db/setting.h"
#include "db/standing.h"

static bool
insert_entry(struct store *store, const struct entry *entry, struct entry_id undoes,
	     struct error *error)
{
	sqlite3_stmt *statement = store_statement(store, ENTRY_INSERT, error);
	struct uuid uuid = uuid_new();

	if (statement == NULL)
		return false;
	sqlite3_bind_blob(statement, sqlite3_bind_parameter_index(statement, ":uuid"), uuid.bytes,
			  UUID_SIZE, SQLITE_TRANSIENT);
	bind_text(statement, ":laptop", entry->laptop);
	bind_integer(statement, ":at", entry->at);
	bind_text(statement, ":who", entry->who);
	bind_text(statement, ":kind", entry_kinds[entry->kind].name);
	bind_text(statement, ":what", entry->what);
	bind_text(statement, ":why", entry->why);
	if (undoes.value != 0)
		bind_integer(statement, ":undoes_id", undoes.value);
	if (!store_step(store, statement, error))
		return false;
	store->entry.value = sqlite3_last_insert_rowid(store->database);
	return true;
}

bool
history_begin(struct store *store, const struct entry *entry, struct entry_id undoes,
	      struct error *error)
{
	assert(store->entry.value == 0);
	if (!store_check_writable(store, error))
		return false;
	memset(store->next_ids, 0, sizeof store->next_ids);
	settings_forget(store);
	store->today = date_from_instant(entry->at);
	if (!store_run(store, "BEGIN IMMEDIATE", error))
		return false;
	if (insert_entry(store, entry, undoes, error))
		return true;
	store_entry_rollback(store);
	return false;
}

bool
store_entry_begin(struct store *store, const struct entry *entry, struct error *error)
{
	return history_begin(store, entry, (struct entry_id){ 0 }, error);
}

struct entry_id
store_entry_open(const struct store *store)
{
	return store->entry;
}

bool
store_entry_describe(struct store *store, const char *what, struct error *error)
{
	sqlite3_stmt *statement = store_statement(store, ENTRY_DESCRIBE, error);

	if (statement == NULL)
		return false;
	bind_text(statement, ":what", what);
	bind_integer(statement, ":id", store->entry.value);
	return store_step(store, statement, error);
}

bool
store_entry_commit(struct store *store, struct error *error)
{
	assert(store->entry.value != 0);
	if (!standing_refresh(store, error) || !met_when_set(store, error) ||
	    !store_run(store, "COMMIT", error)) {
		store_entry_rollback(store);
		return false;
	}
	store->entry.value = 0;
	settings_forget(store);
	return true;
}

void
store_entry_rollback(struct store *store)
{
	const struct progress *progress = store->progress;

	/* Nobody may stop it half way. */
	store->progress = NULL;
	if (!sqlite3_get_autocommit(store->database))
		sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
	store->progress = progress;
	store->entry.value = 0;
	settings_forget(store);
	standing_forget(store);
}

bool
store_entry_undoable(struct store *store, struct entry_id *id, struct error *error)
{
	sqlite3_stmt *statement = store_statement(store, ENTRY_UNDOABLE, error);

	return statement != NULL && store_number(store, statement, &id->value, error);
}

bool
store_entry_redoable(struct store *store, struct entry_id *id, struct error *error)
{
	sqlite3_stmt *statement = store_statement(store, ENTRY_REDOABLE, error);

	return statement != NULL && store_number(store, statement, &id->value, error);
}
