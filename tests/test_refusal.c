/* SPDX-License-Identifier: MIT */
#include "tests/support.h"

#include <string.h>

#include "commands/import.h"
#include "commands/refusal.h"
#include "core/guard.h"
#include "tests/csv_file.h"

/* Imports a file of those bytes as devices, or as what `entity` says. */
static void
import_rows(struct support *test, enum entity_kind kind, const char *name, const char *rows)
{
	struct import_options options = { .path = support_path(test, name), .entity = &entities[kind] };
	struct import_summary summary = { 0 };

	write_file(options.path, rows, strlen(rows));
	support_must(test, import_run(&test->session, &options, &summary, &test->error));
	import_summary_free(&summary);
}

/* The same by the command, matched by `key`, and by as few fields as `least` says unless it is NULL. */
static void
import_by(struct support *test, const char *name, const char *key, const char *least, const char *rows)
{
	write_file(support_path(test, name), rows, strlen(rows));
	support_must(test,
		     support_run(test, "import", NULL, arena_format(&test->arena, "file=%s", support_path(test, name)),
				 "as=devices", key, least, NULL));
}

static const char bad_rows[] = "Cam No,Site,Make,Installed On,IP\n"
	"C1,S1,Acme,31/02/2024,\n"		/* 1: no date */
	"C2,S9,=1+2,2024,10.0.0.1\n"		/* 2: no site */
	"C3,S1,Acme,2024,10.0.0.999\n"		/* 3: no address */
	"C4,S1,Acme,2024\n"			/* 4: a cell too few */
	"C5,S1,\"Big, \"\"Co\"\"\",2020,\n";	/* good */

static void
import_bad_rows(struct support *test)
{
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	import_rows(test, ENTITY_DEVICE, "bad.csv", bad_rows);
	assert_string_equal(support_find(test, ENTITY_DEVICE, ""), "C5");
	assert_string_equal(support_find(test, ENTITY_REFUSAL, "state:open"), "1 2 3 4");
}

static const char *
read_text(struct support *test, const char *name)
{
	struct text bytes = { 0 };
	const char *copy;

	read_file(support_path(test, name), &bytes);
	copy = arena_text(&test->arena, text_words(&bytes));
	text_free(&bytes);
	return copy;
}

static void
a_line_of_cells_is_split_as_it_was_joined(void **state)
{
	static const char *const words[] = { "",  "plain",      "a,b",    "say \"so\"", "=1+2", "'=1",
					     "'", "two\nlines", " blank", "-5",         "" };
	enum { COUNT = sizeof words / sizeof words[0] };
	struct arena arena = { 0 };
	struct text line = { 0 };
	const char **cells;
	size_t count;

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		text_append(&line, i > 0 ? "," : "");
		guard_append_cell(&line, words[i], guard_is_needed(words[i]));
	}
	cells = guard_split_line(text_words(&line), &count, &arena);
	assert_int_equal(count, COUNT);
	for (size_t i = 0; i < COUNT; i++)
		assert_string_equal(cells[i], words[i]);
	/* A line that was cut between quotes ends where it ends. */
	cells = guard_split_line("a,\"b \"\"c", &count, &arena);
	assert_int_equal(count, 2);
	assert_string_equal(cells[1], "b \"c");
	guard_split_line("", &count, &arena);
	assert_int_equal(count, 1);
	text_free(&line);
	arena_free(&arena);
}

