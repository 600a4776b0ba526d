/* SPDX-License-Identifier: MIT */
/* Running SQL: what every file of this folder asks of SQLite, and SQLite's failures in words. */
#include "db/internal.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/deadline.h"
#include "db/columns.h"
#include "db/condition.h"

enum { ASKED_SQL_SIZE = 320 };

static const char *const statement_sql[] = {
#define STATEMENT(name, ...) [name] = #__VA_ARGS__,
#include "db/statements.def"
#undef STATEMENT
};

/* SQLite's result codes, extended ones first, in words; the first row that matches counts. */
static const struct {
	int code;
	enum error_kind kind;
	const char *words;
} failures[] = {
	{ SQLITE_CONSTRAINT_FOREIGNKEY, ERROR_CONFLICT,
	  "A record that this refers to is no longer in the register, or would go while another "
	  "needs it. Nothing was changed." },
	{ SQLITE_READONLY_ROLLBACK, ERROR_FILE,
	  "The register was left in the middle of a change. Try again; where it may not be "
	  "written, copy it, and the file beside it that ends in -journal, to a folder of your own "
	  "and open it there." },
	{ SQLITE_FULL, ERROR_FILE,
	  "The disk is full. Nothing was saved; the register is as it was. Make room and try "
	  "again." },
	{ SQLITE_BUSY, ERROR_CONFLICT,
	  "Another program is writing to the register. Nothing was saved; wait until it has "
	  "finished and try again." },
	{ SQLITE_LOCKED, ERROR_CONFLICT,
	  "Another program is writing to the register. Nothing was saved; wait until it has "
	  "finished and try again." },
	{ SQLITE_READONLY, ERROR_FILE,
	  "The register cannot be written: the file, or the folder that it is in, is read-only. "
	  "Nothing was saved." },
	{ SQLITE_INTERRUPT, ERROR_CANCELLED, "Stopped. Nothing was changed." },
	{ SQLITE_CORRUPT, ERROR_DATABASE,
	  "The register is damaged. Nothing was changed; take the newest copy that you have "
	  "kept." },
	{ SQLITE_NOTADB, ERROR_DATABASE, "The file is not a register of Terrier." },
	{ SQLITE_IOERR, ERROR_FILE,
	  "The disk could not be read or written. What was saved before is safe; check the disk "
	  "and try again." },
	{ SQLITE_CANTOPEN, ERROR_FILE,
	  "The register, or its journal beside it, cannot be opened. Nothing was changed." },
	{ SQLITE_PERM, ERROR_FILE, "You may not open the register." },
	{ SQLITE_NOMEM, ERROR_DATABASE, "The computer has no memory left. Nothing was saved." },
};

bool
store_failed(struct store *store, struct error *error)
{
	int code = sqlite3_extended_errcode(store->database);

	for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++)
		if (code == failures[i].code || (code & 0xff) == failures[i].code)
			return error_set(error, failures[i].kind, "%s", failures[i].words);
	return error_set(error,
			 (code & 0xff) == SQLITE_CONSTRAINT ? ERROR_CONFLICT : ERROR_DATABASE,
			 "SQLite refused: %s.", sqlite3_errmsg(store->database));
}

void
function_failed(sqlite3_context *context, struct store *store)
{
	int code = sqlite3_extended_errcode(store->database);

	sqlite3_result_error(context, sqlite3_errmsg(store->database), -1);
	sqlite3_result_error_code(context, code);
}

bool
store_run(struct store *store, const char *sql, struct error *error)
{
	return sqlite3_exec(store->database, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       store_failed(store, error);
}

bool
store_prepare(struct store *store, const char *sql, sqlite3_stmt **statement, struct error *error)
{
	return sqlite3_prepare_v3(store->database, sql, -1, SQLITE_PREPARE_PERSISTENT, statement,
				  NULL) == SQLITE_OK ||
	       store_failed(store, error);
}

static bool
prepare_expanded(struct store *store, const char *template, sqlite3_stmt **statement,
		 struct error *error)
{
	struct text sql = { 0 };
	bool prepared;

	column_expand(&sql, template);
	prepared = store_prepare(store, text_words(&sql), statement, error);
	text_free(&sql);
	return prepared;
}

sqlite3_stmt *
store_statement(struct store *store, enum statement name, struct error *error)
{
	sqlite3_stmt **statement = &store->statements[name];

	if (*statement == NULL && !prepare_expanded(store, statement_sql[name], statement, error))
		return NULL;
	sqlite3_reset(*statement);
	sqlite3_clear_bindings(*statement);
	return *statement;
}

/* FNV-1a: the slot of some SQL. */
static size_t
slot_of(const char *sql)
{
	uint32_t hash = 2166136261u;

	for (; *sql != '\0'; sql++)
		hash = (hash ^ (unsigned char)*sql) * 16777619u;
	return hash % STATEMENTS_CACHED;
}

sqlite3_stmt *
store_cached(struct store *store, const char *sql, struct error *error)
{
	sqlite3_stmt **statement = &store->cached[slot_of(sql)];

	if (*statement != NULL && strcmp(sqlite3_sql(*statement), sql) != 0) {
		sqlite3_finalize(*statement);
		*statement = NULL;
	}
	if (*statement == NULL && !store_prepare(store, sql, statement, error))
		return NULL;
	sqlite3_reset(*statement);
	sqlite3_clear_bindings(*statement);
	return *statement;
}

void
statement_bind_dates(sqlite3_stmt *statement, struct date today)
{
	static const struct { const char *name; int days; } names[] = {
		{ ":today", 0 },
		{ ":judged_on", 0 },
		{ ":soon", DEADLINE_SOON_DAYS },
	};
	char text[DATE_TEXT_SIZE];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		int index = sqlite3_bind_parameter_index(statement, names[i].name);

		if (index == 0)
			continue;
		date_format(date_from_days(date_days(today) + names[i].days), text);
		sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT);
	}
}

