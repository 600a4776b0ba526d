/* SPDX-License-Identifier: MIT */
#include "tests/support.h"

#include <string.h>

#include "commands/figures.h"

/* It failed, says so, and left no entry behind. */
static void
assert_denied(struct support *test, bool done, enum error_kind kind, const char *words)
{
	assert_false(done);
	if (test->error.kind != kind || strstr(test->error.message, words) == NULL)
		fail_msg("kind %d: '%s' does not say '%s'", (int)test->error.kind, test->error.message, words);
	assert_int_equal(store_entry_open(test->session.store).value, 0);
}

static int64_t
entry_count(struct support *test)
{
	return support_number(test, "SELECT count(*) FROM entry");
}

static void
an_assessment_keeps_the_limbs_that_it_is_not_told(void **state)
{
	struct support *test = *state;
	const char *said;

	support_add_alone(test, ENTITY_SITE, "code=S 1\"", NULL);
	support_must(test, support_run(test, "site assess", &said, "site=S 1\"", "limb=secret=no", "limb=dv=no",
				       "grounds=looked", "by=Jo", NULL));
	assert_non_null(strstr(said, "Sensitive: not assessed"));
	support_must(test, support_run(test, "site assess", &said, "site=S 1\"", "ministers=no", "socpa=no",
				       "order=SI 1", "grounds=more", "by=Jo", "on=20/11/2026", "review=1y", NULL));
	/* The one of the 20th is older, so the first still counts. */
	assert_value(test, ENTITY_SITE, "S 1\"", "sensitive", "not assessed");
	assert_value(test, ENTITY_ASSESSMENT, "2", "secret", "no");
	assert_value(test, ENTITY_ASSESSMENT, "2", "review_on", "2027-11-21");
	support_must(test, support_run(test, "site assess", &said, "site=S 1\"", "limb=ministers=no", "limb=socpa=no",
				       "grounds=more", "by=Jo", NULL));
	assert_non_null(strstr(said, "Sensitive: no."));
	assert_value(test, ENTITY_ASSESSMENT, "3", "secret", "no");
	assert_value(test, ENTITY_ASSESSMENT, "3", "grounds", "more");
	support_must(test, support_run(test, "site assess", &said, "site=S 1\"", "limb=other=yes", "grounds=other",
				       "by=Jo", NULL));
	assert_value(test, ENTITY_SITE, "S 1\"", "sensitive", "yes");
	assert_value(test, ENTITY_ASSESSMENT, "4", "dv", "no");
}

static void
an_assessment_keeps_the_review_that_is_still_to_come(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_must(test, support_run(test, "site assess", NULL, "site=S1", "secret=yes", "grounds=x", "by=Jo",
				       "on=2026-01-05", "review=2026-06-01", NULL));
	support_must(test, support_run(test, "site assess", NULL, "site=S1", "dv=no", "grounds=x", "by=Jo",
				       "on=2026-02-05", NULL));
	assert_value(test, ENTITY_ASSESSMENT, "2", "review_on", "2026-06-01");
	support_must(test, support_run(test, "site assess", NULL, "site=S1", "dv=yes", "grounds=x", "by=Jo",
				       "on=2026-06-01", NULL));
	assert_value(test, ENTITY_ASSESSMENT, "3", "review_on", "-");
	assert_denied(test,
		      support_run(test, "site assess", NULL, "site=S1", "dv=no", "grounds=x", "by=Jo", "on=2026-06-02",
				  "review=2026-06-01", NULL),
		      ERROR_INVALID, "before the day of the decision");
}

static void
an_assessment_decides_something(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	assert_denied(test, support_run(test, "site assess", NULL, "site=S1", "grounds=x", "by=Jo", "review=1y", NULL),
		      ERROR_USAGE, "answer at least one limb");
	support_must(test, support_run(test, "site assess", NULL, "site=S1", "socpa=yes", "grounds=x", "by=Jo",
				       "review=1y", NULL));
	assert_denied(test, support_run(test, "site assess", NULL, "site=S1", "grounds=y", "by=Jo", "review=1y", NULL),
		      ERROR_USAGE, "answer at least one limb");
	support_must(test, support_run(test, "site assess", NULL, "site=S1", "grounds=y", "by=Jo", "order=SI 1", NULL));
	support_must(test,
		     support_run(test, "site assess", NULL, "site=S1", "grounds=y", "by=Jo", "limb=socpa=yes", NULL));
	assert_value(test, ENTITY_ASSESSMENT, "3", "socpa_order", "SI 1");
}

