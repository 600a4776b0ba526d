/* SPDX-License-Identifier: MIT */
#ifndef TUI_LIST_DRAW_H
#define TUI_LIST_DRAW_H

#include "tui/app.h"

/*
 * The rows of the list that the area has room for; the heading and, where there is one or one is
 * typed, the filter take the others.
 */
int list_rows_in(const struct list *list, struct area area, bool filtering);

/* Draws the list; `filtering`: its last line belongs to whoever types the filter. */
void list_draw(const struct list *list, struct area area, bool filtering);

/* Scrolls by columns, as far as there are columns to show. */
void list_scroll_columns(struct list *list, int columns);

#endif
