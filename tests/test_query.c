/* SPDX-License-Identifier: MIT */
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/chance.h"
#include "db/bulk.h"
#include "db/internal.h"

enum { SITES = 7, DEVICES = 60, ROWS_MAX = 100, PAGE = 7 };

/* A small register in which most values are blank or the same as others. */
static void
fill(struct support *test, uint64_t seed)
{
	static const char *const texts[] = { "", "", "a", "a", "B", "b", "10", "9" };
	static const char *const costs[] = { "", "9", "10.50", "£1,234.50", "99999.99", "0" };
	static const char *const days[] = { "", "", "2022", "2022-06", "2022-06-01", "2023-01-01" };
	struct chance chance = { seed };
	struct arena *arena = &test->arena;

	support_begin(test, "Fill");
	support_add(test, ENTITY_MANUFACTURER, "name=HIK", "covered=yes", "basis=law", "decided_by=Jo",
		    "decided_on=2023-01-01", NULL);
	support_add(test, ENTITY_ORGANISATION, "code=Z", NULL);
	support_add(test, ENTITY_ORGANISATION, "code=A", "parent=Z", NULL);
	for (int i = 0; i < SITES; i++) {
		support_add(test, ENTITY_SITE, arena_format(arena, "code=S%d", (i * 3) % SITES),
			    arena_format(arena, "name=%s", texts[chance_below(&chance, 8)]),
			    i % 3 == 0 ? "organisation=" : i % 3 == 1 ? "organisation=Z" : "organisation=A",
			    arena_format(arena, "survey_on=%s", i % 2 == 0 ? "" : "2024-01-01"),
			    arena_format(arena, "latitude=%s", i % 2 == 0 ? "" : "53.1"), NULL);
		if (i % 3 == 0)
			support_add(test, ENTITY_DEADLINE, arena_format(arena, "site=S%d", (i * 3) % SITES),
				    "target_on=2027-01-01", NULL);
	}
	for (int i = 0; i < DEVICES; i++)
		support_add(test, ENTITY_DEVICE, arena_format(arena, "tag=T%03d", (i * 37) % DEVICES),
			    arena_format(arena, "site=S%u", chance_below(&chance, SITES)),
			    arena_format(arena, "serial=%s", texts[chance_below(&chance, 8)]),
			    arena_format(arena, "place=%s", texts[chance_below(&chance, 8)]),
			    arena_format(arena, "installed_on=%s", days[chance_below(&chance, 6)]),
			    arena_format(arena, "cost=%s", costs[chance_below(&chance, 6)]),
			    chance_percent(&chance, 40) ? "manufacturer=HIK" : "manufacturer=",
			    chance_percent(&chance, 40) ? "removed_on=2024-01-01" : "removed_on=",
			    chance_percent(&chance, 30) ? "kind=camera" : "kind=", NULL);
	support_commit(test);
}

struct list {
	int64_t ids[ROWS_MAX];
	struct position positions[ROWS_MAX];
	size_t count;
};

/* The whole answer, by the cursor. */
static void
read_all(struct support *test, const struct query *query, struct list *list)
{
	struct cursor *cursor = query_open(test->session.store, query, &test->error);
	bool more = true;
	struct row row;

	support_must(test, cursor != NULL);
	list->count = 0;
	while (more) {
		support_must(test, cursor_next(cursor, &row, &more, &test->error));
		if (!more)
			break;
		assert_true(list->count < ROWS_MAX);
		list->positions[list->count] = (struct position){ row.id, arena_text(&test->arena, row.values[0]) };
		list->ids[list->count++] = row.id.value;
	}
	cursor_close(cursor);
}

static void
describe_mistake(const struct query *query, const char *what)
{
	fail_msg("%s sorted by %s%s: %s", query->entity->plural, query->sorts[0].field->name,
		 query->sorts[0].descending ? ", descending" : "", what);
}

