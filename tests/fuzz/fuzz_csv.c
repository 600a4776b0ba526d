/* SPDX-License-Identifier: MIT */
/* Any bytes are rows or a sentence, and the size of the chunks that they come in makes no difference. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "import/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* All cells, with a sign after each cell and each row; or the sentence alone: how many rows come before it is not promised. */
static void
read_all(const uint8_t *data, size_t size, size_t chunk_size, struct text *out)
{
	struct error error = { 0 };
	struct source_row row;
	struct csv *csv;
	bool more = true;
	FILE *file = tmpfile();

	assert(file != NULL && fwrite(data, 1, size, file) == size && fflush(file) == 0);
	rewind(file);
	csv = csv_open_file(dup(fileno(file)), "fuzz", chunk_size, &error);
	fclose(file);
	while (csv != NULL && more && csv_next(csv, &row, &more, &error) && more)
		for (size_t i = 0; i < row.count; i++)
			text_format(out, "%s%c", row.cells[i], i + 1 < row.count ? 1 : 2);
	if (error.kind != ERROR_NONE) {
		text_clear(out);
		text_append(out, error.message);
	}
	csv_close(csv);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text whole = { 0 }, pieces = { 0 };

	read_all(data, size, CSV_CHUNK_SIZE, &whole);
	read_all(data, size, 7, &pieces);
	assert(strcmp(text_words(&whole), text_words(&pieces)) == 0);
	text_free(&whole);
	text_free(&pieces);
	return 0;
}
