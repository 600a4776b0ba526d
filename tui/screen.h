/* SPDX-License-Identifier: MIT */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include <stdbool.h>

#include "core/error.h"

/*
 * The terminal.  screen_curses.c implements it for people and
 * tests/screen_memory.c for tests; a program links one of the two.
 * screen_text() in screen.c is the only way to write on it.
 */

/* What a cell means; the backend decides how it looks. No meaning is carried by the look alone. */
enum style {
	STYLE_PLAIN,
	STYLE_BAR,		/* the line of tabs */
	STYLE_BAR_CURRENT,	/* the tab that is open */
	STYLE_HEADING,		/* over columns and groups */
	STYLE_CURSOR,		/* the row that the cursor is on */
	STYLE_SELECTED,		/* a row that is selected */
	STYLE_QUIET,		/* what is worked out, or explains */
	STYLE_INPUT,		/* where one types */
	STYLE_KEY,		/* the name of a key */
	STYLE_ERROR,
	STYLE_COUNT
};

/* A key is a Unicode character, a control character, or one of these above the last character. */
enum key {
	KEY_TABULATOR = '\t',
	KEY_RETURN = '\n',
	KEY_ESCAPE = 0x1b,
	KEY_SPACE = ' ',
	KEY_UP_ARROW = 0x110000,
	KEY_DOWN_ARROW,
	KEY_LEFT_ARROW,
	KEY_RIGHT_ARROW,
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_FIRST,		/* Home */
	KEY_LAST,		/* End */
	KEY_INSERT,
	KEY_DELETE,
	KEY_RUBOUT,		/* Backspace */
	KEY_BACK_TAB,		/* Shift-Tab */
	KEY_PASTE_BEGIN,	/* what follows was pasted, up to KEY_PASTE_END */
	KEY_PASTE_END,
	KEY_RESIZED,		/* the terminal has another size */
	/* The terminal is gone, or the program is asked to end; every later key is this one. */
	KEY_CLOSED,
	KEY_OTHER,		/* a key without a name here */
	KEY_FUNCTION,		/* F1 is KEY_FUNCTION + 1 */
};

#define KEY_CONTROL(letter) ((letter) & 0x1f)

/* False with a sentence when the screens cannot be shown here; nothing is to be closed then. */
bool screen_open(struct error *error);

/* Gives the terminal back as it was; does nothing when it is not open. */
void screen_close(void);

void screen_size(int *rows, int *columns);
void screen_clear(void);

/*
 * Writes UTF-8 text in exactly `width` columns: cut with an ellipsis, or padded with blanks.
 * Whatever the text holds, nothing outside those columns changes. What lies outside the screen is
 * left out.
 */
void screen_text(int row, int column, int width, enum style style, const char *text);

/* Shows the cursor there; row -1 hides it. */
void screen_cursor(int row, int column);

/* Brings what was written before the person's eyes. */
void screen_show(void);

/* Waits for a key. */
int screen_key(void);

/* Waits so long for a key without taking it; false when none came. */
bool screen_wait(int timeout_ms);

/* Whether screen_key() would answer at once. */
bool screen_key_is_waiting(void);

/* For screen.c: places text that text_for_screen() has cleaned and that fits. */
void screen_place(int row, int column, enum style style, const char *clean);

#endif
