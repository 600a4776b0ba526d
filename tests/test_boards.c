/* SPDX-License-Identifier: MIT */
/* The boards of numbers (Today, Findings, Figures) and the line of tabs. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "commands/figures.h"
#include "commands/record.h"
#include "tests/screen_memory.h"
#include "tests/screen_register.h"
#include "tui/app.h"
#include "tui/findings.h"
#include "tui/tabs.h"

static const char *register_path = "build/boards.terrier";
static const char *shared_path = "build/boards-shared.terrier";	/* that two programs change */

static void
add_site(struct session *session, const char *code)
{
	struct arena arena = { 0 };
	struct text said = { 0 };
	struct error error = { 0 };
	struct record *record = record_new(&arena, ENTITY_SITE);

	if (!record_assign(record, arena_format(&arena, "code=%s", code), &arena, &error) ||
	    !record_assign(record, "name=Another", &arena, &error) ||
	    !record_assign(record, "organisation=DFE", &arena, &error) ||
	    !record_save(session, NULL, record, "for the tests", &said, &error))
		fail_msg("%s", error.message);
	text_free(&said);
	arena_free(&arena);
}

static void
every_rule_opens_as_many_findings_as_it_counts(void **state)
{
	struct session session;
	struct error error = { 0 };
	struct board board;
	bool done = false;

	(void)state;
	screen_register_open(&session, register_path);
	findings_fill(&board);
	while (!done)
		if (!board_count(&board, &session, &done, &error))
			fail_msg("%s", error.message);
	assert_true(board_value(&board, "R2") > 0);
	for (size_t i = 0; i < board.count; i++) {
		const struct board_number *number = &board.rows[i].number;
		struct list list = { 0 };

		if (number->figure.id == NULL)
			continue;
		if (!list_open(&list, &session, browse_view(number->figure.entity), &error) ||
		    !list_filter(&list, &session, number->figure.filter, &error) ||
		    !list_refresh(&list, &session, &error) || !list_count(&list, &session, &done, &error))
			fail_msg("%s: %s", number->figure.id, error.message);
		if (list.count != number->value)
			fail_msg("%s is %d but opens %d rows", number->figure.id, (int)number->value, (int)list.count);
		list_close(&list);
	}
	board_free(&board);
	session_close(&session);
}

static void
a_number_stays_until_it_is_counted_again(void **state)
{
	struct session session;
	struct error error = { 0 };
	struct board board = { .title = "One" };
	bool done;

	(void)state;
	screen_register_open(&session, register_path);
	board_add_figure(&board, figure_named("sites"), "Sites", true);
	assert_int_equal(board_value(&board, "sites"), -1);
	assert_true(board_count(&board, &session, &done, &error) && !done);
	assert_int_equal(board_value(&board, "sites"), 5);
	board_invalidate(&board);
	assert_int_equal(board_value(&board, "sites"), 5);
	assert_true(board_count(&board, &session, &done, &error) && !done);
	assert_true(board_count(&board, &session, &done, &error) && done);
	board_free(&board);
	session_close(&session);
}

static void
what_another_program_changed_is_told_once(void **state)
{
	struct session session, other;

	(void)state;
	screen_register_open(&session, shared_path);
	screen_register_open(&other, shared_path);
	assert_false(store_changed_outside(session.store));
	add_site(&session, "OUT-01");
	assert_false(store_changed_outside(session.store));
	add_site(&other, "OUT-02");
	assert_true(store_changed_outside(session.store));
	assert_false(store_changed_outside(session.store));
	session_close(&other);
	session_close(&session);
}

/* Presses keys, none for a while where a _ stands, and lets another program add a site where a + does. */
struct two_programs {
	const char *keys;
	struct session *other;
	int added;
};

static int
key_of_two_programs(void *context)
{
	struct two_programs *programs = context;
	struct arena arena = { 0 };

	while (*programs->keys == '+') {
		add_site(programs->other, arena_format(&arena, "MORE-%d", ++programs->added));
		programs->keys++;
	}
	arena_free(&arena);
	if (*programs->keys == '\0')
		return KEY_CLOSED;
	return *programs->keys == '_' ? (programs->keys++, MEMORY_SILENCE) : (unsigned char)*programs->keys++;
}

/* The number under the cursor. */
static int
number_seen(void)
{
	const char *at = strstr(memory_screen_text(), "\n>");
	int number = -1;

	if (at == NULL || sscanf(at + 2, "%d", &number) != 1)
		fail_msg("no number under the cursor in\n%s", memory_screen_text());
	return number;
}

