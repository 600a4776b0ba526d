/* SPDX-License-Identifier: MIT */
/* Rows that go in several at once are those that go in one by one. */
#include "tests/support.h"

#include <stdio.h>
#include <string.h>

#include "db/bulk.h"
#include "db/insert.h"
#include "db/record.h"

enum { MANY = 10000 };	/* so many are expected */

static struct bulk *
open_gathering(struct support *test, int64_t *site)
{
	struct bulk *bulk;

	support_begin(test, "Fill");
	*site = support_add(test, ENTITY_SITE, "code=S1", NULL).value;
	bulk = bulk_open(test->session.store, ENTITY_DEVICE, MANY, NULL, &test->error);
	support_must(test, bulk != NULL && bulk_gather(bulk, &test->error));
	return bulk;
}

static bool
insert(struct support *test, struct bulk *bulk, int64_t site, int number, const char *removed_on)
{
	struct record *device = record_new(&test->arena, ENTITY_DEVICE);
	int64_t references[ENTITY_FIELDS_MAX] = { [DEVICE_site] = site };
	char tag[16];
	int64_t id;
	bool done;

	snprintf(tag, sizeof tag, "T%d", number);
	device->values[DEVICE_tag] = tag;
	device->values[DEVICE_removed_on] = removed_on;
	done = bulk_insert(bulk, device->values, references, &id, &test->error);
	memset(tag, '-', sizeof tag);
	return done;
}

static int64_t
count(struct support *test)
{
	return support_number(test, "SELECT count(*) FROM device");
}

static void
rows_wait_until_they_are_enough_or_asked_for(void **state)
{
	struct support *test = *state;
	int64_t site;
	struct bulk *bulk = open_gathering(test, &site);

	for (int i = 1; i < INSERT_TOGETHER; i++)
		support_must(test, insert(test, bulk, site, i, NULL));
	assert_int_equal(count(test), 0);
	support_must(test, insert(test, bulk, site, INSERT_TOGETHER, NULL));
	assert_int_equal(count(test), INSERT_TOGETHER);
	for (int i = 1; i <= 3; i++)
		support_must(test, insert(test, bulk, site, INSERT_TOGETHER + i, i == 2 ? "2025-03-01" : NULL));
	support_must(test, bulk_flush(bulk, &test->error));
	assert_int_equal(count(test), INSERT_TOGETHER + 3);
	support_must(test, insert(test, bulk, site, INSERT_TOGETHER + 4, NULL));
	support_must(test, bulk_close(bulk, &test->error));
	support_commit(test);
	assert_int_equal(count(test), INSERT_TOGETHER + 4);
	assert_int_equal(support_number(test, "SELECT count(DISTINCT uuid) FROM device"), INSERT_TOGETHER + 4);
	assert_found(test, ENTITY_DEVICE, "removed_on:2025-03-01", "T18");
	assert_value(test, ENTITY_DEVICE, "T1", "site", "S1");
	assert_value(test, ENTITY_DEVICE, "T20", "present", "yes");
}

static void
the_rows_in_front_of_one_that_cannot_go_in_are_in(void **state)
{
	struct support *test = *state;
	int64_t site;
	struct bulk *bulk = open_gathering(test, &site);

	for (int i = 1; i < INSERT_TOGETHER; i++)
		support_must(test, insert(test, bulk, site, i, i == 9 ? "2025-02-30" : NULL));
	assert_false(insert(test, bulk, site, INSERT_TOGETHER, NULL));
	assert_int_equal(test->error.kind, ERROR_CONFLICT);
	assert_non_null(strstr(test->error.message, "removed_on"));
	assert_int_equal(count(test), 8);
	bulk_abandon(bulk);
	store_entry_rollback(test->session.store);
	assert_int_equal(count(test), 0);
}

static void
add_row(FILE *file, int number, const char *place)
{
	fprintf(file, "T%d,S1,%s\n", number, place);
}

/* A row of them says more of T5, and one contradicts T7. */
static void
a_row_finds_those_of_the_file_that_wait(void **state)
{
	struct support *test = *state;
	const char *path = support_path(test, "rows.csv");
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs("tag,site,place\n", file);
	for (int i = 1; i <= 7; i++)
		add_row(file, i, i == 5 ? "" : "Hall");
	add_row(file, 5, "Gate");
	for (int i = 8; i <= 40; i++)
		add_row(file, i, "Hall");
	add_row(file, 7, "Roof");
	assert_int_equal(fclose(file), 0);
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_run(test, "import", NULL, arena_format(&test->arena, "file=%s", path), "as=devices", NULL);
	assert_int_equal(count(test), 39);
	assert_value(test, ENTITY_DEVICE, "T5", "place", "Gate");
	assert_value(test, ENTITY_DEVICE, "T40", "place", "Hall");
	assert_value(test, ENTITY_SITE, "S1", "devices", "39");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(rows_wait_until_they_are_enough_or_asked_for),
		register_test(the_rows_in_front_of_one_that_cannot_go_in_are_in),
		register_test(a_row_finds_those_of_the_file_that_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
