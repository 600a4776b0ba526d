/* SPDX-License-Identifier: MIT */
#ifndef TUI_STATUS_H
#define TUI_STATUS_H

#include "tui/app.h"

/* The lines round the middle of the screen: tabs above, status and keys below. */
enum { STATUS_ROWS_ABOVE = 1, STATUS_ROWS_BELOW = 2 };

void status_draw_line(struct app *app, int row, int columns);
/* The marking stands at the right of the status line, whatever else does. */
void status_draw_marking(const struct app *app, int row, int columns);
/* The columns of the status line that are left of it. */
int status_room(const struct app *app, int columns);
/* What was said, over all layers: on the status line, or above it on as many lines as it takes. */
void status_draw_message(struct app *app, int row, int columns);
/* The same above a question, its last line on `row`; returns how many lines. */
int status_draw_message_above(const struct app *app, int row, int columns);
void status_draw_keys(struct app *app, int row, int columns);

/*
 * Writes a text wrapped on as many lines as it needs (at most half the screen), the last of them on
 * `row`; returns how many.
 */
int status_draw_wrapped(int row, int columns, enum style style, const char *text);

#endif
