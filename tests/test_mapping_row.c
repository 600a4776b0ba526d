/* SPDX-License-Identifier: MIT */
/* What a row is worth: its values, all that is wrong with it and of what sort, or that it is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "import/mapping_row.h"
#include "tests/mapping_fixture.h"

/* "tag=T1 kind=camera", "damaged: serial: ...", "skipped: a line of totals". */
static void
describe(const struct mapping *mapping, const char *const *values, const struct mapping_result *result,
	 struct text *out)
{
	if (result->what == MAPPING_ROW_SKIPPED)
		text_format(out, "skipped: %s", result->reason);
	if (result->what == MAPPING_ROW_WRONG)
		text_format(out, "%s: %s", refusal_cause_name(result->cause), result->reason);
	for (size_t i = 0; result->what == MAPPING_ROW_GOOD && i < mapping->slot_count; i++)
		if (values[i] != NULL)
			text_format(out, "%s%s=%s", out->length > 0 ? " " : "", mapping->slots[i].name, values[i]);
}

static void
assert_read(struct fixture *fixture, const char *cells, const char *expected)
{
	struct mapping_tally *tally = arena_alloc(&fixture->arena, sizeof *tally);
	struct source_row row = split(fixture, cells);
	const char *values[HEADINGS_MAX];
	struct mapping_result result;
	struct text came = { 0 };

	row.number = 1;
	mapping_values(&fixture->mapping, &row, &fixture->arena, values, tally, &result);
	describe(&fixture->mapping, values, &result, &came);
	if (strncmp(text_words(&came), expected, strlen(expected)) != 0)
		fail_msg("%s\nexpected '%s'\ngot      '%s'", cells, expected, text_words(&came));
	text_free(&came);
}

/* What a device's row is under the headings; the expected words may leave the end away. */
static void
assert_device(const char *headings, const char *cells, const char *expected)
{
	struct fixture fixture;

	begin(&fixture, ENTITY_DEVICE);
	if (!apply(&fixture, headings, MAPPING_REFUSE))
		fail_msg("%s: %s", headings, fixture.error.message);
	assert_read(&fixture, cells, expected);
	end(&fixture);
}

static void
every_wrong_field_of_a_row_is_named(void **state)
{
	(void)state;
	assert_device("tag|site|mac|installed|ip", "T1|S1|zz|31/02/2019|1.2.3.4",
		      "value: mac: 'zz' is not a MAC address (3C:EF:8C:01:02:03); installed_on: '31/02/2019' is not a "
		      "date");
	assert_device("tag|site|kind|mac", "|S1|elephant|zz",
		      "no key: tag: is empty, and without it nobody knows which device is meant; kind: 'elephant' is "
		      "not one of");
}

static void
the_worst_thing_wrong_is_the_cause(void **state)
{
	struct mapping_result result;
	struct mapping_tally tally = { 0 };
	const char *values[8];
	struct fixture fixture;
	struct source_row row;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	assert_true(apply(&fixture, "tag|site|mac|serial", MAPPING_REFUSE));
	row = split(&fixture, "T1|S1|zz|1.00E+11");
	mapping_values(&fixture.mapping, &row, &fixture.arena, values, &tally, &result);
	assert_int_equal(result.what, MAPPING_ROW_WRONG);
	assert_int_equal(result.cause, REFUSAL_DAMAGED);
	assert_int_equal(result.damage, DAMAGE_EXPONENT);
	assert_string_equal(fixture.mapping.slots[result.damaged_slot].name, "serial");
	assert_string_equal(result.damaged_words, "1.00E+11");
	assert_string_equal(values[0], "T1");
	assert_null(values[2]);
	end(&fixture);
}

