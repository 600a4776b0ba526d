/* SPDX-License-Identifier: MIT */
#include "import/csv.h"

#include <csv.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/guard.h"
#include "core/memory.h"
#include "import/delimiter.h"
#include "import/quotes.h"
#include "import/rows.h"
#include "import/text_file.h"

/*
 * libcsv pushes and the import pulls: a chunk of the file is parsed into a
 * batch of rows, which csv_next() hands out before the next chunk is read.  A row
 * that the chunk cuts in two stays in the batch until the rest of it has come.
 */

enum {
	/* The state FIELD_BEGUN of libcsv, which its header does not name. */
	PARSER_IN_CELL = 2,
	PARSER_STEP = 4096,		/* bytes by which it grows a cell */
};

struct csv {
	struct text_file *file;
	const char *name;		/* of the file, for messages */
	char delimiter;
	const char *delimiter_title;
	/* Bytes to come that are a line of Excel's about the delimiter. */
	size_t skipped;
	bool ended;			/* nothing can be parsed any more */

	struct csv_parser parser;
	struct quotes quotes;
	bool after_cr;			/* the last row ended in CR: an LF belongs to it */
	struct rows rows;
	int64_t number, line;		/* of the row in the making */
	int64_t heading;		/* the number of the row that is the heading */

	const char *fault;		/* what is wrong with the row in the making, or NULL */
	struct error failure;		/* reading failed */
	struct arena arena;
};

/*
 * The file is refused for what stands in the row in the making; returns false, for nothing more can
 * be parsed.
 */
static bool
refuse(struct csv *csv, const char *what)
{
	csv->fault = what;
	csv->ended = true;
	return false;
}

