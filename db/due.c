/* SPDX-License-Identifier: MIT */
/*
 * As functions the layers keep the statements of lists short: a filter may name a due date two
 * hundred times.
 */
#include "db/due.h"

#include <string.h>

#include "db/internal.h"

enum layer {
	LAYER_NONE,
	LAYER_PROGRAMME,
	LAYER_ORGANISATION,
	LAYER_SITE,
	LAYER_DEVICE
}; /* places in deadline_layers[] */

/* The earliest date so far. */
struct due {
	struct store *store;
	const char *today;
	char day[DATE_TEXT_SIZE];	/* "" for none */
	enum layer layer;
	bool failed;
};

static const char *
word_of(sqlite3_value *value)
{
	const char *word = (const char *)sqlite3_value_text(value);

	return word != NULL ? word : "";
}

/* The one date that the statement gives for the record counts when it is earlier. */
static void
consider(struct due *due, enum statement name, int64_t id, enum layer layer)
{
	struct error error;
	sqlite3_stmt *statement = store_statement(due->store, name, &error);
	const char *day;
	int step = SQLITE_ERROR;

	if (statement != NULL) {
		int index = sqlite3_bind_parameter_index(statement, ":id"),
		    today = sqlite3_bind_parameter_index(statement, ":today");

		if (index > 0)
			sqlite3_bind_int64(statement, index, id);
		if (today > 0)
			sqlite3_bind_text(statement, today, due->today, -1, SQLITE_TRANSIENT);
		step = sqlite3_step(statement);
		day = step == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
		if (day != NULL && strlen(day) < DATE_TEXT_SIZE &&
		    (due->day[0] == '\0' || strcmp(day, due->day) < 0)) {
			memcpy(due->day, day, strlen(day) + 1);
			due->layer = layer;
		}
		sqlite3_reset(statement);
	}
	due->failed = due->failed || (step != SQLITE_ROW && step != SQLITE_DONE);
}

static struct due
due_of_site(struct store *store, sqlite3_value **values)
{
	enum { SITE, ANY_LEFT, DAY };
	struct due due = { .store = store, .today = word_of(values[DAY]) };
	int64_t site = sqlite3_value_int64(values[SITE]);

	if (sqlite3_value_int(values[ANY_LEFT])) {
		consider(&due, DUE_PROGRAMME, site, LAYER_PROGRAMME);
		consider(&due, DUE_ORGANISATION, site, LAYER_ORGANISATION);
	}
	consider(&due, DUE_SITE, site, LAYER_SITE);
	consider(&due, DUE_SITE_DEVICES, site, LAYER_DEVICE);
	return due;
}

static struct due
due_of_device(struct store *store, sqlite3_value **values)
{
	enum { DEVICE, HAS_OWN, SITE, IN_SCOPE, DAY };
	struct due due = { .store = store, .today = word_of(values[DAY]) };
	int64_t site = sqlite3_value_int64(values[SITE]);

	if (sqlite3_value_int(values[IN_SCOPE])) {
		consider(&due, DUE_PROGRAMME, site, LAYER_PROGRAMME);
		consider(&due, DUE_ORGANISATION, site, LAYER_ORGANISATION);
		consider(&due, DUE_SITE_CLEARING, site, LAYER_SITE);
	}
	if (sqlite3_value_int(values[HAS_OWN]))
		consider(&due, DUE_DEVICE, sqlite3_value_int64(values[DEVICE]), LAYER_DEVICE);
	return due;
}

static void
answer_day(sqlite3_context *context, const struct due *due)
{
	if (due->failed)
		sqlite3_result_error(context, "the layers of a deadline cannot be read", -1);
	else if (due->day[0] != '\0')
		sqlite3_result_text(context, due->day, -1, SQLITE_TRANSIENT);
}

static void
answer_layer(sqlite3_context *context, const struct due *due)
{
	if (due->failed)
		sqlite3_result_error(context, "the layers of a deadline cannot be read", -1);
	else
		sqlite3_result_text(context, deadline_layers[due->layer].name, -1, SQLITE_STATIC);
}

static void
sql_site_due(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct due due = due_of_site(sqlite3_user_data(context), values);

	(void)count;
	answer_day(context, &due);
}

static void
sql_site_due_layer(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct due due = due_of_site(sqlite3_user_data(context), values);

	(void)count;
	answer_layer(context, &due);
}

static void
sql_device_due(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct due due = due_of_device(sqlite3_user_data(context), values);

	(void)count;
	answer_day(context, &due);
}

static void
sql_device_due_layer(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct due due = due_of_device(sqlite3_user_data(context), values);

	(void)count;
	answer_layer(context, &due);
}

bool
due_register(struct store *store, struct error *error)
{
	static const struct {
		const char *name;
		int arguments;
		void (*run)(sqlite3_context *context, int count, sqlite3_value **values);
	} functions[] = {
		{ "site_due", 3, sql_site_due }, { "site_due_layer", 3, sql_site_due_layer },
		{ "device_due", 5, sql_device_due },
		{ "device_due_layer", 5, sql_device_due_layer },
	};

	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
		if (sqlite3_create_function(store->database, functions[i].name,
					    functions[i].arguments, SQLITE_UTF8 | SQLITE_DIRECTONLY,
					    store, functions[i].run, NULL, NULL) != SQLITE_OK)
			return store_failed(store, error);
	return true;
}
