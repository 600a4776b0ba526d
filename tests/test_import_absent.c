/* SPDX-License-Identifier: MIT */
/* Looking for what a file does not mention, on a site with thousands of devices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/internal.h"
#include "tests/import_estate.h"

enum {
	DEVICES = 20000,
	STEPS_AT_ONCE = 1000,	/* of SQLite's machine, between two calls */
	STEPS_PER_ROW = 80,	/* several times what a row that is the same takes */
};

/* The devices from `first` on, all on one site. */
static const char *
list_devices(struct estate *estate, int first)
{
	struct text rows = { 0 };
	const char *copy;

	text_append(&rows, "tag,site\n");
	for (int i = first; i <= DEVICES; i++)
		text_format(&rows, "D%05d,S1\n", i);
	copy = arena_text(&estate->arena, text_words(&rows));
	text_free(&rows);
	return copy;
}

static void
open_large_site(struct estate *estate)
{
	estate_open(estate);
	estate_take(estate, ENTITY_SITE, "code\nS1\n");
	estate_take(estate, ENTITY_DEVICE, list_devices(estate, 1));
}

static int
count_steps(void *context)
{
	int64_t *steps = context;

	*steps += STEPS_AT_ONCE;
	return 0;
}

static void
a_large_site_is_looked_through_once(void **state)
{
	struct estate estate;
	int64_t steps = 0;

	(void)state;
	open_large_site(&estate);
	sqlite3_progress_handler(estate.session.store->database, STEPS_AT_ONCE, count_steps, &steps);
	estate_take(&estate, ENTITY_DEVICE, list_devices(&estate, 3));
	sqlite3_progress_handler(estate.session.store->database, 0, NULL, NULL);
	estate_assert_counts(&estate, 0, 0, DEVICES - 2, 0, 2);
	assert_in_range(steps, 1, DEVICES * STEPS_PER_ROW);
	estate_close(&estate);
}

/* Progress is told of the search too, and it is stopped there. */
static bool
stop_at_the_search(void *context, const char *what, int64_t done, int64_t total)
{
	bool *searched = context;

	(void)done;
	(void)total;
	*searched |= what != NULL && strcmp(what, "Looking for absent devices") == 0;
	return !*searched;
}

static void
the_search_for_what_is_absent_can_be_stopped(void **state)
{
	struct estate estate;
	bool searched = false;
	struct progress progress = { .step = stop_at_the_search, .context = &searched };

	(void)state;
	open_large_site(&estate);
	estate.session.progress = &progress;
	estate.options.absent_marked = true;
	assert_false(estate_import(&estate, ENTITY_DEVICE, "tag,site\nD00001,S1\n"));
	estate.session.progress = NULL;
	assert_true(searched);
	assert_int_equal(estate.error.kind, ERROR_CANCELLED);
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "D00002", "missed_on"), "");
	estate_close(&estate);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_large_site_is_looked_through_once),
		cmocka_unit_test(the_search_for_what_is_absent_can_be_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
