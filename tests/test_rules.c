/* SPDX-License-Identifier: MIT */
/*
 * The rules about devices: for each what breaks it, what just does not, and what is not known; and what all rules have.
 */
#include "tests/rules_estate.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void
every_rule_is_whole(void **state)
{
	const char *number = NULL;

	(void)state;
	for each_rule(rule) {
		int expected = number != NULL ? (int)strtol(number, NULL, 10) + 1 : 1;

		number = rule->id + 1;
		assert_int_equal(rule->id[0], 'R');
		assert_int_equal((int)strtol(number, NULL, 10), expected);
		assert_ptr_equal(rule_named(rule->id), rule);
		assert_true(isupper((unsigned char)rule->name[0]) && strchr(rule->name, '.') == NULL);
		assert_true(strlen(rule->citation) > 10 && rule->citation[strlen(rule->citation) - 1] != '.');
		assert_int_equal(rule->test[strlen(rule->test) - 1], '.');
		assert_int_equal(rule->remedy[strlen(rule->remedy) - 1], '.');
		assert_int_equal(rule->filter == NULL, rule->entity == ENTITY_NONE);
		assert_int_equal(rule->filter == NULL, rule->words == NULL);
	}
	assert_string_equal(rule_named("r3")->id, "R3");
	assert_null(rule_named("R99"));
}

static void
the_words_of_a_rule_name_fields_that_there_are(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	for each_rule(rule)
		for (const char *at = rule->words; at != NULL && (at = strchr(at, '{')) != NULL; at++) {
			const char *name = arena_bytes(&arena, at + 1, strcspn(at + 1, "}"));

			if (field_find(entities[rule->entity].fields, name) == NULL)
				fail_msg("%s names {%s}, which %s do not have", rule->id, name,
					 entities[rule->entity].plural);
		}
	arena_free(&arena);
}

static void
a_rule_is_asked_in_the_language_of_filters(void **state)
{
	static const char *const words[] = { "breaks", "finding", "answered", "lapsed" };
	struct support *test = *state;

	for each_rule(rule)
		for (size_t i = 0; i < sizeof words / sizeof words[0] && rule->filter != NULL; i++)
			support_find(test, rule->entity, arena_format(&test->arena, "%s:%s", words[i], rule->id));
	support_find(test, ENTITY_DEVICE, "finding:any -kind:recorder (answered:BREACH or lapsed:decide)");
	support_find(test, ENTITY_SITE, "not finding:any");
	support_find(test, ENTITY_DEVICE, "finding:any lapsed:any not answered:any");
}

static void
assert_refused(struct support *test, enum entity_kind kind, const char *words, const char *sentence)
{
	test->error = (struct error){ 0 };
	assert_null(filter_parse(&test->arena, &entities[kind], words, test->session.today, &test->error));
	if (strstr(test->error.message, sentence) == NULL)
		fail_msg("[%s] says '%s', not '%s'", words, test->error.message, sentence);
}

static void
a_rule_that_cannot_be_asked_for_is_told(void **state)
{
	struct support *test = *state;

	assert_refused(test, ENTITY_SITE, "tag finding:R1", "character 13: R1 is about devices, not about sites.");
	assert_refused(test, ENTITY_DEVICE, "finding:R6", "the program itself keeps to R6");
	assert_refused(test, ENTITY_DEVICE, "breaks:R99", "no rule about devices is called 'R99'");
	assert_refused(test, ENTITY_DEVICE, "finding:", "no rule about devices is called ''");
	assert_refused(test, ENTITY_ORGANISATION, "finding:any", "no rule about organisations is called 'any'");
	assert_refused(test, ENTITY_DEVICE, "finding=R1", "no field 'finding'");
	assert_refused(test, ENTITY_DEVICE, "finding:any finding:any finding:any finding:any finding:any finding:any",
		       "more than 200 terms; ask in parts");
}

