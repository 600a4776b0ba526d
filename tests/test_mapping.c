/* SPDX-License-Identifier: MIT */
/* Which field a heading feeds, and what a row is then worth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "import/ahead.h"
#include "tests/csv_file.h"
#include "tests/mapping_fixture.h"

static void
headings_are_known_in_any_case_and_spacing(void **state)
{
	(void)state;
	assert_mapped(ENTITY_DEVICE, "Tag|SITE|Camera_Type|Serial No.|MAC address",
		      "Tag = tag\nSITE = site\nCamera_Type = kind\nSerial No. = serial\nMAC address = mac\n");
	assert_mapped(ENTITY_SITE, " AssetCode |Property  Name|post code", "AssetCode = code\nProperty  Name = name\n"
		      "post code = postcode\n");
}

static void
every_field_is_known_by_its_name_and_by_its_title(void **state)
{
	(void)state;
	for each_entity(entity) {
		if ((entity->flags & ENTITY_IMPORTED) == 0)
			continue;
		for each_field(field, entity->fields) {
			const char *key = entity_key(entity)->name, *use = entity_is_numbered(entity) ? "-" : key;
			struct text headings = { 0 }, expected = { 0 };

			/* A manufacturer without a make: the_manufacturer_of_a_contractor_is_the_make. */
			if (!field_is_given(field) || field == entity_key(entity) ||
			    strcmp(field->name, "manufacturer") == 0)
				continue;
			text_format(&headings, "%s|%s", key, field->title);
			text_format(&expected, "%s = %s\n%s = %s\n", key, use, field->title, field->name);
			assert_mapped(entity->kind, text_words(&headings), text_words(&expected));
			text_free(&headings);
			text_free(&expected);
		}
	}
}

static void
several_headings_feed_one_field_of_words(void **state)
{
	struct fixture fixture;
	const char *values[8], *field;
	struct source_row row;

	(void)state;
	begin(&fixture, ENTITY_SITE);
	assert_true(apply(&fixture, "code|StreetNumber|StreetName", MAPPING_REFUSE));
	assert_saved(&fixture, "code = code\nStreetNumber = address\nStreetName = address\n");
	row = split(&fixture, "S1| 12 |High Street");
	assert_true(read_row(&fixture, &row, values, &field));
	assert_string_equal(values[0], "S1");
	assert_string_equal(values[1], "12 High Street");
	row = split(&fixture, "S1||High Street");
	assert_true(read_row(&fixture, &row, values, &field));
	assert_string_equal(values[1], "High Street");
	row = split(&fixture, "S1|| ");
	assert_true(read_row(&fixture, &row, values, &field));
	assert_null(values[1]);
	end(&fixture);
}

static void
two_headings_for_a_field_that_cannot_be_joined_are_refused(void **state)
{
	(void)state;
	assert_refused(ENTITY_DEVICE, NULL, "Camera ID|Asset number|site",
		       "The headings 'Camera ID' and 'Asset number' would both be the tag of a device");
}

static void
the_mapping_file_settles_which_of_two_headings_it_is(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	assert_true(
		mapping_read_text(&fixture.mapping, "x.map", "camera id = tag\nAsset number = notes", &fixture.error));
	assert_true(apply(&fixture, "Camera ID|Asset number|site", MAPPING_REFUSE));
	assert_saved(&fixture, "Camera ID = tag\nAsset number = notes\nsite = site\n");
	end(&fixture);
	/* What it does not settle is not guessed. */
	assert_refused(ENTITY_DEVICE, "Asset number = tag", "Camera ID|Asset number|site",
		       "this heading of the file: 'Camera ID'");
}

static void
headings_that_are_twice_there_are_refused_by_their_columns(void **state)
{
	(void)state;
	assert_refused(ENTITY_SITE, NULL, "code|name|Name ", "The columns 2 and 3 are both headed 'Name'");
}

static void
all_unknown_headings_are_named_with_what_to_do(void **state)
{
	(void)state;
	assert_refused(ENTITY_SITE, NULL, "code|Energy Rating|name|Boiler",
		       "have no field for these headings of the file: 'Energy Rating', 'Boiler'");
	assert_refused(ENTITY_SITE, NULL, "code|Boiler", "--unknown notes");
	assert_refused(ENTITY_SITE, NULL, "code|Boiler", "this heading of the file: 'Boiler'");
}

static void
hundreds_of_unknown_headings_leave_room_for_what_to_do(void **state)
{
	struct text headings = { 0 };

	(void)state;
	text_append(&headings, "code");
	for (int i = 0; i < 250; i++)
		text_format(&headings, "|A heading that nobody has ever heard of, number %d", i);
	assert_refused(ENTITY_SITE, NULL, text_words(&headings), " more. Say what they are (--column");
	text_free(&headings);
}

