/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_SHEET_H
#define IMPORT_SHEET_H

#include "import/row.h"
#include "import/xlsx_parts.h"

/*
 * The rows of one worksheet, as they stream out of its package, in memory that does not grow with
 * it.  For xlsx.c alone, which says what the cells read as (import/xlsx.h).
 */
struct sheet;

enum { SHEET_MERGES_NAMED = 3 };

/* What a person should know of the sheet; whole once it has been read to its end. */
struct sheet_findings {
	int64_t hidden_rows;		/* with something in them */
	int hidden_columns;		/* the same */
	int64_t results;		/* cells that hold the result of a formula */
	int64_t merges;			/* of cells that span several rows */
	char merged[SHEET_MERGES_NAMED][24];	/* the first of them: "A5:A9" */
	int64_t merge_row;		/* the first row of the first */
};

/* Opens the part. Package and book stay the caller's; no other part is open meanwhile. */
struct sheet *sheet_open(struct package *package, const struct book *book,
			 const struct sheet_entry *entry, struct error *error);

/* The next row that has something in it; its number counts from 0, its line is the worksheet's. */
bool sheet_next(struct sheet *sheet, struct source_row *row, bool *more, struct error *error);

void sheet_find(const struct sheet *sheet, struct sheet_findings *findings);

/* NULL is passed over. */
void sheet_close(struct sheet *sheet);

#endif
