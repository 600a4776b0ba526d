/* SPDX-License-Identifier: MIT */
/* Deadlines that are met by what is recorded, by whatever door it came in. */
#include "tests/support.h"

#include <string.h>

#include "core/chance.h"

/* Sites S1, sensitive with two cameras in scope, and S2, of BODY under TOP. */
static void
add_estate(struct support *test)
{
	support_begin(test, "Fill");
	support_add(test, ENTITY_MANUFACTURER, "name=Maker", "covered=yes", "basis=x", "decided_by=Jo",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_ORGANISATION, "code=TOP", NULL);
	support_add(test, ENTITY_ORGANISATION, "code=BODY", "parent=TOP", NULL);
	support_add(test, ENTITY_SITE, "code=S1", "organisation=BODY", NULL);
	support_add(test, ENTITY_SITE, "code=S2", "organisation=BODY", NULL);
	support_add(test, ENTITY_ASSESSMENT, "site=S1", "secret=yes", "grounds=x", "decided_by=Jo",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_DEVICE, "tag=A", "site=S1", "kind=camera", "manufacturer=Maker", NULL);
	support_add(test, ENTITY_DEVICE, "tag=B", "site=S1", "kind=camera", "manufacturer=Maker", NULL);
	support_commit(test);
}

static void
set_deadline(struct support *test, const char *of, const char *key, const char *kind)
{
	support_must(test, support_run(test, "deadline set", NULL, arena_format(&test->arena, "entity=%s", of),
				       arena_format(&test->arena, "key=%s", key), "date=2027-01-31",
				       arena_format(&test->arena, "kind=%s", kind), "reason=Because", NULL));
}

static void
assert_done(struct support *test, const char *number, const char *day)
{
	assert_value(test, ENTITY_DEADLINE, number, "done_on", day);
	assert_value(test, ENTITY_DEADLINE, number, "done_by", *day == '-' ? "-" : "what is recorded");
}

static void
what_is_recorded_of_a_device_meets_its_deadlines(void **state)
{
	static const struct { const char *kind, *fact, *day; } rows[] = {
		{ "remove", "removed_on=2026-11-02", "2026-11-02" },
		{ "remove", "disposed_on=2026-11-03", "2026-11-03" },
		{ "remove", "replaced_on=2026-11-04", "2026-11-04" },
		{ "remove", "isolated_on=2026-11-05", "-" },
		{ "replace", "replaced_on=2026-11-06", "2026-11-06" },
		{ "replace", "removed_on=2026-11-07", "-" },
		{ "disconnect", "isolated_on=2026-11-08", "2026-11-08" },
		{ "disconnect", "removed_on=2026-11-09", "2026-11-09" },
		{ "confirm make", "removed_on=2026-11-10", "-" },
	};
	struct support *test = *state;

	add_estate(test);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *tag = arena_format(&test->arena, "D%zu", i);

		support_begin(test, "Add");
		support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=%s", tag), "site=S2", "kind=camera",
			    NULL);
		support_commit(test);
		set_deadline(test, "device", tag, rows[i].kind);
		support_set_alone(test, ENTITY_DEVICE, tag, rows[i].fact);
		assert_done(test, arena_format(&test->arena, "%zu", i + 1), rows[i].day);
	}
}

static void
a_maker_that_is_confirmed_meets_the_deadline_to_confirm_it(void **state)
{
	struct support *test = *state;

	add_estate(test);
	set_deadline(test, "device", "A", "confirm make");
	support_must(test, support_run(test, "device confirm", NULL, "device=A", "by=Ann", "evidence=Label", NULL));
	assert_done(test, "1", "2026-11-21");
}

static void
the_last_device_that_goes_meets_those_of_its_site_and_of_the_bodies_above(void **state)
{
	struct support *test = *state;

	add_estate(test);
	set_deadline(test, "site", "S1", "remove");
	set_deadline(test, "organisation", "BODY", "remove");
	set_deadline(test, "organisation", "TOP", "disconnect");
	set_deadline(test, "site", "S2", "remove");
	support_set_alone(test, ENTITY_DEVICE, "A", "removed_on=2026-11-02");
	assert_string_equal(support_find(test, ENTITY_DEADLINE, "done"), "");
	support_set_alone(test, ENTITY_DEVICE, "B", "removed_on=2026-11-01");
	assert_done(test, "1", "2026-11-02");
	assert_done(test, "2", "2026-11-02");
	assert_done(test, "3", "2026-11-02");
	/* A site that never had any has not been cleared. */
	assert_done(test, "4", "-");
}

