/* SPDX-License-Identifier: MIT */
#ifndef CORE_MEMORY_H
#define CORE_MEMORY_H

#include <stddef.h>

/* Zeroed memory, or the end of the program. Free with free(). */
void *memory_alloc(size_t size);

/*
 * The array with room for at least `needed` items of item_size bytes; *room is
 * its room before and after, in items. New items are not zeroed. Never NULL.
 */
void *memory_grow(void *array, size_t *room, size_t needed, size_t item_size);

/* What to do before that end: the screens restore the terminal. */
void memory_before_exit(void (*handler)(void));

#endif
