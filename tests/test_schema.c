/* SPDX-License-Identifier: MIT */
/* What the tables refuse by themselves, past everything that is written in C. */

#include "tests/support.h"

#include <sqlite3.h>
#include <stdio.h>

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
	static const char *const wrong[] = { "garbage", "2024-02-31", "2024-13-01", "31/01/2024", "2023-02-29", "now", "0" };
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

			if ((entity->kind != ENTITY_SITE && entity->kind != ENTITY_DEVICE && entity->kind != ENTITY_MANUFACTURER) ||
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(the_tables_themselves_refuse_what_is_no_date),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
