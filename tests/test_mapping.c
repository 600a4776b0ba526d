/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "import/mapping.h"
#include "tests/csv_file.h"

enum { HEADINGS_MAX = 300 };

/* A mapping made for each test, and what it was made of. */
struct fixture {
	struct mapping mapping;
	struct error error;
	const char *cells[HEADINGS_MAX];
	size_t count;
	struct arena arena;
};

/* The row of cells that stand in the words with a bar between. */
static struct csv_row
split(struct fixture *fixture, const char *words)
{
	fixture->count = 0;
	for (;;) {
		size_t size = strcspn(words, "|");

		fixture->cells[fixture->count++] = arena_bytes(&fixture->arena, words, size);
		if (words[size] == '\0')
			break;
		words += size + 1;
	}
	return (struct csv_row){ fixture->cells, fixture->count, 0, 1 };
}

static void
begin(struct fixture *fixture, enum entity_kind kind)
{
	*fixture = (struct fixture){ .mapping = { .entity = &entities[kind] } };
}

static void
end(struct fixture *fixture)
{
	mapping_free(&fixture->mapping);
	arena_free(&fixture->arena);
}

static bool
apply(struct fixture *fixture, const char *headings, enum mapping_unknown unknown)
{
	struct csv_row row = split(fixture, headings);

	return mapping_apply(&fixture->mapping, &row, unknown, &fixture->error);
}

/* The mapping as the words of a mapping file, without its first line. */
static void
assert_saved(struct fixture *fixture, const char *expected)
{
	struct text saved = { 0 };

	mapping_save(&fixture->mapping, &saved);
	assert_string_equal(strchr(text_words(&saved), '\n') + 1, expected);
	text_free(&saved);
}

static void
assert_mapped(enum entity_kind kind, const char *headings, const char *expected)
{
	struct fixture fixture;

	begin(&fixture, kind);
	if (!apply(&fixture, headings, MAPPING_REFUSE))
		fail_msg("%s: %s", headings, fixture.error.message);
	assert_saved(&fixture, expected);
	end(&fixture);
}

/* With a mapping file, when `map` is not NULL. */
static void
assert_refused(enum entity_kind kind, const char *map, const char *headings, const char *expected)
{
	struct fixture fixture;
	bool done;

	begin(&fixture, kind);
	done = (map == NULL || mapping_read_text(&fixture.mapping, "x.map", map, &fixture.error)) &&
	       apply(&fixture, headings, MAPPING_REFUSE);
	assert_false(done);
	if (strstr(fixture.error.message, expected) == NULL)
		fail_msg("expected '%s', got '%s'", expected, fixture.error.message);
	end(&fixture);
}

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
			const char *key = entity_key(entity)->name;
			struct text headings = { 0 }, expected = { 0 };

			if (!field_is_stored(field) || field == entity_key(entity))
				continue;
			text_format(&headings, "%s|%s", key, field->title);
			text_format(&expected, "%s = %s\n%s = %s\n", key, key, field->title, field->name);
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
	struct csv_row row;

	(void)state;
	begin(&fixture, ENTITY_SITE);
	assert_true(apply(&fixture, "code|StreetNumber|StreetName", MAPPING_REFUSE));
	assert_saved(&fixture, "code = code\nStreetNumber = address\nStreetName = address\n");
	row = split(&fixture, "S1| 12 |High Street");
	assert_true(mapping_values(&fixture.mapping, &row, &fixture.arena, values, &field, &fixture.error));
	assert_string_equal(values[0], "S1");
	assert_string_equal(values[1], "12 High Street");
	row = split(&fixture, "S1||High Street");
	assert_true(mapping_values(&fixture.mapping, &row, &fixture.arena, values, &field, &fixture.error));
	assert_string_equal(values[1], "High Street");
	row = split(&fixture, "S1|| ");
	assert_true(mapping_values(&fixture.mapping, &row, &fixture.arena, values, &field, &fixture.error));
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
	assert_true(mapping_read_text(&fixture.mapping, "x.map", "camera id = tag\nAsset number = notes", &fixture.error));
	assert_true(apply(&fixture, "Camera ID|Asset number|site", MAPPING_REFUSE));
	assert_saved(&fixture, "Camera ID = tag\nAsset number = notes\nsite = site\n");
	end(&fixture);
	/* What it does not settle is not guessed. */
	assert_refused(ENTITY_DEVICE, "Asset number = tag", "Camera ID|Asset number|site", "this heading of the file: 'Camera ID'");
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
	assert_refused(ENTITY_SITE, NULL, text_words(&headings), " more. Say what they are in a mapping file");
	text_free(&headings);
}