static void
a_fact_that_is_taken_back_opens_them_again_on_their_day(void **state)
{
	struct support *test = *state;

	add_estate(test);
	set_deadline(test, "device", "A", "remove");
	set_deadline(test, "organisation", "TOP", "remove");
	support_set_alone(test, ENTITY_DEVICE, "A", "removed_on=2026-11-02");
	support_set_alone(test, ENTITY_DEVICE, "B", "removed_on=2026-11-02");
	assert_done(test, "2", "2026-11-02");
	support_set_alone(test, ENTITY_DEVICE, "A", "removed_on=");
	assert_done(test, "1", "-");
	assert_done(test, "2", "-");
	assert_value(test, ENTITY_DEADLINE, "1", "due_on", "2027-01-31");
	support_set_alone(test, ENTITY_DEVICE, "A", "removed_on=2026-11-05");
	assert_done(test, "1", "2026-11-05");
	assert_done(test, "2", "2026-11-05");
}

static void
a_device_that_is_found_later_opens_that_of_its_site_again(void **state)
{
	struct support *test = *state;

	add_estate(test);
	set_deadline(test, "site", "S1", "remove");
	support_set_alone(test, ENTITY_DEVICE, "A", "removed_on=2026-11-02");
	support_set_alone(test, ENTITY_DEVICE, "B", "removed_on=2026-11-02");
	assert_done(test, "1", "2026-11-02");
	support_begin(test, "Add");
	support_add(test, ENTITY_DEVICE, "tag=C", "site=S1", "kind=camera", "manufacturer=Maker", NULL);
	support_commit(test);
	assert_done(test, "1", "-");
}

static void
what_a_person_has_closed_stays_as_it_was_said(void **state)
{
	struct support *test = *state;

	add_estate(test);
	set_deadline(test, "device", "A", "remove");
	support_must(test, support_run(test, "deadline done", NULL, "deadline=1", "on=2026-11-01", "by=Ann", NULL));
	support_set_alone(test, ENTITY_DEVICE, "A", "removed_on=2026-11-02");
	support_set_alone(test, ENTITY_DEVICE, "A", "removed_on=");
	assert_value(test, ENTITY_DEADLINE, "1", "done_on", "2026-11-01");
	assert_value(test, ENTITY_DEADLINE, "1", "done_by", "Ann");
}

static void
what_is_recorded_already_meets_one_that_is_set_later(void **state)
{
	struct support *test = *state;

	add_estate(test);
	support_set_alone(test, ENTITY_DEVICE, "A", "removed_on=2026-11-02");
	set_deadline(test, "device", "A", "remove");
	assert_done(test, "1", "2026-11-02");
}

static void
a_survey_or_an_assessment_counts_when_it_came_after_the_deadline_was_set(void **state)
{
	struct support *test = *state;

	add_estate(test);
	support_set_alone(test, ENTITY_SITE, "S1", "survey_on=2026-11-20");
	set_deadline(test, "site", "S1", "survey");
	set_deadline(test, "site", "S1", "assess");
	support_set_alone(test, ENTITY_SITE, "S1", "notes=Looked at");
	assert_string_equal(support_find(test, ENTITY_DEADLINE, "done"), "");
	support_set_alone(test, ENTITY_SITE, "S1", "survey_on=2026-11-21");
	support_must(test, support_run(test, "site assess", NULL, "site=S1", "secret=no", "dv=no", "ministers=no",
				       "socpa=no", "grounds=Looked at again", "by=Jo", "review=1y", NULL));
	assert_done(test, "1", "2026-11-21");
	assert_done(test, "2", "2026-11-21");
}

static void
undo_takes_both_back_and_redo_gives_them_again(void **state)
{
	struct support *test = *state;
	const char *before;

	add_estate(test);
	set_deadline(test, "device", "A", "remove");
	before = support_snapshot(test);
	support_set_alone(test, ENTITY_DEVICE, "A", "removed_on=2026-11-02");
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_done(test, "1", "-");
	assert_string_equal(support_snapshot(test), before);
	support_must(test, support_run(test, "redo", NULL, NULL));
	assert_done(test, "1", "2026-11-02");
}

static void
one_that_the_records_have_met_is_not_opened_by_hand(void **state)
{
	struct support *test = *state;

	add_estate(test);
	set_deadline(test, "device", "A", "remove");
	support_set_alone(test, ENTITY_DEVICE, "A", "removed_on=2026-11-02");
	assert_failed(test, support_run(test, "deadline reopen", NULL, "deadline=1", "why=Not gone", NULL),
		      "Deadline 1 is met by what is recorded of A.");
}

static const char *
days_done(struct support *test)
{
	const char *days = "";

	for (int64_t number = 1; number <= support_number(test, "SELECT max(id) FROM deadline"); number++)
		days = arena_format(&test->arena, "%s %s", days,
				    support_value(test, ENTITY_DEADLINE,
						  arena_format(&test->arena, "%lld", (long long)number), "done_on"));
	return days;
}