/* The page of PAGE rows after (or before) every position is the piece of the list that it should be. */
static void
assert_pages(struct support *test, const struct query *query, const struct list *list)
{
	for (size_t at = 0; at <= list->count; at++)
		for (int direction = DIRECTION_AFTER; direction <= DIRECTION_BEFORE; direction++) {
			bool after = direction == DIRECTION_AFTER;
			/* Position 0 is "from the first row", or "before the end". */
			struct position from = at == 0 ? (struct position){ .id = { query->entity->kind, 0 } }
						       : list->positions[at - 1];
			size_t end = at == 0 ? list->count : at - 1;
			size_t first = after ? at : end > PAGE ? end - PAGE : 0;
			size_t count = after ? (list->count - at < PAGE ? list->count - at : PAGE) : end - first;
			struct arena arena = { 0 };
			struct page page;

			support_must(test, query_page(test->session.store, query, &from, (enum direction)direction,
						      PAGE, &arena, &page, &test->error));
			if (page.count != count)
				describe_mistake(query, after ? "a page after is too short or long"
							      : "a page before is too short or long");
			for (size_t i = 0; i < count; i++)
				if (page.rows[i].id.value != list->ids[first + i])
					describe_mistake(query, after ? "a page after has other rows"
								      : "a page before has other rows");
			arena_free(&arena);
		}
}

static void
assert_query(struct support *test, struct query *query)
{
	struct list list;
	int64_t count;

	read_all(test, query, &list);
	support_must(test, query_count(test->session.store, query, &count, &test->error));
	assert_int_equal(count, list.count);
	for (size_t i = 1; i < list.count; i++)
		if (list.positions[i - 1].value == NULL && list.positions[i].value != NULL)
			describe_mistake(query, "blanks do not come last");
	assert_pages(test, query, &list);
}

static void
assert_every_sort(struct support *test, enum entity_kind kind, const char *filter)
{
	const struct entity *entity = &entities[kind];

	for each_field(field, entity->fields) {
		struct query query = { .entity = entity,
				       .fields = &field,
				       .field_count = 1,
				       .today = test->session.today,
				       .sorts = { { field, false } },
				       .sort_count = 1 };

		query.filter = *filter == '\0' ? NULL
					       : filter_parse(&test->arena, entity, filter, query.today, &test->error);
		support_must(test, query.filter != NULL || *filter == '\0');
		assert_query(test, &query);
		query.sorts[0].descending = true;
		assert_query(test, &query);
	}
}

static void
pages_from_everywhere_are_the_list_for_every_field_of_a_device(void **state)
{
	fill(*state, 1);
	assert_every_sort(*state, ENTITY_DEVICE, "");
	assert_every_sort(*state, ENTITY_DEVICE, "-removed");
}

static void
pages_from_everywhere_are_the_list_for_every_field_of_other_records(void **state)
{
	static const enum entity_kind kinds[] = {
		ENTITY_SITE, ENTITY_ORGANISATION, ENTITY_MANUFACTURER, ENTITY_DEADLINE, ENTITY_ENTRY, ENTITY_CHANGE
	};
	struct support *test = *state;

	fill(test, 2);
	for (int i = 0; i < 12; i++)
		support_set_alone(test, ENTITY_SITE, "S1", arena_format(&test->arena, "name=%d", i));
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		assert_every_sort(test, kinds[i], "");
}

static void
without_a_sort_pages_go_by_id(void **state)
{
	struct support *test = *state;
	const struct field *tag = entity_key(&entities[ENTITY_DEVICE]);
	struct query query = {
		.entity = &entities[ENTITY_DEVICE], .fields = &tag, .field_count = 1, .today = test->session.today
	};
	struct list list;

	fill(test, 3);
	read_all(test, &query, &list);
	assert_int_equal(list.count, DEVICES);
	assert_pages(test, &query, &list);
}

static void
a_page_of_nothing_is_empty(void **state)
{
	struct support *test = *state;
	const struct field *tag = entity_key(&entities[ENTITY_DEVICE]);
	struct query query = { .entity = &entities[ENTITY_DEVICE],
			       .fields = &tag,
			       .field_count = 1,
			       .today = test->session.today,
			       .sorts = { { tag, false } },
			       .sort_count = 1 };
	struct position from = { .id = { ENTITY_DEVICE, 0 } };
	struct page page;

	for (int direction = DIRECTION_AFTER; direction <= DIRECTION_BEFORE; direction++) {
		support_must(test, query_page(test->session.store, &query, &from, (enum direction)direction, 10,
					      &test->arena, &page, &test->error));
		assert_int_equal(page.count, 0);
		support_must(test, query_page(test->session.store, &query, &from, (enum direction)direction, 0,
					      &test->arena, &page, &test->error));
		assert_int_equal(page.count, 0);
	}
}

