/* SPDX-License-Identifier: MIT */
/* Whatever a label, a model and a MAC say: one judgement, the same each time and in capitals, and words for it. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "core/arena.h"
#include "core/choice.h"
#include "core/maker.h"

enum { LINES = 5, NAMES = 3 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first lines of the input; NULL for those that are empty or not there. */
static void
split(struct arena *arena, const char *data, size_t size, const char *lines[LINES])
{
	const char *at = arena_bytes(arena, data, size);

	for (int i = 0; i < LINES; i++) {
		size_t length = strcspn(at, "\n");

		lines[i] = length > 0 ? arena_bytes(arena, at, length) : NULL;
		at += length + (at[length] == '\n');
	}
}

static const char *
in_capitals(struct arena *arena, const char *words)
{
	char *copy = words != NULL ? arena_text(arena, words) : NULL;

	for (char *at = copy; at != NULL && *at != '\0'; at++)
		*at = (char)(*at >= 'a' && *at <= 'z' ? *at & ~0x20 : *at);
	return copy;
}

static void
assert_sound(const struct maker_match *match)
{
	assert(choice_find(match_evidence, match->evidence) != NULL);
	assert((match->manufacturer == 0) == (strcmp(match->evidence, "none") == 0));
	assert(match->rival == 0 || match->rival != match->manufacturer);
	assert((match->rival != 0) == (strcmp(match->evidence, "disagree") == 0));
}

static void
assert_same(const struct maker_match *a, const struct maker_match *b)
{
	assert(a->manufacturer == b->manufacturer && a->rival == b->rival && strcmp(a->evidence, b->evidence) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *lines[LINES], *names[NAMES];
	struct maker_table *table = maker_table_new();
	struct maker_match match, again, capitals;
	struct arena arena = { 0 };
	struct text words = { 0 };
	int64_t manufacturers[NAMES];

	split(&arena, (const char *)data, size, lines);
	maker_table_add(table, 1, "Hikvision", MAKER_COVERED);
	maker_table_add(table, 2, "Dahua", MAKER_UNDECIDED);
	maker_table_add(table, 3, "Honeywell", MAKER_NOT_COVERED);
	maker_table_add_blocks(table);
	maker_table_add_model(table, "DS-2CD", 1, MAKER_STRONG);
	maker_table_add_model(table, "DH-", 2, MAKER_STRONG);
	if (lines[3] != NULL)
		maker_table_add_name(table, lines[3], 2, MAKER_STRONG);
	if (lines[4] != NULL)
		maker_table_add_model(table, lines[4], 3, MAKER_STRONG);
	maker_match(table, lines[0], lines[1], lines[2], &match);
	assert_sound(&match);
	maker_match(table, lines[0], lines[1], lines[2], &again);
	assert_same(&match, &again);
	maker_match(table, in_capitals(&arena, lines[0]), in_capitals(&arena, lines[1]), lines[2], &capitals);
	assert_same(&match, &capitals);
	maker_append_evidence(&words, table, lines[0], lines[1], lines[2]);
	assert(match.manufacturer == 0 || text_words(&words)[0] != '\0');
	if (lines[0] != NULL)
		assert(maker_nearest(table, lines[0], names, manufacturers, NAMES) <= NAMES);
	text_free(&words);
	arena_free(&arena);
	maker_table_free(table);
	return 0;
}
