/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_DELIMITER_H
#define IMPORT_DELIMITER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/choice.h"
#include "import/reader.h"

/* What stands between the cells of a text file. */
struct delimiter {
	char byte;
	const char *title;	/* "comma" */
};

/* In the order in which they are taken when they do equally well; ends with a nameless row. */
extern const struct delimiter delimiters[];

/* Their titles, in the same order. */
extern const struct choice delimiter_words[];

/* The one of that title, in any case, or the word itself; '\0' with a sentence that lists them. */
char delimiter_find(const char *word, struct error *error);

/* What people call it: "semicolon"; of one that is not in the table NULL. */
const char *delimiter_title(char byte);

/* Whether it can stand between cells: a tab or a sign, but not a quote. */
bool delimiter_is_usable(char byte);

/*
 * The one that makes the best rows of the first bytes of a file (`whole`: of all of it): the most
 * headings that options->recognise knows, else cells in every row and as many in one as in the
 * other, else the most such cells.
 */
char delimiter_of_start(const char *bytes, size_t size, bool whole,
			const struct reader_options *options);

/*
 * Excel's first line `sep=;`: the bytes that it takes, without its line end, and *byte; 0 when
 * there is none.
 */
size_t delimiter_of_first_line(const char *bytes, size_t size, char *byte);

#endif
