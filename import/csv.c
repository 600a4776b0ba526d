/* SPDX-License-Identifier: MIT */
#include "import/csv.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/guard.h"
#include "core/memory.h"
#include "import/quotes.h"

/*
 * libcsv pushes and the import pulls: a chunk of the file is parsed into a
 * batch of rows, which csv_next() hands out before the next chunk is read.  A row
 * that the chunk cuts in two stays in the batch until the rest of it has come.
 */

enum {
	CARRY_MAX = 3,			/* bytes of a character that a chunk cuts in two */
	SIGNATURE_SIZE = 8,
	PARSER_IN_CELL = 2,		/* libcsv's state FIELD_BEGUN, which its header does not name */
	PARSER_STEP = 4096,		/* bytes by which it grows a cell */
};

/* A row of the batch. */
struct span {
	size_t first, count;		/* of its cells */
	int64_t line;
};

struct csv {
	int file;
	const char *name;		/* of the file, for messages */
	int64_t size, done;		/* bytes of the file, and those read */
	struct hash hash;
	bool ended;

	char *chunk;
	size_t chunk_size;
	size_t carried;			/* bytes at its start that were left over from the last one */

	struct csv_parser parser;
	struct quotes quotes;
	bool after_cr;			/* the last row ended in CR: an LF belongs to it */
	enum { WHOLE, MANY_COLUMNS, LARGE_CELL } excess;	/* why the row in the making cannot be taken */

	char *texts;			/* of the cells, each with a NUL */
	size_t text_size, text_room;
	size_t *cells;			/* where in the texts each begins */
	size_t cell_count, cell_room;
	struct span *rows;
	size_t row_count, row_room;
	size_t given;			/* how many of them csv_next() has handed out */
	size_t unfinished;		/* the first cell of the row in the making */
	int64_t first_number;		/* of the first row of the batch */
	int64_t line;			/* on which the row in the making begins */
	const char *pointers[ROW_CELLS_MAX];
	struct arena arena;
};

