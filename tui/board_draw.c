/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "commands/figures.h"
#include "tui/app.h"
#include "tui/board.h"
#include "tui/wrap.h"

enum {
	NUMBER_WIDTH = 11,
	SECOND_WIDTH = 10,
	CELL_WIDTH = 10,
	SIGN_WIDTH = 5,
	NARROW_COLUMNS = 60,		/* below, the label has what room there is */
	LABEL_MIN = 14,
	OPENING_ROWS_MIN = 10,
	BRIEF_COLUMN = 58,
	BRIEF_GAP = 2,
	MARGIN = 2,
	ABOUT_MIN = 2,
	ROWS_MIN = 5
};

/* Where the columns of a board end and begin, from the left of its area. */
struct layout {
	int number, second;	/* before which they end; second is 0 where it is not shown */
	int first_cell, cells;	/* the first that is shown, and where it begins */
	int label, brief;
};

int
board_draw_opening(struct area area, const char *words)
{
	return area.rows < OPENING_ROWS_MIN
		       ? 0
		       : board_draw_paragraph(area, area.row, 2, STYLE_PLAIN, words) - area.row;
}

int
board_draw_paragraph(struct area area, int row, int rows, enum style style, const char *words)
{
	struct text line = { 0 };

	for (; rows > 0 && wrap_line(&words, area.columns - 2 * MARGIN, &line); rows--)
		screen_text(row++, area.column + MARGIN, area.columns - 2 * MARGIN, style,
			    text_words(&line));
	text_free(&line);
	return row;
}

/* An ellipsis until it is counted. */
static const char *
number_words(const struct board_number *number, char digits[TEXT_NUMBER_SIZE])
{
	return number->value != BOARD_UNCOUNTED
		       ? figure_number(&number->figure, number->value, digits)
		       : "\xe2\x80\xa6";
}

static void
draw_before(int end, int row, enum style style, const char *words)
{
	screen_text(row, end - text_width(words), text_width(words), style, words);
}

/* Writes a number so that it ends before `end`; nothing for what is not counted. */
static void
draw_number(const struct board_number *number, int row, int end, enum style style)
{
	char digits[TEXT_NUMBER_SIZE];

	if (number->figure.id != NULL)
		draw_before(end, row, style, number_words(number, digits));
}

static bool
has_signs(const struct board *board)
{
	for (size_t i = 0; i < board->count; i++)
		if (*board->rows[i].sign != '\0')
			return true;
	return false;
}

/* No more than the numbers and their heading take. */
static int
narrow_number(const struct board *board)
{
	int widest = board->column != NULL ? text_width(board->column) : 0;
	char digits[TEXT_NUMBER_SIZE];

	for (size_t i = 0; i < board->count; i++) {
		int width = text_width(number_words(&board->rows[i].number, digits));

		if (board->rows[i].shown && width > widest)
			widest = width;
	}
	return MARGIN + widest < NUMBER_WIDTH ? MARGIN + widest : NUMBER_WIDTH;
}

static int
brief_column(const struct board *board, int label)
{
	int column = BRIEF_COLUMN;

	for (size_t i = 0; i < board->count; i++) {
		int end = label + text_width(board->rows[i].label) + BRIEF_GAP;

		if (board->rows[i].shown && end > column)
			column = end;
	}
	return column;
}

static struct layout
lay(const struct board *board, struct area area)
{
	bool narrow = area.columns < NARROW_COLUMNS;
	int cells = board->cells[0] != NULL ? BOARD_CELLS : 0,
	    sign = has_signs(board) ? SIGN_WIDTH : 0;
	struct layout layout = { .number = narrow ? narrow_number(board) : NUMBER_WIDTH };

	if (board->second != NULL && !narrow)
		layout.second = layout.number + SECOND_WIDTH;
	layout.cells = layout.second > 0 ? layout.second : layout.number;
	while (layout.first_cell < cells &&
	       layout.cells + (cells - layout.first_cell) * CELL_WIDTH + 2 + LABEL_MIN >
		       area.columns)
		layout.first_cell++;
	layout.label = layout.cells + (cells - layout.first_cell) * CELL_WIDTH + 2 + sign;
	layout.brief = brief_column(board, layout.label);
	return layout;
}

static void
draw_cells(const char *const *cells, const struct layout *layout, int row, int column,
	   enum style style)
{
	for (int i = layout->first_cell; i < BOARD_CELLS; i++)
		if (cells[i] != NULL)
			draw_before(column + layout->cells +
					    (i - layout->first_cell + 1) * CELL_WIDTH,
				    row, style, cells[i]);
}

