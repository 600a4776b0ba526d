/* SPDX-License-Identifier: MIT */
/* What is kept leads to the very rows that a filter finds, however they are asked for. */
#include "tests/support.h"

#include <string.h>

#include "commands/browse.h"
#include "core/chance.h"
#include "core/figure.h"
#include "core/rule.h"

enum { SITES = 40, DEVICES = 300, PAGE = 7 };

static const char *
number(struct support *test, const char *name, uint32_t number)
{
	return arena_format(&test->arena, "%s%u", name, (unsigned)number);
}

static void
add_estate(struct support *test, struct chance *chance)
{
	static const char *const makes[] = { "manufacturer=Hikvision", "manufacturer=Axis", "make=Nobody", NULL };
	static const char *const on[] = { "network=core", "network=unknown", "network=isolated" };
	static const char *const days[] = { "installed_on=2023", "installed_on=2022", "installed_on=2019-05-01", NULL };

	support_begin(test, "An estate");
	support_add(test, ENTITY_MANUFACTURER, "name=Hikvision", "covered=yes", "basis=law", "decided_by=P",
		    "decided_on=2025-01-01", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Axis", "covered=no", "basis=law", "decided_by=P",
		    "decided_on=2025-01-01", NULL);
	for (uint32_t i = 0; i < SITES; i++)
		support_add(test, ENTITY_SITE, number(test, "code=S", i), NULL);
	for (uint32_t i = 0; i < SITES; i += 2)
		support_add(test, ENTITY_ASSESSMENT, number(test, "site=S", i), "secret=yes", "grounds=g",
			    "decided_by=P", "decided_on=2025-01-01", NULL);
	for (uint32_t i = 0; i < DEVICES; i++) {
		const char *tag = number(test, "tag=D", i), *make = makes[chance_below(chance, 4)];
		struct record_id id;

		id = support_add(test, ENTITY_DEVICE, tag, number(test, "site=S", chance_below(chance, SITES)),
				 "kind=camera", on[chance_below(chance, 3)], make, NULL);
		assert_true(id.value > 0);
		if (chance_below(chance, 2) == 0)
			support_set(test, ENTITY_DEVICE, number(test, "D", i), days[chance_below(chance, 3)], NULL);
		if (chance_below(chance, 6) == 0)
			support_set(test, ENTITY_DEVICE, number(test, "D", i), "removed_on=2026-01-01", NULL);
	}
	support_commit(test);
}

/* How many records there are that it holds for, each asked by itself. */
static int64_t
count_held(struct support *test, const struct query *query)
{
	struct query all = { .entity = query->entity, .today = query->today };
	struct cursor *cursor = query_open(test->session.store, &all, &test->error);
	bool more = true, holds;
	int64_t count = 0;
	struct row row;

	support_must(test, cursor != NULL);
	while (cursor_next(cursor, &row, &more, &test->error) && more) {
		support_must(test, query_holds(test->session.store, row.id, &query->filter, 1, query->today, &holds,
					       &test->error));
		count += holds;
	}
	cursor_close(cursor);
	return count;
}

/* Page by page, forwards or backwards: every row is held by itself, and they are in their order. */
static int64_t
count_paged(struct support *test, const struct query *query, enum direction direction)
{
	struct position from = { 0 };
	struct page page;
	int64_t count = 0;
	bool holds;

	do {
		support_must(test, query_page(test->session.store, query, &from, direction, PAGE, &test->arena, &page,
					      &test->error));
		for (size_t i = 0; i < page.count; i++) {
			support_must(test, query_holds(test->session.store, page.rows[i].id, &query->filter, 1,
						       query->today, &holds, &test->error));
			assert_true(holds);
			assert_true(i == 0 || strcmp(page.positions[i - 1].value, page.positions[i].value) < 0);
		}
		count += (int64_t)page.count;
		if (page.count > 0)
			from = page.positions[direction == DIRECTION_AFTER ? page.count - 1 : 0];
	} while (page.count == PAGE);
	return count;
}

static int64_t
count_listed(struct support *test, const struct query *query)
{
	struct cursor *cursor = query_open(test->session.store, query, &test->error);
	int64_t count = -1;
	bool more = true;
	struct row row;

	support_must(test, cursor != NULL);
	for (; more; count++)
		support_must(test, cursor_next(cursor, &row, &more, &test->error));
	cursor_close(cursor);
	return count;
}

