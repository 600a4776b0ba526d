/* SPDX-License-Identifier: MIT */
/* What a field takes it takes again unchanged, and nothing in it can steer a terminal. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "core/entity.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
try_field(const struct field *field, const char *words, struct arena *arena)
{
	const char *value, *again;
	struct error error = { 0 };

	if (!field_parse(field, words, arena, &value, &error)) {
		assert(*error.message != '\0');
		return;
	}
	if (value == NULL)
		return;
	assert(field_parse(field, value, arena, &again, &error));
	assert(again != NULL && strcmp(value, again) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct text screen = { 0 };
	const char *words = arena_bytes(&arena, (const char *)data, size);

	for each_entity(entity)
		for each_field(field, entity->fields)
			try_field(field, words, &arena);
	text_for_screen(&screen, words, -1);
	for (size_t i = 0; i < screen.length; i++)
		assert((unsigned char)screen.bytes[i] >= 0x20 && screen.bytes[i] != 0x7f);
	assert(text_invalid_at(text_words(&screen), screen.length) == screen.length);
	text_for_cell(&arena, words);
	text_free(&screen);
	arena_free(&arena);
	return 0;
}
