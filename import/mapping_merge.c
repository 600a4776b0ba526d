/* SPDX-License-Identifier: MIT */
/*
 * What a value made of several cells leaves of the one that is known.  Only rows that change a
 * record come here.
 */
#include "import/mapping_merge.h"

#include <string.h>
#include <strings.h>

#include "core/unknown.h"
#include "import/mapping_row.h"

/* A line of notes. All lines without a heading are of one group. */
struct line {
	const char *words;
	size_t size, heading;	/* bytes; of "Heading: ", 0 for none */
};

/* Takes the next line off the notes; false at their end. */
static bool
next_line(const char **notes, struct line *line)
{
	const char *colon;

	if (**notes == '\0')
		return false;
	*line = (struct line){ .words = *notes, .size = strcspn(*notes, "\n") };
	*notes += line->size + ((*notes)[line->size] == '\n');
	colon = memchr(line->words, ':', line->size);
	if (colon != NULL && colon > line->words && colon[1] == ' ')
		line->heading = (size_t)(colon - line->words) + 2;
	return true;
}

static bool
is_same_group(const struct line *a, const struct line *b)
{
	return a->heading == b->heading && strncasecmp(a->words, b->words, a->heading) == 0;
}

/* Whether a line of the same group stands in the notes, before `end` (NULL: anywhere). */
static bool
has_group(const char *notes, const char *end, const struct line *wanted)
{
	struct line line;

	while ((end == NULL || notes < end) && next_line(&notes, &line))
		if (is_same_group(&line, wanted))
			return true;
	return false;
}

static void
add_line(struct text *merged, const struct line *line)
{
	if (merged->length > 0)
		text_append(merged, "\n");
	text_append_bytes(merged, line->words, line->size);
}

static void
add_group(struct text *merged, const char *notes, const struct line *wanted)
{
	struct line line;

	while (next_line(&notes, &line))
		if (is_same_group(&line, wanted))
			add_line(merged, &line);
}

static const char *
merge_notes(const char *before, const char *value, struct arena *arena)
{
	const char *rest = before, *result;
	struct text merged = { 0 };
	struct line line;

	while (next_line(&rest, &line))
		if (!has_group(value, NULL, &line))
			add_line(&merged, &line);
		else if (!has_group(before, line.words, &line))
			add_group(&merged, value, &line);
	for (rest = value; next_line(&rest, &line); )
		if (!has_group(before, NULL, &line))
			add_line(&merged, &line);
	result = arena_text(arena, text_words(&merged));
	text_free(&merged);
	return result;
}

/* Whether one of the cells is blank, or says that nobody knows. */
static bool
has_blank_part(const struct mapping_slot *slot, const struct source_row *row, struct arena *arena)
{
	for (size_t i = 0; i < slot->column_count; i++) {
		const char *cell = mapping_trimmed(arena, mapping_cell(row, slot->columns[i]));

		if (*cell == '\0' || unknown_is(cell))
			return true;
	}
	return false;
}

const char *
mapping_merge(const struct mapping *mapping, const struct mapping_slot *slot,
	      const struct source_row *row, const char *before, const char *value,
	      struct arena *arena)
{
	bool labelled = slot->column_count > 0 && mapping->columns[slot->columns[0]].labelled;

	if (before == NULL || slot->constant != NULL || slot->column_count == 0)
		return value;
	if (slot->field->type == FIELD_NOTE &&
	    (slot->column_count > 1 || labelled || has_blank_part(slot, row, arena)))
		return merge_notes(before, value, arena);
	return slot->column_count > 1 && has_blank_part(slot, row, arena) ? before : value;
}
