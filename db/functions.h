/* SPDX-License-Identifier: MIT */
#ifndef DB_FUNCTIONS_H
#define DB_FUNCTIONS_H

#include "db/store.h"

/*
 * Makes known to SQL what db/columns.def asks of C:
 *   one_company(supplier, operator, data holder, day): a word of one_company_answers[].  Names are
 *	the same company when they say the same (core/company.h) or are names of the same
 *	manufacturer; 'covered' when that one is covered on that day; 'unknown' when a name is
 *	missing and those that are there agree.
 *   day_words(date): 3 March 2026
 *   months_before(date, months): the day so many months before, as core/date.h counts them
 *   says_unknown(words): whether they are how people write that they do not know (core/unknown.h)
 *   and those of db/maker_load.h
 */
bool functions_register(struct store *store, struct error *error);

#endif
