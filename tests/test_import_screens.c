/* SPDX-License-Identifier: MIT */
/* The parts of the import's screens one by one: completing a path, rows in memory, what was found, the keys. */
#include <fcntl.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/screen_memory.h"
#include "tui/grid.h"
#include "tui/import_found.h"
#include "tui/import_words.h"
#include "tui/mend.h"
#include "tui/path_line.h"

/* A folder with a few names that begin alike. */
struct folder {
	char path[64];
};

static void
make_file(const struct folder *folder, const char *name, bool is_folder)
{
	char path[128];
	int file;

	snprintf(path, sizeof path, "%s/%s", folder->path, name);
	if (is_folder) {
		assert_int_equal(mkdir(path, 0700), 0);
		return;
	}
	file = open(path, O_CREAT | O_WRONLY, 0600);
	assert_true(file >= 0);
	close(file);
}

static const char *const names[] = { "cameras 2024.csv", "cameras 2025.csv", ".hidden", "caf\303\251.csv",
				     "caf\303\250.csv" };

static int
make_folder(void **state)
{
	static struct folder folder;

	snprintf(folder.path, sizeof folder.path, "/tmp/paths-XXXXXX");
	assert_non_null(mkdtemp(folder.path));
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		make_file(&folder, names[i], false);
	make_file(&folder, "sent", true);
	*state = &folder;
	return 0;
}

static int
remove_folder(void **state)
{
	const struct folder *folder = *state;
	char path[128];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", folder->path, names[i]);
		unlink(path);
	}
	snprintf(path, sizeof path, "%s/sent", folder->path);
	rmdir(path);
	return rmdir(folder->path);
}

/*
 * Completes what is typed in the folder and compares what stands on the line behind the folder, and the names that fit.
 */
static void
check_completion(const struct folder *folder, const char *typed, const char *path, const char *fitting)
{
	struct text line = { 0 }, completed = { 0 }, found = { 0 };

	text_format(&line, "%s/%s", folder->path, typed);
	path_line_complete(text_words(&line), &completed, &found);
	assert_string_equal(text_words(&completed) + strlen(folder->path) + 1, path);
	assert_string_equal(text_words(&found), fitting);
	text_free(&line);
	text_free(&completed);
	text_free(&found);
}

static void
a_path_is_completed_as_far_as_all_that_fit_agree(void **state)
{
	check_completion(*state, "cam", "cameras 202", "cameras 2024.csv\ncameras 2025.csv\n");
	check_completion(*state, "cameras 2024", "cameras 2024.csv", "cameras 2024.csv\n");
	check_completion(*state, "nothing", "nothing", "");
}

static void
a_folder_is_completed_with_its_slash_and_hidden_names_only_when_asked_for(void **state)
{
	check_completion(*state, "se", "sent/", "sent/\n");
	check_completion(*state, "", "",
			 "caf\303\250.csv\ncaf\303\251.csv\ncameras 2024.csv\ncameras 2025.csv\nsent/\n");
	check_completion(*state, ".h", ".hidden", ".hidden\n");
}

/* The two differ in the second byte of one character. */
static void
a_path_is_never_cut_inside_a_character(void **state)
{
	check_completion(*state, "caf", "caf", "caf\303\250.csv\ncaf\303\251.csv\n");
}

static const char *
number_cell(const void *context, size_t row, size_t column, struct text *room)
{
	(void)context;
	text_format(room, "%zu-%zu", row, column);
	return text_words(room);
}

