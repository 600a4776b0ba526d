/* SPDX-License-Identifier: MIT */
#ifndef TUI_PICK_RECORD_H
#define TUI_PICK_RECORD_H

#include "tui/app.h"

/*
 * Shows the first records of the entity that hold the words, to pick one of; appends its key.
 * False when the person picked none.
 */
bool pick_record(struct app *app, enum entity_kind kind, const char *words, struct text *key);

#endif
