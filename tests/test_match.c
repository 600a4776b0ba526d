/* SPDX-License-Identifier: MIT */
/* Who made a device: on entry, by an import, by a replay; what is covered; which makes nobody knows. */
#include "tests/support.h"

#include <stdio.h>
#include <string.h>

#include "commands/manufacturer.h"
#include "commands/match.h"
#include "tests/csv_file.h"
#include "tests/makers.h"

#define HIKVISION_MAC "mac=44:19:B6:01:02:03"
#define DAHUA_MAC "mac=3C:EF:8C:01:02:03"

static void
add(struct support *test, const char *tag, const char *first, const char *second)
{
	struct arena *arena = &test->arena;

	support_must(test, support_run(test, "add", NULL, "entity=device", arena_format(arena, "field=tag=%s", tag),
				       "field=site=HQ", "field=kind=camera", arena_format(arena, "field=%s", first),
				       second != NULL ? arena_format(arena, "field=%s", second) : NULL, NULL));
}

static bool
set(struct support *test, const char *tag, const char *assignment)
{
	return support_run(test, "set", NULL, "entity=device", arena_format(&test->arena, "key=%s", tag),
			   arena_format(&test->arena, "field=%s", assignment), NULL);
}

/* With another operand unless NULL; what it said is *said unless NULL. */
static void
cover(struct support *test, const char *name, const char *operand, const char **said)
{
	support_must(test, support_run(test, "manufacturer cover", said,
				       arena_format(&test->arena, "manufacturer=%s", name), "basis=law", "by=Jo",
				       operand, NULL));
}

/* Maker, rival and evidence of a device, with blanks between. */
static const char *
who_made(struct support *test, const char *tag)
{
	return arena_format(&test->arena, "%s %s %s", support_value(test, ENTITY_DEVICE, tag, "manufacturer"),
			    support_value(test, ENTITY_DEVICE, tag, "rival"),
			    support_value(test, ENTITY_DEVICE, tag, "evidence"));
}

static void
import(struct support *test, const char *rows, const char *option)
{
	const char *path = support_path(test, "devices.csv");

	write_file(path, rows, strlen(rows));
	support_must(test, support_run(test, "import", NULL, arena_format(&test->arena, "file=%s", path), "as=devices",
				       option, NULL));
}

/* Covered before undecided before not covered, and the maker before its rival. */
static void
a_match_is_about_the_one_that_is_covered(void **state)
{
	struct support *test = *state;

	lay_out(test);
	add(test, "C1", "manufacturer=Axis", "make=hik");
	add(test, "C2", "make=hik", NULL);
	add(test, "C3", "make=Nobody", NULL);
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C1", "judged_maker"), "Axis");
	support_must(test, support_run(test, "manufacturer uncover", NULL, "manufacturer=Axis", "basis=law", "by=Jo",
				       NULL));
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C1", "judged_maker"), "Hikvision");
	cover(test, "Hikvision", NULL, NULL);
	assert_string_equal(who_made(test, "C1"), "Axis Hikvision stated");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C1", "judged_maker"), "Hikvision");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C2", "judged_maker"), "Hikvision");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C3", "judged_maker"), "-");
	support_must(test, support_run(test, "device confirm", NULL, "device=C1", "manufacturer=Axis", "by=Jo",
				       "evidence=board", NULL));
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C1", "judged_maker"), "Axis");
}

static void
each_piece_of_evidence_names_a_maker(void **state)
{
	static const struct { const char *tag, *first, *second, *made; } rows[] = {
		{ "C1", "make=hik", NULL, "Hikvision - label" },
		{ "C2", "model=DS-2CD2042WD", NULL, "Hikvision - model" },
		{ "C3", DAHUA_MAC, NULL, "Dahua - mac" },
		{ "C4", "make=Hikvision", HIKVISION_MAC, "Hikvision - several" },
		{ "C5", "make=Honeywell", DAHUA_MAC, "Dahua Honeywell disagree" },
		{ "C6", "make=Nobody", NULL, "- - none" },
		{ "C7", "make=Axis", "manufacturer=Axis", "Axis - stated" },
		{ "C8", "manufacturer=Axis", DAHUA_MAC, "Axis Dahua stated" },
		{ "C9", "place=Hall", NULL, "- - none" },
	};
	struct support *test = *state;

	lay_out(test);
	cover(test, "Dahua", NULL, NULL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		add(test, rows[i].tag, rows[i].first, rows[i].second);
		assert_string_equal(who_made(test, rows[i].tag), rows[i].made);
	}
}

