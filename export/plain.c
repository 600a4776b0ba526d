/* SPDX-License-Identifier: MIT */
#include "export/writer.h"

/* A line a row with tabs between the cells, the names of the fields first: for other programs. */

static void
append_cell(struct writer *writer, int column, const char *words)
{
	if (column > 0)
		text_append_bytes(&writer->buffer, "\t", 1);
	if (words != NULL)
		text_for_screen(&writer->buffer, words, -1);
}

static bool
write_headings(struct writer *writer, struct error *error)
{
	(void)error;
	for (int i = 0; i < writer->document.field_count; i++)
		append_cell(writer, i, writer->document.fields[i]->name);
	text_append_bytes(&writer->buffer, "\n", 1);
	return true;
}

static bool
write_row(struct writer *writer, const char *const *values, struct error *error)
{
	(void)error;
	for (int i = 0; i < writer->document.field_count; i++)
		append_cell(writer, i, values[i]);
	text_append_bytes(&writer->buffer, "\n", 1);
	return true;
}

const struct writer_functions plain_functions = { .open = write_headings, .row = write_row };
