/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/check.h"
#include "core/entity.h"
#include "core/quantity.h"

#define NBSP "\xc2\xa0"

static const struct field *
field_named(enum entity_kind kind, const char *name)
{
	const struct field *field = field_find(entities[kind].fields, name);

	if (field == NULL)
		fail_msg("there is no field '%s'", name);
	return field;
}

/* A field for each type, to try its words on. */
static const struct { enum field_type type; enum entity_kind entity; const char *name; } examples[] = {
	{ FIELD_TEXT, ENTITY_DEVICE, "place" }, { FIELD_NOTE, ENTITY_DEVICE, "notes" },
	{ FIELD_CODE, ENTITY_DEVICE, "serial" }, { FIELD_UPRN, ENTITY_SITE, "uprn" },
	{ FIELD_MAC, ENTITY_DEVICE, "mac" }, { FIELD_IP, ENTITY_DEVICE, "ip" },
	{ FIELD_INTEGER, ENTITY_SOURCE, "rows" }, { FIELD_DECIMAL, ENTITY_SITE, "latitude" },
	{ FIELD_DATE, ENTITY_DEVICE, "removed_on" }, { FIELD_PARTIAL_DATE, ENTITY_DEVICE, "installed_on" },
	{ FIELD_MONEY, ENTITY_DEVICE, "cost" }, { FIELD_INSTANT, ENTITY_ENTRY, "at" },
	{ FIELD_CHOICE, ENTITY_DEVICE, "network" }, { FIELD_REFERENCE, ENTITY_DEVICE, "site" },
};

static const struct field *
example(enum field_type type)
{
	for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++)
		if (examples[i].type == type) {
			const struct field *field = field_named(examples[i].entity, examples[i].name);

			assert_int_equal(field->type, type);
			return field;
		}
	fail_msg("no example of type %d", type);
	return NULL;
}

static void
every_type_reads_what_is_right_in_one_spelling(void **state)
{
	static const struct { enum field_type type; const char *words, *value; } rows[] = {
		{ FIELD_TEXT, "  Gate 2 ", "Gate 2" }, { FIELD_TEXT, NBSP "a" NBSP, "a" },
		{ FIELD_NOTE, "one\ntwo\tthree", "one\ntwo\tthree" }, { FIELD_CODE, " 00123 ", "00123" },
		{ FIELD_CODE, "1E15", "1E15" }, { FIELD_CODE, "caf\xc3\xa9", "caf\xc3\xa9" },
		{ FIELD_UPRN, "000100012345678", "100012345678" }, { FIELD_UPRN, "1", "1" },
		{ FIELD_UPRN, "010000000000", "10000000000" }, { FIELD_MAC, "3cef8c010203", "3C:EF:8C:01:02:03" },
		{ FIELD_MAC, "3c-ef-8c-01-02-03", "3C:EF:8C:01:02:03" },
		{ FIELD_MAC, "3cef.8c01.0203", "3C:EF:8C:01:02:03" },
		{ FIELD_MAC, "3c:ef:8C:01:02:03", "3C:EF:8C:01:02:03" },
		{ FIELD_MAC, "3C EF 8C 01 02 03", "3C:EF:8C:01:02:03" },
		{ FIELD_MAC, "001122334455", "00:11:22:33:44:55" }, { FIELD_UPRN, "199356", "199356" },
		{ FIELD_UPRN, "000000199356", "199356" }, { FIELD_IP, "192.0.2.10", "192.0.2.10" },
		{ FIELD_IP, "2001:db8::1", "2001:db8::1" }, { FIELD_INTEGER, "42", "42" },
		{ FIELD_INTEGER, "-0042", "-42" }, { FIELD_INTEGER, "-0", "0" },
		{ FIELD_INTEGER, "999999999999999999", "999999999999999999" }, { FIELD_DECIMAL, "-2.350", "-2.350" },
		{ FIELD_DECIMAL, ".5", ".5" }, { FIELD_DECIMAL, "53", "53" },
		{ FIELD_DECIMAL, "384,198.5", "384198.5" }, { FIELD_DECIMAL, "-1,234,567", "-1234567" },
		{ FIELD_INTEGER, "1,234", "1234" }, { FIELD_INTEGER, "-1,234,567", "-1234567" },
		{ FIELD_INTEGER, "1.0", "1" }, { FIELD_INTEGER, "1,234.00", "1234" }, { FIELD_INTEGER, "0", "0" },
		{ FIELD_MONEY, "£1,234.50", "1234.50" }, { FIELD_MONEY, "1234", "1234.00" },
		{ FIELD_MONEY, "GBP 1,234.5", "1234.50" }, { FIELD_MONEY, "£0", "0.00" },
		{ FIELD_MONEY, "£ 12", "12.00" }, { FIELD_MONEY, "gbp12", "12.00" }, { FIELD_MONEY, ".5", "0.50" },
		{ FIELD_MONEY, "0012.05", "12.05" }, { FIELD_MONEY, "1,234,567,890,123.45", "1234567890123.45" },
		{ FIELD_MONEY, "1234567890123.45", "1234567890123.45" },
		{ FIELD_MONEY, "00000000001234567890123", "1234567890123.00" }, { FIELD_DATE, "3/4/19", "2019-04-03" },
		{ FIELD_DATE, "43521.5", "2019-02-25" }, { FIELD_PARTIAL_DATE, "Q3 2024", "2024" },
		{ FIELD_DATE, "31/01/2024", "2024-01-31" }, { FIELD_PARTIAL_DATE, "2019", "2019" },
		{ FIELD_PARTIAL_DATE, "Apr 2019", "2019-04" }, { FIELD_INSTANT, "2024-01-31", "2024-01-31T00:00:00Z" },
		{ FIELD_CHOICE, "Not connected", "none" }, { FIELD_CHOICE, "CORE", "core" },
		{ FIELD_CHOICE, "air-gapped", "isolated" }, { FIELD_REFERENCE, " S1 ", "S1" },
	};
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct error error = { 0 };
		const char *value;

		if (!field_parse(example(rows[i].type), rows[i].words, &arena, &value, &error))
			fail_msg("'%s' is refused: %s", rows[i].words, error.message);
		assert_string_equal(value, rows[i].value);
	}
	arena_free(&arena);
}

