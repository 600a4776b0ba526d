/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_CSV_H
#define IMPORT_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/hash.h"
#include "import/reader.h"
#include "import/row.h"

/*
 * Rows out of a file of text, one at a time, in memory that does not grow with the file.  Encoding
 * and delimiter are found out unless the options say them; the heading is not: rows are numbered
 * from 0, whatever stands in them.  The file is refused as a whole, with a sentence that names the
 * row and the line, when a byte of it is no letter in its encoding, when a quote is never closed or
 * runs over rows, and when a cell or a row is larger than any spreadsheet makes them; but the rows
 * that come before are handed out first.
 *
 * A row is what is not a blank line.  A line is a line of the file, from 1; a row may span several.
 */
struct csv;

enum { CSV_CHUNK_SIZE = 64 * 1024 };		/* bytes read at a time */

/*
 * `file` is a plain file, not empty, and is closed by csv_close(), as it is after a failure; it is
 * read `chunk_size` bytes at a time; `name` is what messages call it.
 */
struct csv *csv_open(int file, const char *name, const struct reader_options *options,
		     size_t chunk_size, struct error *error);

/*
 * The next row; *more is false at the end of the file. What it says of the end or a fault it says
 * again and again.
 */
bool csv_next(struct csv *csv, struct source_row *row, bool *more, struct error *error);

/* The row of that number is the heading: messages count the others from it. */
void csv_set_heading(struct csv *csv, int64_t number);

/* What was found out: names for people; how the encoding, which may change, was guessed. */
const char *csv_encoding(const struct csv *csv);
const char *csv_delimiter(const struct csv *csv);
const char *csv_notice(const struct csv *csv);

/* How far it has read, and the size of the file, in bytes. */
int64_t csv_done(const struct csv *csv);
int64_t csv_size(const struct csv *csv);

/* The SHA-256 of the file, once it has been read to its end. */
void csv_hash(const struct csv *csv, char text[HASH_TEXT_SIZE]);

void csv_close(struct csv *csv);

#endif
