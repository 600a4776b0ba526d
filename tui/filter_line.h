/* SPDX-License-Identifier: MIT */
#ifndef TUI_FILTER_LINE_H
#define TUI_FILTER_LINE_H

#include "tui/app.h"

/*
 * The search of the open list: every key narrows it.  While the words have a mistake the list stays
 * as the last good words left it, and the mistake is said.
 */
void filter_line_run(struct app *app);

#endif
