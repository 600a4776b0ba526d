/* SPDX-License-Identifier: MIT */
#ifndef EXPORT_WRITER_H
#define EXPORT_WRITER_H

#include "export/file.h"
#include "export/format.h"

/* What the formats share; included by export/ only. */
struct writer {
	const struct format *format;
	struct document document;
	struct sink sink;
	struct file file;		/* open when it writes to a file */
	struct text buffer;		/* bytes on their way to the sink */
	int64_t count;			/* rows so far */
	void *state;			/* the format's own */
};

/* What a format does. Any of them may be NULL. */
struct writer_functions {
	bool (*open)(struct writer *writer, struct error *error);
	bool (*row)(struct writer *writer, const char *const *values, struct error *error);
	/* Everything but the file's name. */
	bool (*finish)(struct writer *writer, struct error *error);
	/* Of the state; after finish, or instead of it. */
	void (*free)(struct writer *writer);
};

#define PRINTED_FORMAT(name, ending, help) extern const struct writer_functions name##_functions;
#define FILE_FORMAT(name, ending, help) extern const struct writer_functions name##_functions;
#include "export/formats.def"
#undef PRINTED_FORMAT
#undef FILE_FORMAT

/* Passes the buffer to the sink when it is large, or in any case. */
bool writer_drain(struct writer *writer, struct error *error);
bool writer_flush(struct writer *writer, struct error *error);

static inline enum field_cell
writer_cell(const struct writer *writer, int column)
{
	return field_types[writer->document.fields[column]->type].cell;
}

#endif