static void
every_type_refuses_what_is_wrong_and_says_what_it_wants(void **state)
{
	static const struct { enum field_type type; const char *words, *wants; } rows[] = {
		{ FIELD_TEXT, "a\x1b[31m", "control character \\x1b" }, { FIELD_TEXT, "a\x7f", "\\x7f" },
		{ FIELD_NOTE, "a\x01", "\\x01" }, { FIELD_CODE, "a\nb", "\\x0a" },
		{ FIELD_CODE, "a\xe2\x80\xae""b", "invisible" }, { FIELD_CODE, "a\xe2\x80\x8b", "invisible" },
		{ FIELD_CODE, "\xef\xbb\xbf""a", "invisible" }, { FIELD_CODE, "a\xc2\xad""b", "invisible" },
		{ FIELD_CODE, "a\xd8\x9c""b", "invisible" }, { FIELD_CODE, "a\xf3\xa0\x81\x81", "invisible" },
		{ FIELD_CODE, "a\xc2\x9b""b", "\\x9b" }, { FIELD_UPRN, "0", "1 to 12 digits" },
		{ FIELD_UPRN, "1234567890123", "1 to 12 digits" }, { FIELD_UPRN, "12 34", "1 to 12 digits" },
		{ FIELD_UPRN, "1E+11", "long number" }, { FIELD_MAC, "3cef8c01020", "3C:EF:8C:01:02:03" },
		{ FIELD_MAC, "3cef8c0102034", "3C:EF" }, { FIELD_MAC, "3gef8c010203", "3C:EF" },
		{ FIELD_MAC, "::::", "3C:EF" }, { FIELD_IP, "192.0.2.256", "192.0.2.10" },
		{ FIELD_IP, "192.0.2", "192.0.2.10" }, { FIELD_IP, "host", "192.0.2.10" },
		{ FIELD_INTEGER, "4.2", "whole number" }, { FIELD_INTEGER, "-", "whole number" },
		{ FIELD_INTEGER, "1000000000000000000", "whole number" }, { FIELD_INTEGER, "1,00", "whole number" },
		{ FIELD_INTEGER, "1,0000", "whole number" }, { FIELD_INTEGER, ",100", "whole number" },
		{ FIELD_INTEGER, "1.", "whole number" }, { FIELD_INTEGER, "1.5", "whole number" },
		{ FIELD_INTEGER, "1.01", "whole number" }, { FIELD_INTEGER, ".0", "whole number" },
		{ FIELD_INTEGER, "x4", "whole number" }, { FIELD_INTEGER, "1,234,", "whole number" },
		{ FIELD_INTEGER, "1234,567", "whole number" }, { FIELD_DECIMAL, "1,23.5", "53.4807" },
		{ FIELD_DECIMAL, "1.234,567", "53.4807" }, { FIELD_DECIMAL, "1,234.5,6", "53.4807" },
		{ FIELD_MONEY, "(1,234.50)", "pounds and pence" }, { FIELD_MONEY, "-5", "pounds and pence" },
		{ FIELD_MONEY, "£", "pounds and pence" }, { FIELD_MONEY, "12.345", "pounds and pence" },
		{ FIELD_MONEY, "12.", "pounds and pence" }, { FIELD_MONEY, "1.234,50", "pounds" },
		{ FIELD_MONEY, "£1.2k", "pounds and pence" }, { FIELD_MONEY, "$5", "pounds and pence" },
		{ FIELD_MONEY, "££5", "pounds and pence" }, { FIELD_MONEY, "5 each", "pounds and pence" },
		{ FIELD_MONEY, "1e3", "pounds and pence" }, { FIELD_MONEY, "-1,234", "pounds" },
		{ FIELD_MONEY, "12345678901234", "13 digits" }, { FIELD_CODE, "Mar-12", "takes for a date" },
		{ FIELD_TEXT, "#REF!", "error" }, { FIELD_INTEGER, "+4", "whole number" },
		{ FIELD_DECIMAL, ".", "53.4807" }, { FIELD_DECIMAL, "1e5", "53.4807" },
		{ FIELD_DECIMAL, "-", "53.4807" }, { FIELD_DECIMAL, "1.2.3", "53.4807" },
		{ FIELD_DECIMAL, "53,48", "53.4807" }, { FIELD_DATE, "31/02/2024", "31/01/2024" },
		{ FIELD_DATE, "2019", "31/01/2024" }, { FIELD_DATE, "4/5", "31/01/2024" },
		{ FIELD_PARTIAL_DATE, "19", "01/2024 or 2024" }, { FIELD_INSTANT, "soon", "2024-01-31T12:30:00Z" },
		{ FIELD_CHOICE, "corr", "core, internet, cellular" },
		{ FIELD_CHOICE, "core,internet", "is not one of" }, { FIELD_CHOICE, "--", "is not one of" },
		{ FIELD_REFERENCE, "a\tb", "\\x09" },
	};
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct error error = { 0 };
		const char *value;

		if (field_parse(example(rows[i].type), rows[i].words, &arena, &value, &error))
			fail_msg("'%s' is read as '%s'", rows[i].words, value != NULL ? value : "nothing");
		assert_int_equal(error.kind, ERROR_INVALID);
		assert_null(value);
		if (strstr(error.message, rows[i].wants) == NULL)
			fail_msg("'%s': '%s' does not say '%s'", rows[i].words, error.message, rows[i].wants);
	}
	arena_free(&arena);
}