static void
a_board_shows_what_another_program_changed(void **state)
{
	/* Figures is open all the time; then it is left, and shown again; then nobody presses a key. */
	static const char *const ways[] = { "3+gg", "3gg4+33", "3g+_" };
	struct error error = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		struct session session, other;
		struct two_programs programs = { ways[i], &other, (int)i * 10 };
		int64_t before;

		screen_register_open(&session, shared_path);
		screen_register_open(&other, shared_path);
		assert_true(figure_value(&session, figure_named("sites"), &before, &error));
		memory_screen_resize(100, 120);
		memory_screen_generate(key_of_two_programs, &programs);
		assert_true(app_run(&session, &error));
		assert_int_equal(number_seen(), before + 1);
		memory_screen_free();
		session_close(&other);
		session_close(&session);
	}
}

static void
the_cursor_of_a_board_skips_what_is_not_shown(void **state)
{
	static const char *const ids[] = { "sites", "devices", "sensitive_sites", "reviews_due" };
	struct board board = { .title = "Four" };

	(void)state;
	for (int i = 0; i < 4; i++)
		board_add_figure(&board, figure_named(ids[i]), "", i % 2 == 1);
	board_show(&board, ids[0], false);
	assert_string_equal(board_current(&board)->number.figure.id, ids[1]);
	board_move(&board, 1);
	assert_string_equal(board_current(&board)->number.figure.id, ids[3]);
	board_move(&board, 100);
	assert_string_equal(board_current(&board)->number.figure.id, ids[3]);
	board_move(&board, -100);
	assert_string_equal(board_current(&board)->number.figure.id, ids[1]);
	board_free(&board);
}

static void
a_list_of_findings_knows_its_rule(void **state)
{
	(void)state;
	assert_string_equal(findings_rule_of_filter("finding:R2")->id, "R2");
	assert_string_equal(findings_rule_of_filter("site:york answered:r1 kind:camera")->id, "R1");
	assert_null(findings_rule_of_filter("site:york"));
	assert_null(findings_rule_of_filter("finding:"));
	assert_null(findings_rule_of_filter("finding:a-name-that-is-far-too-long-for-a-rule"));
}

/* The line of tabs at every width and with every tab open: the open one is there with its whole title. */
static void
the_open_tab_is_always_seen(void **state)
{
	static const char *const titles[] = { "Today",         "Findings",      "Figures",   "Sites",
					      "Devices",       "Manufacturers", "Contracts", "Deadlines",
					      "Organisations", "Sources",       "History",   "Manufacturer names" };
	struct board boards[12] = { 0 };
	struct tab tabs[12] = { 0 };
	struct app app = { .tabs = tabs, .tab_count = 12 };

	(void)state;
	for (size_t i = 0; i < 12; i++) {
		boards[i].title = titles[i];
		tabs[i].board = &boards[i];
	}
	for (int columns = 44; columns <= 200; columns++)
		for (app.current = 0; app.current < 12; app.current++) {
			struct text line = { 0 };

			memory_screen_resize(1, columns);
			tabs_draw(&app, columns);
			memory_screen_row(0, &line);
			if (strstr(text_words(&line), titles[app.current]) == NULL ||
			    strchr(text_words(&line), ']') == NULL)
				fail_msg("at %d columns '%s' is not seen in '%s'", columns, titles[app.current],
					 text_words(&line));
			text_free(&line);
		}
	memory_screen_free();
}

static int
make_register(void **state)
{
	struct session session;

	(void)state;
	screen_register_make(&session, register_path, REGISTER_FULL);
	session_close(&session);
	screen_register_make(&session, shared_path, REGISTER_FULL);
	session_close(&session);
	return 0;
}

int
main(int argc, char *argv[])
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_rule_opens_as_many_findings_as_it_counts),
		cmocka_unit_test(a_number_stays_until_it_is_counted_again),
		cmocka_unit_test(what_another_program_changed_is_told_once),
		cmocka_unit_test(a_board_shows_what_another_program_changed),
		cmocka_unit_test(the_cursor_of_a_board_skips_what_is_not_shown),
		cmocka_unit_test(a_list_of_findings_knows_its_rule),
		cmocka_unit_test(the_open_tab_is_always_seen),
	};
	struct arena arena = { 0 };
	int failed;

	setlocale(LC_CTYPE, "C.UTF-8");
	if (argc > 1) {
		register_path = arena_format(&arena, "%s/boards.terrier", argv[1]);
		shared_path = arena_format(&arena, "%s/boards-shared.terrier", argv[1]);
	}
	failed = cmocka_run_group_tests(tests, make_register, NULL);
	arena_free(&arena);
	return failed;
}
