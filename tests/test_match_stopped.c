/* SPDX-License-Identifier: MIT */
/* A match of all devices that is stopped, or cannot be finished, has changed nothing. */
#include "tests/support.h"

#include <stdio.h>

#include "commands/list_change.h"
#include "tests/csv_file.h"
#include "tests/makers.h"

/* Whoever is told how far it is may stop it. */
static bool
stop(void *context, const char *what, int64_t done, int64_t total)
{
	bool *asked = context;

	(void)done;
	(void)total;
	*asked |= what != NULL;
	return what == NULL;
}

static void
a_match_of_all_can_be_stopped_without_harm(void **state)
{
	struct support *test = *state;
	bool asked = false;
	struct progress progress = { .step = stop, .context = &asked };
	const char *before;

	lay_out(test);
	support_begin(test, "Add");
	support_add(test, ENTITY_DEVICE, "tag=C1", "site=HQ", "kind=camera", "make=Acme", NULL);
	support_commit(test);
	support_add_alone(test, ENTITY_MANUFACTURER_NAME, "name=Acme", "manufacturer=Dahua");
	before = support_snapshot(test);
	store_set_progress(test->session.store, &progress);
	assert_false(support_run(test, "manufacturer match", NULL, NULL));
	store_set_progress(test->session.store, NULL);
	assert_true(asked);
	assert_int_equal(test->error.kind, ERROR_CANCELLED);
	assert_string_equal(support_snapshot(test), before);
	support_must(test, support_run(test, "manufacturer match", NULL, NULL));
	assert_value(test, ENTITY_DEVICE, "C1", "manufacturer", "Dahua");
}

/* While the change is on its way somebody else gives a file the name that the list of changes is to have. */
static bool
take_the_name(struct session *session, struct list_change *change, int *changed, struct error *error)
{
	FILE *file = fopen(*(const char *const *)change->context, "w");

	(void)session;
	(void)error;
	assert_non_null(file);
	fputs("taken", file);
	*changed = 1;
	return fclose(file) == 0;
}

static void
a_list_of_changes_that_cannot_be_finished_leaves_no_decision_behind(void **state)
{
	struct support *test = *state;
	const char *path = support_path(test, "changes.csv"), *before;
	struct request request = { .command = command_named("manufacturer match") };
	struct list_change change = { .what = "Decide", .context = &path, .make = take_the_name };
	struct reply reply = { 0 };
	struct text left = { 0 };

	lay_out(test);
	before = support_snapshot(test);
	support_must(test, request_add(&request, &test->arena, "changes", path, &test->error));
	assert_false(list_change_run(&test->session, &request, &change, &reply, &test->error));
	assert_string_equal(support_snapshot(test), before);
	read_file(path, &left);
	assert_string_equal(text_words(&left), "taken");
	text_free(&left);
	text_free(&reply.words);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(a_match_of_all_can_be_stopped_without_harm),
		register_test(a_list_of_changes_that_cannot_be_finished_leaves_no_decision_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