static void
how_many_is_one_or_more(void **state)
{
	static const struct { const char *words, *value; } rows[] = {
		{ "4", "4" }, { "x4", "4" }, { "X 4", "4" }, { "4x", "4" }, { "4 x", "4" }, { "4 no.", "4" },
		{ "4 No", "4" }, { "4nr", "4" }, { "4.0", "4" }, { "1,200", "1200" }, { "\xc3\x97" "4", "4" },
		{ "4 off", "4" },
	};
	static const char *const wrong[] = { "0",   "-1", "x0", "4 cameras", "No. 4", "4 nos of", "xx4",
					     "4x4", "x",  "no", "1.5",       "4 x 4", "x-4" };
	const struct field *quantity = field_named(ENTITY_DEVICE, "quantity");
	struct arena arena = { 0 };
	struct error error;
	const char *value;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (!field_parse(quantity, rows[i].words, &arena, &value, &error))
			fail_msg("'%s' is refused: %s", rows[i].words, error.message);
		assert_string_equal(value, rows[i].value);
	}
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		if (field_parse(quantity, wrong[i], &arena, &value, &error))
			fail_msg("'%s' is read as %s", wrong[i], value);
		assert_non_null(strstr(error.message, "is not how many"));
	}
	arena_free(&arena);
}

