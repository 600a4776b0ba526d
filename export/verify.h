/* SPDX-License-Identifier: MIT */
#ifndef EXPORT_VERIFY_H
#define EXPORT_VERIFY_H

#include <stdint.h>

#include "export/file.h"

/*
 * Reading back a workbook that was just written, without the library that wrote
 * it: libxlsxwriter says that all is well after most of the writes that a full or failing disk
 * refuses (RELIABILITY F1).
 */

/* What one sheet must hold. */
struct verify_sheet {
	int64_t rows, cells;
	int64_t bytes;		/* of XML in its sheetData; -1 when that is not known */
};

/*
 * True when every part of the file inflates to its size and checksum, every part that is XML is whole, the sheets
 * hold just what is expected, in order, and the shared strings hold just so many bytes of
 * words (as XML; -1 when that is not known).  Otherwise ERROR_FILE.
 */
bool verify_workbook(const struct file *file, const struct verify_sheet *sheets, int sheet_count,
		     int64_t string_bytes, struct error *error);

#endif