static void
a_mended_row_and_its_record_are_one_entry(void **state)
{
	struct support *test = *state;
	const char *before, *said;
	int64_t entries;

	import_bad_rows(test);
	before = support_snapshot(test);
	entries = support_number(test, "SELECT count(*) FROM entry");
	support_must(test, support_run(test, "refusal mend", &said, "refusal=1", "cell=installed on=28/02/2024",
				       "why=the label", NULL));
	assert_non_null(strstr(said, "Mended row 1 of bad.csv: device C1 is new.\n"));
	assert_value(test, ENTITY_DEVICE, "C1", "installed_on", "2024-02-28");
	assert_value(test, ENTITY_REFUSAL, "1", "state", "mended");
	assert_int_equal(support_number(test, "SELECT count(*) FROM entry"), entries + 1);
	assert_int_equal(support_number(test, "SELECT count(*) FROM source"), 1);
	assert_string_equal(support_value(test, ENTITY_ENTRY, "3", "why"), "the label");
	assert_value(test, ENTITY_SOURCE, "1", "open", "3");
	assert_value(test, ENTITY_SOURCE, "1", "refused", "4");
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_string_equal(support_snapshot(test), before);
	support_must(test, support_run(test, "redo", NULL, NULL));
	assert_value(test, ENTITY_DEVICE, "C1", "installed_on", "2024-02-28");
	assert_value(test, ENTITY_REFUSAL, "1", "state", "mended");
	assert_failed(test, support_run(test, "refusal mend", NULL, "refusal=1", NULL), "is mended already");
}

static void
a_row_that_is_still_wrong_changes_nothing(void **state)
{
	struct support *test = *state;
	const char *before;

	import_bad_rows(test);
	before = support_snapshot(test);
	assert_failed(test, support_run(test, "refusal mend", NULL, "refusal=3", "cell=ip=10.0.0.9999", NULL),
		      "The mended row 3 of bad.csv is refused again: ip: '10.0.0.9999' is not an IP address");
	assert_failed(test, support_run(test, "refusal mend", NULL, "refusal=3", "cell=colour=red", NULL),
		      "Cam No, Site, Make");
	assert_failed(test, support_run(test, "refusal mend", NULL, "refusal=3", "cell=red", NULL),
		      "'red' is not understood");
	assert_failed(test, support_run(test, "refusal mend", NULL, "refusal=7", NULL), "no refusal '7'");
	assert_string_equal(support_snapshot(test), before);
	assert_int_equal(support_number(test, "SELECT count(*) FROM entry"), 2);
}

static void
a_row_is_tried_again_once_what_it_names_is_there(void **state)
{
	struct support *test = *state;

	import_bad_rows(test);
	assert_failed(test, support_run(test, "refusal mend", NULL, "refusal=2", NULL), "no site has the code 'S9'");
	support_add_alone(test, ENTITY_SITE, "code=S9", NULL);
	support_must(test, support_run(test, "refusal mend", NULL, "refusal=2", NULL));
	assert_value(test, ENTITY_DEVICE, "C2", "site", "S9");
	/* What looked like a formula is what it was in the file. */
	assert_value(test, ENTITY_DEVICE, "C2", "make", "=1+2");
}

static void
what_a_row_names_is_made_with_consent(void **state)
{
	struct support *test = *state;

	import_bad_rows(test);
	support_must(test, support_run(test, "refusal mend", NULL, "refusal=2", "create=site", NULL));
	assert_string_equal(support_find(test, ENTITY_SITE, ""), "S1 S9");
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_string_equal(support_find(test, ENTITY_SITE, ""), "S1");
	assert_failed(test, support_run(test, "refusal mend", NULL, "refusal=2", "create=device", NULL),
		      "--create device");
}

static void
a_field_that_no_column_feeds_is_given_to_the_row(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	import_rows(test, ENTITY_DEVICE, "bare.csv", "tag,make\nC1,Acme\n");
	assert_string_equal(support_find(test, ENTITY_REFUSAL, ""), "1");
	support_must(test,
		     support_run(test, "refusal mend", NULL, "refusal=1", "cell=site=S1", "cell=make=Other", NULL));
	assert_value(test, ENTITY_DEVICE, "C1", "site", "S1");
	assert_value(test, ENTITY_DEVICE, "C1", "make", "Other");
}

