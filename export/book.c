/* SPDX-License-Identifier: MIT */
#include "export/book.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/date.h"
#include "core/memory.h"
#include "core/text.h"

enum {
	SHEET_NAME_CHARACTERS = 31,
	/* Of Excel's calendar, which begins on 30 December 1899 ... */
	DAYS_BEFORE_1970 = 25569,
	LAST_DAY_TOO_MANY = 60,		/* ... and holds a 29 February 1900 that never was */
	A4 = 9,
	POINTS = 12, TITLE_POINTS = 16,
	NOT_HUSHED = -2,		/* of book.errors; -1: standard error was closed */
};

static const struct style {
	const char *font;
	double points;
	const char *number_format;
	int alignment;
	bool bold, wraps, ruled;	/* a line below */
} styles[BOOK_STYLE_COUNT] = {
	/* font, points, number format, alignment, bold, wraps, ruled */
	[BOOK_LIST_HEADING] = { NULL, 0, NULL, LXW_ALIGN_LEFT, true, false, false },
	[BOOK_LIST_DATE] = { NULL, 0, "dd/mm/yyyy", LXW_ALIGN_LEFT, false, false, false },
	[BOOK_LIST_TEXT] = { NULL, 0, "@", LXW_ALIGN_LEFT, false, false, false },
	[BOOK_TITLE] = { "Arial", TITLE_POINTS, NULL, LXW_ALIGN_LEFT, true, false, false },
	[BOOK_WORDS] = { "Arial", POINTS, NULL, LXW_ALIGN_LEFT, false, false, false },
	[BOOK_HEADING] = { "Arial", POINTS, NULL, LXW_ALIGN_LEFT, true, true, true },
	[BOOK_NUMBER_HEADING] = { "Arial", POINTS, NULL, LXW_ALIGN_RIGHT, true, true, true },
	[BOOK_CELL] = { "Arial", POINTS, NULL, LXW_ALIGN_LEFT, false, true, false },
	[BOOK_NUMBER] = { "Arial", POINTS, "#,##0", LXW_ALIGN_RIGHT, false, false, false },
	[BOOK_DATE] = { "Arial", POINTS, "d mmm yyyy", LXW_ALIGN_LEFT, false, true, false },
};

/* Sends what the library prints to nowhere. */
static void
hush(struct book *book)
{
	int nowhere;

	if (book->errors != NOT_HUSHED)
		return;
	nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (nowhere < 0)
		return;
	book->errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	dup2(nowhere, STDERR_FILENO);
	if (nowhere != STDERR_FILENO)
		close(nowhere);
}

/* Gives standard error back. */
static void
speak(struct book *book)
{
	if (book->errors >= 0) {
		dup2(book->errors, STDERR_FILENO);
		close(book->errors);
	} else if (book->errors != NOT_HUSHED) {
		close(STDERR_FILENO);	/* it was closed before, too */
	}
	book->errors = NOT_HUSHED;
}

static lxw_format *
make_style(lxw_workbook *workbook, const struct style *style)
{
	lxw_format *format = workbook_add_format(workbook);

	if (style->font != NULL) {
		format_set_font_name(format, style->font);
		format_set_font_size(format, style->points);
	}
	if (style->number_format != NULL)
		format_set_num_format(format, style->number_format);
	if (style->bold)
		format_set_bold(format);
	if (style->wraps)
		format_set_text_wrap(format);
	if (style->font != NULL)
		format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
	if (style->ruled)
		format_set_bottom(format, LXW_BORDER_THIN);
	format_set_align(format, (uint8_t)style->alignment);
	/* Otherwise a number touches the words in the next column. */
	if (style->alignment == LXW_ALIGN_RIGHT)
		format_set_indent(format, 1);
	return format;
}

/* Title, marking and the language, which the library has no place for among the core properties. */
static void
set_properties(struct book *book, const struct book_properties *properties)
{
	struct arena *arena = &book->arena;
	lxw_doc_properties values = {
		.title = arena_text(arena, text_for_cell(arena, properties->title)),
		.subject = arena_text(arena, text_for_cell(arena, properties->subject)),
		.author = arena_text(arena, "Terrier"),
		.keywords = arena_text(arena, text_for_cell(arena, properties->marking)),
		.comments = arena_format(arena, "Marking: %s",
					 text_for_cell(arena, properties->marking)),
		.status = arena_text(arena, text_for_cell(arena, properties->marking)),
		.created = properties->created,
	};

	book_check(book, workbook_set_properties(book->workbook, &values));
	book_check(book, workbook_set_custom_property_string(book->workbook, "Language", "en-GB"));
	book_check(book,
		   workbook_set_custom_property_string(book->workbook, "Marking", values.keywords));
}