static void
unknown_headings_can_be_kept_in_the_notes(void **state)
{
	struct fixture fixture;
	const char *values[8], *field;
	struct csv_row row;

	(void)state;
	begin(&fixture, ENTITY_SITE);
	assert_true(apply(&fixture, "code|Boiler|Comments|Roof", MAPPING_NOTES));
	assert_string_equal(fixture.mapping.notices[0], "Kept in the notes: 'Boiler', 'Roof'.");
	row = split(&fixture, "S1|gas|A remark|flat");
	assert_true(mapping_values(&fixture.mapping, &row, &fixture.arena, values, &field, &fixture.error));
	assert_string_equal(values[1], "Boiler: gas\nA remark\nRoof: flat");
	row = split(&fixture, "S1|||flat");
	assert_true(mapping_values(&fixture.mapping, &row, &fixture.arena, values, &field, &fixture.error));
	assert_string_equal(values[1], "Roof: flat");
	end(&fixture);
}

static void
only_notes_say_which_heading_they_came_from(void **state)
{
	struct fixture fixture;
	const char *values[8], *field;
	struct csv_row row;

	(void)state;
	begin(&fixture, ENTITY_SITE);
	assert_true(mapping_read_text(&fixture.mapping, "x.map", "Roof = usage\nDoors = notes", &fixture.error));
	assert_true(apply(&fixture, "code|Roof|Doors", MAPPING_REFUSE));
	row = split(&fixture, "S1|flat|4");
	assert_true(mapping_values(&fixture.mapping, &row, &fixture.arena, values, &field, &fixture.error));
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
	assert_true(apply(&fixture, "code|name|row|line|field|reason", MAPPING_REFUSE));
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
	assert_refused(ENTITY_DEVICE, NULL, "site|make", "No heading of the file is the tag of a device (it knows: tag,");
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
constants_reach_the_record_that_has_the_field(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	assert_true(mapping_set(&fixture.mapping, "organisation=TRAFFORD", &fixture.error));
	assert_true(mapping_set(&fixture.mapping, "kind = CCTV camera", &fixture.error));
	assert_true(apply(&fixture, "tag|site", MAPPING_REFUSE));
	assert_saved(&fixture, "tag = tag\nsite = site\nsite.organisation := TRAFFORD\nkind := camera\n");
	end(&fixture);
}

static void
a_constant_wins_over_a_heading_and_says_so(void **state)
{
	struct fixture fixture;
	const char *values[4], *field;
	struct csv_row row;

	(void)state;
	begin(&fixture, ENTITY_SITE);
	assert_true(mapping_read_text(&fixture.mapping, "x.map", "town := Sale\nregion := North West\nPost Town = town",
				      &fixture.error));
	assert_true(mapping_set(&fixture.mapping, "town=Stretford", &fixture.error));
	assert_true(apply(&fixture, "code|Post Town", MAPPING_REFUSE));
	assert_int_equal(fixture.mapping.notice_count, 1);
	assert_string_equal(fixture.mapping.notices[0],
			    "town is 'Stretford' for every row, so the heading 'Post Town' is left out.");
	row = split(&fixture, "S1|Urmston");
	assert_true(mapping_values(&fixture.mapping, &row, &fixture.arena, values, &field, &fixture.error));
	assert_string_equal(values[1], "Stretford");
	assert_string_equal(values[2], "North West");
	end(&fixture);
}

static void
assert_set_refused(const char *assignment, const char *expected)
{
	struct fixture fixture;

	begin(&fixture, ENTITY_DEVICE);
	assert_false(mapping_set(&fixture.mapping, assignment, &fixture.error));
	if (strstr(fixture.error.message, expected) == NULL)
		fail_msg("expected '%s', got '%s'", expected, fixture.error.message);
	end(&fixture);
}

static void
a_constant_that_is_wrong_says_what_was_expected(void **state)
{
	(void)state;
	assert_set_refused("kind", "expected FIELD=VALUE");
	assert_set_refused("colour=red", "'colour' is no field of a device: expected one of tag, site,");
	assert_set_refused("site.colour=red", "'site.colour' is no field of a device");
	assert_set_refused("kind=elephant", "'elephant' is not one of:");
	assert_set_refused("installed=31/02/2024", "is not a date of the calendar");
	assert_set_refused("kind= ", "has no value");
	assert_set_refused("in_scope=yes", "in_scope is worked out by Terrier");
}

static void
mistakes_in_a_mapping_file_are_refused_with_their_line(void **state)
{
	(void)state;
	assert_refused(ENTITY_SITE, "# first\n\nPlace\n", "code", "x.map, line 3: 'Place' is not understood: expected Heading");
	assert_refused(ENTITY_SITE, "Place = colour\n", "code", "x.map, line 1: 'colour' is no field of a site: expected");
	assert_refused(ENTITY_SITE, "Place = name\nplace = town", "code", "x.map, line 2: 'place' was already given a field on line 1");
	assert_refused(ENTITY_SITE, "town := Sale\ntown := Hale\n", "code", "x.map, line 2: town is given two values");
	assert_refused(ENTITY_SITE, "\"Place = name\n", "code", "x.map, line 1: '\"Place = name' is not understood");
	assert_refused(ENTITY_SITE, "survey_on := 4/5\n", "code", "x.map, line 1: survey_on: '4/5' is not a date");
	assert_refused(ENTITY_SITE, "Place = name\xff\n", "code", "x.map is not text in UTF-8");
}

static void
a_mapping_file_names_headings_of_any_kind(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_SITE);
	assert_true(mapping_read_text(&fixture.mapping, "x.map", "\xef\xbb\xbf# which is which\r\n\r\nRef = no = code\r\n"
				      "\"# of \"\"doors\"\"\" = notes\r\n\"a := b\" = notes\ncolumn 4 = town\nRoof = -", &fixture.error));
	assert_true(apply(&fixture, "Ref = no|# of \"doors\"|a := b||Roof", MAPPING_REFUSE));
	assert_saved(&fixture, "Ref = no = code\n\"# of \"\"doors\"\"\" = notes\n\"a := b\" = notes\ncolumn 4 = town\nRoof = -\n");
	end(&fixture);
}

