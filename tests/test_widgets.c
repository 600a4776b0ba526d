/* SPDX-License-Identifier: MIT */
/* The parts of the screens one by one: keys, the line editor, wrapping, the selection, the list, the tables. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "commands/figures.h"
#include "tests/screen_memory.h"
#include "tests/screen_register.h"
#include "tui/actions.h"
#include "tui/edit.h"
#include "tui/keys.h"
#include "tui/list.h"
#include "tui/run.h"
#include "tui/type_ahead.h"
#include "tui/work.h"
#include "tui/wrap.h"

static const char *register_path = "build/widgets.terrier";

static void
a_key_is_found_by_the_name_that_it_has(void **state)
{
	static const int keys[] = { 'q', '?', KEY_RETURN, KEY_ESCAPE, KEY_SPACE, KEY_PAGE_DOWN, KEY_CONTROL('R'),
				    KEY_FUNCTION + 1, KEY_FUNCTION + 12, 0xe9, 0x65e5, 0x1f600 };
	char name[KEY_NAME_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		assert_int_equal(key_named(key_name(keys[i], name)), keys[i]);
	assert_int_equal(key_named("^R"), KEY_CONTROL('R'));
	assert_int_equal(key_named("no such key"), 0);
}

static void
press(struct edit *edit, const char *keys)
{
	for (size_t size; *keys != '\0'; keys += size)
		edit_key(edit, text_decode(keys, strlen(keys), &size), false);
}

static void
the_line_moves_and_deletes_whole_characters(void **state)
{
	struct edit edit = { 0 };

	(void)state;
	press(&edit, "a\346\227\245e\314\201z");	/* a, a wide one, an e with an accent of its own, z */
	edit_key(&edit, KEY_LEFT_ARROW, false);
	edit_key(&edit, KEY_RUBOUT, false);
	assert_string_equal(edit_words(&edit), "a\346\227\245z");
	edit_key(&edit, KEY_LEFT_ARROW, false);
	edit_key(&edit, KEY_DELETE, false);
	assert_string_equal(edit_words(&edit), "az");
	edit_key(&edit, KEY_FIRST, false);
	edit_key(&edit, KEY_RUBOUT, false);
	press(&edit, "\303\251");
	assert_string_equal(edit_words(&edit), "\303\251az");
	edit_key(&edit, KEY_LAST, false);
	edit_key(&edit, KEY_DELETE, false);
	edit_key(&edit, KEY_CONTROL('W'), false);
	assert_string_equal(edit_words(&edit), "");
	edit_free(&edit);
}

static void
what_is_offered_gives_way_to_what_is_typed(void **state)
{
	struct edit edit = { 0 };

	(void)state;
	edit_set(&edit, "root");
	edit.offered = true;
	press(&edit, "Ada");
	assert_string_equal(edit_words(&edit), "Ada");
	edit_set(&edit, "root");
	edit.offered = true;
	edit_key(&edit, KEY_OTHER, false);
	press(&edit, "Ada");
	assert_string_equal(edit_words(&edit), "Ada");
	/* But not once the person has begun to change it. */
	edit.offered = true;
	edit_key(&edit, KEY_RUBOUT, false);
	press(&edit, "m");
	assert_string_equal(edit_words(&edit), "Adm");
	edit_free(&edit);
}

/* What is chosen when the words are typed in a field of such words that holds `current`. */
static const char *
chosen_by_typing(const struct choice *choices, const char *current, const char *words)
{
	struct text typed = { 0 };

	for (; *words != '\0'; words++) {
		const struct choice *found = type_ahead(choices, &typed, current, *words == ' ' ? KEY_SPACE : *words);

		current = found != NULL ? found->name : current;
	}
	text_free(&typed);
	return current;
}

static void
a_word_is_chosen_by_typing_it(void **state)
{
	(void)state;
	assert_string_equal(chosen_by_typing(device_kinds, "unknown", "camera"), "camera");
	assert_string_equal(chosen_by_typing(device_kinds, "unknown", "PTZ"), "camera");
	assert_string_equal(chosen_by_typing(device_kinds, "unknown", "ip cam"), "camera");
	assert_string_equal(chosen_by_typing(device_kinds, "unknown", "access control"), "access control");
	/* A slip in the middle of a word chooses nothing else. */
	assert_string_equal(chosen_by_typing(device_kinds, "unknown", "camxera"), "camera");
	assert_string_equal(chosen_by_typing(limb_answers, "yes", "no"), "no");
	assert_string_equal(chosen_by_typing(limb_answers, "yes", "not"), "not assessed");
	/* One letter after the other jumps. */
	assert_string_equal(chosen_by_typing(limb_answers, "not assessed", "yn"), "no");
	assert_string_equal(chosen_by_typing(contract_kinds, "unknown", "sm"), "maintenance");
	assert_string_equal(chosen_by_typing(contract_kinds, "unknown", "mm"), "managed service");
}