/* Refuses the file for what stands in the row in the making. */
static bool
refuse(const struct csv *csv, struct error *error, const char *what)
{
	int64_t number = csv->first_number + (int64_t)csv->row_count;

	if (number == 0)
		return error_set(error, ERROR_INVALID, "%s: the heading (line %" PRId64 ") %s. Nothing was changed.",
				 csv->name, csv->line, what);
	return error_set(error, ERROR_INVALID, "%s: row %" PRId64 " (line %" PRId64 ") %s. Nothing was changed.",
			 csv->name, number, csv->line, what);
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

static void
take_cell(void *data, size_t size, void *context)
{
	struct csv *csv = context;
	size_t start = csv->text_size;

	if (size > ROW_CELL_BYTES_MAX)
		csv->excess = LARGE_CELL;
	else if (csv->cell_count - csv->unfinished == ROW_CELLS_MAX)
		csv->excess = MANY_COLUMNS;
	if (csv->excess != WHOLE)
		return;
	csv->texts = memory_grow(csv->texts, &csv->text_room, csv->text_size + size + 1, 1);
	csv->cells = memory_grow(csv->cells, &csv->cell_room, csv->cell_count + 1, sizeof *csv->cells);
	memcpy(csv->texts + start, data, size);
	csv->texts[start + size] = '\0';
	csv->cells[csv->cell_count++] = start + guard_is_present(csv->texts + start);
	csv->text_size += size + 1;
}

/* The row in the making is whole, or, without cells, it was a blank line or the LF of a CRLF. */
static void
take_row(int terminator, void *context)
{
	struct csv *csv = context;
	size_t count = csv->cell_count - csv->unfinished, from;
	bool pair = count == 0 && terminator == '\n' && csv->after_cr;

	if (csv->excess != WHOLE)
		return;
	csv->after_cr = terminator == '\r';
	if (count > 0) {
		from = csv->cells[csv->unfinished];
		csv->rows = memory_grow(csv->rows, &csv->row_room, csv->row_count + 1, sizeof *csv->rows);
		csv->rows[csv->row_count++] = (struct span){ csv->unfinished, count, csv->line };
		csv->line += count_line_ends(csv->texts + from, csv->text_size - from);
		csv->unfinished = csv->cell_count;
	}
	if (!pair)
		csv->line++;
}

/* Drops the rows that were handed out; the row in the making moves to the front. */
static void
begin_batch(struct csv *csv)
{
	size_t left = csv->cell_count - csv->unfinished;
	size_t from = left > 0 ? csv->cells[csv->unfinished] : csv->text_size;

	for (size_t i = 0; i < left; i++)
		csv->cells[i] = csv->cells[csv->unfinished + i] - from;
	if (left > 0)
		memmove(csv->texts, csv->texts + from, csv->text_size - from);
	csv->text_size -= from;
	csv->cell_count = left;
	csv->unfinished = 0;
	csv->first_number += (int64_t)csv->row_count;
	csv->row_count = csv->given = 0;
}

/* Reads on behind what was carried over. *size is then all that stands in the chunk; 0 bytes read is the end. */
static bool
read_chunk(struct csv *csv, size_t *size, struct error *error)
{
	ssize_t got;

	do
		got = read(csv->file, csv->chunk + csv->carried, csv->chunk_size);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_set(error, ERROR_FILE, "%s cannot be read to its end: %s. Nothing was changed.",
				 csv->name, strerror(errno));
	csv->ended = got == 0;
	hash_update(&csv->hash, csv->chunk + csv->carried, (size_t)got);
	csv->done += got;
	*size = csv->carried + (size_t)got;
	csv->carried = 0;
	return true;
}

/* Whether the bytes may be the beginning of one character. */
static bool
may_go_on(const char *bytes, size_t size)
{
	unsigned char lead = (unsigned char)bytes[0];

	return lead >= 0xc2 && size < (lead < 0xe0 ? 2u : lead < 0xf0 ? 3u : 4u);
}

static bool
parse_bytes(struct csv *csv, size_t size, struct error *error)
{
	if (csv_parse(&csv->parser, csv->chunk, size, take_cell, take_row, csv) != size)
		return error_set(error, ERROR_FILE, "%s cannot be read: %s. Nothing was changed.", csv->name,
				 csv_strerror(csv_error(&csv->parser)));
	if (csv->excess == WHOLE && csv->parser.entry_pos > ROW_CELL_BYTES_MAX)
		csv->excess = LARGE_CELL;
	if (csv->excess == LARGE_CELL)
		return refuse(csv, error, arena_format(&csv->arena, "has a cell longer than %d bytes, more than a "
			      "spreadsheet cell can hold: a quote may be missing", ROW_CELL_BYTES_MAX));
	if (csv->excess == MANY_COLUMNS)
		return refuse(csv, error, arena_format(&csv->arena, "has more than %d cells, the most that are read",
			      ROW_CELLS_MAX));
	return true;
}

static bool
refuse_bytes(const struct csv *csv, char byte, struct error *error)
{
	if (byte == '\0')
		return refuse(csv, error, "holds a NUL byte, so the file is damaged or is not plain text: "
			      "save it as 'CSV UTF-8' and import again");
	return refuse(csv, error, "is not UTF-8, the usual way to write letters as bytes: save it as "
		      "'CSV UTF-8' and import again");
}

/* Parses a chunk as far as it is sound, so that a refusal names the right row. */
static bool
parse_chunk(struct csv *csv, size_t size, struct error *error)
{
	size_t valid = text_invalid_at(csv->chunk, size);
	size_t run_on = quotes_check(&csv->quotes, csv->chunk, valid);

	if (run_on > 0)
		return parse_bytes(csv, run_on - 1, error) &&
		       refuse(csv, error, "has a quoted cell that runs over the end of a line and has a quote in it "
			      "that is not doubled: a quote is missing or too many there");
	if (!parse_bytes(csv, valid, error))
		return false;
	csv->carried = size - valid;
	if (csv->carried == 0)
		return true;
	if (csv->ended || csv->carried > CARRY_MAX || !may_go_on(csv->chunk + valid, csv->carried))
		return refuse_bytes(csv, csv->chunk[valid], error);
	memmove(csv->chunk, csv->chunk + valid, csv->carried);
	return true;
}

/* The last row may lack its line end, but not the quote that closes its last cell. */
static bool
end_file(struct csv *csv, struct error *error)
{
	size_t from = csv->cell_count > csv->unfinished ? csv->cells[csv->unfinished] : csv->text_size;
	const char *what;

	if (csv->parser.quoted && csv->parser.pstate == PARSER_IN_CELL) {
		what = arena_format(&csv->arena, "has a cell whose opening quote, on line %" PRId64
				    ", is never closed: put in the missing quote and import again",
				    csv->line + (csv->text_size > from ? count_line_ends(csv->texts + from, csv->text_size - from) : 0));
		return refuse(csv, error, what);
	}
	csv_fini(&csv->parser, take_cell, take_row, csv);
	return parse_bytes(csv, 0, error);
}

/* Fills the batch with at least one row, or finds the end of the file. */
static bool
fill(struct csv *csv, struct error *error)
{
	size_t size = 0;

	begin_batch(csv);
	while (csv->row_count == 0 && !csv->ended)
		if (!read_chunk(csv, &size, error) || !parse_chunk(csv, size, error) ||
		    (csv->ended && !end_file(csv, error)))
			return false;
	return true;
}

bool
csv_next(struct csv *csv, struct source_row *row, bool *more, struct error *error)
{
	const struct span *span;

	if (csv->given == csv->row_count && !csv->ended && !fill(csv, error))
		return false;
	*more = csv->given < csv->row_count;
	if (!*more)
		return true;
	span = &csv->rows[csv->given];
	for (size_t i = 0; i < span->count; i++)
		csv->pointers[i] = csv->texts + csv->cells[span->first + i];
	*row = (struct source_row){ csv->pointers, span->count, csv->first_number + (int64_t)csv->given, span->line };
	csv->given++;
	return true;
}

/* What a file that is no CSV begins with, and what to say of it. */
static const struct signature {
	const char *bytes;
	size_t size;
	const char *what;
} signatures[] = {
	{ "PK\3\4", 4, "is an Excel workbook or another zip file, not CSV: open it in Excel and save it as 'CSV UTF-8'" },
	{ "\xd0\xcf\x11\xe0", 4, "is an old Excel workbook (.xls), not CSV: open it in Excel and save it as 'CSV UTF-8'" },
	{ "\xff\xfe", 2, "is UTF-16 ('Unicode text'), not UTF-8: open it in Excel and save it as 'CSV UTF-8'" },
	{ "\xfe\xff", 2, "is UTF-16 ('Unicode text'), not UTF-8: open it in Excel and save it as 'CSV UTF-8'" },
	{ "%PDF", 4, "is a PDF, not CSV: ask its author for the spreadsheet that it was made from" },
	{ "\x7f" "ELF", 4, "is a program, not CSV" },
};

/* Refuses what is no CSV by its first bytes, and steps over a byte order mark. */
static bool
read_signature(struct csv *csv, struct error *error)
{
	static const char mark[] = { '\xef', '\xbb', '\xbf' };
	char bytes[SIGNATURE_SIZE] = { 0 };

	if (pread(csv->file, bytes, sizeof bytes, 0) < 0)
		return error_set(error, ERROR_FILE, "%s cannot be read: %s.", csv->name, strerror(errno));
	for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++)
		if (memcmp(bytes, signatures[i].bytes, signatures[i].size) == 0)
			return error_set(error, ERROR_INVALID, "%s %s. Nothing was changed.", csv->name,
					 signatures[i].what);
	if (memcmp(bytes, mark, sizeof mark) != 0)
		return true;
	hash_update(&csv->hash, mark, sizeof mark);
	csv->done = lseek(csv->file, sizeof mark, SEEK_SET);
	return true;
}