static void
a_count_is_split_off_what_is_counted(void **state)
{
	static const struct { const char *words; int count; const char *rest; } rows[] = {
		{ "x4 domes", 4, "domes" }, { "4 x dome", 4, "dome" }, { "dome x4", 4, "dome" },
		{ "4x dome", 4, "dome" }, { "dome x 4", 4, "dome" }, { "4 no. domes", 4, "domes" },
		{ "4nr domes", 4, "domes" }, { "dome (x4)", 4, "dome" }, { "domes, x4", 4, "domes" },
		{ "2 x 4MP domes", 2, "4MP domes" }, { "\xc3\x97" "12 domes", 12, "domes" },
		{ "dome \xc3\x97" "3", 3, "dome" }, { "4 off dome", 4, "dome" }, { "x1 dome", 1, "dome" },
	};
	static const char *const none[] = {
		"", "4", "x4", "4K camera", "360 camera", "4 domes", "dome 4", "1920x1080", "1920 x 1080",
		"1920x1080 camera", "30x zoom PTZ", "30 x optical", "Model X4", "X4 camera", "x0 domes", "dome x0",
		"dome", "box4", "boxx4", "dome (4)", "domex4)", "dome x4)", "x4domes", "No. 4 dome", "4none",
		"4 nothing", "dome x1234567", "x1234567 dome", "x 4", "360 x4",
	};
	const char *rest;
	int64_t count;
	size_t size;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (!quantity_split(rows[i].words, &count, &rest, &size))
			fail_msg("'%s' has no count", rows[i].words);
		if (count != rows[i].count || size != strlen(rows[i].rest) || strncmp(rest, rows[i].rest, size) != 0)
			fail_msg("'%s' is %d of '%.*s'", rows[i].words, (int)count, (int)size, rest);
	}
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		if (quantity_split(none[i], &count, &rest, &size))
			fail_msg("'%s' is %d of '%.*s'", none[i], (int)count, (int)size, rest);
}

static void
blank_words_are_no_value_of_any_type(void **state)
{
	static const char *const blanks[] = { "", " ", "\t \n", NBSP };
	struct arena arena = { 0 };
	struct error error = { 0 };

	(void)state;
	for (int type = 0; type < FIELD_TYPE_COUNT; type++)
		for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
			const char *value = "left over";

			assert_true(field_parse(example((enum field_type)type), blanks[i], &arena, &value, &error));
			assert_null(value);
		}
	arena_free(&arena);
}

static void
a_value_is_at_most_what_a_cell_holds(void **state)
{
	struct arena arena = { 0 };
	struct error error = { 0 };
	struct text words = { 0 };
	const char *value;

	(void)state;
	for (int i = 0; i < FIELD_VALUE_CHARACTERS - 1; i++)
		text_append(&words, "\xc3\xa9");
	assert_true(field_parse(example(FIELD_NOTE), text_words(&words), &arena, &value, &error));
	text_append(&words, "x");
	assert_false(field_parse(example(FIELD_NOTE), text_words(&words), &arena, &value, &error));
	assert_non_null(strstr(error.message, "32,767"));
	text_append(&words, "x");
	assert_false(field_parse(example(FIELD_NOTE), text_words(&words), &arena, &value, &error));
	assert_non_null(strstr(error.message, "32767"));
	text_free(&words);
	arena_free(&arena);
}

