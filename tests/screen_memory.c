/* SPDX-License-Identifier: MIT */
#include "tests/screen_memory.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "tui/keys.h"
#include "tui/screen.h"

enum { CELL_SIZE = 28, NAME_SIZE = 24, INTERRUPT_EVERY = 7 };

static struct memory_screen {
	struct cell {
		char bytes[CELL_SIZE];	/* the character with its marks; "" behind a wide one */
		enum style style;
	} grid[MEMORY_ROWS_MAX][MEMORY_COLUMNS_MAX];
	int rows, columns;
	int cursor_row, cursor_column;
	char *script;
	const char *at;			/* in the script */
	bool hurried;			/* the next key of the script is there before it is asked for */
	int (*next)(void *context);
	void *context;
	size_t waits;
	unsigned looks;			/* how often it was asked whether a key waits */
	bool used_up;
	int ahead;			/* what screen_wait() saw; 0 for nothing */
	struct text last;
} screen = { .rows = 24, .columns = 80 };

bool
screen_open(struct error *error)
{
	(void)error;
	return true;
}

void
screen_close(void)
{
}

void
screen_size(int *rows, int *columns)
{
	*rows = screen.rows;
	*columns = screen.columns;
}

void
screen_clear(void)
{
	screen.cursor_row = -1;
	for (int row = 0; row < screen.rows; row++)
		for (int column = 0; column < screen.columns; column++)
			screen.grid[row][column] = (struct cell){ " ", STYLE_PLAIN };
}

void
memory_screen_resize(int rows, int columns)
{
	assert(rows > 0 && rows <= MEMORY_ROWS_MAX && columns > 0 && columns <= MEMORY_COLUMNS_MAX);
	screen.rows = rows;
	screen.columns = columns;
	screen_clear();
}

static void
add_mark(int row, int column, const char *bytes, size_t size)
{
	struct cell *cell;

	while (column > 0 && screen.grid[row][column - 1].bytes[0] == '\0')
		column--;
	assert(column > 0);
	cell = &screen.grid[row][column - 1];
	if (strlen(cell->bytes) + size < CELL_SIZE)
		strncat(cell->bytes, bytes, size);
}

void
screen_place(int row, int column, enum style style, const char *clean)
{
	size_t room = strlen(clean), size;

	/* What screen.c promises every backend. */
	assert(row >= 0 && row < screen.rows && column >= 0 && column + text_width(clean) <= screen.columns);
	assert(text_invalid_at(clean, room) == room);
	for (; room > 0; clean += size, room -= size) {
		struct cell cell = { "", style };
		int width = 1;

		text_decode(clean, room, &size);
		memcpy(cell.bytes, clean, size);
		if (size > 1)
			width = text_width(cell.bytes);
		if (width == 0) {
			add_mark(row, column, clean, size);
			continue;
		}
		screen.grid[row][column] = cell;
		if (width == 2)
			screen.grid[row][column + 1] = (struct cell){ "", style };
		column += width;
	}
}

void
memory_screen_row(int row, struct text *out)
{
	int end = screen.columns;

	while (end > 0 && strcmp(screen.grid[row][end - 1].bytes, " ") == 0)
		end--;
	for (int column = 0; column < end; column++)
		text_append(out, screen.grid[row][column].bytes);
}

void
screen_cursor(int row, int column)
{
	screen.cursor_row = row;
	screen.cursor_column = column;
}

void
screen_show(void)
{
}

void
memory_screen_script(const char *keys, bool hurried)
{
	memory_screen_free();
	screen.script = memory_alloc(strlen(keys) + 1);
	memcpy(screen.script, keys, strlen(keys));
	screen.at = screen.script;
	screen.hurried = hurried;
}

void
memory_screen_generate(int (*next)(void *context), void *context)
{
	memory_screen_free();
	screen.next = next;
	screen.context = context;
}

void
memory_screen_free(void)
{
	free(screen.script);
	text_free(&screen.last);
	screen.script = NULL;
	screen.at = NULL;
	screen.next = NULL;
	screen.waits = 0;
	screen.used_up = screen.hurried = false;
	screen.ahead = 0;
}

/* A key or a size between < and >. */
static int
named_key(const char *name)
{
	int rows, columns;

	if (sscanf(name, "%dx%d", &columns, &rows) == 2) {
		memory_screen_resize(rows, columns);
		return KEY_RESIZED;
	}
	if (strcmp(name, "lt") == 0)
		return '<';
	if (key_named(name) == 0) {
		fprintf(stderr, "there is no key <%s>\n", name);
		abort();
	}
	return key_named(name);
}

static int
script_key(void)
{
	const char *end;
	char name[NAME_SIZE];
	size_t size;
	int key;

	while (screen.at != NULL && *screen.at == '\n')
		screen.at++;
	if (screen.at == NULL || *screen.at == '\0')
		return KEY_CLOSED;
	end = *screen.at == '<' ? strchr(screen.at, '>') : NULL;
	if (end != NULL) {
		snprintf(name, sizeof name, "%.*s", (int)(end - screen.at - 1), screen.at + 1);
		screen.at = end + 1;
		return named_key(name);
	}
	key = text_decode(screen.at, strlen(screen.at), &size);
	screen.at += size;
	return key;
}

static void
append_row(struct text *out, int row)
{
	int end = screen.columns;
	bool chosen = false;

	while (end > 0 && strcmp(screen.grid[row][end - 1].bytes, " ") == 0)
		end--;
	for (int column = 0; column < screen.columns; column++)
		chosen = chosen || screen.grid[row][column].style == STYLE_CURSOR;
	text_append(out, chosen ? ">" : end > 0 ? " " : "");
	for (int column = 0; column < end; column++)
		text_append(out, screen.grid[row][column].bytes);
	text_append(out, "\n");
}

static void
keep_text(void)
{
	text_clear(&screen.last);
	for (int row = 0; row < screen.rows; row++)
		append_row(&screen.last, row);
	if (screen.cursor_row >= 0)
		text_format(&screen.last, "cursor in row %d, column %d\n", screen.cursor_row + 1,
			    screen.cursor_column + 1);
}

static int
take_key(void)
{
	int key;

	screen.waits++;
	if (screen.used_up)
		return KEY_CLOSED;
	key = screen.next != NULL ? screen.next(screen.context) : script_key();
	if (key == KEY_CLOSED) {
		screen.used_up = true;
		keep_text();
	}
	return key;
}

int
screen_key(void)
{
	int key = screen.ahead != 0 ? screen.ahead : take_key();

	screen.ahead = 0;
	return key;
}

bool
screen_wait(int timeout_ms)
{
	(void)timeout_ms;
	if (screen.ahead == 0)
		screen.ahead = take_key();
	if (screen.ahead != MEMORY_SILENCE)
		return true;
	screen.ahead = 0;
	return false;
}

bool
screen_key_is_waiting(void)
{
	if (screen.next == NULL)
		return screen.hurried && *screen.at != '\0';
	return ++screen.looks % INTERRUPT_EVERY == 0;
}

const char *
memory_screen_text(void)
{
	return text_words(&screen.last);
}

size_t
memory_screen_waits(void)
{
	return screen.waits;
}