static const struct example devices[] = {
	{ { NULL }, "" },
	/* R1 and R17: after the instruction, or perhaps after it */
	{ { "installed_on=2022-11-25" }, "R1" },
	{ { "installed_on=2022-11-24" }, "" },
	{ { "installed_on=2022-12" }, "R1" },
	{ { "installed_on=2023" }, "R1" },
	{ { "installed_on=2022-11" }, "R17" },
	{ { "installed_on=2022" }, "R17" },
	{ { "installed_on=" }, "R17" },
	{ { "installed_on=2022-10" }, "" },
	{ { "installed_on=2022", "site=PLAIN" }, "" },
	{ { "installed_on=2022", "manufacturer=Fine" }, "" },
	{ { "installed_on=2022", "removed_on=2024-02-01", "disposed_on=2024-02-02" }, "" },
	{ { "installed_on=2023", "manufacturer=Fine" }, "" },
	{ { "installed_on=2022-11-25", "site=PLAIN" }, "" },
	{ { "installed_on=2022-11-25", "site=NEW" }, "" },
	{ { "installed_on=2022-11-25", "removed_on=2024-02-01", "disposed_on=2024-02-02" }, "" },
	{ { "installed_on=2022-11-25", "switched_off_on=2024-02-01" }, "R1" },
	{ { "installed_on=2022-11-25", "kind=access control" }, "" },
	{ { "installed_on=2022-11-25", "kind=unknown" }, "R1" },
	/* R2 and R18: on a core network, at any site, or not known */
	{ { "network=core" }, "R2" },
	{ { "network=core", "site=PLAIN" }, "R2" },
	{ { "network=core", "isolated_on=2024-01-01" }, "" },
	{ { "network=core", "removed_on=2024-02-01", "disposed_on=2024-02-02" }, "" },
	{ { "network=departmental" }, "" },
	{ { "network=unknown" }, "R18" },
	{ { "network=unknown", "site=NEW" }, "R18" },
	{ { "network=unknown", "isolated_on=2024-01-01" }, "" },
	{ { "network=unknown", "manufacturer=Fine" }, "" },
	{ { "network=unknown", "removed_on=2024-02-01", "disposed_on=2024-02-02" }, "" },
	{ { "network=core", "manufacturer=Fine" }, "" },
	/* R3 */
	{ { "decision=none" }, "R3" },
	{ { "decision=replace" }, "" },
	{ { "decision=retain" }, "R3" },
	{ { "decision=none", "site=PLAIN" }, "" },
	{ { "decision=none", "removed_on=2024-02-01", "disposed_on=2024-02-02" }, "" },
	{ { "decision=none", "manufacturer=Fine" }, "" },
	/* R10, R20 and R21: who made it is suspected, not known, not decided on */
	{ { "maker_confirmed_on=", "maker_confirmed_by=" }, "R10" },
	{ { "maker_confirmed_on=", "maker_confirmed_by=", "removed_on=2024-01-01", "disposed_on=2024-01-01" }, "" },
	{ { "maker_confirmed_on=", "maker_confirmed_by=", "manufacturer=" }, "R20" },
	{ { "maker_confirmed_on=", "maker_confirmed_by=", "manufacturer=", "kind=traffic sensor" }, "" },
	{ { "maker_confirmed_on=", "maker_confirmed_by=", "manufacturer=", "removed_on=2024-02-01" }, "" },
	{ { "manufacturer=Open" }, "R21" },
	{ { "manufacturer=Open", "removed_on=2024-02-01" }, "" },
	{ { "manufacturer=Open", "kind=parking sensor" }, "" },
	{ { "manufacturer=Fine", "decision=none", "network=core", "installed_on=2024" }, "" },
	/* R13: three facts with three dates */
	{ { "removed_on=2024-02-01" }, "R13" },
	{ { "disposed_on=2024-02-01" }, "R13" },
	{ { "replaced_on=2024-02-01", "disposed_on=2024-02-01" }, "R13" },
	{ { "removed_on=2024-02-01", "disposed_on=2024-02-01" }, "" },
	{ { "manufacturer=Fine", "removed_on=2024-02-01" }, "" },
	/* R26: the programme's day for sensitive sites is 30 April 2025 */
	{ { "delivery_on=2025-05-01" }, "R26" },
	{ { "delivery_on=2025-04-30" }, "" },
	{ { "delivery_on=2025-05-01", "manufacturer=Fine" }, "" },
	{ { "delivery_on=2025-05-01", "removed_on=2024-02-01", "disposed_on=2024-02-02" }, "" },
	/* R28 */
	{ { "removed_on=2024-02-02", "disposed_on=2024-02-01" }, "R28" },
	{ { "removed_on=2024-02-02", "disposed_on=2024-02-03", "verified_on=2024-02-01" }, "R28" },
	{ { "removed_on=2024-02-02", "disposed_on=2024-02-03", "verified_on=2024-02-02" }, "" },
	{ { "verified_on=2024-02-01" }, "R28" },
	{ { "removed_on=2020-04-30", "disposed_on=2024-02-01" }, "R28" },
	{ { "installed_on=2020", "removed_on=2020-01-01", "disposed_on=2024-02-01" }, "" },
	{ { "installed_on=2020-06", "removed_on=2020-05-31", "disposed_on=2024-02-01" }, "R28" },
};

