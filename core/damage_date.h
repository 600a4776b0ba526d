/* SPDX-License-Identifier: MIT */
#ifndef CORE_DAMAGE_DATE_H
#define CORE_DAMAGE_DATE_H

#include <stdbool.h>

/* A code that became a date: what of it can be seen. */
struct damage_date {
	int day;		/* 0 when it is not shown */
	int month;
	int year;		/* its last two digits; -1 when it is not shown */
	bool swapped;		/* day and month may also be the other way round: 01/03/2012 */
};

/*
 * Reads 12-Mar, Mar-12, 12-Mar-12, 01/03/2012, 2012-03-01 and 2012-03-01 00:00:00, exactly as
 * spreadsheets do.
 */
bool damage_date_read(const char *words, struct damage_date *date);

/* Whether a spreadsheet could have made that of a code such as MAR12, 12-3 or 1/3/12. */
bool damage_date_fits(const struct damage_date *date, const char *code);

#endif