static void
words_for_not_known_say_nothing(void **state)
{
	assert_device("tag|site|make|serial|mac|installed|kind|notes", "T1|S1|?|n/a|TBC|-|tbc|n/a",
		      "tag=T1 site=S1 kind=unknown");
	assert_device("tag|site|notes|comments", "T1|S1|-|Behind the door", "tag=T1 site=S1 notes=Behind the door");
	/* But a site may be called so, and the reason quotes what is no key. */
	assert_device("tag|site|site organisation", "T1|NA|n/a", "tag=T1 site=NA");
	assert_device("tag|site|mac", "TBC|S1|", "no key: tag: 'TBC' says that nobody knows it, and without it nobody");
	(void)state;
}

static void
words_for_not_known_are_counted(void **state)
{
	struct mapping_tally tally = { 0 };
	struct mapping_result result;
	const char *values[8];
	struct fixture fixture;
	struct source_row row;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	assert_true(apply(&fixture, "tag|site|floor|room|mac", MAPPING_REFUSE));
	row = split(&fixture, "T1|S1|n/a|Lobby|TBC");
	mapping_values(&fixture.mapping, &row, &fixture.arena, values, &tally, &result);
	assert_int_equal(result.what, MAPPING_ROW_GOOD);
	assert_string_equal(values[2], "Lobby");
	assert_int_equal(tally.columns[2].counts[MAPPING_COUNT_UNKNOWN], 1);
	assert_int_equal(tally.columns[3].counts[MAPPING_COUNT_UNKNOWN], 0);
	assert_int_equal(tally.columns[4].counts[MAPPING_COUNT_UNKNOWN], 1);
	end(&fixture);
}

static void
what_dates_prove_is_counted_by_column(void **state)
{
	static const char *const cells[] = { "T1|03/04/2019|45322", "T2|05/05/2019|2024-01-31", "T3|25/04/2019|n/a",
					     "T4|26/04/2019|04/25/2019", "T5|02/03/2019|" };
	struct mapping_tally tally = { 0 };
	struct mapping_result result;
	const char *values[8];
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	assert_true(apply(&fixture, "tag|installed|removed", MAPPING_REFUSE));
	for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
		struct source_row row = split(&fixture, cells[i]);

		row.number = (int64_t)i + 1;
		mapping_values(&fixture.mapping, &row, &fixture.arena, values, &tally, &result);
	}
	assert_int_equal(tally.columns[1].either, 2);
	assert_string_equal(tally.columns[1].example, "03/04/2019");
	assert_int_equal(tally.columns[1].day, 2);
	assert_int_equal(tally.columns[1].day_row, 3);
	assert_string_equal(tally.columns[1].day_example, "25/04/2019");
	assert_int_equal(tally.columns[1].month, 0);
	assert_int_equal(tally.columns[2].month, 1);
	assert_int_equal(tally.columns[2].month_row, 4);
	assert_string_equal(tally.columns[2].month_example, "04/25/2019");
	assert_int_equal(tally.columns[2].counts[MAPPING_COUNT_SERIAL], 1);
	assert_int_equal(tally.columns[2].counts[MAPPING_COUNT_UNKNOWN], 1);
	end(&fixture);
}

static void
a_column_may_have_the_month_first(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	assert_true(mapping_set_dates(&fixture.mapping, " Fitted = month", &fixture.error));
	assert_true(apply(&fixture, "tag|fitted|removed", MAPPING_REFUSE));
	assert_read(&fixture, "T1|03/04/2019|03/04/2019", "tag=T1 installed_on=2019-03-04 removed_on=2019-04-03");
	assert_read(&fixture, "T1|04/25/2019|2019-04-03", "tag=T1 installed_on=2019-04-25 removed_on=2019-04-03");
	assert_read(&fixture, "T1|25/04/2019|", "value: installed_on: '25/04/2019' is not a date with the month first");
	assert_read(&fixture, "T1|3 April 2019|", "tag=T1 installed_on=2019-04-03");
	end(&fixture);
}

