/* SPDX-License-Identifier: MIT */
/*
 * As functions the layers keep the statements of lists short: a filter may name a due date two
 * hundred times.
 */
#include "db/due.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/due_table.h"
#include "db/internal.h"

/* A list that asks of more sites or devices than these will ask of many more. */
enum { ASKED_ONE_BY_ONE = 300 };

/* Places in deadline_layers[]. */
enum layer { LAYER_NONE, LAYER_PROGRAMME, LAYER_ORGANISATION, LAYER_SITE, LAYER_DEVICE };

/* What is known while a statement runs: SQLite forgets it with the statement. */
struct asking {
	int asked;
	uint64_t table;		/* the number of the one that held when it began; 0: none */
};

/* The earliest date so far. */
struct due {
	struct store *store;
	struct due_table *table;	/* NULL: each date is asked for */
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

/* Another read of the register, for a statement that began anew, may have made another table. */
static struct due_table *
table_of(struct store *store, const struct asking *asking)
{
	return asking->table != 0 && store->due_table != NULL &&
			       due_table_number(store->due_table) == asking->table
		       ? store->due_table
		       : NULL;
}

/* The dates of all, where the statement asks of many; `day` is the place of the day. */
static struct due_table *
find_table(sqlite3_context *context, sqlite3_value **values, int day)
{
	struct store *store = sqlite3_user_data(context);
	struct asking *asking = sqlite3_get_auxdata(context, day);
	struct due_table *table = NULL;

	if (asking == NULL) {
		asking = memory_alloc(sizeof *asking);
		table = due_table_now(store, word_of(values[day]));
		asking->table = table != NULL ? due_table_number(table) : 0;
		sqlite3_set_auxdata(context, day, asking, free);
		return table;
	}
	if (++asking->asked == ASKED_ONE_BY_ONE && table_of(store, asking) == NULL) {
		table = due_table_now(store, word_of(values[day]));
		if (table == NULL)
			table = due_table_read(store, word_of(values[day]));
		asking->table = table != NULL ? due_table_number(table) : 0;
	}
	return table_of(store, asking);
}

static void
keep_earlier(struct due *due, const char *day, enum layer layer)
{
	if (day == NULL || day[0] == '\0' || strlen(day) >= DATE_TEXT_SIZE ||
	    (due->day[0] != '\0' && strcmp(day, due->day) >= 0))
		return;
	memcpy(due->day, day, strlen(day) + 1);
	due->layer = layer;
}

/* Asks a statement for its one value of the record, which it holds until it is reset. */
static sqlite3_stmt *
ask(struct store *store, enum statement name, int64_t id, const char *today, int *step)
{
	struct error error;
	sqlite3_stmt *statement = store_statement(store, name, &error);
	int index;

	*step = SQLITE_ERROR;
	if (statement == NULL)
		return NULL;
	index = sqlite3_bind_parameter_index(statement, ":id");
	if (index > 0)
		sqlite3_bind_int64(statement, index, id);
	index = sqlite3_bind_parameter_index(statement, ":today");
	if (index > 0)
		sqlite3_bind_text(statement, index, today, -1, SQLITE_TRANSIENT);
	*step = sqlite3_step(statement);
	return statement;
}

/* The one date that the statement gives for the record counts when it is earlier. */
static void
consider(struct due *due, enum statement name, int64_t id, enum layer layer)
{
	sqlite3_stmt *statement;
	const char *day;
	int step;

	if (due->table != NULL) {
		day = due_table_day(due->table, name, id);
		keep_earlier(due, day, layer);
		due->failed = due->failed || day == NULL;
		return;
	}
	statement = ask(due->store, name, id, due->today, &step);
	if (step == SQLITE_ROW)
		keep_earlier(due, (const char *)sqlite3_column_text(statement, 0), layer);
	sqlite3_reset(statement);
	due->failed = due->failed || (step != SQLITE_ROW && step != SQLITE_DONE);
}

static struct due
due_of_site(sqlite3_context *context, sqlite3_value **values)
{
	enum { SITE, ANY_LEFT, DAY };
	struct due due = { .store = sqlite3_user_data(context),
			   .table = find_table(context, values, DAY),
			   .today = word_of(values[DAY]) };
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
due_of_device(sqlite3_context *context, sqlite3_value **values)
{
	enum { DEVICE, HAS_OWN, SITE, IN_SCOPE, DAY };
	struct due due = { .store = sqlite3_user_data(context),
			   .table = find_table(context, values, DAY),
			   .today = word_of(values[DAY]) };
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
	struct due due = due_of_site(context, values);

	(void)count;
	answer_day(context, &due);
}

static void
sql_site_due_layer(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct due due = due_of_site(context, values);

	(void)count;
	answer_layer(context, &due);
}

static void
sql_device_due(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct due due = due_of_device(context, values);

	(void)count;
	answer_day(context, &due);
}

static void
sql_device_due_layer(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct due due = due_of_device(context, values);

	(void)count;
	answer_layer(context, &due);
}

static bool
site_has_date(struct store *store, struct due_table *table, int64_t site, const char *today,
	      bool *has)
{
	sqlite3_stmt *statement;
	int step;

	if (table != NULL)
		return due_table_has_date(table, site, has);
	statement = ask(store, SITE_DATED, site, today, &step);
	*has = step == SQLITE_ROW && sqlite3_column_int(statement, 0) != 0;
	sqlite3_reset(statement);
	return step == SQLITE_ROW;
}

static void
sql_site_dated(sqlite3_context *context, int count, sqlite3_value **values)
{
	enum { SITE, DAY };
	struct due_table *table = find_table(context, values, DAY);
	bool has;

	(void)count;
	if (site_has_date(sqlite3_user_data(context), table, sqlite3_value_int64(values[SITE]),
			  word_of(values[DAY]), &has))
		sqlite3_result_int(context, has);
	else
		sqlite3_result_error(context, "the deadlines of a site cannot be read", -1);
}

bool
due_register(struct store *store, struct error *error)
{
	static const struct {
		const char *name;
		int arguments;
		void (*run)(sqlite3_context *context, int count, sqlite3_value **values);
	} functions[] = {
		{ "site_due", 3, sql_site_due },
		{ "site_due_layer", 3, sql_site_due_layer },
		{ "device_due", 5, sql_device_due },
		{ "device_due_layer", 5, sql_device_due_layer },
		{ "site_dated", 2, sql_site_dated },
	};

	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
		if (sqlite3_create_function(store->database, functions[i].name,
					    functions[i].arguments, SQLITE_UTF8 | SQLITE_DIRECTONLY,
					    store, functions[i].run, NULL, NULL) != SQLITE_OK)
			return store_failed(store, error);
	return true;
}