static void
a_field_is_found_by_its_name_and_without_its_on(void **state)
{
	const struct entity *device = &entities[ENTITY_DEVICE];

	(void)state;
	assert_ptr_equal(field_find(device->fields, "installed_on"), &device->fields[DEVICE_installed_on]);
	assert_ptr_equal(field_find(device->fields, "installed"), &device->fields[DEVICE_installed_on]);
	assert_ptr_equal(field_find(device->fields, "decision"), &device->fields[DEVICE_decision]);
	assert_null(field_find(device->fields, "install"));
	assert_null(field_find(device->fields, ""));
	assert_null(field_find(device->fields, "TAG"));
}

static void
a_heading_is_known_in_any_case_and_spacing(void **state)
{
	const struct field *tag = &entities[ENTITY_DEVICE].fields[DEVICE_tag];
	struct arena arena = { 0 };

	(void)state;
	assert_true(field_has_heading(tag, text_fold(&arena, "Cam No."), &arena));
	assert_true(field_has_heading(tag, text_fold(&arena, "ASSET" NBSP "TAG"), &arena));
	assert_true(field_has_heading(tag, text_fold(&arena, "tag"), &arena));
	assert_false(field_has_heading(tag, text_fold(&arena, "cam colour"), &arena));
	assert_false(field_has_heading(tag, "", &arena));
	arena_free(&arena);
}

static void
a_choice_is_read_by_its_synonyms(void **state)
{
	(void)state;
	assert_string_equal(choice_find(device_kinds, "N.V.R.")->name, "recorder");
	assert_string_equal(choice_find(device_kinds, "Body Worn")->name, "body-worn camera");
	assert_string_equal(choice_find(organisation_kinds, "Arm\xe2\x80\x99s Length Body")->name, "public body");
	assert_string_equal(choice_find(limb_answers, "TBC")->name, "not assessed");
	assert_null(choice_find(device_kinds, ""));
	assert_null(choice_find(device_kinds, "nvr,dvr"));
	assert_null(choice_find(device_kinds, "nv"));
	assert_true(choice_kind_in_scope(NULL, ""));
	assert_true(choice_kind_in_scope("camera", ""));
	assert_true(choice_kind_in_scope("unknown", ""));
	assert_false(choice_kind_in_scope("parking sensor", ""));
	assert_string_equal(choice_initial(networks), "unknown");
}

/* Each synonym is the word of its own row, alone, and not another's. */
static void
assert_synonyms(const struct choice *choices, const struct choice *choice)
{
	const char *synonyms = choice->synonyms;
	char synonym[80];

	assert_ptr_equal(choice_find(choices, choice->name), choice);
	while (*synonyms != '\0') {
		size_t size = strcspn(synonyms, ",");

		assert_true(size > 0 && size < sizeof synonym);
		memcpy(synonym, synonyms, size);
		synonym[size] = '\0';
		if (choice_find(choices, synonym) != choice)
			fail_msg("'%s' is not read as '%s'", synonym, choice->name);
		synonyms += size + (synonyms[size] == ',');
	}
}

static void
every_synonym_is_read_as_its_own_word(void **state)
{
	(void)state;
	for each_entity(entity)
		for each_field(field, entity->fields)
			if (field->choices != NULL)
				for each_choice(choice, field->choices)
					assert_synonyms(field->choices, choice);
}

