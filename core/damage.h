/* SPDX-License-Identifier: MIT */
#ifndef CORE_DAMAGE_H
#define CORE_DAMAGE_H

#include "core/error.h"
#include "core/field.h"

/*
 * What a spreadsheet does to a value that it takes for a number or a date (LESSONS 2, 19).  The form, `set` and
 * imports all ask here, through field_parse(): a serial number that has become 6.37702E+15 is never taken for one.
 */
enum damage {
	DAMAGE_NONE,
	DAMAGE_EXPONENT,	/* 1.00E+11 for an identifier */
	DAMAGE_TAIL,		/* 199356.0 for an identifier */
	DAMAGE_ROUNDED,		/* 16 digits or more, and only zeros behind the fifteenth */
	DAMAGE_DATE,		/* Mar-12 or 12-Mar for an identifier */
	DAMAGE_ERROR,		/* #REF!, #NAME?, ######: the cell held a formula or was too narrow */
	DAMAGE_CUT,		/* exactly as long as what fills a cell: 32,767 characters */
};

/* What has been done to the words (trimmed, not empty), by the sort of field they are for. */
enum damage damage_of(const struct field *field, const char *words);

/* Says so: "'1.00E+11' is what a spreadsheet makes of a long number". Returns false. */
bool damage_refuse(enum damage damage, const char *words, struct error *error);

/* Whether `original` is a value that a spreadsheet could have turned into the damaged words. */
bool damage_fits(enum damage damage, const char *words, const char *original);

#endif
