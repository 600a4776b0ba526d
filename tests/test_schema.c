/* SPDX-License-Identifier: MIT */
/* What the tables refuse by themselves, past everything that is written in C. */

#include "tests/support.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static bool
table_takes(sqlite3 *database, const char *table, const char *column, const char *value)
{
	char sql[200];

	snprintf(sql, sizeof sql, "UPDATE %s SET %s = '%s'", table, column, value);
	return sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static void
the_tables_themselves_refuse_what_is_no_date(void **state)
{
	static const char *const wrong[] = { "garbage",    "2024-02-31", "2024-13-01", "31/01/2024",
					     "2023-02-29", "now",        "0" };
	struct support *test = *state;
	sqlite3 *database;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_DEVICE, "tag=D1", "site=S1");
	support_add_alone(test, ENTITY_MANUFACTURER, "name=M1", NULL);
	session_close(&test->session);
	assert_int_equal(sqlite3_open(test->path, &database), SQLITE_OK);
	for each_entity(entity)
		for each_field(field, entity->fields) {
			bool partial = field->type == FIELD_PARTIAL_DATE;

			if ((entity->kind != ENTITY_SITE && entity->kind != ENTITY_DEVICE &&
			     entity->kind != ENTITY_MANUFACTURER) ||
			    (field->type != FIELD_DATE && !partial) || !field_is_stored(field))
				continue;
			for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
				if (table_takes(database, entity->name, field->name, wrong[i]))
					fail_msg("%s.%s took '%s'", entity->name, field->name, wrong[i]);
			assert_true(table_takes(database, entity->name, field->name, "2024-02-29"));
			assert_int_equal(table_takes(database, entity->name, field->name, "2024-02"), partial);
			assert_int_equal(table_takes(database, entity->name, field->name, "2024"), partial);
		}
	sqlite3_close(database);
	support_must(test, session_open(&test->session, STORE_WRITE, &test->error));
}

/* Every value of every row of the tables, but for what newer versions added: `columns` are the old ones. */
static const char *
read_columns(struct support *test, sqlite3 *database, const char *table, const char *columns)
{
	struct text all = { 0 };
	sqlite3_stmt *statement;
	const char *kept;

	assert_int_equal(sqlite3_prepare_v2(database,
					    arena_format(&test->arena, "SELECT %s FROM %s ORDER BY id", columns, table),
					    -1, &statement, NULL),
			 SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(statement); i++)
			text_format(&all, "%s|", sqlite3_column_type(statement, i) == SQLITE_NULL ? "NULL" :
				    (const char *)sqlite3_column_text(statement, i));
	sqlite3_finalize(statement);
	kept = arena_text(&test->arena, text_words(&all));
	text_free(&all);
	return kept;
}

