/* SPDX-License-Identifier: MIT */
#include "db/maker_load.h"

#include <string.h>

#include "db/internal.h"

enum { NEAREST_MAX = 3 };	/* names that are offered for a make that nobody knows */

static const char *
words_at(sqlite3_stmt *statement, int column)
{
	const char *words = (const char *)sqlite3_column_text(statement, column);

	return words != NULL ? words : "";
}

static enum maker_weight
weight_of(const char *confidence)
{
	return strcmp(confidence, "hint") == 0 ? MAKER_WEAK : MAKER_STRONG;
}

/* Each of these is given a row: words, the id of the manufacturer, other words. */
static void
add_maker(struct maker_table *table, sqlite3_stmt *row)
{
	const char *name = words_at(row, 0), *covered = words_at(row, 2);
	int64_t id = sqlite3_column_int64(row, 1);

	if (strcmp(covered, "yes") == 0)
		maker_table_add_covered(table, id, name, words_at(row, 3));
	else
		maker_table_add(table, id, name,
				strcmp(covered, "no") == 0 ? MAKER_NOT_COVERED : MAKER_UNDECIDED);
}

static void
add_name(struct maker_table *table, sqlite3_stmt *row)
{
	void (*add)(struct maker_table *, const char *, int64_t, enum maker_weight) =
		strcmp(words_at(row, 3), "rebadge") == 0 ? maker_table_add_rebadge
							 : maker_table_add_name;

	add(table, words_at(row, 0), sqlite3_column_int64(row, 1), weight_of(words_at(row, 2)));
}

static void
add_model(struct maker_table *table, sqlite3_stmt *row)
{
	maker_table_add_model(table, words_at(row, 0), sqlite3_column_int64(row, 1),
			      weight_of(words_at(row, 2)));
}

static void
add_mac(struct maker_table *table, sqlite3_stmt *row)
{
	const char *holder = words_at(row, 2);

	maker_table_add_mac(table, words_at(row, 0), sqlite3_column_int64(row, 1),
			    *holder != '\0' ? holder : NULL);
}

/* The manufacturers first: the others refer to them. */
static const struct {
	const char *sql;
	void (*add)(struct maker_table *table, sqlite3_stmt *row);
} parts[] = {
	{ "SELECT name, id, covered, effective_on FROM manufacturer ORDER BY id", add_maker },
	{ "SELECT name, manufacturer_id, confidence, kind FROM manufacturer_name ORDER BY id",
	  add_name },
	{ "SELECT prefix, manufacturer_id, confidence FROM model_prefix ORDER BY id", add_model },
	{ "SELECT prefix, manufacturer_id, holder FROM mac_prefix ORDER BY id", add_mac },
};

/* By a statement that is not kept: it may be asked for in the middle of another. */
static bool
load_part(struct store *store, struct maker_table *table, size_t part, struct error *error)
{
	sqlite3_stmt *statement;
	int status;

	if (!store_prepare(store, parts[part].sql, &statement, error))
		return false;
	while ((status = sqlite3_step(statement)) == SQLITE_ROW)
		parts[part].add(table, statement);
	if (status != SQLITE_DONE)
		store_failed(store, error);
	sqlite3_finalize(statement);
	return status == SQLITE_DONE;
}

struct maker_table *
store_makers(struct store *store, struct error *error)
{
	struct maker_table *table = store->makers;

	if (table != NULL)
		return table;
	table = maker_table_new();
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (!load_part(store, table, i, error)) {
			maker_table_free(table);
			return NULL;
		}
	maker_table_add_blocks(table);
	store->makers = table;
	return table;
}

void
makers_forget(struct store *store)
{
	maker_table_free(store->makers);
	store->makers = NULL;
}

void
makers_note_change(struct store *store, enum entity_kind kind)
{
	if (kind == ENTITY_MANUFACTURER || kind == ENTITY_MANUFACTURER_NAME ||
	    kind == ENTITY_MODEL_PREFIX || kind == ENTITY_MAC_PREFIX)
		makers_forget(store);
}

/* The store's tables for a function of SQL; NULL when the error has been said. */
static struct maker_table *
tables_for(sqlite3_context *context)
{
	struct error error = { 0 };
	struct maker_table *table = store_makers(sqlite3_user_data(context), &error);

	if (table == NULL)
		sqlite3_result_error(context, error.message, -1);
	return table;
}

static void
sql_maker_evidence(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct maker_table *table = tables_for(context);
	struct text words = { 0 };

	(void)count;
	if (table == NULL)
		return;
	maker_append_evidence(&words, table, (const char *)sqlite3_value_text(values[0]),
			      (const char *)sqlite3_value_text(values[1]),
			      (const char *)sqlite3_value_text(values[2]));
	if (words.length > 0)
		sqlite3_result_text(context, text_words(&words), (int)words.length,
				    SQLITE_TRANSIENT);
	text_free(&words);
}

static void
sql_maker_nearest(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *make = (const char *)sqlite3_value_text(values[0]), *names[NEAREST_MAX];
	int64_t manufacturers[NEAREST_MAX];
	struct maker_table *table = tables_for(context);
	struct text words = { 0 };
	int found;

	(void)count;
	if (table == NULL || make == NULL)
		return;
	found = maker_nearest(table, make, names, manufacturers, NEAREST_MAX);
	for (int i = 0; i < found; i++)
		text_format(&words, "%s%s", i > 0 ? ", " : "", names[i]);
	if (words.length > 0)
		sqlite3_result_text(context, text_words(&words), (int)words.length,
				    SQLITE_TRANSIENT);
	text_free(&words);
}

bool
makers_register(struct store *store, struct error *error)
{
	enum { FLAGS = SQLITE_UTF8 | SQLITE_DIRECTONLY };

	return (sqlite3_create_function(store->database, "maker_evidence", 3, FLAGS, store,
					sql_maker_evidence, NULL, NULL) == SQLITE_OK &&
		sqlite3_create_function(store->database, "maker_nearest", 1, FLAGS, store,
					sql_maker_nearest, NULL, NULL) == SQLITE_OK) ||
	       store_failed(store, error);
}
