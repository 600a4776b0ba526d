/* SPDX-License-Identifier: MIT */
#ifndef TESTS_READING_H
#define TESTS_READING_H

/* For tests of what is read out of files: all that a reader says of one, as text, whatever the chunks it comes in. */

#include <inttypes.h>
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "import/ahead.h"
#include "import/csv.h"
#include "import/reader.h"
#include "tests/csv_file.h"

static inline void
reading_add_row(const struct source_row *row, struct text *out)
{
	text_format(out, "%" PRId64 "@%" PRId64, row->number, row->line);
	for (size_t i = 0; i < row->count; i++)
		text_format(out, "[%s]", row->cells[i]);
	text_append(out, "\n");
}

static inline void
reading_add_end(const struct reader *reader, const struct error *error, struct text *out)
{
	size_t count = 0;
	const char *const *notices = reader != NULL ? reader_notices(reader, &count) : NULL;

	for (size_t i = 0; i < count; i++)
		text_format(out, "! %s\n", notices[i]);
	if (error->kind != ERROR_NONE)
		text_append(out, error->message);
}

/* The rows, number@line[cell][cell] on a line each; the notices, "! " before each; the error. Closes the file. */
static inline void
reading_dump(int file, const struct reader_options *options, size_t chunk_size, struct text *out)
{
	struct error error = { 0 };
	struct reader *reader = reader_open_file(file, "x.csv", options, chunk_size, &error);
	bool more = reader != NULL;
	struct source_row row;

	while (more && reader_next(reader, &row, &more, &error) && more)
		reading_add_row(&row, out);
	reading_add_end(reader, &error, out);
	reader_close(reader);
}

/* The same by way of the thread that reads ahead. */
static inline void
reading_dump_ahead(int file, const struct reader_options *options, size_t chunk_size, struct text *out)
{
	struct error error = { 0 };
	struct reader *reader = reader_open_file(file, "x.csv", options, chunk_size, &error);
	struct ahead *ahead = reader != NULL ? ahead_open(reader, NULL) : NULL;
	bool more = reader != NULL;
	struct ahead_row row;

	while (more && ahead_next(ahead, &row, &more, &error) && more)
		reading_add_row(&row.row, out);
	ahead_close(ahead);
	reading_add_end(reader, &error, out);
	reader_close(reader);
}

/* Chunks of every size while the file is small, of some sizes when it is large. */
static inline size_t
reading_next_chunk(size_t chunk_size, size_t size)
{
	if (chunk_size == CSV_CHUNK_SIZE)
		return 0;
	if (chunk_size > size)
		return CSV_CHUNK_SIZE;
	return size < 400 ? chunk_size + 1 : size < 20000 ? chunk_size * 3 : chunk_size * 20;
}

/* What the bytes are read as, which is the same in chunks of any size and when it is read ahead. */
static inline void
reading_of(const char *bytes, size_t size, const struct reader_options *options, struct text *out)
{
	int file = file_of_bytes(bytes, size);

	reading_dump_ahead(dup(file), options, 5, out);
	for (size_t chunk_size = 1; chunk_size > 0; chunk_size = reading_next_chunk(chunk_size, size)) {
		struct text again = { 0 };

		lseek(file, 0, SEEK_SET);
		reading_dump(dup(file), options, chunk_size, &again);
		if (strcmp(text_words(&again), text_words(out)) != 0)
			fail_msg("in chunks of %zu bytes:\n%s\nread ahead:\n%s", chunk_size, text_words(&again),
				 text_words(out));
		text_free(&again);
	}
	close(file);
}

static inline void
reading_assert(const char *bytes, size_t size, const struct reader_options *options, const char *expected)
{
	struct text out = { 0 };

	reading_of(bytes, size, options, &out);
	assert_string_equal(text_words(&out), expected);
	text_free(&out);
}

#endif
