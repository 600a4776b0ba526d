/* SPDX-License-Identifier: MIT */
/* What was done to devices: facts in their order, and the deadlines that they meet. */
#include "tests/support.h"

#include <string.h>

/* Site S1 with a recorder R and two cameras in scope, and a camera C that is not; each may have deadlines. */
static void
add_estate(struct support *test)
{
	support_begin(test, "Fill");
	support_add(test, ENTITY_MANUFACTURER, "name=Maker", "covered=yes", "basis=x", "decided_by=Jo",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Other", "covered=no", "basis=x", "decided_by=Jo",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	support_add(test, ENTITY_DEVICE, "tag=R", "site=S1", "kind=recorder", "manufacturer=Maker",
		    "installed_on=2019-06", NULL);
	support_add(test, ENTITY_DEVICE, "tag=A", "site=S1", "kind=camera", "manufacturer=Maker", "recorder=R", NULL);
	support_add(test, ENTITY_DEVICE, "tag=B", "site=S1", "kind=camera", "manufacturer=Maker", "recorder=R", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C", "site=S1", "kind=camera", "manufacturer=Other", "recorder=R", NULL);
	support_commit(test);
}

/* Whether it could be recorded; what was said otherwise is in test->error. */
static bool
record(struct support *test, const char *tag, const char *what, const char *day)
{
	return support_run(test, "device done", NULL, arena_format(&test->arena, "device=%s", tag),
			   arena_format(&test->arena, "what=%s", what), arena_format(&test->arena, "on=%s", day), NULL);
}

static void
must_record(struct support *test, const char *tag, const char *what, const char *day)
{
	support_must(test, record(test, tag, what, day));
}

static void
assert_refused(struct support *test, const char *tag, const char *what, const char *day, const char *words)
{
	const char *before = support_snapshot(test);

	assert_false(record(test, tag, what, day));
	if (strstr(test->error.message, words) == NULL)
		fail_msg("'%s' does not say '%s'", test->error.message, words);
	assert_string_equal(support_snapshot(test), before);
}

static void
each_fact_has_its_day_its_name_and_its_evidence(void **state)
{
	static const struct { const char *what, *day, *field, *who, *evidence; } rows[] = {
		{ "disconnect", "2026-01-01", "isolated_on", "isolated_who", "isolated_evidence" },
		{ "switch off", "2026-01-02", "switched_off_on", NULL, NULL },
		{ "remove", "2026-01-03", "removed_on", "removed_who", "removed_evidence" },
		{ "replace", "2026-01-04", "replaced_on", "replaced_who", "replaced_evidence" },
		{ "dispose", "2026-01-05", "disposed_on", "disposed_who", "disposed_evidence" },
		{ "verify", "2026-01-06", "verified_on", "verified_who", "verified_evidence" },
	};
	struct support *test = *state;

	add_estate(test);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *by = arena_format(&test->arena, "P%zu", i);

		support_must(test, support_run(test, "device done", NULL, "device=A",
					       arena_format(&test->arena, "what=%s", rows[i].what),
					       arena_format(&test->arena, "on=%s", rows[i].day),
					       arena_format(&test->arena, "by=%s", by), "evidence=JOB", NULL));
		assert_string_equal(support_value(test, ENTITY_DEVICE, "A", rows[i].field), rows[i].day);
		if (rows[i].who == NULL)
			continue;
		assert_string_equal(support_value(test, ENTITY_DEVICE, "A", rows[i].who), by);
		assert_string_equal(support_value(test, ENTITY_DEVICE, "A", rows[i].evidence), "JOB");
	}
	support_must(test, support_run(test, "device done", NULL, "device=B", "what=remove", NULL));
	assert_string_equal(support_value(test, ENTITY_DEVICE, "B", "removed_on"), "2026-11-21");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "B", "removed_who"), "Test");
}

