/* SPDX-License-Identifier: MIT */
#include "db/store.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/choice.h"
#include "core/memory.h"
#include "db/cache.h"
#include "db/due.h"
#include "db/due_table.h"
#include "db/functions.h"
#include "db/insert.h"
#include "db/internal.h"
#include "db/maker_load.h"
#include "db/migrations.h"
#include "db/pin.h"
#include "db/remember.h"
#include "db/setting.h"
#include "db/standing.h"
#include "db/store_file.h"

enum {
	BUSY_WAIT_MS = 3000,			/* how long to wait for another writer */
	BUSY_STEP_MS = 20,			/* between one look and the next */
	PROGRESS_STEPS = 20000,			/* of SQLite's machine: about a millisecond */
	/* Bytes of one value: a binned record is the largest. */
	VALUE_SIZE_MAX = 8 * 1024 * 1024,
	SQL_SIZE_MAX = 256 * 1024,
};

static void
kind_in_scope(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *wider = setting_for_function(context, "wider_scope");

	(void)count;
	if (wider != NULL)
		sqlite3_result_int(context,
				   choice_kind_in_scope((const char *)sqlite3_value_text(values[0]),
							wider));
}

static int
report_progress(void *context)
{
	struct store *store = context;

	if (store->patience > 0 && --store->patience == 0)
		return 1;
	return !progress_step(store->progress, NULL, 0, 0);
}

/* Waits a little for another program, unless whoever waits for us has had enough. */
static int
wait_for_other(void *context, int looks)
{
	const struct timespec pause = { .tv_nsec = BUSY_STEP_MS * 1000000L };

	if (looks >= BUSY_WAIT_MS / BUSY_STEP_MS || report_progress(context))
		return 0;
	nanosleep(&pause, NULL);
	return 1;
}