static void
a_pasted_line_end_stays_only_where_lines_may_be(void **state)
{
	struct edit edit = { 0 };

	(void)state;
	press(&edit, "a");
	assert_true(edit_key(&edit, KEY_RETURN, true));
	press(&edit, "b");
	assert_string_equal(edit_words(&edit), "a b");
	edit.lines = true;
	assert_true(edit_key(&edit, KEY_RETURN, true));
	assert_string_equal(edit_words(&edit), "a b\n");
	assert_false(edit_key(&edit, KEY_RETURN, false));
	edit_free(&edit);
}

static void
words_wrap_at_blanks_and_long_ones_are_broken(void **state)
{
	const char *text = "one two\nabcdefghij \346\227\245\346\227\245\346\227\245";
	static const char *const lines[] = {
		"one", "two", "abcde", "fghij", "\346\227\245\346\227\245", "\346\227\245"
	};
	struct text line = { 0 };
	size_t count = 0;

	(void)state;
	while (wrap_line(&text, 5, &line))
		assert_string_equal(text_words(&line), lines[count++]);
	assert_int_equal(count, 6);
	assert_int_equal(wrap_count("", 10), 0);
	text_free(&line);
}

static void
a_paragraph_with_a_column_goes_on_under_it(void **state)
{
	struct wrap wrap = { .text = "#Keys\ng     first words\nplain words", .width = 14 };

	(void)state;
	assert_true(wrap_next(&wrap) && wrap.heading);
	assert_string_equal(text_words(&wrap.line), "Keys");
	assert_true(wrap_next(&wrap) && !wrap.heading);
	assert_string_equal(text_words(&wrap.line), "g     first");
	assert_true(wrap_next(&wrap));
	assert_string_equal(text_words(&wrap.line), "      words");
	assert_true(wrap_next(&wrap));
	assert_string_equal(text_words(&wrap.line), "plain words");
	assert_false(wrap_next(&wrap));
	text_free(&wrap.line);
}

static void
the_selection_holds_each_record_once(void **state)
{
	struct selection selection = { 0 };
	static const int64_t all[] = { 1, 5, 9 };

	(void)state;
	selection_toggle(&selection, 7);
	selection_toggle(&selection, 5);
	selection_toggle(&selection, 3);
	selection_toggle(&selection, 3);
	selection_add_all(&selection, all, 3);
	assert_int_equal(selection.count, 4);
	for (size_t i = 1; i < selection.count; i++)
		assert_true(selection.ids[i - 1] < selection.ids[i]);
	assert_true(selection_has(&selection, 7) && !selection_has(&selection, 3));
	selection_clear(&selection);
	assert_int_equal(selection.count, 0);
}

static void
open_devices(struct list *list, struct session *session, int height, const char *sort)
{
	struct error error = { 0 };
	const struct field *field = field_find(entities[ENTITY_DEVICE].fields, sort);

	screen_register_open(session, register_path);
	if (!list_open(list, session, view_named("devices"), &error) ||
	    !list_sort(list, session, field, false, &error))
		fail_msg("%s", error.message);
	list_resize(list, height);
	if (!list_refresh(list, session, &error))
		fail_msg("%s", error.message);
}

static void
close_devices(struct list *list, struct session *session)
{
	list_close(list);
	session_close(session);
}

/* Walks by `step` rows and checks that no row comes twice or is left out, and that the position is right. */
static void
walk(struct list *list, const struct session *session, int step, int64_t rows)
{
	struct error error = { 0 };

	for (int64_t i = 0; i < rows; i++) {
		int64_t index = step > 0 ? i : rows - 1 - i;

		assert_int_equal(list->first_index + (int64_t)list->cursor, index);
		assert_true(list->top <= list->cursor && list->cursor < list->top + (size_t)list->height);
		assert_false(selection_has(&list->selection, list_row(list)->id.value));
		list_toggle(list);
		assert_true(list_move(list, session, step, &error));
	}
	assert_int_equal(list->selection.count, rows);
	selection_clear(&list->selection);
}

