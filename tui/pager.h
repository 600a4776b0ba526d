/* SPDX-License-Identifier: MIT */
#ifndef TUI_PAGER_H
#define TUI_PAGER_H

#include "tui/app.h"

/* How many columns of the screen its text does not use. */
enum { PAGER_MARGINS = 2 };

/*
 * Shows a text to read, wrapped and scrolled, until the person closes it. A line that begins with
 * '#' is a heading.
 */
void pager_show(struct app *app, const char *title, const char *text);

#endif
