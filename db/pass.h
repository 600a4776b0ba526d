/* SPDX-License-Identifier: MIT */
#ifndef DB_PASS_H
#define DB_PASS_H

#include "db/kept.h"
#include "db/store.h"

/*
 * Judges every device in one pass (db/tally.h).  SQL alone says what the elements of a row are, but
 * is asked once for each different set of what they depend on in the row (db/need.h): the rest of a
 * million rows is looked up.  It holds for as long as nothing else that they depend on changes.
 */
struct pass;
struct pass *pass_new(struct store *store, struct kept *kept, struct error *error);
void pass_free(struct pass *pass);

/*
 * Appends ", expression" for each value that a row is judged by, unless it is one of the `count`
 * that stand in front of them; they are read once.
 */
void pass_append_columns(struct text *sql, struct pass *pass, const char *const *before, int count);

/* Where to begin with the devices of a site that is so sensitive. */
uint32_t pass_begin(struct pass *pass, const char *sensitive);

/*
 * As kept_judge_row(), of the device with that id, its values, those before them too, and its site.
 * NULL with an error.
 */
const short *pass_judge(struct pass *pass, sqlite3_value **values, int64_t id, uint32_t begin,
			const char *sensitive, struct error *error);

#endif
