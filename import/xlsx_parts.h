/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_XLSX_PARTS_H
#define IMPORT_XLSX_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"
#include "import/package.h"

/* The parts of a workbook besides its sheets.  For the files xlsx*.c and sheet.c alone. */

enum {
	SHEETS_MAX = 1024,			/* more are refused */
	STRINGS_BYTES_MAX = 256 * 1024 * 1024,	/* of shared strings, in memory */
};

/* A worksheet, as the workbook lists it. */
struct sheet_entry {
	const char *name;
	const char *part;	/* where it is in the package */
	bool hidden;
};

/* How the number in a cell is shown. */
enum number_style {
	STYLE_NUMBER,
	STYLE_DATE,		/* with or without a time */
	STYLE_TIME,		/* of a day */
	STYLE_SPAN,		/* [h]:mm: hours beyond 24 */
	STYLE_EXPONENT,		/* 1.00E+05 */
	/* A whole number with zeros or words that it has from its format: CAM-0042. */
	STYLE_CODE,
};

struct number_format {
	enum number_style style;
	const char *pattern;	/* of a code: codes_pattern() */
};

/* The texts that cells name by number, without blanks around them. `{ 0 }` is empty. */
struct strings {
	struct text texts;	/* one behind the other, each with a NUL */
	uint32_t *starts;	/* one more than there are texts */
	size_t count, room;
};

/* `{ 0 }` is empty. Texts are in the arena. */
struct book {
	struct arena arena;
	struct sheet_entry *sheets;	/* in the order of the tabs */
	size_t sheet_count, sheet_room;
	bool ours;			/* this program wrote it first: its texts have no guards */
	bool since_1904;		/* dates count from then, as on old Macs */
	const char *strings_part, *styles_part;		/* NULL for none */
	struct strings strings;
	struct number_format *styles;	/* by the number that a cell has */
	size_t style_count, style_room;
};

/* Reads all that is in it. The package is refused when it is no workbook. */
bool book_read(struct book *book, struct package *package, struct error *error);
void book_free(struct book *book);

/* Whether a sheet has comments on cells, by its relationships; no part may be open. */
bool book_has_comments(struct package *package, const struct sheet_entry *entry);

/* xlsx_strings.c */
bool strings_read(struct strings *strings, struct package *package, const char *part,
		  struct error *error);
void strings_free(struct strings *strings);

/*
 * Turns the _x000D_ in a text into what they stand for, and takes the blanks around it away: its
 * new size.
 */
size_t strings_clean(char *bytes, size_t size);

/* xlsx_styles.c */
bool styles_read(struct book *book, struct package *package, struct error *error);

/* xlsx_values.c: what a number reads as, written behind `out`. */
enum { NUMBER_SIZE = 400 };
size_t number_write(const char *words, size_t size, const struct number_format *format,
		    bool since_1904, char out[NUMBER_SIZE]);

/*
 * xlsx_codes.c: the pattern of a number format that holds zeros or words of a code, in the arena;
 * NULL for other formats. And what digits, fifteen at most, are shown as with it: its size.
 */
const char *codes_pattern(const char *format, struct arena *arena);
size_t codes_write(const char *pattern, const char *digits, char out[NUMBER_SIZE]);

/* 2024-01-31T00:00:00.000 becomes 2024-01-31; with a time, "2024-01-31 12:30:00". Its new size. */
size_t instant_clean(char *bytes, size_t size);

#endif
