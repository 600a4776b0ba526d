/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/damage.h"
#include "core/entity.h"
#include "core/unknown.h"

#define DEVICE_FIELD(name) (&entities[ENTITY_DEVICE].fields[DEVICE_##name])
#define SITE_FIELD(name) (&entities[ENTITY_SITE].fields[SITE_##name])
#define COUNT(rows) (sizeof rows / sizeof rows[0])

static const struct { const char *words; enum damage damage; } damaged[] = {
	{ "1.00E+11", DAMAGE_EXPONENT }, { "6.37702E+15", DAMAGE_EXPONENT }, { "1E+11", DAMAGE_EXPONENT },
	{ "1.00023336956e+11", DAMAGE_EXPONENT }, { "2.00E-01", DAMAGE_EXPONENT }, { "1E+100", DAMAGE_EXPONENT },
	{ "199356.0", DAMAGE_TAIL }, { "12.0", DAMAGE_TAIL }, { "199356.00", DAMAGE_TAIL }, { "0.0", DAMAGE_TAIL },
	{ "1234567890123450000", DAMAGE_ROUNDED }, { "12345678901234500", DAMAGE_ROUNDED },
	{ "1234567890123450", DAMAGE_NONE }, { "89441000000000000000", DAMAGE_ROUNDED }, { "12-Mar", DAMAGE_DATE },
	{ "1-Dec", DAMAGE_DATE }, { "01-Sept", DAMAGE_DATE }, { "Mar-12", DAMAGE_DATE }, { "Dec-01", DAMAGE_DATE },
	{ "12-Mar-12", DAMAGE_DATE }, { "01/03/2012", DAMAGE_DATE }, { "3/13/2012", DAMAGE_DATE },
	{ "2012-03-01", DAMAGE_DATE }, { "2012-03-01 00:00:00", DAMAGE_DATE }, { "2012-03-01T00:00:00", DAMAGE_DATE },
};

/* True codes that look nearly like it. */
static const char *const codes[] = {
	"5E10", "2E3", "2E-01", "1E11", "12E+10", "1.E+11", "1E+1", "E+11", "1.00E+11A", "1.5", "1.05", "12.000",
	"A1.0", "1.0.0", "199356.0.1", "123456789012345", "1234567890123456", "12345678901234500001",
	"0000000000000000", "1234567890123450A", "DEC-01", "dec-01", "MAR12", "12-MAR", "Mar-2012", "Mar-1", "Mar-123",
	"March-12", "32-Mar", "0-Mar", "12-Mars", "12-Mar-2012", "12-Mar-1", "12/3", "1/3/12", "32/13/2012",
	"13/13/2012", "01/03/20123", "2012-03-32", "2012-03", "2012-03-01 12:30:00", "2012-03-01A", "May", "M-12",
	"12-", "1", "12", "1/", "S1", "DS-2CD2143G0-I", "#", "# 4", "E", "Err:50", "Err:50x", "Mart-12",
	"3C:EF:8C:01:02:03",
};

static void
what_a_spreadsheet_does_to_identifiers_is_recognised(void **state)
{
	const struct field *identifiers[] = {
		DEVICE_FIELD(tag), DEVICE_FIELD(serial), DEVICE_FIELD(site), DEVICE_FIELD(mac), SITE_FIELD(uprn),
		&entities[ENTITY_MANUFACTURER].fields[MANUFACTURER_name],
	};

	(void)state;
	for (size_t i = 0; i < COUNT(damaged); i++)
		for (size_t j = 0; j < COUNT(identifiers); j++)
			if (damage_of(identifiers[j], damaged[i].words) != damaged[i].damage)
				fail_msg("'%s' for %s", damaged[i].words, identifiers[j]->name);
}

static void
true_codes_pass_to_the_letter(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(codes); i++)
		if (damage_of(DEVICE_FIELD(serial), codes[i]) != DAMAGE_NONE)
			fail_msg("'%s' is held to be damaged", codes[i]);
}

static void
words_numbers_and_dates_are_no_identifiers(void **state)
{
	const struct field *others[] = {
		DEVICE_FIELD(place), DEVICE_FIELD(notes), DEVICE_FIELD(quantity), DEVICE_FIELD(cost),
		DEVICE_FIELD(installed_on), DEVICE_FIELD(kind), DEVICE_FIELD(ip), DEVICE_FIELD(firmware),
	};

	(void)state;
	for (size_t i = 0; i < COUNT(damaged); i++)
		for (size_t j = 0; j < COUNT(others); j++)
			assert_int_equal(damage_of(others[j], damaged[i].words), DAMAGE_NONE);
}