static void
every_row_is_met_once_going_down_and_going_up(void **state)
{
	static const char *const sorts[] = { "tag", "installed_on", "network", "due_on", "serial" };
	struct session session;
	struct error error = { 0 };
	struct list list;
	bool done;

	(void)state;
	for (size_t i = 0; i < sizeof sorts / sizeof sorts[0]; i++) {
		open_devices(&list, &session, 4, sorts[i]);
		assert_true(list_count(&list, &session, &done, &error));
		assert_int_equal(list.count, 62);
		walk(&list, &session, 1, list.count);
		assert_true(list_last(&list, &session, &error));
		walk(&list, &session, -1, list.count);
		close_devices(&list, &session);
	}
}

static void
a_list_read_again_stays_at_its_record(void **state)
{
	struct session session;
	struct error error = { 0 };
	struct list list;

	(void)state;
	open_devices(&list, &session, 5, "tag");
	for (int i = 0; i < 61; i++) {
		int64_t id = list_row(&list)->id.value, index = list.first_index + (int64_t)list.cursor;

		list_resize(&list, 2 + i % 17);
		list_invalidate(&list);
		assert_true(list_refresh(&list, &session, &error));
		assert_int_equal(list_row(&list)->id.value, id);
		assert_int_equal(list.first_index + (int64_t)list.cursor, index);
		assert_true(list_move(&list, &session, 1, &error));
	}
	close_devices(&list, &session);
}

static void
a_filter_with_a_mistake_changes_nothing(void **state)
{
	struct session session;
	struct error error = { 0 };
	struct list list;

	(void)state;
	open_devices(&list, &session, 5, "tag");
	assert_true(list_filter(&list, &session, "kind:recorder", &error));
	assert_false(list_filter(&list, &session, "kind:xx", &error));
	assert_int_equal(error.kind, ERROR_USAGE);
	assert_string_equal(list.filter, "kind:recorder");
	close_devices(&list, &session);
}

/* Says stop at once, as a key that waits does. */
static bool
stop(void *context, const char *what, int64_t done, int64_t total)
{
	(void)what, (void)done, (void)total;
	++*(int *)context;
	return false;
}

static void
a_read_that_is_stopped_leaves_the_list_stale(void **state)
{
	struct session session;
	struct error error = { 0 };
	struct list list;
	int asked = 0;
	struct progress progress = { stop, &asked };
	struct text slow = { 0 };

	(void)state;
	/* Words that are nowhere, often enough to keep the register busy. */
	for (int i = 0; i < 40; i++)
		text_append(&slow, "nowhere or ");
	text_append(&slow, "cam");
	open_devices(&list, &session, 30, "due_on");
	browse_progress(&session, &progress);
	assert_true(list_filter(&list, &session, text_words(&slow), &error));
	assert_false(list_refresh(&list, &session, &error));
	assert_int_equal(error.kind, ERROR_CANCELLED);
	assert_int_equal(asked, 1);
	assert_true(list.stale && list.page.count == 62);
	browse_progress(&session, NULL);
	assert_true(list_refresh(&list, &session, &error));
	assert_true(!list.stale && list.page.count == 60);
	text_free(&slow);
	close_devices(&list, &session);
}

static void
every_figure_opens_as_many_rows_as_it_counts(void **state)
{
	struct session session;
	struct error error = { 0 };

	(void)state;
	screen_register_open(&session, register_path);
	for each_figure(figure) {
		struct list list = { 0 };
		int64_t value = -1, rows;
		bool done;

		if (!figure_rows(&session, figure, &value, &rows, &error) ||
		    !list_open(&list, &session, browse_view(figure->entity), &error) ||
		    !list_filter(&list, &session, figure->filter, &error) ||
		    !list_refresh(&list, &session, &error) || !list_count(&list, &session, &done, &error))
			fail_msg("%s: %s", figure->id, error.message);
		if (list.count != rows || (figure->part == NULL && rows != value))
			fail_msg("%s is %d but opens %d rows", figure->id, (int)value, (int)list.count);
		list_close(&list);
	}
	session_close(&session);
}

static int
any_key(void *context)
{
	(void)context;
	return 'x';
}

