/* SPDX-License-Identifier: MIT */
/* The undo of an import, days later: what was changed since is left, everything else goes back. */
#include "tests/support.h"

#include <stdio.h>
#include <string.h>

#include "core/chance.h"
#include "db/history.h"

static struct undone
undo_leaving(struct support *test, int64_t number, bool dry_run)
{
	struct entry entry = session_entry(&test->session, ENTRY_KIND_UNDO, "Undo it", NULL);
	struct undone undone;

	support_must(test, store_undo_leaving(test->session.store, (struct entry_id){ number }, &entry, dry_run,
					      &undone, &test->error));
	return undone;
}

/* Undoes the entry; what was left is told in these lines. */
static void
assert_left(struct support *test, int64_t number, const char *lines)
{
	struct undone undone = undo_leaving(test, number, false);

	assert_string_equal(text_words(&undone.lines), lines);
	text_free(&undone.lines);
}

static void
redo(struct support *test, int64_t number)
{
	struct entry entry = session_entry(&test->session, ENTRY_KIND_REDO, "Redo it", NULL);
	struct undone undone;

	support_must(test, store_redo(test->session.store, (struct entry_id){ number }, &entry, &undone, &test->error));
	text_free(&undone.lines);
}

static int64_t
newest_entry(struct support *test)
{
	return support_number(test, "SELECT max(id) FROM entry");
}

/* Entry 1 makes S1 and C0; entry 2, an import, makes C1 to C3 and S2 and changes two fields of C0. */
static void
import_some(struct support *test)
{
	support_begin(test, "Made");
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C0", "site=S1", "ip=10.0.0.1", "place=Hall", NULL);
	support_commit(test);
	support_begin(test, "Imported devices.csv");
	support_add(test, ENTITY_SITE, "code=S2", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C1", "site=S2", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C2", "site=S1", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C3", "site=S1", NULL);
	support_set(test, ENTITY_DEVICE, "C0", "ip=10.0.0.2", "place=Roof", NULL);
	support_commit(test);
}

static void
all_goes_back_when_nothing_was_changed_since(void **state)
{
	struct support *test = *state;
	const char *imported;

	import_some(test);
	imported = support_snapshot(test);
	assert_left(test, 2, "");
	assert_string_equal(support_find(test, ENTITY_DEVICE, ""), "C0");
	assert_string_equal(support_find(test, ENTITY_SITE, ""), "S1");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C0", "ip"), "10.0.0.1");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C0", "place"), "Hall");
	redo(test, 3);
	assert_string_equal(support_snapshot(test), imported);
	assert_int_equal(support_number(test, "SELECT count(*) FROM bin WHERE contents <> '-'"), 0);
}

static void
a_record_that_was_changed_since_is_left_whole_and_listed(void **state)
{
	struct support *test = *state;

	import_some(test);
	support_set_alone(test, ENTITY_DEVICE, "C0", "notes=seen");
	support_set_alone(test, ENTITY_DEVICE, "C2", "notes=seen");
	assert_left(test, 2, "Device C0 was changed since\nDevice C2 was changed since\n");
	assert_string_equal(support_find(test, ENTITY_DEVICE, ""), "C0 C2");
	assert_string_equal(support_find(test, ENTITY_SITE, ""), "S1");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C0", "ip"), "10.0.0.2");
	support_must(test, store_check(test->session.store, &test->error));
}

static void
what_was_changed_and_changed_back_by_an_undo_goes(void **state)
{
	struct support *test = *state;

	import_some(test);
	support_set_alone(test, ENTITY_DEVICE, "C2", "notes=seen");
	assert_left(test, 3, "");
	assert_left(test, 2, "");
	assert_string_equal(support_find(test, ENTITY_DEVICE, ""), "C0");
}

static void
a_record_that_something_refers_to_now_is_left_and_listed(void **state)
{
	struct support *test = *state;

	import_some(test);
	support_add_alone(test, ENTITY_DEVICE, "tag=D1", "site=S2");
	assert_left(test, 2, "Site S2 is needed by device D1\n");
	assert_string_equal(support_find(test, ENTITY_SITE, ""), "S1 S2");
	assert_string_equal(support_find(test, ENTITY_DEVICE, ""), "C0 D1");
}

