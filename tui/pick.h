/* SPDX-License-Identifier: MIT */
#ifndef TUI_PICK_H
#define TUI_PICK_H

#include "tui/app.h"

/* One thing to pick; the texts belong to the caller. */
struct pick_item {
	const char *name;
	const char *help;	/* beside it; NULL for none */
	const char *key;	/* that does the same without the list; NULL for none */
};

enum { PICK_NONE = -1 };

/*
 * Shows the items over the tab, narrowed as the person types words of them;
 * the number of the one that was picked, or PICK_NONE.
 */
int pick_choose(struct app *app, const char *title, const struct pick_item *items, size_t count,
		size_t initial);

/* The same over a closed list of words: the one picked, or NULL. `current` may be NULL. */
const struct choice *pick_word(struct app *app, const char *title, const struct choice *choices,
			       const char *current);

#endif
