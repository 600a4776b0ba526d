/* SPDX-License-Identifier: MIT */
#include "core/guard.h"
#include "export/writer.h"

/*
 * RFC 4180, UTF-8 without a mark at its start.  The headings are the names of the fields,
 * so that import reads the file back; formulas are guarded (core/guard.h).
 */

static void
append_cell(struct text *out, const char *words, bool is_text)
{
	guard_append_cell(out, words, is_text && guard_is_needed(words));
}

static bool
write_headings(struct writer *writer, struct error *error)
{
	const struct document *document = &writer->document;

	(void)error;
	for (int i = 0; i < document->field_count; i++) {
		text_append(&writer->buffer, i > 0 ? "," : "");
		append_cell(&writer->buffer, document->fields[i]->name, true);
	}
	text_append(&writer->buffer, "\r\n");
	return true;
}

static bool
write_row(struct writer *writer, const char *const *values, struct error *error)
{
	int count = writer->document.field_count;

	(void)error;
	for (int i = 0; i < count; i++) {
		if (i > 0)
			text_append_bytes(&writer->buffer, ",", 1);
		if (values[i] != NULL)
			append_cell(&writer->buffer, values[i],
				    writer_cell(writer, i) == CELL_TEXT);
	}
	/* A line without anything would be no row to whoever reads it. */
	text_append(&writer->buffer, count == 1 && values[0] == NULL ? "\"\"\r\n" : "\r\n");
	return true;
}

const struct writer_functions csv_functions = { .open = write_headings, .row = write_row };
