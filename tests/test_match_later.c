/* SPDX-License-Identifier: MIT */
/* What is decided to count later, on a later day or once it is more than a hint. Today is 21 November 2026. */
#include "tests/support.h"

#include <string.h>

#include "core/chance.h"
#include "tests/makers.h"

enum { DEVICES = 40, REGISTERS = 6, MAKERS = 5, PIECES = 3, PERCENT_SAID = 75 };

static const char *const days[] = { NULL, "2025-01-01", "2026-12-01", "2027-02-01", "2027-06-01" };
static const struct date later[] = { { 2026, 11, 21 }, { 2026, 12, 1 }, { 2027, 2, 1 },
				     { 2027, 5, 31 },  { 2027, 6, 1 },	{ 2030, 1, 1 } };

/* The makers that a device's label, model and address name; -1 for none. */
struct named {
	int makers[PIECES];
};

static const char *
maker_name(struct support *test, int maker)
{
	return arena_format(&test->arena, "Maker%c", 'A' + maker);
}

static void
add_makers(struct support *test)
{
	support_begin(test, "Ground");
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	for (int i = 0; i < MAKERS; i++) {
		const char *of = arena_format(&test->arena, "manufacturer=%s", maker_name(test, i));

		support_add(test, ENTITY_MANUFACTURER,
			    arena_format(&test->arena, "name=%s", maker_name(test, i)), NULL);
		support_add(test, ENTITY_MODEL_PREFIX, arena_format(&test->arena, "prefix=M%c-", 'A' + i), of, NULL);
		support_add(test, ENTITY_MAC_PREFIX, arena_format(&test->arena, "prefix=00000%d", i), of, NULL);
	}
	support_commit(test);
}

static void
add_device(struct support *test, struct chance *chance, int number, struct named *named)
{
	const char *make, *model, *mac;

	for (int i = 0; i < PIECES; i++)
		named->makers[i] = chance_percent(chance, PERCENT_SAID) ? (int)chance_below(chance, MAKERS) : -1;
	make = named->makers[0] < 0 ? "field=make=" :
		arena_format(&test->arena, "field=make=%s", maker_name(test, named->makers[0]));
	model = named->makers[1] < 0 ? "field=model=" :
		arena_format(&test->arena, "field=model=M%c-1", 'A' + named->makers[1]);
	mac = named->makers[2] < 0 ? "field=mac=" :
		arena_format(&test->arena, "field=mac=00:00:0%d:00:00:01", named->makers[2]);
	support_must(test, support_run(test, "add", NULL, "entity=device", "field=site=S1", "field=kind=camera",
				       arena_format(&test->arena, "field=tag=D%d", number), make, model, mac, NULL));
}

/* Each maker at random: covered, from one of the days; not covered; undecided. How many were decided. */
static int
decide(struct support *test, struct chance *chance, const char *covered[MAKERS])
{
	int decided = 0;

	for (int i = 0; i < MAKERS; i++) {
		const char *maker = arena_format(&test->arena, "manufacturer=%s", maker_name(test, i));
		const char *day = days[chance_below(chance, sizeof days / sizeof days[0])];

		covered[i] = NULL;
		if (chance_percent(chance, 25))
			continue;
		decided++;
		if (chance_percent(chance, 20)) {
			support_must(test, support_run(test, "manufacturer uncover", NULL, maker, "basis=b", "by=Jo",
						       NULL));
			continue;
		}
		covered[i] = day != NULL ? day : "";
		support_must(test, support_run(test, "manufacturer cover", NULL, maker, "basis=b", "by=Jo",
					       day != NULL ? arena_format(&test->arena, "effective=%s", day) : NULL,
					       NULL));
	}
	return decided;
}

/* What a person would do: look whether any maker that the device's evidence names is covered on the day. */
static bool
is_any_covered(const struct named *named, const char *const covered[MAKERS], const char *day)
{
	for (int i = 0; i < PIECES; i++)
		if (named->makers[i] >= 0 && covered[named->makers[i]] != NULL &&
		    strcmp(covered[named->makers[i]], day) <= 0)
			return true;
	return false;
}