bool
book_open(struct book *book, struct file *file, const struct book_properties *properties,
	  struct error *error)
{
	lxw_workbook_options options = { .constant_memory = LXW_FALSE, .use_zip64 = LXW_FALSE };

	*book = (struct book){ .file = file, .errors = NOT_HUSHED };
	book->marking = arena_text(&book->arena, properties->marking);
	options.tmpdir = arena_text(&book->arena, file->folder);
	hush(book);
	book->workbook = workbook_new_opt(file->temporary, &options);
	if (book->workbook == NULL) {
		book_abandon(book);
		return file_failed(file->path, 0, error);
	}
	for (int i = BOOK_PLAIN + 1; i < BOOK_STYLE_COUNT; i++)
		book->styles[i] = make_style(book->workbook, &styles[i]);
	set_properties(book, properties);
	return true;
}

const char *
book_sheet_name(struct arena *arena, const char *words, int number)
{
	const char *end = number > 1 ? arena_format(arena, " %d", number) : "";
	size_t room = strlen(words), size, units = strlen(end);
	struct text name = { 0 };

	for (; room > 0; words += size, room -= size) {
		int32_t point = text_decode(words, room, &size);

		units += point > 0xffff ? 2 : 1;
		if (units > SHEET_NAME_CHARACTERS)
			break;
		if (point < 0x20 || point == 0x7f ||
		    (point < 0x80 && strchr("[]:*?/\\'", point) != NULL))
			text_append(&name, " ");
		else
			text_append_bytes(&name, words, size);
	}
	size = name.length;
	words = text_trim(text_words(&name), &size);
	words = arena_format(arena, "%.*s%s", (int)size, words, end);
	text_free(&name);
	/* Excel keeps the name History for itself. */
	if (*words == '\0' || text_same(words, "History"))
		words = arena_format(arena, "Sheet %s", words);
	return words;
}

char *
book_table_name(struct arena *arena, const char *words)
{
	char *name = arena_format(arena, "Table_%s", words);

	for (char *at = name; *at != '\0'; at++)
		if (!isalpha((unsigned char)*at) && !isdigit((unsigned char)*at))
			*at = '_';
	return name;
}

/* The marking as a header or footer, where & begins a code. */
static const char *
page_words(struct book *book, const char *before, const char *after)
{
	struct text words = { 0 };
	const char *marking = text_for_cell(&book->arena, book->marking), *page;

	text_append(&words, before);
	for (; *marking != '\0'; marking++)
		text_append_bytes(&words, *marking == '&' ? "&&" : marking,
				  *marking == '&' ? 2 : 1);
	text_append(&words, after);
	page = arena_text(&book->arena, text_words(&words));
	text_free(&words);
	return page;
}

static void
set_page(struct book *book, bool landscape)
{
	worksheet_set_paper(book->sheet, A4);
	if (landscape)
		worksheet_set_landscape(book->sheet);
	worksheet_fit_to_pages(book->sheet, 1, 0);
	worksheet_set_margins(book->sheet, 0.5, 0.5, 0.9, 0.9);
	book_check(book, worksheet_set_header(book->sheet, page_words(book, "&C", "")));
	book_check(book,
		   worksheet_set_footer(book->sheet, page_words(book, "&C", "&RPage &P of &N")));
}

lxw_worksheet *
book_add_sheet(struct book *book, const char *name, bool landscape)
{
	const char *legal;
	int number = 1;

	do
		legal = book_sheet_name(&book->arena, name, number++);
	while (workbook_get_worksheet_by_name(book->workbook, legal) != NULL);
	book->sheet = workbook_add_worksheet(book->workbook, legal);
	book->expected = memory_grow(book->expected, &book->expected_room,
				     (size_t)book->sheet_count + 1, sizeof *book->expected);
	book->expected[book->sheet_count++] = (struct verify_sheet){ 0 };
	book->row = LXW_ROW_MAX;
	if (book->sheet == NULL)
		book_check(book, LXW_ERROR_CREATING_TMPFILE);
	else
		set_page(book, landscape);
	return book->sheet;
}

