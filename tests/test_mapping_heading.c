/* SPDX-License-Identifier: MIT */
/* What headings mean by themselves, and what people or earlier files say of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/csv_file.h"
#include "tests/mapping_fixture.h"

static void
headings_of_asset_registers_are_known(void **state)
{
	(void)state;
	assert_mapped(ENTITY_DEVICE,
		      "Cam No.|Property Ref|Location|Field of View|Brand|Part No|S/N|MAC Addr.|IP "
		      "Addr|NVR|Commissioned|No. of cameras|Remarks",
		      "Cam No. = tag\nProperty Ref = site\nLocation = place\nField of View = place\nBrand = make\n"
		      "Part No = model\nS/N = serial\nMAC Addr. = mac\nIP Addr = ip\nNVR = recorder\n"
		      "Commissioned = installed_on\nNo. of cameras = quantity\nRemarks = notes\n");
	assert_mapped(ENTITY_DEVICE, "camera_id|Site|Area|Floor|Room|CAMERA TYPE|Mfr|Model Number|Serial No|Qty",
		      "camera_id = tag\nSite = site\nArea = place\nFloor = place\nRoom = place\nCAMERA TYPE = kind\n"
		      "Mfr = make\nModel Number = model\nSerial No = serial\nQty = quantity\n");
	assert_mapped(ENTITY_SITE, "AssetCode|Primary Property Name|UPRN|E-PIMS Ref|Post Town|X|Y|Tenure Category",
		      "AssetCode = code\nPrimary Property Name = name\nUPRN = uprn\nE-PIMS Ref = property_reference\n"
		      "Post Town = town\nX = easting\nY = northing\nTenure Category = tenure\n");
}

/* The first field of the entity that has the folded heading, and whether a second one has. */
static const struct field *
field_for(const struct entity *entity, const char *folded, const struct field **second, struct arena *arena)
{
	const struct field *first = NULL;

	*second = NULL;
	for each_field(field, entity->fields) {
		if (!field_has_heading(field, folded, arena))
			continue;
		if (first == NULL)
			first = field;
		else
			*second = field;
	}
	return first;
}

/* What is worked out gives way: it is only told of. */
static bool
clashes(const struct field *field, const struct field *other)
{
	return other != NULL && other != field && field_is_given(other) == field_is_given(field);
}

static void
one_heading_means_one_field(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	for each_entity(entity)
		for each_field(field, entity->fields) {
			const char *words = arena_format(&arena, "%s,%s,%s", field->name, field->title,
							 field->headings);

			while ((entity->flags & ENTITY_IMPORTED) && *words != '\0') {
				size_t size = strcspn(words, ",");
				const char *folded = text_fold(&arena, arena_bytes(&arena, words, size));
				const struct field *second = NULL;

				if (*folded != '\0' && clashes(field, field_for(entity, folded, &second, &arena)))
					fail_msg("%s: '%.*s' is not only the %s", entity->name, (int)size, words,
						 field->name);
				if (clashes(field, second))
					fail_msg("%s: '%.*s' is both %s and %s", entity->name, (int)size, words,
						 field->name, second->name);
				words += size + (words[size] == ',');
			}
		}
	arena_free(&arena);
}

static void
the_due_of_a_file_is_the_date_that_was_set(void **state)
{
	static const char *const headings[] = { "Due",    "due_on",    "Deadline",    "Due date",
						"Target", "target_on", "Removal date" };

	(void)state;
	for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++) {
		char given[64], mapped[128];

		snprintf(given, sizeof given, "Site|Kind|%s", headings[i]);
		snprintf(mapped, sizeof mapped, "Site = site\nKind = kind\n%s = target_on\n", headings[i]);
		assert_mapped(ENTITY_DEADLINE, given, mapped);
	}
}

/* Our own lists have both; so may a mapping of an older version say due_on. */
static void
the_due_beside_a_target_is_worked_out(void **state)
{
	struct mapping_target target;
	struct error error;

	(void)state;
	assert_mapped(ENTITY_DEADLINE, "site|kind|target_on|due_on",
		      "site = site\nkind = kind\ntarget_on = target_on\ndue_on = -\n");
	assert_mapped(ENTITY_DEADLINE, "Due|Kind|Site|Target",
		      "Due = -\nKind = kind\nSite = site\nTarget = target_on\n");
	assert_true(mapping_find_target(&entities[ENTITY_DEADLINE], "due_on", &target, &error));
	assert_int_equal(target.field, DEADLINE_target_on);
	assert_false(mapping_find_target(&entities[ENTITY_DEADLINE], "state", &target, &error));
}

