/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_LAYOUT_H
#define IMPORT_LAYOUT_H

#include "import/reader.h"
#include "import/rows.h"

/*
 * Which of the first rows of a file is its heading.  The one with the most cells that
 * options->recognise knows (two at least, or all that are filled), and of several the first.  When
 * nothing is known: the first that reaches as far to the right as most rows do and is filled by
 * more than half; what stands above a table is narrow.  There is a row at least.
 */
size_t layout_find_heading(struct rows *rows, const struct reader_options *options);

/*
 * "Passed over 4 lines above the heading, which is on line 5: 'CCTV survey', 'March 2019', 'Draft'
 * and more."  The first of the `count` rows are in `rows` from 0 on.  In the arena.
 */
enum { LAYOUT_SHOWN = 3 };	/* how many of them are shown, blank ones left out */
const char *layout_tell_passed(struct rows *rows, int64_t count, int64_t heading_line,
			       const char *line_word, struct arena *arena);

/* Whether there is nothing in the cell but blanks. */
bool layout_is_blank(const char *cell);

#endif
