/* SPDX-License-Identifier: MIT */
#include "import/rows.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

void
rows_add_cell(struct rows *rows, const char *bytes, size_t size)
{
	size_t start = rows->text_size;

	if (size > ROW_CELL_BYTES_MAX)
		rows->excess = ROWS_LARGE_CELL;
	else if (rows_open_cells(rows) == ROW_CELLS_MAX)
		rows->excess = ROWS_MANY_CELLS;
	if (rows->excess != ROWS_FIT)
		return;
	if (rows->text_room - start <= size)
		rows->texts = memory_grow(rows->texts, &rows->text_room, start + size + 1, 1);
	if (rows->cell_room == rows->cell_count)
		rows->cells = memory_grow(rows->cells, &rows->cell_room, rows->cell_count + 1,
					  sizeof *rows->cells);
	if (size > 0)
		memcpy(rows->texts + start, bytes, size);
	rows->texts[start + size] = '\0';
	rows->cells[rows->cell_count++] = start;
	rows->text_size += size + 1;
}

const char *
rows_last_cell(const struct rows *rows)
{
	return rows->texts + rows->cells[rows->cell_count - 1];
}

void
rows_cut_cell(struct rows *rows)
{
	rows->cells[rows->cell_count - 1]++;
}

size_t
rows_open_cells(const struct rows *rows)
{
	return rows->cell_count - rows->unfinished;
}

const char *
rows_open_bytes(const struct rows *rows, size_t *size)
{
	size_t from = rows_open_cells(rows) > 0 ? rows->cells[rows->unfinished] : rows->text_size;

	*size = rows->text_size - from;
	return *size > 0 ? rows->texts + from : "";
}

void
rows_end_row(struct rows *rows, int64_t number, int64_t line)
{
	if (rows->excess != ROWS_FIT)
		return;
	rows->spans = memory_grow(rows->spans, &rows->room, rows->count + 1, sizeof *rows->spans);
	rows->spans[rows->count++] = (struct rows_span){ rows->unfinished, rows_open_cells(rows),
							 number, line };
	rows->unfinished = rows->cell_count;
}

void
rows_add_row(struct rows *rows, const struct source_row *row)
{
	rows->cells = memory_grow(rows->cells, &rows->cell_room, rows->cell_count + row->count,
				  sizeof *rows->cells);
	for (size_t i = 0; i < row->count; i++) {
		size_t size = strlen(row->cells[i]) + 1;

		if (rows->text_room - rows->text_size < size)
			rows->texts = memory_grow(rows->texts, &rows->text_room,
						  rows->text_size + size, 1);
		memcpy(rows->texts + rows->text_size, row->cells[i], size);
		rows->cells[rows->cell_count++] = rows->text_size;
		rows->text_size += size;
	}
	rows_end_row(rows, row->number, row->line);
}

void
rows_at(struct rows *rows, size_t index, struct source_row *row)
{
	const struct rows_span *span = &rows->spans[index];

	for (size_t i = 0; i < span->count; i++)
		rows->pointers[i] = rows->texts + rows->cells[span->first + i];
	*row = (struct source_row){ rows->pointers, span->count, span->number, span->line };
}

bool
rows_take(struct rows *rows, struct source_row *row)
{
	if (rows->given == rows->count)
		return false;
	rows_at(rows, rows->given++, row);
	return true;
}

const char *
rows_cell(const struct rows *rows, size_t row, size_t column)
{
	const struct rows_span *span = &rows->spans[row];

	return column < span->count ? rows->texts + rows->cells[span->first + column] : NULL;
}

void
rows_drop(struct rows *rows)
{
	size_t left = rows_open_cells(rows);
	size_t from = left > 0 ? rows->cells[rows->unfinished] : rows->text_size;

	for (size_t i = 0; i < left; i++)
		rows->cells[i] = rows->cells[rows->unfinished + i] - from;
	if (left > 0)
		memmove(rows->texts, rows->texts + from, rows->text_size - from);
	rows->text_size -= from;
	rows->cell_count = left;
	rows->unfinished = 0;
	rows->count = rows->given = 0;
}

const char *
rows_excess_words(const struct rows *rows, struct arena *arena)
{
	if (rows->excess == ROWS_LARGE_CELL)
		return arena_format(arena,
				    "has a cell longer than %d bytes, more than a spreadsheet cell "
				    "can hold: a quote may be missing",
				    ROW_CELL_BYTES_MAX);
	if (rows->excess == ROWS_MANY_CELLS)
		return arena_format(arena, "has more than %d cells, the most that are read",
				    ROW_CELLS_MAX);
	return NULL;
}

void
rows_free(struct rows *rows)
{
	free(rows->texts);
	free(rows->cells);
	free(rows->spans);
	*rows = (struct rows){ 0 };
}
