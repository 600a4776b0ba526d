/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_MAPPING_MERGE_H
#define IMPORT_MAPPING_MERGE_H

#include "import/mapping.h"

/*
 * What a record that has `before` in the field of the slot gets from a row that says `value` there,
 * where blank cells leave alone what is known.  Of notes made of several cells a line "Heading:
 * value" takes the place of the one with the same heading, the words without a heading that of
 * those without, and what the row does not mention stays.  Of a text made of several cells some of
 * which are blank nobody knows which part of `before` they leave alone: it stays as it is, and
 * `before` itself comes back.  All else is `value`.
 */
const char *mapping_merge(const struct mapping *mapping, const struct mapping_slot *slot,
			  const struct source_row *row, const char *before, const char *value,
			  struct arena *arena);

#endif
