/* SPDX-License-Identifier: MIT */
/* How fast sites are cleared, told from the days that their last devices went. Today is 21 November 2026. */
#include "tests/support.h"

#include <stdlib.h>
#include <string.h>

#include "commands/pace.h"
#include "core/chance.h"
#include "db/setting.h"

static void
make_ground(struct support *test)
{
	support_begin(test, "Ground");
	support_add(test, ENTITY_MANUFACTURER, "name=Covered", "covered=yes", "basis=b", "decided_by=Jo",
		    "decided_on=2022-12-01", NULL);
	support_add(test, ENTITY_ORGANISATION, "code=AAA", NULL);
	support_add(test, ENTITY_ORGANISATION, "code=BBB", NULL);
	support_commit(test);
}

/* A site with one device in scope that went on that day, or is still there for NULL. */
static void
add_site(struct support *test, const char *organisation, const char *answer, const char *gone)
{
	static int number;
	struct arena *arena = &test->arena;
	const char *code = arena_format(arena, "S%d", ++number);

	support_begin(test, "Site");
	support_add(test, ENTITY_SITE, arena_format(arena, "code=%s", code),
		    arena_format(arena, "organisation=%s", organisation), NULL);
	support_add(test, ENTITY_ASSESSMENT, arena_format(arena, "site=%s", code),
		    arena_format(arena, "secret=%s", answer), "dv=no", "ministers=no", "socpa=no", "grounds=g",
		    "decided_by=Jo", "decided_on=2022-12-01", NULL);
	support_add(test, ENTITY_DEVICE, arena_format(arena, "tag=%s-C1", code), arena_format(arena, "site=%s", code),
		    "kind=camera", "manufacturer=Covered",
		    gone != NULL ? arena_format(arena, "removed_on=%s", gone) : NULL, NULL);
	support_commit(test);
}

static void
add_sites(struct support *test, const char *organisation, int count, const char *gone)
{
	while (count-- > 0)
		add_site(test, organisation, "yes", gone);
}

static const struct pace_table *
read_pace(struct support *test)
{
	const struct pace_table *table = pace_read(&test->session, &test->arena, &test->error);

	support_must(test, table != NULL);
	return table;
}

static const char *
sentence(struct support *test)
{
	const struct pace_table *table = read_pace(test);

	return pace_sentence(table, &table->all, &test->arena);
}

static void
set_milestone(struct support *test, const char *name, const char *assignment)
{
	support_set_alone(test, ENTITY_MILESTONE, name, assignment);
}

static void
nothing_to_clear_is_said(void **state)
{
	struct support *test = *state;

	assert_string_equal(sentence(test), "No sensitive site is known to have had in-scope equipment.");
}

static void
an_estate_that_is_clear_has_no_forecast(void **state)
{
	struct support *test = *state;

	make_ground(test);
	add_sites(test, "AAA", 2, "2026-01-10");
	assert_string_equal(sentence(test), "Clear: no sensitive site has in-scope equipment left.");
}

static void
nothing_cleared_of_late_gives_no_forecast(void **state)
{
	struct support *test = *state;

	make_ground(test);
	add_sites(test, "AAA", 1, "2026-05-21");
	add_sites(test, "AAA", 3, NULL);
	assert_string_equal(sentence(test),
			    "No forecast: nothing was cleared in the last 6 months, and 3 sites are left.");
}

/* The 22nd of May is within six months of the 21st of November, the 21st is not. */
static void
the_window_begins_a_day_after_its_first_month(void **state)
{
	struct support *test = *state;
	const struct pace_table *table;

	make_ground(test);
	add_sites(test, "AAA", 1, "2026-05-21");
	add_sites(test, "AAA", 1, "2026-05-22");
	add_sites(test, "AAA", 1, "2026-06-21");
	add_sites(test, "AAA", 1, "2026-06-22");
	add_sites(test, "AAA", 1, "2026-11-21");
	table = read_pace(test);
	assert_int_equal(table->all.ever, 5);
	assert_int_equal(table->all.cleared, 5);
	assert_int_equal(table->all.recently, 4);
	assert_int_equal(table->months, 6);
	assert_int_equal(table->all.by_month[0], 2);
	assert_int_equal(table->all.by_month[1], 1);
	assert_int_equal(table->all.by_month[5], 1);
	assert_string_equal(support_value(test, ENTITY_ORGANISATION, "AAA", "cleared_recently"), "4");
}

