/* SPDX-License-Identifier: MIT */
#ifndef EXPORT_WORKBOOK_H
#define EXPORT_WORKBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/error.h"
#include "core/field.h"

/*
 * A workbook for people who print it, as data.  Every sheet is made alike (DOMAIN
 * 5.1): its title in A1, the marking under it, paragraphs in column A, then one real table at
 * the left edge and nothing below it.  No cells are merged, no panes frozen, no
 * colours filled in; columns are as wide as what is in them.
 */
struct sheet_column {
	const char *title;	/* of the column; no two in a table are the same */
	enum field_cell cell;
	const char *unknown;	/* what stands for NULL */
};

/* Bars, a stack for each row, beside the table. The first column names them. */
struct sheet_chart {
	const char *title;
	const char *description;	/* what the chart says, for whoever cannot see it */
	/* Columns that are stacked, CELL_NUMBER; at most SHEET_SERIES_MAX. */
	int first, last;
};

enum { SHEET_SERIES_MAX = 4 };

struct sheet {
	const char *name;			/* on its tab */
	const char *title;
	const char *const *paragraphs;		/* ends with NULL; NULL for none */
	const char *table;			/* name of the table */
	/* Ends with a titleless one; NULL for a sheet without a table. */
	const struct sheet_column *columns;
	/* Canonical; row after row, a value for each column. */
	const char *const *values;
	size_t row_count;
	const char *empty;			/* the sentence in place of a table without rows */
	const struct sheet_chart *chart;	/* NULL for none */
	bool one_page;				/* printed upright on a single page */
};

struct workbook {
	const char *title;
	const char *subject;
	const char *marking;
	/* Seconds since 1970; the same twice gives the same file twice. */
	int64_t created;
	const struct sheet *sheets;
	int sheet_count;
};

/* Writes it; the file appears whole or not at all (export/file.h). */
bool workbook_write(const struct workbook *workbook, const char *path, bool overwrite,
		    struct error *error);

#endif
