/* SPDX-License-Identifier: MIT */
#include "tui/import_details.h"

#include <inttypes.h>
#include <string.h>

#include "tui/grid.h"
#include "tui/status.h"
#include "tui/wrap.h"

enum { FOOT_ROWS_MAX = 5, FOOT_SHARE = 3 };

/* What a column shows of a detail. */
enum part {
	PART_END, PART_ROW, PART_LINE, PART_ENTITY, PART_KEY,
	PART_FIELD, PART_OLD, PART_NEW, PART_REASON,
};

static const char *const part_titles[] = {
	[PART_ROW] = "Row",      [PART_LINE] = "Line",   [PART_ENTITY] = "What",
	[PART_KEY] = "Key",      [PART_FIELD] = "Field", [PART_OLD] = "Now",
	[PART_NEW] = "Would be", [PART_REASON] = "Why",
};

/* By outcome: what is told of it, the cells of a refused row being too long for a column. */
static const enum part outcome_parts[IMPORT_OUTCOME_COUNT][GRID_COLUMNS_MAX] = {
	[IMPORT_NEW] = { PART_ROW, PART_LINE, PART_KEY },
	[IMPORT_CHANGED] = { PART_KEY, PART_FIELD, PART_OLD, PART_NEW, PART_ROW },
	[IMPORT_SAME] = { PART_ROW, PART_LINE, PART_KEY },
	[IMPORT_REFUSED] = { PART_ROW, PART_LINE, PART_KEY, PART_FIELD, PART_REASON },
	[IMPORT_ABSENT] = { PART_KEY },
	[IMPORT_SKIPPED] = { PART_ROW, PART_LINE, PART_REASON },
	[IMPORT_CREATED] = { PART_ROW, PART_ENTITY, PART_KEY },
	[IMPORT_QUESTION] = { PART_KEY, PART_FIELD, PART_OLD, PART_NEW, PART_ROW },
};

struct details {
	struct layer layer;
	const char *title;
	enum import_outcome outcome;
	const struct import_found_list *list;
	const char *titles[GRID_COLUMNS_MAX + 1];
	struct grid grid;
};

static const char *
title_of(enum import_outcome outcome, enum part part)
{
	if (outcome == IMPORT_REFUSED && part == PART_KEY)
		return "Cause";
	if (outcome == IMPORT_QUESTION && part == PART_OLD)
		return "Decided";
	if (outcome == IMPORT_QUESTION && part == PART_NEW)
		return "In the file";
	return part_titles[part];
}

static const char *
words_of(const struct import_detail *detail, enum part part)
{
	switch (part) {
	case PART_ENTITY:
		return detail->entity;
	case PART_KEY:
		return detail->key;
	case PART_FIELD:
		return detail->field;
	case PART_OLD:
		return detail->old;
	case PART_NEW:
		return detail->new;
	case PART_REASON:
		return detail->reason;
	default:
		return NULL;
	}
}

/* What stands where a value is not there. */
static const char *
nothing(enum part part)
{
	return part == PART_OLD || part == PART_NEW ? "(nothing)" : "";
}

static const char *
cell(const void *context, size_t row, size_t column, struct text *room)
{
	const struct details *details = context;
	const struct import_detail *detail = &details->list->details[row];
	enum part part = outcome_parts[details->outcome][column];
	const char *words = words_of(detail, part);

	if (part == PART_ROW || part == PART_LINE) {
		int64_t number = part == PART_ROW ? detail->row : detail->line;

		if (number > 0)
			text_format(room, "%" PRId64, number);
		return text_words(room);
	}
	return words != NULL ? words : nothing(part);
}

