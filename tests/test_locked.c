/* SPDX-License-Identifier: MIT */
/* Another program writes to the register, or a question is stopped half way: nothing false is said or kept. */
#include "tests/support.h"

#include <string.h>

#include "db/history.h"
#include "db/internal.h"
#include "db/kept.h"
#include "db/remember.h"
#include "db/sensitivity.h"
#include "db/setting.h"
#include "db/standing.h"

enum { STEPS = 400, WORD_SIZE = 3000 };

/* Another program writes, and nobody waits for it. */
static sqlite3 *
lock(struct support *test, const char *begin)
{
	sqlite3 *other;

	sqlite3_busy_handler(test->session.store->database, NULL, NULL);
	assert_int_equal(sqlite3_open(test->path, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, begin, NULL, NULL, NULL), SQLITE_OK);
	return other;
}

static void
unlock(sqlite3 *other)
{
	sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_close(other);
}

/* Stops what runs once, after so many steps of SQLite's machine. */
static int
stop_once(void *context)
{
	int *left = context;

	return *left > 0 && --*left == 0;
}

/* The word that SQL gives; NULL when it fails. */
static const char *
ask(struct support *test, const char *sql)
{
	sqlite3_stmt *statement;
	const char *word = NULL;

	assert_int_equal(sqlite3_prepare_v2(test->session.store->database, sql, -1, &statement, NULL), SQLITE_OK);
	if (sqlite3_step(statement) == SQLITE_ROW)
		word = arena_text(&test->arena, (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	return word;
}

/* Wherever it is stopped, SQL gives the word or fails; what was read is forgotten before. */
static void
is_that_or_fails(struct support *test, const char *sql, const char *expected)
{
	sqlite3 *database = test->session.store->database;
	int failures = 0, left;

	for (int steps = 0; steps < STEPS; steps++) {
		const char *word;

		left = steps;
		settings_forget(test->session.store);
		sqlite3_progress_handler(database, 1, stop_once, &left);
		word = ask(test, sql);
		sqlite3_progress_handler(database, 0, NULL, NULL);
		if (word == NULL)
			failures++;
		else
			assert_string_equal(word, expected);
	}
	assert_in_range(failures, 1, STEPS - 2);
}

static struct record_id
add_deadline(struct support *test)
{
	struct record_id id;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_begin(test, "set");
	id = support_add(test, ENTITY_DEADLINE, "site=S1", "kind=remove", "target_on=2027-01-01", NULL);
	support_commit(test);
	return id;
}

static bool
count_open(struct support *test, int64_t *rows)
{
	int64_t things;

	test->error = (struct error){ 0 };
	return remember_count(test->session.store, ENTITY_DEADLINE, "done_on:", test->session.today, rows, &things,
			      &test->error);
}

static void
a_record_that_cannot_be_read_now_is_not_gone(void **state)
{
	struct support *test = *state;
	struct record_id id = add_deadline(test);
	const struct filter *filter = filter_parse(&test->arena, &entities[ENTITY_DEADLINE], "done_on:",
						   test->session.today, &test->error);
	sqlite3 *other = lock(test, "BEGIN EXCLUSIVE");
	bool holds;

	assert_false(query_holds(test->session.store, id, &filter, 1, test->session.today, &holds, &test->error));
	assert_int_equal(test->error.kind, ERROR_CONFLICT);
	unlock(other);
	support_must(test, query_holds(test->session.store, id, &filter, 1, test->session.today, &holds, &test->error));
	assert_true(holds);
	id.value++;
	assert_false(query_holds(test->session.store, id, &filter, 1, test->session.today, &holds, &test->error));
	assert_int_equal(test->error.kind, ERROR_NOT_FOUND);
}

static void
a_count_that_cannot_be_taken_now_is_taken_later(void **state)
{
	struct support *test = *state;
	sqlite3 *other;
	int64_t rows;

	add_deadline(test);
	support_must(test, count_open(test, &rows));
	support_set_alone(test, ENTITY_DEADLINE, "1", "owner=Jo");
	other = lock(test, "BEGIN EXCLUSIVE");
	assert_false(count_open(test, &rows));
	unlock(other);
	support_must(test, count_open(test, &rows));
	assert_int_equal(rows, 1);
}

static void
a_deadline_that_is_gone_is_counted_no_more_and_no_error(void **state)
{
	struct support *test = *state;
	int64_t rows;

	add_deadline(test);
	support_must(test, count_open(test, &rows));
	assert_int_equal(rows, 1);
	sqlite3_exec(test->session.store->database, "DELETE FROM deadline", NULL, NULL, NULL);
	support_must(test, count_open(test, &rows));
	assert_int_equal(rows, 0);
	assert_int_equal(test->error.kind, ERROR_NONE);
}

static void
a_setting_that_cannot_be_read_now_is_read_later(void **state)
{
	static const char in_scope[] = "SELECT kind_in_scope('access control')";
	struct support *test = *state;
	struct store *store = test->session.store;
	sqlite3 *other;

	support_set_alone(test, ENTITY_SETTING, "wider_scope", "value=access control");
	other = lock(test, "BEGIN EXCLUSIVE");
	assert_string_equal(store_setting(store, "wider_scope"), "");
	assert_null(ask(test, "SELECT setting('wider_scope')"));
	assert_null(ask(test, in_scope));
	unlock(other);
	assert_string_equal(store_setting(store, "wider_scope"), "access control");
	is_that_or_fails(test, "SELECT setting('wider_scope')", "access control");
	is_that_or_fails(test, in_scope, "1");
	assert_string_equal(ask(test, "SELECT setting('no such setting')"), "");
}

static void
who_companies_are_is_never_said_by_halves(void **state)
{
	struct support *test = *state;

	support_begin(test, "add");
	support_add(test, ENTITY_MANUFACTURER, "name=Maker", "covered=yes", "basis=x", "decided_by=A",
		    "decided_on=2026-01-01", "effective_on=2026-06-01", NULL);
	support_add(test, ENTITY_MANUFACTURER_NAME, "name=Label", "manufacturer=Maker", NULL);
	support_commit(test);
	is_that_or_fails(test, "SELECT one_company('Maker', 'Label', 'Maker', '2026-06-01')", "covered");
	is_that_or_fails(test, "SELECT one_company('Maker', 'Label', 'Maker', '2026-05-31')", "yes");
}

static void
a_circle_of_sites_is_refused_in_words_wherever_it_is_stopped(void **state)
{
	struct support *test = *state;
	sqlite3 *database = test->session.store->database;
	int left;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_SITE, "code=S2", "parent=S1");
	sqlite3_exec(database, "UPDATE site SET parent_id = 2 WHERE id = 1", NULL, NULL, NULL);
	for (int steps = 0; steps < STEPS; steps++) {
		left = steps;
		test->error = (struct error){ 0 };
		sqlite3_progress_handler(database, 1, stop_once, &left);
		assert_false(sensitivity_check_parents(test->session.store, 1, &test->error));
		assert_int_not_equal(test->error.kind, ERROR_NONE);
	}
	sqlite3_progress_handler(database, 0, NULL, NULL);
	assert_int_equal(test->error.kind, ERROR_CONFLICT);
}

static void
a_check_of_the_sums_that_is_stopped_says_so(void **state)
{
	struct support *test = *state;
	sqlite3 *database = test->session.store->database;
	int left;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	for (int steps = 1; steps < STEPS / 4; steps++) {
		left = steps;
		sqlite3_progress_handler(database, 1, stop_once, &left);
		assert_false(standing_check(test->session.store, test->session.today, &test->error));
		sqlite3_progress_handler(database, 0, NULL, NULL);
		assert_int_equal(test->error.kind, ERROR_CANCELLED);
		assert_false(test->session.store->shadowed);
	}
	support_must(test, standing_check(test->session.store, test->session.today, &test->error));
}

/* What is kept was lost while another program writes: it is worked out for this connection alone. */
static void
shadow(struct support *test)
{
	sqlite3 *other;

	support_sql(test->path, "DELETE FROM standing");
	other = lock(test, "BEGIN IMMEDIATE");
	support_must(test, standing_prepare(test->session.store, test->session.today, &test->error));
	unlock(other);
	assert_true(test->session.store->shadowed);
}

/* Another program opens the register, adds sites and goes. */
static void
add_elsewhere(struct support *test, const char *first, const char *second)
{
	struct session mine = test->session;

	test->session.store = NULL;
	support_must(test, session_open(&test->session, STORE_WRITE, &test->error));
	if (first != NULL)
		support_add_alone(test, ENTITY_SITE, first, NULL);
	if (second != NULL)
		support_add_alone(test, ENTITY_SITE, second, NULL);
	session_close(&test->session);
	test->session = mine;
}

static int64_t
kept_sites(struct support *test)
{
	int64_t rows, things;
	bool is_kept;

	support_must(test, standing_figure(test->session.store, ENTITY_SITE, "sensitive:\"not assessed\"",
					   test->session.today, &rows, &things, &is_kept, &test->error));
	return is_kept ? rows : -1;
}

static void
sums_of_ones_own_follow_what_another_program_changes(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	shadow(test);
	assert_int_equal(kept_sites(test), 1);
	add_elsewhere(test, "code=S2", "code=S3");
	assert_int_equal(kept_sites(test), 3);
	assert_value(test, ENTITY_SITE, "S3", "sensitive", "not assessed");
	assert_false(test->session.store->shadowed);
	support_add_alone(test, ENTITY_SITE, "code=S4", NULL);
	support_must(test, standing_check(test->session.store, test->session.today, &test->error));
}

/* Nor are they lost while what they follow is still being written. */
static void
sums_of_ones_own_follow_as_soon_as_they_can(void **state)
{
	struct support *test = *state;
	sqlite3 *other;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	shadow(test);
	add_elsewhere(test, "code=S2", NULL);
	support_sql(test->path, "DELETE FROM standing");
	other = lock(test, "BEGIN IMMEDIATE");
	assert_int_equal(kept_sites(test), 2);
	assert_true(test->session.store->shadowed);
	unlock(other);
	support_add_alone(test, ENTITY_SITE, "code=S3", NULL);
	assert_false(test->session.store->shadowed);
	assert_int_equal(kept_sites(test), 3);
	support_must(test, standing_check(test->session.store, test->session.today, &test->error));
}

static void
an_entry_that_is_given_up_leaves_sums_of_ones_own(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	shadow(test);
	support_begin(test, "add");
	support_add(test, ENTITY_SITE, "code=S2", NULL);
	support_must(test, standing_refresh(test->session.store, &test->error));
	store_entry_rollback(test->session.store);
	assert_true(test->session.store->shadowed);
	add_elsewhere(test, NULL, NULL);
	support_add_alone(test, ENTITY_SITE, "code=S2", NULL);
	support_add_alone(test, ENTITY_SITE, "code=S3", NULL);
	assert_int_equal(kept_sites(test), 3);
	support_reopen(test);
	assert_int_equal(kept_sites(test), 3);
	support_must(test, standing_check(test->session.store, test->session.today, &test->error));
}

/* Rows that are alike for longer than anybody would think are still two. */
static void
long_words_do_not_share_a_verdict(void **state)
{
	struct support *test = *state;
	struct kept *kept = kept_new(&test->error);
	const char *values[KEPT_ELEMENTS_MAX];
	char word[WORD_SIZE];
	const short *verdict;
	size_t place;

	support_must(test, kept != NULL);
	memset(word, 'x', sizeof word - 1);
	word[sizeof word - 1] = '\0';
	values[0] = word;
	for (int i = 1; i < kept->devices.count; i++)
		values[i] = "0";
	verdict = kept_judge_row(kept, &kept->devices, values);
	place = (size_t)(verdict - kept->devices.verdicts);
	assert_ptr_equal(kept_judge_row(kept, &kept->devices, values), kept->devices.verdicts + place);
	for (int i = 1; i < kept->devices.count; i++)
		values[i] = "1";
	assert_ptr_not_equal(kept_judge_row(kept, &kept->devices, values), kept->devices.verdicts + place);
	kept_free(kept);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(a_record_that_cannot_be_read_now_is_not_gone),
		register_test(a_count_that_cannot_be_taken_now_is_taken_later),
		register_test(a_deadline_that_is_gone_is_counted_no_more_and_no_error),
		register_test(a_setting_that_cannot_be_read_now_is_read_later),
		register_test(who_companies_are_is_never_said_by_halves),
		register_test(a_circle_of_sites_is_refused_in_words_wherever_it_is_stopped),
		register_test(a_check_of_the_sums_that_is_stopped_says_so),
		register_test(sums_of_ones_own_follow_what_another_program_changes),
		register_test(sums_of_ones_own_follow_as_soon_as_they_can),
		register_test(an_entry_that_is_given_up_leaves_sums_of_ones_own),
		register_test(long_words_do_not_share_a_verdict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