static void
a_heading_that_the_file_lacks_is_told(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_SITE);
	assert_true(mapping_read_text(&fixture.mapping, "x.map", "\nRoof = notes", &fixture.error));
	assert_true(apply(&fixture, "code", MAPPING_REFUSE));
	assert_string_equal(fixture.mapping.notices[0],
			    "x.map names the heading 'Roof' on line 2, which this file does not have.");
	end(&fixture);
}

static void
a_saved_mapping_reads_back_as_the_same(void **state)
{
	static const char headings[] = "Ref|Asset \"no\"|# doors|StreetNumber|StreetName|State|column 2||x:=y|Region ";
	struct fixture first, second;
	struct text saved = { 0 }, again = { 0 };

	(void)state;
	begin(&first, ENTITY_SITE);
	assert_true(mapping_read_text(&first.mapping, "x.map", "Ref = code\ncolumn 8 = notes", &first.error));
	assert_true(mapping_set(&first.mapping, "country=Wales", &first.error));
	assert_true(apply(&first, headings, MAPPING_NOTES));
	mapping_save(&first.mapping, &saved);
	begin(&second, ENTITY_SITE);
	assert_true(mapping_read_text(&second.mapping, "y.map", text_words(&saved), &second.error));
	assert_true(apply(&second, headings, MAPPING_REFUSE));
	mapping_save(&second.mapping, &again);
	assert_string_equal(text_words(&again), text_words(&saved));
	text_free(&saved);
	text_free(&again);
	end(&first);
	end(&second);
}

static void
a_heading_of_several_lines_is_written_on_one(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_SITE);
	assert_true(mapping_read_text(&fixture.mapping, "x.map", "\"? := %\" = notes", &fixture.error));
	assert_true(apply(&fixture, "Site\ncode|?\r:=\n%", MAPPING_REFUSE));
	assert_saved(&fixture, "Site code = code\n\"? := %\" = notes\n");
	end(&fixture);
}

