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
};

/*
 * For a file that the library wrote: true when every part inflates to its size and checksum
 * and is whole XML, the sheets hold just the rows and cells expected, in order, and the shared
 * strings just so many bytes of words (as XML).  Otherwise ERROR_FILE.
 */
bool verify_workbook(const struct file *file, const struct verify_sheet *sheets, int sheet_count,
		     int64_t string_bytes, struct error *error);

/*
 * For a file of export/zip.h: its checksums were taken before anything was written, so it is as it
 * was meant when every part inflates to its size and checksum.  Otherwise ERROR_FILE.
 */
bool verify_checksums(const struct file *file, struct error *error);

#endif