static void
what_a_person_changes_is_matched_anew_and_what_was_stated_stays(void **state)
{
	struct support *test = *state;

	lay_out(test);
	add(test, "C1", "make=HIK", NULL);
	support_must(test, set(test, "C1", "make=Axis"));
	assert_string_equal(who_made(test, "C1"), "Axis - label");
	support_must(test, set(test, "C1", "manufacturer=Dahua"));
	assert_string_equal(who_made(test, "C1"), "Dahua Axis stated");
	support_must(test, set(test, "C1", "make=HIK"));
	assert_string_equal(who_made(test, "C1"), "Dahua Hikvision stated");
	support_must(test, set(test, "C1", "network=core"));
	assert_string_equal(who_made(test, "C1"), "Dahua Hikvision stated");
	support_must(test, set(test, "C1", "manufacturer="));
	assert_string_equal(who_made(test, "C1"), "Hikvision - label");
}

static void
an_import_matches_new_rows_and_those_that_change(void **state)
{
	struct support *test = *state;

	lay_out(test);
	import(test, "tag,site,make,model,mac,manufacturer\nC1,HQ,HIK,,,\nC2,HQ,,DS-2CD1,,\nC3,HQ,Axis,,3CEF8C010203,\n"
	       "C4,HQ,Hikvision,,,Hikvision\nC5,HQ,Nobody,,,\nC6,HQ,Axis,,,Dahua\n", NULL);
	assert_string_equal(who_made(test, "C1"), "Hikvision - label");
	assert_string_equal(who_made(test, "C2"), "Hikvision - model");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C3", "evidence"), "disagree");
	assert_string_equal(who_made(test, "C4"), "Hikvision - label");
	assert_string_equal(who_made(test, "C5"), "- - none");
	assert_string_equal(who_made(test, "C6"), "Dahua Axis stated");
	import(test, "tag,site,make,mac\nC1,HQ,Axis,\nC5,HQ,Nobody,441 9B6010203\nC6,HQ,HIK,\n", NULL);
	assert_string_equal(who_made(test, "C1"), "Axis - label");
	assert_string_equal(who_made(test, "C5"), "Hikvision - mac");
	assert_string_equal(who_made(test, "C6"), "Dahua Hikvision stated");
	import(test, "tag,site,make,manufacturer\nC1,HQ,Axis,Hikvision\n", NULL);
	assert_string_equal(who_made(test, "C1"), "Hikvision Axis stated");
}

static void
a_blank_cell_takes_no_maker_away_that_the_label_would_give_back(void **state)
{
	struct support *test = *state;

	lay_out(test);
	add(test, "C1", "make=HIK", NULL);
	import(test, "tag,site,make,manufacturer\nC1,HQ,HIK,\n", "blank=clear");
	assert_string_equal(who_made(test, "C1"), "Hikvision - label");
	assert_int_equal(support_number(test, "SELECT count(*) FROM change WHERE field = 'manufacturer'"), 0);
}

/* Everything that may change the maker of a device that a person has confirmed. */
static void
a_confirmed_maker_is_changed_by_nothing_but_a_person(void **state)
{
	struct support *test = *state;

	lay_out(test);
	add(test, "C1", "make=Honeywell", DAHUA_MAC);
	support_must(test, support_run(test, "device confirm", NULL, "device=C1", "manufacturer=Honeywell", "by=Jo",
				       "evidence=photograph 12", NULL));
	assert_string_equal(who_made(test, "C1"), "Honeywell - stated");
	cover(test, "Dahua", NULL, NULL);
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C1", "in_scope"), "unknown");
	import(test, "tag,site,make,manufacturer\nC1,HQ,HIK,Hikvision\n", NULL);
	support_add_alone(test, ENTITY_MANUFACTURER_NAME, "name=Honeywell Security", "manufacturer=Dahua");
	support_must(test, support_run(test, "manufacturer match", NULL, NULL));
	assert_string_equal(who_made(test, "C1"), "Honeywell - stated");
	support_must(test, set(test, "C1", "make=Axis"));
	assert_string_equal(who_made(test, "C1"), "Honeywell - stated");
	assert_int_equal(support_number(test, "SELECT count(*) FROM entry WHERE why = 'Evidence: photograph 12'"), 1);
}

