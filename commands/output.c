/* SPDX-License-Identifier: MIT */
#include "commands/output.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/memory.h"
#include "export/format.h"

enum { WIDE_COLUMNS = 110 };	/* from so many on every table is shown as it is */

const struct choice output_formats[] = {
#define PRINTED_FORMAT(name, ending, help) { #name, "", 0 },
#define FILE_FORMAT(name, ending, help)
#include "export/formats.def"
#undef PRINTED_FORMAT
#undef FILE_FORMAT
	{ 0 }
};

struct output {
	const struct format *format;
	struct writer *writer;
};

static bool
pass_over(void *context, const char *bytes, size_t size, struct error *error)
{
	(void)context, (void)bytes, (void)size, (void)error;
	return true;
}

static struct output *
open_output(const struct session *session, struct reply *reply, const char *format,
	    const char *title, const struct field *const *fields, int field_count, bool alone,
	    bool unfolded, struct error *error)
{
	const struct document document = {
		.title = title,
		.marking = session->marking,
		.filter = "",
		.as_at = session->today,
		.created = session->now,
		.count = -1,
		.fields = fields,
		.field_count = field_count,
		.alone = alone,
		.unfolded = unfolded,
		.columns = reply->columns,
	};
	const struct sink nobody = { pass_over, NULL };
	struct output *output = memory_alloc(sizeof *output);

	output->format = format_named(format != NULL ? choice_find(output_formats, format)->name
						     : output_formats[0].name);
	output->writer = writer_open(output->format, &document,
				     reply->data.write != NULL ? &reply->data : &nobody, error);
	if (output->writer != NULL)
		return output;
	free(output);
	return NULL;
}

struct output *
output_open(const struct session *session, struct reply *reply, const char *format,
	    const char *title, const struct field *const *fields, int field_count,
	    struct error *error)
{
	return open_output(session, reply, format, title, fields, field_count, false, false, error);
}

struct output *
output_open_record(const struct session *session, struct reply *reply, const char *format,
		   const char *title, const struct field *const *fields, int field_count,
		   struct error *error)
{
	return open_output(session, reply, format, title, fields, field_count, true, false, error);
}

struct output *
output_open_pairs(const struct session *session, struct reply *reply, const char *format,
		  const char *title, const struct field *const *fields, int field_count,
		  struct error *error)
{
	return open_output(session, reply, format, title, fields, field_count, false, true, error);
}

bool
output_row(struct output *output, const char *const *values, struct error *error)
{
	return writer_row(output->writer, values, error);
}

bool
output_is_for_people(const struct output *output)
{
	return output->format == format_named(output_formats[0].name);
}

bool
output_is_narrow(const struct reply *reply)
{
	return reply->columns > 0 && reply->columns < WIDE_COLUMNS;
}

int64_t
output_count(const struct output *output)
{
	return writer_count(output->writer);
}

bool
output_end(struct output *output, bool given, struct error *error)
{
	bool done = false;

	if (output == NULL)
		return false;
	if (given)
		done = writer_close(output->writer, error);
	else
		writer_abandon(output->writer);
	free(output);
	return done;
}

const struct field *const *
output_fields(struct arena *arena, const struct field *table, int *count)
{
	const struct field **fields;

	*count = 0;
	for each_field(field, table)
		++*count;
	fields = arena_alloc(arena, (size_t)*count * sizeof *fields);
	for (int i = 0; i < *count; i++)
		fields[i] = &table[i];
	return fields;
}

void
output_say_where(struct reply *reply, const char *what, const char *path)
{
	char folder[PATH_MAX];
	bool is_relative = *path != '/' && getcwd(folder, sizeof folder) != NULL;

	text_format(&reply->words, "Wrote %s to %s%s%s.\n", what, is_relative ? folder : "",
		    is_relative ? "/" : "", path);
}

bool
output_rows(struct output *output, const struct session *session, const struct query *query,
	    struct error *error)
{
	struct cursor *cursor = query_open(session->store, query, error);
	bool done = cursor != NULL, more = done;
	struct row row;

	while (done && more)
		done = cursor_next(cursor, &row, &more, error) &&
		       (!more || output_row(output, row.values, error));
	cursor_close(cursor);
	return done;
}

bool
output_query(const struct session *session, struct reply *reply, const char *format,
	     const char *title, const struct query *query, struct error *error)
{
	struct output *output = output_open(session, reply, format, title, query->fields,
					    query->field_count, error);

	return output_end(output, output != NULL && output_rows(output, session, query, error),
			  error);
}