static void
an_order_that_cannot_be_is_refused_in_words(void **state)
{
	struct support *test = *state;

	add_estate(test);
	assert_refused(test, "A", "verify", "2026-01-01", "has not been removed yet");
	assert_refused(test, "A", "dispose", "2026-01-01", "has not been removed yet");
	assert_refused(test, "R", "remove", "2019-05-31", "was only installed in 2019-06");
	must_record(test, "R", "disconnect", "2019-06-01");
	must_record(test, "A", "remove", "2026-03-01");
	assert_refused(test, "A", "verify", "2026-02-28", "only removed on 2026-03-01");
	assert_refused(test, "A", "dispose", "2026-02-28", "only removed on 2026-03-01");
	assert_refused(test, "A", "disconnect", "2026-03-02", "was taken away on 2026-03-01");
	assert_refused(test, "A", "switch off", "2026-03-02", "was taken away on 2026-03-01");
	must_record(test, "A", "disconnect", "2026-03-01");
	must_record(test, "A", "dispose", "2026-04-01");
	assert_refused(test, "A", "remove", "2026-04-02", "was disposed of on 2026-04-01");
	must_record(test, "A", "verify", "2026-05-01");
	assert_refused(test, "A", "replace", "2026-05-02", "was seen to be gone on 2026-05-01");
	assert_refused(test, "B", "remove", "2026-11-22", "after today");
}

static void
a_day_is_corrected_only_when_it_is_named(void **state)
{
	struct support *test = *state;

	add_estate(test);
	must_record(test, "A", "remove", "2026-03-01");
	assert_false(support_run(test, "device done", NULL, "device=A", "what=remove", NULL));
	assert_non_null(strstr(test->error.message, "was removed on 2026-03-01 already"));
	must_record(test, "A", "remove", "2026-03-02");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "A", "removed_on"), "2026-03-02");
}

static void
set_deadline(struct support *test, const char *entity, const char *key, const char *kind)
{
	support_must(test, support_run(test, "deadline set", NULL, arena_format(&test->arena, "entity=%s", entity),
				       arena_format(&test->arena, "key=%s", key),
				       arena_format(&test->arena, "kind=%s", kind), "date=2027-01-31", NULL));
}

static void
a_deadline_that_the_fact_meets_is_closed_though_the_fact_is_recorded_already(void **state)
{
	struct support *test = *state;
	const char *said;

	add_estate(test);
	support_must(test, support_run(test, "device done", NULL, "device=A", "what=remove", "on=2026-03-02", "by=Rob",
				       NULL));
	set_deadline(test, "device", "A", "remove");
	/* As an older program let it be. */
	support_sql(test->path, "UPDATE deadline SET done_on = NULL, done_by = NULL");
	support_must(test, support_run(test, "device done", &said, "device=A", "what=remove", "on=2026-03-02", "by=Rob",
				       NULL));
	assert_non_null(strstr(said, "Closed deadline 1 of device A (remove)."));
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "1", "done_by"), "Rob");
	support_must(test, support_run(test, "device done", &said, "device=A", "what=remove", "on=2026-03-02", "by=Rob",
				       NULL));
	assert_string_equal(said, "The register says that already; nothing was changed.\n");
}

static void
the_deadlines_of_the_device_that_are_met_are_closed_with_it(void **state)
{
	struct support *test = *state;
	const char *said;

	add_estate(test);
	set_deadline(test, "device", "A", "disconnect");
	set_deadline(test, "device", "A", "remove");
	set_deadline(test, "device", "A", "replace");
	set_deadline(test, "device", "B", "remove");
	must_record(test, "A", "switch off", "2026-03-01");
	assert_string_equal(support_find(test, ENTITY_DEADLINE, "done"), "");
	must_record(test, "A", "disconnect", "2026-03-01");
	assert_string_equal(support_find(test, ENTITY_DEADLINE, "done"), "1");
	support_must(test, support_run(test, "device done", &said, "device=A", "what=remove", "on=2026-03-02", "by=Rob",
				       NULL));
	assert_non_null(strstr(said, "Closed deadline 2 of device A (remove)."));
	assert_string_equal(support_find(test, ENTITY_DEADLINE, "done"), "1 2");
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "2", "done_on"), "2026-03-02");
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "2", "done_by"), "Rob");
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "1", "done_on"), "2026-03-01");
	/* It is one entry. */
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_string_equal(support_find(test, ENTITY_DEADLINE, "done"), "1");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "A", "removed_on"), "-");
}

