/* SPDX-License-Identifier: MIT */
#ifndef CORE_DAMAGE_H
#define CORE_DAMAGE_H

#include "core/error.h"
#include "core/field.h"

/*
 * What a spreadsheet does to a value that it takes for a number or a date (LESSONS 2, 19).  The
 * form, `set` and imports all ask here, through field_parse(): a serial number that has become
 * 6.37702E+15 is never taken for one.
 *
 * Only what spreadsheets and their programs write themselves is damage, to the letter, so that true
 * codes pass: 5E10, 2E-01, DEC-01, Mar-2012 and 12-MAR are codes.  An identifier is a code, a UPRN,
 * a MAC address, a reference or a key.
 */
enum damage {
	DAMAGE_NONE,
	/*
	 * Of an identifier: one digit, perhaps a fraction, E+ and two digits or more; E- only with
	 * a fraction: 1.00E+11
	 */
	DAMAGE_EXPONENT,
	/* Of an identifier: digits with .0 or .00 behind them: 199356.0 */
	DAMAGE_TAIL,
	/*
	 * Of an identifier: 17 digits or more, and only zeros from the sixteenth on:
	 * 1234567890123450000.  Of 16 digits one true serial number in ten ends so, and could never
	 * be entered.
	 */
	DAMAGE_ROUNDED,
	/* Of an identifier: 12-Mar, Mar-12, 12-Mar-12, 01/03/2012, 2012-03-01 00:00:00 */
	DAMAGE_DATE,
	/*
	 * Of any field: #REF!, #NAME?, Err:502 and the like: a formula that failed; ###### : a
	 * column that was too narrow
	 */
	DAMAGE_ERROR,
	/* Of any field: as long as what fills a cell, 32,767 characters as Excel counts them. */
	DAMAGE_CUT,
};

/*
 * What has been done to the words (trimmed, not empty), by the sort of field they are for.
 * field_parse() refuses damaged words itself: ask only when it has refused, to know why.
 */
enum damage damage_of(const struct field *field, const char *words);

/* The same, of so many bytes: asked of every cell, and nearly always answered by its first two. */
enum damage damage_of_sized(const struct field *field, const char *words, size_t size);

/* Says so: "'1.00E+11' is what a spreadsheet makes of a long number: ...". Returns false. */
bool damage_refuse(enum damage damage, const char *words, struct error *error);

/*
 * Whether `original` is a value that a spreadsheet could have turned into the damaged words:
 * 100023336956 into 1.00E+11, MAR12 into 12-Mar.  Of DAMAGE_CUT, whether it begins with them.
 * Nobody can tell what an error was.
 */
bool damage_fits(enum damage damage, const char *words, const char *original);

/*
 * Whether older programs may have cut the words: they have exactly 255 characters, and the last is
 * a letter or a digit.  That proves nothing, so it is no damage: an import counts them.
 */
bool damage_may_be_cut(const char *words);

#endif
