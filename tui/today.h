/* SPDX-License-Identifier: MIT */
#ifndef TUI_TODAY_H
#define TUI_TODAY_H

#include "tui/board.h"

/*
 * The screen that opens: what needs doing, what presses most first, under one sentence that says
 * how far the programme is.
 */
void today_fill(struct board *board);

/*
 * Draws that sentence and how fast it goes, when its figures are on the board and counted; in brief
 * where there is little room. Returns the row behind it.
 */
int today_draw_headline(const struct app *app, const struct board *board, struct area area);
/* The figures that it is made of; for boards that show it. */
void today_add_headline_figures(struct board *board);

#endif
