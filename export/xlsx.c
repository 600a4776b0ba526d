/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/memory.h"
#include "export/book.h"
#include "export/unzip.h"
#include "export/writer.h"
#include "export/zip.h"

/*
 * A working list: a title, a sentence on what it is, the headings, then a row
 * for each record.  It filters, its headings stay in sight, identifiers are words.
 *
 * libxlsxwriter makes the workbook without the rows, in a file of its own: the frame.  It
 * is then copied, part by part, and the rows are put into its sheets as they come.  So they
 * cost a third of what the library takes for them, need no room on the disk but that of the
 * file, and every write of theirs is looked at.
 */
enum {
	TITLE_ROW, ABOUT_ROW, HEADING_ROW, HEADING_ROWS,
	SHEET_ROWS = LXW_ROW_MAX - HEADING_ROWS,	/* rows of data that a sheet can hold */
	FILTER_ARROW_WIDTH = 3, MARGIN_WIDTH = 2,
	EXACT_DIGITS = 15,		/* that a number in a spreadsheet keeps */
	XML_SIZE = 64 * 1024,		/* of rows, before they are passed on */
	CELL_START_SIZE = sizeof "<c r=\"XFD",
};

struct column {
	enum field_cell cell;
	bool as_written;		/* its digits count, also zeros at their end */
	char start[CELL_START_SIZE];	/* <c r="A */
	size_t start_size;
};

struct list {
	struct file frame_file;
	struct unzip frame;
	struct zip zip;
	struct text end;		/* of the open sheet: what follows its rows */
	struct text xml;		/* rows on their way into the zip */
	struct arena arena;		/* of one row */
	struct column *columns;
	char date_style[16];		/* that of the frame:  s="2" */
	int64_t sheet_rows;		/* rows in the open sheet */
};

/* "OFFICIAL-SENSITIVE. As at 21 November 2026. 608 rows. Filter: york. ..." */
static const char *
about(const struct document *document, int64_t first, struct arena *arena)
{
	char day[DATE_WORDS_SIZE], number[TEXT_NUMBER_SIZE];
	const char *words;

	date_words(document->as_at, day);
	words = arena_format(arena, "%s. As at %s. %s.", document->marking, day,
			     text_count(arena, document->count, "row", "rows"));
	if (document->filter[0] != '\0')
		words = arena_format(arena, "%s Filter: %s.", words, document->filter);
	if (document->count > SHEET_ROWS)
		words = arena_format(arena,
				     "%s One sheet cannot hold them all: this one begins with row "
				     "%s of them, and the sheets beside it have the others.",
				     words, text_number(first, number));
	return arena_format(arena, "%s A blank cell means that it is not known.", words);
}

static int
column_width(const struct field *field)
{
	int title = text_width(field->title) + FILTER_ARROW_WIDTH;
	int width = field->width + MARGIN_WIDTH;

	return width > title ? width : title;
}

/* The headings, and in place of the rows one cell where the last of them will end. */
static void
add_headings(struct book *book, const struct document *document, int64_t row_count)
{
	lxw_row_t last_row = (lxw_row_t)(HEADING_ROW + row_count);
	lxw_col_t last_column = (lxw_col_t)(document->field_count - 1);
	char range[LXW_MAX_CELL_RANGE_LENGTH];

	for (int i = 0; i < document->field_count; i++)
		book_write(book, HEADING_ROW, (lxw_col_t)i, document->fields[i]->title,
			   BOOK_LIST_HEADING);
	book_write_blank(book, last_row, last_column, BOOK_LIST_DATE);
	lxw_rowcol_to_range(range, HEADING_ROWS, 0, last_row, last_column);
	book_check(book, worksheet_autofilter(book->sheet, HEADING_ROW, 0, last_row, last_column));
	book_check(book,
		   worksheet_ignore_errors(book->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range));
}

/* The sheet for the rows from `first` (1-based) on. */
static void
add_sheet(struct book *book, const struct document *document, int64_t first)
{
	int64_t left = document->count - first + 1;
	lxw_worksheet *sheet = book_add_sheet(book, document->title, true);

	if (sheet == NULL)
		return;
	for (int i = 0; i < document->field_count; i++)
		book_check(book, worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i,
						      column_width(document->fields[i]), NULL));
	worksheet_freeze_panes(sheet, HEADING_ROWS, 0);
	book_check(book, worksheet_repeat_rows(sheet, HEADING_ROW, HEADING_ROW));
	book_write(book, TITLE_ROW, 0, document->title, BOOK_LIST_HEADING);
	book_write(book, ABOUT_ROW, 0, about(document, first, &book->arena), BOOK_PLAIN);
	if (left > 0)
		add_headings(book, document, left < SHEET_ROWS ? left : SHEET_ROWS);
	else
		book_write(book, HEADING_ROW, 0, "There is nothing to list.", BOOK_PLAIN);
}

