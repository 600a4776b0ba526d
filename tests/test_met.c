/* SPDX-License-Identifier: MIT */
/* What was met in time stays met in time, whatever is done and decided afterwards. */
#include "tests/support.h"

#include <string.h>

enum { DEVICE_DATE = 1, SITE_DATE, BODY_DATE };	/* numbers of the deadlines */

/* A sensitive site S of BODY with one device in scope, D; each of the three has a deadline. */
static void
add_estate(struct support *test, const char *kind, const char *day)
{
	const char *kind_set = arena_format(&test->arena, "kind=%s", kind),
		   *day_set = arena_format(&test->arena, "target_on=%s", day);

	support_begin(test, "Fill");
	support_add(test, ENTITY_MANUFACTURER, "name=Maker", "covered=yes", "basis=x", "decided_by=Jo",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_ORGANISATION, "code=BODY", NULL);
	support_add(test, ENTITY_SITE, "code=S", "organisation=BODY", NULL);
	support_add(test, ENTITY_ASSESSMENT, "site=S", "secret=yes", "grounds=x", "decided_by=Jo",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_DEVICE, "tag=D", "site=S", "kind=camera", "manufacturer=Maker", NULL);
	support_add(test, ENTITY_DEADLINE, "device=D", kind_set, day_set, NULL);
	support_add(test, ENTITY_DEADLINE, "site=S", "kind=remove", day_set, NULL);
	support_add(test, ENTITY_DEADLINE, "body=BODY", "kind=remove", day_set, NULL);
	support_set(test, ENTITY_MILESTONE, "April 2025", "due_on=2026-11-20", NULL);
	support_commit(test);
}

static void
do_fact(struct support *test, const char *what, const char *day)
{
	support_must(test, support_run(test, "device done", NULL, "device=D",
				       arena_format(&test->arena, "what=%s", what),
				       arena_format(&test->arena, "on=%s", day), NULL));
}

static void
close_date(struct support *test, int number, const char *day)
{
	support_must(test, support_run(test, "deadline done", NULL, arena_format(&test->arena, "deadline=%d", number),
				       arena_format(&test->arena, "on=%s", day), NULL));
}

static void
assert_state(struct support *test, int number, const char *state)
{
	const char *came = support_value(test, ENTITY_DEADLINE, arena_format(&test->arena, "%d", number), "state");

	if (strcmp(came, state) != 0)
		fail_msg("deadline %d is '%s', not '%s'", number, came, state);
}

/* Everything that may be thought to disturb a closed deadline; the device's stays what it is. */
static void
assert_stays(struct support *test, const char *state)
{
	assert_state(test, DEVICE_DATE, state);
	support_set_alone(test, ENTITY_MILESTONE, "April 2025", "due_on=2025-01-31");
	assert_state(test, DEVICE_DATE, state);
	support_set_alone(test, ENTITY_MILESTONE, "April 2025", "due_on=2030-01-31");
	assert_state(test, DEVICE_DATE, state);
	support_set_alone(test, ENTITY_DEADLINE, arena_format(&test->arena, "%d", BODY_DATE), "target_on=2020-01-01");
	assert_state(test, DEVICE_DATE, state);
	support_must(test, date_parse_instant("2031-05-05", &test->session.now));
	test->session.today = date_from_instant(test->session.now);
	assert_state(test, DEVICE_DATE, state);
	support_reopen(test);
	assert_state(test, DEVICE_DATE, state);
}

/* On the last day it is met in time, a day after it is not: for each fact that meets a deadline. */
static void
each_fact_meets_its_deadline_for_ever(void **state)
{
	static const struct { const char *kind, *what, *day, *is; } rows[] = {
		{ "disconnect", "disconnect", "2026-11-15", "met" },
		{ "disconnect", "disconnect", "2026-11-16", "met late" },
		{ "disconnect", "remove", "2026-11-15", "met" },
		{ "remove", "remove", "2026-11-15", "met" },
		{ "remove", "remove", "2026-11-16", "met late" },
		{ "remove", "replace", "2026-11-15", "met" },
		{ "replace", "replace", "2026-11-15", "met" },
		{ "replace", "replace", "2026-11-16", "met late" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		void *own = NULL;
		struct support *test;

		assert_int_equal(support_open(&own), 0);
		test = own;
		add_estate(test, rows[i].kind, "2026-11-15");
		do_fact(test, rows[i].what, rows[i].day);
		assert_stays(test, rows[i].is);
		support_close(&own);
	}
}

/* Facts that come after it was met meet nothing again, and change nothing of when. */
static void
what_is_done_later_does_not_meet_it_again(void **state)
{
	struct support *test = *state;

	add_estate(test, "remove", "2026-11-15");
	do_fact(test, "remove", "2026-11-14");
	do_fact(test, "dispose", "2026-11-18");
	do_fact(test, "verify", "2026-11-19");
	assert_state(test, DEVICE_DATE, "met");
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "1", "done_on"), "2026-11-14");
	/* That of the site is met by the device's going, on the day that it went. */
	assert_state(test, SITE_DATE, "met");
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "2", "done_on"), "2026-11-14");
	assert_stays(test, "met");
}

/* Dates of a site and of an organisation are the same when closed by hand. */
static void
each_layer_stays_met_in_time(void **state)
{
	struct support *test = *state;

	add_estate(test, "remove", "2026-11-15");
	for (int number = DEVICE_DATE; number <= BODY_DATE; number++)
		close_date(test, number, "2026-11-15");
	support_set_alone(test, ENTITY_MILESTONE, "April 2025", "due_on=2020-01-01");
	for (int number = DEVICE_DATE; number <= BODY_DATE; number++)
		assert_state(test, number, "met");
	for (int number = DEVICE_DATE; number <= BODY_DATE; number++)
		close_date(test, number, "2026-11-16");
	support_set_alone(test, ENTITY_MILESTONE, "April 2025", "due_on=2030-01-01");
	for (int number = DEVICE_DATE; number <= BODY_DATE; number++)
		assert_state(test, number, "met late");
}

static void
undo_and_redo_bring_back_when_it_was_met(void **state)
{
	struct support *test = *state;

	add_estate(test, "remove", "2026-11-15");
	do_fact(test, "remove", "2026-11-14");
	assert_state(test, DEVICE_DATE, "met");
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_state(test, DEVICE_DATE, "overdue");
	assert_state(test, SITE_DATE, "overdue");
	support_must(test, support_run(test, "redo", NULL, NULL));
	assert_state(test, DEVICE_DATE, "met");
	assert_state(test, SITE_DATE, "met");
	assert_stays(test, "met");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_fact_meets_its_deadline_for_ever),
		register_test(what_is_done_later_does_not_meet_it_again),
		register_test(each_layer_stays_met_in_time),
		register_test(undo_and_redo_bring_back_when_it_was_met),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
