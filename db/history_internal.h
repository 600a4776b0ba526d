/* SPDX-License-Identifier: MIT */
#ifndef DB_HISTORY_INTERNAL_H
#define DB_HISTORY_INTERNAL_H

#include "db/history.h"

/* store_entry_begin() for an entry that undoes, or does again, another. */
bool history_begin(struct store *store, const struct entry *entry, struct entry_id undoes,
		   struct error *error);

#endif
