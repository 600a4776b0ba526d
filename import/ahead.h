/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_AHEAD_H
#define IMPORT_AHEAD_H

#include "import/csv.h"

/*
 * Reading ahead: a thread of its own reads, checks and parses the file while
 * the register takes the rows before.  What csv_next() says, ahead_next() says too, row
 * for row and error for error, only sooner.
 */
struct ahead;

/* The csv may not be used by others until ahead_close(), which leaves it open. */
struct ahead *ahead_open(struct csv *csv);

/* As csv_next(); the row is valid until the next call. */
bool ahead_next(struct ahead *ahead, struct csv_row *row, bool *more, struct error *error);

/* How many bytes of the file have gone into the rows given so far, and some more. */
int64_t ahead_done(const struct ahead *ahead);

/* Stops reading. NULL is passed over. */
void ahead_close(struct ahead *ahead);

#endif