static void
make_and_model_may_share_a_heading(void **state)
{
	(void)state;
	assert_mapped(ENTITY_DEVICE, "tag|Make/Model", "tag = tag\nMake/Model = make, model\n");
	assert_mapped(ENTITY_DEVICE, "tag|make & MODEL", "tag = tag\nmake & MODEL = make, model\n");
	assert_mapped(ENTITY_DEVICE, "tag|Camera model (make)", "tag = tag\nCamera model (make) = make, model\n");
	assert_refused(ENTITY_DEVICE, NULL, "tag|Make/Model|Model",
		       "The headings 'Make/Model' and 'Model' would both be the model");
	assert_refused(ENTITY_SITE, NULL, "code|Make/Model", "this heading of the file: 'Make/Model'");
	assert_refused(ENTITY_DEVICE, "Kit = serial, model", "tag|Kit", "only make and model share a cell");
}

static void
assert_mapped_with(const char *map, const char *headings, const char *expected, const char *notice)
{
	struct fixture fixture;

	begin(&fixture, ENTITY_DEVICE);
	assert_true(mapping_read_text(&fixture.mapping, "x.map", map, &fixture.error));
	if (!apply(&fixture, headings, MAPPING_REFUSE))
		fail_msg("%s: %s", headings, fixture.error.message);
	assert_saved(&fixture, expected);
	if (notice == NULL)
		assert_int_equal(fixture.mapping.notice_count, 0);
	else
		assert_string_equal(fixture.mapping.notices[0], notice);
	end(&fixture);
}

static void
the_manufacturer_of_a_contractor_is_the_make(void **state)
{
	(void)state;
	assert_mapped_with("", "tag|Manufacturer", "tag = tag\nManufacturer = make\n",
			   "'Manufacturer' is read as the make, since no other heading is. If that is wrong, say what "
			   "it is: --column \"Manufacturer=manufacturer\".");
	assert_mapped_with("", "tag|Make|Manufacturer", "tag = tag\nMake = make\nManufacturer = manufacturer\n", NULL);
	assert_mapped_with("", "tag|Make/Model|Manufacturer", "tag = tag\nMake/Model = make, model\n"
			   "Manufacturer = manufacturer\n", NULL);
	assert_mapped_with("", "tag|Real manufacturer", "tag = tag\nReal manufacturer = manufacturer\n", NULL);
	assert_mapped_with("Manufacturer = manufacturer", "tag|Manufacturer",
			   "tag = tag\nManufacturer = manufacturer\n", NULL);
	assert_mapped_with("make := Bosch", "tag|Manufacturer",
			   "tag = tag\nManufacturer = manufacturer\nmake := Bosch\n", NULL);
}

static void
a_site_is_named_by_its_name_where_there_is_no_code(void **state)
{
	struct fixture fixture;

	(void)state;
	assert_mapped(ENTITY_DEVICE, "tag|Site Name", "tag = tag\nSite Name = site\n");
	assert_mapped(ENTITY_DEVICE, "tag|Property name", "tag = tag\nProperty name = site\n");
	assert_mapped(ENTITY_DEVICE, "tag|Site|Site Name", "tag = tag\nSite = site\nSite Name = site.name\n");
	assert_mapped(ENTITY_DEVICE, "tag|Building|Floor", "tag = tag\nBuilding = site\nFloor = place\n");
	assert_mapped(ENTITY_DEVICE, "tag|Site|Building", "tag = tag\nSite = site\nBuilding = place\n");
	assert_mapped(ENTITY_SITE, "Property Ref|Property Name", "Property Ref = code\nProperty Name = name\n");
	assert_mapped(ENTITY_SITE, "Code|Property Ref", "Code = code\nProperty Ref = property_reference\n");
	begin(&fixture, ENTITY_SITE);
	fixture.mapping.keyless = true;
	assert_true(apply(&fixture, "Property Ref|Name", MAPPING_REFUSE));
	assert_saved(&fixture, "Property Ref = property_reference\nName = name\n");
	end(&fixture);
}

