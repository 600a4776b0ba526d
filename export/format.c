/* SPDX-License-Identifier: MIT */
#include "export/format.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "export/writer.h"

enum { BUFFER_SIZE = 64 * 1024 };

const struct format formats[] = {
#define PRINTED_FORMAT(name, ending, help) { #name, ending, true, &name##_functions, help },
#define FILE_FORMAT(name, ending, help) { #name, ending, false, &name##_functions, help },
#include "export/formats.def"
#undef PRINTED_FORMAT
#undef FILE_FORMAT
	{ 0 }
};

const struct format *
format_named(const char *name)
{
	for each_format(format)
		if (text_same(format->name, name))
			return format;
	return NULL;
}

const struct format *
format_of_file(const char *path)
{
	size_t size = strlen(path);

	for each_format(format) {
		size_t ending = format->ending != NULL ? strlen(format->ending) : size;

		if (ending < size && text_same(path + size - ending, format->ending))
			return format;
	}
	return NULL;
}

const char *
format_endings(struct arena *arena)
{
	const char *endings = "";

	for each_format(format)
		if (format->ending != NULL)
			endings = arena_format(arena, "%s%s%s", endings,
					       *endings != '\0' ? ", " : "", format->ending);
	return endings;
}

bool
writer_flush(struct writer *writer, struct error *error)
{
	bool written = sink_write(&writer->sink, text_words(&writer->buffer), writer->buffer.length,
				  error);

	text_clear(&writer->buffer);
	return written;
}

bool
writer_drain(struct writer *writer, struct error *error)
{
	return writer->buffer.length < BUFFER_SIZE || writer_flush(writer, error);
}

static struct writer *
make_writer(const struct format *format, const struct document *document)
{
	struct writer *writer = memory_alloc(sizeof *writer);

	writer->format = format;
	writer->document = *document;
	return writer;
}

static struct writer *
begin_writing(struct writer *writer, struct error *error)
{
	const struct writer_functions *functions = writer->format->functions;

	if (functions->open == NULL || functions->open(writer, error))
		return writer;
	writer_abandon(writer);
	return NULL;
}

struct writer *
writer_open(const struct format *format, const struct document *document, const struct sink *sink,
	    struct error *error)
{
	struct writer *writer;

	if (!format->printed) {
		error_set(error, ERROR_USAGE, "%s goes to a file, not to the screen; use export.",
			  format->name);
		return NULL;
	}
	writer = make_writer(format, document);
	writer->sink = *sink;
	return begin_writing(writer, error);
}

struct writer *
writer_open_file(const struct format *format, const struct document *document, const char *path,
		 bool overwrite, struct error *error)
{
	struct writer *writer = make_writer(format, document);

	if (!file_create(&writer->file, path, overwrite, error)) {
		writer_abandon(writer);
		return NULL;
	}
	writer->sink = file_sink(&writer->file);
	return begin_writing(writer, error);
}

bool
writer_row(struct writer *writer, const char *const *values, struct error *error)
{
	writer->count++;
	return writer->format->functions->row(writer, values, error) && writer_drain(writer, error);
}

int64_t
writer_count(const struct writer *writer)
{
	return writer->count;
}

bool
writer_close(struct writer *writer, struct error *error)
{
	const struct writer_functions *functions = writer->format->functions;
	bool done = functions->finish == NULL || functions->finish(writer, error);

	done = done && writer_flush(writer, error);
	if (done && writer->file.open)
		done = file_commit(&writer->file, error);
	writer_abandon(writer);
	return done;
}

void
writer_abandon(struct writer *writer)
{
	if (writer == NULL)
		return;
	if (writer->format->functions->free != NULL)
		writer->format->functions->free(writer);
	file_abandon(&writer->file);
	text_free(&writer->buffer);
	free(writer);
}