static void
nobody_confirms_without_a_name_or_a_maker(void **state)
{
	struct support *test = *state;
	const char *said;

	lay_out(test);
	add(test, "C1", "make=Nobody", NULL);
	assert_false(support_run(test, "device confirm", NULL, "device=C1", "manufacturer=Axis", NULL));
	assert_non_null(strstr(test->error.message, "--by"));
	assert_false(support_run(test, "device confirm", NULL, "device=C1", "by=Jo", NULL));
	assert_non_null(strstr(test->error.message, "Nobody knows yet who made device C1"));
	add(test, "C2", "make=HIK", NULL);
	support_must(test, support_run(test, "device confirm", &said, "device=C2", "by=Jo", NULL));
	assert_non_null(strstr(said, support_value(test, ENTITY_DEVICE, "C2", "manufacturer")));
	assert_string_equal(who_made(test, "C2"), "Hikvision - stated");
}

static void
a_device_that_is_in_scope_replaces_no_other(void **state)
{
	struct support *test = *state;

	lay_out(test);
	cover(test, "Hikvision", NULL, NULL);
	add(test, "OLD", "make=HIK", NULL);
	add(test, "NEW", "make=HIK", NULL);
	add(test, "GOOD", "make=Axis", NULL);
	assert_false(set(test, "OLD", "replaced_by=NEW"));
	assert_non_null(strstr(test->error.message, "NEW is no replacement: it is in scope itself (Hikvision)"));
	assert_false(match_check_replacement(&test->session, "NEW", &test->error));
	assert_true(match_check_replacement(&test->session, "GOOD", &test->error));
	support_must(test, set(test, "OLD", "replaced_by=GOOD"));
	support_must(test, support_run(test, "set", NULL, "entity=device", "key=OLD", "field=replaced_by=NEW",
				       "why=the only one", NULL));
	support_must(test, set(test, "OLD", "notes=seen"));
}

/* A decision says beforehand what it does, makes a version of the list, and goes back as one. */
static void
covering_says_what_it_does_and_is_undone_as_one(void **state)
{
	struct support *test = *state;
	const char *before, *said;

	lay_out(test);
	add(test, "C1", "make=HIK", NULL);
	add(test, "C2", "make=Honeywell", HIKVISION_MAC);
	before = support_snapshot(test);
	cover(test, "Hikvision", "dry-run", &said);
	assert_non_null(strstr(said, "Nothing was changed.\n2 devices become suspected, 2 come into scope"));
	assert_string_equal(support_snapshot(test), before);
	cover(test, "Hikvision", NULL, &said);
	assert_non_null(strstr(said, "2 devices become suspected, 2 come into scope"));
	assert_string_equal(support_find(test, ENTITY_DEVICE, "in_scope:yes"), "C1 C2");
	assert_string_equal(support_value(test, ENTITY_LIST_VERSION, "1", "gained"), "2");
	assert_string_equal(support_value(test, ENTITY_LIST_VERSION, "1", "decided_by"), "Jo");
	assert_string_equal(support_value(test, ENTITY_LIST_VERSION, "1", "effective_on"), "2026-11-21");
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_string_equal(support_snapshot(test), before);
}

static void
a_decision_may_count_from_a_later_day(void **state)
{
	struct support *test = *state;
	const char *said;

	lay_out(test);
	add(test, "C1", "make=HIK", NULL);
	cover(test, "Hikvision", "effective=2027-01-01", &said);
	assert_non_null(
		strstr(said, "Under the list as from 1 January 2027: 1 device becomes suspected, 1 comes into scope."));
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C1", "in_scope"), "unknown");
	assert_string_equal(support_value(test, ENTITY_LIST_VERSION, "1", "effective_on"), "2027-01-01");
	assert_false(support_run(test, "manufacturer uncover", NULL, "manufacturer=Hikvision", "basis=law", "by=Jo",
				 "effective=2027-02-01", NULL));
	assert_non_null(strstr(test->error.message, "stays covered until the day"));
}

