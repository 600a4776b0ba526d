/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_XLSX_H
#define IMPORT_XLSX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/date.h"
#include "core/error.h"
#include "core/hash.h"
#include "import/reader.h"
#include "import/row.h"

/*
 * Rows out of one sheet of an Excel workbook (.xlsx, .xlsm), in memory that does not grow with the
 * sheet; the texts that its cells share are kept.  Every row that has something in it is handed
 * out, those above the heading too.
 *
 * What cells read as: texts as they are, without blanks around them.  Whole numbers in digits;
 * those of sixteen digits or more, which Excel cannot keep, as 6.37702123456789E+15.  Dates, known
 * by the number format of the cell, as 2024-01-31, with a time that is not midnight as 2024-01-31
 * 12:30:00; times as 12:30.  TRUE and FALSE.  Errors as their words: #REF!.  A formula reads as its
 * result when the file was saved, or as #FORMULA! when no program has worked it out, as scripts
 * save them.
 *
 * A file that is no such workbook, or protected, damaged, or larger than any that people fill in,
 * is refused with a sentence of its own.
 */
struct xlsx;

/*
 * Whether a file with these first bytes is for xlsx_open_file(), which refuses those that are no
 * such workbook.
 */
enum { XLSX_SIGNATURE_SIZE = 4 };
bool xlsx_is_ours(const char bytes[XLSX_SIGNATURE_SIZE]);

/*
 * Chooses the sheet: the one that options->sheet names, or the visible one whose first rows hold
 * the most headings that options->recognise knows, or else the first with something in it.  The
 * file is closed by xlsx_close(), and by a failure, which gives NULL; `name` is what messages call
 * it.  The options are not kept.
 */
struct xlsx *xlsx_open_file(int file, const char *name, const struct reader_options *options,
			    struct error *error);

/* The next row: counted from 0, its line the worksheet's row, its last cell not empty. */
bool xlsx_next(struct xlsx *xlsx, struct source_row *row, bool *more, struct error *error);

/* How far it has read, and how much there is: bytes of the unpacked sheet. */
int64_t xlsx_done(const struct xlsx *xlsx);
int64_t xlsx_size(const struct xlsx *xlsx);

/*
 * Whether its days count from 1904, as on old Macintoshes, and what date the number of such a day
 * is: false for others.
 */
bool xlsx_is_since_1904(const struct xlsx *xlsx);
bool xlsx_date_of_1904(const char *cell, char date[DATE_TEXT_SIZE]);

/* The name of the sheet. */
const char *xlsx_sheet(const struct xlsx *xlsx);

/* As reader_notices(): all of them are there at the end of the sheet. */
const char *const *xlsx_notices(const struct xlsx *xlsx, size_t *count);

/* The SHA-256 of the file, at any time. */
void xlsx_hash(const struct xlsx *xlsx, char text[HASH_TEXT_SIZE]);

/* NULL is passed over. */
void xlsx_close(struct xlsx *xlsx);

#endif
