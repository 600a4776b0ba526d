/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_ROW_H
#define IMPORT_ROW_H

#include <stddef.h>
#include <stdint.h>

#include "core/text.h"

/* What a row of any file may hold, whatever its format. */
enum {
	/* What fills a spreadsheet cell, in UTF-8. */
	ROW_CELL_BYTES_MAX = 4 * TEXT_CELL_CHARACTERS,
	ROW_CELLS_MAX = 256,
};

/*
 * A row of a file that is imported.  Rows count from 1 below the heading, which is row 0; blank
 * lines do not count. A line is a line of a text file, or a row of a worksheet, from 1; a row of a
 * text file may span several.
 */
struct source_row {
	/* UTF-8, without blanks around what was not quoted; valid until the next row. */
	const char *const *cells;
	size_t count;			/* 1 to ROW_CELLS_MAX */
	int64_t number;			/* 0 for the heading */
	int64_t line;			/* on which it begins */
};

#endif