static void
the_cursor_of_a_grid_never_leaves_its_rows(void **state)
{
	static const char *const titles[] = { "A", "B", NULL };
	struct grid grid = { .titles = titles, .cell = number_cell, .count = 30 };
	static const enum action_id actions_taken[] = { ACTION_UP,        ACTION_LAST,     ACTION_DOWN,
							ACTION_PAGE_DOWN, ACTION_PAGE_UP,  ACTION_FIRST,
							ACTION_PAGE_DOWN, ACTION_PAGE_DOWN };
	static const size_t cursors[] = { 0, 29, 29, 29, 21, 0, 8, 16 };

	(void)state;
	memory_screen_resize(10, 40);
	for (size_t i = 0; i < sizeof cursors / sizeof cursors[0]; i++) {
		grid_draw(&grid, (struct area){ 0, 0, 10, 40 });
		assert_true(grid_act(&grid, actions_taken[i]));
		assert_int_equal(grid.cursor, cursors[i]);
		assert_true(grid.top <= grid.cursor || i == 4 || i == 5);
	}
	assert_false(grid_act(&grid, ACTION_OPEN));
	grid = (struct grid){ .titles = titles, .cell = number_cell };
	grid_draw(&grid, (struct area){ 0, 0, 10, 40 });
	assert_true(grid_act(&grid, ACTION_DOWN) && grid_act(&grid, ACTION_LAST));
	assert_int_equal(grid.cursor, 0);
}

static void
a_grid_says_which_of_its_rows_the_cursor_is_on(void **state)
{
	struct grid grid = { .count = 12345, .cursor = 1233 };
	struct text words = { 0 };

	(void)state;
	grid_append_position(&grid, &words);
	assert_string_equal(text_words(&words), "1,234 of 12,345");
	text_clear(&words);
	grid_append_position(&(struct grid){ 0 }, &words);
	assert_string_equal(text_words(&words), "");
	text_free(&words);
}

static void
tell_rows(const struct import_listener *listener, enum import_outcome outcome, int64_t first, int64_t count)
{
	for (int64_t row = first; row < first + count; row++) {
		char key[32];

		snprintf(key, sizeof key, "CAM-%d", (int)row);
		listener->tell(listener->context,
			       &(struct import_detail){ .outcome = outcome, .row = row, .key = key });
	}
}

static void
what_is_found_is_kept_up_to_a_bound_and_all_of_it_counted(void **state)
{
	struct import_found found = { 0 };
	struct import_listener listener = import_found_listener(&found);

	(void)state;
	tell_rows(&listener, IMPORT_NEW, 1, PREVIEW_ROWS_MAX + 5);
	tell_rows(&listener, IMPORT_SAME, 1, 2);
	assert_int_equal(found.lists[IMPORT_NEW].count, PREVIEW_ROWS_MAX);
	assert_int_equal(found.lists[IMPORT_NEW].told, PREVIEW_ROWS_MAX + 5);
	assert_string_equal(found.lists[IMPORT_NEW].details[41].key, "CAM-42");
	assert_int_equal(found.lists[IMPORT_SAME].count, 2);
	import_found_free(&found);
}

static void
a_row_that_is_refused_in_the_end_is_nothing_else(void **state)
{
	struct import_refusal refusals[] = { { .row = 3, .reason = "two rows say otherwise" },
					     { .row = 2, .reason = "and this one" } };
	struct import_summary summary = { .refused = 2, .refusals = refusals };
	struct import_found found = { 0 };
	struct import_listener listener = import_found_listener(&found);

	(void)state;
	tell_rows(&listener, IMPORT_NEW, 1, 3);
	tell_rows(&listener, IMPORT_REFUSED, 3, 1);
	import_found_settle(&found, &summary);
	assert_int_equal(found.lists[IMPORT_NEW].count, 1);
	assert_int_equal(found.lists[IMPORT_NEW].told, 1);
	assert_int_equal(found.lists[IMPORT_NEW].details[0].row, 1);
	assert_int_equal(found.lists[IMPORT_REFUSED].count, 2);
	assert_string_equal(found.lists[IMPORT_REFUSED].details[0].reason, "two rows say otherwise");
	import_found_free(&found);
}