static void
a_quarter_is_a_year_and_a_note(void **state)
{
	(void)state;
	assert_device("tag|installed", "T1|Q3 2024", "tag=T1 installed_on=2024 notes=Installed: Q3 2024");
	assert_device("tag|installed|notes", "T1|Q3 2024|Loose",
		      "tag=T1 installed_on=2024 notes=Loose\nInstalled: Q3 2024");
	assert_device("tag|installed|notes", "T1|Q3 2024|Installed: Q3 2024",
		      "tag=T1 installed_on=2024 notes=Installed: Q3 2024");
	assert_device("tag|installed|upgrade", "T1|Q3 2024|Q1 2027",
		      "tag=T1 installed_on=2024 upgrade_on=2027 notes=Installed: Q3 2024\nUpgrade: Q1 2027");
}

static void
a_note_is_added_once(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	assert_string_equal(mapping_added_note(NULL, "A: 1", &arena), "A: 1");
	assert_string_equal(mapping_added_note("x", "A: 1\nB: 2", &arena), "x\nA: 1\nB: 2");
	assert_string_equal(mapping_added_note("B: 2\nx", "A: 1\nB: 2", &arena), "B: 2\nx\nA: 1");
	assert_string_equal(mapping_added_note("A: 12", "A: 1", &arena), "A: 12\nA: 1");
	arena_free(&arena);
}

static void
a_kind_may_say_how_many(void **state)
{
	struct fixture fixture;

	(void)state;
	assert_device("tag|kind", "T1|x4 domes", "tag=T1 kind=camera quantity=4");
	assert_device("tag|kind", "T1|dome", "tag=T1 kind=camera");
	assert_device("tag|kind|qty", "T1|x4 dome|", "tag=T1 kind=camera quantity=4");
	assert_device("tag|kind|qty", "T1|x4 dome|4", "tag=T1 kind=camera quantity=4");
	assert_device("tag|kind|qty", "T1|x4 dome|x4", "tag=T1 kind=camera quantity=4");
	assert_device("tag|kind|qty", "T1|x4 dome|1", "value: quantity: is 1, but the kind says that there are 4");
	assert_device("tag|kind", "T1|x4 elephants", "value: kind: 'x4 elephants' is not one of");
	begin(&fixture, ENTITY_DEVICE);
	assert_true(apply(&fixture, "tag|kind", MAPPING_REFUSE));
	assert_true(fixture.mapping.slots[fixture.mapping.quantity_slot].derived);
	end(&fixture);
}

static void
assert_pair(const struct map *makes, const char *cell, const char *make, const char *model)
{
	struct fixture fixture;
	struct text cells = { 0 }, expected = { 0 };

	begin(&fixture, ENTITY_DEVICE);
	fixture.mapping.makes = makes;
	assert_true(apply(&fixture, "tag|Make & Model|room", MAPPING_REFUSE));
	text_format(&cells, "T1|%s|Z", cell);
	text_format(&expected, "tag=T1 place=Z%s%s%s%s", make != NULL ? " make=" : "", make != NULL ? make : "",
		    model != NULL ? " model=" : "", model != NULL ? model : "");
	assert_read(&fixture, text_words(&cells), text_words(&expected));
	text_free(&cells);
	text_free(&expected);
	end(&fixture);
}

static void
make_and_model_in_one_cell_are_parted(void **state)
{
	struct map makes = { 0 };
	bool added;

	(void)state;
	map_add(&makes, "hik", 1, &added);
	map_add(&makes, "hikvision", 1, &added);
	map_add(&makes, "axis", 2, &added);
	assert_pair(&makes, "Hik Vision DS-2CD2143", "Hik Vision", "DS-2CD2143");
	assert_pair(&makes, "HIK DS-2CD2143", "HIK", "DS-2CD2143");
	assert_pair(&makes, "Hikvision/DS-2CD2143", "Hikvision", "DS-2CD2143");
	assert_pair(&makes, "AXIS Companion Eye", "AXIS", "Companion Eye");
	assert_pair(&makes, "Hikvision", "Hikvision", NULL);
	assert_pair(&makes, "Hikmicro Pocket", "Hikmicro Pocket", NULL);
	assert_pair(NULL, "Bosch Flexidome 5000i", "Bosch Flexidome", "5000i");
	assert_pair(NULL, "Bosch - NBE-5503", "Bosch", "NBE-5503");
	assert_pair(NULL, "Bosch / Dinion", "Bosch", "Dinion");
	assert_pair(NULL, "Bosch - Dinion", "Bosch", "Dinion");
	assert_pair(NULL, "Bosch/Dinion", "Bosch", "Dinion");
	assert_pair(NULL, "Bosch/Dinion - outdoor", "Bosch", "Dinion - outdoor");
	assert_pair(NULL, "Bosch - indoor/outdoor", "Bosch", "indoor/outdoor");
	assert_pair(NULL, "Bosch", "Bosch", NULL);
	assert_pair(NULL, "n/a", NULL, NULL);
	assert_pair(NULL, "", NULL, NULL);
	map_free(&makes);
}

