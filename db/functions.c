/* SPDX-License-Identifier: MIT */
#include "db/functions.h"

#include <string.h>

#include "core/company.h"
#include "core/date.h"
#include "core/unknown.h"
#include "db/columns.h"
#include "db/internal.h"
#include "db/maker_load.h"
#include "db/replay.h"

enum { COMPANIES = 3 };		/* that a contract names: supplier, operator, data holder */

/* A company as a contract names it. */
struct company {
	const char *name;	/* company_fold(); NULL for none */
	int64_t manufacturer;	/* whose name that is; 0 for nobody's */
};

static const char *
word_of(sqlite3_value *value)
{
	return (const char *)sqlite3_value_text(value);
}

/*
 * SQL that is not kept: it may be asked for in the middle of another statement.  False when it
 * cannot be asked now.
 */
static bool
find_manufacturers(struct store *store, struct company companies[COMPANIES], struct arena *arena)
{
	sqlite3_stmt *statement;
	int step;

	if (sqlite3_prepare_v2(store->database,
			       "SELECT id, name FROM manufacturer UNION ALL SELECT "
			       "manufacturer_id, name FROM manufacturer_name",
			       -1, &statement, NULL) != SQLITE_OK)
		return false;
	while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
		const char *name = company_fold(arena,
						(const char *)sqlite3_column_text(statement, 1));

		for (int i = 0; i < COMPANIES; i++)
			if (companies[i].name != NULL && strcmp(companies[i].name, name) == 0)
				companies[i].manufacturer = sqlite3_column_int64(statement, 0);
	}
	sqlite3_finalize(statement);
	return step == SQLITE_DONE;
}

/* Whether the manufacturer is covered on that day; false when it cannot be asked now. */
static bool
find_covered(struct store *store, int64_t manufacturer, const char *day, bool *covered)
{
	struct text sql = { 0 };
	sqlite3_stmt *statement;
	int step;

	*covered = false;
	if (manufacturer == 0)
		return true;
	column_expand(&sql, "SELECT 1 WHERE ?1 IN {manufacturer.covering}");
	step = sqlite3_prepare_v2(store->database, text_words(&sql), -1, &statement, NULL);
	text_free(&sql);
	if (step != SQLITE_OK)
		return false;
	sqlite3_bind_int64(statement, 1, manufacturer);
	bind_text(statement, ":judged_on", day);
	step = sqlite3_step(statement);
	*covered = step == SQLITE_ROW;
	sqlite3_finalize(statement);
	return step == SQLITE_ROW || step == SQLITE_DONE;
}

static bool
is_same(const struct company *a, const struct company *b)
{
	return strcmp(a->name, b->name) == 0 ||
	       (a->manufacturer != 0 && a->manufacturer == b->manufacturer);
}

/* For comparing; NULL for what is no name: nothing, signs alone, and words for not knowing. */
static const char *
company_name(struct arena *arena, const char *words)
{
	size_t size = words != NULL ? strlen(words) : 0;
	const char *start = words != NULL ? text_trim(words, &size) : "",
		   *name = arena_bytes(arena, start, size);

	if (unknown_is(name))
		return NULL;
	name = company_fold(arena, name);
	return *name != '\0' ? name : NULL;
}

static void
sql_one_company(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct store *store = sqlite3_user_data(context);
	struct arena arena = { 0 };
	struct company companies[COMPANIES] = { 0 };
	const struct company *first = NULL;
	bool missing = false, same = true, covered = false, found;
	const char *answer;

	(void)count;
	for (int i = 0; i < COMPANIES; i++)
		companies[i].name = company_name(&arena, word_of(values[i]));
	found = find_manufacturers(store, companies, &arena);
	for (int i = 0; i < COMPANIES; i++) {
		missing = missing || companies[i].name == NULL;
		if (companies[i].name != NULL && first == NULL)
			first = &companies[i];
		same = same && (companies[i].name == NULL || is_same(first, &companies[i]));
	}
	if (found && same && !missing)
		found = find_covered(store, first->manufacturer, word_of(values[COMPANIES]),
				     &covered);
	if (!same)
		answer = "no";
	else if (missing)
		answer = "unknown";
	else
		answer = covered ? "covered" : "yes";
	arena_free(&arena);
	if (found)
		sqlite3_result_text(context, answer, -1, SQLITE_STATIC);
	else
		function_failed(context, store);
}

static void
sql_day_words(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *day = word_of(values[0]);
	char words[DATE_WORDS_SIZE];
	struct date date;

	(void)count;
	if (day == NULL || !date_parse(day, true, &date))
		return;
	date_words(date, words);
	sqlite3_result_text(context, words, -1, SQLITE_TRANSIENT);
}

static void
sql_months_before(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *day = word_of(values[0]);
	char text[DATE_TEXT_SIZE];
	struct date date;

	(void)count;
	if (day == NULL || !date_parse_iso(day, &date))
		return;
	date_format(date_add_months(date, -sqlite3_value_int(values[1])), text);
	sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

static void
sql_says_unknown(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *words = word_of(values[0]);

	(void)count;
	sqlite3_result_int(context, words != NULL && unknown_is(words));
}

bool
functions_register(struct store *store, struct error *error)
{
	static const struct {
		const char *name;
		int arguments;
		void (*run)(sqlite3_context *context, int count, sqlite3_value **values);
	} functions[] = {
		{ "one_company", COMPANIES + 1, sql_one_company },
		{ "day_words", 1, sql_day_words },
		{ "months_before", 2, sql_months_before },
		{ "says_unknown", 1, sql_says_unknown },
	};

	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
		if (sqlite3_create_function(store->database, functions[i].name,
					    functions[i].arguments,
					    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
					    store, functions[i].run, NULL, NULL) != SQLITE_OK)
			return store_failed(store, error);
	return makers_register(store, error) && replay_register(store, error);
}