/* The names of the table's columns, with commas between. */
static const char *
columns_of(struct support *test, sqlite3 *database, const char *table)
{
	sqlite3_stmt *statement;
	const char *columns;

	assert_int_equal(sqlite3_prepare_v2(database,
					    arena_format(&test->arena,
							 "SELECT group_concat(iif(type = 'BLOB', 'hex(' || name || "
							 "')', name)) FROM pragma_table_info('%s')",
							 table),
					    -1, &statement, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	columns = arena_text(&test->arena, (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	return columns;
}

static const char *
read_whole(struct support *test, const char *path)
{
	FILE *file = fopen(path, "r");
	struct text bytes = { 0 };
	char part[4096];
	const char *kept;

	assert_non_null(file);
	for (size_t size; (size = fread(part, 1, sizeof part, file)) > 0;)
		text_append_bytes(&bytes, part, size);
	fclose(file);
	kept = arena_text(&test->arena, text_words(&bytes));
	text_free(&bytes);
	return kept;
}

static const char *const old_tables[] = {
	"entry", "change", "bin", "organisation", "site", "assessment", "manufacturer", "manufacturer_name", "device",
	"deadline", "source", "refusal",
};

enum { OLD_TABLES = sizeof old_tables / sizeof old_tables[0] };

/* The columns as this program calls them: the date of a deadline is its target now. */
static const char *
columns_now(struct support *test, const char *table, const char *columns)
{
	const char *due = strcmp(table, "deadline") == 0 ? strstr(columns, ",due_on,") : NULL;

	return due == NULL ? columns : arena_format(&test->arena, "%.*s,target_on,%s", (int)(due - columns), columns,
						    due + strlen(",due_on,"));
}

/* Columns in which an expression stands for one of them. */
static const char *
put_for(struct support *test, const char *columns, const char *column, const char *expression)
{
	const char *at = strstr(columns, column);

	assert_non_null(at);
	return arena_format(&test->arena, "%.*s%s%s", (int)(at - columns), columns, expression, at + strlen(column));
}

/* What the rows of a table say; in the history and in the bin the target of a deadline under its name of today. */
static const char *
rows_of(struct support *test, sqlite3 *database, const char *table, const char *columns)
{
	if (strcmp(table, "change") == 0)
		columns = put_for(test, columns, ",field,",
				  ",iif(entity = 'deadline', replace(field, 'due_on', 'target_on'), field),");
	else if (strcmp(table, "bin") == 0)
		columns = put_for(test, columns, ",contents", ",json_remove(contents, '$.target_on')");
	return read_columns(test, database, table, columns);
}

/* Makes the register of an older version and opens it with this program: every value of every row is there. */
static void
bring_up_to_date(struct support *test, const char *file)
{
	const char *path = support_path(test, "old.terrier"), *columns[OLD_TABLES], *rows[OLD_TABLES];
	sqlite3 *database;

	support_sql(path, read_whole(test, file));
	assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
	for (int i = 0; i < OLD_TABLES; i++) {
		columns[i] = columns_of(test, database, old_tables[i]);
		rows[i] = rows_of(test, database, old_tables[i], columns[i]);
	}
	sqlite3_close(database);
	session_close(&test->session);
	test->session.store = store_open(path, STORE_WRITE, &test->error);
	support_must(test, test->session.store != NULL && store_check(test->session.store, &test->error));
	assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
	for (int i = 0; i < OLD_TABLES; i++)
		assert_string_equal(rows_of(test, database, old_tables[i],
					    columns_now(test, old_tables[i], columns[i])),
				    rows[i]);
	sqlite3_close(database);
}

static void
a_register_of_part_1_is_brought_up_to_date_with_all_its_rows(void **state)
{
	struct support *test = *state;

	bring_up_to_date(test, "tests/data/register-version-5.sql");
	/* What is new has the value that it must have had, and the old work can be taken back. */
	assert_string_equal(support_value(test, ENTITY_REFUSAL, "1", "state"), "open");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "CAM-001", "quantity"), "-");
	support_must(test, support_run(test, "undo", NULL, "entry=4", NULL));
	assert_string_equal(support_find(test, ENTITY_DEVICE, "CAM-009"), "");
	assert_string_equal(support_find(test, ENTITY_REFUSAL, ""), "");
	support_must(test, support_run(test, "redo", NULL, "entry=7", NULL));
	assert_string_equal(support_value(test, ENTITY_DEVICE, "CAM-002", "notes"), "it's");
}

static void
a_register_of_part_2_is_brought_up_to_date_with_all_its_rows(void **state)
{
	struct support *test = *state;

	bring_up_to_date(test, "tests/data/register-version-6.sql");
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "2", "target_on"), "2026-11-01");
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "2", "first_on"), "2026-10-01");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "CAM-2", "evidence"), "none");
	assert_string_equal(support_value(test, ENTITY_SITE, "C1", "extend"), "undecided");
	assert_string_equal(support_find(test, ENTITY_MILESTONE, ""), "October 2024 April 2025");
	/*
	 * An entry of the old program is undone although its field has another name now, and an undone one done again.
	 */
	support_must(test, support_run(test, "undo", NULL, "entry=8", NULL));
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "2", "target_on"), "2026-10-01");
	support_must(test, support_run(test, "undo", NULL, "entry=6", NULL));
	assert_string_equal(support_find(test, ENTITY_DEADLINE, ""), "2");
	support_must(test, support_run(test, "redo", NULL, "entry=15", NULL));
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "3", "target_on"), "2027-01-01");
	support_must(test, support_run(test, "redo", NULL, "entry=13", NULL));
	assert_string_equal(support_value(test, ENTITY_DEVICE, "CAM-9", "evidence"), "none");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(the_tables_themselves_refuse_what_is_no_date),
		register_test(a_register_of_part_1_is_brought_up_to_date_with_all_its_rows),
		register_test(a_register_of_part_2_is_brought_up_to_date_with_all_its_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