/* It would be undecided until the later day, and what is in scope would fall out of every figure. */
static void
a_decision_in_force_is_not_put_off(void **state)
{
	struct support *test = *state;

	lay_out(test);
	add(test, "C1", "make=HIK", NULL);
	cover(test, "Hikvision", NULL, NULL);
	assert_false(support_run(test, "manufacturer cover", NULL, "manufacturer=Hikvision", "basis=again", "by=Jo",
				 "effective=2027-01-01", NULL));
	assert_non_null(strstr(test->error.message, "would leave it undecided until then"));
	assert_false(support_run(test, "set", NULL, "entity=manufacturer", "key=Hikvision",
				 "field=effective_on=2027-01-01", NULL));
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C1", "in_scope"), "yes");
	support_must(test, support_run(test, "manufacturer cover", NULL, "manufacturer=Hikvision", "basis=again",
				       "by=Jo", NULL));
}

static void
until_somebody_decides_nobody_has(void **state)
{
	struct support *test = *state;
	bool decided;

	lay_out(test);
	support_must(test, manufacturer_any_decided(&test->session, &decided, &test->error));
	assert_false(decided);
	support_must(test, support_run(test, "manufacturer uncover", NULL, "manufacturer=Axis", "basis=Swedish",
				       "by=Jo", NULL));
	support_must(test, manufacturer_any_decided(&test->session, &decided, &test->error));
	assert_true(decided);
}

static void
what_says_that_nobody_knows_is_no_make(void **state)
{
	struct support *test = *state;

	lay_out(test);
	add(test, "C1", "make=TBC", NULL);
	add(test, "C2", "make=Hikvison", NULL);
	add(test, "C3", "make=HIKVISON", NULL);
	add(test, "C4", "make=n/a", NULL);
	assert_string_equal(support_find(test, ENTITY_MAKE, ""), "Hikvison");
	assert_string_equal(support_value(test, ENTITY_MAKE, "Hikvison", "devices"), "2");
	assert_false(support_run(test, "manufacturer merge", NULL, "make=TBC", "into=Hikvision", NULL));
	assert_non_null(strstr(test->error.message, "'TBC' is no make"));
}

/* Fourteen spellings that the table does not know become one manufacturer, and go back as one. */
static void
fourteen_spellings_are_hikvision(void **state)
{
	static const char *const spellings[] = {
		"Hikvison", "Hikvsion", "Hikivision", "HKVision", "Hickvision", "Hik Visions", "Hikvisoin", "Hivision",
		"Hikvission", "Hikvizion", "Hekvision", "Hikvisionn", "Hiqvision", "Hikvisin",
	};
	struct support *test = *state;
	const char *said, *before;

	lay_out(test);
	cover(test, "Hikvision", NULL, NULL);
	for (size_t i = 0; i < 14; i++)
		add(test, arena_format(&test->arena, "C%zu", i), arena_format(&test->arena, "make=%s", spellings[i]),
		    NULL);
	assert_int_equal(support_number(test, "SELECT count(*) FROM device WHERE manufacturer_id IS NOT NULL"), 0);
	before = support_snapshot(test);
	support_must(test, support_run(test, "manufacturer merge", &said, "make=Hikvison", "make=Hikvsion",
				       "make=Hikivision", "make=HKVision", "make=Hickvision", "make=Hik Visions",
				       "make=Hikvisoin", "make=Hivision", "make=Hikvission", "make=Hikvizion",
				       "make=Hekvision", "make=Hikvisionn", "make=Hiqvision", "make=Hikvisin",
				       "into=hik", "source=Survey of May", NULL));
	assert_non_null(strstr(said, "These 14 spellings are Hikvision: "));
	assert_non_null(strstr(said, "14 devices become suspected, 14 come into scope, 14 have a known maker now"));
	assert_string_equal(support_find(test, ENTITY_MAKE, ""), "");
	assert_int_equal(support_number(test, "SELECT count(*) FROM device WHERE evidence = 'label'"), 14);
	assert_string_equal(support_value(test, ENTITY_MANUFACTURER_NAME, "Hickvision", "source"), "Survey of May");
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_string_equal(support_snapshot(test), before);
}

static void
makes_are_merged_into_a_manufacturer_that_is_there(void **state)
{
	struct support *test = *state;

	lay_out(test);
	add(test, "C1", "make=Acme", NULL);
	assert_false(support_run(test, "manufacturer merge", NULL, "make=Acme", "into=Hikvisio", NULL));
	assert_non_null(strstr(test->error.message, "The nearest names are: 'Hikvision'"));
	assert_false(support_run(test, "manufacturer merge", NULL, "make=HIK", "into=Dahua", NULL));
	assert_non_null(strstr(test->error.message, "'HIK' is known as a name of Hikvision already"));
	support_must(test, support_run(test, "manufacturer merge", NULL, "make=Acme", "into=Acme Cameras", "new",
				       "kind=brand", NULL));
	assert_string_equal(who_made(test, "C1"), "Acme Cameras - label");
	assert_string_equal(support_value(test, ENTITY_MANUFACTURER_NAME, "Acme", "kind"), "brand");
}