static void
a_device_breaks_just_the_rules_that_it_breaks(void **state)
{
	enum { COUNT = sizeof devices / sizeof devices[0] };
	struct support *test = *state;

	make_estate(test);
	support_begin(test, "Add devices");
	for (int i = 0; i < COUNT; i++)
		add_device(test, arena_format(&test->arena, "D%d", i), devices[i].set);
	support_commit(test);
	for (int i = 0; i < COUNT; i++)
		assert_broken(test, ENTITY_DEVICE, arena_format(&test->arena, "D%d", i), &devices[i]);
}

static const char *const nothing[ASSIGNMENTS_MAX] = { NULL };

static void
what_took_the_place_of_another_is_judged_itself(void **state)
{
	struct support *test = *state;

	make_estate(test);
	support_begin(test, "Replace");
	add_device(test, "NEWER", nothing);
	add_device(test, "CLEAN", (const char *const[]){ "manufacturer=Fine", NULL });
	add_device(test, "OLD1",
		   (const char *const[]){ "removed_on=2024-01-01", "disposed_on=2024-01-01", "replaced_by=NEWER",
					  NULL });
	add_device(test, "OLD2",
		   (const char *const[]){ "removed_on=2024-01-01", "disposed_on=2024-01-01", "replaced_by=CLEAN",
					  NULL });
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_DEVICE, "NEWER"), "R24");
	assert_string_equal(broken(test, ENTITY_DEVICE, "CLEAN"), "");
	assert_string_equal(broken(test, ENTITY_DEVICE, "OLD1"), "");
	support_begin(test, "Take it away again");
	support_set(test, ENTITY_DEVICE, "NEWER", "removed_on=2024-01-01", "disposed_on=2024-01-01", NULL);
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_DEVICE, "NEWER"), "");
}

static void
a_recorder_that_went_before_its_cameras_is_found(void **state)
{
	struct support *test = *state;

	make_estate(test);
	support_begin(test, "Hang cameras on recorders");
	add_device(test, "REC", (const char *const[]){ "kind=recorder", NULL });
	add_device(test, "CAM", (const char *const[]){ "recorder=REC", NULL });
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "");
	support_begin(test, "Take the recorder");
	support_set(test, ENTITY_DEVICE, "REC", "removed_on=2024-01-01", "disposed_on=2024-01-01", NULL);
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "R27");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "REC", "recorded_devices"), "1");
	support_begin(test, "Take the camera");
	support_set(test, ENTITY_DEVICE, "CAM", "removed_on=2024-01-01", "disposed_on=2024-01-01", NULL);
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "");
}

static void
set_date(struct support *test, const char *number, const char *day)
{
	support_set_alone(test, ENTITY_DEADLINE, number, arena_format(&test->arena, "target_on=%s", day));
}

/* On a site that nobody asks anything of, so that only the devices' own dates count. */
static void
add_dated_recorder(struct support *test)
{
	make_estate(test);
	support_begin(test, "Hang cameras on a recorder with a date");
	add_device(test, "REC", (const char *const[]){ "kind=recorder", "site=PLAIN", NULL });
	add_device(test, "CAM", (const char *const[]){ "recorder=REC", "site=PLAIN", NULL });
	add_device(test, "GONE", (const char *const[]){ "recorder=REC", "site=PLAIN", "removed_on=2024-01-01", NULL });
	support_add(test, ENTITY_DEADLINE, "device=REC", "kind=remove", "target_on=2027-01-31", NULL);
	support_add(test, ENTITY_DEADLINE, "device=CAM", "kind=disconnect", "target_on=2027-01-31", NULL);
	support_commit(test);
}

