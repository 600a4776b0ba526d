/* SPDX-License-Identifier: MIT */
/*
 * What a field takes it takes again unchanged, so a record stays editable and an export reads back; damage and counts
 * are judged without reading past the end; nothing in any words can steer a terminal.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "core/damage.h"
#include "core/entity.h"
#include "core/quantity.h"
#include "core/unknown.h"

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
	assert(damage_of(field, value) == DAMAGE_NONE);
	assert(field_parse(field, value, arena, &again, &error));
	assert(again != NULL && strcmp(value, again) == 0);
}

/* The first line as what is in a cell, the second as what the register has. */
static void
try_damage(const char *words, struct arena *arena)
{
	size_t size = strcspn(words, "\n");
	const char *cell = arena_bytes(arena, words, size), *original = words + size + (words[size] == '\n');

	for (enum damage damage = DAMAGE_NONE; damage <= DAMAGE_CUT; damage++)
		damage_fits(damage, cell, original);
	damage_may_be_cut(words);
	unknown_is(words);
}

static void
try_quantity(const char *words)
{
	const char *rest;
	int64_t count;
	size_t size;

	if (quantity_parse(words, &count))
		assert(count > 0);
	if (!quantity_split(words, &count, &rest, &size))
		return;
	assert(count > 0 && size > 0);
	assert(rest >= words && rest + size <= words + strlen(words));
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
	try_damage(words, &arena);
	try_quantity(words);
	text_for_screen(&screen, words, -1);
	for (size_t i = 0; i < screen.length; i++)
		assert((unsigned char)screen.bytes[i] >= 0x20 && screen.bytes[i] != 0x7f);
	assert(text_invalid_at(text_words(&screen), screen.length) == screen.length);
	text_for_cell(&arena, words);
	text_free(&screen);
	arena_free(&arena);
	return 0;
}
