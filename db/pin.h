/* SPDX-License-Identifier: MIT */
#ifndef DB_PIN_H
#define DB_PIN_H

#include "db/store.h"

/*
 * Compares the schema of the open register, word for word, with what the
 * migrations up to `version` make.  A trigger, a view, a changed check or a
 * missing index in a crafted file is refused before anything of it runs
 * (RELIABILITY F5: neither DEFENSIVE nor an untrusted schema stops them).
 */
bool pin_check(struct store *store, int version, struct error *error);

#endif
