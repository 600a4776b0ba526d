/* SPDX-License-Identifier: MIT */
/* What people say of a file: mapping files and constants. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/mapping_fixture.h"

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
	struct source_row row;

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
	assert_true(read_row(&fixture, &row, values, &field));
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
	assert_refused(ENTITY_SITE, "# first\n\nPlace\n", "code",
		       "x.map, line 3: 'Place' is not understood: expected Heading");
	assert_refused(ENTITY_SITE, "Place = colour\n", "code",
		       "x.map, line 1: 'colour' is no field of a site: expected");
	assert_refused(ENTITY_SITE, "Place = name\nplace = town", "code",
		       "x.map, line 2: 'place' was already given a field on line 1");
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
	assert_true(mapping_read_text(&fixture.mapping, "x.map",
				      "\xef\xbb\xbf# which is which\r\n\r\nRef = no = code\r\n"
				      "\"# of \"\"doors\"\"\" = notes\r\n\"a := b\" = notes\ncolumn 4 = town\nRoof = -",
				      &fixture.error));
	assert_true(apply(&fixture, "Ref = no|# of \"doors\"|a := b||Roof", MAPPING_REFUSE));
	assert_saved(&fixture, "Ref = no = code\n\"# of \"\"doors\"\"\" = notes\n\"a := b\" = notes\ncolumn 4 = "
			       "town\nRoof = -\n");
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
a_heading_is_named_so_that_nothing_else_is_meant(void **state)
{
	static const char *const headings[] = { "Tag",      "a = b",   "Site:",  "#1", "No #1",
						"column 1", "\"x\" y", "c := d", "" };
	enum { COUNT = sizeof headings / sizeof headings[0] };

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		const struct source_row row = { (const char **)(uintptr_t)headings, COUNT, 0, 1 };
		struct text line = { 0 };
		struct fixture fixture;

		begin(&fixture, ENTITY_SITE);
		mapping_append_heading(&line, headings[i], i + 1);
		text_append(&line, " = code");
		assert_true(mapping_add_column(&fixture.mapping, text_words(&line), &fixture.error));
		assert_true(mapping_apply(&fixture.mapping, &row, NULL, MAPPING_LEAVE, &fixture.error));
		assert_int_equal(fixture.mapping.columns[i].use, MAPPING_FIELD);
		text_free(&line);
		end(&fixture);
	}
	assert_int_equal(mapping_column_number("column 12"), 12);
	assert_int_equal(mapping_column_number("column 0"), 0);
	assert_int_equal(mapping_column_number("column 7 or so"), 0);
	assert_int_equal(mapping_column_number("columns"), 0);
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
the_mapping_files_of_the_real_data_lose_no_column(void **state)
{
	static const struct { enum entity_kind kind; const char *map, *file; size_t columns; } cases[] = {
		{ ENTITY_SITE, "tests/data/trafford/assets.map", "tests/data/trafford/land_and_building_assets.csv",
		  20 },
		{ ENTITY_DEVICE, "tests/data/trafford/cameras.map", "tests/data/trafford/cctv_cameras.csv", 6 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct fixture fixture;
		struct source_row heading;
		struct reader *reader;
		size_t fed = 0;
		bool more;

		begin(&fixture, cases[i].kind);
		reader = reader_open(cases[i].file, &(struct reader_options){ 0 }, &fixture.error);
		assert_true(reader_next(reader, &heading, &more, &fixture.error));
		assert_true(mapping_read(&fixture.mapping, cases[i].map, &fixture.error));
		assert_true(mapping_apply(&fixture.mapping, &heading, NULL, MAPPING_REFUSE, &fixture.error));
		for (size_t column = 0; column < fixture.mapping.column_count; column++)
			fed += fixture.mapping.columns[column].use == MAPPING_FIELD;
		assert_int_equal(fed, cases[i].columns);
		reader_close(reader);
		end(&fixture);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(constants_reach_the_record_that_has_the_field),
		cmocka_unit_test(a_constant_wins_over_a_heading_and_says_so),
		cmocka_unit_test(a_constant_that_is_wrong_says_what_was_expected),
		cmocka_unit_test(mistakes_in_a_mapping_file_are_refused_with_their_line),
		cmocka_unit_test(a_mapping_file_names_headings_of_any_kind),
		cmocka_unit_test(a_heading_that_the_file_lacks_is_told),
		cmocka_unit_test(a_saved_mapping_reads_back_as_the_same),
		cmocka_unit_test(a_heading_is_named_so_that_nothing_else_is_meant),
		cmocka_unit_test(a_heading_of_several_lines_is_written_on_one),
		cmocka_unit_test(the_mapping_files_of_the_real_data_lose_no_column),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
