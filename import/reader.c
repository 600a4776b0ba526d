/* SPDX-License-Identifier: MIT */
#include "import/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/memory.h"
#include "import/csv.h"
#include "import/encoding.h"
#include "import/layout.h"
#include "import/rows.h"
#include "import/xlsx.h"

/*
 * The rows that were looked at for the heading are kept: those from the heading on are handed out
 * first, and then whatever comes behind them, as it is read.
 */

enum { SIGNATURE_SIZE = 8 };

struct reader {
	const char *name;		/* of the file, for messages */
	int file;			/* closed by who reads it */
	struct stat status;		/* when it was opened */
	struct csv *csv;		/* who reads it: this one or the next */
	struct xlsx *xlsx;
	bool xlsx_ended;		/* its last row was read, or `failure` says why not */
	struct error failure;
	struct rows looked;		/* from the heading on they are handed out */
	size_t heading;			/* which of them it is */
	int64_t heading_number;		/* its number as the file counts rows */
	size_t width;			/* how many cells the heading has */
	const char *filled[ROW_CELLS_MAX];	/* the cells of a row that was shorter */
	const bool *date_columns;	/* of a workbook that counts days from 1904, or NULL */
	char (*dates)[DATE_TEXT_SIZE];	/* those of the row in hand */
	int64_t date_count;		/* how many there were */
	const char *passed;		/* the sentence about the rows above it, or NULL */
	struct reader_facts facts;
	const char **notices;
	size_t notice_count, notice_room;
	struct arena arena;
};

#define UNPACK ": unpack it first, and import the file that is in it"

/* What a file that cannot be imported begins with, and what to say of it. */
static const struct signature {
	const char *bytes;
	const char *what;
} signatures[] = {
	{ "%PDF",
	  "is a PDF, not CSV or Excel: ask its author for the spreadsheet that it was made from" },
	{ "\x7f"
	  "ELF",
	  "is a program, not CSV or Excel" },
	{ "\x1f\x8b", "is compressed (gzip)" UNPACK },
	{ "7z\xbc\xaf\x27\x1c", "is compressed (7z)" UNPACK },
	{ "Rar!\x1a\x07", "is compressed (RAR)" UNPACK },
	{ "\xfd"
	  "7zXZ",
	  "is compressed (xz)" UNPACK },
	{ "BZh91AY", "is compressed (bzip2)" UNPACK },
	{ "\x28\xb5\x2f\xfd", "is compressed (zstd)" UNPACK },
};

/* Only a plain file has an end and a size, and is the same when it is read again. */
static bool
check_file(int file, const char *name, struct stat *status, struct error *error)
{
	if (fstat(file, status) < 0)
		return error_set(error, ERROR_FILE, "%s cannot be read: %s.", name,
				 strerror(errno));
	if (S_ISDIR(status->st_mode))
		return error_set(error, ERROR_FILE, "%s is a folder. Name the file in it.", name);
	if (!S_ISREG(status->st_mode))
		return error_set(error, ERROR_FILE,
				 "%s is no plain file. Save what it gives as a CSV file, and "
				 "import that.",
				 name);
	if (status->st_size == 0)
		return error_set(error, ERROR_INVALID,
				 "%s is empty: it has not even a heading. Was it saved?", name);
	return true;
}

/* Reads the first bytes, and refuses what can never be imported by them. */
static bool
read_signature(int file, const char *name, char bytes[SIGNATURE_SIZE], struct error *error)
{
	size_t size = SIGNATURE_SIZE;

	if (!encoding_read(file, 0, bytes, &size))
		return error_set(error, ERROR_FILE, "%s cannot be read: %s.", name,
				 strerror(errno));
	for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++)
		if (memcmp(bytes, signatures[i].bytes, strlen(signatures[i].bytes)) == 0)
			return error_set(error, ERROR_INVALID, "%s %s. Nothing was changed.", name,
					 signatures[i].what);
	return true;
}

/* Gives the file to the one who can read it, and closes it. */
static bool
open_format(struct reader *reader, int file, const struct reader_options *options,
	    size_t chunk_size, struct error *error)
{
	char bytes[SIGNATURE_SIZE] = { 0 };

	reader->file = file;
	if (!check_file(file, reader->name, &reader->status, error) ||
	    !read_signature(file, reader->name, bytes, error)) {
		close(file);
		return false;
	}
	if (xlsx_is_ours(bytes))
		reader->xlsx = xlsx_open_file(file, reader->name, options, error);
	else
		reader->csv = csv_open(file, reader->name, options, chunk_size, error);
	if (reader->xlsx != NULL && xlsx_is_since_1904(reader->xlsx) &&
	    options->date_columns != NULL) {
		reader->date_columns = options->date_columns;
		reader->dates = arena_alloc(&reader->arena, ROW_CELLS_MAX * sizeof *reader->dates);
	}
	return reader->xlsx != NULL || reader->csv != NULL;
}

