/* SPDX-License-Identifier: MIT */
#ifndef TUI_BOARD_H
#define TUI_BOARD_H

#include "commands/session.h"
#include "core/figure.h"
#include "core/text.h"
#include "tui/screen.h"

struct app;
struct area;

/*
 * Numbers with words, in groups under headings: what Today, Findings and Figures are.  Each is
 * counted when nothing else is to do and shown when it arrives; until it is counted again the
 * number of before stays.  What the row under the cursor means stands at the foot.  Enter opens
 * exactly the rows that it counts.
 */
enum { BOARD_CELLS = 3, BOARD_UNCOUNTED = -1 };

struct board_number {
	struct figure figure;		/* without an id there is nothing to count */
	int64_t value;			/* BOARD_UNCOUNTED: never yet */
	bool stale;			/* to be counted, or counted again */
};

struct board_row {
	const char *group;		/* the heading over it; rows of one group stand together */
	const char *sign;		/* before its label: "R1"; "" for none */
	const char *label;
	const char *brief;		/* beside it on a wide screen */
	const char *about;		/* at the foot: paragraphs, each on a line */
	bool shown;			/* else only wanted for what stands above the rows */
	struct board_number number;
	struct board_number second;	/* of the board's second column */
	const char *cells[BOARD_CELLS];	/* words in columns between the numbers and the label */
};

struct board {
	const char *title;		/* on its tab */
	const char *help;		/* one line, without a full stop */
	/* Over the numbers; NULL: no such line, and no second column. */
	const char *column, *second;
	/* Over the cells of the rows; NULL for a board without. A narrow screen shows the last. */
	const char *cells[BOARD_CELLS];
	/* Reads all its rows at once; NULL: they are known, and their numbers are counted. */
	bool (*read)(struct board *board, const struct session *session, struct error *error);
	bool unread;
	/* Draws what stands above; returns its rows. */
	int (*head)(struct app *app, const struct board *board, struct area area);
	void (*counted)(struct board *board);	/* after each number; NULL for nothing */
	struct arena arena;		/* of the texts of its rows */
	struct board_row *rows;
	size_t count, room, cursor;
	/* By the person; until then the cursor is on the first row. */
	bool moved;
	int top;			/* how many lines are scrolled away */
	int height;			/* lines for the rows when they were last drawn */
};

/* Adds a row; the one that is returned lives until the next is added. */
struct board_row *board_add(struct board *board, const struct board_row *row);
/* A row that counts a figure, under the heading. One that is there already is not added again. */
void board_add_figure(struct board *board, const struct figure *figure, const char *group,
		      bool shown);
void board_free(struct board *board);

/* Says that every number is to be counted again. */
void board_invalidate(struct board *board);

/* Counts one number; *done when none was left. */
bool board_count(struct board *board, const struct session *session, bool *done,
		 struct error *error);

/* The number of the figure of that id; -1 while it is not known. */
int64_t board_value(const struct board *board, const char *id);
void board_show(struct board *board, const char *id, bool shown);

void board_move(struct board *board, int rows);
/* The row under the cursor; NULL when nothing is shown. */
const struct board_row *board_current(const struct board *board);

void board_draw(struct board *board, struct area area);

/* Draws a sentence over the rows where there is room for it; returns the rows that it takes. */
int board_draw_opening(struct area area, const char *words);

/* Draws a text wrapped from a row on, on at most so many rows; returns the row behind it. */
int board_draw_paragraph(struct area area, int row, int rows, enum style style, const char *words);

#endif
