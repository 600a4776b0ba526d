/* SPDX-License-Identifier: MIT */
/* A device's row may stand for several alike: whatever counts devices counts those. */
#include "tests/support.h"

#include <stdlib.h>
#include <string.h>

#include "commands/figures.h"
#include "core/chance.h"

enum { SITES = 12, DEVICES = 400 };

/* An estate in which anything may be: sensitive or not, gone or not, covered or not, one or several. */
static void
make_estate(struct support *test, bool several)
{
	static const char *const covered[] = { "covered=yes", "covered=no", "covered=undecided" };
	static const char *const connected[] = { "network=core", "network=unknown", "network=none" };
	struct chance chance = { 7 };
	struct arena *arena = &test->arena;

	support_begin(test, "Made");
	support_add(test, ENTITY_ORGANISATION, "code=O1", NULL);
	for (int i = 0; i < 3; i++)
		support_add(test, ENTITY_MANUFACTURER, arena_format(arena, "name=M%d", i), covered[i], "basis=b",
			    "evidence=e", i < 2 ? "decided_by=Jo" : "source=s",
			    i < 2 ? "decided_on=2026-01-01" : "notes=n", NULL);
	for (int i = 0; i < SITES; i++) {
		support_add(test, ENTITY_SITE, arena_format(arena, "code=S%d", i),
			    i % 2 == 0 ? "organisation=O1" : "name=x", NULL);
		if (i % 3 > 0)
			support_add(test, ENTITY_ASSESSMENT, arena_format(arena, "site=S%d", i),
				    i % 3 == 1 ? "secret=yes" : "secret=no", "dv=no", "ministers=no", "socpa=no",
				    "other=no", "grounds=g", "decided_by=Jo", "decided_on=2026-01-01", NULL);
	}
	for (int i = 0; i < DEVICES; i++)
		support_add(test, ENTITY_DEVICE, arena_format(arena, "tag=C%d", i), "kind=camera",
			    arena_format(arena, "site=S%d", (int)chance_below(&chance, SITES)),
			    connected[chance_below(&chance, 3)],
			    chance_percent(&chance, 80)
				    ? arena_format(arena, "manufacturer=M%d", (int)chance_below(&chance, 3))
				    : "make=?",
			    chance_percent(&chance, 20) ? "removed_on=2026-02-01" : "place=Hall",
			    chance_percent(&chance, 10) ? "missed_on=2026-03-01" : "notes=n",
			    several && chance_percent(&chance, 30)
				    ? arena_format(arena, "quantity=%d", chance_between(&chance, 1, 9))
				    : NULL,
			    NULL);
	support_commit(test);
}

/* How many things the rows of a list stand for, one after the other. */
static int64_t
count_slowly(struct support *test, enum entity_kind kind, const char *words, int64_t *rows)
{
	const struct field *fields[] = { &entities[ENTITY_DEVICE].fields[DEVICE_quantity] };
	struct query query = { .entity = &entities[kind], .fields = fields, .field_count = kind == ENTITY_DEVICE,
			       .today = test->session.today };
	struct cursor *cursor;
	struct row row;
	int64_t count = 0;
	bool more = true;

	query.filter = filter_parse(&test->arena, query.entity, words, test->session.today, &test->error);
	support_must(test, query.filter != NULL);
	cursor = query_open(test->session.store, &query, &test->error);
	support_must(test, cursor != NULL);
	*rows = 0;
	for (;;) {
		support_must(test, cursor_next(cursor, &row, &more, &test->error));
		if (!more)
			break;
		++*rows;
		count += kind == ENTITY_DEVICE && row.values[0] != NULL ? strtoll(row.values[0], NULL, 10) : 1;
	}
	cursor_close(cursor);
	return count;
}

/* The per cent of the whole that the part of a share is; by its definition. */
static int64_t
share_slowly(struct support *test, const struct figure *figure, int64_t whole)
{
	const struct figure *counted = figure_named(figure->part);
	int64_t rows, part = count_slowly(test, counted->entity, counted->filter, &rows);

	for (int64_t percent = 0; whole > 0 && percent < 100; percent++)
		if (200 * part < (2 * percent + 1) * whole || (percent == 99 && part < whole))
			return percent;
	return whole > 0 ? 100 : FIGURE_OF_NONE;
}

static void
assert_figures(struct support *test)
{
	for each_figure(figure) {
		int64_t value, rows, again, slow_rows,
			slow = count_slowly(test, figure->entity, figure->filter, &slow_rows);

		if (figure->part != NULL)
			slow = share_slowly(test, figure, slow);
		support_must(test, figure_rows(&test->session, figure, &value, &rows, &test->error));
		support_must(test, figure_value(&test->session, figure, &again, &test->error));
		if (value != slow || rows != slow_rows || again != value)
			fail_msg("%s is %lld in %lld rows, not %lld in %lld", figure->id, (long long)value,
				 (long long)rows, (long long)slow, (long long)slow_rows);
	}
}

static void
every_figure_is_what_its_rows_add_up_to(void **state)
{
	struct support *test = *state;
	int64_t value, rows;

	make_estate(test, true);
	assert_figures(test);
	support_must(test, figure_rows(&test->session, figure_named("devices"), &value, &rows, &test->error));
	assert_int_equal(rows, DEVICES);
	assert_true(value > rows + 200);
}

