/* SPDX-License-Identifier: MIT */
#include "db/setting.h"

#include <stdlib.h>
#include <string.h>

#include "core/hash.h"
#include "core/setting.h"
#include "core/uuid.h"
#include "db/internal.h"
#include "db/maker_load.h"

void
settings_forget(struct store *store)
{
	arena_reset(&store->settings);
	memset(store->setting_values, 0, sizeof store->setting_values);
	makers_forget(store);
}

/*
 * One row of SQL that is not kept: it may be asked for in the middle of another statement.  NULL
 * when it cannot be read now.
 */
static const char *
read_setting(struct store *store, const struct setting *setting)
{
	const char *value = NULL, *words;
	sqlite3_stmt *statement;
	int step;

	if (sqlite3_prepare_v2(store->database, "SELECT value FROM setting WHERE name = ?1", -1,
			       &statement, NULL) != SQLITE_OK)
		return NULL;
	sqlite3_bind_text(statement, 1, setting->name, -1, SQLITE_STATIC);
	step = sqlite3_step(statement);
	if (step == SQLITE_ROW) {
		words = (const char *)sqlite3_column_text(statement, 0);
		value = arena_text(&store->settings, words != NULL ? words : "");
	} else if (step == SQLITE_DONE) {
		value = setting->initial;
	}
	sqlite3_finalize(statement);
	return value;
}

/* What was read is kept, but not that it could not be. */
static const char *
find_setting(struct store *store, const struct setting *setting)
{
	const char **value = &store->setting_values[setting - settings];

	if (*value == NULL)
		*value = read_setting(store, setting);
	return *value;
}

const char *
store_setting(struct store *store, const char *name)
{
	const struct setting *setting = setting_named(name);
	const char *value = setting != NULL ? find_setting(store, setting) : "";

	return value != NULL ? value : setting->initial;
}

const char *
setting_for_function(sqlite3_context *context, const char *name)
{
	struct store *store = sqlite3_user_data(context);
	const struct setting *setting = name != NULL ? setting_named(name) : NULL;
	const char *value = setting != NULL ? find_setting(store, setting) : "";

	if (value == NULL)
		function_failed(context, store);
	return value;
}

static bool
insert_setting(struct store *store, const struct setting *setting, struct error *error)
{
	enum { UUID = 1, NAME, VALUE, SOURCE };
	sqlite3_stmt *statement;
	struct uuid uuid = uuid_new();
	bool inserted;

	if (!store_prepare(store,
			   "INSERT INTO setting (uuid, created_entry, entry, name, value, source) "
			   "VALUES (?1, 0, 0, ?2, nullif(?3, ''), ?4) ON CONFLICT (name) DO "
			   "NOTHING",
			   &statement, error))
		return false;
	sqlite3_bind_blob(statement, UUID, uuid.bytes, UUID_SIZE, SQLITE_TRANSIENT);
	sqlite3_bind_text(statement, NAME, setting->name, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, VALUE, setting->initial, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, SOURCE, setting->source, -1, SQLITE_STATIC);
	inserted = store_step(store, statement, error);
	sqlite3_finalize(statement);
	return inserted;
}

bool
settings_fill(struct store *store, struct error *error)
{
	int64_t there = 0, known = 0;
	bool filled;

	for each_setting(setting)
		known++;
	if (store->read_only ||
	    !store_ask(store, &there, error, 0, 0, "SELECT count(*) FROM setting"))
		return store->read_only;
	if (there >= known)
		return true;
	filled = store_run(store, "BEGIN IMMEDIATE", error);
	for each_setting(setting)
		filled = filled && insert_setting(store, setting, error);
	if (filled && store_run(store, "COMMIT", error))
		return true;
	sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

static void
sql_setting(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *value = setting_for_function(context,
						 (const char *)sqlite3_value_text(values[0]));

	(void)count;
	if (value != NULL)
		sqlite3_result_text(context, value, -1, SQLITE_TRANSIENT);
}

static void
sql_setting_help(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *name = (const char *)sqlite3_value_text(values[0]);
	const struct setting *setting = name != NULL ? setting_named(name) : NULL;

	(void)count;
	if (setting != NULL)
		sqlite3_result_text(context, setting->help, -1, SQLITE_STATIC);
}

static void
sql_in_list(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *list = (const char *)sqlite3_value_text(values[0]),
		   *word = (const char *)sqlite3_value_text(values[1]);

	(void)count;
	sqlite3_result_int(context, list != NULL && word != NULL && text_list_has(list, word));
}

bool
settings_register(struct store *store, struct error *error)
{
	static const struct {
		const char *name;
		int arguments;
		void (*run)(sqlite3_context *context, int count, sqlite3_value **values);
	} functions[] = {
		{ "setting", 1, sql_setting },
		{ "setting_help", 1, sql_setting_help },
		{ "in_list", 2, sql_in_list },
	};

	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
		if (sqlite3_create_function(store->database, functions[i].name,
					    functions[i].arguments,
					    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
					    store, functions[i].run, NULL, NULL) != SQLITE_OK)
			return store_failed(store, error);
	return true;
}