static void
sites_are_assessed_together_or_not_at_all(void **state)
{
	struct support *test = *state;
	const char *said;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_SITE, "code=S2", NULL);
	assert_denied(test,
		      support_run(test, "site assess", NULL, "site=S1", "site=S3", "secret=yes", "grounds=x", "by=Jo",
				  NULL),
		      ERROR_NOT_FOUND, "no site 'S3'");
	assert_denied(test,
		      support_run(test, "site assess", NULL, "site=S1", "limb=secret:yes", "grounds=x", "by=Jo", NULL),
		      ERROR_USAGE, "secret=yes");
	assert_denied(test,
		      support_run(test, "site assess", NULL, "site=S1", "limb=height=yes", "grounds=x", "by=Jo", NULL),
		      ERROR_USAGE, "no limb");
	assert_denied(test,
		      support_run(test, "site assess", NULL, "site=S1", "limb=secret=perhaps", "grounds=x", "by=Jo",
				  NULL),
		      ERROR_INVALID, "not assessed, yes, no");
	assert_denied(test, support_run(test, "site assess", NULL, "site=S1", "secret=yes", "by=Jo", NULL), ERROR_USAGE,
		      "--grounds");
	assert_denied(test, support_run(test, "site assess", NULL, "site=S1", "secret=yes", "grounds= ", "by=Jo", NULL),
		      ERROR_INVALID, "grounds");
	assert_denied(test,
		      support_run(test, "site assess", NULL, "site=S1", "secret=yes", "grounds=x", "by=Jo",
				  "on=31/02/2026", NULL),
		      ERROR_USAGE, "no day of the calendar");
	assert_int_equal(entry_count(test), 2);
	support_must(test, support_run(test, "site assess", &said, "site=S1", "site=S2", "secret=yes", "grounds=x",
				       "by=Jo", NULL));
	assert_string_equal(said, "Assessed 2 sites.\n");
	assert_string_equal(support_find(test, ENTITY_SITE, "sensitive:yes"), "S1 S2");
	assert_int_equal(entry_count(test), 3);
}

static void
a_deadline_that_is_moved_keeps_its_first_date(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_DEVICE, "tag=C1", "site=S1");
	support_must(test,
		     support_run(test, "deadline set", NULL, "entity=site", "key=S1", "date=90d", "owner=Jo", NULL));
	support_must(test, support_run(test, "deadline set", NULL, "entity=site", "key=S1", "date=1y",
				       "reason=asbestos", NULL));
	assert_string_equal(support_find(test, ENTITY_DEADLINE, ""), "1");
	assert_value(test, ENTITY_DEADLINE, "1", "first_on", "2027-02-19");
	assert_value(test, ENTITY_DEADLINE, "1", "due_on", "2027-11-21");
	assert_value(test, ENTITY_DEADLINE, "1", "owner", "Jo");
	assert_value(test, ENTITY_DEADLINE, "1", "reason", "asbestos");
	support_must(test,
		     support_run(test, "deadline set", NULL, "entity=site", "key=S1", "date=30d", "kind=assess", NULL));
	support_must(test, support_run(test, "deadline set", NULL, "entity=device", "key=C1", "date=31/01/2027", NULL));
	assert_value(test, ENTITY_DEADLINE, "2", "kind", "assess");
	assert_value(test, ENTITY_DEADLINE, "3", "device", "C1");
	support_must(test, support_run(test, "deadline done", NULL, "deadline=1", NULL));
	assert_value(test, ENTITY_DEADLINE, "1", "done_on", "2026-11-21");
	assert_value(test, ENTITY_DEADLINE, "1", "done_by", "Test");
	support_must(test, support_run(test, "deadline set", NULL, "entity=site", "key=S1", "date=2y", NULL));
	assert_value(test, ENTITY_DEADLINE, "4", "first_on", "2028-11-21");
}

