/* SPDX-License-Identifier: MIT */
/* Any words are a filter or a sentence about what is wrong with them. */
#include <assert.h>
#include <stdint.h>

#include "core/filter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct date today = { 2026, 11, 21 };
	struct arena arena = { 0 };
	const char *words = arena_bytes(&arena, (const char *)data, size);

	for each_entity(entity) {
		struct error error = { 0 };

		if (filter_parse(&arena, entity, words, today, &error) == NULL)
			assert(error.kind != ERROR_NONE && *error.message != '\0');
	}
	arena_free(&arena);
	return 0;
}