/* Only a plain file has an end and a size, and is the same when it is read again. */
static bool
check_file(struct csv *csv, struct error *error)
{
	struct stat status;

	if (fstat(csv->file, &status) < 0)
		return error_set(error, ERROR_FILE, "%s cannot be read: %s.", csv->name, strerror(errno));
	if (S_ISDIR(status.st_mode))
		return error_set(error, ERROR_FILE, "%s is a folder. Name the CSV file in it.", csv->name);
	if (!S_ISREG(status.st_mode))
		return error_set(error, ERROR_FILE, "%s is no plain file. Save what it gives as a CSV file, and "
				 "import that.", csv->name);
	if (status.st_size == 0)
		return error_set(error, ERROR_INVALID, "%s is empty: it has not even a heading. Was it saved?",
				 csv->name);
	csv->size = status.st_size;
	return read_signature(csv, error);
}

struct csv *
csv_open_file(int file, const char *name, size_t chunk_size, struct error *error)
{
	struct csv *csv = memory_alloc(sizeof *csv);

	csv->file = file;
	csv->name = arena_text(&csv->arena, name);
	csv->chunk_size = chunk_size;
	csv->chunk = memory_alloc(CARRY_MAX + chunk_size);
	csv->line = 1;
	hash_init(&csv->hash);
	if (csv_init(&csv->parser, CSV_REPALL_NL) != 0)
		abort();	/* it fails for a NULL parser only */
	csv_set_blk_size(&csv->parser, PARSER_STEP);
	if (check_file(csv, error))
		return csv;
	csv_close(csv);
	return NULL;
}

struct csv *
csv_open(const char *path, struct error *error)
{
	/* O_NONBLOCK: a pipe without a writer must be refused, not waited for. */
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	const char *slash = strrchr(path, '/');

	if (file < 0 && errno == ENOENT) {
		error_set(error, ERROR_NOT_FOUND, "There is no file %s.", path);
		return NULL;
	}
	if (file < 0) {
		error_set(error, ERROR_FILE, "%s cannot be opened: %s.", path, strerror(errno));
		return NULL;
	}
	return csv_open_file(file, slash != NULL && slash[1] != '\0' ? slash + 1 : path, CSV_CHUNK_SIZE, error);
}

int64_t
csv_done(const struct csv *csv)
{
	return csv->done;
}

int64_t
csv_size(const struct csv *csv)
{
	return csv->size;
}

void
csv_hash(const struct csv *csv, char text[HASH_TEXT_SIZE])
{
	struct hash copy = csv->hash;

	hash_format(&copy, text);
}

void
csv_close(struct csv *csv)
{
	if (csv == NULL)
		return;
	close(csv->file);
	csv_free(&csv->parser);
	free(csv->chunk);
	free(csv->texts);
	free(csv->cells);
	free(csv->rows);
	arena_free(&csv->arena);
	free(csv);
}