static void
an_unknown_heading_is_shown_with_its_first_values(void **state)
{
	static const char bytes[] = "tag,Lens,Site\nT1,wide,S1\nT2,,S1\nT3,\"very\nwide\",S1\n";
	struct reader_options options = { 0 };
	struct source_row heading;
	struct fixture fixture;
	struct reader *reader;
	bool more;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	reader = reader_open_file(file_of_bytes(bytes, sizeof bytes - 1), "x.csv", &options, 65536, &fixture.error);
	assert_true(reader_next(reader, &heading, &more, &fixture.error) && more);
	assert_false(mapping_apply(&fixture.mapping, &heading, reader, MAPPING_REFUSE, &fixture.error));
	if (strstr(fixture.error.message, "this heading of the file: 'Lens' (wide, very wide).") == NULL)
		fail_msg("%s", fixture.error.message);
	reader_close(reader);
	end(&fixture);
}

static void
the_command_line_wins_over_the_mapping_file(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	assert_true(mapping_add_column(&fixture.mapping, "Lens=notes", &fixture.error));
	assert_true(mapping_add_column(&fixture.mapping, " lens = model ", &fixture.error));
	assert_true(mapping_read_text(&fixture.mapping, "x.map", "Lens = -\nKit = notes", &fixture.error));
	mapping_read_saved(&fixture.mapping, "Lens = place\nRoof = place\n");
	assert_true(apply(&fixture, "tag|Lens|Roof", MAPPING_REFUSE));
	assert_saved(&fixture, "tag = tag\nLens = model\nRoof = place\n");
	assert_int_equal(fixture.mapping.notice_count, 1);	/* it has Lens, though nobody heeds that line */
	assert_string_equal(fixture.mapping.notices[0],
			    "x.map names the heading 'Kit' on line 2, which this file does not have.");
	end(&fixture);
	begin(&fixture, ENTITY_DEVICE);
	assert_false(mapping_add_column(&fixture.mapping, "Lens", &fixture.error));
	assert_non_null(strstr(fixture.error.message, "expected Heading=field"));
	assert_false(mapping_add_column(&fixture.mapping, "Lens=colour", &fixture.error));
	assert_non_null(strstr(fixture.error.message, "'colour' is no field of a device"));
	end(&fixture);
}

static void
assert_column_refused(const char *column, const char *expected)
{
	struct fixture fixture;

	begin(&fixture, ENTITY_DEVICE);
	assert_true(mapping_add_column(&fixture.mapping, column, &fixture.error));
	assert_false(apply(&fixture, "tag|Asset no.|Room", MAPPING_REFUSE));
	assert_string_equal(fixture.error.message, expected);
	end(&fixture);
}

static void
a_column_that_the_file_does_not_have_is_refused_with_the_nearest(void **state)
{
	(void)state;
	assert_column_refused("ROMO=notes", "--column names the heading 'ROMO', which this file does not have. Did you "
					    "mean 'Room'? Nothing was changed.");
	assert_column_refused("Lens=notes", "--column names the heading 'Lens', which this file does not have. Its "
					    "headings are: 'tag', 'Asset no.', 'Room'. Nothing was changed.");
	assert_column_refused("column 4=notes",
			      "--column names column 4, which this file does not have. Nothing was changed.");
}

static void
a_saved_mapping_is_used_again_without_what_belonged_to_its_file(void **state)
{
	struct fixture first, second;
	struct text saved = { 0 };

	(void)state;
	begin(&first, ENTITY_SITE);
	assert_true(mapping_set(&first.mapping, "town=Sale", &first.error));
	assert_true(mapping_add_column(&first.mapping, "Ref=code", &first.error));
	assert_true(mapping_set_dates(&first.mapping, "Survey date=month", &first.error));
	assert_true(apply(&first, "Ref|Post Town|State|Boiler|Survey date|Lease end", MAPPING_NOTES));
	mapping_save(&first.mapping, &saved);
	begin(&second, ENTITY_SITE);
	mapping_read_saved(&second.mapping, text_words(&saved));
	mapping_read_saved(&second.mapping, "no such line\nBoiler = no_such_field\nLease end := notes\n");
	assert_true(apply(&second, "Ref|Post Town|State|Boiler|Survey date|Lease end", MAPPING_REFUSE));
	assert_saved(&second, "Ref = code\nPost Town = town\nState = -\nBoiler = notes\n"
		     "Survey date = survey_on\nLease end = lease_end_on\n");
	assert_int_equal(second.mapping.columns[2].use, MAPPING_COMPUTED);
	assert_int_equal(second.mapping.columns[4].order, DATE_ORDER_DAY);
	assert_false(second.mapping.columns[4].order_said);
	assert_false(second.mapping.columns[5].order_said);
	text_free(&saved);
	end(&first);
	end(&second);
}