static void
several_sorts_settle_ties_in_their_order(void **state)
{
	struct support *test = *state;
	const struct entity *device = &entities[ENTITY_DEVICE];
	const struct field *fields[] = { &device->fields[DEVICE_place], &device->fields[DEVICE_serial] };
	struct query query = { .entity = device, .fields = fields, .field_count = 2, .today = test->session.today,
			       .sorts = { { fields[0], false }, { fields[1], true } }, .sort_count = 2 };
	struct cursor *cursor;
	const char *last[2] = { "", "" };
	bool more = true;
	int64_t last_id = 0;
	struct row row;

	fill(test, 4);
	cursor = query_open(test->session.store, &query, &test->error);
	support_must(test, cursor != NULL);
	while (cursor_next(cursor, &row, &more, &test->error) && more) {
		/* Blanks last: as a text behind all others; descending, before them. */
		const char *place = row.values[0] != NULL ? row.values[0] : "~",
			   *serial = row.values[1] != NULL ? row.values[1] : "";
		int order = strcmp(last[0], place), second = strcmp(serial, last[1]);

		if (last_id != 0)
			assert_true(order < 0 ||
				    (order == 0 && (second < 0 || (second == 0 && row.id.value < last_id))));
		last[0] = arena_text(&test->arena, place);
		last[1] = arena_text(&test->arena, serial);
		last_id = row.id.value;
	}
	cursor_close(cursor);
}

static void
money_is_sorted_and_compared_as_a_number(void **state)
{
	static const char *const costs[] = { "£1,234.50", "99.99", "999", "", "5.10", "5.09", "£0", "1,000,000" };
	static const char *const sorted[] = {
		"0.00", "5.09", "5.10", "99.99", "999.00", "1234.50", "1000000.00", NULL
	};
	struct support *test = *state;
	const struct entity *device = &entities[ENTITY_DEVICE];
	const struct field *cost = &device->fields[DEVICE_cost];
	struct query query = { .entity = device, .fields = &cost, .field_count = 1, .today = test->session.today,
			       .sorts = { { cost, false } }, .sort_count = 1 };
	struct list list;
	int64_t count = 0;

	support_begin(test, "Fill");
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	for (size_t i = 0; i < sizeof costs / sizeof costs[0]; i++)
		support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=T%zu", i), "site=S1",
			    arena_format(&test->arena, "cost=%s", costs[i]), NULL);
	support_commit(test);
	read_all(test, &query, &list);
	assert_int_equal(list.count, 8);
	for (size_t i = 0; i < list.count; i++)
		assert_true(sorted[i] == NULL ? list.positions[i].value == NULL
					      : strcmp(list.positions[i].value, sorted[i]) == 0);
	assert_pages(test, &query, &list);
	query.filter = filter_parse(&test->arena, device, "cost>=999", test->session.today, &test->error);
	support_must(test, query.filter != NULL && query_count(test->session.store, &query, &count, &test->error));
	assert_int_equal(count, 3);
	query.filter = filter_parse(&test->arena, device, "cost:\"£5.1\"", test->session.today, &test->error);
	support_must(test, query.filter != NULL && query_count(test->session.store, &query, &count, &test->error));
	assert_int_equal(count, 1);
}

/* The last statement that was prepared, as SQLite would run it. */
static void
assert_plan(struct support *test, sqlite3_stmt *statement, const char *name)
{
	const char *sql = arena_format(&test->arena, "EXPLAIN QUERY PLAN %s", sqlite3_sql(statement));
	sqlite3_stmt *plan;
	bool by_index = false;

	support_must(test, store_prepare(test->session.store, sql, &plan, &test->error));
	while (sqlite3_step(plan) == SQLITE_ROW) {
		const char *line = (const char *)sqlite3_column_text(plan, 3);

		/* The rows of the page, once chosen, are put in order; those are few. */
		if (strstr(line, "TEMP B-TREE FOR ORDER BY") != NULL && sqlite3_column_int(plan, 1) != 0)
			fail_msg("by %s: %s", name, line);
		by_index = by_index || strstr(line, "device USING") != NULL;
	}
	sqlite3_finalize(plan);
	if (!by_index)
		fail_msg("by %s: no index is used", name);
}

static int
keep_statement(unsigned type, void *context, void *statement, void *time)
{
	struct support *test = context;
	const char *sql = sqlite3_sql(statement);

	(void)type;
	(void)time;
	/*
	 * A tag or a site is never blank, which SQLite knows: that statement ends before it reads anything.  The
	 * devices of one site are put in order of their ids; those are few.
	 */
	if (strstr(sql, "LIMIT") != NULL && strstr(sql, "device.tag IS NULL") == NULL &&
	    strstr(sql, "device.site_id IS NULL") == NULL &&
	    (strstr(sql, "AS sorted") == NULL || strstr(sql, "ORDER BY sorted.") != NULL))
		assert_plan(test, statement, strstr(sql, "ORDER BY"));
	return 0;
}