static void
errors_of_a_spreadsheet_are_values_of_no_field(void **state)
{
	static const char *const errors[] = {
		"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA", "##",
		"########", "Err:502",
	};
	static const char *const others[] = { "#",  "#N/A", "#ref!", "# REF!", "#REF! ",
					      "#1", "##1",  "Error", "Err:5",  "Err:5022" };

	(void)state;
	for each_entity(entity)
		for each_field(field, entity->fields) {
			for (size_t i = 0; i < COUNT(errors); i++)
				assert_int_equal(damage_of(field, errors[i]), DAMAGE_ERROR);
			for (size_t i = 0; i < COUNT(others); i++)
				assert_int_equal(damage_of(field, others[i]), DAMAGE_NONE);
		}
}

static void
append_times(struct text *text, const char *words, int times)
{
	for (int i = 0; i < times; i++)
		text_append(text, words);
}

static void
a_text_that_fills_a_cell_exactly_may_be_cut(void **state)
{
	struct text words = { 0 };

	(void)state;
	append_times(&words, "\xc3\xa9", TEXT_CELL_CHARACTERS - 1);
	assert_int_equal(damage_of(DEVICE_FIELD(notes), text_words(&words)), DAMAGE_NONE);
	text_append(&words, "x");
	assert_int_equal(damage_of(DEVICE_FIELD(notes), text_words(&words)), DAMAGE_CUT);
	text_append(&words, "x");
	assert_int_equal(damage_of(DEVICE_FIELD(notes), text_words(&words)), DAMAGE_NONE);
	text_clear(&words);
	/* Beyond U+FFFF a character counts twice there. */
	append_times(&words, "\xf0\x9f\x93\xb7", TEXT_CELL_CHARACTERS / 2);
	assert_int_equal(damage_of(DEVICE_FIELD(place), text_words(&words)), DAMAGE_NONE);
	text_append(&words, "x");
	assert_int_equal(damage_of(DEVICE_FIELD(place), text_words(&words)), DAMAGE_CUT);
	text_free(&words);
}

static void
a_text_of_255_characters_that_ends_in_a_word_may_be_cut(void **state)
{
	struct text words = { 0 };

	(void)state;
	append_times(&words, "\xc3\xa9", 254);
	assert_false(damage_may_be_cut(text_words(&words)));
	text_append(&words, "x");
	assert_true(damage_may_be_cut(text_words(&words)));
	text_append(&words, "x");
	assert_false(damage_may_be_cut(text_words(&words)));
	text_clear(&words);
	append_times(&words, "x", 254);
	text_append(&words, "\xc3\xa9");
	assert_true(damage_may_be_cut(text_words(&words)));
	text_clear(&words);
	append_times(&words, "x", 254);
	text_append(&words, ".");
	assert_false(damage_may_be_cut(text_words(&words)));
	assert_false(damage_may_be_cut(""));
	text_free(&words);
}