static void
the_forecast_counts_from_the_last_milestone(void **state)
{
	struct support *test = *state;

	make_ground(test);
	add_sites(test, "AAA", 12, "2026-08-01");
	add_sites(test, "AAA", 6, NULL);
	/* 12 in 184 days: 6 more in 92. */
	assert_string_equal(sentence(test),
			    "At 2 sites a month it will be clear in February 2027, 22 months after April 2025.");
	set_milestone(test, "April 2025", "due_on=2027-02-28");
	assert_non_null(strstr(sentence(test),
			       "in February 2027, just in time for the last milestone; 1.9 a month are needed."));
	set_milestone(test, "April 2025", "due_on=2027-02-20");
	assert_non_null(
		strstr(sentence(test), "in February 2027, just after the last milestone; 2.1 a month are needed."));
	set_milestone(test, "April 2025", "due_on=2027-12-31");
	assert_non_null(strstr(sentence(test), "February 2027, 10 months before April 2025; 0.5 a month are needed."));
}

static void
a_slow_pace_is_said_as_it_was_counted(void **state)
{
	struct support *test = *state;

	make_ground(test);
	add_sites(test, "AAA", 1, "2026-08-01");
	add_sites(test, "AAA", 1, NULL);
	assert_string_equal(sentence(test),
			    "At 1 site in 6 months it will be clear in May 2027, 25 months after April 2025.");
	add_sites(test, "AAA", 300, NULL);
	assert_string_equal(sentence(test), "At the pace of the last 6 months it will not be clear within 100 years.");
}

static void
each_milestone_ahead_says_what_it_needs(void **state)
{
	struct support *test = *state;

	make_ground(test);
	set_milestone(test, "October 2024", "due_on=2027-02-28");
	set_milestone(test, "October 2024", "share=75");
	set_milestone(test, "April 2025", "due_on=2027-06-30");
	add_sites(test, "AAA", 2, "2025-08-01");
	add_sites(test, "AAA", 8, NULL);
	/* 75 per cent of ten are eight: six in 99 days, and eight in 221. */
	assert_string_equal(sentence(test), "No forecast: nothing was cleared in the last 6 months, and 8 sites are "
					    "left; 1.9 a month are needed for October 2024 and 1.2 for April 2025.");
	set_milestone(test, "October 2024", "share=20");
	assert_non_null(strstr(sentence(test), "left; 1.2 a month are needed."));
}

static void
within_a_month_of_a_milestone_all_that_is_left_is_needed(void **state)
{
	struct support *test = *state;

	make_ground(test);
	set_milestone(test, "April 2025", "due_on=2026-11-30");
	add_sites(test, "AAA", 3, NULL);
	assert_non_null(strstr(sentence(test), "; 3 a month are needed."));
	set_milestone(test, "April 2025", "due_on=2026-11-21");
	assert_non_null(strstr(sentence(test), "; 3 a month are needed."));
	set_milestone(test, "April 2025", "due_on=2026-11-20");
	assert_null(strstr(sentence(test), "needed"));
}

static void
a_site_with_a_forgotten_device_is_not_cleared(void **state)
{
	struct support *test = *state;
	const struct pace_table *table;

	make_ground(test);
	add_sites(test, "AAA", 1, "2026-08-01");
	add_site(test, "AAA", "no", "2026-08-01");
	add_site(test, "AAA", "not assessed", "2026-08-01");
	support_begin(test, "Forgotten");
	support_add(test, ENTITY_DEVICE, "tag=FORGOTTEN",
		    arena_format(&test->arena, "site=%s", support_find(test, ENTITY_SITE, "sensitive:yes")),
		    "kind=recorder", "manufacturer=Covered", NULL);
	support_commit(test);
	table = read_pace(test);
	assert_int_equal(table->all.ever, 1);
	assert_int_equal(table->all.cleared, 0);
	assert_int_equal(table->all.recently, 0);
}

