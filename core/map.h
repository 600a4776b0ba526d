/* SPDX-License-Identifier: MIT */
#ifndef CORE_MAP_H
#define CORE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

/*
 * From text to a number, for millions of texts: the keys of a file, the ids
 * that they name.  Texts are the same only when every byte is.  The map keeps copies
 * of its own.  `struct map map = { 0 };` is empty; end it with map_free().
 */
struct map {
	/* Open addressing; a power of two of them, at most 3/4 used. */
	struct map_slot *slots;
	size_t room;
	size_t count;			/* of the texts in it */
	struct arena texts;
};

/* What the text stands for, or NULL. The pointer lives until the next map_add(). */
int64_t *map_find(const struct map *map, const char *text);

/*
 * What the text stands for, to be read or written; when it is new, `value` is put there and *added
 * is true.  The pointer lives until the next map_add().
 */
int64_t *map_add(struct map *map, const char *text, int64_t value, bool *added);

void map_free(struct map *map);

#endif
