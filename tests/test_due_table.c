/* SPDX-License-Identifier: MIT */
/* Lists of many sites have all due dates read at once, and say of each what it says alone. */
#include "tests/support.h"

#include <string.h>

#include "core/chance.h"
#include "db/query.h"

/* More than are asked for one by one. */
enum { SITES = 700, DEVICES = 900, DEADLINES = 400, ORGANISATIONS = 6 };

static const char *
number(struct support *test, const char *name, uint32_t number)
{
	return arena_format(&test->arena, "%s%u", name, (unsigned)number);
}

static void
add_estate(struct support *test, struct chance *chance)
{
	static const char *const kinds[] = { "remove", "replace", "survey" };

	support_begin(test, "An estate");
	support_add(test, ENTITY_MANUFACTURER, "name=Hikvision", "covered=yes", "basis=law", "decided_by=P",
		    "decided_on=2025-01-01", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Axis", "covered=no", "basis=law", "decided_by=P",
		    "decided_on=2025-01-01", NULL);
	for (uint32_t i = 0; i < ORGANISATIONS; i++)
		support_add(test, ENTITY_ORGANISATION, number(test, "code=O", i),
			    i > 0 ? number(test, "parent=O", i / 2) : NULL, NULL);
	for (uint32_t i = 0; i < SITES; i++)
		support_add(test, ENTITY_SITE, number(test, "code=S", i),
			    number(test, "organisation=O", chance_below(chance, ORGANISATIONS)), NULL);
	for (uint32_t i = 0; i < SITES; i += 2)
		support_add(test, ENTITY_ASSESSMENT, number(test, "site=S", i), "secret=yes", "grounds=g",
			    "decided_by=P", "decided_on=2025-01-01", NULL);
	for (uint32_t i = 0; i < DEVICES; i++)
		support_add(test, ENTITY_DEVICE, number(test, "tag=D", i),
			    number(test, "site=S", chance_below(chance, SITES)), "kind=camera",
			    chance_below(chance, 2) == 0 ? "manufacturer=Hikvision" : "manufacturer=Axis",
			    chance_below(chance, 4) == 0 ? "removed_on=2026-01-01" : NULL, NULL);
	for (uint32_t i = 0; i < DEADLINES; i++) {
		const char *of = i == 0 ? "body=O1" :
				 i % 2 == 0 ? number(test, "site=S", chance_below(chance, SITES)) :
					      number(test, "device=D", chance_below(chance, DEVICES));

		const char *day = number(test, "target_on=2026-01-", 10 + chance_below(chance, 18));
		const char *kind = i == 0 ? "remove" : kinds[chance_below(chance, 3)];

		support_add(test, ENTITY_DEADLINE, of, arena_format(&test->arena, "kind=%s", kind), day,
			    chance_below(chance, 5) == 0 ? "done_on=2026-02-01" : NULL, NULL);
	}
	support_commit(test);
}

/* Of one record, read by itself, after a change: nothing is known of the others then. */
static const char *
values_alone(struct support *test, struct record_id id, const struct field *const *fields, int count)
{
	const struct record *record = store_read(test->session.store, id, test->session.today, &test->arena,
						 &test->error);
	const char *values = "";

	support_must(test, record != NULL);
	for (int i = 0; i < count; i++) {
		const char *value = record->values[fields[i] - entities[id.kind].fields];

		values = arena_format(&test->arena, "%s %s", values, value != NULL ? value : "-");
	}
	return values;
}

static const char *
values_listed(struct support *test, const struct row *row, int count)
{
	const char *values = "";

	for (int i = 0; i < count; i++)
		values = arena_format(&test->arena, "%s %s", values, row->values[i] != NULL ? row->values[i] : "-");
	return values;
}

/* Every row of a long list, where the dates are those of all, beside the record read by itself. */
static size_t
compare(struct support *test, enum entity_kind kind, const char *const *names, int count)
{
	const struct field *fields[8];
	struct query query = { .entity = &entities[kind], .fields = fields, .today = test->session.today };
	static const char *alone[DEVICES];
	size_t place = 0, dated = 0;
	struct cursor *cursor;
	struct row row;
	bool more = true;

	for (int i = 0; i < count; i++)
		fields[i] = field_find(entities[kind].fields, names[i]);
	support_set_alone(test, ENTITY_SITE, "S0", number(test, "name=", (uint32_t)(++test->session.now % 1000000)));
	cursor = query_open(test->session.store, &query, &test->error);
	support_must(test, cursor != NULL);
	while (cursor_next(cursor, &row, &more, &test->error) && more)
		alone[place++] = values_alone(test, row.id, fields, count);
	cursor_close(cursor);
	query.field_count = count;
	cursor = query_open(test->session.store, &query, &test->error);
	support_must(test, cursor != NULL);
	for (place = 0; cursor_next(cursor, &row, &more, &test->error) && more; place++) {
		assert_string_equal(values_listed(test, &row, count), alone[place]);
		dated += row.values[0] != NULL;
	}
	cursor_close(cursor);
	return dated;
}

static void
compare_all(struct support *test)
{
	static const char *const of_site[] = { "due_on", "due_layer", "dated" };
	static const char *const of_device[] = { "due_on", "due_layer" };

	assert_true(compare(test, ENTITY_SITE, of_site, 3) > SITES / 4);
	assert_true(compare(test, ENTITY_DEVICE, of_device, 2) > DEVICES / 4);
}

static void
a_long_list_says_of_each_what_it_says_alone(void **state)
{
	struct support *test = *state;
	struct chance chance = { .state = 20261121 };

	add_estate(test, &chance);
	compare_all(test);
}

/* What was read for one list holds for the next only while nothing changes. */
static void
a_change_between_two_lists_is_in_the_second(void **state)
{
	struct support *test = *state;
	struct chance chance = { .state = 7 };

	add_estate(test, &chance);
	compare_all(test);
	support_begin(test, "A deadline");
	support_add(test, ENTITY_DEADLINE, "site=S690", "kind=remove", "target_on=2025-01-02", NULL);
	support_commit(test);
	assert_value(test, ENTITY_SITE, "S690", "due_on", "2025-01-02");
	compare_all(test);
	support_set_alone(test, ENTITY_DEVICE, "D1", "removed_on=2026-01-01");
	support_set_alone(test, ENTITY_ORGANISATION, "O5", "parent=O1");
	compare_all(test);
	test->session.today.year++;
	compare_all(test);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(a_long_list_says_of_each_what_it_says_alone),
		register_test(a_change_between_two_lists_is_in_the_second),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