static void
unknown_headings_can_be_kept_in_the_notes(void **state)
{
	struct fixture fixture;
	const char *values[8], *field;
	struct source_row row;

	(void)state;
	begin(&fixture, ENTITY_SITE);
	assert_true(apply(&fixture, "code|Boiler|Comments|Roof", MAPPING_NOTES));
	assert_string_equal(fixture.mapping.notices[0], "Kept in the notes: 'Boiler', 'Roof'.");
	row = split(&fixture, "S1|gas|A remark|flat");
	assert_true(read_row(&fixture, &row, values, &field));
	assert_string_equal(values[1], "Boiler: gas\nA remark\nRoof: flat");
	row = split(&fixture, "S1|||flat");
	assert_true(read_row(&fixture, &row, values, &field));
	assert_string_equal(values[1], "Roof: flat");
	end(&fixture);
}

static void
only_notes_say_which_heading_they_came_from(void **state)
{
	struct fixture fixture;
	const char *values[8], *field;
	struct source_row row;

	(void)state;
	begin(&fixture, ENTITY_SITE);
	assert_true(mapping_read_text(&fixture.mapping, "x.map", "Roof = usage\nDoors = notes", &fixture.error));
	assert_true(apply(&fixture, "code|Roof|Doors", MAPPING_REFUSE));
	row = split(&fixture, "S1|flat|4");
	assert_true(read_row(&fixture, &row, values, &field));
	assert_string_equal(values[1], "flat");
	assert_string_equal(values[2], "Doors: 4");
	end(&fixture);
}

static void
unknown_headings_can_be_left_out_and_are_named(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_SITE);
	assert_true(apply(&fixture, "code|Boiler", MAPPING_LEAVE));
	assert_string_equal(fixture.mapping.notices[0], "Left out, because nobody knows what they are: 'Boiler'.");
	assert_saved(&fixture, "code = code\nBoiler = -\n");
	end(&fixture);
}

static void
what_terrier_works_out_is_not_read_and_named(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_SITE);
	assert_true(apply(&fixture, "code|Sensitive|State", MAPPING_REFUSE));
	assert_string_equal(fixture.mapping.notices[0],
			    "Worked out by Terrier, so not read from the file: 'Sensitive', 'State'.");
	assert_int_equal(fixture.mapping.slot_count, 1);
	end(&fixture);
}

static void
a_file_of_refused_rows_is_known_again(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_SITE);
	assert_true(apply(&fixture, "code|name|source|row|line|cause|field|reason", MAPPING_REFUSE));
	assert_int_equal(fixture.mapping.slot_count, 2);
	assert_int_equal(fixture.mapping.notice_count, 0);
	end(&fixture);
	/* A column that only happens to be called so is not ours. */
	assert_refused(ENTITY_SITE, NULL, "code|row|line", "these headings of the file: 'row', 'line'");
}

static void
a_file_without_the_key_is_refused_with_the_headings_it_may_have(void **state)
{
	(void)state;
	assert_refused(ENTITY_DEVICE, NULL, "site|make",
		       "No heading of the file is the tag of a device (it knows: tag,");
}

static void
fields_of_a_record_that_is_named_are_reached(void **state)
{
	(void)state;
	assert_mapped(ENTITY_DEVICE, "tag|site|Site name", "tag = tag\nsite = site\nSite name = site.name\n");
	assert_mapped(ENTITY_SITE, "code|organisation|organisation kind",
		      "code = code\norganisation = organisation\norganisation kind = organisation.kind\n");
}

static void
a_column_without_a_heading_must_be_empty(void **state)
{
	struct fixture fixture;
	struct source_row row;

	(void)state;
	begin(&fixture, ENTITY_SITE);
	assert_true(apply(&fixture, "code||name| ", MAPPING_REFUSE));
	row = split(&fixture, "S1| |Depot|");
	assert_true(mapping_check_row(&fixture.mapping, &row, &fixture.error));
	row = split(&fixture, "S1||Depot|7");
	row.number = 2;
	row.line = 3;
	assert_false(mapping_check_row(&fixture.mapping, &row, &fixture.error));
	assert_non_null(strstr(fixture.error.message, "Column 4 has no heading, but in row 2 (line 3) it holds '7'"));
	end(&fixture);
}

static void
the_heading_of_another_table_refuses_the_file(void **state)
{
	static const char *const rows[] = { "TAG|Site|Model", "Tag|Site", "tag|Model|Site|Place" };
	struct fixture fixture;
	struct source_row row;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	assert_true(apply(&fixture, "Tag|Site|Place", MAPPING_REFUSE));
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		row = split(&fixture, rows[i]);
		row.number = 12;
		row.line = 14;
		assert_false(mapping_check_row(&fixture.mapping, &row, &fixture.error));
		assert_non_null(strstr(fixture.error.message,
				       "Row 12 (line 14) is the heading of another table, whose columns"));
	}
	row = split(&fixture, "TAG|site|place");
	assert_true(mapping_check_row(&fixture.mapping, &row, &fixture.error));
	row = split(&fixture, "Tag-1|Site|Model");
	assert_true(mapping_check_row(&fixture.mapping, &row, &fixture.error));
	end(&fixture);
}

