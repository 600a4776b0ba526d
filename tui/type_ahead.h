/* SPDX-License-Identifier: MIT */
#ifndef TUI_TYPE_AHEAD_H
#define TUI_TYPE_AHEAD_H

#include "core/choice.h"

/*
 * Finds one of a field's words as it is typed: `typed` holds what was typed so far, which the key
 * is added to.  The word that says just that, by a synonym too, comes first, then one that begins
 * so, then one with a synonym that begins so. A letter that goes on with nothing begins anew behind
 * `current`, but not in the middle of a word. NULL, and nothing added, when no word fits.
 */
const struct choice *type_ahead(const struct choice *choices, struct text *typed,
				const char *current, int key);

#endif