static void
a_row_that_lacks_a_cell_waits_until_somebody_has_seen_it(void **state)
{
	struct support *test = *state;

	import_bad_rows(test);
	assert_failed(test, support_run(test, "refusal mend", NULL, "refusal=4", NULL), "refused again");
	support_must(test, support_run(test, "refusal mend", NULL, "refusal=4", "cell=column 5=10.0.0.4", NULL));
	assert_value(test, ENTITY_DEVICE, "C4", "ip", "10.0.0.4");
}

static void
a_row_that_says_nothing_is_not_mended(void **state)
{
	struct support *test = *state;

	import_rows(test, ENTITY_SITE, "sites.csv", "code,name,uprn\nS1,Hall,not yet\n");
	assert_failed(test, support_run(test, "refusal mend", NULL, "refusal=1", "cell=code=", "cell=name=Total",
					"cell=uprn=1", NULL), "reads like a total");
	assert_failed(test, support_run(test, "refusal mend", NULL, "refusal=1", "cell=code=", "cell=name=",
					"cell=uprn=", NULL), "it is empty");
	assert_string_equal(support_find(test, ENTITY_REFUSAL, "state:open"), "1");
}

static void
a_cell_too_many_is_taken_away_by_its_number(void **state)
{
	struct support *test = *state;

	import_rows(test, ENTITY_SITE, "sites.csv", "code,name\nS1,Hall, east\n");
	assert_failed(test, support_run(test, "refusal mend", NULL, "refusal=1", "cell=name=\"Hall, east\"", NULL),
		      "refused again");
	support_must(test, support_run(test, "refusal mend", NULL, "refusal=1", "cell=name=Hall, east",
				       "cell=column 3=", NULL));
	assert_value(test, ENTITY_SITE, "S1", "name", "Hall, east");
}

static void
the_cells_of_a_row_stand_beside_its_headings(void **state)
{
	struct support *test = *state;
	struct refusal_row row;
	struct text words = { 0 };

	import_bad_rows(test);
	support_must(test, refusal_cells(&test->session, (struct record_id){ ENTITY_REFUSAL, 3 }, &row, &test->arena,
					 &test->error));
	assert_int_equal(row.count, 5);
	assert_string_equal(row.cells[0].heading, "Cam No");
	assert_string_equal(row.cells[0].field, "tag");
	assert_string_equal(row.cells[0].words, "C3");
	assert_false(row.cells[0].wrong);
	assert_string_equal(row.cells[4].heading, "IP");
	assert_string_equal(row.cells[4].words, "10.0.0.999");
	assert_true(row.cells[4].wrong);
	/* What is wrong now is marked, and no longer what was wrong before. */
	assert_true(refusal_set_cell(&row, "ip", "10.0.0.9", &test->error));
	assert_true(refusal_set_cell(&row, "site", "S7", &test->error));
	assert_failed(test, refusal_mend(&test->session, &row, &(struct refusal_mending){ 0 }, &words, &test->error),
		      "S7");
	assert_true(row.cells[1].wrong);
	assert_false(row.cells[4].wrong);
	assert_string_equal(row.cause, "unknown record");
	assert_ptr_equal(strstr(row.reason, "site: no site has the code 'S7'"), row.reason);
	assert_ptr_equal(row.unknown, &entities[ENTITY_SITE]);
	/* What cannot even be tried has no cause, and what was wrong before no longer is. */
	assert_failed(test, refusal_mend(&test->session, &row, &(struct refusal_mending){ .key = "serial" }, &words,
					 &test->error), "--key");
	assert_null(row.cause);
	assert_non_null(strstr(row.reason, "--key"));
	assert_null(row.unknown);
	assert_false(row.cells[1].wrong);
	assert_true(refusal_set_cell(&row, "site", "S1", &test->error));
	assert_true(refusal_set_cell(&row, "cam-no", "C33", &test->error));
	assert_true(refusal_set_cell(&row, "installed", "2023", &test->error));
	assert_true(refusal_set_cell(&row, "Column 5", "", &test->error));
	assert_string_equal(row.cells[3].words, "2023");
	assert_false(refusal_set_cell(&row, "column 6", "", &test->error));
	assert_int_equal(test->error.kind, ERROR_NONE);
	support_must(test, refusal_mend(&test->session, &row, &(struct refusal_mending){ .why = "seen" }, &words,
					&test->error));
	assert_value(test, ENTITY_DEVICE, "C33", "installed_on", "2023");
	assert_value(test, ENTITY_DEVICE, "C33", "ip", "-");
	text_free(&words);
}

