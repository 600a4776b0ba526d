/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_READER_H
#define IMPORT_READER_H

#include <stdbool.h>

#include "core/error.h"
#include "core/hash.h"
#include "import/row.h"

/*
 * Rows out of a file of any format that is imported: what its first bytes say it is decides who
 * reads it.  The heading is found among the first rows, title rows above it are passed over, and
 * what was found out is told. Memory does not grow with the file.
 */
struct reader;

enum {
	READER_LAYOUT_ROWS = 40,	/* how far down the heading is looked for */
	READER_SAMPLES = 3,		/* values of a column that are shown to say what it is */
};

/* How the file is to be read where a person says so; `{ 0 }`: everything is found out. */
struct reader_options {
	/* A word of encoding_words[] (import/encoding.h), or NULL. */
	const char *encoding;
	char delimiter;			/* or '\0' */
	/* Of a workbook: its name, or its number from 1; NULL: the one that fits best. */
	const char *sheet;
	/* The line, or row of the worksheet, of the heading; 0: found by rule. */
	int64_t heading_line;
	/*
	 * The columns that hold dates, ROW_CELLS_MAX of them, filled in once the heading is known,
	 * and the caller's until the reader is closed; NULL: nobody says.  In a workbook that
	 * counts days from 1904 numbers of days in them are handed out as dates, which anybody may
	 * read later.
	 */
	const bool *date_columns;
	bool read_before;		/* its SHA-256 is known, so reader_hash() is not asked */
	/*
	 * How many of these cells are headings that somebody knows; NULL: nobody asks, and the
	 * first row that is as wide as those below it is the heading.
	 */
	size_t (*recognise)(const void *context, const char *const *cells, size_t count);
	const void *context;
};

/*
 * What was found out; of the encoding all is known at the end of the file. Texts live as long as
 * the reader.
 */
struct reader_facts {
	const char *format;		/* "CSV" or "Excel" */
	const char *encoding;		/* "UTF-8"; of a workbook NULL */
	/* "comma", "semicolon", "tab", "pipe"; of a workbook NULL. */
	const char *delimiter;
	const char *sheet;		/* name of the worksheet; of a text file NULL */
	int64_t heading_line;
};

/* What a line of such a file is called: "line", or "sheet row"; NULL is a text file. */
const char *reader_line_word(const char *format);

/*
 * NULL with a sentence when the file is missing, empty, no plain file, unreadable, or nothing that
 * can be imported.
 */
struct reader *reader_open(const char *path, const struct reader_options *options,
			   struct error *error);

/*
 * The same from an open file, which reader_close() closes (as does a failure), read `chunk_size`
 * bytes at a time; `name` is what messages call it.
 */
struct reader *reader_open_file(int file, const char *name, const struct reader_options *options,
				size_t chunk_size, struct error *error);

/* The heading first, as row 0, then row by row; *more is false at the end. */
bool reader_next(struct reader *reader, struct source_row *row, bool *more, struct error *error);

/*
 * The first values of a column, blank ones left out: up to READER_SAMPLES; returns how many. From
 * the rows that were looked at for the heading.
 */
size_t reader_samples(const struct reader *reader, size_t column,
		      const char *samples[READER_SAMPLES]);

/* What messages call the file. */
const char *reader_name(const struct reader *reader);

const struct reader_facts *reader_facts(const struct reader *reader);

/*
 * What a person should know of how the file was read: sentences, as many as *count.  Title rows
 * that were passed over, sheets that were not read, hidden rows and columns, merged cells, bytes
 * that were read as Windows-1252.  All of them are there once the file was read to its end.
 */
const char *const *reader_notices(const struct reader *reader, size_t *count);

/* How far it has read and how much there is, in bytes or whatever is even: for progress. */
int64_t reader_done(const struct reader *reader);
int64_t reader_size(const struct reader *reader);

/* The SHA-256 of the file, once it has been read to its end. */
void reader_hash(const struct reader *reader, char text[HASH_TEXT_SIZE]);

/* NULL is passed over. */
void reader_close(struct reader *reader);

#endif
