/* SPDX-License-Identifier: MIT */
#include "db/pin.h"

#include <string.h>

#include "core/text.h"
#include "db/internal.h"
#include "db/migrations.h"

#define SCHEMA_SQL \
	"SELECT type, name, tbl_name, coalesce(sql, '-') FROM sqlite_schema " \
	"ORDER BY type, name"

/* Every word of a schema, one after the other. */
static bool
schema_words(sqlite3 *database, struct text *words)
{
	sqlite3_stmt *statement;
	int step;

	if (sqlite3_prepare_v2(database, SCHEMA_SQL, -1, &statement, NULL) != SQLITE_OK)
		return false;
	while ((step = sqlite3_step(statement)) == SQLITE_ROW)
		for (int column = 0; column < sqlite3_column_count(statement); column++) {
			const char *word = (const char *)sqlite3_column_text(statement, column);

			text_append(words, word != NULL ? word : "?");
			text_append(words, "\n");
		}
	sqlite3_finalize(statement);
	return step == SQLITE_DONE;
}

static bool
expected_words(int version, struct text *words)
{
	sqlite3 *database;
	bool made = sqlite3_open_v2(":memory:", &database,
				    SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, NULL) == SQLITE_OK;

	for (int i = 0; i < version && made; i++)
		made = sqlite3_exec(database, migrations[i], NULL, NULL, NULL) == SQLITE_OK;
	made = made && schema_words(database, words);
	sqlite3_close(database);
	return made;
}

bool
pin_check(struct store *store, int version, struct error *error)
{
	struct text expected = { 0 }, found = { 0 };
	bool same = false;

	if (!schema_words(store->database, &found))
		store_failed(store, error);
	else if (!expected_words(version, &expected))
		error_set(error, ERROR_DATABASE,
			  "The schema of the register cannot be worked out.");
	else if (!(same = strcmp(text_words(&expected), text_words(&found)) == 0))
		error_set(error, ERROR_INVALID,
			  "%s was changed by another program: its tables are not those of Terrier. "
			  "Nothing was changed; take the newest copy that you have kept.",
			  store_path(store));
	text_free(&expected);
	text_free(&found);
	return same;
}