static void
the_headline_says_this_month_and_last(void **state)
{
	struct support *test = *state;
	const char *words;

	make_ground(test);
	add_sites(test, "AAA", 2, "2026-11-01");
	add_sites(test, "BBB", 3, "2026-10-31");
	add_sites(test, "BBB", 1, NULL);
	words = pace_words(read_pace(test), &test->arena);
	support_must(test, words != NULL);
	assert_non_null(strstr(words, "Cleared this month: 2; last month: 3."));
}

static void
organisations_are_told_apart(void **state)
{
	struct support *test = *state;
	const char *said;

	make_ground(test);
	add_sites(test, "BBB", 6, "2026-10-01");
	add_sites(test, "BBB", 1, NULL);
	add_sites(test, "AAA", 1, NULL);
	assert_true(support_run(test, "pace", &said, NULL));
	assert_non_null(strstr(said, "AAA: No forecast"));
	assert_non_null(strstr(said, "BBB: At 1 site a month it will be clear in December 2026"));
	assert_non_null(strstr(said, "(all): At 1 site a month it will be clear in January 2027"));
	assert_true(support_run(test, "pace", &said, "organisation=bbb", NULL));
	assert_null(strstr(said, "AAA"));
	assert_false(support_run(test, "pace", &said, "organisation=CCC", NULL));
}

static void
the_setting_says_over_how_many_months(void **state)
{
	struct support *test = *state;

	make_ground(test);
	add_sites(test, "AAA", 6, "2026-08-01");
	add_sites(test, "AAA", 1, NULL);
	support_set_alone(test, ENTITY_SETTING, "pace_months", "value=3");
	assert_string_equal(sentence(test),
			    "No forecast: nothing was cleared in the last 3 months, and 1 site is left.");
	support_set_alone(test, ENTITY_SETTING, "pace_months", "value=12");
	assert_non_null(strstr(sentence(test), "At 6 sites in 12 months it will be clear in"));
}

/* Random days: what is counted month by month is what the days say, one by one. */
static void
every_cleared_site_is_counted_in_its_month(void **state)
{
	struct support *test = *state;
	struct chance chance = { 11 };
	const struct pace_table *table;
	int64_t expected[6] = { 0 }, recently = 0;

	make_ground(test);
	for (int i = 0; i < 60; i++) {
		struct date day = date_from_days(date_days(test->session.today) - chance_between(&chance, 0, 250));
		char text[DATE_TEXT_SIZE];

		date_format(day, text);
		add_sites(test, "AAA", 1, text);
		for (int month = 0; month < 6; month++) {
			int64_t after = date_days(date_add_months(test->session.today, month - 6));
			int64_t until = date_days(date_add_months(test->session.today, month - 5));

			expected[month] += date_days(day) > after && date_days(day) <= until;
		}
	}
	table = read_pace(test);
	for (int month = 0; month < 6; month++) {
		assert_int_equal(table->all.by_month[month], expected[month]);
		recently += expected[month];
	}
	assert_int_equal(table->all.recently, recently);
	assert_int_equal(table->rows[0].recently, recently);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(nothing_to_clear_is_said),
		register_test(an_estate_that_is_clear_has_no_forecast),
		register_test(nothing_cleared_of_late_gives_no_forecast),
		register_test(the_window_begins_a_day_after_its_first_month),
		register_test(the_forecast_counts_from_the_last_milestone),
		register_test(a_slow_pace_is_said_as_it_was_counted),
		register_test(each_milestone_ahead_says_what_it_needs),
		register_test(within_a_month_of_a_milestone_all_that_is_left_is_needed),
		register_test(a_site_with_a_forgotten_device_is_not_cleared),
		register_test(the_headline_says_this_month_and_last),
		register_test(organisations_are_told_apart),
		register_test(the_setting_says_over_how_many_months),
		register_test(every_cleared_site_is_counted_in_its_month),
	};

	return cmocka_run_group_tests_name("pace", tests, NULL, NULL);
}