/* One of many ways in which facts, sites and bodies change; what cannot be is refused, and changes nothing. */
static void
change_something(struct support *test, struct chance *chance)
{
	static const char *const facts[] = { "removed_on=2026-11-02", "removed_on=", "isolated_on=2026-11-03",
					     "isolated_on=", "replaced_on=2026-11-04", "replaced_on=", "site=S1",
					     "site=S2", "manufacturer=Maker", "manufacturer=" };
	static const char *const places[] = { "organisation=BODY", "organisation=TOP", "organisation=ELSE",
					      "parent=S1", "parent=", "survey_on=2026-11-21", "survey_on=" };
	static const char *const bodies[] = { "parent=TOP", "parent=", "parent=ELSE" };
	static const char *const secret[] = { "secret=yes", "secret=no" };
	const char *tag = arena_format(&test->arena, "key=D%d", (int)chance_below(chance, 4));
	const char *field = arena_format(&test->arena, "field=%s", facts[chance_below(chance, 10)]);
	const char *place = arena_format(&test->arena, "field=%s", places[chance_below(chance, 7)]);
	const char *body = arena_format(&test->arena, "field=%s", bodies[chance_below(chance, 3)]);

	switch (chance_below(chance, 8)) {
	case 0:
		support_run(test, "set", NULL, "entity=site", "key=S2", place, NULL);
		break;
	case 1:
		support_run(test, "set", NULL, "entity=organisation", "key=BODY", body, NULL);
		break;
	case 2:
		support_run(test, "site assess", NULL, "site=S2", secret[chance_below(chance, 2)], "dv=no",
			    "ministers=no", "socpa=no", "grounds=x", "by=Jo", "review=1y", NULL);
		break;
	case 3:
		support_run(test, chance_percent(chance, 60) ? "undo" : "redo", NULL, NULL);
		break;
	default:
		support_run(test, "set", NULL, "entity=device", tag, field, NULL);
	}
}

/* What is settled step by step is what is settled when everything is looked at anew. */
static void
nothing_that_is_recorded_is_overlooked(void **state)
{
	static const char *const kinds[] = { "remove", "disconnect", "replace" };
	struct support *test = *state;
	struct chance chance = { 20261122 };
	const char *before;

	add_estate(test);
	support_add_alone(test, ENTITY_ORGANISATION, "code=ELSE", NULL);
	support_begin(test, "Add");
	for (int i = 0; i < 4; i++)
		support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=D%d", i), "site=S2", "kind=camera",
			    "manufacturer=Maker", NULL);
	support_set(test, ENTITY_DEVICE, "A", "removed_on=2026-11-01", NULL);
	support_set(test, ENTITY_DEVICE, "B", "removed_on=2026-11-01", NULL);
	support_commit(test);
	for (int i = 0; i < 4; i++)
		set_deadline(test, "device", arena_format(&test->arena, "D%d", i), kinds[i % 3]);
	for (size_t i = 0; i < 2; i++) {
		set_deadline(test, "site", "S2", kinds[i]);
		set_deadline(test, "organisation", "BODY", kinds[i]);
		set_deadline(test, "organisation", "TOP", kinds[i]);
		set_deadline(test, "organisation", "ELSE", kinds[i]);
	}
	for (int step = 0; step < 150; step++) {
		change_something(test, &chance);
		before = days_done(test);
		support_begin(test, "Look at everything");
		support_set(test, ENTITY_SETTING, "pace_months",
			    arena_format(&test->arena, "value=%d", 3 + step % 9), NULL);
		support_commit(test);
		if (strcmp(before, days_done(test)) != 0)
			fail_msg("step %d: %s was overlooked: %s", step, before, days_done(test));
		if (step % 3 == 0)
			support_run(test, "undo", NULL, NULL);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(what_is_recorded_of_a_device_meets_its_deadlines),
		register_test(a_maker_that_is_confirmed_meets_the_deadline_to_confirm_it),
		register_test(the_last_device_that_goes_meets_those_of_its_site_and_of_the_bodies_above),
		register_test(a_fact_that_is_taken_back_opens_them_again_on_their_day),
		register_test(a_device_that_is_found_later_opens_that_of_its_site_again),
		register_test(what_a_person_has_closed_stays_as_it_was_said),
		register_test(what_is_recorded_already_meets_one_that_is_set_later),
		register_test(a_survey_or_an_assessment_counts_when_it_came_after_the_deadline_was_set),
		register_test(undo_takes_both_back_and_redo_gives_them_again),
		register_test(one_that_the_records_have_met_is_not_opened_by_hand),
		register_test(nothing_that_is_recorded_is_overlooked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
