/* SPDX-License-Identifier: MIT */
#ifndef TUI_CALENDAR_DRAW_H
#define TUI_CALENDAR_DRAW_H

#include "tui/app.h"

/* Draws the month that is counted, and on the status line what falls on the cursor's day. */
void calendar_draw(struct app *app, struct area area);

#endif
