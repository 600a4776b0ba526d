/* SPDX-License-Identifier: MIT */
#ifndef TUI_WRAP_H
#define TUI_WRAP_H

#include <stdbool.h>

#include "core/text.h"

/*
 * Takes the next line of at most `width` columns from *text, broken at a blank
 * where there is one, and moves *text behind it. False when nothing is left.
 */
bool wrap_line(const char **text, int width, struct text *line);

/* How many lines that makes; an empty text makes none. */
int wrap_count(const char *text, int width);

#endif
