/* SPDX-License-Identifier: MIT */
#ifndef TUI_IMPORT_PLAN_H
#define TUI_IMPORT_PLAN_H

#include "commands/import.h"
#include "tui/app.h"

/*
 * How a person means to import one file: what was chosen so far, and what a look at the file says
 * of it.  `{ 0 }` with the app is empty; end it with import_plan_free().
 */
struct import_plan {
	struct app *app;
	struct arena arena;			/* of what was chosen */
	struct import_options options;
	/* By column: the field that a person chose, "-" for none; NULL: as found. */
	const char *fields[ROW_CELLS_MAX];
	/* By column: "day" or "month" first, as a person said; NULL: nobody did. */
	const char *orders[ROW_CELLS_MAX];
	const char *columns[ROW_CELLS_MAX];	/* the same, as the options hold them */
	const char *dates[ROW_CELLS_MAX];
	struct import_survey survey;
	/* Columns as they are shown: those that nobody knows first. */
	size_t order[ROW_CELLS_MAX];
};

/*
 * Looks at the file again with the options as they are now.  Where it cannot be read so, says why,
 * puts `before` back and returns false; the plan is as it was.
 */
bool import_plan_look(struct import_plan *plan, const struct import_options *before);

/* Which kinds of record the file could hold, the likeliest first. Returns how many. */
size_t import_plan_guess(struct import_plan *plan, const struct entity *found[ENTITY_COUNT]);

/*
 * Says what a column feeds: a field, "-" for none; NULL takes it back. False when the file cannot
 * be read so.
 */
bool import_plan_set_field(struct import_plan *plan, size_t column, const char *field);

/* Says whether "day" or "month" comes first in the dates of a column. */
bool import_plan_set_order(struct import_plan *plan, size_t column, const char *order);

/* Forgets what was said of columns, because the file is read in another way now. */
void import_plan_forget_columns(struct import_plan *plan);

/* Whether nobody knows what the column is. */
bool import_plan_is_unknown(const struct import_column *column);

/* Whether the column feeds a field that takes dates. */
bool import_plan_has_dates(const struct import_plan *plan, size_t column);

/* Appends what a column feeds, in words: "Serial", "Site: Name", "left out". */
void import_plan_append_use(const struct import_plan *plan, size_t column, struct text *out);

void import_plan_free(struct import_plan *plan);

#endif
