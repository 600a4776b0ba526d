/* SPDX-License-Identifier: MIT */
#include "tui/actions.h"

#include "tui/browse_actions.h"
#include "tui/calendar_file.h"
#include "tui/filter_line.h"
#include "tui/help.h"
#include "tui/keys.h"
#include "tui/pace.h"
#include "tui/palette.h"
#include "tui/run.h"

enum {
	TABS = PLACE_BOARD | PLACE_LIST,
	GRIDS = PLACE_LOOK | PLACE_PREVIEW | PLACE_DETAILS,
	MOVED = PLACE_BOARD | PLACE_LIST | PLACE_PAGER | GRIDS, /* where letters move too */
	LAYERS = PLACE_FILTER | PLACE_FORM | PLACE_PROMPT | PLACE_PICK | PLACE_CONFIRM |
		 PLACE_PATH | PLACE_MEND,
	/* Where letters are typed. */
	TYPED = PLACE_FILTER | PLACE_PROMPT | PLACE_PICK | PLACE_PATH,
};

/* clang-format off */
const struct action actions[] = {
	/* name, keys, places, id, label, flags, run, help */
	{ "open", { "Enter" }, TABS, ACTION_OPEN, "open", ACTION_FOREMOST, browse_open,
	  "Open the record, or the rows of the figure, under the cursor" },
	{ "keep the decision", { "K" }, PLACE_QUESTIONS, ACTION_OTHER, "keep", ACTION_FOREMOST, browse_keep,
	  "What a person decided stands; the file is not followed" },
	{ "take the file's value", { "T" }, PLACE_QUESTIONS, ACTION_OTHER, "take", ACTION_FOREMOST, browse_take,
	  "Decide as the file says; asks who decides" },
	{ "month", { "m" }, PLACE_DEADLINES, ACTION_OTHER, "month", ACTION_FOREMOST, calendar_run,
	  "Show the deadlines day by day, a month at a time" },
	{ "unknown makes", { "m" }, PLACE_MANUFACTURERS, ACTION_OTHER, "makes", ACTION_FOREMOST, browse_makes,
	  "List the makes that no table knows, to say whose they are" },
	{ "filter", { "/", "F3" }, PLACE_LIST, ACTION_OTHER, "filter", ACTION_FOREMOST, filter_line_run,
	  "Filter this list as you type; the same words as on the command line" },
	{ "select", { "Space" }, PLACE_LIST, ACTION_OTHER, "select", 0, browse_select,
	  "Select the row, or take it out of the selection, and go down" },
	{ "sort", { "s", "F4" }, PLACE_LIST, ACTION_OTHER, "sort", 0, browse_sort,
	  "Sort by another column" },
	{ "new", { "n", "F7" }, PLACE_LIST, ACTION_OTHER, "new", ACTION_EDITS | ACTION_MAKES, browse_new,
	  "Make a new record" },
	{ "related", { "r", "F6" }, PLACE_LIST, ACTION_OTHER, "related", 0, browse_related,
	  "Go to the records that belong to this one, or that it belongs to" },
	{ "history", { "h", "F8" }, PLACE_LIST, ACTION_OTHER, "history", 0, browse_history,
	  "Tell what became of the record under the cursor, from the day that it was recorded" },
	{ "read the definition", { "o" }, PLACE_BOARD, ACTION_OTHER, "read", 0, browse_define,
	  "Read in full what the number counts, or what the rule says, its source and what to do" },
	{ "pace", { "p" }, PLACE_BOARD | PLACE_DEADLINES, ACTION_OTHER, "pace", 0, pace_run,
	  "How fast each organisation clears its sensitive sites, how fast it must, and when it will be done" },
	{ "changes", { "H" }, PLACE_LIST, ACTION_OTHER, NULL, 0, browse_changes,
	  "List every change of a field of the record under the cursor" },
	{ "read the record", { "o" }, PLACE_LIST, ACTION_OTHER, NULL, 0, browse_read,
	  "Open the record itself where Enter opens something else: a file whose rows were refused" },
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
	{ "tab by number", { "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "-" }, TABS,
	  ACTION_OTHER, NULL, 0, browse_numbered_tab, "Open the tab of that key, as the line of tabs shows it" },
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

	{ "open the day", { "Enter" }, PLACE_CALENDAR, ACTION_OPEN, "open", 0, NULL, "List what falls on the day" },
	{ "day before", { "Left", "h" }, PLACE_CALENDAR, ACTION_LEFT, NULL, 0, NULL, "To the day before" },
	{ "next day", { "Right", "l" }, PLACE_CALENDAR, ACTION_RIGHT, NULL, 0, NULL, "To the next day" },
	{ "week before", { "Up", "k" }, PLACE_CALENDAR, ACTION_UP, NULL, 0, NULL, "To the same day a week before" },
	{ "next week", { "Down", "j" }, PLACE_CALENDAR, ACTION_DOWN, NULL, 0, NULL, "To the same day a week later" },
	{ "month before", { "PgUp", "Ctrl-B" }, PLACE_CALENDAR, ACTION_PAGE_UP, "and PgDn month", 0, NULL, "To the month before" },
	{ "next month", { "PgDn", "Ctrl-F" }, PLACE_CALENDAR, ACTION_PAGE_DOWN, NULL, 0, NULL, "To the next month" },
	{ "today", { "Home", "t" }, PLACE_CALENDAR, ACTION_FIRST, "today", 0, NULL, "Back to today" },
	{ "calendar file", { "I" }, PLACE_DEADLINES | PLACE_CALENDAR, ACTION_FILE, "file", 0, calendar_file_run,
	  "Write what is overdue and due soon to a file that other calendars read (iCalendar)" },
	{ "close the month", { "Esc", "m", "q", "Ctrl-C" }, PLACE_CALENDAR, ACTION_BACK, "close", ACTION_ALWAYS_SHOWN, NULL,
	  "Close the calendar and go back to the list" },

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

	{ "preview", { "F2", "p" }, PLACE_LOOK, ACTION_ACCEPT, "or p preview", ACTION_ALWAYS_SHOWN, NULL,
	  "Try the import and show what it would do; nothing is changed" },
	{ "leave the import", { "Esc", "q", "Ctrl-C" }, PLACE_LOOK, ACTION_BACK, "leave", ACTION_ALWAYS_SHOWN, NULL,
	  "Leave the import; nothing was changed" },
	{ "field of the column", { "Enter" }, PLACE_LOOK, ACTION_OPEN, "choose field", 0, NULL,
	  "Choose the field that the column goes to, keep it in the notes or leave it out; say how its dates are written" },
	{ "unknown headings", { "u" }, PLACE_LOOK, ACTION_UNKNOWN, "unknown", 0, NULL,
	  "All headings that nobody knows: keep them in the notes, leave them out, or ask for each" },
	{ "create", { "c" }, PLACE_LOOK, ACTION_CREATE, "create", 0, NULL,
	  "Make the sites, organisations or manufacturers that rows name when nobody knows them" },
	{ "match by", { "m" }, PLACE_LOOK, ACTION_MATCH, "match by", 0, NULL,
	  "Choose the fields that say which record a row is about" },
	{ "blank cells", { "b" }, PLACE_LOOK, ACTION_BLANK, "blank cells", 0, NULL,
	  "Choose whether a blank cell leaves the value alone or empties it" },
	{ "absent records", { "a" }, PLACE_LOOK, ACTION_ABSENT, "absent", 0, NULL,
	  "Choose whether devices that the file does not mention are only counted, or marked as missed" },
	{ "all or nothing", { "o" }, PLACE_LOOK, ACTION_ALL, "all or nothing", 0, NULL,
	  "Choose whether one refused row stops the whole import" },
	{ "what it holds", { "t" }, PLACE_LOOK, ACTION_KIND, "what it holds", 0, NULL,
	  "Choose what the rows are: sites, devices and so on" },
	{ "heading line", { "w" }, PLACE_LOOK, ACTION_HEADING_LINE, "heading", 0, NULL,
	  "Say in which line the headings stand" },
	{ "begin afresh", { "r" }, PLACE_LOOK, ACTION_AFRESH, NULL, 0, NULL,
	  "Use again what was said of the same headings the last time, or begin afresh" },
	{ "encoding", { "e" }, PLACE_LOOK, ACTION_ENCODING, "encoding", 0, NULL,
	  "Choose how the characters of the file are written" },
	{ "delimiter", { "d" }, PLACE_LOOK, ACTION_DELIMITER, "delimiter", 0, NULL,
	  "Choose what stands between its cells" },
	{ "sheet", { "s" }, PLACE_LOOK, ACTION_SHEET, "sheet", 0, NULL, "Choose the sheet of a workbook" },

	{ "apply", { "F2", "a" }, PLACE_PREVIEW | PLACE_DETAILS, ACTION_ACCEPT, "or a apply", ACTION_ALWAYS_SHOWN, NULL,
	  "Do this to the register now" },
	{ "open the rows", { "Enter" }, PLACE_PREVIEW, ACTION_OPEN, "open", 0, NULL, "Show the rows that are counted here" },
	{ "leave the preview", { "Esc", "q", "Ctrl-C" }, PLACE_PREVIEW | PLACE_DETAILS, ACTION_BACK, "back",
	  ACTION_ALWAYS_SHOWN, NULL, "Go back; nothing was changed" },

	{ "try the row again", { "F2", "Ctrl-S" }, PLACE_MEND, ACTION_SAVE, "or Ctrl-S try it", ACTION_ALWAYS_SHOWN, NULL,
	  "Import the row as it is mended now" },
	{ "leave the row", { "Esc", "Ctrl-C" }, PLACE_MEND, ACTION_BACK, "leave", ACTION_ALWAYS_SHOWN, NULL,
	  "Leave the row as it was; it asks when something is mended and not tried" },
	{ "drop the row", { "F8", "Ctrl-D" }, PLACE_MEND, ACTION_DROP, "or Ctrl-D drop", ACTION_ALWAYS_SHOWN, NULL,
	  "Give the row up, with a reason; it stays in the register as dropped" },
	{ "next cell", { "Down", "Tab", "Enter" }, PLACE_MEND, ACTION_DOWN, "next", 0, NULL, "To the next cell" },
	{ "cell before", { "Up", "Shift-Tab" }, PLACE_MEND, ACTION_UP, NULL, 0, NULL, "To the cell before" },
	{ "page up", { "PgUp" }, PLACE_MEND, ACTION_PAGE_UP, NULL, 0, NULL, "Up one page of cells" },
	{ "page down", { "PgDn" }, PLACE_MEND, ACTION_PAGE_DOWN, NULL, 0, NULL, "Down one page of cells" },

	{ "accept the path", { "Enter" }, PLACE_PATH, ACTION_ACCEPT, "open", 0, NULL, "Open the file of that name" },
	{ "complete the path", { "Tab" }, PLACE_PATH, ACTION_OPEN, "complete", 0, NULL,
	  "Complete the name; where several files fit, show them" },
	{ "accept", { "Enter" }, PLACE_PROMPT, ACTION_ACCEPT, "accept", 0, NULL, "Take what is on the line" },
	{ "pick", { "Enter" }, PLACE_PICK, ACTION_ACCEPT, "choose", 0, NULL, "Take the row under the cursor" },
	{ "cancel", { "Esc", "Ctrl-C" }, PLACE_PROMPT | PLACE_PICK | PLACE_CONFIRM | PLACE_PATH, ACTION_BACK, "cancel", 0, NULL,
	  "Leave without doing anything" },
	{ "up", { "Up" }, PLACE_PICK, ACTION_UP, "and Down move", 0, NULL, "Up one row" },
	{ "down", { "Down" }, PLACE_PICK, ACTION_DOWN, NULL, 0, NULL, "Down one row" },
	{ "page up", { "PgUp" }, PLACE_PICK, ACTION_PAGE_UP, NULL, 0, NULL, "Up one page" },
	{ "page down", { "PgDn" }, PLACE_PICK, ACTION_PAGE_DOWN, NULL, 0, NULL, "Down one page" },
	{ "clear the line", { "Ctrl-U" }, TYPED | PLACE_FORM | PLACE_MEND, ACTION_OTHER, NULL, 0, NULL,
	  "Make the line that you type empty" },

	{ "close", { "Enter", "q", "Esc", "Ctrl-C" }, PLACE_PAGER, ACTION_BACK, "close", ACTION_ALWAYS_SHOWN, NULL,
	  "Close the text" },
	{ "read down", { "Space" }, PLACE_PAGER, ACTION_PAGE_DOWN, "next page", 0, NULL, "Down one page" },

	{ "commands", { ":", "Ctrl-P", "F9" }, TABS, ACTION_OTHER, "commands", ACTION_ALWAYS_SHOWN, palette_run,
	  "Find any command by a word of it" },
	{ "help", { "?", "F1" }, TABS | GRIDS | PLACE_CALENDAR, ACTION_OTHER, "help", ACTION_ALWAYS_SHOWN, help_run,
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

const char *
action_key(enum place place, enum action_id id)
{
	for each_action(action)
		if ((action->places & place) != 0 && action->id == id)
			return action->keys[0];
	return "";
}

const struct command *
action_command_for_key(const struct list *list, int key)
{
	for each_command(command)
		if (command->key != NULL && run_is_offered(list, command) &&
		    key_named(command->key) == key)
			return command;
	return NULL;
}