/* The next row as the file counts it. At the end, and after a failure, it keeps saying the same. */
static bool
next_row(struct reader *reader, struct source_row *row, bool *more, struct error *error)
{
	if (reader->csv != NULL)
		return csv_next(reader->csv, row, more, error);
	*more = false;
	if (!reader->xlsx_ended)
		reader->xlsx_ended = !xlsx_next(reader->xlsx, row, more, &reader->failure) ||
				     !*more;
	if (reader->failure.kind != ERROR_NONE)
		*error = reader->failure;
	return reader->failure.kind == ERROR_NONE;
}

/*
 * Puts rows among those that were looked at; what went wrong is said when the rows before it were
 * handed out.
 */
static void
look_at_rows(struct reader *reader)
{
	struct error error = { 0 };
	struct source_row row;
	bool more = true;

	while (reader->looked.count < READER_LAYOUT_ROWS && next_row(reader, &row, &more, &error) &&
	       more)
		rows_add_row(&reader->looked, &row);
}

/* Nothing is on that line; `last` and `next` are the lines of the rows around it, 0 for none. */
static bool
refuse_heading_line(const struct reader *reader, int64_t line, int64_t last, int64_t next,
		    struct error *error)
{
	const char *name = reader->name;

	if (last > 0 && next > 0)
		return error_set(error, ERROR_USAGE,
				 "%s: no row begins on line %" PRId64
				 ", so it cannot be the heading. The nearest rows are on lines "
				 "%" PRId64 " and %" PRId64 ".",
				 name, line, last, next);
	if (last > 0 || next > 0)
		return error_set(error, ERROR_USAGE,
				 "%s: no row begins on line %" PRId64
				 ", so it cannot be the heading. The %s row is on line %" PRId64
				 ".",
				 name, line, last > 0 ? "last" : "first", last > 0 ? last : next);
	return error_set(error, ERROR_USAGE,
			 "%s: no row begins on line %" PRId64
			 ", so it cannot be the heading. There is no row at all.",
			 name, line);
}

/* Goes on to the row on the line that a person named. */
static bool
seek_heading(struct reader *reader, int64_t line, struct error *error)
{
	struct rows passed = { 0 };
	struct source_row row = { 0 };
	int64_t count = 0, last = 0;
	bool more = true, read;

	while ((read = next_row(reader, &row, &more, error)) && more && row.line < line) {
		if (count++ < LAYOUT_SHOWN)
			rows_add_row(&passed, &row);
		last = row.line;
	}
	if (read && more && row.line == line) {
		rows_add_row(&reader->looked, &row);
		if (count > 0)
			reader->passed = layout_tell_passed(&passed, count, line,
							    reader_line_word(reader->facts.format),
							    &reader->arena);
	} else if (read) {
		read = refuse_heading_line(reader, line, last, more ? row.line : 0, error);
	}
	rows_free(&passed);
	return read;
}

static void
add_notice(struct reader *reader, const char *notice)
{
	if (notice == NULL)
		return;
	reader->notices = memory_grow(reader->notices, &reader->notice_room,
				      reader->notice_count + 1, sizeof *reader->notices);
	reader->notices[reader->notice_count++] = notice;
}

/* What is known by now: once when the file is open, and again when it was read to its end. */
static void
gather_facts(struct reader *reader)
{
	const char *const *notices = NULL;
	size_t count = 0;

	reader->notice_count = 0;
	add_notice(reader, reader->passed);
	if (reader->xlsx != NULL) {
		notices = xlsx_notices(reader->xlsx, &count);
		reader->facts.format = "Excel";
		reader->facts.sheet = xlsx_sheet(reader->xlsx);
	} else {
		add_notice(reader, csv_notice(reader->csv));
		reader->facts.format = "CSV";
		reader->facts.encoding = csv_encoding(reader->csv);
		reader->facts.delimiter = csv_delimiter(reader->csv);
	}
	for (size_t i = 0; i < count; i++)
		add_notice(reader, notices[i]);
	if (reader->date_count > 0)
		add_notice(reader,
			   arena_format(&reader->arena,
					"The workbook counts days from 1904, and so %s read.",
					text_count(&reader->arena, reader->date_count,
						   "number of a day was", "numbers of days were")));
}

/* Rows are handed out, and count, from the heading on. */
static void
begin_at_heading(struct reader *reader)
{
	const struct rows_span *heading = &reader->looked.spans[reader->heading];

	if (reader->heading > 0)
		reader->passed = layout_tell_passed(&reader->looked, (int64_t)reader->heading,
						    heading->line,
						    reader_line_word(reader->facts.format),
						    &reader->arena);
	reader->looked.given = reader->heading;
	reader->heading_number = heading->number;
	reader->width = heading->count;
	reader->facts.heading_line = heading->line;
	if (reader->csv != NULL)
		csv_set_heading(reader->csv, heading->number);
}

