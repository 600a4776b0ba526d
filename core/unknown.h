/* SPDX-License-Identifier: MIT */
#ifndef CORE_UNKNOWN_H
#define CORE_UNKNOWN_H

#include <stdbool.h>

/*
 * How people write in a spreadsheet that they do not know: n/a, TBC, ?, -.  An import takes such a cell for
 * one that says nothing, and counts it.  Ends with NULL; for the manual.
 */
extern const char *const unknown_words[];

/* Whether the words (trimmed) are one of them, in any case. */
bool unknown_is(const char *words);

#endif
