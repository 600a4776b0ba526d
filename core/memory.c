/* SPDX-License-Identifier: MIT */
#include "core/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static void (*before_exit)(void);

static _Noreturn void
out_of_memory(void)
{
	if (before_exit != NULL)
		before_exit();
	fputs("terrier: the computer has no memory left; close other programs and try again. "
	      "Nothing half done was saved.\n", stderr);
	exit(EXIT_FAILURE);
}

void *
memory_alloc(size_t size)
{
	void *memory = calloc(1, size > 0 ? size : 1);

	if (memory == NULL)
		out_of_memory();
	return memory;
}

void *
memory_grow(void *array, size_t *room, size_t needed, size_t item_size)
{
	size_t bigger = *room > 0 ? *room : 16;
	void *grown;

	if (needed <= *room)
		return array;
	while (bigger < needed)
		bigger *= 2;
	if (bigger > SIZE_MAX / item_size)
		out_of_memory();
	grown = realloc(array, bigger * item_size);
	if (grown == NULL)
		out_of_memory();
	*room = bigger;
	return grown;
}

void
memory_before_exit(void (*handler)(void))
{
	before_exit = handler;
}