static void
a_deadline_is_closed_once(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_must(test, support_run(test, "deadline set", NULL, "entity=site", "key=S1", "date=90d", NULL));
	support_must(test, support_run(test, "deadline done", NULL, "deadline=1", "on=2026-11-01", "by=Sam", NULL));
	assert_denied(test, support_run(test, "deadline done", NULL, "deadline=1", NULL), ERROR_CONFLICT,
		      "closed on 2026-11-01");
	assert_denied(test, support_run(test, "deadline done", NULL, "deadline=1x", "on=2026-11-02", NULL),
		      ERROR_NOT_FOUND, "1x");
	assert_value(test, ENTITY_DEADLINE, "1", "done_on", "2026-11-01");
	support_must(test, support_run(test, "deadline done", NULL, "deadline=1", "on=2026-11-02", NULL));
	assert_value(test, ENTITY_DEADLINE, "1", "done_on", "2026-11-02");
	assert_denied(test, support_run(test, "deadline set", NULL, "entity=manufacturer", "key=S1", "date=90d", NULL),
		      ERROR_USAGE, "deadline set site CODE");
	assert_denied(test, support_run(test, "deadline set", NULL, "entity=site", "key=S1", "date=9999y", NULL),
		      ERROR_USAGE, "none from today");
	assert_denied(test,
		      support_run(test, "deadline set", NULL, "entity=site", "key=S1", "date=90d", "kind=burn", NULL),
		      ERROR_USAGE, "kind");
}

static void
covering_a_manufacturer_is_a_dated_decision_and_names_the_devices(void **state)
{
	struct support *test = *state;
	const char *said;

	support_add_alone(test, ENTITY_MANUFACTURER, "name=Hikvision", NULL);
	support_add_alone(test, ENTITY_MANUFACTURER_NAME, "name=HiWatch", "manufacturer=Hikvision");
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_begin(test, "Devices");
	support_add(test, ENTITY_DEVICE, "tag=C1", "site=S1", "manufacturer=hiwatch", "kind=camera", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C2", "site=S1", "manufacturer=HIKVISION", "removed_on=2024-01-01", NULL);
	support_commit(test);
	assert_value(test, ENTITY_DEVICE, "C1", "in_scope", "unknown");
	assert_denied(test,
		      support_run(test, "manufacturer cover", NULL, "manufacturer=Nobody", "basis=law", "by=Jo", NULL),
		      ERROR_NOT_FOUND, "Nobody");
	assert_denied(test, support_run(test, "manufacturer cover", NULL, "manufacturer=Hikvision", "by=Jo", NULL),
		      ERROR_USAGE, "--basis");
	support_must(test, support_run(test, "manufacturer cover", &said, "manufacturer=HiWatch", "basis=law", "by=Jo",
				       NULL));
	assert_non_null(strstr(said, "1 device of that make is"));
	assert_value(test, ENTITY_MANUFACTURER, "Hikvision", "decided_on", "2026-11-21");
	assert_value(test, ENTITY_DEVICE, "C1", "in_scope", "yes");
	support_must(test, support_run(test, "manufacturer uncover", NULL, "manufacturer=Hikvision", "basis=wrong",
				       "by=Jo", "on=2026-11-01", NULL));
	assert_value(test, ENTITY_DEVICE, "C1", "in_scope", "no");
	assert_value(test, ENTITY_MANUFACTURER, "Hikvision", "decided_on", "2026-11-01");
}

static void
setting_says_what_is_wrong_and_changes_nothing(void **state)
{
	struct support *test = *state;
	const char *said;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_SITE, "code=S2", NULL);
	assert_denied(test, support_run(test, "set", NULL, "entity=site", "key=S1", "field=sensitive=yes", NULL),
		      ERROR_INVALID, "worked out");
	assert_denied(test, support_run(test, "set", NULL, "entity=site", "key=S1", "field=colour=red", NULL),
		      ERROR_USAGE, "no field 'colour'");
	assert_denied(test, support_run(test, "set", NULL, "entity=site", "key=S1", "field=name", NULL), ERROR_USAGE,
		      "FIELD=VALUE");
	assert_denied(test, support_run(test, "set", NULL, "entity=site", "key=S1", "field==x", NULL), ERROR_USAGE,
		      "no field");
	assert_denied(test, support_run(test, "set", NULL, "entity=site", "key=S9", "field=name=x", NULL),
		      ERROR_NOT_FOUND, "S9");
	assert_denied(test, support_run(test, "set", NULL, "entity=site", "key=S1", "field=code=S2", NULL),
		      ERROR_CONFLICT, "Another site has the code 'S2'");
	assert_denied(test, support_run(test, "set", NULL, "entity=site", "key=S1", "field=code=", NULL), ERROR_INVALID,
		      "needs its code");
	assert_denied(test,
		      support_run(test, "set", NULL, "entity=site", "key=S1", "field=name=x", "field=survey_on=4/5",
				  NULL),
		      ERROR_INVALID, "Surveyed");
	assert_denied(test, support_run(test, "set", NULL, "entity=site", "key=S1", "field=organisation=NOBODY", NULL),
		      ERROR_INVALID, "no organisation 'NOBODY'");
	assert_denied(test, support_run(test, "set", NULL, "entity=entry", "key=1", "field=who=me", NULL), ERROR_USAGE,
		      "is not one of");
	assert_int_equal(entry_count(test), 2);
	support_must(test, support_run(test, "set", &said, "entity=site", "key=S1", "field=name=York = home",
				       "field=town=York", NULL));
	assert_string_equal(said, "Set name, town on site S1.\n");
	assert_value(test, ENTITY_SITE, "S1", "name", "York = home");
	support_must(test, support_run(test, "set", &said, "entity=site", "key=S1", "field=town=York", NULL));
	assert_non_null(strstr(said, "nothing was changed"));
	assert_int_equal(entry_count(test), 3);
}