static void
pages_by_the_usual_fields_are_read_from_an_index(void **state)
{
	static const int sorts[] = { DEVICE_tag,          DEVICE_serial, DEVICE_mac,
				     DEVICE_installed_on, DEVICE_site,   DEVICE_manufacturer };
	struct support *test = *state;
	const struct entity *device = &entities[ENTITY_DEVICE];
	const struct field *tag = entity_key(device);

	fill(test, 5);
	support_must(test, store_run(test->session.store, "SELECT 1", &test->error));
	for (size_t i = 0; i < 2 * sizeof sorts / sizeof sorts[0]; i++) {
		struct query query = { .entity = device, .fields = &tag, .field_count = 1, .today = test->session.today,
				       .sorts = { { &device->fields[sorts[i / 2]], i % 2 == 1 } }, .sort_count = 1 };
		struct position places[] = {
			{ .id = { ENTITY_DEVICE, 0 } }, { .id = { ENTITY_DEVICE, 5 }, .value = "a" },
			{ .id = { ENTITY_DEVICE, 5 } }
		};
		struct page page;

		for (int from = 0; from < 6; from++) {
			sqlite3_trace_v2(test->session.store->database, SQLITE_TRACE_STMT, keep_statement, test);
			support_must(test,
				     query_page(test->session.store, &query, &places[from / 2],
						(enum direction)(from % 2), 10, &test->arena, &page, &test->error));
			sqlite3_trace_v2(test->session.store->database, 0, NULL, NULL);
		}
	}
}

static int64_t
schema_hash(struct support *test)
{
	return support_number(test, "SELECT count(*) * 1000003 + sum(length(sql)) + sum(unicode(substr(sql, 1 + "
				    "length(sql) / 2))) FROM sqlite_schema");
}

