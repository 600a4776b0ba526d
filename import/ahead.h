/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_AHEAD_H
#define IMPORT_AHEAD_H

#include "import/reader.h"
#include "import/mapping.h"

/*
 * Reading ahead: a thread of its own reads, checks and parses the file, and makes canonical values
 * of its cells, while the register takes the rows before.  What reader_next() says, ahead_next()
 * says too, row for row and error for error, only sooner.
 */
struct ahead;

/* A row and what mapping_values() says of it. All is valid until the next row is asked for. */
struct ahead_row {
	struct source_row row;
	/* By slot of the mapping; of a wrong row those that were right, else NULL. */
	const char **values;
	struct mapping_result result;
};

/*
 * Neither the reader nor the mapping may be changed by others until ahead_close(), which leaves
 * them.  The mapping may be NULL: then nothing is made of the cells.
 */
struct ahead *ahead_open(struct reader *reader, const struct mapping *mapping);

/* As reader_next(); mapping_check_row() refuses the file too. */
bool ahead_next(struct ahead *ahead, struct ahead_row *row, bool *more, struct error *error);

/* How many bytes of the file have gone into the rows given so far, and some more. */
int64_t ahead_done(const struct ahead *ahead);

/* What was counted; NULL without a mapping. Only after ahead_next() came to the file's end. */
const struct mapping_tally *ahead_tally(const struct ahead *ahead);

/* Stops reading. NULL is passed over. */
void ahead_close(struct ahead *ahead);

#endif