static void
adding_says_what_is_wrong_and_adds_nothing(void **state)
{
	struct support *test = *state;

	assert_denied(test, support_run(test, "add", NULL, "entity=device", "field=tag=C1", NULL), ERROR_INVALID,
		      "needs its site");
	assert_denied(test, support_run(test, "add", NULL, "entity=device", "field=tag=C1", "field=site=S1", NULL),
		      ERROR_INVALID, "no site 'S1'");
	support_must(test, support_run(test, "add", NULL, "entity=site", "field=code=S1", "field=controller=", NULL));
	assert_value(test, ENTITY_SITE, "S1", "controller", "unknown");
	assert_denied(test, support_run(test, "add", NULL, "entity=site", "field=code=S1", NULL), ERROR_CONFLICT,
		      "already has a site");
	support_must(test, support_run(test, "add", NULL, "entity=device", "field=tag=C1", "field=site=s1", NULL));
	assert_denied(test,
		      support_run(test, "add", NULL, "entity=device", "field=tag=C2", "field=site=S1",
				  "field=decision=remove", NULL),
		      ERROR_INVALID, "decision_by");
	assert_int_equal(entry_count(test), 2);
}

static void
a_save_of_what_was_changed_meanwhile_is_refused(void **state)
{
	struct support *test = *state;
	struct record *before, *now;
	struct text words = { 0 };

	support_add_alone(test, ENTITY_SITE, "code=S1", "name=a");
	before = store_find(test->session.store, ENTITY_SITE, "S1", test->session.today, &test->arena, &test->error);
	now = record_copy(&test->arena, before);
	now->values[SITE_town] = "York";
	support_set_alone(test, ENTITY_SITE, "S1", "name=b");
	assert_denied(test, record_save(&test->session, before, now, NULL, &words, &test->error), ERROR_CONFLICT,
		      "changed meanwhile");
	assert_string_equal(text_words(&words), "");
	assert_value(test, ENTITY_SITE, "S1", "town", "-");
	support_must(test, support_run(test, "undo", NULL, NULL));
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_denied(test, record_save(&test->session, before, now, NULL, &words, &test->error), ERROR_CONFLICT,
		      "no longer");
	text_free(&words);
}

