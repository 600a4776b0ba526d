/* SPDX-License-Identifier: MIT */
/* What a row leaves alone that says nothing of a field, says it only in part, or says that nobody knows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/import_estate.h"

static void
blank_cells_empty_a_field_only_when_that_is_asked_for(void **state)
{
	struct estate estate;

	(void)state;
	estate_open_with_devices(&estate);
	estate.options.blank_clears = true;
	estate_take(&estate, ENTITY_DEVICE, "tag,site,serial,place,network\nA,S1,,n/a,\nB,,200,Hall,\n");
	estate_assert_counts(&estate, 0, 1, 0, 1, 0);
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A", "serial"), "");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A", "place"), "");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A", "mac"), "00:00:5E:00:53:01");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A", "network"), "unknown");
	assert_int_equal(estate.summary.refusals[0].cause, REFUSAL_MISSING);
	estate_assert_refusal(&estate, 0, 2, "site", "is empty, and a device needs it");
	/* And again all is as it says. */
	estate.options.blank_clears = true;
	estate_take(&estate, ENTITY_DEVICE, "tag,site,serial,place,network\nA,S1,,n/a,\n");
	estate_assert_counts(&estate, 0, 0, 1, 0, 1);
	estate_close(&estate);
}

static void
words_for_not_known_may_be_a_name(void **state)
{
	static const char *const constants[] = { "code=NA" };
	struct estate estate;

	(void)state;
	estate_open(&estate);
	estate.options.constants = constants;
	estate.options.constant_count = 1;
	estate_take(&estate, ENTITY_SITE, "name\nNorth Annexe\n");
	estate_take(&estate, ENTITY_SITE, "code,parent site\nS1,NA\nS2,n/a\n");
	estate_assert_counts(&estate, 2, 0, 0, 0, 0);
	assert_string_equal(estate_value(&estate, ENTITY_SITE, "S1", "parent"), "NA");
	assert_true(estate_has_notice(&estate, "Read as not known: parent 1 (n/a, TBC, ? and the like)."));
	estate.options.creates[ENTITY_SITE] = true;
	estate_take(&estate, ENTITY_DEVICE, "tag,site,recorder\nA,NA,n/a\nB,TBC,-\n");
	estate_assert_counts(&estate, 1, 0, 0, 1, 0);
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A", "site"), "NA");
	assert_int_equal(estate.summary.refusals[0].cause, REFUSAL_MISSING);
	estate_assert_refusal(&estate, 0, 2, "site", "'TBC' says that nobody knows it, and a new device needs it");
	assert_true(estate_has_notice(&estate, "Read as not known: site 1, recorder 2 (n/a, TBC, ? and the like)."));
	assert_int_equal(estate_count(&estate, ENTITY_SITE), 3);
	/* Of a device that is known they leave alone what is known. */
	estate_take(&estate, ENTITY_DEVICE, "tag,site,place\nA,TBC,Roof\n");
	estate_assert_counts(&estate, 0, 1, 0, 0, 0);
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A", "site"), "NA");
	estate_close(&estate);
}

static void
take_joined(struct estate *estate, const char *rows)
{
	estate->options.unknown = MAPPING_NOTES;
	estate_take(estate, ENTITY_DEVICE, rows);
}

static void
a_text_of_several_cells_is_not_changed_by_some_of_them(void **state)
{
	struct estate estate;

	(void)state;
	estate_open_with_devices(&estate);
	estate_take(&estate, ENTITY_DEVICE, "tag,floor,room\nA,B1,R3\nC,,\n");
	estate_assert_counts(&estate, 0, 1, 1, 0, 2);
	estate_take(&estate, ENTITY_DEVICE, "tag,floor,room\nA,,R9\nB,n/a,R9\nC,B1,R9\nD,,Yard\n");
	estate_assert_counts(&estate, 0, 1, 3, 0, 0);
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A", "place"), "B1 R3");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "B", "place"), "Hall");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "C", "place"), "B1 R9");
	assert_true(estate_has_notice(&estate, "place: 2 rows fill only some of the headings that it is made of, so "
					       "what the register has was kept."));
	/* Where it is asked for a blank cell empties its part. */
	estate.options.blank_clears = true;
	estate_take(&estate, ENTITY_DEVICE, "tag,floor,room\nA,,R9\n");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A", "place"), "R9");
	estate_close(&estate);
}

static void
a_line_of_notes_is_replaced_by_that_of_the_same_heading(void **state)
{
	struct estate estate;

	(void)state;
	estate_open_with_devices(&estate);
	take_joined(&estate, "tag,notes,lens,bracket\nA,key at desk,4mm,wall\n");
	take_joined(&estate, "tag,notes,lens,bracket\nA,,\"6\nmm\",\n");
	estate_assert_counts(&estate, 0, 1, 0, 0, 1);
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A", "notes"),
			    "key at desk\nlens: 6 mm\nbracket: wall");
	take_joined(&estate, "tag,notes,lens,bracket\nA,,\"6\nmm\",n/a\n");
	estate_assert_counts(&estate, 0, 0, 1, 0, 1);
	/* The words without a heading take the place of those without; a heading that is new comes last. */
	take_joined(&estate, "tag,LENS,notes,pole\nA,,key lost,oak\n");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A", "notes"),
			    "key lost\nlens: 6 mm\nbracket: wall\npole: oak");
	/* What another cell says in passing is a line as well. */
	estate_take(&estate, ENTITY_DEVICE, "tag,notes,installed\nA,,Q3 2024\n");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A", "notes"),
			    "key lost\nlens: 6 mm\nbracket: wall\npole: oak\n"
			    "Installed: Q3 2024");
	/* Notes in one cell are all of them; and where it is asked for the row is. */
	estate_take(&estate, ENTITY_DEVICE, "tag,notes\nA,new\n");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A", "notes"), "new");
	estate.options.blank_clears = true;
	take_joined(&estate, "tag,notes,lens\nA,,6mm\n");
	assert_string_equal(estate_value(&estate, ENTITY_DEVICE, "A", "notes"), "lens: 6mm");
	estate_close(&estate);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blank_cells_empty_a_field_only_when_that_is_asked_for),
		cmocka_unit_test(words_for_not_known_may_be_a_name),
		cmocka_unit_test(a_text_of_several_cells_is_not_changed_by_some_of_them),
		cmocka_unit_test(a_line_of_notes_is_replaced_by_that_of_the_same_heading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
