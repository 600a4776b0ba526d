/* SPDX-License-Identifier: MIT */
#ifndef TUI_GRID_H
#define TUI_GRID_H

#include "tui/actions.h"
#include "tui/app.h"

/*
 * Rows in memory with a cursor, where list.h shows records of the register.  Whoever shows them has
 * them; the grid asks for the words of the cells that are in sight.  `{ 0 }` with columns, a count
 * and a function is a grid at its first row.
 *
 * Invariant: cursor < count, or both are 0.
 */
enum { GRID_COLUMNS_MAX = 8 };

struct grid {
	const char *const *titles;	/* of the columns; ends with NULL */
	/* A bit for each column of numbers, which stand to the right. */
	unsigned right;
	/* The words of a cell; they live until the next call, in *room when they had to be made. */
	const char *(*cell)(const void *context, size_t row, size_t column, struct text *room);
	const void *context;
	size_t count;
	size_t cursor, top;
	/* On the screen when it was last drawn, without the titles. */
	int rows;
	int widths[GRID_COLUMNS_MAX];	/* the widest that was seen so far */
};

/* The last column takes what is left of the width; with too little, the widest give way. */
void grid_draw(struct grid *grid, struct area area);

/* Appends where the cursor is, "12 of 10,000"; nothing when there are no rows. */
void grid_append_position(const struct grid *grid, struct text *out);

/* Moves the cursor; false when the action moves nothing. */
bool grid_act(struct grid *grid, enum action_id action);

#endif