/* Counts a cell that was written, for the reading back. */
static void
count_cell(struct book *book, lxw_row_t row, lxw_error answer)
{
	struct verify_sheet *expected = &book->expected[book->sheet_count - 1];

	book_check(book, answer);
	expected->cells++;
	expected->rows += row != book->row;
	book->row = row;
}

void
book_write(struct book *book, lxw_row_t row, lxw_col_t column, const char *words,
	   enum book_style style)
{
	if (words == NULL || *words == '\0')
		return;
	words = text_for_cell(&book->arena, words);
	count_cell(book, row,
		   worksheet_write_string(book->sheet, row, column, words, book->styles[style]));
}

void
book_write_number(struct book *book, lxw_row_t row, lxw_col_t column, double number,
		  enum book_style style)
{
	count_cell(book, row,
		   worksheet_write_number(book->sheet, row, column, number, book->styles[style]));
}

/* Two digits of an ISO date. */
static int
two_digits(const char *at)
{
	return (at[0] - '0') * 10 + at[1] - '0';
}

void
book_write_blank(struct book *book, lxw_row_t row, lxw_col_t column, enum book_style style)
{
	count_cell(book, row, worksheet_write_blank(book->sheet, row, column, book->styles[style]));
}

bool
book_date_number(const char *date, int64_t *number)
{
	struct date day = { 0 };

	if (strlen(date) != DATE_TEXT_SIZE - 1)
		return false;
	day.year = (short)(two_digits(date) * 100 + two_digits(date + 2));
	day.month = (signed char)two_digits(date + 5);
	day.day = (signed char)two_digits(date + 8);
	*number = date_days(day) + DAYS_BEFORE_1970;
	if (*number <= LAST_DAY_TOO_MANY)
		--*number;
	return true;
}

void
book_write_date(struct book *book, lxw_row_t row, lxw_col_t column, const char *date,
		enum book_style style)
{
	int64_t number;

	if (date != NULL && book_date_number(date, &number))
		book_write_number(book, row, column, (double)number, style);
	else
		book_write(book, row, column, date, style);
}

/* The bytes that a text takes in XML. */
static int64_t
xml_size(const char *text)
{
	int64_t size = 0;

	for (; *text != '\0'; text++)
		size += *text == '&' ? 5 : *text == '<' || *text == '>' ? 4 : 1;
	return size;
}

/* The bytes of words that xl/sharedStrings.xml must hold. */
static int64_t
shared_bytes(const struct book *book)
{
	struct sst_element *element;
	int64_t size = 0;

	STAILQ_FOREACH(element, book->workbook->sst->order_list, sst_order_pointers)
		size += xml_size(element->string);
	return size;
}

static bool
refuse(const struct book *book, struct error *error)
{
	if (book->refused == LXW_ERROR_CREATING_TMPFILE)
		return file_failed(book->file->path, 0, error);
	return error_set(error, ERROR_FILE,
			 "'%.400s' was not written: the workbook cannot hold a part of it (%s). "
			 "Nothing was written; an older file of that name is as it was.",
			 book->file->path, lxw_strerror(book->refused));
}

bool
book_close(struct book *book, struct error *error)
{
	int64_t string_bytes;
	lxw_error answer;
	bool done;

	if (book->refused != LXW_NO_ERROR) {
		refuse(book, error);
		book_abandon(book);
		return false;
	}
	string_bytes = shared_bytes(book);
	answer = workbook_close(book->workbook);
	book->workbook = NULL;
	done = answer == LXW_NO_ERROR ?
	       verify_workbook(book->file, book->expected, book->sheet_count, string_bytes, error) :
	       file_failed(book->file->path, 0, error);
	book_abandon(book);
	return done;
}

bool
book_make(const char *path, bool overwrite, const struct book_properties *properties,
	  void (*fill)(struct book *book, const void *context), const void *context,
	  struct error *error)
{
	struct file file;
	struct book book;

	if (!file_create(&file, path, overwrite, error))
		return false;
	if (!book_open(&book, &file, properties, error)) {
		file_abandon(&file);
		return false;
	}
	fill(&book, context);
	if (!book_close(&book, error)) {
		file_abandon(&file);
		return false;
	}
	return file_commit(&file, error);
}

void
book_abandon(struct book *book)
{
	if (book->workbook != NULL)
		lxw_workbook_free(book->workbook);
	speak(book);
	free(book->expected);
	arena_free(&book->arena);
	*book = (struct book){ 0 };
}
