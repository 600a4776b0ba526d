/* SPDX-License-Identifier: MIT */
/*
 * Any text is a mapping or a sentence; a mapping that was saved reads back as the same; rows are values, or a cause and
 * a reason, or none of the file.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "import/mapping.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CELLS_MAX = 64 };

/* The cells that stand in a line with bars between. */
static struct source_row
split(char *line, const char *cells[CELLS_MAX])
{
	size_t count = 1;

	cells[0] = line;
	for (; *line != '\0'; line++)
		if (*line == '|' && count < CELLS_MAX) {
			*line = '\0';
			cells[count++] = line + 1;
		}
	return (struct source_row){ cells, count, 1, 2 };
}

static void
try_row(const struct mapping *mapping, const struct source_row *row)
{
	struct error error = { 0 };
	struct arena arena = { 0 };
	const char **values = arena_alloc(&arena, (mapping->slot_count + 1) * sizeof *values);
	struct mapping_tally *tally = arena_alloc(&arena, sizeof *tally);
	struct mapping_result result;

	if (mapping_check_row(mapping, row, &error)) {
		mapping_values(mapping, row, &arena, values, tally, &result);
		assert(result.what == MAPPING_ROW_GOOD || result.reason[0] != '\0');
		assert(result.cause < REFUSAL_CAUSE_COUNT && result.damaged_slot < (int)mapping->slot_count);
		assert(result.what != MAPPING_ROW_GOOD || !mapping_needs_key(mapping) ||
		       values[mapping->key_slot] != NULL);
		for (size_t i = 0; i < mapping->slot_count; i++)
			assert(values[i] == NULL || values[i][0] != '\0');
	}
	arena_free(&arena);
}

/* An earlier mapping may be of any file: what no longer means anything is passed over. */
static void
try_saved(const struct entity *entity, const char *map, const struct source_row *heading)
{
	struct mapping mapping = { .entity = entity };
	char fingerprint[HASH_TEXT_SIZE];
	struct error error = { 0 };

	mapping_read_saved(&mapping, map);
	assert(mapping_recognise(&mapping, heading->cells, heading->count) <= heading->count);
	mapping_fingerprint(heading, fingerprint);
	assert(strlen(fingerprint) == HASH_TEXT_SIZE - 1);
	assert(mapping_apply(&mapping, heading, NULL, MAPPING_NOTES, &error) || error.message[0] != '\0');
	mapping_free(&mapping);
}

/* What a mapping says of the headings, saved, and read again. */
static void
try_again(const struct mapping *mapping, const struct source_row *heading)
{
	struct mapping again = { .entity = mapping->entity, .keyless = mapping->keyless };
	struct text saved = { 0 }, twice = { 0 };
	struct error error = { 0 };

	mapping_save(mapping, &saved);
	assert(mapping_read_text(&again, "saved", text_words(&saved), &error));
	assert(mapping_apply(&again, heading, NULL, MAPPING_REFUSE, &error));
	mapping_save(&again, &twice);
	assert(strcmp(text_words(&saved), text_words(&twice)) == 0);
	text_free(&saved);
	text_free(&twice);
	mapping_free(&again);
}

/* The first line is the headings, the second a row, the rest a mapping file. */
static void
try_file(const struct entity *entity, char *words, enum mapping_unknown unknown, bool other)
{
	struct mapping mapping = { .entity = entity, .short_rows = other, .keyless = other };
	const char *headings[CELLS_MAX], *cells[CELLS_MAX];
	struct error error = { 0 };
	char *row = strchr(words, '\n'), *map = row != NULL ? strchr(row + 1, '\n') : NULL;

	if (map != NULL) {
		struct source_row heading, first;

		*row = *map = '\0';
		heading = split(words, headings);
		first = split(row + 1, cells);
		try_saved(entity, map + 1, &heading);
		if ((!other || mapping_set_dates(&mapping, "month", &error)) &&
		    mapping_read_text(&mapping, "fuzz.map", map + 1, &error) &&
		    mapping_apply(&mapping, &heading, NULL, unknown, &error)) {
			try_row(&mapping, &first);
			try_again(&mapping, &heading);
		} else {
			assert(error.kind != ERROR_NONE && error.message[0] != '\0');
		}
	}
	mapping_free(&mapping);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	const struct entity *entity;

	if (size < 2 || text_invalid_at((const char *)data + 1, size - 1) < size - 1)
		return 0;
	entity = &entities[1 + data[0] % (ENTITY_COUNT - 1)];
	if (entity->flags & ENTITY_IMPORTED)
		try_file(entity, arena_bytes(&arena, (const char *)data + 1, size - 1),
			 (enum mapping_unknown)(data[0] / 16 % 3), data[0] >= 128);
	arena_free(&arena);
	return 0;
}