/* Writes the workbook without its rows beside the target, and opens it for reading. */
static bool
make_frame(struct writer *writer, struct list *list, struct error *error)
{
	const struct document *document = &writer->document;
	struct book_properties properties = {
		document->title, document->filter, document->marking, document->created
	};
	struct book book;
	int64_t first = 1;

	if (!file_create(&list->frame_file,
			 arena_format(&list->arena, "%s.frame", writer->file.temporary), false,
			 error))
		return false;
	/* Whatever goes wrong with it, the person only knows the file that was asked for. */
	list->frame_file.path = writer->file.path;
	if (!book_open(&book, &list->frame_file, &properties, error))
		return false;
	do {
		add_sheet(&book, document, first);
		first += SHEET_ROWS;
	} while (first <= document->count);
	if (!book_close(&book, error))
		return false;
	/* It needs no name any more, so nothing of it can be left behind. */
	unlink(list->frame_file.temporary);
	return unzip_open(&list->frame, list->frame_file.descriptor) ||
	       file_failed(writer->file.path, 0, error);
}

/*
 * Splits a sheet of the frame where its rows belong, at the row that stands for them; *size is what
 * comes before it.
 */
static bool
split_sheet(struct list *list, const struct text *sheet, size_t *size)
{
	const char *start = NULL, *end = strstr(text_words(sheet), "</sheetData>"), *style;

	for (const char *row = strstr(text_words(sheet), "<row "); row != NULL && row < end;
	     row = strstr(row + 1, "<row "))
		start = row;
	style = start != NULL ? strstr(start, " s=\"") : NULL;
	if (style == NULL || style > end)
		return false;
	snprintf(list->date_style, sizeof list->date_style, "%.*s",
		 (int)strcspn(style + 4, "\"") + 5, style);
	text_clear(&list->end);
	text_append(&list->end, end);
	*size = (size_t)(start - text_words(sheet));
	return true;
}

/* Copies one part of the frame; of a sheet that is to have rows, what comes before them. */
static bool
copy_part(struct writer *writer, struct text *part, bool *at_rows, struct error *error)
{
	struct list *list = writer->state;
	struct unzip_entry entry;
	size_t size;

	text_clear(part);
	if (!unzip_next(&list->frame, &entry) || !unzip_read_text(&list->frame, &entry, part))
		return file_failed(writer->file.path, 0, error);
	size = part->length;
	*at_rows = writer->document.count > 0 &&
		   strncmp(entry.name, "xl/worksheets/sheet", strlen("xl/worksheets/sheet")) == 0;
	if (*at_rows && !split_sheet(list, part, &size))
		return file_failed(writer->file.path, 0, error);
	return zip_begin(&list->zip, entry.name, error) &&
	       zip_write(&list->zip, text_words(part), size, error) &&
	       (*at_rows || zip_end(&list->zip, error));
}

/* Copies the frame up to the rows of its next sheet, or to its end. */
static bool
copy_frame(struct writer *writer, struct error *error)
{
	struct list *list = writer->state;
	struct text part = { 0 };
	bool at_rows = false, copied = true;

	while (copied && !at_rows && list->frame.left > 0)
		copied = copy_part(writer, &part, &at_rows, error);
	text_free(&part);
	list->sheet_rows = 0;
	return copied;
}

static void
name_columns(const struct document *document, struct list *list)
{
	list->columns = memory_alloc((size_t)document->field_count * sizeof *list->columns);
	for (int i = 0; i < document->field_count; i++) {
		struct column *column = &list->columns[i];
		char letters[LXW_MAX_COL_NAME_LENGTH];

		lxw_col_to_name(letters, (lxw_col_t)i, LXW_FALSE);
		column->cell = field_types[document->fields[i]->type].cell;
		column->as_written = document->fields[i]->type == FIELD_DECIMAL;
		column->start_size = (size_t)snprintf(column->start, sizeof column->start,
						      "<c r=\"%.3s", letters);
	}
}

static bool
open_list(struct writer *writer, struct error *error)
{
	struct list *list = memory_alloc(sizeof *list);

	writer->state = list;
	name_columns(&writer->document, list);
	zip_open(&list->zip, &writer->file);
	return make_frame(writer, list, error) && copy_frame(writer, error);
}

/* Whether a spreadsheet would read what begins here as one character: _x0041_ */
static bool
is_escape(const char *at)
{
	return at[1] == 'x' && strspn(at + 2, "0123456789abcdefABCDEF") >= 4 && at[6] == '_';
}

/* Words as XML. Nearly all are plain and are copied as they are. */
static void
append_words(struct list *list, const char *words)
{
	const char *at = words;

	while (*at >= ' ' && *at < 0x7f && *at != '&' && *at != '<' && *at != '>' && *at != '_')
		at++;
	if (*at == '\0') {
		text_append_bytes(&list->xml, words, (size_t)(at - words));
		return;
	}
	for (words = text_for_cell(&list->arena, words); *words != '\0'; words++) {
		if (*words == '&')
			text_append(&list->xml, "&amp;");
		else if (*words == '<')
			text_append(&list->xml, "&lt;");
		else if (*words == '>')
			text_append(&list->xml, "&gt;");
		else if (*words == '_' && is_escape(words))
			text_append(&list->xml, "_x005F_");
		else
			text_append_bytes(&list->xml, words, 1);
	}
}