static void
many_rows_leave_the_schema_as_it_was(void **state)
{
	enum { MANY = 20000 };
	struct support *test = *state;
	int64_t before = schema_hash(test), references[ENTITY_FIELDS_MAX] = { 0 }, id;
	bool filled[ENTITY_FIELDS_MAX] = { [DEVICE_tag] = true, [DEVICE_site] = true };
	struct record *device = record_new(&test->arena, ENTITY_DEVICE);
	struct bulk *bulk;

	support_begin(test, "Fill");
	references[DEVICE_site] = support_add(test, ENTITY_SITE, "code=S1", NULL).value;
	bulk = bulk_open(test->session.store, ENTITY_DEVICE, MANY, filled, &test->error);
	support_must(test, bulk != NULL);
	for (int i = 0; i < MANY; i++) {
		char tag[16];

		snprintf(tag, sizeof tag, "T%05d", i);
		device->values[DEVICE_tag] = tag;
		support_must(test, bulk_insert(bulk, device->values, references, &id, &test->error));
	}
	support_must(test, bulk_close(bulk, &test->error));
	support_commit(test);
	assert_int_equal(schema_hash(test), before);
	support_reopen(test);
	support_must(test, store_check(test->session.store, &test->error));
	assert_int_equal(support_number(test, "SELECT count(*) FROM device"), MANY);
	assert_string_equal(support_value(test, ENTITY_DEVICE, "T19999", "site"), "S1");
	/* What was passed by is whole too. */
	assert_int_equal(support_number(test, "SELECT count(*) FROM device WHERE recorder_id IS NOT NULL"), 0);
	assert_int_equal(support_number(test,
					"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
			 1);
}

static void
many_rows_with_one_key_are_a_conflict_and_nothing_is_left(void **state)
{
	struct support *test = *state;
	int64_t before = schema_hash(test), references[ENTITY_FIELDS_MAX] = { 0 };
	struct record *device = record_new(&test->arena, ENTITY_DEVICE);
	struct bulk *bulk;

	support_begin(test, "Fill");
	references[DEVICE_site] = support_add(test, ENTITY_SITE, "code=S1", NULL).value;
	bulk = bulk_open(test->session.store, ENTITY_DEVICE, 10000, NULL, &test->error);
	support_must(test, bulk != NULL);
	device->values[DEVICE_tag] = "same";
	support_must(test, bulk_insert(bulk, device->values, references, NULL, &test->error));
	support_must(test, bulk_insert(bulk, device->values, references, NULL, &test->error));
	assert_false(bulk_close(bulk, &test->error));
	assert_int_equal(test->error.kind, ERROR_CONFLICT);
	store_entry_rollback(test->session.store);
	assert_int_equal(schema_hash(test), before);
	assert_int_equal(support_number(test, "SELECT count(*) FROM device"), 0);
	support_reopen(test);
}

static void
many_rows_may_name_only_records_that_are_there(void **state)
{
	struct support *test = *state;
	int64_t references[ENTITY_FIELDS_MAX] = { 0 };
	struct record *device = record_new(&test->arena, ENTITY_DEVICE);
	struct bulk *bulk;

	support_begin(test, "Fill");
	references[DEVICE_site] = support_add(test, ENTITY_SITE, "code=S1", NULL).value;
	bulk = bulk_open(test->session.store, ENTITY_DEVICE, 10000, NULL, &test->error);
	support_must(test, bulk != NULL);
	device->values[DEVICE_tag] = "T1";
	support_must(test, bulk_insert(bulk, device->values, references, &references[DEVICE_recorder], &test->error));
	device->values[DEVICE_tag] = "T2";
	support_must(test, bulk_insert(bulk, device->values, references, NULL, &test->error));
	device->values[DEVICE_tag] = "T3";
	references[DEVICE_recorder] += 100;
	assert_false(bulk_insert(bulk, device->values, references, NULL, &test->error));
	assert_int_equal(test->error.kind, ERROR_CONFLICT);
	references[DEVICE_recorder] = 0;
	references[DEVICE_site]++;
	assert_false(bulk_insert(bulk, device->values, references, NULL, &test->error));
	references[DEVICE_site] = INT64_MAX;
	assert_false(bulk_insert(bulk, device->values, references, NULL, &test->error));
	support_must(test, bulk_close(bulk, &test->error));
	support_commit(test);
	support_must(test, store_check(test->session.store, &test->error));
	/* And SQLite asks again. */
	assert_int_not_equal(sqlite3_exec(test->session.store->database, "DELETE FROM site", NULL, NULL, NULL),
			     SQLITE_OK);
	assert_int_equal(support_number(test, "SELECT count(*) FROM device"), 2);
}

static void
fields_that_no_row_fills_are_as_in_a_new_record(void **state)
{
	struct support *test = *state;
	int64_t references[ENTITY_FIELDS_MAX] = { 0 };
	bool filled[ENTITY_FIELDS_MAX] = { [DEVICE_tag] = true, [DEVICE_site] = true };
	struct record *device = record_new(&test->arena, ENTITY_DEVICE);
	struct bulk *bulk;

	support_begin(test, "Fill");
	references[DEVICE_site] = support_add(test, ENTITY_SITE, "code=S1", NULL).value;
	device->values[DEVICE_tag] = "T1";
	bulk = bulk_open(test->session.store, ENTITY_DEVICE, 1, NULL, &test->error);
	support_must(test, bulk != NULL && bulk_insert(bulk, device->values, references, NULL, &test->error));
	support_must(test, bulk_close(bulk, &test->error));
	device->values[DEVICE_tag] = "T2";
	bulk = bulk_open(test->session.store, ENTITY_DEVICE, 1, filled, &test->error);
	support_must(test, bulk != NULL && bulk_insert(bulk, device->values, references, NULL, &test->error));
	support_must(test, bulk_close(bulk, &test->error));
	support_commit(test);
	for each_field(field, entities[ENTITY_DEVICE].fields)
		if (!text_same(field->name, "tag")) {
			const char *any = support_value(test, ENTITY_DEVICE, "T1", field->name);
			const char *few = support_value(test, ENTITY_DEVICE, "T2", field->name);

			assert_string_equal(any, few);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(pages_from_everywhere_are_the_list_for_every_field_of_a_device),
		register_test(pages_from_everywhere_are_the_list_for_every_field_of_other_records),
		register_test(without_a_sort_pages_go_by_id),
		register_test(a_page_of_nothing_is_empty),
		register_test(several_sorts_settle_ties_in_their_order),
		register_test(money_is_sorted_and_compared_as_a_number),
		register_test(pages_by_the_usual_fields_are_read_from_an_index),
		register_test(many_rows_leave_the_schema_as_it_was),
		register_test(many_rows_may_name_only_records_that_are_there),
		register_test(fields_that_no_row_fills_are_as_in_a_new_record),
		register_test(many_rows_with_one_key_are_a_conflict_and_nothing_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
