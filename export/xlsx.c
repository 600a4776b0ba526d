/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "export/book.h"
#include "export/writer.h"

/*
 * A working list: a title, a sentence on what it is, the headings, then a row
 * for each record.  It filters, its headings stay in sight, identifiers are words.
 * Rows stream through libxlsxwriter's constant memory mode, and go on on further sheets.
 */
enum {
	TITLE_ROW, ABOUT_ROW, HEADING_ROW, HEADING_ROWS,
	SHEET_ROWS = LXW_ROW_MAX - HEADING_ROWS,	/* rows of data that a sheet can hold */
	FILTER_ARROW_WIDTH = 3, MARGIN_WIDTH = 2,
	SOUND_EVERY = 1024,		/* rows from one look for a full disk to the next */
	EXACT_DIGITS = 15,		/* that a number in a spreadsheet keeps */
};

struct list {
	struct book book;
	enum field_cell *cells;		/* of each column */
	int64_t sheet_rows;		/* rows in the newest sheet */
	bool open;
};

/* "OFFICIAL-SENSITIVE. As at 21 November 2026. 608 rows. Filter: york. ..." */
static const char *
about(struct writer *writer)
{
	const struct document *document = &writer->document;
	struct arena *arena = &((struct list *)writer->state)->book.arena;
	char day[DATE_WORDS_SIZE], first[TEXT_NUMBER_SIZE];
	const char *words;

	date_words(document->as_at, day);
	words = arena_format(arena, "%s. As at %s.", document->marking, day);
	if (document->count >= 0)
		words = arena_format(arena, "%s %s.", words, text_count(arena, document->count, "row", "rows"));
	if (document->filter[0] != '\0')
		words = arena_format(arena, "%s Filter: %s.", words, document->filter);
	if (document->count > SHEET_ROWS || writer->count > SHEET_ROWS)
		words = arena_format(arena, "%s One sheet cannot hold them all: this one begins with row %s "
				     "and the sheets beside it have the others.", words,
				     writer->count > 1 ? text_number(writer->count, first) : "1");
	return arena_format(arena, "%s A blank cell means that it is not known.", words);
}

static int
column_width(const struct field *field)
{
	int title = text_width(field->title) + FILTER_ARROW_WIDTH;
	int width = field->width + MARGIN_WIDTH;

	return width > title ? width : title;
}

static bool
begin_sheet(struct writer *writer)
{
	struct list *list = writer->state;
	const struct document *document = &writer->document;
	lxw_worksheet *sheet = book_add_sheet(&list->book, document->title, true);

	if (sheet == NULL)
		return false;
	for (int i = 0; i < document->field_count; i++)
		book_check(&list->book, worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i,
							     column_width(document->fields[i]), NULL));
	worksheet_freeze_panes(sheet, HEADING_ROWS, 0);
	book_check(&list->book, worksheet_repeat_rows(sheet, HEADING_ROW, HEADING_ROW));
	book_write(&list->book, TITLE_ROW, 0, document->title, BOOK_LIST_HEADING);
	book_write(&list->book, ABOUT_ROW, 0, about(writer), BOOK_PLAIN);
	list->sheet_rows = 0;
	return true;
}

static void
write_headings(struct writer *writer)
{
	struct list *list = writer->state;

	for (int i = 0; i < writer->document.field_count; i++)
		book_write(&list->book, HEADING_ROW, (lxw_col_t)i, writer->document.fields[i]->title,
			   BOOK_LIST_HEADING);
}

/* The filter and the quiet about digits kept as text need to know where the rows end. */
static void
end_sheet(struct writer *writer)
{
	struct list *list = writer->state;
	lxw_row_t last_row = (lxw_row_t)(HEADING_ROW + list->sheet_rows);
	lxw_col_t last_column = (lxw_col_t)(writer->document.field_count - 1);
	char range[LXW_MAX_CELL_RANGE_LENGTH];

	if (list->sheet_rows == 0) {
		book_write(&list->book, HEADING_ROW, 0, "There is nothing to list.", BOOK_PLAIN);
		return;
	}
	lxw_rowcol_to_range(range, HEADING_ROWS, 0, last_row, last_column);
	book_check(&list->book, worksheet_autofilter(list->book.sheet, HEADING_ROW, 0, last_row, last_column));
	book_check(&list->book, worksheet_ignore_errors(list->book.sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range));
}

static bool
open_list(struct writer *writer, struct error *error)
{
	const struct document *document = &writer->document;
	struct book_properties properties = {
		document->title, document->filter, document->marking, document->created
	};
	struct list *list = memory_alloc(sizeof *list);

	writer->state = list;
	list->cells = memory_alloc((size_t)document->field_count * sizeof *list->cells);
	for (int i = 0; i < document->field_count; i++)
		list->cells[i] = writer_cell(writer, i);
	list->open = book_open(&list->book, &writer->file, true, &properties, error);
	if (!list->open)
		return false;
	return begin_sheet(writer) || file_failed(writer->file.path, 0, error);
}

static bool
write_row(struct writer *writer, const char *const *values, struct error *error)
{
	struct list *list = writer->state;
	struct book *book = &list->book;
	lxw_row_t row;

	if (list->sheet_rows == SHEET_ROWS) {
		end_sheet(writer);
		if (!begin_sheet(writer))
			return file_failed(writer->file.path, 0, error);
	}
	if (list->sheet_rows++ == 0)
		write_headings(writer);
	row = (lxw_row_t)(HEADING_ROW + list->sheet_rows);
	for (int i = 0; i < writer->document.field_count; i++) {
		if (values[i] == NULL)
			continue;
		if (list->cells[i] == CELL_TEXT || strlen(values[i]) > EXACT_DIGITS)
			book_write(book, row, (lxw_col_t)i, values[i], BOOK_PLAIN);
		else if (list->cells[i] == CELL_DATE)
			book_write_date(book, row, (lxw_col_t)i, values[i], BOOK_LIST_DATE);
		else
			book_write_number(book, row, (lxw_col_t)i, strtod(values[i], NULL), BOOK_PLAIN);
	}
	return writer->count % SOUND_EVERY != 0 || book_is_sound(book) ||
	       file_failed(writer->file.path, 0, error);
}

static bool
finish_list(struct writer *writer, struct error *error)
{
	struct list *list = writer->state;

	if (writer->document.count >= 0 && writer->document.count != writer->count)
		return error_set(error, ERROR_CONFLICT, "'%.400s' was not written: the register was changed in the "
				 "meantime. Try again.", writer->file.path);
	end_sheet(writer);
	list->open = false;
	return book_close(&list->book, error);
}

static void
free_list(struct writer *writer)
{
	struct list *list = writer->state;

	if (list == NULL)
		return;
	if (list->open)
		book_abandon(&list->book);
	free(list->cells);
	free(list);
}

const struct writer_functions xlsx_functions = { open_list, write_row, finish_list, free_list };