static void
a_device_of_an_older_version_keeps_the_maker_that_only_a_person_can_have_named(void **state)
{
	struct support *test = *state;

	lay_out(test);
	support_begin(test, "Imported by an older version");
	support_add(test, ENTITY_DEVICE, "tag=C1", "site=HQ", "make=HIK", "manufacturer=Hikvision", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C2", "site=HQ", "make=HIK", "manufacturer=Axis", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C3", "site=HQ", "model=DS-2CD1", NULL);
	support_commit(test);
	support_must(test, support_run(test, "manufacturer match", NULL, NULL));
	assert_string_equal(who_made(test, "C1"), "Hikvision - label");
	assert_string_equal(who_made(test, "C2"), "Axis Hikvision stated");
	assert_string_equal(who_made(test, "C3"), "Hikvision - model");
}

static void
a_register_that_lacks_the_list_of_this_version_is_given_it_once(void **state)
{
	struct support *test = *state;
	const char *said, *before;

	lay_out(test);
	support_set_alone(test, ENTITY_MANUFACTURER, "Axis", "notes=ours");
	add(test, "C1", "make=Hanwha", NULL);
	assert_string_equal(who_made(test, "C1"), "- - none");
	before = support_snapshot(test);
	support_must(test, support_run(test, "manufacturer starter", &said, NULL));
	assert_non_null(strstr(said, "1 device has a known maker now"));
	assert_string_equal(who_made(test, "C1"), "Hanwha Vision - label");
	assert_string_equal(support_value(test, ENTITY_MANUFACTURER, "Axis", "notes"), "ours");
	assert_string_equal(support_find(test, ENTITY_MANUFACTURER, "-covered:undecided"), "");
	support_must(test, support_run(test, "manufacturer starter", &said, NULL));
	assert_string_equal(said, "The register says that already; nothing was changed.\n");
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_string_equal(support_snapshot(test), before);
}

static void
a_make_that_no_device_has_is_told_of(void **state)
{
	struct support *test = *state;
	const char *said;

	support_add_alone(test, ENTITY_MANUFACTURER, "name=Foghorn", NULL);
	support_add_alone(test, ENTITY_SITE, "code=FOG", NULL);
	support_begin(test, "Add a device");
	support_add(test, ENTITY_DEVICE, "tag=FOG-1", "site=FOG", "make=Foghrn", NULL);
	support_commit(test);
	support_must(test, support_run(test, "manufacturer merge", &said, "make=Foghrn", "make=Fohgorn", "into=Foghorn",
				       NULL));
	assert_non_null(strstr(said, "No device in the register has the make 'Fohgorn'"));
	assert_null(strstr(said, "has the make 'Foghrn'"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(a_match_is_about_the_one_that_is_covered),
		register_test(each_piece_of_evidence_names_a_maker),
		register_test(what_a_person_changes_is_matched_anew_and_what_was_stated_stays),
		register_test(an_import_matches_new_rows_and_those_that_change),
		register_test(a_blank_cell_takes_no_maker_away_that_the_label_would_give_back),
		register_test(a_confirmed_maker_is_changed_by_nothing_but_a_person),
		register_test(nobody_confirms_without_a_name_or_a_maker),
		register_test(a_device_that_is_in_scope_replaces_no_other),
		register_test(covering_says_what_it_does_and_is_undone_as_one),
		register_test(a_decision_may_count_from_a_later_day),
		register_test(a_decision_in_force_is_not_put_off),
		register_test(until_somebody_decides_nobody_has),
		register_test(what_says_that_nobody_knows_is_no_make),
		register_test(fourteen_spellings_are_hikvision),
		register_test(makes_are_merged_into_a_manufacturer_that_is_there),
		register_test(a_register_that_lacks_the_list_of_this_version_is_given_it_once),
		register_test(a_device_of_an_older_version_keeps_the_maker_that_only_a_person_can_have_named),
		register_test(a_make_that_no_device_has_is_told_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