static bool
harden(struct store *store, struct error *error)
{
	static const struct { int option, value; } options[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
		{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
	};
	static const struct { int limit, value; } limits[] = {
		{ SQLITE_LIMIT_LENGTH, VALUE_SIZE_MAX },
		{ SQLITE_LIMIT_SQL_LENGTH, SQL_SIZE_MAX },
		{ SQLITE_LIMIT_COLUMN, 2 * ENTITY_FIELDS_MAX },
		{ SQLITE_LIMIT_ATTACHED, 0 },
		{ SQLITE_LIMIT_EXPR_DEPTH, 1000 },
		{ SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
	};

	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
		if (sqlite3_db_config(store->database, options[i].option, options[i].value, NULL) !=
		    SQLITE_OK)
			return store_failed(store, error);
	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
		sqlite3_limit(store->database, limits[i].limit, limits[i].value);
	sqlite3_busy_handler(store->database, wait_for_other, store);
	sqlite3_progress_handler(store->database, PROGRESS_STEPS, report_progress, store);
	if (sqlite3_create_function(store->database, "kind_in_scope", 1,
				    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, store,
				    kind_in_scope, NULL, NULL) != SQLITE_OK)
		return store_failed(store, error);
	return settings_register(store, error) && functions_register(store, error) &&
	       due_register(store, error) && standing_register(store, error);
}

/* Nothing of the file's own content has been used before the schema is known to be ours. */
static bool
configure(struct store *store, struct error *error)
{
	static const char pragmas[] =
		"PRAGMA cell_size_check = ON;"
		"PRAGMA mmap_size = 0;"
		"PRAGMA temp_store = MEMORY;"
		"PRAGMA synchronous = EXTRA;"
		"PRAGMA secure_delete = ON;"
		"PRAGMA foreign_keys = ON;";

	return store_run(store, pragmas, error) && cache_set(store, CACHE_USUAL, error);
}

bool
store_secure(struct store *store, struct error *error)
{
	return harden(store, error) && configure(store, error);
}

/*
 * Renaming a table leaves temporary storage open, which would then not be changed inside a
 * transaction: another kind closes it.
 */
static bool
close_temporary(struct store *store, struct error *error)
{
	return store_run(store, "PRAGMA temp_store = FILE; PRAGMA temp_store = MEMORY", error);
}

static bool
migrate(struct store *store, int version, struct error *error)
{
	char header[96];
	bool old = version < migration_count;

	for (; version < migration_count; version++) {
		snprintf(header, sizeof header,
			 "PRAGMA application_id = %d; PRAGMA user_version = %d",
			 REGISTER_APPLICATION_ID, version + 1);
		if (!store_run(store, "BEGIN IMMEDIATE", error))
			return false;
		if (!store_run(store, migrations[version], error) ||
		    !store_run(store, header, error) || !store_run(store, "COMMIT", error)) {
			sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
			return false;
		}
	}
	return !old || close_temporary(store, error);
}

static bool
schema_version(struct store *store, int *version, struct error *error)
{
	int64_t number;
	bool read = store_ask(store, &number, error, 0, 0, "PRAGMA user_version");

	*version = (int)number;
	return read;
}

/* Whether the file and its folder, where the journal goes, may be written. */
static bool
is_writable(const char *path)
{
	struct text folder = { 0 };
	bool writable;

	text_append_bytes(&folder, path, (size_t)(strrchr(path, '/') - path + 1));
	writable = access(path, W_OK) == 0 && access(text_words(&folder), W_OK) == 0;
	text_free(&folder);
	return writable;
}

/* Opened for reading, but the file may be written: then it is first brought up to date, for all. */
static bool
migrate_elsewhere(struct store *store, struct error *error)
{
	struct store *again;

	if (!is_writable(store->path))
		return error_set(error, ERROR_FILE,
				 "%s was written by an older Terrier and must be brought up to "
				 "date, but it is read-only. Copy it to a folder of your own and "
				 "open it there.",
				 store->path);
	again = store_open(store->path, STORE_WRITE, error);
	store_close(again);
	return again != NULL;
}

static bool
prepare_schema(struct store *store, bool create, struct error *error)
{
	int version = 0;

	/* Once more: a journal that lay beside the file may have put another header into it. */
	if (!schema_version(store, &version, error) ||
	    !store_file_version(store->path, (uint32_t)version, error))
		return false;
	if (!create && !pin_check(store, version, error))
		return false;
	if (version < migration_count && store->read_only)
		return migrate_elsewhere(store, error);
	return migrate(store, version, error) && settings_fill(store, error);
}

static bool
has_journal(const char *path)
{
	struct text journal = { 0 };
	bool there;

	text_format(&journal, "%s-journal", path);
	there = access(text_words(&journal), F_OK) == 0;
	text_free(&journal);
	return there;
}

static bool
open_database(struct store *store, enum store_mode mode, struct error *error)
{
	/* One thread uses a store at a time, so SQLite need not lock it at every call. */
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE |
		    SQLITE_OPEN_PRIVATECACHE;
	bool writable = is_writable(store->path);

	/*
	 * Nor count what it allocates, which takes a lock each time. Refused, without harm, once it
	 * has begun.
	 */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	store->read_only = mode == STORE_READ || !writable;
	/*
	 * What a power cut left half done is taken back first, which is a write, also for those who
	 * only read.
	 */
	flags |= writable && (mode != STORE_READ || has_journal(store->path))
			 ? SQLITE_OPEN_READWRITE
			 : SQLITE_OPEN_READONLY;
	if (sqlite3_open_v2(store->path, &store->database, flags, NULL) != SQLITE_OK) {
		store_failed(store, error);
		return error_prefix(error, "%s: ", store->path);
	}
	return store_secure(store, error) && prepare_schema(store, mode == STORE_CREATE, error);
}

struct store *
store_open(const char *path, enum store_mode mode, struct error *error)
{
	struct store *store = memory_alloc(sizeof *store);
	bool created = false;

	store->path = store_file_path(path, error);
	if (store->path == NULL)
		goto fail;
	created = mode == STORE_CREATE && store_file_create(store->path, error);
	if (mode == STORE_CREATE ? !created : !store_file_check(store->path, error))
		goto fail;
	if (open_database(store, mode, error))
		return store;
fail:
	if (created)
		unlink(store->path);
	store_close(store);
	return NULL;
}

void
store_close(struct store *store)
{
	if (store == NULL)
		return;
	for (int i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize(store->statements[i]);
	for (int i = 0; i < ENTITY_COUNT; i++) {
		insert_close(store->inserts[i]);
		sqlite3_finalize(store->lookups[i]);
		sqlite3_finalize(store->reads[i]);
	}
	for (int i = 0; i < STATEMENTS_CACHED; i++)
		sqlite3_finalize(store->cached[i]);
	remember_close(store);
	due_table_close(store);
	standing_close(store);
	sqlite3_close(store->database);
	arena_free(&store->settings);
	makers_forget(store);
	free(store->path);
	free(store);
}

const char *
store_path(const struct store *store)
{
	return store->path;
}

bool
store_is_read_only(const struct store *store)
{
	return store->read_only;
}

void
store_set_progress(struct store *store, const struct progress *progress)
{
	store->progress = progress;
}

bool
store_counts_entries(struct store *store, int64_t *count, struct error *error)
{
	sqlite3_stmt *statement = store_statement(store, ENTRY_COUNT, error);

	return statement != NULL && store_number(store, statement, count, error);
}

/* While an entry is open nobody else can write. */
bool
store_look(struct store *store, struct error *error)
{
	int64_t version, before = store->data_version;
	struct error ignored;

	if (store->entry.value != 0 ||
	    !store_ask(store, &version, &ignored, 0, 0, "PRAGMA data_version") || version == before)
		return true;
	settings_forget(store);
	/* In the middle of a transaction what is kept of sites stays as it is: another time. */
	if (store->shadowed && !sqlite3_get_autocommit(store->database))
		return true;
	store->data_version = version;
	store->changed_outside = store->changed_outside || before != 0;
	if (before == 0 || standing_follow(store, error))
		return true;
	store->data_version = before;
	return false;
}

bool
store_changed_outside(struct store *store)
{
	struct error ignored;
	bool changed;

	store_look(store, &ignored);
	changed = store->changed_outside;
	store->changed_outside = false;
	return changed;
}

bool
store_may_be_written(const struct store *store)
{
	return is_writable(store->path);
}

bool
store_check_writable(const struct store *store, struct error *error)
{
	return !store->read_only ||
	       error_set(error, ERROR_FILE,
			 "The register %s is read-only: it can be looked at but not changed.",
			 store->path);
}

bool
store_may_write(struct store *store, struct error *error)
{
	assert(store->read_only || store->entry.value > 0);
	return store_check_writable(store, error);
}

/* The first row of a PRAGMA that gives rows, or words other than `ok`, only for what is wrong. */
static bool
check_pragma(struct store *store, const char *sql, const char *ok, struct error *error)
{
	sqlite3_stmt *statement;
	bool sound = true;
	int step;

	if (!store_prepare(store, sql, &statement, error))
		return false;
	step = sqlite3_step(statement);
	if (step == SQLITE_ROW) {
		const char *words = (const char *)sqlite3_column_text(statement, 0);

		sound = ok != NULL && words != NULL && strcmp(words, ok) == 0;
		if (!sound)
			error_set(error, ERROR_DATABASE,
				  "The register is damaged (%s). Nothing was changed; take the "
				  "newest copy that you have kept.",
				  words != NULL ? words : "no words");
	} else if (step != SQLITE_DONE) {
		sound = store_failed(store, error);
	}
	sqlite3_finalize(statement);
	return sound;
}

/*
 * SQLite does not look at the CHECKs of a file that was opened for reading only, so it is opened
 * again where it can be.
 */
bool
store_check(struct store *store, struct error *error)
{
	struct store *again = store->read_only ? store_open(store->path, STORE_WRITE, error) : NULL;
	bool sound;

	if (store->read_only && again == NULL)
		return false;
	if (again != NULL) {
		store_set_progress(again, store->progress);
		store = again;
	}
	sound = check_pragma(store, "PRAGMA integrity_check(1)", "ok", error) &&
		check_pragma(store, "PRAGMA foreign_key_check", NULL, error);
	store_close(again);
	return sound;
}