static void
an_import_that_begins_again_forgets_what_it_told(void **state)
{
	struct import_found found = { 0 };
	struct import_listener listener = import_found_listener(&found);

	(void)state;
	tell_rows(&listener, IMPORT_NEW, 1, 3);
	listener.forget(listener.context);
	tell_rows(&listener, IMPORT_NEW, 1, 2);
	assert_int_equal(found.lists[IMPORT_NEW].count, 2);
	assert_int_equal(found.lists[IMPORT_NEW].told, 2);
	assert_string_equal(found.lists[IMPORT_NEW].details[1].key, "CAM-2");
	import_found_free(&found);
}

static void
sentences_about_options_name_the_keys(void **state)
{
	static const struct { const char *sentence; enum place place; const char *words; } rows[] = {
		{ "no site has that code (import the sites first, or allow it with --create site)", PLACE_LOOK,
		  "no site has that code (import the sites first, or allow it with the key c)" },
		{ "or allow it with --create site).", PLACE_MEND, "or allow it with F2, which asks)." },
		{ "keep them in the notes (--unknown notes), or leave them out (--unknown leave).", PLACE_LOOK,
		  "keep them in the notes (the key u), or leave them out (the key u)." },
		{ "Say it in a mapping file (--map FILE, with lines such as Heading = field), or not.", PLACE_LOOK,
		  "Say it with Enter on the column, or not." },
		{ "import again with --dates 'Install date=month'.", PLACE_LOOK,
		  "import again with Enter on the column." },
		{ "and --all-or-nothing takes all of them or none.", PLACE_LOOK,
		  "and the key o takes all of them or none." },
		{ "--sheet 9 is no sheet of the file.", PLACE_LOOK, "'9' is no sheet of the file." },
		{ "--", PLACE_LOOK, "--" },
		{ "a -- b --zzz c", PLACE_LOOK, "a -- b --zzz c" },
		{ "", PLACE_LOOK, "" },
	};
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(import_words(&arena, rows[i].sentence, rows[i].place), rows[i].words);
	arena_free(&arena);
}

static void
each_wrong_cell_has_its_own_part_of_the_reason(void **state)
{
	struct refusal_cell cells[] = { { "Tag", "X", "tag", false },
					{ "Date", "x", "installed_on", true },
					{ "MAC", "y", "mac", true } };
	struct mend mend = {
		.row = { .reason = "installed_on: no such day; mac: too short", .cells = cells, .count = 3 }
	};
	struct arena arena = { 0 };

	(void)state;
	assert_null(mend_mistake(&arena, &mend, 0));
	assert_string_equal(mend_mistake(&arena, &mend, 1), "no such day");
	assert_string_equal(mend_mistake(&arena, &mend, 2), "too short");
	mend.row.reason = "no site has that code";
	assert_string_equal(mend_mistake(&arena, &mend, 1), "no site has that code");
	mend.row.reason = "the date tag: and the rest";
	assert_null(mend_mistake(&arena, &mend, 0));
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_path_is_completed_as_far_as_all_that_fit_agree, make_folder,
						remove_folder),
		cmocka_unit_test_setup_teardown(
			a_folder_is_completed_with_its_slash_and_hidden_names_only_when_asked_for, make_folder,
			remove_folder),
		cmocka_unit_test_setup_teardown(a_path_is_never_cut_inside_a_character, make_folder, remove_folder),
		cmocka_unit_test(the_cursor_of_a_grid_never_leaves_its_rows),
		cmocka_unit_test(a_grid_says_which_of_its_rows_the_cursor_is_on),
		cmocka_unit_test(what_is_found_is_kept_up_to_a_bound_and_all_of_it_counted),
		cmocka_unit_test(a_row_that_is_refused_in_the_end_is_nothing_else),
		cmocka_unit_test(an_import_that_begins_again_forgets_what_it_told),
		cmocka_unit_test(sentences_about_options_name_the_keys),
		cmocka_unit_test(each_wrong_cell_has_its_own_part_of_the_reason),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
