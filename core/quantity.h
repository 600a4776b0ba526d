/* SPDX-License-Identifier: MIT */
#ifndef CORE_QUANTITY_H
#define CORE_QUANTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * How many, as people write it beside what they count: x4, 4x, 4 x, 4 no., 4nr, 4 off, 4 pcs. At
 * least 1. "No. 4" is the fourth, and is none of these.
 */
bool quantity_parse(const char *words, int64_t *count);

/*
 * Splits a count off words (trimmed) that begin or end with one: "x4 domes", "4 x dome", "4 no.
 * domes", "dome x4" and "dome (x4)". *rest, of *size bytes, is in the words.  A number alone is
 * never a count (360 camera), nor is a part of a word (4K camera, 1920x1080), a zoom (30x zoom), or
 * a capital X (Model X4). False when there is none.
 */
bool quantity_split(const char *words, int64_t *count, const char **rest, size_t *size);

#endif
