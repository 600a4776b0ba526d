/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_XLSX_CHOICE_H
#define IMPORT_XLSX_CHOICE_H

#include "import/reader.h"
#include "import/xlsx_parts.h"

/* Which sheet of a workbook is read. For xlsx.c alone. */
struct choice_of_sheet {
	const struct sheet_entry *entry;
	const char *notice;	/* names the others that hold rows; NULL when there is none */
};

/*
 * Looks into the sheets, as xlsx_open_file() says; refuses a sheet that is not there, and a
 * workbook without a row. The notice is in the arena.
 */
bool choice_make(struct choice_of_sheet *choice, struct package *package, const struct book *book,
		 const struct reader_options *options, struct arena *arena, struct error *error);

#endif
