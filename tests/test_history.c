/* SPDX-License-Identifier: MIT */
#include "tests/support.h"

#include <stdio.h>
#include <string.h>

#include "core/chance.h"
#include "db/bulk.h"
#include "db/insert.h"

/* Undoes (or does again) an entry, 0 for the newest that can be; what was in the way is *conflicts unless NULL. */
static bool
reverse(struct support *test, bool undo, int64_t number, const char **conflicts)
{
	struct entry entry = session_entry(&test->session, undo ? ENTRY_KIND_UNDO : ENTRY_KIND_REDO, "reversed", NULL);
	struct store *store = test->session.store;
	struct entry_id id = { number };
	struct undone undone;
	bool done;

	if (number == 0)
		support_must(test, undo ? store_entry_undoable(store, &id, &test->error)
					: store_entry_redoable(store, &id, &test->error));
	assert_true(id.value > 0);
	done = undo ? store_undo(store, id, &entry, &undone, &test->error)
		    : store_redo(store, id, &entry, &undone, &test->error);
	if (conflicts != NULL)
		*conflicts = arena_text(&test->arena, text_words(&undone.lines));
	text_free(&undone.lines);
	return done;
}

static void
undo(struct support *test, int64_t number)
{
	support_must(test, reverse(test, true, number, NULL));
}

static void
redo(struct support *test, int64_t number)
{
	support_must(test, reverse(test, false, number, NULL));
}

static int64_t
newest_entry(struct support *test)
{
	return support_number(test, "SELECT max(id) FROM entry");
}

/* Refused, with a line for each row in the way, and without a trace. */
static void
assert_conflict(struct support *test, bool back, int64_t number, const char *line)
{
	const char *before = support_snapshot(test), *conflicts;
	int64_t entries = newest_entry(test);

	assert_false(reverse(test, back, number, &conflicts));
	assert_int_equal(test->error.kind, ERROR_CONFLICT);
	if (strstr(conflicts, line) == NULL && strstr(test->error.message, line) == NULL)
		fail_msg("'%s' and '%s' do not say '%s'", test->error.message, conflicts, line);
	if (strstr(test->error.message, "SQLite") != NULL)
		fail_msg("%s", test->error.message);
	assert_string_equal(support_snapshot(test), before);
	assert_int_equal(newest_entry(test), entries);
}

static void
every_entry_says_who_when_where_and_in_what_order(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_SITE, "code=S2", NULL);
	test->session.laptop = "00000000-0000-4000-8000-000000000002";
	support_add_alone(test, ENTITY_SITE, "code=S3", NULL);
	assert_int_equal(support_number(test, "SELECT count(*) FROM entry WHERE who = 'Test' AND kind = 'command' AND "
					"at = 1795262400 AND length(uuid) = 16 AND length(laptop) = 36"), 3);
	assert_int_equal(support_number(test, "SELECT sequence FROM entry WHERE id = 2"), 2);
	assert_int_equal(support_number(test, "SELECT sequence FROM entry WHERE id = 3"), 1);
	assert_int_equal(support_number(test, "SELECT count(DISTINCT uuid) FROM entry"), 3);
}

static void
assert_change(struct support *test, int64_t id, const char *is)
{
	assert_int_equal(support_number(test, arena_format(&test->arena, "SELECT id FROM change WHERE %s", is)), id);
}

static void
a_change_holds_the_old_and_the_new(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", "name=Old");
	support_begin(test, "Change");
	support_set(test, ENTITY_SITE, "S1", "name=New", "town=York", NULL);
	support_set(test, ENTITY_SITE, "S1", "town=", NULL);
	support_commit(test);
	assert_int_equal(support_number(test, "SELECT count(*) FROM change"), 3);
	assert_change(test, 1, "field = 'name' AND old = 'Old' AND new = 'New' AND record = 'S1' AND entity = 'site' "
		      "AND record_id = 1 AND entry_id = 2");
	assert_change(test, 2, "field = 'town' AND old IS NULL AND new = 'York'");
	assert_change(test, 3, "field = 'town' AND old = 'York' AND new IS NULL");
}

