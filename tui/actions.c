/* SPDX-License-Identifier: MIT */
#include "tui/actions.h"

#include "tui/browse_actions.h"
#include "tui/filter_line.h"
#include "tui/help.h"
#include "tui/keys.h"
#include "tui/palette.h"
#include "tui/run.h"

enum {
	TABS = PLACE_TODAY | PLACE_LIST,
	MOVED = PLACE_TODAY | PLACE_LIST | PLACE_PAGER,		/* where letters move too */
	LAYERS = PLACE_FILTER | PLACE_FORM | PLACE_PROMPT | PLACE_PICK | PLACE_CONFIRM,
	TYPED = PLACE_FILTER | PLACE_PROMPT | PLACE_PICK,	/* where letters are typed */
};

/* clang-format off */
const struct action actions[] = {
	/* name, keys, places, id, label, flags, run, help */
	{ "open", { "Enter" }, TABS, ACTION_OPEN, "open", 0, browse_open,
	  "Open the record, or the rows of the figure, under the cursor" },
	{ "filter", { "/", "F3" }, PLACE_LIST, ACTION_OTHER, "filter", 0, filter_line_run,
	  "Filter this list as you type; the same words as on the command line" },
	{ "select", { "Space" }, PLACE_LIST, ACTION_OTHER, "select", 0, browse_select,
	  "Select the row, or take it out of the selection, and go down" },
	{ "sort", { "s", "F4" }, PLACE_LIST, ACTION_OTHER, "sort", 0, browse_sort,
	  "Sort by another column" },
	{ "new", { "n", "F7" }, PLACE_LIST, ACTION_OTHER, "new", ACTION_EDITS, browse_new,
	  "Make a new record" },
	{ "related", { "r", "F6" }, PLACE_LIST, ACTION_OTHER, "related", 0, browse_related,
	  "Go to the records that belong to this one, or that it belongs to" },
	{ "history", { "h", "F8" }, PLACE_LIST, ACTION_OTHER, "history", 0, browse_history,
	  "Show every change of the record under the cursor" },
	{ "sort the other way", { "S" }, PLACE_LIST, ACTION_OTHER, NULL, 0, browse_reverse,
	  "Turn the order of the list round" },
	{ "clear the filter", { "c" }, PLACE_LIST, ACTION_OTHER, NULL, 0, browse_clear_filter,
	  "Show all rows again" },
	{ "select all", { "*" }, PLACE_LIST, ACTION_OTHER, NULL, 0, browse_select_all,
	  "Select all rows that the filter finds" },
	{ "unselect", { "u" }, PLACE_LIST, ACTION_OTHER, NULL, 0, browse_unselect,
	  "Forget the selection" },
	{ "next tab", { "Tab" }, TABS, ACTION_OTHER, "next tab", 0, browse_next_tab, "Open the next tab" },
	{ "previous tab", { "Shift-Tab" }, TABS, ACTION_OTHER, NULL, 0, browse_previous_tab, "Open the tab before" },
	{ "tab by number", { "1", "2", "3", "4", "5", "6", "7", "8", "9" }, TABS, ACTION_OTHER, NULL, 0,
	  browse_numbered_tab, "Open the tab of that number" },
	{ "back", { "Esc" }, TABS, ACTION_BACK, NULL, 0, browse_back, "Go back to the tab that this list was opened from" },
	{ "up", { "Up", "k" }, MOVED, ACTION_UP, NULL, 0, browse_up, "Up one line" },
	{ "down", { "Down", "j" }, MOVED, ACTION_DOWN, NULL, 0, browse_down, "Down one line" },
	{ "page up", { "PgUp", "Ctrl-B" }, MOVED, ACTION_PAGE_UP, NULL, 0, browse_page_up, "Up one page" },
	{ "page down", { "PgDn", "Ctrl-F" }, MOVED, ACTION_PAGE_DOWN, NULL, 0, browse_page_down, "Down one page" },
	{ "first", { "Home", "g" }, MOVED, ACTION_FIRST, NULL, 0, browse_first, "To the first line" },
	{ "last", { "End", "G" }, MOVED, ACTION_LAST, NULL, 0, browse_last, "To the last line" },
	{ "columns left", { "Left" }, PLACE_LIST, ACTION_LEFT, NULL, 0, browse_left, "Show the columns to the left" },
	{ "columns right", { "Right" }, PLACE_LIST, ACTION_RIGHT, NULL, 0, browse_right, "Show the columns to the right" },
	{ "read again", { "F5", "Ctrl-L" }, TABS, ACTION_OTHER, NULL, 0, browse_read_again,
	  "Read the list and its counts again" },

	{ "keep the filter", { "Enter" }, PLACE_FILTER, ACTION_ACCEPT, "keep", 0, NULL,
	  "Keep the filter and go back to the list" },
	{ "leave the filter", { "Esc", "Ctrl-C" }, PLACE_FILTER, ACTION_BACK, "put back", 0, NULL,
	  "Put back the filter that was there before" },

	{ "save", { "F2", "Ctrl-S" }, PLACE_FORM, ACTION_SAVE, "or Ctrl-S save", ACTION_ALWAYS_SHOWN | ACTION_EDITS, NULL,
	  "Save the record" },
	{ "leave the form", { "Esc", "Ctrl-C" }, PLACE_FORM, ACTION_BACK, "leave", ACTION_ALWAYS_SHOWN, NULL,
	  "Leave the form; it asks when something is not saved" },
	{ "choose", { "Enter" }, PLACE_FORM, ACTION_OPEN, "next or choose", 0, NULL,
	  "Pick from the list of words or records; in a field that is typed, go to the next one" },
	{ "next field", { "Down", "Tab" }, PLACE_FORM, ACTION_DOWN, NULL, 0, NULL, "To the next field" },
	{ "field before", { "Up", "Shift-Tab" }, PLACE_FORM, ACTION_UP, "and Down move", 0, NULL, "To the field before" },
	{ "page up", { "PgUp" }, PLACE_FORM, ACTION_PAGE_UP, NULL, 0, NULL, "Up one page of fields" },
	{ "page down", { "PgDn" }, PLACE_FORM, ACTION_PAGE_DOWN, NULL, 0, NULL, "Down one page of fields" },
	{ "word before", { "Left" }, PLACE_FORM, ACTION_LEFT, NULL, 0, NULL,
	  "The word before, in a field of fixed words; in others, to the left" },
	{ "next word", { "Right" }, PLACE_FORM, ACTION_RIGHT, NULL, 0, NULL,
	  "The next word, in a field of fixed words; in others, to the right" },

	{ "accept", { "Enter" }, PLACE_PROMPT, ACTION_ACCEPT, "accept", 0, NULL, "Take what is on the line" },
	{ "pick", { "Enter" }, PLACE_PICK, ACTION_ACCEPT, "choose", 0, NULL, "Take the row under the cursor" },
	{ "cancel", { "Esc", "Ctrl-C" }, PLACE_PROMPT | PLACE_PICK | PLACE_CONFIRM, ACTION_BACK, "cancel", 0, NULL,
	  "Leave without doing anything" },
	{ "up", { "Up" }, PLACE_PICK, ACTION_UP, "and Down move", 0, NULL, "Up one row" },
	{ "down", { "Down" }, PLACE_PICK, ACTION_DOWN, NULL, 0, NULL, "Down one row" },
	{ "page up", { "PgUp" }, PLACE_PICK, ACTION_PAGE_UP, NULL, 0, NULL, "Up one page" },
	{ "page down", { "PgDn" }, PLACE_PICK, ACTION_PAGE_DOWN, NULL, 0, NULL, "Down one page" },
	{ "clear the line", { "Ctrl-U" }, TYPED | PLACE_FORM, ACTION_OTHER, NULL, 0, NULL,
	  "Make the line that you type empty" },

	{ "close", { "Enter", "q", "Esc", "Ctrl-C" }, PLACE_PAGER, ACTION_BACK, "close", ACTION_ALWAYS_SHOWN, NULL,
	  "Close the text" },
	{ "read down", { "Space" }, PLACE_PAGER, ACTION_PAGE_DOWN, "next page", 0, NULL, "Down one page" },

	{ "commands", { ":", "Ctrl-P", "F9" }, TABS, ACTION_OTHER, "commands", ACTION_ALWAYS_SHOWN, palette_run,
	  "Find any command by a word of it" },
	{ "help", { "?", "F1" }, TABS, ACTION_OTHER, "help", ACTION_ALWAYS_SHOWN, help_run,
	  "Show the keys that work here, and what the columns mean" },
	{ "help here", { "F1" }, LAYERS, ACTION_OTHER, "help", 0, help_run, "Show the keys that work here" },
	{ "quit", { "q", "F10" }, TABS, ACTION_OTHER, "quit", ACTION_ALWAYS_SHOWN, browse_quit, "Leave the program" },
	{ 0 }
};
/* clang-format on */

static bool
has_key(const struct action *action, int key)
{
	for (int i = 0; i < ACTION_KEYS_MAX && action->keys[i] != NULL; i++)
		if (key_named(action->keys[i]) == key)
			return true;
	return false;
}

const struct action *
action_for_key(enum place place, int key)
{
	for each_action(action)
		if ((action->places & place) != 0 && has_key(action, key))
			return action;
	return NULL;
}

enum action_id
action_id_for_key(enum place place, int key)
{
	const struct action *action = action_for_key(place, key);

	return action != NULL ? action->id : ACTION_NONE;
}

const struct command *
action_command_for_key(const struct list *list, int key)
{
	for each_command(command)
		if (command->key != NULL && run_is_offered(list, command) && key_named(command->key) == key)
			return command;
	return NULL;
}