static void
check(struct support *test, enum entity_kind kind, const char *words)
{
	const struct entity *entity = &entities[kind];
	struct query query = { .entity = entity, .today = test->session.today, .sort_count = 1 };
	int64_t held, count;

	query.filter = filter_parse(&test->arena, entity, words, query.today, &test->error);
	support_must(test, query.filter != NULL);
	query.sorts[0].field = entity_key(entity);
	held = count_held(test, &query);
	support_must(test, browse_count(&test->session, &query, &count, &test->error));
	assert_int_equal(count, held);
	assert_int_equal(count_listed(test, &query), held);
	assert_int_equal(count_paged(test, &query, DIRECTION_AFTER), held);
	assert_int_equal(count_paged(test, &query, DIRECTION_BEFORE), held);
}

static void
check_kept(struct support *test, const char *and)
{
	for each_figure(figure)
		if (figure->entity == ENTITY_DEVICE || figure->entity == ENTITY_SITE)
			check(test, figure->entity, arena_format(&test->arena, "%s %s", figure->filter, and));
	for each_rule(rule)
		if (rule->entity == ENTITY_DEVICE || rule->entity == ENTITY_SITE)
			check(test, rule->entity, arena_format(&test->arena, "finding:%s %s", rule->id, and));
}

static void
every_list_has_the_rows_that_its_filter_holds_for(void **state)
{
	struct support *test = *state;
	struct chance chance = { .state = 1 };

	add_estate(test, &chance);
	check_kept(test, "");
	check_kept(test, "1");
	check_kept(test, "(1 or 2) -3");
	check(test, ENTITY_DEVICE, "finding:any");
	check(test, ENTITY_DEVICE, "finding:R1 site=S2");
	check(test, ENTITY_DEVICE, "finding:R1 tag=D10 kind:camera");
	check(test, ENTITY_DEVICE, "finding:R2 or finding:R3");
}

static void
what_is_answered_is_not_counted(void **state)
{
	struct support *test = *state;
	struct chance chance = { .state = 2 };
	struct query query = { .entity = &entities[ENTITY_DEVICE], .today = test->session.today };
	int64_t before, after;
	struct cursor *cursor;
	const char *keys[3];
	struct row row;
	bool more;

	add_estate(test, &chance);
	query.filter = filter_parse(&test->arena, query.entity, "finding:R3", query.today, &test->error);
	query.fields = (const struct field *const[]){ entity_key(query.entity) };
	query.field_count = 1;
	cursor = query_open(test->session.store, &query, &test->error);
	for (size_t i = 0; i < 3; i++) {
		support_must(test, cursor_next(cursor, &row, &more, &test->error) && more);
		keys[i] = arena_format(&test->arena, "key=%s", row.values[0]);
	}
	cursor_close(cursor);
	support_must(test, browse_count(&test->session, &query, &before, &test->error));
	for (size_t i = 0; i < 3; i++)
		support_must(test, support_run(test, "finding answer", NULL, "rule=R3", keys[i], "answer=accepted",
					       "by=P", "reason=because", "until=2026-12-31", NULL));
	check_kept(test, "");
	support_must(test, browse_count(&test->session, &query, &after, &test->error));
	assert_int_equal(after, before - 3);
}

/* What an open entry has changed is not kept yet: its lists are those of before its sums. */
static void
what_is_not_committed_is_listed_too(void **state)
{
	struct support *test = *state;
	struct chance chance = { .state = 3 };

	add_estate(test, &chance);
	support_begin(test, "One more");
	support_add(test, ENTITY_SITE, "code=NEW", NULL);
	support_add(test, ENTITY_DEVICE, "tag=NEW", "site=NEW", "kind=camera", "manufacturer=Hikvision",
		    "network=core", NULL);
	check(test, ENTITY_DEVICE, "finding:R2");
	check(test, ENTITY_DEVICE, "in_scope:yes present:yes");
	support_commit(test);
	check(test, ENTITY_DEVICE, "finding:R2");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(every_list_has_the_rows_that_its_filter_holds_for),
		register_test(what_is_answered_is_not_counted),
		register_test(what_is_not_committed_is_listed_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
