/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_QUOTES_H
#define IMPORT_QUOTES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A watch on the quotes of a CSV file.  A quote that somebody forgot to close or to double makes a
 * quoted cell run on to the next quote, which may be rows further down; the rows between would be
 * read as text and lost.  Such a cell gives itself away: it holds a line end and a quote that is
 * neither doubled nor followed by a delimiter or a line end.
 *
 * `struct quotes quotes = { .delimiter = ',' };` stands before the first byte.
 */
struct quotes {
	enum quotes_place {
		QUOTES_CELL_START, QUOTES_PLAIN, QUOTES_QUOTED, QUOTES_AFTER_QUOTE
	} place;
	char delimiter;	/* between cells */
	bool blanks;	/* after the quote came blanks */
	bool stray;	/* the quoted cell holds a quote that is not doubled */
	bool lines;	/* it holds a line end */
};

/* Reads on; returns the offset behind the byte that gave a run-on cell away, 0 when all is well. */
size_t quotes_check(struct quotes *quotes, const char *bytes, size_t size);

#endif
