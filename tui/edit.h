/* SPDX-License-Identifier: MIT */
#ifndef TUI_EDIT_H
#define TUI_EDIT_H

#include <stdbool.h>

#include "core/text.h"
#include "tui/screen.h"

/*
 * A line that a person types.  The cursor moves over whole characters with their
 * combining marks, however many columns or bytes they take.  `struct edit edit = { 0 };`
 * is an empty line; end it with edit_free().
 */
struct edit {
	struct text text;
	size_t cursor;		/* the byte that the next character goes before */
	size_t first;		/* the first byte that is shown */
	bool lines;		/* whether it may hold line ends, which come by pasting */
	/* Its words are an offer: the first character that is typed takes their place. */
	bool offered;
};

/* Puts words in, with the cursor behind them. */
void edit_set(struct edit *edit, const char *words);
void edit_free(struct edit *edit);
const char *edit_words(const struct edit *edit);

/* Whether the key was one for the line; `pasted` keys are taken as they are. */
bool edit_key(struct edit *edit, int key, bool pasted);

/* Draws it, scrolled so that the cursor is seen, and shows the cursor. */
void edit_draw(struct edit *edit, int row, int column, int width);

#endif