static void
an_undo_takes_the_entry_that_was_chosen(void **state)
{
	struct support *test = *state;
	struct record_id chosen[] = { { ENTITY_ENTRY, 1 }, { ENTITY_ENTRY, 2 } };
	struct request request = { .command = command_named("undo"), .selection = chosen, .selection_count = 1 };
	struct reply reply = { 0 };

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_SITE, "code=S2", NULL);
	support_must(test, command_run(&test->session, &request, &reply, &test->error));
	assert_string_equal(support_find(test, ENTITY_SITE, ""), "S2");
	request.selection_count = 2;
	assert_denied(test, command_run(&test->session, &request, &reply, &test->error), ERROR_USAGE,
		      "One entry at a time");
	assert_denied(test, support_run(test, "undo", NULL, "entry=2x", NULL), ERROR_USAGE, "2x");
	support_must(test, support_run(test, "redo", NULL, NULL));
	assert_denied(test, support_run(test, "redo", NULL, NULL), ERROR_NOT_FOUND, "nothing to do again");
	assert_string_equal(support_find(test, ENTITY_SITE, ""), "S1 S2");
	text_free(&reply.words);
}

static void
a_percentage_never_rounds_to_none_or_all(void **state)
{
	static const struct { int64_t part, whole; const char *words; } rows[] = {
		{ 0, 0, "no such sites" }, { 0, 3, "0 %" }, { 3, 3, "100 %" }, { 1, 3, "33 %" }, { 2, 3, "67 %" },
		{ 1, 2, "50 %" }, { 1, 1000, "less than 1 %" }, { 999, 1000, "more than 99 %" }, { 5, 1000, "1 %" },
		{ 1, 200, "1 %" },
	};
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(figure_percent(&arena, rows[i].part, rows[i].whole), rows[i].words);
	arena_free(&arena);
}

static bool
stop_at_second(void *context, const char *what, int64_t done, int64_t total)
{
	(void)context;
	(void)what;
	return total == 0 || done < 1;
}

static void
a_command_that_is_stopped_keeps_nothing(void **state)
{
	struct support *test = *state;
	struct progress progress = { .step = stop_at_second };
	const char *before;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_SITE, "code=S2", NULL);
	before = support_snapshot(test);
	test->session.progress = &progress;
	assert_denied(test,
		      support_run(test, "site assess", NULL, "site=S1", "site=S2", "secret=yes", "grounds=x", "by=Jo",
				  NULL),
		      ERROR_CANCELLED, "Nothing was changed");
	assert_denied(test,
		      support_run(test, "deadline set", NULL, "entity=site", "key=S1", "key=S2", "date=90d", NULL),
		      ERROR_CANCELLED, "Nothing was changed");
	assert_string_equal(support_snapshot(test), before);
	assert_int_equal(entry_count(test), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(an_assessment_keeps_the_limbs_that_it_is_not_told),
		register_test(an_assessment_keeps_the_review_that_is_still_to_come),
		register_test(an_assessment_decides_something),
		register_test(sites_are_assessed_together_or_not_at_all),
		register_test(a_deadline_that_is_moved_keeps_its_first_date),
		register_test(a_deadline_is_closed_once),
		register_test(covering_a_manufacturer_is_a_dated_decision_and_names_the_devices),
		register_test(setting_says_what_is_wrong_and_changes_nothing),
		register_test(adding_says_what_is_wrong_and_adds_nothing),
		register_test(a_save_of_what_was_changed_meanwhile_is_refused),
		register_test(an_undo_takes_the_entry_that_was_chosen),
		cmocka_unit_test(a_percentage_never_rounds_to_none_or_all),
		register_test(a_command_that_is_stopped_keeps_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