static void
where_every_row_is_one_thing_they_are_the_same(void **state)
{
	struct support *test = *state;
	int64_t value, rows;

	make_estate(test, false);
	assert_figures(test);
	support_must(test, figure_rows(&test->session, figure_named("devices"), &value, &rows, &test->error));
	assert_int_equal(rows, DEVICES);
	assert_int_equal(value, DEVICES);
}

static void
assert_column(struct support *test, enum entity_kind kind, const char *key, const char *field, const char *filter)
{
	int64_t rows, slow = count_slowly(test, ENTITY_DEVICE, filter, &rows);
	const char *value = support_value(test, kind, key, field);

	if (strtoll(value, NULL, 10) != slow)
		fail_msg("%s of %s is %s, not %lld", field, key, value, (long long)slow);
}

static void
the_columns_that_count_devices_count_quantities(void **state)
{
	struct support *test = *state;
	struct arena *arena = &test->arena;

	make_estate(test, true);
	for (int i = 0; i < SITES; i++) {
		const char *key = arena_format(arena, "S%d", i);

		assert_column(test, ENTITY_SITE, key, "devices", arena_format(arena, "site=%s present:yes", key));
		assert_column(test, ENTITY_SITE, key, "in_scope_left",
			      arena_format(arena, "site=%s present:yes in_scope:yes", key));
	}
	for (int i = 0; i < 3; i++)
		assert_column(test, ENTITY_MANUFACTURER, arena_format(arena, "M%d", i), "devices",
			      arena_format(arena, "manufacturer=M%d present:yes", i));
}

static void
what_was_removed_is_no_longer_counted_however_many_it_was(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_begin(test, "Device");
	support_add(test, ENTITY_DEVICE, "tag=C1", "site=S1", "quantity=4", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C2", "site=S1", NULL);
	support_commit(test);
	assert_string_equal(support_value(test, ENTITY_SITE, "S1", "devices"), "5");
	support_set_alone(test, ENTITY_DEVICE, "C1", "removed_on=2026-02-01");
	assert_string_equal(support_value(test, ENTITY_SITE, "S1", "devices"), "1");
}

static void
the_words_say_rows_only_where_they_differ(void **state)
{
	struct support *test = *state;
	const struct entity *devices = &entities[ENTITY_DEVICE];

	assert_string_equal(figure_amount(&test->arena, devices, 409, 409), "409 devices");
	assert_string_equal(figure_amount(&test->arena, devices, 1412, 409), "1,412 devices (in 409 rows)");
	assert_string_equal(figure_amount(&test->arena, devices, 4, 1), "4 devices (in 1 row)");
	assert_string_equal(figure_amount(&test->arena, &entities[ENTITY_MANUFACTURER_NAME], 1, 1),
			    "1 manufacturer name");
}

static int64_t
share_of_make_unknown(struct support *test)
{
	static const struct figure share = { "share", "Share", ENTITY_DEVICE, "", 0, "", "devices_make_unknown" };
	int64_t value;

	support_must(test, figure_value(&test->session, &share, &value, &test->error));
	return value;
}

static void
a_share_of_nothing_is_none_and_never_whole_while_one_is_left(void **state)
{
	struct support *test = *state;
	const struct figure *share = figure_named("sensitive_sites_cleared_percent");
	char words[TEXT_NUMBER_SIZE];

	assert_int_equal(share_of_make_unknown(test), FIGURE_OF_NONE);
	assert_string_equal(figure_number(share, FIGURE_OF_NONE, words), "\xe2\x80\x93");
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_begin(test, "Made");
	support_add(test, ENTITY_DEVICE, "tag=C1", "site=S1", "quantity=999", NULL);
	support_commit(test);
	assert_int_equal(share_of_make_unknown(test), 100);
	support_begin(test, "Made");
	support_add(test, ENTITY_DEVICE, "tag=C2", "site=S1", "removed_on=2026-02-01", NULL);
	support_commit(test);
	assert_int_equal(share_of_make_unknown(test), 99);
	assert_string_equal(figure_number(share, 99, words), "99 %");
	assert_string_equal(figure_number(figure_named("sites"), 1234, words), "1,234");
}

static void
a_device_that_a_survey_missed_is_found_until_it_is_gone(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_DEVICE, "tag=C1", "site=S1");
	assert_string_equal(support_find(test, ENTITY_DEVICE, figure_named("devices_missed")->filter), "");
	support_set_alone(test, ENTITY_DEVICE, "C1", "missed_on=2026-11-21");
	assert_string_equal(support_find(test, ENTITY_DEVICE, figure_named("devices_missed")->filter), "C1");
	assert_string_equal(support_find(test, ENTITY_DEVICE, "missed_on>=2026-11"), "C1");
	assert_string_equal(support_find(test, ENTITY_DEVICE, "missed_on:"), "");
	support_set_alone(test, ENTITY_DEVICE, "C1", "removed_on=2026-11-21");
	assert_string_equal(support_find(test, ENTITY_DEVICE, figure_named("devices_missed")->filter), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(every_figure_is_what_its_rows_add_up_to),
		register_test(where_every_row_is_one_thing_they_are_the_same),
		register_test(the_columns_that_count_devices_count_quantities),
		register_test(what_was_removed_is_no_longer_counted_however_many_it_was),
		register_test(the_words_say_rows_only_where_they_differ),
		register_test(a_share_of_nothing_is_none_and_never_whole_while_one_is_left),
		register_test(a_device_that_a_survey_missed_is_found_until_it_is_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
