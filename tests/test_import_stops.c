/* SPDX-License-Identifier: MIT */
/* All that an import does for long says how far it is and can be stopped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/import_estate.h"

enum { ROWS = 20000 };

/* Stops the import when it comes to some work. */
struct stop {
	const char *work;
	bool came;
};

static bool
stop_at_the_work(void *context, const char *what, int64_t done, int64_t total)
{
	struct stop *stop = context;

	assert_true(total == 0 || done <= total);
	stop->came |= what != NULL && strcmp(what, stop->work) == 0;
	return !stop->came;
}

/* So many sites, each of which comes twice and says something else then. */
static const char *
list_contradictions(struct estate *estate)
{
	struct text rows = { 0 };
	const char *copy;

	text_append(&rows, "code,name\n");
	for (int half = 0; half < 2; half++)
		for (int i = 0; i < ROWS / 2; i++)
			text_format(&rows, "S%05d,Name %d\n", i, half);
	copy = arena_text(&estate->arena, text_words(&rows));
	text_free(&rows);
	return copy;
}

static void
assert_stops_at(struct estate *estate, const char *work, const char *rows)
{
	struct stop stop = { .work = work };
	struct progress progress = { .step = stop_at_the_work, .context = &stop };

	estate->session.progress = &progress;
	assert_false(estate_import(estate, ENTITY_SITE, rows));
	estate->session.progress = NULL;
	assert_true(stop.came);
	assert_int_equal(estate->error.kind, ERROR_CANCELLED);
	assert_string_equal(estate->error.message, "Stopped. Nothing was changed.");
}

static void
the_taking_back_of_contradictions_can_be_stopped(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	assert_stops_at(&estate, "Taking back rows that contradict each other", list_contradictions(&estate));
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 0);
	assert_int_equal(estate_count(&estate, ENTITY_SOURCE), 0);
	estate_close(&estate);
}

static void
the_second_reading_of_contradictions_can_be_stopped(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	assert_stops_at(&estate, "Reading again the rows that contradict each other", list_contradictions(&estate));
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 0);
	/* Nobody stops it: all of them are refused. */
	estate_take(&estate, ENTITY_SITE, list_contradictions(&estate));
	estate_assert_counts(&estate, 0, 0, 0, ROWS, 0);
	estate_close(&estate);
}

static void
the_look_whether_the_file_came_before_can_be_stopped(void **state)
{
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate_take(&estate, ENTITY_SITE, "code\nS1\n");
	assert_stops_at(&estate, "Looking whether the file came before", "code\nS1\n");
	estate_take(&estate, ENTITY_SITE, "code\nS1\n");
	assert_true(estate.summary.nothing_to_do);
	estate_close(&estate);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_taking_back_of_contradictions_can_be_stopped),
		cmocka_unit_test(the_second_reading_of_contradictions_can_be_stopped),
		cmocka_unit_test(the_look_whether_the_file_came_before_can_be_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
