/* SPDX-License-Identifier: MIT */
#ifndef TUI_MADE_H
#define TUI_MADE_H

#include "core/entity.h"

/* Whether a person makes such records with a form. */
bool made_by_hand(enum entity_kind kind);

/* How such records come to be, and what to do for it: a sentence. */
const char *made_words(enum entity_kind kind);

#endif