static void
assert_row_refused(const char *cells, const char *expected_field, const char *expected)
{
	struct fixture fixture;
	const char *values[8] = { 0 }, *field;
	struct source_row row;

	begin(&fixture, ENTITY_DEVICE);
	assert_true(apply(&fixture, "tag|site|installed_on", MAPPING_REFUSE));
	row = split(&fixture, cells);
	assert_false(read_row(&fixture, &row, values, &field));
	if (strstr(fixture.error.message, expected) == NULL)
		fail_msg("expected '%s', got '%s'", expected, fixture.error.message);
	if (expected_field == NULL)
		assert_null(field);
	else
		assert_string_equal(field, expected_field);
	end(&fixture);
}

static void
rows_that_cannot_be_taken_say_why(void **state)
{
	(void)state;
	assert_row_refused("T1|S1", NULL, "has 2 cells, the heading has 3");
	assert_row_refused("T1|S1|2024|x", NULL, "has 4 cells, the heading has 3");
	assert_row_refused(" |S1|2024", "tag", "is empty");
	assert_row_refused("T1|S1|31/02/2024", "installed_on", "'31/02/2024' is not a date of the calendar");
}

static void
empty_cells_behind_the_last_heading_are_no_fault(void **state)
{
	struct fixture fixture;
	const char *values[8], *field;
	struct source_row row;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	assert_true(apply(&fixture, "tag|site", MAPPING_REFUSE));
	row = split(&fixture, "T1|S1|| ");
	assert_true(read_row(&fixture, &row, values, &field));
	end(&fixture);
}

/* 100,000 rows are many batches of the thread that reads ahead. */
static void
reading_ahead_gives_the_values_and_what_is_wrong(void **state)
{
	enum { ROWS = 100000 };
	struct text bytes = { 0 };
	struct fixture fixture;
	struct ahead_row row;
	struct ahead *ahead;
	struct reader *reader;
	char expected[32];
	bool more = true;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	assert_true(apply(&fixture, "Tag|Site|Installed", MAPPING_REFUSE));
	for (int i = 0; i < ROWS; i++)
		text_format(&bytes, " T%d ,S1,%s\n", i, i % 7 == 0 ? "31/02/2024" : "31/01/2024");
	reader = reader_open_file(file_of_bytes(bytes.bytes, bytes.length), "x.csv", &(struct reader_options){ 0 },
				  65536, &fixture.error);
	ahead = ahead_open(reader, &fixture.mapping);
	for (int i = 0; i < ROWS; i++) {
		assert_true(ahead_next(ahead, &row, &more, &fixture.error) && more);
		snprintf(expected, sizeof expected, "T%d", i);
		assert_string_equal(row.values[0], expected);
		assert_string_equal(row.values[1], "S1");
		if (i % 7 == 0) {
			assert_null(row.values[2]);
			assert_non_null(strstr(row.result.reason, "'31/02/2024' is not a date"));
			assert_string_equal(row.result.field, "installed_on");
		} else {
			assert_null(row.result.reason);
			assert_string_equal(row.values[2], "2024-01-31");
		}
	}
	assert_true(ahead_next(ahead, &row, &more, &fixture.error) && !more);
	ahead_close(ahead);
	reader_close(reader);
	text_free(&bytes);
	end(&fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headings_are_known_in_any_case_and_spacing),
		cmocka_unit_test(every_field_is_known_by_its_name_and_by_its_title),
		cmocka_unit_test(several_headings_feed_one_field_of_words),
		cmocka_unit_test(two_headings_for_a_field_that_cannot_be_joined_are_refused),
		cmocka_unit_test(the_mapping_file_settles_which_of_two_headings_it_is),
		cmocka_unit_test(headings_that_are_twice_there_are_refused_by_their_columns),
		cmocka_unit_test(all_unknown_headings_are_named_with_what_to_do),
		cmocka_unit_test(hundreds_of_unknown_headings_leave_room_for_what_to_do),
		cmocka_unit_test(unknown_headings_can_be_kept_in_the_notes),
		cmocka_unit_test(only_notes_say_which_heading_they_came_from),
		cmocka_unit_test(unknown_headings_can_be_left_out_and_are_named),
		cmocka_unit_test(what_terrier_works_out_is_not_read_and_named),
		cmocka_unit_test(a_file_of_refused_rows_is_known_again),
		cmocka_unit_test(a_file_without_the_key_is_refused_with_the_headings_it_may_have),
		cmocka_unit_test(fields_of_a_record_that_is_named_are_reached),
		cmocka_unit_test(a_column_without_a_heading_must_be_empty),
		cmocka_unit_test(the_heading_of_another_table_refuses_the_file),
		cmocka_unit_test(rows_that_cannot_be_taken_say_why),
		cmocka_unit_test(empty_cells_behind_the_last_heading_are_no_fault),
		cmocka_unit_test(reading_ahead_gives_the_values_and_what_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
