/* SPDX-License-Identifier: MIT */
#ifndef TUI_PACE_H
#define TUI_PACE_H

#include "tui/board.h"

/* The board of commands/pace.h: an organisation a row, those with most sites to clear first. */
void pace_fill(struct board *board);

/* Opens it: it has no tab until it is asked for. */
void pace_run(struct app *app);

#endif