static void
what_stays_keeps_what_it_rests_on(void **state)
{
	struct support *test = *state;

	support_begin(test, "Imported");
	support_add(test, ENTITY_ORGANISATION, "code=O1", NULL);
	support_add(test, ENTITY_SITE, "code=S1", "organisation=O1", NULL);
	support_add(test, ENTITY_SITE, "code=S2", "organisation=O1", "parent=S1", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C1", "site=S2", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C2", "site=S2", NULL);
	support_add(test, ENTITY_SITE, "code=S3", "organisation=O1", NULL);
	support_commit(test);
	support_set_alone(test, ENTITY_DEVICE, "C1", "place=Roof");
	assert_left(test, 1,
		    "Organisation O1 is needed by site S2\nSite S1 is needed by site S2\nSite S2 is needed by device "
		    "C1\n"
		    "Device C1 was changed since\n");
	assert_string_equal(support_find(test, ENTITY_DEVICE, ""), "C1");
	assert_string_equal(support_find(test, ENTITY_SITE, ""), "S1 S2");
	support_must(test, store_check(test->session.store, &test->error));
}

static void
a_field_goes_back_before_what_it_names_is_judged(void **state)
{
	struct support *test = *state;

	import_some(test);
	support_begin(test, "Imported");
	support_add(test, ENTITY_SITE, "code=S9", NULL);
	support_set(test, ENTITY_DEVICE, "C0", "site=S9", NULL);
	support_commit(test);
	assert_left(test, 3, "");
	assert_string_equal(support_value(test, ENTITY_DEVICE, "C0", "site"), "S1");
	assert_string_equal(support_find(test, ENTITY_SITE, ""), "S1 S2");
}

static void
a_redo_puts_back_exactly_what_was_taken(void **state)
{
	struct support *test = *state;
	const char *before;

	import_some(test);
	support_set_alone(test, ENTITY_DEVICE, "C2", "notes=seen");
	support_set_alone(test, ENTITY_DEVICE, "C0", "place=Yard");
	support_add_alone(test, ENTITY_DEVICE, "tag=D1", "site=S2");
	before = support_snapshot(test);
	assert_left(test, 2,
		    "Site S2 is needed by device D1\nDevice C0 was changed since\nDevice C2 was changed since\n");
	assert_string_equal(support_find(test, ENTITY_DEVICE, ""), "C0 C2 D1");
	assert_string_equal(support_find(test, ENTITY_ENTRY, "undone"), "2");
	redo(test, 6);
	assert_string_equal(support_snapshot(test), before);
	assert_string_equal(support_find(test, ENTITY_ENTRY, "undone"), "6");
	/* And once more. */
	assert_left(test, 2,
		    "Site S2 is needed by device D1\nDevice C0 was changed since\nDevice C2 was changed since\n");
	redo(test, 8);
	assert_string_equal(support_snapshot(test), before);
}

static void
a_dry_run_says_what_would_stay_and_changes_nothing(void **state)
{
	struct support *test = *state;
	struct undone undone;
	const char *before;

	import_some(test);
	support_set_alone(test, ENTITY_DEVICE, "C2", "notes=seen");
	before = support_snapshot(test);
	undone = undo_leaving(test, 2, true);
	assert_string_equal(text_words(&undone.lines), "Device C2 was changed since\n");
	assert_int_equal(undone.left, 1);
	assert_int_equal(undone.records, 3);
	assert_int_equal(undone.values, 2);
	text_free(&undone.lines);
	assert_string_equal(support_snapshot(test), before);
	assert_int_equal(newest_entry(test), 3);
	/* What looked for what stays left nothing of itself: the register opens again. */
	support_reopen(test);
}

static void
the_history_says_that_something_was_left(void **state)
{
	struct support *test = *state;

	import_some(test);
	support_set_alone(test, ENTITY_DEVICE, "C2", "notes=seen");
	assert_left(test, 2, "Device C2 was changed since\n");
	assert_int_equal(support_number(test, "SELECT id FROM entry WHERE what = 'Undo it; 1 record left as it is'"),
			 4);
}

static void
when_all_was_changed_since_nothing_is_undone(void **state)
{
	struct support *test = *state;
	struct entry entry = session_entry(&test->session, ENTRY_KIND_UNDO, "Undo it", NULL);
	struct undone undone;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_set_alone(test, ENTITY_SITE, "S1", "name=x");
	assert_false(
		store_undo_leaving(test->session.store, (struct entry_id){ 1 }, &entry, false, &undone, &test->error));
	assert_int_equal(test->error.kind, ERROR_CONFLICT);
	assert_non_null(strstr(test->error.message, "Nothing was changed."));
	assert_string_equal(text_words(&undone.lines), "Site S1 was changed since\n");
	text_free(&undone.lines);
	assert_int_equal(newest_entry(test), 2);
}