static void
the_original_is_known_again(void **state)
{
	static const struct { enum damage damage; const char *words, *original; } rows[] = {
		{ DAMAGE_EXPONENT, "1.00E+11", "100023336956" }, { DAMAGE_EXPONENT, "1.00023E+11", "100023336956" },
		{ DAMAGE_EXPONENT, "1.00023336956E+11", "100023336956" }, { DAMAGE_EXPONENT, "1E+11", "100023336956" },
		{ DAMAGE_EXPONENT, "1.00023E+11", "000100023336956" },
		{ DAMAGE_EXPONENT, "6.37702E+15", "6377019482736450" }, { DAMAGE_EXPONENT, "1.00E+12", "999999999999" },
		{ DAMAGE_EXPONENT, "1.20E+11", "12E10" }, { DAMAGE_EXPONENT, "2.00E-01", "2E-01" },
		{ DAMAGE_EXPONENT, "1.23457E+18", "1234567890123456789" },
		{ DAMAGE_EXPONENT, "1.23456789012345E+15", "1234567890123459" },
		{ DAMAGE_EXPONENT, "1.23456789012346E+15", "1234567890123459" },
		{ DAMAGE_EXPONENT, "1.3E+11", "125000000000" }, { DAMAGE_TAIL, "199356.0", "199356" },
		{ DAMAGE_TAIL, "199356.00", "000000199356" }, { DAMAGE_TAIL, "0.0", "000" },
		{ DAMAGE_ROUNDED, "1234567890123450000", "1234567890123456789" },
		{ DAMAGE_ROUNDED, "1234567890123460000", "1234567890123456789" },
		{ DAMAGE_ROUNDED, "1234567890123456800", "1234567890123456789" },
		{ DAMAGE_ROUNDED, "1234567890123450", "1234567890123456" },
		{ DAMAGE_ROUNDED, "1234567890123450", "01234567890123456" },
		{ DAMAGE_ROUNDED, "1234567890123450", "1234567890123450" },
		{ DAMAGE_ROUNDED, "10000000000000000000", "9999999999999999999" },
		{ DAMAGE_DATE, "12-Mar", "MAR12" }, { DAMAGE_DATE, "12-Mar", "Mar-12" },
		{ DAMAGE_DATE, "12-Mar", "12-3" }, { DAMAGE_DATE, "12-Mar", "3-12" },
		{ DAMAGE_DATE, "12-Mar", "12/03" }, { DAMAGE_DATE, "12-Mar", "12MAR" },
		{ DAMAGE_DATE, "1-Dec", "DEC-01" }, { DAMAGE_DATE, "1-Sep", "SEPT1" },
		{ DAMAGE_DATE, "01-Sept", "SEP1" }, { DAMAGE_DATE, "Mar-12", "3-12" },
		{ DAMAGE_DATE, "Mar-12", "MAR 2012" }, { DAMAGE_DATE, "Mar-45", "MAR45" },
		{ DAMAGE_DATE, "Mar-45", "3-1945" }, { DAMAGE_DATE, "12-Mar-12", "12-3-12" },
		{ DAMAGE_DATE, "12-Mar-12", "3/12/2012" }, { DAMAGE_DATE, "01/03/2012", "1-3-12" },
		{ DAMAGE_DATE, "01/03/2012", "2012-1-3" }, { DAMAGE_DATE, "01/03/2012", "MAR1" },
		{ DAMAGE_DATE, "2012-03-01", "MAR1" }, { DAMAGE_DATE, "2012-03-01", "1-3" },
		{ DAMAGE_DATE, "2012-03-01", "MAR12" }, { DAMAGE_DATE, "2012-03-01 00:00:00", "3/12" },
		{ DAMAGE_DATE, "2012-03-01", "1/3/12" }, { DAMAGE_CUT, "The east ga", "The east gate" },
		{ DAMAGE_CUT, "The east" TEXT_CUT_NOTE, "The east gate" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (!damage_fits(rows[i].damage, rows[i].words, rows[i].original))
			fail_msg("'%s' could have been '%s'", rows[i].words, rows[i].original);
}

static void
another_value_is_not_the_original(void **state)
{
	static const struct { enum damage damage; const char *words, *original; } rows[] = {
		{ DAMAGE_EXPONENT, "1.00E+11", "10002333695" },
		{ DAMAGE_EXPONENT, "1.00E+11", "1000233369561" },
		{ DAMAGE_EXPONENT, "1.00E+11", "101023336956" },
		{ DAMAGE_EXPONENT, "1.00024E+11", "100023336956" },
		{ DAMAGE_EXPONENT, "1.00E+11", "S1" },
		{ DAMAGE_EXPONENT, "1.00E+11", "" },
		{ DAMAGE_EXPONENT, "1.00E+11", "000" },
		{ DAMAGE_EXPONENT, "1.00E+11", "12E99999999999999999999" },
		{ DAMAGE_EXPONENT, "S1", "100023336956" },
		{ DAMAGE_EXPONENT, "1.00E+11",
		  "1000233369561000233369561000233369561000233369561000233369561000233369561" },
		{ DAMAGE_TAIL, "199356.0", "199357" },
		{ DAMAGE_TAIL, "199356.0", "1993560" },
		{ DAMAGE_TAIL, "199356.0", "" },
		{ DAMAGE_TAIL, "199356.0", "199356A" },
		{ DAMAGE_TAIL, "199356.0", "S199356" },
		{ DAMAGE_ROUNDED, "1234567890123450000", "1234567890123556789" },
		{ DAMAGE_ROUNDED, "1234567890123450000", "123456789012345678" },
		{ DAMAGE_ROUNDED, "1234567890123450000", "S1" },
		{ DAMAGE_ROUNDED, "1234567890123450000", "1.234567890123456789E18" },
		{ DAMAGE_DATE, "12-Mar", "MAR13" },
		{ DAMAGE_DATE, "12-Mar", "APR12" },
		{ DAMAGE_DATE, "12-Mar", "12-4" },
		{ DAMAGE_DATE, "12-Mar", "CAM-12" },
		{ DAMAGE_DATE, "12-Mar", "12" },
		{ DAMAGE_DATE, "12-Mar", "" },
		{ DAMAGE_DATE, "Mar-12", "12-4" },
		{ DAMAGE_DATE, "2012-03-02", "3-12" },
		{ DAMAGE_DATE, "2012-03-01", "1-3-12-4" },
		{ DAMAGE_DATE, "12-Mar-12", "12-3-13" },
		{ DAMAGE_DATE, "S1", "S1" },
		{ DAMAGE_DATE, "", "" },
		{ DAMAGE_DATE, "5", "5" },
		{ DAMAGE_CUT, "The east ga", "The east" },
		{ DAMAGE_ERROR, "#REF!", "#REF!" },
		{ DAMAGE_NONE, "a", "a" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (damage_fits(rows[i].damage, rows[i].words, rows[i].original))
			fail_msg("'%s' could not have been '%s'", rows[i].words, rows[i].original);
}

static void
a_damaged_value_is_refused_with_what_to_do(void **state)
{
	static const struct { const char *words, *says; } rows[] = {
		{ "1.00E+11", "'1.00E+11' is what a spreadsheet makes of a long number: put the number back as text" },
		{ "199356.0", "without the point and zeros" },
		{ "1234567890123450000", "zeros from the sixteenth digit on" },
		{ "12-Mar", "takes for a date: put the code back as text" }, { "#REF!", "an error of the spreadsheet" },
		{ "####", "too narrow" },
	};
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error error = { 0 };
		const char *value;

		assert_false(field_parse(DEVICE_FIELD(serial), rows[i].words, &arena, &value, &error));
		assert_null(value);
		assert_int_equal(error.kind, ERROR_INVALID);
		if (strstr(error.message, rows[i].says) == NULL)
			fail_msg("'%s' does not say '%s'", error.message, rows[i].says);
	}
	arena_free(&arena);
}

static void
what_nobody_knows_is_known_as_such(void **state)
{
	static const char *const unknown[] = {
		"n/a", "N/A", "n.a.", "NA", "tbc", "TBC", "Tbd", "?", "??", "-", "---", "\xe2\x80\x93", "\xe2\x80\x94",
		"not known", "Not Recorded", "UNKNOWN", "unk", "#N/A", "(blank)", "no data", "to be confirmed", "NULL",
	};
	static const char *const known[] = {
		"", "none", "nil", "no", "0", "na", "Na", "n", "N", "x", ".", "A", "unknowns", "not", "tbcs", "?a",
		"-1", "----------", "\xe2\x80\x98", "unknown \xe2\x80\x93 ask the landlord", "not connected",
		"not available today",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(unknown); i++)
		if (!unknown_is(unknown[i]))
			fail_msg("'%s' says something", unknown[i]);
	for (size_t i = 0; i < COUNT(known); i++)
		if (unknown_is(known[i]))
			fail_msg("'%s' says nothing", known[i]);
	for (const char *const *word = unknown_words; *word != NULL; word++)
		if (!unknown_is(*word))
			fail_msg("'%s' is in the table and not found", *word);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_spreadsheet_does_to_identifiers_is_recognised),
		cmocka_unit_test(true_codes_pass_to_the_letter),
		cmocka_unit_test(words_numbers_and_dates_are_no_identifiers),
		cmocka_unit_test(errors_of_a_spreadsheet_are_values_of_no_field),
		cmocka_unit_test(a_text_that_fills_a_cell_exactly_may_be_cut),
		cmocka_unit_test(a_text_of_255_characters_that_ends_in_a_word_may_be_cut),
		cmocka_unit_test(the_original_is_known_again),
		cmocka_unit_test(another_value_is_not_the_original),
		cmocka_unit_test(a_damaged_value_is_refused_with_what_to_do),
		cmocka_unit_test(what_nobody_knows_is_known_as_such),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
