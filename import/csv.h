/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_CSV_H
#define IMPORT_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/hash.h"
#include "import/row.h"

/*
 * Rows out of a CSV file, one at a time, in memory that does not grow with the
 * file.  The file is refused as a whole, with a sentence that names the row
 * and the line, when it is not text in UTF-8, when a quote is never closed or
 * runs over rows, and when a cell or a row is larger than any spreadsheet makes them.
 *
 * A row is what stands below the heading and is not a blank line; rows count from 1 and the
 * heading is row 0.  A line is a line of the file, from 1; a row may span several.
 */
struct csv;

enum { CSV_CHUNK_SIZE = 64 * 1024 };		/* bytes read at a time */

/* NULL with a sentence when the file is missing, empty, a folder, no plain file, unreadable or a workbook. */
struct csv *csv_open(const char *path, struct error *error);

/*
 * The same from an open file, which csv_close() closes (as does a failure), read `chunk_size` bytes at a
 * time; `name` is what messages call it.
 */
struct csv *csv_open_file(int file, const char *name, size_t chunk_size, struct error *error);

/* The next row; *more is false at the end of the file. */
bool csv_next(struct csv *csv, struct source_row *row, bool *more, struct error *error);

/* How far it has read, and the size of the file, in bytes. */
int64_t csv_done(const struct csv *csv);
int64_t csv_size(const struct csv *csv);

/* The SHA-256 of the file, once it has been read to its end. */
void csv_hash(const struct csv *csv, char text[HASH_TEXT_SIZE]);

void csv_close(struct csv *csv);

#endif