static void
another_spelling_of_the_same_is_no_change(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_ORGANISATION, "code=TRAFFORD", "name=Trafford Council");
	support_add_alone(test, ENTITY_SITE, "code=S1", "organisation=trafford council");
	assert_string_equal(support_value(test, ENTITY_SITE, "S1", "organisation"), "TRAFFORD");
	support_set_alone(test, ENTITY_SITE, "S1", "organisation=Trafford Council");
	support_set_alone(test, ENTITY_SITE, "S1", "survey_grade=");
	assert_int_equal(support_number(test, "SELECT count(*) FROM change"), 0);
}

static void
what_was_done_is_undone_and_done_again(void **state)
{
	struct support *test = *state;
	const char *states[4];

	states[0] = support_snapshot(test);
	support_begin(test, "Made");
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	support_add(test, ENTITY_SITE, "code=S2", "parent=S1", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C1", "site=S2", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C2", "site=S1", "recorder=C1", NULL);
	support_set(test, ENTITY_DEVICE, "C1", "recorder=C2", NULL);
	support_commit(test);
	states[1] = support_snapshot(test);
	support_begin(test, "Changed");
	support_set(test, ENTITY_DEVICE, "C1", "site=S1", "network=core", "notes=quote \" back\\slash\nline \xc3\xa9",
		    NULL);
	support_set(test, ENTITY_SITE, "S2", "code=S9", "parent=", NULL);
	support_commit(test);
	states[2] = support_snapshot(test);
	support_begin(test, "Both");
	support_set(test, ENTITY_SITE, "S9", "latitude=053.10", "uprn=001", NULL);
	support_add(test, ENTITY_DEADLINE, "site=S9", "target_on=2027-01-01", NULL);
	support_commit(test);
	states[3] = support_snapshot(test);
	for (int times = 0; times < 3; times++) {
		for (int i = 2; i >= 0; i--) {
			undo(test, 0);
			assert_string_equal(support_snapshot(test), states[i]);
		}
		for (int i = 1; i <= 3; i++) {
			redo(test, 0);
			assert_string_equal(support_snapshot(test), states[i]);
		}
	}
	support_must(test, store_check(test->session.store, &test->error));
	assert_int_equal(support_number(test, "SELECT count(*) FROM bin WHERE contents <> '-'"), 0);
	assert_int_equal(newest_entry(test), 3 + 3 * 6);
}

static void
an_undo_that_would_lose_later_work_is_refused_with_a_list(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", "name=a");
	support_set_alone(test, ENTITY_SITE, "S1", "name=b");
	support_set_alone(test, ENTITY_SITE, "S1", "name=c");
	support_set_alone(test, ENTITY_SITE, "S1", "town=York");
	assert_conflict(test, true, 2, "Site S1: name was changed since");
	assert_conflict(test, true, 1, "Site S1 was changed since");
	undo(test, 3);
	/* The town still stands, so the site may not go. */
	undo(test, 2);
	assert_conflict(test, true, 1, "Site S1 was changed since");
	undo(test, 4);
	undo(test, 1);
	assert_int_equal(support_number(test, "SELECT count(*) FROM site"), 0);
}

static void
an_undo_that_would_orphan_a_record_is_refused_with_a_list(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_DEVICE, "tag=C1", "site=S1");
	support_add_alone(test, ENTITY_DEADLINE, "device=C1", "target_on=2027-01-01");
	assert_conflict(test, true, 1, "Device C1 now belongs to a site that would go");
	assert_conflict(test, true, 2, "Deadline 1 now belongs to a device that would go");
	for (int64_t id = 3; id > 0; id--)
		undo(test, id);
}

