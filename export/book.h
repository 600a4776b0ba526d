/* SPDX-License-Identifier: MIT */
#ifndef EXPORT_BOOK_H
#define EXPORT_BOOK_H

#include <xlsxwriter.h>

#include "core/arena.h"
#include "export/file.h"
#include "export/verify.h"

/*
 * The care that libxlsxwriter needs, in one place; included by export/ only.
 * Every call's answer is looked at, its words on stderr never reach a screen, its temporary
 * files lie beside the target, words are made fit for a cell, and what it wrote is read
 * back before anybody can open it (LESSONS 3, RELIABILITY F1 and F2).
 */
enum book_style {
	BOOK_PLAIN,		/* the library's default, for lists */
	BOOK_LIST_HEADING,
	BOOK_LIST_DATE,
	BOOK_LIST_TEXT,		/* whatever is typed there stays words */
	BOOK_TITLE,		/* the styles of reports: Arial, 12 points or more */
	BOOK_WORDS,
	BOOK_HEADING,
	BOOK_NUMBER_HEADING,
	BOOK_CELL,
	BOOK_NUMBER,
	BOOK_DATE,
	BOOK_STYLE_COUNT
};

struct book {
	struct arena arena;
	struct file *file;		/* the caller's, open */
	const char *marking;
	lxw_workbook *workbook;
	lxw_format *styles[BOOK_STYLE_COUNT];
	lxw_error refused;		/* the first answer that was not LXW_NO_ERROR */
	/* Standard error as it was: while a book is open the library must not write to it. */
	int errors;
	lxw_worksheet *sheet;		/* the newest */
	lxw_row_t row;			/* of the newest cell in it */
	struct verify_sheet *expected;	/* of each sheet */
	size_t expected_room;
	int sheet_count;
};

struct book_properties {
	const char *title;
	const char *subject;
	const char *marking;
	int64_t created;	/* seconds since 1970 */
};

/* While a book is open nothing that is written to standard error is seen. */
bool book_open(struct book *book, struct file *file, const struct book_properties *properties,
	       struct error *error);

/*
 * The next sheet, under a legal name that no other has, set up to be printed with the marking on
 * every page.
 */
lxw_worksheet *book_add_sheet(struct book *book, const char *name, bool landscape);

/* One cell of the newest sheet, rows in ascending order. NULL or blank words write none. */
void book_write(struct book *book, lxw_row_t row, lxw_col_t column, const char *words,
		enum book_style style);
void book_write_number(struct book *book, lxw_row_t row, lxw_col_t column, double number,
		       enum book_style style);

/* A cell without anything but a style. */
void book_write_blank(struct book *book, lxw_row_t row, lxw_col_t column, enum book_style style);

/* The number that a spreadsheet keeps for a canonical date; false for a partial one. */
bool book_date_number(const char *date, int64_t *number);

/* A canonical value of a field: a full date as a date, a partial one as words. */
void book_write_date(struct book *book, lxw_row_t row, lxw_col_t column, const char *date,
		     enum book_style style);

/* Remembers an answer of the library, if it is the first refusal. */
static inline void
book_check(struct book *book, lxw_error answer)
{
	if (answer != LXW_NO_ERROR && book->refused == LXW_NO_ERROR)
		book->refused = answer;
}

/* Writes the file, reads it back and frees. The file is still to be committed. */
bool book_close(struct book *book, struct error *error);

/* A whole workbook of that name, whole or not at all: `fill` writes its sheets. */
bool book_make(const char *path, bool overwrite, const struct book_properties *properties,
	       void (*fill)(struct book *book, const void *context), const void *context,
	       struct error *error);

/* Frees without writing. */
void book_abandon(struct book *book);

/*
 * The words as the name of a sheet: at most 31 characters, none of [ ] : * ? / \, no apostrophe at
 * an end. `number` above 1 makes it another name: "Devices 2".  In the arena.
 */
const char *book_sheet_name(struct arena *arena, const char *words, int number);

/* The words as a table's name: letters and underscores that look like no cell. In the arena. */
char *book_table_name(struct arena *arena, const char *words);

#endif
