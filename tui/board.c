/* SPDX-License-Identifier: MIT */
#include "tui/board.h"

#include <stdlib.h>
#include <string.h>

#include "commands/figures.h"
#include "core/memory.h"

struct board_row *
board_add(struct board *board, const struct board_row *row)
{
	board->rows = memory_grow(board->rows, &board->room, board->count + 1, sizeof *board->rows);
	board->rows[board->count] = *row;
	board->rows[board->count].number.value = BOARD_UNCOUNTED;
	board->rows[board->count].second.value = BOARD_UNCOUNTED;
	board->rows[board->count].number.stale = row->number.figure.id != NULL;
	board->rows[board->count].second.stale = row->second.figure.id != NULL;
	return &board->rows[board->count++];
}

/* The row of a figure; board->count for none. */
static size_t
find(const struct board *board, const char *id)
{
	size_t i = 0;

	while (i < board->count && (board->rows[i].number.figure.id == NULL ||
				    strcmp(board->rows[i].number.figure.id, id) != 0))
		i++;
	return i;
}

void
board_add_figure(struct board *board, const struct figure *figure, const char *group, bool shown)
{
	if (figure == NULL || find(board, figure->id) < board->count)
		return;
	board_add(board, &(struct board_row){
		.group = group, .sign = "", .label = figure->label, .brief = figure->definition,
		.about = figure->definition, .shown = shown, .number.figure = *figure,
	});
}

void
board_free(struct board *board)
{
	free(board->rows);
	arena_free(&board->arena);
}

static void
make_stale(struct board_number *number)
{
	number->stale = number->figure.id != NULL;
}

void
board_invalidate(struct board *board)
{
	board->unread = board->read != NULL;
	for (size_t i = 0; i < board->count; i++) {
		make_stale(&board->rows[i].number);
		make_stale(&board->rows[i].second);
	}
}

static struct board_number *
next_stale(struct board *board)
{
	for (size_t i = 0; i < board->count; i++) {
		if (board->rows[i].number.stale)
			return &board->rows[i].number;
		if (board->rows[i].second.stale)
			return &board->rows[i].second;
	}
	return NULL;
}

bool
board_count(struct board *board, const struct session *session, bool *done, struct error *error)
{
	struct board_number *number = next_stale(board);
	int64_t value;

	*done = number == NULL && !board->unread;
	if (board->unread) {
		board->unread = !board->read(board, session, error);
		return !board->unread;
	}
	if (*done)
		return true;
	if (!figure_value(session, &number->figure, &value, error))
		return false;
	number->value = value;
	number->stale = false;
	if (board->counted != NULL)
		board->counted(board);
	return true;
}

int64_t
board_value(const struct board *board, const char *id)
{
	size_t row = find(board, id);

	return row < board->count ? board->rows[row].number.value : -1;
}

static size_t
first_shown(const struct board *board)
{
	for (size_t i = 0; i < board->count; i++)
		if (board->rows[i].shown)
			return i;
	return board->count;
}

void
board_show(struct board *board, const char *id, bool shown)
{
	size_t row = find(board, id);

	if (row < board->count)
		board->rows[row].shown = shown;
	if (!board->moved || board->cursor >= board->count || !board->rows[board->cursor].shown)
		board->cursor = first_shown(board);
}

/* The next shown row in a direction; the same when there is none. */
static size_t
neighbour(const struct board *board, size_t from, int step)
{
	for (size_t i = from + (size_t)step; i < board->count; i += (size_t)step)
		if (board->rows[i].shown)
			return i;
	return from;
}

void
board_move(struct board *board, int rows)
{
	board->moved = true;
	for (; rows > 0; rows--)
		board->cursor = neighbour(board, board->cursor, 1);
	for (; rows < 0; rows++)
		board->cursor = neighbour(board, board->cursor, -1);
}

const struct board_row *
board_current(const struct board *board)
{
	return board->cursor < board->count && board->rows[board->cursor].shown
		       ? &board->rows[board->cursor]
		       : NULL;
}