static void
what_is_not_known_of_a_replacement_is_said(void **state)
{
	struct support *test = *state;
	const char *said;

	add_estate(test);
	support_begin(test, "Replacements");
	support_add(test, ENTITY_MANUFACTURER, "name=Undecided", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Harmless", "covered=no", "basis=b", "decided_by=Jo",
		    "decided_on=2022-12-01", NULL);
	support_add(test, ENTITY_DEVICE, "tag=N1", "site=S1", "kind=camera", "make=Nobody", NULL);
	support_add(test, ENTITY_DEVICE, "tag=N2", "site=S1", "kind=camera", "manufacturer=Undecided", NULL);
	support_add(test, ENTITY_DEVICE, "tag=N3", "site=S1", "kind=camera", "manufacturer=Harmless", NULL);
	support_add(test, ENTITY_DEVICE, "tag=N4", "site=S1", "kind=camera", NULL);
	support_commit(test);
	support_must(test, support_run(test, "device done", &said, "device=A", "what=replace", "with=N1", NULL));
	assert_non_null(strstr(said, "Nobody knows who made N1 (make: Nobody): it may be in scope itself."));
	support_must(test, support_run(test, "device done", &said, "device=C", "what=replace", "with=N4", NULL));
	assert_non_null(strstr(said, "Nobody knows who made N4 (make: not recorded)"));
	support_must(test, support_run(test, "device done", &said, "device=B", "what=replace", "with=N2", NULL));
	assert_non_null(strstr(said, "Nobody has decided on Undecided, which made N2: it may be in scope itself."));
	support_must(test, support_run(test, "device done", &said, "device=R", "what=replace", "with=N3", NULL));
	assert_null(strstr(said, "Nobody"));
}

static void
the_site_is_done_when_the_last_device_in_scope_has_gone(void **state)
{
	struct support *test = *state;
	const char *said;

	add_estate(test);
	set_deadline(test, "site", "S1", "remove");
	set_deadline(test, "site", "S1", "survey");
	must_record(test, "R", "remove", "2026-03-09");
	must_record(test, "A", "remove", "2026-03-01");
	must_record(test, "C", "remove", "2026-03-20");
	assert_string_equal(support_find(test, ENTITY_DEADLINE, "done"), "");
	must_record(test, "B", "disconnect", "2026-03-04");
	assert_string_equal(support_find(test, ENTITY_DEADLINE, "done"), "");
	support_must(test, support_run(test, "device done", &said, "device=B", "what=replace", "on=2026-03-05", NULL));
	assert_non_null(strstr(said, "Closed deadline 1 of site S1 (remove).\nNothing in scope is left at S1."));
	assert_string_equal(support_find(test, ENTITY_DEADLINE, "done"), "1");
	/* The last to be recorded was not the last to go. */
	assert_string_equal(support_value(test, ENTITY_DEADLINE, "1", "done_on"), "2026-03-09");
}

static void
what_is_not_in_scope_closes_no_deadline_of_its_site(void **state)
{
	struct support *test = *state;

	add_estate(test);
	set_deadline(test, "site", "S1", "remove");
	must_record(test, "C", "remove", "2026-03-20");
	assert_string_equal(support_find(test, ENTITY_DEADLINE, "done"), "");
}

