/* SPDX-License-Identifier: MIT */
#ifndef TUI_VALUE_H
#define TUI_VALUE_H

#include "core/field.h"

enum { VALUE_SIZE = 32 };

/*
 * A value as a person reads it: an instant loses its seconds and letters, in out; all else is
 * itself. "" for NULL.
 */
const char *value_words(const struct field *field, const char *value, char out[VALUE_SIZE]);

#endif
