/* SPDX-License-Identifier: MIT */
#include "tui/grid.h"

enum { GAP = 2, MARGIN = 1, WIDTH_MIN = 4 };

static size_t
column_count(const struct grid *grid)
{
	size_t count = 0;

	while (grid->titles[count] != NULL)
		count++;
	return count;
}

/* Columns only ever grow, so that nothing jumps while one scrolls. */
static void
measure(struct grid *grid, size_t columns)
{
	struct text room = { 0 };

	for (size_t i = 0; i < columns; i++)
		if (grid->widths[i] == 0)
			grid->widths[i] = text_width(grid->titles[i]);
	for (size_t row = grid->top; row < grid->count && row < grid->top + (size_t)grid->rows;
	     row++)
		for (size_t i = 0; i < columns; i++) {
			int width;

			text_clear(&room);
			width = text_width(grid->cell(grid->context, row, i, &room));
			if (width > grid->widths[i])
				grid->widths[i] = width;
		}
	text_free(&room);
}

static size_t
widest(const int *widths, size_t columns)
{
	size_t at = 0;

	for (size_t i = 1; i < columns; i++)
		if (widths[i] > widths[at])
			at = i;
	return at;
}

/* Shares the width out: every column what it asks for; what is too much the widest give up. */
static void
fit(const struct grid *grid, size_t columns, int width, int widths[GRID_COLUMNS_MAX])
{
	int used = MARGIN + GAP * ((int)columns - 1);

	for (size_t i = 0; i < columns; i++) {
		widths[i] = grid->widths[i] < width ? grid->widths[i] : width;
		used += widths[i];
	}
	while (used > width && widths[widest(widths, columns)] > WIDTH_MIN) {
		widths[widest(widths, columns)]--;
		used--;
	}
	if (used < width)
		widths[columns - 1] += width - used;
}

static void
draw_cell(int row, int column, int width, bool right, enum style style, const char *words)
{
	int indent = right ? width - text_width(words) : 0;

	if (indent < 0)
		indent = 0;
	screen_text(row, column + indent, width - indent, style, words);
}

static void
draw_row(const struct grid *grid, struct area area, size_t row, size_t columns, const int *widths)
{
	int at = area.row + 1 + (int)(row - grid->top), column = area.column + MARGIN;
	enum style style = row == grid->cursor ? STYLE_CURSOR : STYLE_PLAIN;
	struct text room = { 0 };

	screen_text(at, area.column, area.columns, style, "");
	for (size_t i = 0; i < columns; i++) {
		text_clear(&room);
		draw_cell(at, column, widths[i], grid->right >> i & 1, style,
			  grid->cell(grid->context, row, i, &room));
		column += widths[i] + GAP;
	}
	text_free(&room);
}

static void
draw_titles(const struct grid *grid, struct area area, size_t columns, const int *widths)
{
	int column = area.column + MARGIN;

	screen_text(area.row, area.column, area.columns, STYLE_HEADING, "");
	for (size_t i = 0; i < columns; i++) {
		draw_cell(area.row, column, widths[i], grid->right >> i & 1, STYLE_HEADING,
			  grid->titles[i]);
		column += widths[i] + GAP;
	}
}

void
grid_draw(struct grid *grid, struct area area)
{
	size_t columns = column_count(grid);
	int widths[GRID_COLUMNS_MAX];

	grid->rows = area.rows > 1 ? area.rows - 1 : 1;
	if (grid->cursor >= grid->top + (size_t)grid->rows)
		grid->top = grid->cursor - (size_t)grid->rows + 1;
	if (grid->cursor < grid->top)
		grid->top = grid->cursor;
	measure(grid, columns);
	fit(grid, columns, area.columns, widths);
	draw_titles(grid, area, columns, widths);
	for (size_t row = grid->top; row < grid->count && row < grid->top + (size_t)grid->rows;
	     row++)
		draw_row(grid, area, row, columns, widths);
}

void
grid_append_position(const struct grid *grid, struct text *out)
{
	char at[TEXT_NUMBER_SIZE], of[TEXT_NUMBER_SIZE];

	if (grid->count > 0)
		text_format(out, "%s of %s", text_number((int64_t)grid->cursor + 1, at),
			    text_number((int64_t)grid->count, of));
}

static void
move_up(struct grid *grid, size_t rows)
{
	grid->cursor = grid->cursor > rows ? grid->cursor - rows : 0;
}

static void
move_down(struct grid *grid, size_t rows)
{
	size_t last = grid->count > 0 ? grid->count - 1 : 0;

	grid->cursor = rows < last - grid->cursor ? grid->cursor + rows : last;
}

bool
grid_act(struct grid *grid, enum action_id action)
{
	size_t page = grid->rows > 1 ? (size_t)grid->rows - 1 : 1;

	switch (action) {
	case ACTION_UP:
		move_up(grid, 1);
		return true;
	case ACTION_DOWN:
		move_down(grid, 1);
		return true;
	case ACTION_PAGE_UP:
		move_up(grid, page);
		return true;
	case ACTION_PAGE_DOWN:
		move_down(grid, page);
		return true;
	case ACTION_FIRST:
		move_up(grid, grid->count);
		return true;
	case ACTION_LAST:
		move_down(grid, grid->count);
		return true;
	default:
		return false;
	}
}
