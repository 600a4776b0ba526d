/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_ROWS_H
#define IMPORT_ROWS_H

#include <stdbool.h>

#include "core/arena.h"
#include "import/row.h"

/*
 * A batch of rows: whoever reads a file puts cells in and ends rows, and takes the rows out again
 * when enough of them are there.  The texts stand one behind the other in a buffer that grows and
 * is used again, so a cell costs no allocation.  `{ 0 }` is empty; end it with rows_free().
 */
struct rows {
	char *texts;			/* of the cells, each with a NUL */
	size_t text_size, text_room;
	size_t *cells;			/* where in the texts each begins */
	size_t cell_count, cell_room;
	struct rows_span {
		size_t first, count;	/* of its cells */
		int64_t number, line;
	} *spans;
	size_t count, room;		/* of the rows that are whole */
	size_t given;			/* how many of them rows_take() has handed out */
	size_t unfinished;		/* the first cell of the row in the making */
	/* Why that row cannot be taken. */
	enum rows_excess { ROWS_FIT, ROWS_MANY_CELLS, ROWS_LARGE_CELL } excess;
	const char *pointers[ROW_CELLS_MAX];
};

/*
 * Puts a cell behind the row in the making: `size` bytes, none of them a NUL.  A cell or a row that
 * is larger than any spreadsheet makes them is not kept: from then on `excess` says why, and
 * nothing more is taken.
 */
void rows_add_cell(struct rows *rows, const char *bytes, size_t size);

/*
 * The cell that was added last, valid until the next; and to take the first byte away from it, when
 * it has one.
 */
const char *rows_last_cell(const struct rows *rows);
void rows_cut_cell(struct rows *rows);

/* The cells of the row in the making. */
size_t rows_open_cells(const struct rows *rows);

/* Their bytes one behind the other, as they were added, with a NUL between them. */
const char *rows_open_bytes(const struct rows *rows, size_t *size);

/* The row in the making, which has a cell at least, is whole. */
void rows_end_row(struct rows *rows, int64_t number, int64_t line);

/* A whole row at once, while none is in the making. */
void rows_add_row(struct rows *rows, const struct source_row *row);

/* The next row that was not handed out yet, valid until the next call; false when there is none. */
bool rows_take(struct rows *rows, struct source_row *row);

/* Any row of the batch, from 0, as rows_take() gives it. */
void rows_at(struct rows *rows, size_t index, struct source_row *row);

/* One cell of any row of the batch, both from 0; NULL when the row has not so many. */
const char *rows_cell(const struct rows *rows, size_t row, size_t column);

/* Drops the rows that are whole; the row in the making stays. */
void rows_drop(struct rows *rows);

/*
 * What is wrong with the row that is too large: "has more than 256 cells, ..."; NULL when all fits.
 * In the arena.
 */
const char *rows_excess_words(const struct rows *rows, struct arena *arena);

void rows_free(struct rows *rows);

#endif
