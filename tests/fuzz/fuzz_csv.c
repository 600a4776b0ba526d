/* SPDX-License-Identifier: MIT */
/*
 * Any bytes are rows, notices or a sentence, and the size of the chunks that they come in makes no difference.  The
 * first byte chooses the encoding and the delimiter that a person may name, the second the line of the heading; what
 * stands behind them is the file.
 */
#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "import/csv.h"
#include "import/delimiter.h"
#include "import/encoding.h"
#include "import/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CHOICES = 2 };

/* A vocabulary in which every word that begins with a capital is a heading. */
static size_t
count_capitals(const void *context, const char *const *cells, size_t count)
{
	size_t known = 0;

	(void)context;
	for (size_t i = 0; i < count; i++)
		known += isupper((unsigned char)cells[i][0]) != 0;
	return known;
}

static struct reader_options
choose(const uint8_t choices[CHOICES])
{
	unsigned encoding = choices[0] & 7, delimiter = choices[0] >> 3 & 7;

	return (struct reader_options){
		.encoding = encoding < ENCODING_COUNT ? encoding_words[encoding].name : NULL,
		.delimiter = delimiter < 4 ? delimiters[delimiter].byte : '\0',
		.heading_line = choices[1] & 0x80 ? choices[1] & 0x7f : 0,
		.recognise = choices[0] & 0x80 ? count_capitals : NULL,
	};
}

static void
read_all(int file, const struct reader_options *options, size_t chunk_size, struct text *out)
{
	struct error error = { 0 };
	struct source_row row;
	struct reader *reader;
	const char *const *notices = NULL;
	bool more = true;
	size_t count = 0;

	lseek(file, 0, SEEK_SET);
	reader = reader_open_file(dup(file), "fuzz", options, chunk_size, &error);
	while (reader != NULL && more && reader_next(reader, &row, &more, &error) && more) {
		text_format(out, "%" PRId64 "@%" PRId64, row.number, row.line);
		for (size_t i = 0; i < row.count; i++)
			text_format(out, "%s%c", row.cells[i], i + 1 < row.count ? 1 : 2);
	}
	if (reader != NULL)
		notices = reader_notices(reader, &count);
	for (size_t i = 0; i < count; i++)
		text_append(out, notices[i]);
	text_append(out, error.message);
	reader_close(reader);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t chunk_sizes[] = { CSV_CHUNK_SIZE, 7, 1 };
	struct text first = { 0 };
	struct reader_options options;
	FILE *file;

	if (size < CHOICES)
		return 0;
	options = choose(data);
	file = tmpfile();
	assert(file != NULL && fwrite(data + CHOICES, 1, size - CHOICES, file) == size - CHOICES && fflush(file) == 0);
	for (int i = 0; i < 3; i++) {
		struct text out = { 0 };

		read_all(fileno(file), &options, chunk_sizes[i], &out);
		if (i == 0)
			text_append(&first, text_words(&out));
		assert(strcmp(text_words(&first), text_words(&out)) == 0);
		text_free(&out);
	}
	fclose(file);
	text_free(&first);
	return 0;
}
