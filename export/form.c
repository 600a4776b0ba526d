/* SPDX-License-Identifier: MIT */
#include "export/form.h"

#include "core/guard.h"
#include "core/text.h"
#include "export/book.h"

enum { HEADING_ROW = 0, MARGIN_WIDTH = 2 };

/* Excel takes 00123 for 123 and 1E5 for 100000 unless the cell is text before it is filled. */
static enum book_style
column_style(const struct field *field)
{
	switch (field_types[field->type].cell) {
	case CELL_NUMBER:
		return BOOK_PLAIN;
	case CELL_DATE:
		return field->type == FIELD_DATE ? BOOK_LIST_DATE : BOOK_LIST_TEXT;
	case CELL_TEXT:
		break;
	}
	return BOOK_LIST_TEXT;
}

static void
write_sheet(struct book *book, const void *context)
{
	const struct form *form = context;
	lxw_worksheet *sheet = book_add_sheet(book, form->title, true);

	if (sheet == NULL)
		return;
	for (int i = 0; i < form->field_count; i++) {
		const struct field *field = form->fields[i];
		int title = text_width(field->title);

		book_check(book,
			   worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i,
						(title > field->width ? title : field->width) +
							MARGIN_WIDTH,
						book->styles[column_style(field)]));
		book_write(book, HEADING_ROW, (lxw_col_t)i, field->title, BOOK_LIST_HEADING);
	}
	worksheet_freeze_panes(sheet, HEADING_ROW + 1, 0);
}

bool
form_write_workbook(const struct form *form, const char *path, bool overwrite, struct error *error)
{
	struct book_properties properties = { form->title, "", form->marking, form->created };

	return book_make(path, overwrite, &properties, write_sheet, form, error);
}

bool
form_send_csv(const struct form *form, const struct sink *sink, struct error *error)
{
	struct text line = { 0 };
	bool done;

	for (int i = 0; i < form->field_count; i++) {
		text_append(&line, i > 0 ? "," : "");
		guard_append_cell(&line, form->fields[i]->title, false);
	}
	text_append(&line, "\r\n");
	done = sink_write(sink, line.bytes, line.length, error);
	text_free(&line);
	return done;
}

bool
form_write_csv(const struct form *form, const char *path, bool overwrite, struct error *error)
{
	struct file file;
	struct sink sink;

	if (!file_create(&file, path, overwrite, error))
		return false;
	sink = file_sink(&file);
	if (form_send_csv(form, &sink, error))
		return file_commit(&file, error);
	file_abandon(&file);
	return false;
}
