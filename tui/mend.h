/* SPDX-License-Identifier: MIT */
#ifndef TUI_MEND_H
#define TUI_MEND_H

#include "commands/refusal.h"
#include "tui/app.h"
#include "tui/edit.h"

/*
 * A refused row, a line a heading, with what was wrong said at its cell.  The person changes cells
 * and tries the row again: it is imported as its file was, or the form stays and says why.
 */
struct mend {
	struct layer layer;
	struct arena arena;
	struct refusal_row row;
	const char **before;	/* the words of each cell as they stood */
	struct edit edit;	/* the cell under the cursor */
	size_t cell;
	int top;		/* the first line of cells that is shown */
	int rows;		/* of cells, as drawn last */
};

/* Opens the refused row until it is mended, dropped or left. */
void mend_run(struct app *app, struct record_id id);

/* What is wrong with a cell, in the arena; NULL for nothing. */
const char *mend_mistake(struct arena *arena, const struct mend *mend, size_t cell);

void mend_draw(struct app *app, struct layer *layer, struct area area);

#endif