/* CR, LF and CRLF each end one line. */
static int64_t
count_line_ends(const char *bytes, size_t size)
{
	const char *end = bytes + size, *at = bytes;
	int64_t count = 0;

	for (; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
		count++;
	for (at = bytes; (at = memchr(at, '\r', (size_t)(end - at))) != NULL; at++)
		count += at + 1 == end || at[1] != '\n';
	return count;
}

/* How many lines the row in the making has so far, but for the one it is on. */
static int64_t
count_open_lines(const struct csv *csv)
{
	size_t size;
	const char *bytes = rows_open_bytes(&csv->rows, &size);

	return count_line_ends(bytes, size);
}

static void
take_cell(void *data, size_t size, void *context)
{
	struct csv *csv = context;

	rows_add_cell(&csv->rows, data, size);
	if (size == 0 || *(const char *)data != '\'' || csv->rows.excess != ROWS_FIT)
		return;
	if (guard_is_present(rows_last_cell(&csv->rows)))
		rows_cut_cell(&csv->rows);
}

/* The row in the making is whole, or, without cells, it was a blank line or the LF of a CRLF. */
static void
take_row(int terminator, void *context)
{
	struct csv *csv = context;
	bool blank = rows_open_cells(&csv->rows) == 0;
	bool pair = blank && terminator == '\n' && csv->after_cr;

	if (csv->rows.excess != ROWS_FIT)
		return;
	csv->after_cr = terminator == '\r';
	if (!blank) {
		int64_t line = csv->line;

		csv->line += count_open_lines(csv);
		rows_end_row(&csv->rows, csv->number++, line);
	}
	if (!pair)
		csv->line++;
}

static bool
parse_bytes(struct csv *csv, const char *bytes, size_t size)
{
	if (csv_parse(&csv->parser, bytes, size, take_cell, take_row, csv) != size)
		return refuse(csv, arena_format(&csv->arena, "cannot be read: %s",
						csv_strerror(csv_error(&csv->parser))));
	if (csv->rows.excess == ROWS_FIT && csv->parser.entry_pos > ROW_CELL_BYTES_MAX)
		csv->rows.excess = ROWS_LARGE_CELL;
	return csv->rows.excess == ROWS_FIT ||
	       refuse(csv, rows_excess_words(&csv->rows, &csv->arena));
}

/* Parses a chunk as far as it is sound, so that a refusal names the right row. */
static bool
parse_chunk(struct csv *csv, const char *bytes, size_t size)
{
	size_t skipped = csv->skipped < size ? csv->skipped : size, run_on;

	csv->skipped -= skipped;
	bytes += skipped;
	size -= skipped;
	run_on = quotes_check(&csv->quotes, bytes, size);
	if (run_on == 0)
		return parse_bytes(csv, bytes, size);
	return parse_bytes(csv, bytes, run_on - 1) &&
	       refuse(csv, "has a quoted cell that runs over the end of a line and has a quote in "
			   "it that is not doubled: a quote is missing or too many there");
}

/* The last row may lack its line end, but not the quote that closes its last cell. */
static bool
end_file(struct csv *csv)
{
	csv->ended = true;
	if (csv->parser.quoted && csv->parser.pstate == PARSER_IN_CELL)
		return refuse(csv, arena_format(&csv->arena,
						"has a cell whose opening quote, on line %" PRId64
						", is never closed: put in the missing quote and "
						"import again",
						csv->line + count_open_lines(csv)));
	csv_fini(&csv->parser, take_cell, take_row, csv);
	return parse_bytes(csv, "", 0);
}

/* Fills the batch with at least one row, or comes to the end of what can be read. */
static void
fill(struct csv *csv)
{
	rows_drop(&csv->rows);
	while (csv->rows.count == 0 && !csv->ended) {
		const char *bytes;
		size_t size;

		csv->ended = !text_file_next(csv->file, &bytes, &size, &csv->failure);
		if (csv->ended)
			return;
		if (size > 0)
			parse_chunk(csv, bytes, size);
		else if (text_file_fault(csv->file) != NULL)
			refuse(csv, text_file_fault(csv->file));
		else
			end_file(csv);
	}
}

/* Why there are no more rows, if that is not the end of the file. */
static bool
report_end(const struct csv *csv, struct error *error)
{
	int64_t number = csv->number - csv->heading;

	if (csv->failure.kind != ERROR_NONE) {
		*error = csv->failure;
		return false;
	}
	if (csv->fault == NULL)
		return true;
	if (number == 0)
		return error_set(error, ERROR_INVALID,
				 "%s: the heading (line %" PRId64 ") %s. Nothing was changed.",
				 csv->name, csv->line, csv->fault);
	return error_set(error, ERROR_INVALID,
			 "%s: row %" PRId64 " (line %" PRId64 ") %s. Nothing was changed.",
			 csv->name, number, csv->line, csv->fault);
}

bool
csv_next(struct csv *csv, struct source_row *row, bool *more, struct error *error)
{
	*more = rows_take(&csv->rows, row);
	if (*more)
		return true;
	if (!csv->ended)
		fill(csv);
	*more = rows_take(&csv->rows, row);
	return *more || report_end(csv, error);
}

void
csv_set_heading(struct csv *csv, int64_t number)
{
	csv->heading = number;
}

/* What the options say goes before what the file says of itself, that before what it looks like. */
static bool
find_delimiter(struct csv *csv, const struct reader_options *options, struct error *error)
{
	struct arena arena = { 0 };
	const char *bytes;
	size_t size;
	bool whole, read = text_file_sample(csv->file, &arena, &bytes, &size, &whole, error);

	if (read) {
		csv->skipped = delimiter_of_first_line(bytes, size, &csv->delimiter);
		if (options->delimiter != '\0')
			csv->delimiter = options->delimiter;
		else if (csv->skipped == 0)
			csv->delimiter = delimiter_of_start(bytes, size, whole, options);
	}
	arena_free(&arena);
	return read;
}

static bool
begin_parser(struct csv *csv, const struct reader_options *options, struct error *error)
{
	if (options->delimiter != '\0' && !delimiter_is_usable(options->delimiter))
		return error_set(error, ERROR_USAGE,
				 "Cells cannot be told apart by that delimiter: leave it to be "
				 "found out.");
	if (!find_delimiter(csv, options, error))
		return false;
	csv->delimiter_title = delimiter_title(csv->delimiter);
	if (csv->delimiter_title == NULL)
		csv->delimiter_title = arena_format(&csv->arena, "'%c'", csv->delimiter);
	csv->quotes.delimiter = csv->delimiter;
	csv_set_delim(&csv->parser, (unsigned char)csv->delimiter);
	csv_set_blk_size(&csv->parser, PARSER_STEP);
	return true;
}

struct csv *
csv_open(int file, const char *name, const struct reader_options *options, size_t chunk_size,
	 struct error *error)
{
	struct csv *csv = memory_alloc(sizeof *csv);

	csv->name = arena_text(&csv->arena, name);
	csv->line = 1;
	if (csv_init(&csv->parser, CSV_REPALL_NL) != 0)
		abort();	/* it fails for a NULL parser only */
	csv->file = text_file_open(file, name, options->encoding, chunk_size, error);
	if (csv->file != NULL && options->read_before)
		text_file_leave_hash(csv->file);
	if (csv->file != NULL && begin_parser(csv, options, error))
		return csv;
	csv_close(csv);
	return NULL;
}

const char *
csv_encoding(const struct csv *csv)
{
	return text_file_encoding(csv->file)->title;
}

const char *
csv_delimiter(const struct csv *csv)
{
	return csv->delimiter_title;
}

const char *
csv_notice(const struct csv *csv)
{
	return text_file_notice(csv->file);
}

int64_t
csv_done(const struct csv *csv)
{
	return text_file_done(csv->file);
}

int64_t
csv_size(const struct csv *csv)
{
	return text_file_size(csv->file);
}

void
csv_hash(const struct csv *csv, char text[HASH_TEXT_SIZE])
{
	text_file_hash(csv->file, text);
}

void
csv_close(struct csv *csv)
{
	if (csv == NULL)
		return;
	text_file_close(csv->file);
	csv_free(&csv->parser);
	rows_free(&csv->rows);
	arena_free(&csv->arena);
	free(csv);
}
