/* SPDX-License-Identifier: MIT */
#ifndef TUI_WRAP_H
#define TUI_WRAP_H

#include <stdbool.h>

#include "core/text.h"

/*
 * Takes the next line of at most `width` columns from *text, broken at a blank
 * where there is one, and moves *text behind it. False when nothing is left.
 */
bool wrap_line(const char **text, int width, struct text *line);

/*
 * The lines of a whole text, one after another: `struct wrap wrap = { .text = text, .width = 60
 * };`.  A paragraph whose first words stand in a column of their own (two blanks behind them) goes
 * on under what follows the column.
 */
struct wrap {
	const char *text;	/* what is left */
	int width;
	int indent;		/* of the lines that go on with the paragraph */
	/* The line taken last belongs to a paragraph that begins with '#'. */
	bool heading;
	bool inside;		/* of a paragraph */
	struct text line;	/* the line taken last; end it with text_free() */
};

bool wrap_next(struct wrap *wrap);

/* How many lines that makes; an empty text makes none. */
int wrap_count(const char *text, int width);

#endif
