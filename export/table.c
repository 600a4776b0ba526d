/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "export/writer.h"

/*
 * Aligned columns for people.  The first rows are kept until the columns' widths can be told from
 * them; the others are written as they come, and where one is wider than its column the line
 * grows.  Words over WIDTH_MAX columns, or over as many as their field asks for, end in an
 * ellipsis; the other formats have them whole.  Where the document asks for it, those of the last
 * column go on below instead, within the columns of whoever reads.
 */
enum { KEPT_ROWS = 1000, WIDTH_MAX = 60, UNFOLDED_MIN = 20, GAP = 2, CHARACTER_SIZE = 8 };

struct table {
	struct arena arena;	/* of the kept rows */
	const char **kept;	/* row after row, a value for each field */
	size_t room;
	int *widths;		/* of each column; set once the kept rows are written */
	bool settled;
};

static bool
open_table(struct writer *writer, struct error *error)
{
	struct table *table = memory_alloc(sizeof *table);
	int count = writer->document.field_count;

	(void)error;
	table->widths = memory_alloc((size_t)count * sizeof *table->widths);
	for (int i = 0; i < count; i++)
		table->widths[i] = text_width(writer->document.fields[i]->title);
	writer->state = table;
	return true;
}

static void
append_blanks(struct text *out, int count)
{
	while (count-- > 0)
		text_append_bytes(out, " ", 1);
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

static bool
is_unfolded(const struct writer *writer, int column)
{
	return writer->document.unfolded && column == writer->document.field_count - 1;
}

/* Where a column begins. */
static int
column_start(const struct writer *writer, int column)
{
	const struct table *table = writer->state;
	int start = 0;

	for (int i = 0; i < column; i++)
		start += table->widths[i] + GAP;
	return start;
}

static int
widest(const struct writer *writer, int column)
{
	int asked = writer->document.fields[column]->width;
	int room = writer->document.columns - column_start(writer, column);

	if (is_unfolded(writer, column) && writer->document.columns > 0)
		return room > UNFOLDED_MIN ? room : UNFOLDED_MIN;
	return asked > WIDTH_MAX ? asked : WIDTH_MAX;
}

static void
append_cell(struct writer *writer, int column, const char *words)
{
	const struct table *table = writer->state;
	const struct field *field = writer->document.fields[column];
	struct text *out = &writer->buffer;
	int blanks = table->widths[column] - least(text_width(words), widest(writer, column));

	if (field_types[field->type].alignment == ALIGN_RIGHT) {
		append_blanks(out, blanks);
		blanks = 0;
	}
	text_for_screen(out, words, widest(writer, column));
	append_blanks(out, (blanks > 0 ? blanks : 0) + GAP);
}

/* Ends a line without the blanks that nobody sees. */
static void
end_line(struct text *out)
{
	while (out->length > 0 && out->bytes[out->length - 1] == ' ')
		out->length--;
	text_append_bytes(out, "\n", 1);
}

/* The bytes of the first characters that fit into a width, one at least. */
static size_t
fitting(const char *words, int width)
{
	size_t at = 0, size;
	int used = 0;

	while (words[at] != '\0') {
		char character[CHARACTER_SIZE] = "";

		text_decode(words + at, strlen(words + at), &size);
		memcpy(character, words + at, size);
		used += text_width(character);
		if (used > width && at > 0)
			break;
		at += size;
	}
	return at;
}

/* The bytes of the next line: up to a blank where there is one. */
static size_t
line_size(const char *words, int width)
{
	size_t whole = fitting(words, width), size = whole;

	if (words[whole] == '\0' || words[whole] == ' ')
		return whole;
	while (size > 0 && words[size - 1] != ' ')
		size--;
	return size > 0 ? size : whole;
}

static void
append_unfolded(struct writer *writer, int column, const char *words)
{
	struct text clean = { 0 };
	const char *rest;

	text_for_screen(&clean, words, -1);
	rest = text_words(&clean);
	while (*rest != '\0') {
		size_t size = line_size(rest, widest(writer, column));

		text_append_bytes(&writer->buffer, rest, size);
		rest += size;
		rest += strspn(rest, " ");
		if (*rest == '\0')
			break;
		end_line(&writer->buffer);
		append_blanks(&writer->buffer, column_start(writer, column));
	}
	text_free(&clean);
}

static void
append_row(struct writer *writer, const char *const *values)
{
	for (int i = 0; i < writer->document.field_count; i++)
		(is_unfolded(writer, i)
			 ? append_unfolded
			 : append_cell)(writer, i, values[i] != NULL ? values[i] : "");
	end_line(&writer->buffer);
}

static void
append_headings(struct writer *writer)
{
	const struct table *table = writer->state;
	const struct document *document = &writer->document;

	for (int i = 0; i < document->field_count; i++)
		append_cell(writer, i, document->fields[i]->title);
	end_line(&writer->buffer);
	for (int i = 0; i < document->field_count; i++) {
		for (int j = 0; j < table->widths[i]; j++)
			text_append_bytes(&writer->buffer, "-", 1);
		append_blanks(&writer->buffer, GAP);
	}
	end_line(&writer->buffer);
}

static void
keep_row(struct writer *writer, const char *const *values)
{
	struct table *table = writer->state;
	size_t count = (size_t)writer->document.field_count,
	       start = (size_t)(writer->count - 1) * count;

	table->kept = memory_grow(table->kept, &table->room, start + count, sizeof *table->kept);
	for (size_t i = 0; i < count; i++) {
		int width = values[i] != NULL ? text_width(values[i]) : 0;

		table->kept[start + i] = arena_text(&table->arena, values[i]);
		if (width > table->widths[i])
			table->widths[i] = least(width, widest(writer, (int)i));
	}
}

/* Writes the headings and the rows that were kept. */
static bool
settle(struct writer *writer, int64_t kept, struct error *error)
{
	struct table *table = writer->state;

	int last = writer->document.field_count - 1;

	table->settled = true;
	if (is_unfolded(writer, last))
		table->widths[last] = least(table->widths[last], widest(writer, last));
	append_headings(writer);
	for (int64_t i = 0; i < kept; i++) {
		append_row(writer, table->kept + i * writer->document.field_count);
		if (!writer_drain(writer, error))
			return false;
	}
	arena_free(&table->arena);
	return true;
}

static bool
write_row(struct writer *writer, const char *const *values, struct error *error)
{
	struct table *table = writer->state;

	if (!table->settled && writer->count <= KEPT_ROWS) {
		keep_row(writer, values);
		return true;
	}
	if (!table->settled && !settle(writer, KEPT_ROWS, error))
		return false;
	append_row(writer, values);
	return true;
}

static bool
finish_table(struct writer *writer, struct error *error)
{
	const struct table *table = writer->state;

	return table->settled || settle(writer, writer->count, error);
}

static void
free_table(struct writer *writer)
{
	struct table *table = writer->state;

	if (table == NULL)
		return;
	arena_free(&table->arena);
	free(table->kept);
	free(table->widths);
	free(table);
}

const struct writer_functions table_functions = { open_table, write_row, finish_table, free_table };