static void
many_that_are_left_are_counted_and_twenty_listed(void **state)
{
	struct support *test = *state;
	struct undone undone;
	int lines = 0;

	support_begin(test, "Imported");
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	support_add(test, ENTITY_SITE, "code=S2", NULL);
	for (int i = 0; i < 30; i++)
		support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=C%d", i), "site=S1", NULL);
	support_commit(test);
	support_begin(test, "Seen");
	for (int i = 0; i < 30; i++)
		support_set(test, ENTITY_DEVICE, arena_format(&test->arena, "C%d", i), "notes=seen", NULL);
	support_commit(test);
	undone = undo_leaving(test, 1, false);
	for (const char *at = text_words(&undone.lines); *at != '\0'; at++)
		lines += *at == '\n';
	assert_int_equal(lines, UNDO_LINES + 1);
	assert_non_null(strstr(text_words(&undone.lines), "and 11 more\n"));
	assert_int_equal(undone.left, 31);
	assert_int_equal(undone.records, 1);
	text_free(&undone.lines);
}

static void
a_key_that_another_has_by_now_is_left_and_listed(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_begin(test, "Imported");
	support_set(test, ENTITY_SITE, "S1", "code=S2", "name=x", NULL);
	support_commit(test);
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	assert_left(test, 2, "Site S1: another has its old code now\n");
	assert_string_equal(support_value(test, ENTITY_SITE, "S2", "name"), "-");
}

/* An import's source, two refused rows and a question; the second refused row is mended in an entry of its own. */
static void
import_with_refusals(struct support *test)
{
	struct entry entry = session_entry(&test->session, ENTRY_KIND_IMPORT, "Imported devices.csv", NULL);

	support_must(test, store_entry_begin(test->session.store, &entry, &test->error));
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	support_add(test, ENTITY_SOURCE, "file=devices.csv", "entity=sites", "imported_at=2026-11-21T12:00:00Z",
		    "rows=3", "new=1", "changed=0", "same=0", "refused=2", "absent=0", "entry=1", NULL);
	support_add(test, ENTITY_REFUSAL, "source=1", "row=2", "line=3", "reason=bad", "cells=a", NULL);
	support_add(test, ENTITY_REFUSAL, "source=1", "row=3", "line=4", "reason=bad", "cells=b", NULL);
	support_add(test, ENTITY_QUESTION, "source=1", "row=3", "entity=site", "record=S1", "field=notes", "theirs=x",
		    NULL);
	support_commit(test);
	support_begin(test, "Mended");
	support_set(test, ENTITY_REFUSAL, "2", "state=mended", NULL);
	support_commit(test);
}

static void
the_source_stays_and_what_was_open_goes(void **state)
{
	struct support *test = *state;
	const char *before;
	bool undone;

	import_with_refusals(test);
	before = support_snapshot(test);
	assert_left(test, 1, "");
	assert_string_equal(support_find(test, ENTITY_SOURCE, ""), "1");
	assert_string_equal(support_find(test, ENTITY_REFUSAL, ""), "2");
	assert_string_equal(support_find(test, ENTITY_QUESTION, ""), "");
	assert_string_equal(support_find(test, ENTITY_SITE, ""), "");
	support_must(test, store_entry_is_undone(test->session.store, (struct entry_id){ 1 }, &undone, &test->error));
	assert_true(undone);
	redo(test, 3);
	assert_string_equal(support_snapshot(test), before);
	support_must(test, store_entry_is_undone(test->session.store, (struct entry_id){ 1 }, &undone, &test->error));
	assert_false(undone);
}

static void
the_command_refuses_unless_it_is_asked_to_leave_what_was_changed(void **state)
{
	struct support *test = *state;
	const char *said;

	import_some(test);
	support_set_alone(test, ENTITY_DEVICE, "C2", "notes=seen");
	assert_false(support_run(test, "undo", &said, "entry=2", NULL));
	assert_string_equal(said, "Device C2 was changed since\n");
	support_must(test, support_run(test, "undo", &said, "entry=2", "dry-run=", NULL));
	assert_string_equal(said, "Undoing entry 2 (Imported devices.csv) takes out 3 records and puts back 2 values. "
				  "Nothing was changed yet.\nSo it is refused; with --leave-changed all but this is "
				  "undone:\nDevice C2 was changed since\n");
	support_must(test, support_run(test, "undo", &said, "entry=2", "leave-changed=", NULL));
	assert_string_equal(said, "Undo entry 2: Imported devices.csv.\nLeft as it is:\nDevice C2 was changed since\n");
}

static void
the_command_leaves_for_an_import_without_being_asked(void **state)
{
	struct support *test = *state;
	const char *said;

	import_with_refusals(test);
	support_set_alone(test, ENTITY_SITE, "S1", "notes=seen");
	support_must(test, support_run(test, "undo", &said, "entry=1", NULL));
	assert_string_equal(said, "Undo entry 1: Imported devices.csv.\nLeft as it is:\nSite S1 was changed since\n");
}

