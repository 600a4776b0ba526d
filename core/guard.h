/* SPDX-License-Identifier: MIT */
#ifndef CORE_GUARD_H
#define CORE_GUARD_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/text.h"

/*
 * A spreadsheet runs a CSV cell that begins like a formula.  So in CSV one apostrophe is put before
 * words that begin with = + - @, tab or carriage return, and before words that begin with
 * apostrophes followed by one of those; reading takes exactly one away.  What is written and read
 * back is therefore always the same words.
 */

/* Whether the words must get an apostrophe when they are written to CSV. */
bool guard_is_needed(const char *words);

/*
 * Appends the words as one cell of CSV (RFC 4180): between quotes when something in them asks for
 * it, or when a blank at their start would be lost; with an apostrophe first when `guarded`.
 */
void guard_append_cell(struct text *out, const char *words, bool guarded);

/*
 * Whether the words, read from CSV, begin with an apostrophe that is a guard: the words are those
 * after it.
 */
bool guard_is_present(const char *words);

/*
 * The words of each cell of a line of CSV that guard_append_cell() wrote, without guards: *count of
 * them, at least one, in the arena.  A line may hold line ends between quotes.
 */
const char **guard_split_line(const char *line, size_t *count, struct arena *arena);

#endif
