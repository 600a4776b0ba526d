/* SPDX-License-Identifier: MIT */
#ifndef CORE_FIELD_NUMBER_H
#define CORE_FIELD_NUMBER_H

#include "core/field.h"

/*
 * The rows of field_types[] for numbers: the canonical value of words, in the arena, or NULL with
 * the error filled. Commas between thousands are taken where they are right (1,234,567), and left
 * out of the value.
 */
const char *field_parse_integer(const struct field *field, const char *words, struct arena *arena,
				struct error *error);
const char *field_parse_decimal(const struct field *field, const char *words, struct arena *arena,
				struct error *error);
const char *field_parse_money(const struct field *field, const char *words, struct arena *arena,
			      struct error *error);

#endif