static bool
stop(void *context, const char *what, int64_t done, int64_t total)
{
	(void)context;
	(void)done;
	(void)total;
	return what == NULL || strncmp(what, "Taking out", 10) != 0;
}

/* So many that they go and come back without their indexes. */
static void
many_records_go_and_come_back_and_the_register_opens_again(void **state)
{
	enum { MANY = 5200 };
	const struct progress progress = { stop, NULL };
	struct support *test = *state;
	struct entry entry = session_entry(&test->session, ENTRY_KIND_UNDO, "Undo it", NULL);
	struct undone undone;
	const char *before;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_begin(test, "Imported");
	for (int i = 0; i < MANY; i++)
		support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=C%d", i), "site=S1", NULL);
	support_commit(test);
	before = support_snapshot(test);
	store_set_progress(test->session.store, &progress);
	assert_false(
		store_undo_leaving(test->session.store, (struct entry_id){ 2 }, &entry, false, &undone, &test->error));
	assert_int_equal(test->error.kind, ERROR_CANCELLED);
	text_free(&undone.lines);
	store_set_progress(test->session.store, NULL);
	assert_string_equal(support_snapshot(test), before);
	assert_left(test, 2, "");
	support_reopen(test);
	assert_string_equal(support_find(test, ENTITY_DEVICE, ""), "");
	redo(test, 3);
	support_reopen(test);
	support_must(test, store_check(test->session.store, &test->error));
	assert_string_equal(support_snapshot(test), before);
}

/*
 * Every table but the history is as it was, whatever a random import and random work after it did, once both are undone
 * and done again.
 */
static void
whatever_is_left_a_redo_brings_the_rest_back(void **state)
{
	struct support *test = *state;
	struct chance chance = { 42 };

	support_begin(test, "Made");
	for (int i = 0; i < 5; i++)
		support_add(test, ENTITY_SITE, arena_format(&test->arena, "code=S%d", i), NULL);
	for (int i = 0; i < 40; i++)
		support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=C%d", i), "site=S1", NULL);
	support_commit(test);
	for (int round = 0; round < 15; round++) {
		int64_t import = newest_entry(test) + 1;
		const char *before;
		struct undone undone;

		support_begin(test, "Imported");
		support_add(test, ENTITY_SITE, arena_format(&test->arena, "code=R%d", round), NULL);
		for (int i = 0; i < 10; i++) {
			support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=R%d-%d", round, i),
				    arena_format(&test->arena, "site=R%d", round), NULL);
			support_set(test, ENTITY_DEVICE,
				    arena_format(&test->arena, "C%d", (int)chance_below(&chance, 40)),
				    arena_format(&test->arena, "notes=%d %d", round, i),
				    arena_format(&test->arena, "site=R%d", round), NULL);
		}
		support_commit(test);
		support_begin(test, "Work");
		for (int i = 0; i < 3; i++)
			support_set(test, ENTITY_DEVICE,
				    arena_format(&test->arena, "C%d", (int)chance_below(&chance, 40)),
				    arena_format(&test->arena, "place=%d %d", round, i), NULL);
		if (chance_below(&chance, 2) == 0)
			support_set(test, ENTITY_DEVICE, arena_format(&test->arena, "R%d-3", round), "place=x", NULL);
		support_commit(test);
		before = support_snapshot(test);
		undone = undo_leaving(test, import, false);
		text_free(&undone.lines);
		support_must(test, store_check(test->session.store, &test->error));
		redo(test, newest_entry(test));
		assert_string_equal(support_snapshot(test), before);
		undone = undo_leaving(test, import, false);
		text_free(&undone.lines);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(all_goes_back_when_nothing_was_changed_since),
		register_test(a_record_that_was_changed_since_is_left_whole_and_listed),
		register_test(what_was_changed_and_changed_back_by_an_undo_goes),
		register_test(a_record_that_something_refers_to_now_is_left_and_listed),
		register_test(what_stays_keeps_what_it_rests_on),
		register_test(a_field_goes_back_before_what_it_names_is_judged),
		register_test(a_redo_puts_back_exactly_what_was_taken),
		register_test(a_dry_run_says_what_would_stay_and_changes_nothing),
		register_test(the_history_says_that_something_was_left),
		register_test(when_all_was_changed_since_nothing_is_undone),
		register_test(many_that_are_left_are_counted_and_twenty_listed),
		register_test(a_key_that_another_has_by_now_is_left_and_listed),
		register_test(the_source_stays_and_what_was_open_goes),
		register_test(the_command_refuses_unless_it_is_asked_to_leave_what_was_changed),
		register_test(the_command_leaves_for_an_import_without_being_asked),
		register_test(many_records_go_and_come_back_and_the_register_opens_again),
		register_test(whatever_is_left_a_redo_brings_the_rest_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
