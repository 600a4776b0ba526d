/* SPDX-License-Identifier: MIT */
#ifndef CORE_ARENA_H
#define CORE_ARENA_H

#include <stddef.h>

/*
 * Memory that is freed all at once.  A list, a form or an import owns one;
 * the texts in its records point into it and die with it.
 * `struct arena arena = { 0 };` is an empty arena.
 */
struct arena {
	struct arena_block *blocks;
};

/* Zeroed, aligned for any type; never NULL: out of memory ends the program. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of the text; NULL stays NULL. */
char *arena_text(struct arena *arena, const char *text);

/* A copy of `size` bytes with a NUL behind them. */
char *arena_bytes(struct arena *arena, const char *bytes, size_t size);

/* printf into the arena. */
char *arena_format(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Forgets what is in it but keeps its newest block, for a loop that fills it again and again. */
void arena_reset(struct arena *arena);

/* Frees everything in it and leaves it empty. */
void arena_free(struct arena *arena);

#endif
