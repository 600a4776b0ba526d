/* SPDX-License-Identifier: MIT */
#ifndef TUI_ACTIONS_H
#define TUI_ACTIONS_H

#include "commands/command.h"
#include "tui/app.h"

/* What a key does that is no command. */
enum action_id {
	ACTION_NONE,
	ACTION_OPEN,
	ACTION_ACCEPT,
	ACTION_BACK,
	ACTION_SAVE,
	ACTION_UP,
	ACTION_DOWN,
	ACTION_PAGE_UP,
	ACTION_PAGE_DOWN,
	ACTION_FIRST,
	ACTION_LAST,
	ACTION_LEFT,
	ACTION_RIGHT,
	ACTION_KIND,		/* what can be chosen about a file that is imported */
	ACTION_ENCODING,
	ACTION_DELIMITER,
	ACTION_SHEET,
	ACTION_HEADING_LINE,
	ACTION_MATCH,
	ACTION_BLANK,
	ACTION_ABSENT,
	ACTION_CREATE,
	ACTION_ALL,
	ACTION_UNKNOWN,
	ACTION_AFRESH,
	ACTION_DROP,
	ACTION_FILE,
	ACTION_OTHER
};

enum action_flag {
	ACTION_ALWAYS_SHOWN = 1 << 0,	/* on the key line at any width, at its right end */
	/* On the key line only where records may be made and changed. */
	ACTION_EDITS = 1 << 1,
	/* On the key line before the commands about the records of the list. */
	ACTION_FOREMOST = 1 << 2,
	/* On the key line only where a form makes records. */
	ACTION_MAKES = 1 << 3,
};

enum { ACTION_KEYS_MAX = 12 };

/*
 * One row of actions[]: the dispatch, the key line, the help and the palette
 * read it.  A row with `run` is run by the app; the others are named by their
 * id and done by the layer that is open.
 */
struct action {
	const char *name;			/* as the palette finds it */
	const char *keys[ACTION_KEYS_MAX];	/* names of keys.h, the one to show first */
	unsigned places;
	enum action_id id;
	const char *label;			/* on the key line; NULL: not there */
	unsigned flags;
	void (*run)(struct app *app);
	const char *help;			/* one line, without a full stop */
};

/* Most important first. Ends with a nameless one. */
extern const struct action actions[];

#define each_action(row) \
	(const struct action *row = actions; row->name != NULL; row++)

/* The action of a key in a place, or NULL. */
const struct action *action_for_key(enum place place, int key);

/* Its id, ACTION_NONE for no action. */
enum action_id action_id_for_key(enum place place, int key);

/* The first key of the action in the place, as it is shown; "" when there is no such action. */
const char *action_key(enum place place, enum action_id id);

/* The command that the key runs on this list (NULL: on Today), or NULL. */
const struct command *action_command_for_key(const struct list *list, int key);

#endif
