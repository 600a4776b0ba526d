/* SPDX-License-Identifier: MIT */
#include "import/reader.h"

#include "core/memory.h"
#include "import/csv.h"

#include <stdlib.h>

struct reader {
	struct csv *csv;
	struct reader_facts facts;
};

static struct reader *
open_csv(struct csv *csv)
{
	struct reader *reader;

	if (csv == NULL)
		return NULL;
	reader = memory_alloc(sizeof *reader);
	reader->csv = csv;
	reader->facts = (struct reader_facts){ .format = "CSV", .encoding = "UTF-8", .delimiter = "comma", .heading_line = 1 };
	return reader;
}

struct reader *
reader_open(const char *path, const struct reader_options *options, struct error *error)
{
	(void)options;
	return open_csv(csv_open(path, error));
}

struct reader *
reader_open_file(int file, const char *name, const struct reader_options *options, size_t chunk_size, struct error *error)
{
	(void)options;
	return open_csv(csv_open_file(file, name, chunk_size, error));
}

bool
reader_next(struct reader *reader, struct source_row *row, bool *more, struct error *error)
{
	return csv_next(reader->csv, row, more, error);
}

size_t
reader_samples(const struct reader *reader, size_t column, const char *samples[READER_SAMPLES])
{
	(void)reader, (void)column, (void)samples;
	return 0;
}

const struct reader_facts *
reader_facts(const struct reader *reader)
{
	return &reader->facts;
}

const char *const *
reader_notices(const struct reader *reader, size_t *count)
{
	(void)reader;
	*count = 0;
	return NULL;
}

int64_t
reader_done(const struct reader *reader)
{
	return csv_done(reader->csv);
}

int64_t
reader_size(const struct reader *reader)
{
	return csv_size(reader->csv);
}

void
reader_hash(const struct reader *reader, char text[HASH_TEXT_SIZE])
{
	csv_hash(reader->csv, text);
}

void
reader_close(struct reader *reader)
{
	if (reader == NULL)
		return;
	csv_close(reader->csv);
	free(reader);
}
