/* SPDX-License-Identifier: MIT */
#include "tui/mend.h"

#include <string.h>

#include "commands/import.h"
#include "tui/import_words.h"
#include "tui/status.h"
#include "tui/wrap.h"

enum {
	LABEL_COLUMN = 3, LABEL_WIDTH = 22, LABEL_WIDTH_NARROW = 13, GAP = 1,
	NARROW = 60, LOW = 12,		/* columns and rows of a screen, below which things go */
	REASON_ROWS = 3,
};

static int
label_width(struct area area)
{
	return area.columns < NARROW ? LABEL_WIDTH_NARROW : LABEL_WIDTH;
}

/* A cell takes a line, and one more below it when something is wrong with it. */
static int
line_of(struct arena *arena, const struct mend *mend, size_t cell)
{
	int line = 0;

	for (size_t i = 0; i < cell; i++)
		line += 1 + (mend_mistake(arena, mend, i) != NULL);
	return line;
}

static const char *
sign_of(const struct mend *mend, size_t cell, const char *mistake)
{
	const char *now = cell == mend->cell ? edit_words(&mend->edit)
					     : mend->row.cells[cell].words;

	if (strcmp(mend->before[cell], now) != 0)
		return "*";
	return mistake != NULL ? "!" : " ";
}

static void
draw_cell(struct mend *mend, size_t cell, const char *mistake, int row, struct area area)
{
	int at = area.column + LABEL_COLUMN + label_width(area) + GAP,
	    width = area.column + area.columns - at - 1;
	bool chosen = cell == mend->cell;

	screen_text(row, area.column + 1, 1, STYLE_KEY, sign_of(mend, cell, mistake));
	screen_text(row, area.column + LABEL_COLUMN, label_width(area),
		    chosen ? STYLE_CURSOR : STYLE_QUIET, mend->row.cells[cell].heading);
	if (chosen)
		edit_draw(&mend->edit, row, at, width);
	else
		screen_text(row, at, width, STYLE_PLAIN, mend->row.cells[cell].words);
}

static void
draw_cells(struct mend *mend, struct area area)
{
	struct arena arena = { 0 };
	int line = line_of(&arena, mend, mend->cell),
	    last = line + (mend_mistake(&arena, mend, mend->cell) != NULL);
	int at = area.column + LABEL_COLUMN + label_width(area) + GAP, row = area.row;

	if (last >= mend->top + area.rows)
		mend->top = last - area.rows + 1;
	if (line < mend->top)
		mend->top = line;
	row -= mend->top;
	for (size_t i = 0; i < mend->row.count; i++) {
		const char *mistake = mend_mistake(&arena, mend, i);

		if (row >= area.row && row < area.row + area.rows)
			draw_cell(mend, i, mistake, row, area);
		row++;
		if (mistake == NULL)
			continue;
		if (row >= area.row && row < area.row + area.rows)
			screen_text(row, at, area.column + area.columns - at - 1, STYLE_ERROR,
				    mistake);
		row++;
	}
	arena_free(&arena);
}

static void
draw_title(const struct mend *mend, struct area area)
{
	const char *const *refusal = mend->row.refusal->values,
			  *file = mend->row.source->values[SOURCE_file];
	struct text title = { 0 };

	text_format(&title, "Row %s (%s %s) of %s, refused: mend it and press F2",
		    refusal[REFUSAL_row], import_line_word(mend->row.source->values[SOURCE_format]),
		    refusal[REFUSAL_line], file != NULL ? file : "");
	screen_text(area.row, area.column, area.columns, STYLE_BAR, "");
	screen_text(area.row, area.column + 1, area.columns - 1, STYLE_BAR, text_words(&title));
	text_free(&title);
}

/* Why it was refused, and what that sort of mistake means; returns the row behind it. */
static int
draw_reason(const struct mend *mend, struct area area)
{
	int row = area.row + 1, last = row + (area.rows < LOW ? 1 : REASON_ROWS);
	struct text words = { 0 }, line = { 0 };
	struct arena arena = { 0 };
	const char *at;

	text_format(&words, "%s%s%s", mend->row.cause != NULL ? mend->row.cause : "",
		    mend->row.cause != NULL ? ": " : "",
		    import_words(&arena, mend->row.reason, PLACE_MEND));
	at = text_words(&words);
	while (row < last && wrap_line(&at, area.columns - 2, &line))
		screen_text(row++, area.column + 1, area.columns - 1, STYLE_ERROR,
			    text_words(&line));
	text_free(&words);
	text_free(&line);
	arena_free(&arena);
	return row;
}

void
mend_draw(struct app *app, struct layer *layer, struct area area)
{
	static const char legend[] = " * changed  ! wrong";
	struct mend *mend = (struct mend *)layer;
	struct area cells = area;

	for (int row = area.row; row < area.row + area.rows; row++)
		screen_text(row, area.column, area.columns, STYLE_PLAIN, "");
	draw_title(mend, area);
	cells.row = draw_reason(mend, area) + (area.rows >= LOW);
	cells.rows = area.row + area.rows - cells.row;
	mend->rows = cells.rows;
	draw_cells(mend, cells);
	screen_text(area.row + area.rows, area.column, status_room(app, area.columns), STYLE_QUIET,
		    app->message.length == 0 ? legend : "");
}