static void
a_part_of_a_reason_begins_it_or_stands_behind_a_semicolon(void **state)
{
	static const char reason[] = "mac: too short; firmware: '1; site: x' is odd";
	size_t size;

	(void)state;
	assert_ptr_equal(refusal_part(reason, "mac", &size), reason + 5);
	assert_int_equal(size, strlen("too short"));
	assert_non_null(refusal_part(reason, "firmware", &size));
	assert_null(refusal_part(reason, "ware", &size));
	assert_null(refusal_part("the other mac: too short", "mac", &size));
	assert_null(refusal_part("no site has that code", "site", &size));
}

static void
a_row_matched_by_other_fields_is_mended_by_them(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	import_rows(test, ENTITY_DEVICE, "tags.csv", "tag,site,serial\nC1,S1,SN1\n");
	import_by(test, "serials.csv", "key=serial", NULL, "serial,installed\nSN1,31/02/2024\n");
	assert_value(test, ENTITY_SOURCE, "2", "key", "serial");
	assert_failed(test, support_run(test, "refusal mend", NULL, "refusal=1", "cell=installed=28/02/2024", "key=tag",
					NULL), "--key");
	support_must(test, support_run(test, "refusal mend", NULL, "refusal=1", "cell=installed=28/02/2024", NULL));
	assert_value(test, ENTITY_DEVICE, "C1", "installed_on", "2024-02-28");
}

static void
a_row_is_mended_by_as_many_fields_as_its_file_was_matched_by(void **state)
{
	struct support *test = *state;
	const char *said, *output = arena_format(&test->arena, "output=%s", support_path(test, "out.csv"));

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	import_rows(test, ENTITY_DEVICE, "tags.csv", "tag,site,serial\nC1,S1,SN1\n");
	import_by(test, "first.csv", "key=serial,site", "key-least=1", "serial,site,installed\nSN1,S1,31/02/2024\n");
	support_must(test, support_run(test, "refusal export", &said, output, NULL));
	assert_non_null(strstr(said, "import that file as devices, matched by serial,site as before (--key serial,site "
				     "--key-least 1): the rows"));
	import_by(test, "second.csv", "key=serial,site", NULL, "serial,site,installed\nSN1,S1,31/04/2024\n");
	assert_failed(test, support_run(test, "refusal export", NULL, output, "force", NULL),
		      "matched by different fields");
	support_must(test, support_run(test, "refusal mend", NULL, "refusal=1", "cell=installed=28/02/2024",
				       "cell=site=", NULL));
	assert_value(test, ENTITY_DEVICE, "C1", "installed_on", "2024-02-28");
	assert_value(test, ENTITY_DEVICE, "C1", "site", "S1");
}

static void
a_dropped_row_stays_with_the_reason(void **state)
{
	struct support *test = *state;

	import_bad_rows(test);
	assert_failed(test, support_run(test, "refusal drop", NULL, "refusal=1", NULL), "--why");
	support_must(test, support_run(test, "refusal drop", NULL, "refusal=1", "refusal=3", "why=not ours", NULL));
	assert_string_equal(support_find(test, ENTITY_REFUSAL, "state:open"), "2 4");
	assert_value(test, ENTITY_REFUSAL, "3", "state", "dropped");
	assert_value(test, ENTITY_ENTRY, "3", "why", "not ours");
	assert_failed(test, support_run(test, "refusal drop", NULL, "refusal=2", "refusal=1", "why=x", NULL),
		      "is dropped already");
	assert_string_equal(support_find(test, ENTITY_REFUSAL, "state:open"), "2 4");
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_string_equal(support_find(test, ENTITY_REFUSAL, "state:open"), "1 2 3 4");
}