static void
a_recorder_that_is_due_before_its_cameras_is_found(void **state)
{
	struct support *test = *state;

	add_dated_recorder(test);
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "REC", "recorded_later"), "0");
	set_date(test, "2", "2027-02-01");
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "R31");
	assert_string_equal(support_find(test, ENTITY_DEVICE, "finding:R31"), "REC");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "REC", "recorded_later"), "1");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "REC", "recorded_due_on"), "2027-02-01");
	set_date(test, "2", "2027-01-30");
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "");
	support_set_alone(test, ENTITY_DEADLINE, "2", "done_on=2026-11-01");
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "R31");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "REC", "recorded_due_on"), "-");
}

static void
a_recorder_is_not_due_before_cameras_when_it_stays_or_is_replaced(void **state)
{
	struct support *test = *state;

	add_dated_recorder(test);
	set_date(test, "2", "2027-02-01");
	support_set_alone(test, ENTITY_DEVICE, "REC", "decision=replace");
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "");
	support_set_alone(test, ENTITY_DEVICE, "REC", "decision=remove");
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "R31");
	support_set_alone(test, ENTITY_DEADLINE, "1", "kind=survey");
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "REC", "recorded_later"), "-");
	support_set_alone(test, ENTITY_DEADLINE, "1", "kind=replace");
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "R31");
	support_set_alone(test, ENTITY_DEADLINE, "1", "done_on=2026-11-01");
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "");
	support_set_alone(test, ENTITY_DEADLINE, "1", "done_on=");
	support_set_alone(test, ENTITY_DEVICE, "CAM", "recorder=");
	assert_string_equal(broken(test, ENTITY_DEVICE, "REC"), "");
}

/* A filter over a field that few have looks at those few: it must find the same, whichever way it asks. */
static void
every_way_to_ask_for_recorders_finds_the_same(void **state)
{
	struct support *test = *state;

	add_dated_recorder(test);
	assert_string_equal(support_find(test, ENTITY_DEVICE, "-recorded_later:"), "REC CAM");
	assert_string_equal(support_find(test, ENTITY_DEVICE, "recorded_later:"), "GONE");
	assert_string_equal(support_find(test, ENTITY_DEVICE, "recorded_later<1"), "REC CAM");
	assert_string_equal(support_find(test, ENTITY_DEVICE, "-recorded_later=0"), "GONE");
	assert_string_equal(support_find(test, ENTITY_DEVICE, "tag:GONE or recorded_later=0"), "REC CAM GONE");
}

/* The evidence is kept when a device is matched, so that here it is written as if it had been. */
static void
evidence_that_disagrees_is_found_until_somebody_confirms(void **state)
{
	struct support *test = *state;
	struct record *before, *now;

	make_estate(test);
	support_begin(test, "Match");
	add_device(test, "D", (const char *const[]){ "maker_confirmed_on=", "maker_confirmed_by=", NULL });
	before = store_find(test->session.store, ENTITY_DEVICE, "D", test->session.today, &test->arena, &test->error);
	now = record_copy(&test->arena, before);
	now->values[DEVICE_evidence] = "disagree";
	support_must(test, store_update(test->session.store, before, now, NULL, &test->error));
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_DEVICE, "D"), "R10 R23");
	support_set_alone(test, ENTITY_DEVICE, "D", "removed_on=2024-01-01");
	assert_string_equal(broken(test, ENTITY_DEVICE, "D"), "R13");
	support_set_alone(test, ENTITY_DEVICE, "D", "removed_on=");
	support_begin(test, "Confirm");
	support_set(test, ENTITY_DEVICE, "D", "maker_confirmed_by=A", "maker_confirmed_on=2024-01-01", NULL);
	support_commit(test);
	assert_string_equal(broken(test, ENTITY_DEVICE, "D"), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_rule_is_whole),
		cmocka_unit_test(the_words_of_a_rule_name_fields_that_there_are),
		register_test(a_rule_is_asked_in_the_language_of_filters),
		register_test(a_rule_that_cannot_be_asked_for_is_told),
		register_test(a_device_breaks_just_the_rules_that_it_breaks),
		register_test(what_took_the_place_of_another_is_judged_itself),
		register_test(a_recorder_that_went_before_its_cameras_is_found),
		register_test(a_recorder_that_is_due_before_its_cameras_is_found),
		register_test(a_recorder_is_not_due_before_cameras_when_it_stays_or_is_replaced),
		register_test(every_way_to_ask_for_recorders_finds_the_same),
		register_test(evidence_that_disagrees_is_found_until_somebody_confirms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