static void
many_conflicts_are_counted_and_twenty_listed(void **state)
{
	struct support *test = *state;
	const char *conflicts;
	int lines = 0;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_begin(test, "Devices");
	for (int i = 0; i < 30; i++)
		support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=C%d", i), "site=S1", NULL);
	support_commit(test);
	assert_false(reverse(test, true, 1, &conflicts));
	for (const char *at = conflicts; *at != '\0'; at++)
		lines += *at == '\n';
	assert_int_equal(lines, 21);
	assert_non_null(strstr(conflicts, "and 10 more"));
	assert_non_null(strstr(test->error.message, "30 rows were changed"));
}

static void
what_cannot_come_back_is_told_in_a_sentence(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_ORGANISATION, "code=O1", NULL);
	support_add_alone(test, ENTITY_ORGANISATION, "code=O2", NULL);
	support_add_alone(test, ENTITY_SITE, "code=S1", "organisation=O1");
	support_set_alone(test, ENTITY_SITE, "S1", "organisation=O2");
	support_set_alone(test, ENTITY_SITE, "S1", "code=S2");
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	assert_conflict(test, true, 5, "another has its old code now");
	undo(test, 1);
	assert_conflict(test, true, 4, "no longer in the register");
	redo(test, 7);
	for (int64_t id = 6; id > 3; id--)
		undo(test, id);
	assert_string_equal(support_value(test, ENTITY_SITE, "S1", "organisation"), "O1");
}

static void
a_redo_after_the_key_was_taken_is_refused(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	undo(test, 1);
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	assert_conflict(test, false, 2, "same code was made since");
}

static void
an_entry_is_undone_once_and_an_undo_is_not_undone(void **state)
{
	struct support *test = *state;
	struct entry_id id;

	support_must(test, store_entry_undoable(test->session.store, &id, &test->error));
	assert_int_equal(id.value, 0);
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	undo(test, 1);
	assert_conflict(test, true, 1, "undone already");
	assert_conflict(test, true, 2, "itself an undo");
	redo(test, 2);
	assert_conflict(test, false, 2, "done again already");
	assert_conflict(test, false, 1, "not an undo");
	assert_false(reverse(test, true, 99, NULL));
	assert_int_equal(test->error.kind, ERROR_NOT_FOUND);
	support_set_alone(test, ENTITY_SITE, "S1", "name=x");
	undo(test, 0);
	support_set_alone(test, ENTITY_SITE, "S1", "name=y");
	support_must(test, store_entry_redoable(test->session.store, &id, &test->error));
	assert_int_equal(id.value, 0);
	assert_string_equal(support_find(test, ENTITY_ENTRY, "undone"), "2 4");
}

static void
an_id_is_never_used_again_after_an_undo(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_SITE, "code=S2", NULL);
	undo(test, 2);
	support_reopen(test);
	support_add_alone(test, ENTITY_SITE, "code=S3", NULL);
	assert_int_equal(support_number(test, "SELECT id FROM site WHERE code = 'S3'"), 3);
	undo(test, 0);
	support_add_alone(test, ENTITY_SITE, "code=S4", NULL);
	assert_int_equal(support_number(test, "SELECT id FROM site WHERE code = 'S4'"), 4);
}

static void
nothing_of_an_entry_that_fails_remains(void **state)
{
	struct support *test = *state;
	struct record *record;
	const char *before;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	before = support_snapshot(test);
	support_begin(test, "Fails");
	support_add(test, ENTITY_SITE, "code=S2", NULL);
	support_set(test, ENTITY_SITE, "S1", "name=x", NULL);
	record = record_new(&test->arena, ENTITY_SITE);
	record->values[SITE_code] = "S1";
	assert_false(store_insert(test->session.store, record, &test->error));
	assert_int_equal(test->error.kind, ERROR_CONFLICT);
	assert_non_null(strstr(test->error.message, "already has a site with the code 'S1'"));
	store_entry_rollback(test->session.store);
	assert_int_equal(store_entry_open(test->session.store).value, 0);
	assert_string_equal(support_snapshot(test), before);
	assert_int_equal(support_number(test, "SELECT count(*) FROM change"), 0);
	assert_int_equal(newest_entry(test), 1);
	store_entry_rollback(test->session.store);
}

