/* SPDX-License-Identifier: MIT */
#ifndef DB_SETTING_H
#define DB_SETTING_H

#include "db/store.h"

/*
 * The value of the setting as the register has it, its initial one when the register has none or
 * cannot be read now; never NULL.  It lives until the next question, or an entry's beginning,
 * commit or rollback.
 */
const char *store_setting(struct store *store, const char *name);

/*
 * Adds the settings that the register has no row of, in a transaction of its own; nothing for one
 * that is only read.
 */
bool settings_fill(struct store *store, struct error *error);

/* Makes setting(name), setting_help(name) and in_list(list, word) known to SQL. */
bool settings_register(struct store *store, struct error *error);

/* Forgets what was read, here and for db/maker_load.h. */
void settings_forget(struct store *store);

#endif
