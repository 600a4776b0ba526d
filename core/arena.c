/* SPDX-License-Identifier: MIT */
#include "core/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

enum { BLOCK_SIZE = 16 * 1024 };

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

static struct arena_block *
block_new(size_t size, struct arena_block *next)
{
	struct arena_block *block = memory_alloc(sizeof *block + size);

	block->next = next;
	block->size = size;
	return block;
}

/* Room that is not zeroed when its block was used before: for texts. */
static char *
arena_room(struct arena *arena, size_t size, size_t alignment)
{
	struct arena_block *block = arena->blocks;
	size_t start = block != NULL ? (block->used + alignment - 1) / alignment * alignment : 0;

	if (block == NULL || start > block->size || block->size - start < size) {
		block = arena->blocks = block_new(size > BLOCK_SIZE ? size : BLOCK_SIZE, block);
		start = 0;
	}
	block->used = start + size;
	return block->bytes + start;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	return memset(arena_room(arena, size, alignof(max_align_t)), 0, size);
}

char *
arena_bytes(struct arena *arena, const char *bytes, size_t size)
{
	char *copy = arena_room(arena, size + 1, 1);

	memcpy(copy, bytes, size);
	copy[size] = '\0';
	return copy;
}

char *
arena_text(struct arena *arena, const char *text)
{
	return text != NULL ? arena_bytes(arena, text, strlen(text)) : NULL;
}

char *
arena_format(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	char *text;
	int length;

	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	text = arena_room(arena, (size_t)length + 1, 1);
	va_start(arguments, format);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	va_end(arguments);
	return text;
}

static void
free_blocks(struct arena_block *block)
{
	for (struct arena_block *next; block != NULL; block = next) {
		next = block->next;
		free(block);
	}
}

void
arena_reset(struct arena *arena)
{
	if (arena->blocks == NULL)
		return;
	free_blocks(arena->blocks->next);
	arena->blocks->next = NULL;
	arena->blocks->used = 0;
}

void
arena_free(struct arena *arena)
{
	free_blocks(arena->blocks);
	arena->blocks = NULL;
}