static void
refused_rows_are_not_set_by_hand(void **state)
{
	struct support *test = *state;

	import_bad_rows(test);
	assert_failed(test, support_run(test, "set", NULL, "entity=refusal", "key=1", "field=state=mended", NULL),
		      "use terrier refusal mend, terrier refusal drop");
	assert_failed(test, support_run(test, "add", NULL, "entity=question", "field=row=1", NULL),
		      "use terrier question answer");
}

/* The text with the first `old` in it as `new`. */
static const char *
swap(struct support *test, const char *text, const char *old, const char *new)
{
	const char *at = strstr(text, old);

	if (at == NULL)
		fail_msg("'%s' is not in: %s", old, text);
	return arena_format(&test->arena, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old));
}

static void
rows_that_are_mended_in_a_file_are_mended_here(void **state)
{
	struct support *test = *state;
	const char *rows;

	import_bad_rows(test);
	support_must(test, support_run(test, "refusal export", NULL,
				       arena_format(&test->arena, "output=%s", support_path(test, "out.csv")), NULL));
	rows = read_text(test, "out.csv");
	assert_non_null(strstr(rows, "Cam No,Site,Make,Installed On,IP,source,row,line,cause,field,reason\r\n"
				     "C1,S1,Acme,31/02/2024,,1,1,2,value,installed_on,"));
	assert_non_null(strstr(rows, "C2,S9,'=1+2,2024,10.0.0.1,1,2,3,"));
	rows = swap(test, swap(test, rows, "31/02/2024", "28/02/2024"), "S9", "S1");
	import_rows(test, ENTITY_DEVICE, "out.csv", rows);
	assert_string_equal(support_find(test, ENTITY_REFUSAL, "state:mended"), "1 2");
	/* What is refused again counts once: in the file that brought it last. */
	assert_string_equal(support_find(test, ENTITY_REFUSAL, "state:replaced"), "3 4");
	assert_string_equal(support_find(test, ENTITY_REFUSAL, "state:open"), "5 6");
	assert_value(test, ENTITY_REFUSAL, "5", "cells", "C3,S1,Acme,2024,10.0.0.999");
	assert_value(test, ENTITY_REFUSAL, "6", "cells", "C4,S1,Acme,2024");
	assert_value(test, ENTITY_SOURCE, "1", "open", "0");
	assert_value(test, ENTITY_SOURCE, "2", "open", "2");
	assert_value(test, ENTITY_DEVICE, "C2", "make", "=1+2");
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_string_equal(support_find(test, ENTITY_REFUSAL, "state:open"), "1 2 3 4");
	assert_string_equal(support_find(test, ENTITY_REFUSAL, ""), "1 2 3 4");
	assert_string_equal(support_find(test, ENTITY_DEVICE, ""), "C5");
}

static void
a_mended_row_that_says_nothing_new_is_mended_too(void **state)
{
	struct support *test = *state;
	const char *rows;

	import_bad_rows(test);
	support_must(test, support_run(test, "refusal export", NULL, "source=1",
				       arena_format(&test->arena, "output=%s", support_path(test, "out.csv")), NULL));
	rows = read_text(test, "out.csv");
	rows = swap(test, swap(test, rows, "C1,S1,Acme,31/02/2024", "C5,S1,,2020"), "C2,S9,'=1+2,2024,10.0.0.1",
		    "C5,S1,,,");
	import_rows(test, ENTITY_DEVICE, "out.csv", rows);
	assert_string_equal(support_find(test, ENTITY_REFUSAL, "state:mended"), "1 2");
}