static void
the_order_of_dates_is_said_for_all_or_for_one(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	assert_true(mapping_set_dates(&fixture.mapping, "month", &fixture.error));
	assert_true(mapping_set_dates(&fixture.mapping, "REMOVED=day", &fixture.error));
	assert_true(apply(&fixture, "tag|installed|removed", MAPPING_REFUSE));
	assert_saved(&fixture, "tag = tag\ninstalled = installed_on, month first\nremoved = removed_on, day first\n");
	end(&fixture);
	begin(&fixture, ENTITY_DEVICE);
	assert_true(mapping_set_dates(&fixture.mapping, "Fitted=month", &fixture.error));
	assert_false(apply(&fixture, "tag|installed", MAPPING_REFUSE));
	assert_non_null(
		strstr(fixture.error.message, "--dates names the heading 'Fitted', which this file does not have."));
	end(&fixture);
	begin(&fixture, ENTITY_DEVICE);
	assert_true(mapping_set_dates(&fixture.mapping, "Room=month", &fixture.error));
	assert_false(apply(&fixture, "tag|installed|room", MAPPING_REFUSE));
	assert_non_null(strstr(fixture.error.message, "--dates names 'room', but the place of a device is no date."));
	end(&fixture);
	begin(&fixture, ENTITY_DEVICE);
	assert_false(mapping_set_dates(&fixture.mapping, "year", &fixture.error));
	assert_non_null(strstr(fixture.error.message, "expected day or month"));
	end(&fixture);
}

static void
headings_are_recognised_before_anything_is_decided(void **state)
{
	static const char *const cells[] = { "Cam No", "Make/Model", "Site name",     "CCTV survey",
					     "",       "Lens",       "Sensitive site" };
	struct fixture fixture;

	(void)state;
	begin(&fixture, ENTITY_DEVICE);
	assert_int_equal(mapping_recognise(&fixture.mapping, cells, 7), 4);
	assert_true(mapping_read_text(&fixture.mapping, "x.map", "lens = notes", &fixture.error));
	assert_int_equal(mapping_recognise(&fixture.mapping, cells, 7), 5);
	end(&fixture);
}

static void
assert_fingerprint(const char *a, const char *b, bool same)
{
	char first[HASH_TEXT_SIZE], second[HASH_TEXT_SIZE];
	struct fixture fixture;
	struct source_row row;

	begin(&fixture, ENTITY_SITE);
	row = split(&fixture, a);
	mapping_fingerprint(&row, first);
	row = split(&fixture, b);
	mapping_fingerprint(&row, second);
	assert_int_equal(strcmp(first, second) == 0, same);
	assert_int_equal(strlen(first), HASH_TEXT_SIZE - 1);
	end(&fixture);
}

static void
files_of_one_form_have_the_same_fingerprint(void **state)
{
	(void)state;
	assert_fingerprint("Cam No.|Site", "cam no|SITE", true);
	assert_fingerprint("Cam No.|Site", "cam no|SITE|source|row|line|cause|field|reason", true);
	assert_fingerprint("Cam No.|Site", "Site|Cam No.", false);
	assert_fingerprint("ab|c", "a|bc", false);
	assert_fingerprint("a|b", "a|b|", false);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headings_of_asset_registers_are_known),
		cmocka_unit_test(one_heading_means_one_field),
		cmocka_unit_test(the_due_of_a_file_is_the_date_that_was_set),
		cmocka_unit_test(the_due_beside_a_target_is_worked_out),
		cmocka_unit_test(make_and_model_may_share_a_heading),
		cmocka_unit_test(the_manufacturer_of_a_contractor_is_the_make),
		cmocka_unit_test(a_site_is_named_by_its_name_where_there_is_no_code),
		cmocka_unit_test(an_unknown_heading_is_shown_with_its_first_values),
		cmocka_unit_test(the_command_line_wins_over_the_mapping_file),
		cmocka_unit_test(a_column_that_the_file_does_not_have_is_refused_with_the_nearest),
		cmocka_unit_test(a_saved_mapping_is_used_again_without_what_belonged_to_its_file),
		cmocka_unit_test(the_order_of_dates_is_said_for_all_or_for_one),
		cmocka_unit_test(headings_are_recognised_before_anything_is_decided),
		cmocka_unit_test(files_of_one_form_have_the_same_fingerprint),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
