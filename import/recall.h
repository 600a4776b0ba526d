/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_RECALL_H
#define IMPORT_RECALL_H

#include "core/progress.h"
#include "import/reader.h"

/*
 * A few rows of a file once more, after it was read: a thread of its own reads it from the start
 * and keeps those that are wanted, while the register is busy.
 */
struct recall;

/*
 * The numbers of the rows in ascending order; all that is passed must live until recall_close().
 * `options` must say how the file was read, so that the same rows come.
 */
struct recall *recall_open(const char *path, const struct reader_options *options,
			   const int64_t *rows, size_t count);

/* Waits for the reading to end. False with an error: it cannot be read, or ERROR_CANCELLED. */
bool recall_wait(struct recall *recall, const struct progress *progress, struct error *error);

/*
 * The row that is wanted at that position; only after recall_wait(). False when the file has no
 * such row any more.
 */
bool recall_row(struct recall *recall, size_t position, struct source_row *row);

/* Stops reading. NULL is passed over. */
void recall_close(struct recall *recall);

#endif