static void
rows_of_another_register_mend_nothing_here(void **state)
{
	struct support *test = *state;

	import_bad_rows(test);
	import_rows(test, ENTITY_DEVICE, "other.csv", "tag,site,source,row,line,cause,field,reason\n"
		    "X1,S1,1,1,77,value,make,not ours\n"	/* another line */
		    "X2,S1,9,1,2,value,make,not ours\n"		/* no such source */
		    "X3,S1,1,50,51,value,make,not ours\n"	/* no such row */
		    "X4,S1,one,1,2,value,make,not ours\n");
	import_rows(test, ENTITY_SITE, "sites.csv",
		    "code,source,row,line,cause,field,reason\nX5,1,1,2,value,code,not ours\n");
	assert_string_equal(support_find(test, ENTITY_DEVICE, "X"), "X1 X2 X3 X4");
	assert_string_equal(support_find(test, ENTITY_REFUSAL, "state:open"), "1 2 3 4");
	import_rows(test, ENTITY_DEVICE, "ours.csv",
		    "tag,site,source,row,line,cause,field,reason\nX6,S1,1,1,,value,make,ours\n");
	assert_string_equal(support_find(test, ENTITY_REFUSAL, "state:mended"), "1");
}

static void
rows_of_several_files_go_together_when_their_headings_do(void **state)
{
	struct support *test = *state;
	const char *output = arena_format(&test->arena, "output=%s", support_path(test, "out.csv")), *said;

	assert_failed(test, support_run(test, "refusal export", NULL, output, NULL), "no refused rows to mend");
	import_bad_rows(test);
	import_rows(test, ENTITY_DEVICE, "more.csv", "Cam No,Site,Make,Installed On,IP\nC9,S8,,,\n");
	support_must(test, support_run(test, "refusal export", &said, output, NULL));
	assert_non_null(strstr(said, "5 refused rows"));
	assert_non_null(strstr(read_text(test, "out.csv"), "C9,S8,,,,2,1,2,"));
	import_rows(test, ENTITY_DEVICE, "another.csv", "tag,site\nC10,S8\n");
	assert_failed(test, support_run(test, "refusal export", NULL, output, NULL), "have different headings");
	support_must(test, support_run(test, "refusal export", &said, "source=3", output, NULL));
	assert_non_null(strstr(said, "1 refused row "));
	assert_failed(test, support_run(test, "refusal export", NULL, "source=3", "output=rows.json", NULL),
		      "must end in .csv or in .xlsx");
	/* Another's file is no file of refused rows and stays. */
	write_file(support_path(test, "out.csv"), "tag\n", 4);
	assert_failed(test, support_run(test, "refusal export", NULL, "source=3", output, NULL), "exists");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_of_cells_is_split_as_it_was_joined),
		register_test(a_mended_row_and_its_record_are_one_entry),
		register_test(a_row_that_is_still_wrong_changes_nothing),
		register_test(a_row_is_tried_again_once_what_it_names_is_there),
		register_test(what_a_row_names_is_made_with_consent),
		register_test(a_field_that_no_column_feeds_is_given_to_the_row),
		register_test(a_row_that_lacks_a_cell_waits_until_somebody_has_seen_it),
		register_test(a_row_that_says_nothing_is_not_mended),
		register_test(a_cell_too_many_is_taken_away_by_its_number),
		register_test(the_cells_of_a_row_stand_beside_its_headings),
		cmocka_unit_test(a_part_of_a_reason_begins_it_or_stands_behind_a_semicolon),
		register_test(a_row_matched_by_other_fields_is_mended_by_them),
		register_test(a_row_is_mended_by_as_many_fields_as_its_file_was_matched_by),
		register_test(a_dropped_row_stays_with_the_reason),
		register_test(refused_rows_are_not_set_by_hand),
		register_test(rows_that_are_mended_in_a_file_are_mended_here),
		register_test(a_mended_row_that_says_nothing_new_is_mended_too),
		register_test(rows_of_another_register_mend_nothing_here),
		register_test(rows_of_several_files_go_together_when_their_headings_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