static void
words_of_real_registers_are_read(void **state)
{
	static const struct { const struct choice *choices; const char *words, *name; } rows[] = {
		{ device_kinds, "Fixed Dome", "camera" }, { device_kinds, "domes", "camera" },
		{ device_kinds, "BULLET", "camera" }, { device_kinds, "PTZ", "camera" },
		{ device_kinds, "360", "camera" }, { device_kinds, "360\xc2\xb0 camera", "camera" },
		{ device_kinds, "Fish-eye", "camera" }, { device_kinds, "Multi-sensor", "camera" },
		{ device_kinds, "Dome Cameras", "camera" }, { device_kinds, "ANPR", "number plate camera" },
		{ device_kinds, "LPR", "number plate camera" }, { device_kinds, "Body-Worn", "body-worn camera" },
		{ device_kinds, "BWV", "body-worn camera" }, { device_kinds, "NVRs", "recorder" },
		{ device_kinds, "DVR", "recorder" }, { device_kinds, "VMS", "video management" },
		{ device_kinds, "Door Entry", "video intercom" }, { device_kinds, "Thermal", "thermal camera" },
		{ device_kinds, "4G Router", "cellular module" }, { networks, "Corporate LAN", "departmental" },
		{ networks, "Stand-alone", "none" }, { networks, "Air Gapped", "isolated" },
		{ networks, "Closed network", "isolated" }, { networks, "LTE", "cellular" },
		{ networks, "4G/5G", "cellular" }, { networks, "Public Internet", "internet" },
		{ networks, "Not networked", "none" }, { networks, "Analogue", "none" },
		{ yes_no_unknown, "\xe2\x9c\x93", "yes" }, { yes_no_unknown, "\xe2\x9c\x94", "yes" },
		{ yes_no_unknown, "\xe2\x9c\x97", "no" }, { yes_no_unknown, "Y", "yes" },
		{ yes_no_unknown, "1", "yes" }, { yes_no_unknown, "FALSE", "no" }, { limb_answers, "0", "no" },
	};
	static const struct { const struct choice *choices; const char *words; } ambiguous[] = {
		{ networks, "LAN" }, { networks, "VLAN" }, { networks, "WAN" }, { networks, "network" },
		{ networks, "Wi-Fi" }, { networks, "yes" }, { device_kinds, "encoder" },
		{ device_kinds, "access point" }, { device_kinds, "infrared camera" }, { device_kinds, "s" },
		{ yes_no_unknown, "x" }, { yes_no_unknown, "\xe2\x9c" }, { yes_no_unknown, "nos" },
		{ yes_no_unknown, "yes, no" },
		{ device_kinds, "a name that is longer than every name and every synonym in the table" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct choice *choice = choice_find(rows[i].choices, rows[i].words);

		if (choice == NULL || strcmp(choice->name, rows[i].name) != 0)
			fail_msg("'%s' is read as '%s'", rows[i].words, choice != NULL ? choice->name : "nothing");
	}
	for (size_t i = 0; i < sizeof ambiguous / sizeof ambiguous[0]; i++)
		if (choice_find(ambiguous[i].choices, ambiguous[i].words) != NULL)
			fail_msg("'%s' is read", ambiguous[i].words);
}

/* A record that keeps all its rules, with the values given on top. */
static bool
check_with(enum entity_kind kind, const char *const *base, int field, const char *value, struct error *error)
{
	struct arena arena = { 0 };
	struct record *record = record_new(&arena, kind);
	bool checked;

	for (; base[0] != NULL; base += 2)
		record->values[field_named(kind, base[0]) - entities[kind].fields] = base[1];
	if (field >= 0)
		record->values[field] = value;
	checked = record_check(record, (struct date){ 2026, 11, 21 }, error);
	arena_free(&arena);
	return checked;
}

static void
what_has_happened_is_not_in_the_future(void **state)
{
	static const char *const base[] = { "tag", "C1", "site", "S1", NULL };
	static const int happened[] = { DEVICE_isolated_on, DEVICE_switched_off_on, DEVICE_removed_on,
					DEVICE_replaced_on, DEVICE_disposed_on,     DEVICE_verified_on };
	struct error error = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof happened / sizeof *happened; i++) {
		assert_true(check_with(ENTITY_DEVICE, base, happened[i], "2026-11-21", &error));
		assert_false(check_with(ENTITY_DEVICE, base, happened[i], "2026-11-22", &error));
		assert_non_null(strstr(error.message, "is 2026-11-22, which is after today (2026-11-21)"));
	}
	assert_true(check_with(ENTITY_DEVICE, base, DEVICE_installed_on, "2026", &error));
	assert_false(check_with(ENTITY_DEVICE, base, DEVICE_installed_on, "2026-12", &error));
	assert_false(check_with(ENTITY_DEVICE, base, DEVICE_installed_on, "2027", &error));
	assert_true(check_with(ENTITY_DEVICE, base, DEVICE_upgrade_on, "2027-01-01", &error));
}