/* A cell of notes under the heading of makes would else be looked up with every word that it has: half a minute. */
static void
a_long_cell_is_parted_by_how_it_begins(void **state)
{
	enum { WORDS = 20000 };
	struct map makes = { 0 };
	struct text model = { 0 }, cell = { 0 };
	struct arena arena = { 0 };
	bool added;

	(void)state;
	map_add(&makes, "hikvision", 1, &added);
	for (int i = 0; i < WORDS; i++)
		text_append(&model, i > 0 ? " x" : "x");
	text_format(&cell, "Hik Vision %s", text_words(&model));
	assert_string_equal(mapping_part_pair(&makes, text_words(&cell), false, &arena), "Hik Vision");
	assert_string_equal(mapping_part_pair(&makes, text_words(&cell), true, &arena), text_words(&model));
	arena_free(&arena);
	text_free(&cell);
	text_free(&model);
	map_free(&makes);
}

static void
lines_of_totals_are_no_rows(void **state)
{
	(void)state;
	assert_device("tag|place|qty", "|Total|12", "skipped: a line of totals");
	assert_device("tag|place|cost", "|GRAND TOTAL:|\xc2\xa3" "1,234.50", "skipped: a line of totals");
	assert_device("tag|place|qty", "|Sub-total ground floor|12", "skipped: a line of totals");
	assert_device("tag|place|qty", "Total||12", "skipped: a line of totals");
	assert_device("tag|place|qty", "Total|12", "skipped: a line of totals");
	assert_device("tag|site|place|qty", "Total|S1||2", "skipped: a line of totals");
	/* What could be a row is one. */
	assert_device("tag|place|qty", "Total||", "tag=Total");
	assert_device("tag|place|qty", "Total-1||12", "tag=Total-1 quantity=12");
	assert_device("tag|place|qty", "|Summer house|12", "no key: ");
	assert_device("tag|place|make", "|Total|Bosch", "no key: ");
	assert_device("tag|place|qty", "T1|Total|12", "tag=T1 place=Total quantity=12");
}

static void
the_heading_again_is_no_row(void **state)
{
	(void)state;
	assert_device("Tag|Site|MAC address", "TAG|site|Mac Address", "skipped: the heading again");
	assert_device("Tag|Site", "tag|Site", "skipped: the heading again");
	assert_device("Cam No.|Site", "Cam  No|Site", "skipped: the heading again");
	assert_device("Asset no|Site", "ASSET NO|site", "skipped: the heading again");
	assert_device("Tag|Site", "tag|Site 4", "tag=tag site=Site 4");
}

static void
a_row_without_a_filled_cell_is_no_row(void **state)
{
	(void)state;
	assert_device("Tag|Site|Place", "||", "skipped: no cell is filled");
	assert_device("Tag|Site|Place", " |\xc2\xa0||||", "skipped: no cell is filled");
	assert_device("Tag|Site|Place", "|", "skipped: no cell is filled");
	assert_device("Tag|Site|Place", "|n/a|", "no key: ");
}