static void
idle_work_goes_on_until_a_key_waits(void **state)
{
	struct work work;
	int steps = 0;

	(void)state;
	work_init(&work);
	work_begin(&work, WORK_IDLE);
	memory_screen_script("x", false);
	for (int i = 0; i < 100; i++)
		assert_true(progress_step(&work.progress, "Counting", i, 100));
	memory_screen_generate(any_key, NULL);
	while (progress_step(&work.progress, "Counting", steps, 0) && steps < 100)
		steps++;
	assert_in_range(steps, 0, 10);
	memory_screen_free();
}

/* A list of questions, deadlines or manufacturers is a list too. */
static enum place
whole_place(unsigned place)
{
	bool listed = (place & (PLACE_QUESTIONS | PLACE_DEADLINES | PLACE_MANUFACTURERS)) != 0;

	return listed ? PLACE_LIST | place : (enum place)place;
}

static void
every_key_of_an_action_has_a_name_and_one_meaning_in_a_place(void **state)
{
	(void)state;
	for each_action(action) {
		assert_true(action->help[strlen(action->help) - 1] != '.');
		assert_non_null(action->keys[0]);
		for (int i = 0; i < ACTION_KEYS_MAX && action->keys[i] != NULL; i++) {
			int key = key_named(action->keys[i]);

			assert_int_not_equal(key, 0);
			for (unsigned place = 1; place <= PLACE_LAST; place <<= 1)
				if ((action->places & place) && action_for_key(whole_place(place), key) != action)
					fail_msg("%s is bound twice where '%s' is", action->keys[i], action->name);
		}
	}
}

static void
no_command_has_the_key_of_an_action_or_of_another_command(void **state)
{
	(void)state;
	for each_view(view) {
		struct list list = { .view = view };

		for each_command(command) {
			int key = command->key != NULL ? key_named(command->key) : 0;

			if (command->key == NULL || !run_is_offered(&list, command))
				continue;
			if (key == 0 || action_for_key(app_place_of_list(view->entity), key) != NULL)
				fail_msg("the key %s of '%s' is no key or taken", command->key, command->name);
			if (action_command_for_key(&list, key) != command)
				fail_msg("the key %s of '%s' is that of another command", command->key, command->name);
		}
	}
}

static void
every_place_shows_how_to_leave_it(void **state)
{
	(void)state;
	for (unsigned place = 1; place <= PLACE_LAST; place <<= 1) {
		bool leaves = false;

		for each_action(action)
			if ((action->places & whole_place(place)) && action->label != NULL)
				leaves = leaves || action->id == ACTION_BACK || strcmp(action->name, "quit") == 0;
		assert_true(leaves);
	}
}

static int
make_register(void **state)
{
	struct session session;

	(void)state;
	screen_register_make(&session, register_path, REGISTER_FULL);
	session_close(&session);
	return 0;
}

int
main(int argc, char *argv[])
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_is_found_by_the_name_that_it_has),
		cmocka_unit_test(the_line_moves_and_deletes_whole_characters),
		cmocka_unit_test(a_word_is_chosen_by_typing_it),
		cmocka_unit_test(what_is_offered_gives_way_to_what_is_typed),
		cmocka_unit_test(a_pasted_line_end_stays_only_where_lines_may_be),
		cmocka_unit_test(words_wrap_at_blanks_and_long_ones_are_broken),
		cmocka_unit_test(a_paragraph_with_a_column_goes_on_under_it),
		cmocka_unit_test(the_selection_holds_each_record_once),
		cmocka_unit_test(every_row_is_met_once_going_down_and_going_up),
		cmocka_unit_test(a_list_read_again_stays_at_its_record),
		cmocka_unit_test(a_filter_with_a_mistake_changes_nothing),
		cmocka_unit_test(a_read_that_is_stopped_leaves_the_list_stale),
		cmocka_unit_test(every_figure_opens_as_many_rows_as_it_counts),
		cmocka_unit_test(idle_work_goes_on_until_a_key_waits),
		cmocka_unit_test(every_key_of_an_action_has_a_name_and_one_meaning_in_a_place),
		cmocka_unit_test(no_command_has_the_key_of_an_action_or_of_another_command),
		cmocka_unit_test(every_place_shows_how_to_leave_it),
	};
	struct arena arena = { 0 };
	int failed;

	setlocale(LC_CTYPE, "C.UTF-8");
	if (argc > 1)
		register_path = arena_format(&arena, "%s/widgets.terrier", argv[1]);
	failed = cmocka_run_group_tests(tests, make_register, NULL);
	arena_free(&arena);
	return failed;
}
