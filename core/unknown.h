/* SPDX-License-Identifier: MIT */
#ifndef CORE_UNKNOWN_H
#define CORE_UNKNOWN_H

#include <stdbool.h>

/*
 * How people write in a spreadsheet that they do not know: n/a, TBC, ?, -.  An import takes such a
 * cell for one that says nothing, and counts it.  Sorted; ends with NULL; for the manual.
 *
 * "None", "nil", "no" and "0" are not among them: they say that there is nothing, which is
 * something known.  #N/A is, though a spreadsheet writes it as an error: it is what a look-up says
 * when it finds nothing.
 */
extern const char *const unknown_words[];

/*
 * Whether the words (trimmed) are one of them, in any case; but "NA" only in capitals, because "Na"
 * may be a name. Asked of every cell of an import: for nearly all it looks at two characters.
 */
bool unknown_is(const char *words);

#endif