/* Whether XML would lose blanks at an end. */
static bool
has_outer_blanks(const char *words)
{
	size_t size = strlen(words);

	text_trim(words, &size);
	return words[size] != '\0';
}

static void
append_text_cell(struct list *list, const char *words)
{
	text_append(&list->xml, has_outer_blanks(words)
					? "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
					: "\" t=\"inlineStr\"><is><t>");
	append_words(list, words);
	text_append(&list->xml, "</t></is></c>");
}

/* Whether the words are a number that a spreadsheet keeps to the last digit. */
static bool
is_number(const char *words)
{
	const char *at = words + (*words == '-');
	size_t whole = strspn(at, "0123456789"),
	       part = at[whole] == '.' ? strspn(at + whole + 1, "0123456789") : 1;

	return whole > 0 && part > 0 && strlen(words) <= EXACT_DIGITS &&
	       (at[whole] == '\0' || (at[whole] == '.' && at[whole + 1 + part] == '\0'));
}

/* Whether a number would lose zeros before or behind it. */
static bool
has_outer_zeros(const char *words)
{
	const char *at = words + (*words == '-'), *point = strchr(at, '.');

	return (at[0] == '0' && at[1] >= '0' && at[1] <= '9') ||
	       (point != NULL && point[strlen(point) - 1] == '0');
}

static void
append_cell(struct list *list, const struct column *column, const char *row, size_t row_size,
	    const char *value)
{
	struct text *xml = &list->xml;
	int64_t number;

	text_append_bytes(xml, column->start, column->start_size);
	text_append_bytes(xml, row, row_size);
	if (column->cell == CELL_NUMBER && is_number(value) &&
	    !(column->as_written && has_outer_zeros(value)))
		text_format(xml, "\"><v>%s</v></c>", value);
	else if (column->cell == CELL_DATE && book_date_number(value, &number))
		text_format(xml, "\"%s><v>%d</v></c>", list->date_style, (int)number);
	else
		append_text_cell(list, value);
}

static bool
flush_rows(struct list *list, struct error *error)
{
	bool written = zip_write(&list->zip, text_words(&list->xml), list->xml.length, error);

	text_clear(&list->xml);
	arena_reset(&list->arena);
	return written;
}

static bool
end_sheet(struct list *list, struct error *error)
{
	return flush_rows(list, error) &&
	       zip_write(&list->zip, text_words(&list->end), list->end.length, error) &&
	       zip_end(&list->zip, error);
}

static bool
refuse_other_count(const struct writer *writer, struct error *error)
{
	return error_set(error, ERROR_CONFLICT,
			 "'%.400s' was not written: the register was changed in the meantime. Try "
			 "again.",
			 writer->file.path);
}

static bool
write_row(struct writer *writer, const char *const *values, struct error *error)
{
	struct list *list = writer->state;
	char row[24];
	size_t row_size;

	if (writer->count > writer->document.count)
		return refuse_other_count(writer, error);
	if (list->sheet_rows == SHEET_ROWS &&
	    (!end_sheet(list, error) || !copy_frame(writer, error)))
		return false;
	list->sheet_rows++;
	row_size = (size_t)snprintf(row, sizeof row, "%d", (int)(HEADING_ROWS + list->sheet_rows));
	text_append(&list->xml, "<row r=\"");
	text_append_bytes(&list->xml, row, row_size);
	text_append(&list->xml, "\">");
	for (int i = 0; i < writer->document.field_count; i++)
		if (values[i] != NULL)
			append_cell(list, &list->columns[i], row, row_size, values[i]);
	text_append(&list->xml, "</row>");
	return list->xml.length < XML_SIZE || flush_rows(list, error);
}

static bool
finish_list(struct writer *writer, struct error *error)
{
	struct list *list = writer->state;

	if (writer->count != writer->document.count)
		return refuse_other_count(writer, error);
	return (writer->count == 0 || end_sheet(list, error)) && copy_frame(writer, error) &&
	       zip_finish(&list->zip, error) && verify_checksums(&writer->file, error);
}

static void
free_list(struct writer *writer)
{
	struct list *list = writer->state;

	if (list == NULL)
		return;
	zip_close(&list->zip);
	unzip_close(&list->frame);
	file_abandon(&list->frame_file);
	text_free(&list->end);
	text_free(&list->xml);
	arena_free(&list->arena);
	free(list->columns);
	free(list);
}

const struct writer_functions xlsx_functions = { open_list, write_row, finish_list, free_list };
