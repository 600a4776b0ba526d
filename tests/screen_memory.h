/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SCREEN_MEMORY_H
#define TESTS_SCREEN_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/text.h"

/*
 * The terminal as a grid in memory.  Its keys come from a script; when they
 * are used up, what is on the screen is kept as text and the terminal says that it is closed.
 */
enum { MEMORY_ROWS_MAX = 100, MEMORY_COLUMNS_MAX = 300 };

void memory_screen_resize(int rows, int columns);

/*
 * Keys as a script writes them: characters stand for themselves, line ends for nothing, and <Enter>, <Ctrl-P>,
 * <lt> (a '<') or <40x10> (another size) for what keys.h names.
 */
void memory_screen_script(const char *keys, bool hurried);

/*
 * Keys from a generator instead: one of `next` after the other, until it answers KEY_CLOSED.
 * MEMORY_SILENCE is none: nothing was pressed for as long as the program wanted to wait.
 */
enum { MEMORY_SILENCE = -1 };

void memory_screen_generate(int (*next)(void *context), void *context);

/*
 * Whether a key waits while the program works: in a script never, so that all work is done before the next
 * key, or when it is hurried always, as when somebody types ahead; with a generator now and then.
 */

/* What was on the screen when the keys were used up: a line a row, '>' before the row under the cursor. */
const char *memory_screen_text(void);

/* What stands in a row now, without the blanks behind it. */
void memory_screen_row(int row, struct text *out);

/* How often the program waited for a key. */
size_t memory_screen_waits(void);

void memory_screen_free(void);

#endif
