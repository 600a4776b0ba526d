/* SPDX-License-Identifier: MIT */
#ifndef EXPORT_FORMAT_H
#define EXPORT_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/date.h"
#include "core/error.h"
#include "core/field.h"
#include "core/sink.h"

/*
 * Rows to bytes.  A new format is a line in export/formats.def and a struct
 * writer_functions of its name (export/writer.h).
 */
struct writer_functions;

struct format {
	const char *name;		/* "csv" */
	const char *ending;		/* of its files: ".csv"; NULL when it is only printed */
	bool printed;			/* it can go to standard output */
	const struct writer_functions *functions;
	const char *help;
};

/* Ends with a nameless one. */
extern const struct format formats[];

#define each_format(row) \
	(const struct format *row = formats; row->name != NULL; row++)

/* The format of that name, or NULL. */
const struct format *format_named(const char *name);

/* The format whose ending the file name has, case aside, or NULL. */
const struct format *format_of_file(const char *path);

/* ".csv, .json, .xlsx", for messages. In the arena. */
const char *format_endings(struct arena *arena);

/* What is written besides the rows.  Texts and fields must outlive the writer. */
struct document {
	const char *title;		/* "Sites" */
	const char *marking;		/* "OFFICIAL-SENSITIVE" */
	/* What was asked for, in the filter's words; "" for everything. */
	const char *filter;
	struct date as_at;
	/* Seconds since 1970; the same twice gives the same file twice. */
	int64_t created;
	/* How many rows will come; -1 for not known, which xlsx cannot do with. */
	int64_t count;
	const struct field *const *fields;
	int field_count;
	/* One record by itself: JSON writes an object and no list. */
	bool alone;
	/* For people: the words of the last column are never cut, they go on below. */
	bool unfolded;
	int columns;			/* that whoever reads has; 0: not known */
};

/* Rows on their way to a file or a sink. However many they are, the memory stays the same. */
struct writer;

/* To a sink; the format must be a printed one. NULL with an error. */
struct writer *writer_open(const struct format *format, const struct document *document,
			   const struct sink *sink, struct error *error);

/* To a file that appears, whole, when the writer is closed (export/file.h). NULL with an error. */
struct writer *writer_open_file(const struct format *format, const struct document *document,
				const char *path, bool overwrite, struct error *error);

/* Canonical values in the order of the fields, NULL for unknown; they must outlive the call. */
bool writer_row(struct writer *writer, const char *const *values, struct error *error);

int64_t writer_count(const struct writer *writer);

/* Writes what is left and frees. After a failure a file is as it was before. */
bool writer_close(struct writer *writer, struct error *error);

/* Frees; a file is as it was before. NULL is passed over. */
void writer_abandon(struct writer *writer);

#endif
