/* SPDX-License-Identifier: MIT */
#include "tui/preview.h"

#include <string.h>

enum { RECORDS_MAX = 1000, VALUES_MAX = 5, VALUE_WIDTH_MAX = 24 };

/* How many records hold each value; values beyond VALUES_MAX are counted together. */
struct tally {
	const char *values[VALUES_MAX];
	size_t counts[VALUES_MAX];
	size_t value_count;
	size_t others;
};

static void
add(struct tally *tally, const char *value, struct arena *arena)
{
	for (size_t i = 0; i < tally->value_count; i++)
		if (strcmp(tally->values[i], value) == 0) {
			tally->counts[i]++;
			return;
		}
	if (tally->value_count == VALUES_MAX) {
		tally->others++;
		return;
	}
	tally->values[tally->value_count] = arena_text(arena, value);
	tally->counts[tally->value_count++] = 1;
}

static const char *
words_of(const struct tally *tally, struct arena *arena)
{
	struct text words = { 0 };
	const char *copy;

	for (size_t i = 0; i < tally->value_count; i++) {
		text_append(&words, i == 0 ? "now " : ", ");
		text_for_screen(&words, *tally->values[i] != '\0' ? tally->values[i] : "empty",
				VALUE_WIDTH_MAX);
		text_format(&words, " on %zu", tally->counts[i]);
	}
	if (tally->others > 0)
		text_format(&words, ", other values on %zu", tally->others);
	copy = arena_text(arena, text_words(&words));
	text_free(&words);
	return copy;
}

/* The position of the field that the assignment names, or -1. */
static int
field_named(enum entity_kind kind, const char *assignment)
{
	const struct field *fields = entities[kind].fields, *field;
	struct arena arena = { 0 };

	field = field_find(fields, arena_bytes(&arena, assignment, strcspn(assignment, "=")));
	arena_free(&arena);
	return field != NULL ? (int)(field - fields) : -1;
}

const char *
preview_assignment(struct app *app, const struct record_id *records, size_t count,
		   const char *assignment, struct arena *arena)
{
	int field = count > 0 ? field_named(records[0].kind, assignment) : -1;
	struct tally tally = { 0 };
	struct error error = { 0 };

	if (field < 0 || count > RECORDS_MAX)
		return "";
	work_begin(&app->work, WORK_READ);
	for (size_t i = 0; i < count; i++) {
		struct arena one = { 0 };
		const struct record *record = browse_record(app->session, records[i], &one, &error);

		if (record != NULL)
			add(&tally, record->values[field] != NULL ? record->values[field] : "",
			    arena);
		arena_free(&one);
		if (record == NULL)
			return "";
	}
	return words_of(&tally, arena);
}
