/* SPDX-License-Identifier: MIT */
#ifndef TUI_PICK_RECORD_H
#define TUI_PICK_RECORD_H

#include "tui/app.h"

/*
 * Shows the first records of the entity that hold the words, to pick one of under a title (NULL:
 * what they are); appends its key.  With `none` not NULL that stands above them, and picking it
 * appends nothing.  The cursor begins on the record of the id `first`, when that is among them.
 * False when the person picked nothing at all.
 */
bool pick_record(struct app *app, const char *title, enum entity_kind kind, const char *words,
		 const char *none, int64_t first, struct text *key);

#endif
