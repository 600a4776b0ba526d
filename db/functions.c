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
	const char *group;	/* that one's parent group, company_fold(); NULL for none */
	bool is_covered;
};

static const char *
word_of(sqlite3_value *value)
{
	return (const char *)sqlite3_value_text(value);
}

/*
 * By a statement that is not kept: it may be asked for in the middle of another.  False when it
 * cannot be asked now.
 */
static bool
find_manufacturer(struct store *store, const char *day, struct company *company,
		  struct arena *arena)
{
	struct text sql = { 0 };
	sqlite3_stmt *statement;
	int step;

	if (company->manufacturer == 0)
		return true;
	column_expand(&sql, "SELECT parent_group, id IN {manufacturer.covering} FROM manufacturer "
			    "WHERE id = :id");
	step = sqlite3_prepare_v2(store->database, text_words(&sql), -1, &statement, NULL);
	text_free(&sql);
	if (step != SQLITE_OK)
		return false;
	bind_integer(statement, ":id", company->manufacturer);
	bind_text(statement, ":judged_on", day);
	step = sqlite3_step(statement);
	if (step == SQLITE_ROW) {
		const char *group = (const char *)sqlite3_column_text(statement, 0);

		company->group = group != NULL ? company_fold(arena, group) : NULL;
		company->is_covered = sqlite3_column_int(statement, 1) != 0;
	}
	sqlite3_finalize(statement);
	return step == SQLITE_ROW || step == SQLITE_DONE;
}

static bool
is_same(const struct company *a, const struct company *b)
{
	return strcmp(a->name, b->name) == 0 ||
	       (a->manufacturer != 0 && a->manufacturer == b->manufacturer) ||
	       (a->group != NULL && text_equals(a->group, b->group));
}

/* What is no name is nobody's: nothing, signs alone, and words for not knowing. */
static void
read_company(struct maker_table *makers, const char *words, struct company *company,
	     struct arena *arena)
{
	size_t size = words != NULL ? strlen(words) : 0;
	const char *start = words != NULL ? text_trim(words, &size) : "",
		   *name = arena_bytes(arena, start, size), *folded = company_fold(arena, name);

	*company = (struct company){ 0 };
	if (unknown_is(name) || *folded == '\0')
		return;
	company->name = folded;
	company->manufacturer = maker_table_company(makers, name);
}

/* Next to a covered company, what no table knows may be another name of it. */
static bool
may_be_same(const struct company *a, const struct company *b, bool beside_covered)
{
	return is_same(a, b) ||
	       (beside_covered && (a->manufacturer == 0 || b->manufacturer == 0));
}

static const char *
judge_companies(const struct company companies[COMPANIES])
{
	bool missing = false, same = true, possible = true, covered = true, any = false;

	for (int i = 0; i < COMPANIES; i++)
		any |= companies[i].is_covered;
	for (int i = 0; i < COMPANIES; i++) {
		missing |= companies[i].name == NULL;
		covered &= companies[i].is_covered;
		for (int j = 0; j < i; j++) {
			const struct company *a = &companies[j], *b = &companies[i];

			if (a->name == NULL || b->name == NULL)
				continue;
			same &= is_same(a, b);
			possible &= may_be_same(a, b, any);
		}
	}
	if (!possible)
		return "no";
	if (missing || !same)
		return "unknown";
	return covered ? "covered" : "yes";
}

static void
sql_one_company(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct store *store = sqlite3_user_data(context);
	struct arena arena = { 0 };
	struct company companies[COMPANIES];
	struct error ignored;
	struct maker_table *makers = store_makers(store, &ignored);
	bool found = makers != NULL;

	(void)count;
	for (int i = 0; i < COMPANIES && found; i++) {
		read_company(makers, word_of(values[i]), &companies[i], &arena);
		found = find_manufacturer(store, word_of(values[COMPANIES]), &companies[i], &arena);
	}
	if (found)
		sqlite3_result_text(context, judge_companies(companies), -1, SQLITE_STATIC);
	else
		function_failed(context, store);
	arena_free(&arena);
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