static void
cameras_that_lose_their_recorder_are_told_of(void **state)
{
	struct support *test = *state;
	const char *said;

	add_estate(test);
	must_record(test, "C", "remove", "2026-03-20");
	support_must(test, support_run(test, "device done", &said, "device=R", "what=remove", NULL));
	assert_non_null(strstr(said, "2 devices record to what was taken away"));
	support_must(test, support_run(test, "device done", &said, "device=A", "what=remove", NULL));
	assert_null(strstr(said, "to what was taken away"));
}

static void
what_takes_its_place_is_matched_first(void **state)
{
	struct support *test = *state;

	add_estate(test);
	assert_false(support_run(test, "device done", NULL, "device=A", "what=replace", "with=B", NULL));
	assert_non_null(strstr(test->error.message, "Device B is no replacement"));
	assert_string_equal(support_value(test, ENTITY_DEVICE, "A", "present"), "yes");
	support_must(test, support_run(test, "device done", NULL, "device=A", "what=replace", "with=C", NULL));
	assert_string_equal(support_value(test, ENTITY_DEVICE, "A", "replaced_by"), "C");
	support_must(test, support_run(test, "device done", NULL, "device=R", "what=replace", "with=B", "why=Until May",
				       NULL));
	assert_false(support_run(test, "device done", NULL, "device=B", "what=remove", "with=C", NULL));
	assert_non_null(strstr(test->error.message, "--with"));
}

static void
a_replacement_that_is_not_named_is_said_loudly(void **state)
{
	struct support *test = *state;
	const char *said;

	add_estate(test);
	support_must(test, support_run(test, "device done", &said, "device=A", "device=B", "what=replace", NULL));
	assert_non_null(strstr(said, "WHAT TOOK THE PLACE of 2 devices is NOT RECORDED"));
	support_must(test, support_run(test, "device done", &said, "device=R", "what=replace", "with=C", NULL));
	assert_null(strstr(said, "NOT RECORDED"));
}

/* Also where several go at once, and where they are of several sites. */
static void
each_site_is_done_once_when_the_last_of_its_devices_goes(void **state)
{
	struct support *test = *state;
	const char *said, *again;

	add_estate(test);
	support_begin(test, "Another site");
	support_add(test, ENTITY_SITE, "code=S2", NULL);
	support_add(test, ENTITY_DEVICE, "tag=D", "site=S2", "kind=camera", "manufacturer=Maker", NULL);
	support_commit(test);
	set_deadline(test, "site", "S1", "remove");
	set_deadline(test, "site", "S2", "remove");
	support_must(test, support_run(test, "device done", &said, "device=R", "device=D", "device=A", "device=B",
				       "what=remove", "on=2026-03-01", NULL));
	assert_string_equal(support_find(test, ENTITY_DEADLINE, "done"), "1 2");
	again = strstr(said, "Nothing in scope is left at S1.");
	assert_non_null(again);
	assert_null(strstr(again + 1, "Nothing in scope is left at S1."));
	assert_non_null(strstr(said, "Nothing in scope is left at S2."));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(each_fact_has_its_day_its_name_and_its_evidence),
		register_test(an_order_that_cannot_be_is_refused_in_words),
		register_test(a_day_is_corrected_only_when_it_is_named),
		register_test(a_deadline_that_the_fact_meets_is_closed_though_the_fact_is_recorded_already),
		register_test(the_deadlines_of_the_device_that_are_met_are_closed_with_it),
		register_test(what_is_not_known_of_a_replacement_is_said),
		register_test(the_site_is_done_when_the_last_device_in_scope_has_gone),
		register_test(what_is_not_in_scope_closes_no_deadline_of_its_site),
		register_test(cameras_that_lose_their_recorder_are_told_of),
		register_test(what_takes_its_place_is_matched_first),
		register_test(a_replacement_that_is_not_named_is_said_loudly),
		register_test(each_site_is_done_once_when_the_last_of_its_devices_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