/* The row under the cursor in whole sentences: what a column has no room for. */
static void
append_foot(struct text *out, const struct details *details)
{
	const struct import_detail *detail = &details->list->details[details->grid.cursor];

	switch (details->outcome) {
	case IMPORT_CHANGED:
	case IMPORT_QUESTION:
		text_format(out, "%s, %s: %s -> %s", detail->key != NULL ? detail->key : "",
			    detail->field != NULL ? detail->field : "",
			    detail->old != NULL ? detail->old : nothing(PART_OLD),
			    detail->new != NULL ? detail->new : nothing(PART_NEW));
		break;
	case IMPORT_REFUSED:
		text_format(out, "Row %" PRId64 ": %s. %s\n%s", detail->row, detail->reason,
			    "Esc goes back to mend the columns; as it is, the row is kept in "
			    "Sources to be mended there.",
			    detail->new != NULL ? detail->new : "");
		break;
	default:
		text_append(out, detail->reason != NULL ? detail->reason : "");
	}
}

static void
draw_foot(const struct details *details, struct area area)
{
	struct text words = { 0 }, line = { 0 };
	const char *at;

	if (details->grid.count > 0)
		append_foot(&words, details);
	at = text_words(&words);
	for (int i = 0; i < area.rows && wrap_line(&at, area.columns - 2, &line); i++)
		screen_text(area.row + i, area.column + 1, area.columns - 1, STYLE_QUIET,
			    text_words(&line));
	text_free(&words);
	text_free(&line);
}

/* "12 of 10,000", and how many more there are than are kept. */
static void
draw_position(struct app *app, const struct details *details, struct area area)
{
	char more[TEXT_NUMBER_SIZE];
	int64_t left = details->list->told - (int64_t)details->list->count;
	int row = area.row + area.rows, room = status_room(app, area.columns);
	struct text words = { 0 };

	grid_append_position(&details->grid, &words);
	if (left > 0)
		text_format(&words, " (%s more: import --changes FILE)", text_number(left, more));
	screen_text(row, area.column, room, STYLE_PLAIN, "");
	screen_text(row, area.column + 1, room - 1, STYLE_PLAIN, text_words(&words));
	text_free(&words);
}

static void
draw(struct app *app, struct layer *layer, struct area area)
{
	struct details *details = (struct details *)layer;
	int foot = area.rows / FOOT_SHARE < FOOT_ROWS_MAX ? area.rows / FOOT_SHARE : FOOT_ROWS_MAX;
	struct area grid = { area.row + 1, area.column, area.rows - 1 - foot, area.columns };

	for (int row = area.row; row < area.row + area.rows; row++)
		screen_text(row, area.column, area.columns, STYLE_PLAIN, "");
	screen_text(area.row, area.column, area.columns, STYLE_BAR, "");
	screen_text(area.row, area.column + 1, area.columns - 1, STYLE_BAR, details->title);
	screen_cursor(-1, 0);
	grid_draw(&details->grid, grid);
	draw_foot(details,
		  (struct area){ area.row + area.rows - foot, area.column, foot, area.columns });
	draw_position(app, details, area);
}

static void
lay_columns(struct details *details)
{
	for (int i = 0; i < GRID_COLUMNS_MAX && outcome_parts[details->outcome][i] != PART_END;
	     i++) {
		enum part part = outcome_parts[details->outcome][i];

		details->titles[i] = title_of(details->outcome, part);
		if (part == PART_ROW || part == PART_LINE)
			details->grid.right |= 1u << i;
	}
	details->grid.titles = details->titles;
}

enum import_details_end
import_details_run(struct app *app, const char *title, enum import_outcome outcome,
		   const struct import_found_list *list)
{
	struct details details = {
		.layer = { .draw = draw, .place = PLACE_DETAILS },
		.title = title,
		.outcome = outcome,
		.list = list,
		.grid = { .cell = cell, .count = list->count },
	};
	enum action_id action = ACTION_NONE;

	details.grid.context = &details;
	lay_columns(&details);
	app_push(app, &details.layer);
	while (action != ACTION_ACCEPT && action != ACTION_BACK) {
		int key = app_key(app);

		if (key == KEY_CLOSED)
			break;
		action = action_id_for_key(PLACE_DETAILS, key);
		grid_act(&details.grid, action);
	}
	app_pop(app);
	return action == ACTION_ACCEPT ? IMPORT_DETAILS_APPLY : IMPORT_DETAILS_CLOSED;
}