static void
the_undo_of_a_large_import_leaves_the_register_as_it_was(void **state)
{
	enum { MANY = 6000 };
	struct support *test = *state;
	int64_t references[ENTITY_FIELDS_MAX] = { 0 };
	struct record *device = record_new(&test->arena, ENTITY_DEVICE);
	const char *before, *after;
	struct bulk *bulk;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	before = support_snapshot(test);
	support_begin(test, "Import");
	bulk = bulk_open(test->session.store, ENTITY_DEVICE, MANY, NULL, &test->error);
	support_must(test, bulk != NULL);
	references[DEVICE_site] = 1;
	for (int i = 0; i < MANY; i++) {
		device->values[DEVICE_tag] = arena_format(&test->arena, "T%d", i);
		support_must(test, bulk_insert(bulk, device->values, references, NULL, &test->error));
	}
	support_must(test, bulk_close(bulk, &test->error));
	support_set(test, ENTITY_SITE, "S1", "name=imported", NULL);
	support_commit(test);
	after = support_snapshot(test);
	assert_int_equal(support_number(test, "SELECT count(*) FROM change"), 1);
	undo(test, 0);
	assert_string_equal(support_snapshot(test), before);
	redo(test, 0);
	assert_string_equal(support_snapshot(test), after);
	support_must(test, store_check(test->session.store, &test->error));
}

/* The key of a record of the kind, any of them; "" when there is none. */
static const char *
any_key(struct support *test, enum entity_kind kind, struct chance *chance)
{
	const char *keys = support_find(test, kind, "");
	int64_t count = 1;

	for (const char *at = keys; *at != '\0'; at++)
		count += *at == ' ';
	for (uint32_t skip = chance_below(chance, (uint32_t)count); skip > 0; skip--)
		keys += strcspn(keys, " ") + 1;
	return arena_bytes(&test->arena, keys, strcspn(keys, " "));
}

/* A random thing inside the open entry. */
static void
act(struct support *test, struct chance *chance)
{
	struct arena *arena = &test->arena;
	const char *site = any_key(test, ENTITY_SITE, chance), *device = any_key(test, ENTITY_DEVICE, chance);
	unsigned number = (unsigned)chance_next(chance);

	if (*site == '\0' || chance_percent(chance, 20))
		support_add(test, ENTITY_SITE, arena_format(arena, "code=S%u", number), NULL);
	else if (*device == '\0' || chance_percent(chance, 25))
		support_add(test, ENTITY_DEVICE, arena_format(arena, "tag=C%u", number),
			    arena_format(arena, "site=%s", site), NULL);
	else if (chance_percent(chance, 40))
		support_set(test, ENTITY_SITE, site,
			    arena_format(arena, "%s=%u", chance_percent(chance, 50) ? "name" : "town", number % 3),
			    NULL);
	else if (chance_percent(chance, 50))
		support_set(test, ENTITY_DEVICE, device, arena_format(arena, "site=%s", site), NULL);
	else
		support_set(test, ENTITY_DEVICE, device,
			    arena_format(arena, "recorder=%s", any_key(test, ENTITY_DEVICE, chance)), NULL);
}

static void
act_alone(struct support *test, struct chance *chance)
{
	support_begin(test, "Something");
	for (int acts = chance_between(chance, 1, 3); acts > 0; acts--)
		act(test, chance);
	support_commit(test);
}

