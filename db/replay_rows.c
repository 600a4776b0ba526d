/* SPDX-License-Identifier: MIT */
#include "db/replay_rows.h"

#include <stdlib.h>
#include <string.h>

#include "core/entity.h"
#include "core/memory.h"
#include "db/internal.h"

enum { RECORD_ID, RECORD, FIELD, OLD, NEW, ROWS };

static const char columns[] = "CREATE TABLE x (record_id, record, field, old, new, rows HIDDEN)";
static const char pointer_name[] = "replay_rows";

/* What of a device may change, in the order in which it is written down. */
static const int parts[] = { DEVICE_manufacturer, DEVICE_rival, DEVICE_evidence };

enum { PARTS = sizeof parts / sizeof parts[0] };

struct cursor {
	sqlite3_vtab_cursor base;	/* SQLite's, first */
	const struct replay_rows *rows;
	size_t place;			/* of the row: of its change, times PARTS, and its part */
};

static const struct replay_change *
change_of(const struct cursor *cursor)
{
	return &cursor->rows->changes[cursor->place / PARTS];
}

static int
part_of(const struct cursor *cursor)
{
	return parts[cursor->place % PARTS];
}

static bool
is_end(const struct cursor *cursor)
{
	return cursor->rows == NULL || cursor->place >= cursor->rows->count * PARTS;
}

static bool
is_changed(const struct replay_change *change, int part)
{
	if (part == DEVICE_manufacturer)
		return change->stands.manufacturer != change->now.manufacturer;
	if (part == DEVICE_rival)
		return change->stands.rival != change->now.rival;
	return strcmp(change->stands.evidence, change->now.evidence) != 0;
}

static void
pass_over_the_same(struct cursor *cursor)
{
	while (!is_end(cursor) && !is_changed(change_of(cursor), part_of(cursor)))
		cursor->place++;
}

static int
connect_table(sqlite3 *database, void *context, int count, const char *const *words,
	      sqlite3_vtab **table, char **message)
{
	(void)context, (void)count, (void)words, (void)message;
	*table = memory_alloc(sizeof **table);
	sqlite3_vtab_config(database, SQLITE_VTAB_DIRECTONLY);
	return sqlite3_declare_vtab(database, columns);
}

static int
disconnect_table(sqlite3_vtab *table)
{
	free(table);
	return SQLITE_OK;
}

/* There is one way to read it: from the first to the last, of the rows that the statement names. */
static int
plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table;
	for (int i = 0; i < info->nConstraint; i++) {
		const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];

		if (constraint->iColumn != ROWS || !constraint->usable ||
		    constraint->op != SQLITE_INDEX_CONSTRAINT_EQ)
			continue;
		info->aConstraintUsage[i].argvIndex = 1;
		info->aConstraintUsage[i].omit = 1;
		return SQLITE_OK;
	}
	return SQLITE_CONSTRAINT;
}

static int
open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **base)
{
	struct cursor *cursor = memory_alloc(sizeof *cursor);

	(void)table;
	*base = &cursor->base;
	return SQLITE_OK;
}

static int
close_cursor(sqlite3_vtab_cursor *base)
{
	free(base);
	return SQLITE_OK;
}

static int
begin(sqlite3_vtab_cursor *base, int number, const char *words, int count, sqlite3_value **values)
{
	struct cursor *cursor = (struct cursor *)base;

	(void)number, (void)words, (void)count;
	cursor->rows = sqlite3_value_pointer(values[0], pointer_name);
	cursor->place = 0;
	pass_over_the_same(cursor);
	return SQLITE_OK;
}

static int
go_on(sqlite3_vtab_cursor *base)
{
	struct cursor *cursor = (struct cursor *)base;

	cursor->place++;
	pass_over_the_same(cursor);
	return SQLITE_OK;
}

static int
ends(sqlite3_vtab_cursor *base)
{
	return is_end((struct cursor *)base);
}

static void
give_text(sqlite3_context *context, const char *text)
{
	sqlite3_result_text(context, text, -1, SQLITE_STATIC);
}

/* Nobody is NULL, as a result is that is not set. */
static void
give_attribution(sqlite3_context *context, const struct attribution *attribution, int part)
{
	int64_t id = part == DEVICE_manufacturer ? attribution->manufacturer : attribution->rival;

	if (part == DEVICE_evidence)
		give_text(context, attribution->evidence);
	else if (id != 0)
		sqlite3_result_int64(context, id);
}

static int
give_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column)
{
	const struct cursor *cursor = (const struct cursor *)base;
	const struct replay_change *change = change_of(cursor);
	int part = part_of(cursor);

	if (column == RECORD_ID)
		sqlite3_result_int64(context, change->device);
	else if (column == RECORD)
		give_text(context, change->tag);
	else if (column == FIELD)
		give_text(context, entities[ENTITY_DEVICE].fields[part].name);
	else if (column == OLD || column == NEW)
		give_attribution(context, column == OLD ? &change->stands : &change->now, part);
	return SQLITE_OK;
}

static int
give_number(sqlite3_vtab_cursor *base, sqlite3_int64 *number)
{
	*number = (sqlite3_int64)((const struct cursor *)base)->place;
	return SQLITE_OK;
}

/* Without a way to create one it is there by its name alone. */
static const sqlite3_module module = {
	.xConnect = connect_table,
	.xBestIndex = plan,
	.xDisconnect = disconnect_table,
	.xOpen = open_cursor,
	.xClose = close_cursor,
	.xFilter = begin,
	.xNext = go_on,
	.xEof = ends,
	.xColumn = give_column,
	.xRowid = give_number,
};

bool
replay_rows_register(struct store *store, struct error *error)
{
	return sqlite3_create_module(store->database, "replayed", &module, NULL) == SQLITE_OK ||
	       store_failed(store, error);
}

void
replay_rows_bind(sqlite3_stmt *statement, int parameter, struct replay_rows *rows)
{
	sqlite3_bind_pointer(statement, parameter, rows, pointer_name, NULL);
}