static void
cells_that_stand_one_column_off_are_seen(void **state)
{
	(void)state;
	assert_device("tag|site|place|kind|mac|ip|notes", "T1|S1|camera|3cef8c010203|1.2.3.4||",
		      "shifted: the cells seem to stand one column to the left of their headings, from 'place' on: "
		      "where they stand these are wrong: kind, mac");
	assert_device("tag|site|place|kind|mac|ip", "T1|S1||Lobby|camera|3cef8c010203",
		      "shifted: the cells seem to stand one column to the right of their headings, from 'place' on: "
		      "where they stand these are wrong: kind, mac");
	/* A wrong cell is only that when moving the cells makes it no better. */
	assert_device("tag|site|installed|notes", "T1|S1|31/02/2019|", "value: installed_on");
	assert_device("tag|site|kind|mac|notes", "T1|S1|3cef8c010203||A note", "value: kind");
	/* The last cell would be lost. */
	assert_device("tag|site|kind|mac", "T1|S1|3cef8c010203|x", "value: kind");
}

static void
only_where_rows_may_be_short_are_missing_cells_blank(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	fixture.mapping.short_rows = true;
	assert_true(apply(&fixture, "tag|site|room|floor|mac", MAPPING_REFUSE));
	assert_read(&fixture, "T1|S1", "tag=T1 site=S1");
	assert_read(&fixture, "T1|S1|Lobby", "tag=T1 site=S1 place=Lobby");
	assert_read(&fixture, "T1|S1|Lobby|1||x", "cells: has 6 cells, the heading has 5");
	end(&fixture);
	assert_device("tag|site|mac", "T1|S1", "cells: has 2 cells, the heading has 3");
	assert_device("tag|site|mac", "||", "skipped: no cell is filled");
}

static void
a_file_without_the_key_is_read_when_others_match(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	fixture.mapping.keyless = true;
	assert_true(apply(&fixture, "site|serial|mac", MAPPING_REFUSE));
	assert_read(&fixture, "S1|X1|", "site=S1 serial=X1");
	assert_read(&fixture, "Total||12", "skipped: a line of totals");
	end(&fixture);
	begin(&fixture, ENTITY_DEVICE);
	fixture.mapping.keyless = true;
	assert_true(apply(&fixture, "tag|serial", MAPPING_REFUSE));
	assert_read(&fixture, "|X1", "serial=X1");
	end(&fixture);
}

static void
what_is_said_of_a_refused_row_feeds_no_field(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	assert_true(apply(&fixture, "tag|site|source|row|line|cause|field|reason", MAPPING_REFUSE));
	assert_read(&fixture, "T1|S1|12|7|8|value|tag|x", "tag=T1 site=S1");
	end(&fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_wrong_field_of_a_row_is_named),
		cmocka_unit_test(the_worst_thing_wrong_is_the_cause),
		cmocka_unit_test(words_for_not_known_say_nothing),
		cmocka_unit_test(words_for_not_known_are_counted),
		cmocka_unit_test(what_dates_prove_is_counted_by_column),
		cmocka_unit_test(a_column_may_have_the_month_first),
		cmocka_unit_test(a_quarter_is_a_year_and_a_note),
		cmocka_unit_test(a_note_is_added_once),
		cmocka_unit_test(a_kind_may_say_how_many),
		cmocka_unit_test(make_and_model_in_one_cell_are_parted),
		cmocka_unit_test(a_long_cell_is_parted_by_how_it_begins),
		cmocka_unit_test(lines_of_totals_are_no_rows),
		cmocka_unit_test(the_heading_again_is_no_row),
		cmocka_unit_test(a_row_without_a_filled_cell_is_no_row),
		cmocka_unit_test(cells_that_stand_one_column_off_are_seen),
		cmocka_unit_test(only_where_rows_may_be_short_are_missing_cells_blank),
		cmocka_unit_test(a_file_without_the_key_is_read_when_others_match),
		cmocka_unit_test(what_is_said_of_a_refused_row_feeds_no_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