/* Which row is the heading. A file may have no row at all. */
static bool
find_heading(struct reader *reader, const struct reader_options *options, struct error *error)
{
	if (options->heading_line > 0 && !seek_heading(reader, options->heading_line, error))
		return false;
	look_at_rows(reader);
	if (options->heading_line <= 0 && reader->looked.count > 0)
		reader->heading = layout_find_heading(&reader->looked, options);
	if (reader->looked.count > 0)
		begin_at_heading(reader);
	gather_facts(reader);
	return true;
}

struct reader *
reader_open_file(int file, const char *name, const struct reader_options *options,
		 size_t chunk_size, struct error *error)
{
	struct reader *reader = memory_alloc(sizeof *reader);

	reader->name = arena_text(&reader->arena, name);
	if (open_format(reader, file, options, chunk_size, error) &&
	    find_heading(reader, options, error))
		return reader;
	reader_close(reader);
	return NULL;
}

struct reader *
reader_open(const char *path, const struct reader_options *options, struct error *error)
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
	return reader_open_file(file, slash != NULL && slash[1] != '\0' ? slash + 1 : path, options,
				CSV_CHUNK_SIZE, error);
}

/*
 * A worksheet has no cells behind the last with something in it: the row gets as many as the
 * heading has.
 */
static void
fill_row(struct reader *reader, struct source_row *row)
{
	for (size_t i = 0; i < reader->width; i++)
		reader->filled[i] = i < row->count ? row->cells[i] : "";
	row->cells = reader->filled;
	row->count = reader->width;
}

/*
 * Numbers of days of 1904 become dates, in the row as it is handed out: who reads it again may not
 * know of 1904.
 */
static void
date_row(struct reader *reader, struct source_row *row)
{
	for (size_t i = 0; i < row->count; i++) {
		bool is_day = reader->date_columns[i] &&
			      xlsx_date_of_1904(row->cells[i], reader->dates[i]);

		reader->filled[i] = is_day ? reader->dates[i] : row->cells[i];
		reader->date_count += is_day;
	}
	row->cells = reader->filled;
}

static bool
is_same_time(struct timespec one, struct timespec other)
{
	return one.tv_sec == other.tv_sec && one.tv_nsec == other.tv_nsec;
}

/*
 * Refuses what has been written to since it was opened: its rows may be partly of before and partly
 * of after.  Who writes can set the time of the contents, but not that of the inode.
 */
static bool
check_unchanged(const struct reader *reader, struct error *error)
{
	const struct stat *before = &reader->status;
	struct stat now;

	if (fstat(reader->file, &now) == 0 && now.st_size == before->st_size &&
	    is_same_time(now.st_mtim, before->st_mtim) &&
	    is_same_time(now.st_ctim, before->st_ctim))
		return true;
	return error_set(error, ERROR_FILE,
			 "%s was changed while it was read: save it, close the other program and "
			 "import again. Nothing was changed.",
			 reader->name);
}

bool
reader_next(struct reader *reader, struct source_row *row, bool *more, struct error *error)
{
	bool read = true;

	*more = rows_take(&reader->looked, row);
	if (!*more)
		read = next_row(reader, row, more, error);
	if (read && *more)
		row->number -= reader->heading_number;
	else
		gather_facts(reader);
	if (!read || !*more)
		return check_unchanged(reader, error) && read;
	if (reader->xlsx != NULL && row->count < reader->width)
		fill_row(reader, row);
	if (reader->date_columns != NULL)
		date_row(reader, row);
	return true;
}

size_t
reader_samples(const struct reader *reader, size_t column, const char *samples[READER_SAMPLES])
{
	const struct rows *rows = &reader->looked;
	size_t count = 0;

	for (size_t i = reader->heading + 1; i < rows->count && count < READER_SAMPLES; i++) {
		const char *cell = rows_cell(rows, i, column);

		if (cell != NULL && !layout_is_blank(cell))
			samples[count++] = cell;
	}
	return count;
}

const char *
reader_line_word(const char *format)
{
	return format != NULL && text_same(format, "Excel") ? "sheet row" : "line";
}

const char *
reader_name(const struct reader *reader)
{
	return reader->name;
}

const struct reader_facts *
reader_facts(const struct reader *reader)
{
	return &reader->facts;
}

const char *const *
reader_notices(const struct reader *reader, size_t *count)
{
	*count = reader->notice_count;
	return reader->notices;
}

int64_t
reader_done(const struct reader *reader)
{
	return reader->xlsx != NULL ? xlsx_done(reader->xlsx) : csv_done(reader->csv);
}

int64_t
reader_size(const struct reader *reader)
{
	return reader->xlsx != NULL ? xlsx_size(reader->xlsx) : csv_size(reader->csv);
}

void
reader_hash(const struct reader *reader, char text[HASH_TEXT_SIZE])
{
	if (reader->xlsx != NULL)
		xlsx_hash(reader->xlsx, text);
	else
		csv_hash(reader->csv, text);
}

void
reader_close(struct reader *reader)
{
	if (reader == NULL)
		return;
	csv_close(reader->csv);
	xlsx_close(reader->xlsx);
	rows_free(&reader->looked);
	free(reader->notices);
	arena_free(&reader->arena);
	free(reader);
}
