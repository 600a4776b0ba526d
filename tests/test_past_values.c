/* SPDX-License-Identifier: MIT */
/* However often a field was changed, and by whatever entries: the first change since says what there was. */
#include "tests/support.h"

#include "db/past.h"

enum { DAY = 24 * 60 * 60, DAYS = 5, CHANGES = 12, DEVICES = 4 };

static const char *
tag_of(struct support *test, int device)
{
	return arena_format(&test->arena, "C%d", device % DEVICES);
}

/* The place, the model and the notes of every device. */
static const char *
values(struct support *test)
{
	const char *all = "";

	for (int i = 0; i < DEVICES; i++)
		all = arena_format(&test->arena, "%s %s/%s/%s", all,
				   support_value(test, ENTITY_DEVICE, tag_of(test, i), "place"),
				   support_value(test, ENTITY_DEVICE, tag_of(test, i), "model"),
				   support_value(test, ENTITY_DEVICE, tag_of(test, i), "notes"));
	return all;
}

/* Many changes of the same fields, of one and of several in an entry; the notes come and go. */
static void
change_all(struct support *test, int day)
{
	for (int i = 0; i < CHANGES; i++) {
		support_set_alone(test, ENTITY_DEVICE, tag_of(test, i),
				  arena_format(&test->arena, "place=Day %d, %d", day, i));
		support_begin(test, "Several");
		support_set(test, ENTITY_DEVICE, tag_of(test, i), arena_format(&test->arena, "model=M%d", day * i),
			    day % 2 == 0 ? "notes=even" : "notes=", NULL);
		support_commit(test);
	}
}

static const char *
values_as_at(struct support *test, struct date day)
{
	struct session now = test->session;
	const char *then;

	test->session.store = store_open_past(now.store, day, &test->error);
	support_must(test, test->session.store != NULL);
	test->session.today = day;
	then = values(test);
	store_close(test->session.store);
	test->session = now;
	return then;
}

static void
of_many_changes_of_a_field_the_first_since_says_what_was(void **state)
{
	struct support *test = *state;
	const char *then[DAYS];
	struct date days[DAYS];

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	for (int i = 0; i < DEVICES; i++)
		support_add_alone(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=C%d", i), "site=S1");
	for (int day = 0; day < DAYS; day++) {
		change_all(test, day);
		then[day] = values(test);
		days[day] = test->session.today;
		test->session.now += DAY;
		test->session.today = date_from_instant(test->session.now);
	}
	for (int day = 0; day < DAYS; day++)
		assert_string_equal(values_as_at(test, days[day]), then[day]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(of_many_changes_of_a_field_the_first_since_says_what_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