void
statement_bind_values(sqlite3_stmt *statement, const struct sql *sql, struct date today)
{
	size_t value = 0;

	statement_bind_dates(statement, today);
	for (int index = 1; index <= sqlite3_bind_parameter_count(statement); index++) {
		if (sqlite3_bind_parameter_name(statement, index) != NULL)
			continue;
		assert(value < sql->count);
		if (sql->values[value].text != NULL)
			sqlite3_bind_text(statement, index, sql->values[value].text, -1,
					  SQLITE_TRANSIENT);
		else
			sqlite3_bind_int64(statement, index, sql->values[value].number);
		value++;
	}
	assert(value == sql->count);
}

sqlite3_stmt *
store_prepare_bound(struct store *store, const struct sql *sql, struct date today,
		    struct error *error)
{
	sqlite3_stmt *statement;

	if (!store_look(store, error) ||
	    !store_prepare(store, text_words(&sql->text), &statement, error))
		return NULL;
	statement_bind_values(statement, sql, today);
	return statement;
}

const char *
statement_value(sqlite3_stmt *statement, int column, const struct field *field, struct arena *arena)
{
	char instant[DATE_INSTANT_SIZE];

	if (sqlite3_column_type(statement, column) == SQLITE_NULL)
		return NULL;
	if (field->type != FIELD_INSTANT)
		return (const char *)sqlite3_column_text(statement, column);
	date_format_instant(sqlite3_column_int64(statement, column), instant);
	return arena_text(arena, instant);
}

void
bind_text(sqlite3_stmt *statement, const char *name, const char *text)
{
	int index = sqlite3_bind_parameter_index(statement, name);

	assert(index > 0);
	sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT);
}

void
bind_integer(sqlite3_stmt *statement, const char *name, int64_t value)
{
	int index = sqlite3_bind_parameter_index(statement, name);

	assert(index > 0);
	sqlite3_bind_int64(statement, index, value);
}

bool
store_step(struct store *store, sqlite3_stmt *statement, struct error *error)
{
	int step = sqlite3_step(statement);
	bool done = step == SQLITE_DONE || step == SQLITE_ROW || store_failed(store, error);

	sqlite3_reset(statement);
	return done;
}

bool
store_number(struct store *store, sqlite3_stmt *statement, int64_t *number, struct error *error)
{
	int step = sqlite3_step(statement);
	bool found = step == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL;
	bool done = step == SQLITE_ROW || step == SQLITE_DONE || store_failed(store, error);

	*number = found ? sqlite3_column_int64(statement, 0) : 0;
	sqlite3_reset(statement);
	return done;
}

bool
store_ask(struct store *store, int64_t *number, struct error *error, int64_t first, int64_t second,
	  const char *format, ...)
{
	char sql[ASKED_SQL_SIZE];
	sqlite3_stmt *statement;
	va_list arguments;
	int length;
	bool read;

	*number = 0;
	va_start(arguments, format);
	length = vsnprintf(sql, sizeof sql, format, arguments);
	va_end(arguments);
	assert(length > 0 && (size_t)length < sizeof sql);
	if (!store_prepare(store, sql, &statement, error))
		return false;
	if (sqlite3_bind_parameter_count(statement) > 0)
		sqlite3_bind_int64(statement, 1, first);
	if (sqlite3_bind_parameter_count(statement) > 1)
		sqlite3_bind_int64(statement, 2, second);
	read = store_number(store, statement, number, error);
	sqlite3_finalize(statement);
	return read;
}
