/* SPDX-License-Identifier: MIT */
#include "core/json.h"
#include "export/writer.h"

/*
 * An array of objects by field name, one on each line; whole numbers are numbers, everything else
 * strings. A record that stands alone is one object.
 */

static bool
write_start(struct writer *writer, struct error *error)
{
	(void)error;
	text_append(&writer->buffer, writer->document.alone ? "" : "[");
	return true;
}

static void
append_value(struct text *out, const struct field *field, const char *words)
{
	if (words == NULL || field->type != FIELD_INTEGER) {
		json_append_member(out, field->name, words);
		return;
	}
	json_append_string(out, field->name);
	text_append_bytes(out, ":", 1);
	text_append(out, words);
}

static bool
write_row(struct writer *writer, const char *const *values, struct error *error)
{
	const struct document *document = &writer->document;

	(void)error;
	text_append(&writer->buffer, document->alone ? "{" : writer->count > 1 ? ",\n{" : "\n{");
	for (int i = 0; i < document->field_count; i++) {
		if (i > 0)
			text_append_bytes(&writer->buffer, ",", 1);
		append_value(&writer->buffer, document->fields[i], values[i]);
	}
	text_append_bytes(&writer->buffer, "}", 1);
	return true;
}

static bool
write_end(struct writer *writer, struct error *error)
{
	(void)error;
	text_append(&writer->buffer, writer->document.alone ? "\n"
				     : writer->count > 0    ? "\n]\n"
							    : "]\n");
	return true;
}

const struct writer_functions json_functions = { .open = write_start,
						 .row = write_row,
						 .finish = write_end };