static void
a_decision_needs_who_and_when_and_why(void **state)
{
	static const char *const maker[] = { "name",       "Acme", "covered",    "yes",        "basis", "law",
					     "decided_by", "Jo",   "decided_on", "2024-01-31", NULL };
	static const char *const device[] = {
		"tag", "C1", "site", "S1", "decision", "remove", "decision_by", "Jo", "decision_on", "2024-01-31",
		"manufacturer", "Acme", "maker_confirmed_by", "Jo", "maker_confirmed_on", "2024-01-31", NULL
	};
	static const int maker_needs[] = { MANUFACTURER_name, MANUFACTURER_basis, MANUFACTURER_decided_by,
					   MANUFACTURER_decided_on };
	static const int device_needs[] = { DEVICE_tag,
					    DEVICE_site,
					    DEVICE_decision_by,
					    DEVICE_decision_on,
					    DEVICE_manufacturer,
					    DEVICE_maker_confirmed_by,
					    DEVICE_maker_confirmed_on };
	struct error error = { 0 };

	(void)state;
	assert_true(check_with(ENTITY_MANUFACTURER, maker, -1, NULL, &error));
	assert_true(check_with(ENTITY_DEVICE, device, -1, NULL, &error));
	for (size_t i = 0; i < sizeof maker_needs / sizeof maker_needs[0]; i++) {
		assert_false(check_with(ENTITY_MANUFACTURER, maker, maker_needs[i], NULL, &error));
		assert_non_null(strstr(error.message, entities[ENTITY_MANUFACTURER].fields[maker_needs[i]].name));
	}
	for (size_t i = 0; i < sizeof device_needs / sizeof device_needs[0]; i++) {
		assert_false(check_with(ENTITY_DEVICE, device, device_needs[i], NULL, &error));
		assert_non_null(strstr(error.message, entities[ENTITY_DEVICE].fields[device_needs[i]].name));
		assert_int_equal(error.kind, ERROR_INVALID);
	}
	assert_true(check_with(ENTITY_MANUFACTURER, (const char *const[]){ "name", "Acme", NULL }, -1, NULL, &error));
}

static void
a_deadline_is_for_one_site_device_or_organisation(void **state)
{
	static const char *const site[] = { "site", "S1", "target_on", "2024-01-31", NULL };
	static const char *const body[] = { "body", "HO", "target_on", "2024-01-31", NULL };
	static const char *const device[] = { "device", "C1", "target_on", "2024-01-31", NULL };
	struct error error = { 0 };

	(void)state;
	assert_true(check_with(ENTITY_DEADLINE, site, -1, NULL, &error));
	assert_true(check_with(ENTITY_DEADLINE, device, -1, NULL, &error));
	assert_true(check_with(ENTITY_DEADLINE, body, -1, NULL, &error));
	assert_false(check_with(ENTITY_DEADLINE, body, DEADLINE_site, "S1", &error));
	assert_false(check_with(ENTITY_DEADLINE, site, DEADLINE_device, "C1", &error));
	assert_false(check_with(ENTITY_DEADLINE, site, DEADLINE_site, NULL, &error));
	assert_false(check_with(ENTITY_DEADLINE, site, DEADLINE_target_on, NULL, &error));
	assert_false(check_with(ENTITY_DEADLINE, site, DEADLINE_kind, NULL, &error));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_reads_what_is_right_in_one_spelling),
		cmocka_unit_test(every_type_refuses_what_is_wrong_and_says_what_it_wants),
		cmocka_unit_test(how_many_is_one_or_more),
		cmocka_unit_test(a_count_is_split_off_what_is_counted),
		cmocka_unit_test(blank_words_are_no_value_of_any_type),
		cmocka_unit_test(a_value_is_at_most_what_a_cell_holds),
		cmocka_unit_test(a_field_is_found_by_its_name_and_without_its_on),
		cmocka_unit_test(a_heading_is_known_in_any_case_and_spacing),
		cmocka_unit_test(a_choice_is_read_by_its_synonyms),
		cmocka_unit_test(every_synonym_is_read_as_its_own_word),
		cmocka_unit_test(words_of_real_registers_are_read),
		cmocka_unit_test(what_has_happened_is_not_in_the_future),
		cmocka_unit_test(a_decision_needs_who_and_when_and_why),
		cmocka_unit_test(a_deadline_is_for_one_site_device_or_organisation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