static void
check_day(struct support *test, const struct named *named, const char *const covered[MAKERS], struct date date)
{
	char day[DATE_TEXT_SIZE];
	const char *said;

	date_format(date, day);
	test->session.today = date;
	support_reopen(test);
	for (int i = 0; i < DEVICES; i++) {
		const char *tag = arena_format(&test->arena, "D%d", i);
		bool in_scope = strcmp(support_value(test, ENTITY_DEVICE, tag, "in_scope"), "yes") == 0;

		if (in_scope != is_any_covered(&named[i], covered, day))
			fail_msg("%s is %sin scope on %s", tag, in_scope ? "" : "not ", day);
	}
	support_must(test, support_run(test, "manufacturer match", &said, "dry-run", NULL));
	assert_string_equal(said, "The register says that already; nothing was changed.\n");
}

static void
the_day_on_which_a_decision_takes_effect_needs_no_replay(void **state)
{
	struct support *test = *state;
	struct chance chance = { 20270201 };
	struct named named[DEVICES];
	const char *covered[MAKERS];

	add_makers(test);
	for (int i = 0; i < DEVICES; i++)
		add_device(test, &chance, i, &named[i]);
	for (int round = 0; round < REGISTERS; round++) {
		int decided = decide(test, &chance, covered);

		for (size_t i = 0; i < sizeof later / sizeof later[0]; i++)
			check_day(test, named, covered, later[i]);
		test->session.today = later[0];
		support_reopen(test);
		while (decided-- > 0)
			support_must(test, support_run(test, "undo", NULL, NULL));
		assert_string_equal(support_find(test, ENTITY_DEVICE, "in_scope:yes"), "");
	}
}

static void
add(struct support *test, const char *tag, const char *first, const char *second)
{
	struct arena *arena = &test->arena;

	support_must(test, support_run(test, "add", NULL, "entity=device", arena_format(arena, "field=tag=%s", tag),
				       "field=site=HQ", "field=kind=camera", arena_format(arena, "field=%s", first),
				       second != NULL ? arena_format(arena, "field=%s", second) : NULL, NULL));
}

/* Maker, rival and evidence of a device, with blanks between. */
static const char *
who_made(struct support *test, const char *tag)
{
	return arena_format(&test->arena, "%s %s %s", support_value(test, ENTITY_DEVICE, tag, "manufacturer"),
			    support_value(test, ENTITY_DEVICE, tag, "rival"),
			    support_value(test, ENTITY_DEVICE, tag, "evidence"));
}

/* A rebadge that is only suspected, and a person who has looked. */
static void
a_hint_makes_no_rival_of_a_maker_that_was_stated(void **state)
{
	struct support *test = *state;

	lay_out(test);
	support_begin(test, "Hints");
	support_add(test, ENTITY_MANUFACTURER_NAME, "name=Loryta", "manufacturer=Dahua", "confidence=hint", NULL);
	support_add(test, ENTITY_MODEL_PREFIX, "prefix=NVR4", "manufacturer=Dahua", "confidence=hint", NULL);
	support_commit(test);
	support_must(test,
		     support_run(test, "manufacturer cover", NULL, "manufacturer=Dahua", "basis=b", "by=Jo", NULL));
	add(test, "C1", "make=Loryta", NULL);
	assert_string_equal(who_made(test, "C1"), "Dahua - label");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C1", "in_scope"), "yes");
	add(test, "C2", "make=Axis", "model=NVR4108");
	assert_string_equal(who_made(test, "C2"), "Axis - label");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C2", "evidence_words"),
			    "The label says Axis; weak: the model begins with NVR4, as those of Dahua do.");
	add(test, "C3", "make=Loryta", "manufacturer=Axis");
	assert_string_equal(who_made(test, "C3"), "Axis - stated");
	support_must(test, support_run(test, "set", NULL, "entity=manufacturer_name", "key=Loryta",
				       "field=confidence=likely", NULL));
	support_must(test, support_run(test, "manufacturer match", NULL, NULL));
	assert_string_equal(who_made(test, "C3"), "Axis Dahua stated");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(a_hint_makes_no_rival_of_a_maker_that_was_stated),
		register_test(the_day_on_which_a_decision_takes_effect_needs_no_replay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