static void
a_random_walk_is_walked_back_and_forth(void **state)
{
	enum { STEPS = 40 };
	struct support *test = *state;
	struct chance chance = { 7 };
	const char *states[STEPS + 1];
	int at = 0;

	states[0] = support_snapshot(test);
	for (int i = 0; i < 6 * STEPS; i++) {
		if (at < STEPS && chance_percent(&chance, 55)) {
			act_alone(test, &chance);
			states[++at] = support_snapshot(test);
		} else if (at > 0) {
			undo(test, 0);
			assert_string_equal(support_snapshot(test), states[--at]);
			if (chance_percent(&chance, 40)) {
				redo(test, 0);
				assert_string_equal(support_snapshot(test), states[++at]);
			}
		}
	}
	support_must(test, store_check(test->session.store, &test->error));
}

/* Whichever entry is undone: refused without a trace, or undone so that doing it again gives the same register. */
static void
any_entry_is_refused_or_undone_so_that_it_can_be_done_again(void **state)
{
	struct support *test = *state;
	struct chance chance = { 11 };
	int undone = 0, refused = 0;

	for (int i = 0; i < 150; i++) {
		const char *before;
		int64_t id;

		if (i < 20 || chance_percent(&chance, 30))
			act_alone(test, &chance);
		before = support_snapshot(test);
		id = chance_between(&chance, 1, (int)newest_entry(test));
		if (!reverse(test, true, id, NULL)) {
			assert_int_equal(test->error.kind, ERROR_CONFLICT);
			assert_null(strstr(test->error.message, "SQLite"));
			assert_string_equal(support_snapshot(test), before);
			refused++;
			continue;
		}
		undone++;
		if (chance_percent(&chance, 70)) {
			redo(test, newest_entry(test));
			assert_string_equal(support_snapshot(test), before);
		}
	}
	assert_true(undone > 20 && refused > 20);
	support_must(test, store_check(test->session.store, &test->error));
}

static void
a_history_that_nobody_wrote_stops_no_program(void **state)
{
	static const char *const changes[] = {
		"UPDATE change SET entity = 'nothing'", "UPDATE change SET field = 'nothing'",
		"UPDATE change SET field = 'state'", "UPDATE change SET entity = 'entry', field = 'what'",
		"UPDATE change SET field = 'id'", "UPDATE change SET record_id = 99, record = NULL",
	};
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_set_alone(test, ENTITY_SITE, "S1", "name=x");
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		const char *copy = support_path(test, "copy");

		session_close(&test->session);
		remove(copy);
		support_sql(test->path, arena_format(&test->arena, "VACUUM INTO '%s'", copy));
		support_sql(copy, arena_format(&test->arena, "PRAGMA application_id = %d; %s", 0x74657272, changes[i]));
		test->session.path = copy;
		support_must(test, session_open(&test->session, STORE_WRITE, &test->error));
		assert_false(reverse(test, true, 2, NULL));
		test->session.path = test->path;
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(every_entry_says_who_when_where_and_in_what_order),
		register_test(a_change_holds_the_old_and_the_new),
		register_test(another_spelling_of_the_same_is_no_change),
		register_test(what_was_done_is_undone_and_done_again),
		register_test(an_undo_that_would_lose_later_work_is_refused_with_a_list),
		register_test(an_undo_that_would_orphan_a_record_is_refused_with_a_list),
		register_test(many_conflicts_are_counted_and_twenty_listed),
		register_test(what_cannot_come_back_is_told_in_a_sentence),
		register_test(a_redo_after_the_key_was_taken_is_refused),
		register_test(an_entry_is_undone_once_and_an_undo_is_not_undone),
		register_test(an_id_is_never_used_again_after_an_undo),
		register_test(nothing_of_an_entry_that_fails_remains),
		register_test(the_undo_of_a_large_import_leaves_the_register_as_it_was),
		register_test(a_random_walk_is_walked_back_and_forth),
		register_test(any_entry_is_refused_or_undone_so_that_it_can_be_done_again),
		register_test(a_history_that_nobody_wrote_stops_no_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