static void
a_column_without_a_heading_must_be_empty(void **state)
{
	struct fixture fixture;
	struct csv_row row;

	(void)state;
	begin(&fixture, ENTITY_SITE);
	assert_true(apply(&fixture, "code||name| ", MAPPING_REFUSE));
	row = split(&fixture, "S1| |Depot|");
	assert_true(mapping_check_blank(&fixture.mapping, &row, &fixture.error));
	row = split(&fixture, "S1||Depot|7");
	row.number = 2;
	row.line = 3;
	assert_false(mapping_check_blank(&fixture.mapping, &row, &fixture.error));
	assert_non_null(strstr(fixture.error.message, "Column 4 has no heading, but in row 2 (line 3) it holds '7'"));
	end(&fixture);
}

static void
assert_row_refused(const char *cells, const char *expected_field, const char *expected)
{
	struct fixture fixture;
	const char *values[8] = { 0 }, *field;
	struct csv_row row;

	begin(&fixture, ENTITY_DEVICE);
	assert_true(apply(&fixture, "tag|site|installed_on", MAPPING_REFUSE));
	row = split(&fixture, cells);
	assert_false(mapping_values(&fixture.mapping, &row, &fixture.arena, values, &field, &fixture.error));
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
	assert_row_refused("| |", NULL, "every cell of the row is empty");
	assert_row_refused(" |S1|2024", "tag", "is empty");
	assert_row_refused("T1|S1|31/02/2024", "installed_on", "'31/02/2024' is not a date of the calendar");
}

static void
empty_cells_behind_the_last_heading_are_no_fault(void **state)
{
	struct fixture fixture;
	const char *values[8], *field;
	struct csv_row row;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	assert_true(apply(&fixture, "tag|site", MAPPING_REFUSE));
	row = split(&fixture, "T1|S1|| ");
	assert_true(mapping_values(&fixture.mapping, &row, &fixture.arena, values, &field, &fixture.error));
	end(&fixture);
}

static void
the_mapping_files_of_the_real_data_lose_no_column(void **state)
{
	static const struct { enum entity_kind kind; const char *map, *file; size_t columns; } cases[] = {
		{ ENTITY_SITE, "tests/data/trafford/assets.map", "tests/data/trafford/land_and_building_assets.csv", 20 },
		{ ENTITY_DEVICE, "tests/data/trafford/cameras.map", "tests/data/trafford/cctv_cameras.csv", 6 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct fixture fixture;
		struct csv_row heading;
		struct csv *csv;
		size_t fed = 0;
		bool more;

		begin(&fixture, cases[i].kind);
		csv = csv_open(cases[i].file, &fixture.error);
		assert_true(csv_next(csv, &heading, &more, &fixture.error));
		assert_true(mapping_read(&fixture.mapping, cases[i].map, &fixture.error));
		assert_true(mapping_apply(&fixture.mapping, &heading, MAPPING_REFUSE, &fixture.error));
		for (size_t column = 0; column < fixture.mapping.column_count; column++)
			fed += fixture.mapping.columns[column].use == MAPPING_FIELD;
		assert_int_equal(fed, cases[i].columns);
		csv_close(csv);
		end(&fixture);
	}
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
		cmocka_unit_test(constants_reach_the_record_that_has_the_field),
		cmocka_unit_test(a_constant_wins_over_a_heading_and_says_so),
		cmocka_unit_test(a_constant_that_is_wrong_says_what_was_expected),
		cmocka_unit_test(mistakes_in_a_mapping_file_are_refused_with_their_line),
		cmocka_unit_test(a_mapping_file_names_headings_of_any_kind),
		cmocka_unit_test(a_heading_that_the_file_lacks_is_told),
		cmocka_unit_test(a_saved_mapping_reads_back_as_the_same),
		cmocka_unit_test(a_heading_of_several_lines_is_written_on_one),
		cmocka_unit_test(a_column_without_a_heading_must_be_empty),
		cmocka_unit_test(rows_that_cannot_be_taken_say_why),
		cmocka_unit_test(empty_cells_behind_the_last_heading_are_no_fault),
		cmocka_unit_test(the_mapping_files_of_the_real_data_lose_no_column),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