static void
draw_row(const struct board_row *row, const struct layout *layout, bool chosen, struct area area,
	 int at)
{
	enum style style = chosen ? STYLE_CURSOR : STYLE_PLAIN;
	int label = layout->label, brief = layout->brief;

	screen_text(at, area.column, area.columns, style, "");
	draw_number(&row->number, at, area.column + layout->number, style);
	if (layout->second > 0)
		draw_number(&row->second, at, area.column + layout->second, style);
	draw_cells(row->cells, layout, at, area.column, style);
	if (*row->sign != '\0')
		screen_text(at, area.column + label - SIGN_WIDTH, SIGN_WIDTH, style, row->sign);
	screen_text(at, area.column + label, area.columns - label, style, row->label);
	if (area.columns >= DETAIL_SCREEN_COLUMNS)
		screen_text(at, area.column + brief, area.columns - brief - MARGIN,
			    chosen ? style : STYLE_QUIET, row->brief);
}

/* Whether a heading stands over the row: the last one that is shown was of another group. */
static bool
begins_group(const struct board *board, size_t index)
{
	for (size_t i = index; i-- > 0;)
		if (board->rows[i].shown)
			return strcmp(board->rows[i].group, board->rows[index].group) != 0;
	return true;
}

/* The line of a row, counted from the first heading. */
static int
line_of(const struct board *board, size_t index)
{
	int line = -1;

	for (size_t i = 0; i <= index && i < board->count; i++)
		if (board->rows[i].shown)
			line += 1 + begins_group(board, i);
	return line;
}

/* Scrolls as little as shows the row under the cursor, and its heading where that is just above. */
static void
scroll(struct board *board)
{
	int line = line_of(board, board->cursor);
	int first = line - (board->cursor < board->count && board->height > 1 &&
			    begins_group(board, board->cursor));

	if (board->top > first)
		board->top = first;
	if (board->top < line - board->height + 1)
		board->top = line - board->height + 1;
	if (board->top < 0)
		board->top = 0;
}

static void
draw_rows(struct board *board, const struct layout *layout, struct area area)
{
	int line = -1;

	board->height = area.rows;
	scroll(board);
	for (size_t i = 0; i < board->count; i++) {
		bool begins = board->rows[i].shown && begins_group(board, i);
		int at;

		if (!board->rows[i].shown)
			continue;
		line += 1 + begins;
		at = area.row + line - board->top;
		if (begins && at - 1 >= area.row && at - 1 < area.row + area.rows)
			screen_text(at - 1, area.column + MARGIN, area.columns - 2 * MARGIN,
				    STYLE_HEADING, board->rows[i].group);
		if (at >= area.row && at < area.row + area.rows)
			draw_row(&board->rows[i], layout, i == board->cursor, area, at);
	}
}

/* The words over the columns of numbers and cells. */
static void
draw_columns(const struct board *board, const struct layout *layout, struct area area)
{
	draw_before(area.column + layout->number, area.row, STYLE_QUIET, board->column);
	if (layout->second > 0)
		draw_before(area.column + layout->second, area.row, STYLE_QUIET, board->second);
	draw_cells(board->cells, layout, area.row, area.column, STYLE_QUIET);
}

static void
draw_about(const char *words, struct area area)
{
	struct wrap wrap = { .text = words, .width = area.columns - 2 * MARGIN };

	for (int row = area.row; row < area.row + area.rows && wrap_next(&wrap); row++)
		screen_text(row, area.column + MARGIN, area.columns - 2 * MARGIN, STYLE_QUIET,
			    text_words(&wrap.line));
	text_free(&wrap.line);
}

/*
 * Lines at the foot for what the rows mean: the same for all, so that nothing jumps; none on a low
 * screen, where a key tells it.
 */
static int
about_rows(const struct board *board, struct area area)
{
	int most = area.rows * 2 / 5, rows = 0;

	for (size_t i = 0; i < board->count; i++) {
		int lines = board->rows[i].shown
				    ? wrap_count(board->rows[i].about, area.columns - 2 * MARGIN)
				    : 0;

		rows = lines > rows ? lines : rows;
	}
	rows = rows < most ? rows : most;
	return rows < ABOUT_MIN || area.rows - rows - 1 < ROWS_MIN ? 0 : rows;
}

void
board_draw(struct board *board, struct area area)
{
	const struct board_row *row = board_current(board);
	const struct layout layout = lay(board, area);
	int about = about_rows(board, area);
	struct area foot = { area.row + area.rows - about, area.column, about, area.columns };

	if (about > 0)
		area.rows -= about + 1;
	if (board->column != NULL && area.rows > ROWS_MIN) {
		draw_columns(board, &layout, area);
		area.row++;
		area.rows--;
	}
	draw_rows(board, &layout, area);
	if (row != NULL && about > 0)
		draw_about(row->about, foot);
}
