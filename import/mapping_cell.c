/* SPDX-License-Identifier: MIT */
/* What one field of a row is worth.  It runs for every cell of a file: what is rare comes last. */
#include "import/mapping_row.h"

#include <inttypes.h>
#include <string.h>

#include "core/quantity.h"
#include "core/unknown.h"

bool
mapping_cell_is_blank(const char *cell)
{
	size_t size = strlen(cell);

	if (size == 0)
		return true;
	text_trim(cell, &size);
	return size == 0;
}

const char *
mapping_trimmed(struct arena *arena, const char *words)
{
	size_t size = strlen(words);
	const char *start = text_trim(words, &size);

	return start[size] == '\0' ? start : arena_bytes(arena, start, size);
}

static void
count_cell(struct mapping_reading *reading, size_t column, enum mapping_count what)
{
	if (reading->tally != NULL)
		reading->tally->columns[column].counts[what]++;
}

/* A line is what a heading stands before, so the words behind it have no line ends. */
static const char *
on_one_line(struct arena *arena, const char *cell)
{
	char *line = strpbrk(cell, "\r\n") != NULL ? arena_text(arena, cell) : NULL;
	char *end = line;

	if (line == NULL)
		return cell;
	for (const char *at = cell; *at != '\0'; at++)
		if (*at != '\r' || at[1] != '\n')
			*end++ = (char)(*at == '\r' || *at == '\n' ? ' ' : *at);
	*end = '\0';
	return line;
}

/* What a cell adds to the words of its field: "" for nothing. */
static const char *
cell_words(struct mapping_reading *reading, const struct mapping_slot *slot, size_t column)
{
	const struct mapping_column *about = &reading->mapping->columns[column];
	const char *cell = mapping_trimmed(reading->arena, mapping_cell(reading->row, column));

	if (*cell == '\0')
		return cell;
	if (unknown_is(cell)) {
		/* A cell that feeds a make and a model is one cell. */
		if (!about->paired || slot->target.field == about->target.field)
			count_cell(reading, column, MAPPING_COUNT_UNKNOWN);
		return "";
	}
	if (about->paired)
		return mapping_part_pair(reading->mapping->makes, cell,
					 slot->target.field != about->target.field, reading->arena);
	if (!about->labelled)
		return cell;
	cell = on_one_line(reading->arena, cell);
	if (*about->heading == '\0')
		return arena_format(reading->arena, "Column %zu: %s", column + 1, cell);
	return arena_format(reading->arena, "%s: %s", about->heading, cell);
}

/* Cells of several columns as one text: words with blanks between, notes on a line each. */
static const char *
join_cells(struct mapping_reading *reading, const struct mapping_slot *slot)
{
	const char *joined = "";

	for (size_t i = 0; i < slot->column_count; i++) {
		const char *words = cell_words(reading, slot, slot->columns[i]);
		const char *between = slot->field->type == FIELD_NOTE ? "\n" : " ";

		if (*words != '\0')
			joined = arena_format(reading->arena, "%s%s%s", joined,
					      *joined == '\0' ? "" : between, words);
	}
	return joined;
}

const char *
mapping_slot_words(const struct mapping_reading *reading, const struct mapping_slot *slot)
{
	struct mapping_reading quiet = *reading;

	quiet.tally = NULL;
	return slot->plain ? mapping_cell(reading->row, slot->columns[0])
			   : join_cells(&quiet, slot);
}

/* "x4 domes": a kind, and in passing how many of it. */
static bool
read_counted(struct mapping_reading *reading, const struct mapping_slot *slot, const char *words,
	     const char **value)
{
	struct error wrong;
	const char *rest;
	int64_t count;
	size_t size;

	if (reading->mapping->entity->kind != ENTITY_DEVICE || slot->target.reference >= 0 ||
	    slot->target.field != DEVICE_kind || !quantity_split(words, &count, &rest, &size))
		return false;
	if (!field_parse(slot->field, arena_bytes(reading->arena, rest, size), reading->arena,
			 value, &wrong) &&
	    (size == 0 || rest[size - 1] != 's' ||
	     !field_parse(slot->field, arena_bytes(reading->arena, rest, size - 1), reading->arena,
			  value, &wrong)))
		return false;
	if (reading->tally != NULL)
		reading->count = arena_format(reading->arena, "%" PRId64, count);
	return true;
}

bool
mapping_read_otherwise(struct mapping_reading *reading, const struct mapping_slot *slot,
		       const char *words, const char **value)
{
	words = mapping_trimmed(reading->arena, words);
	if (!unknown_is(words))
		return read_counted(reading, slot, words, value);
	count_cell(reading, slot->columns[0], MAPPING_COUNT_UNKNOWN);
	*value = NULL;
	return true;
}

/* Whether any words are right for it, and those that say that nobody knows are never more. */
static bool
takes_any_words(const struct mapping_slot *slot)
{
	enum field_type type = slot->field->type;

	return type == FIELD_TEXT || type == FIELD_NOTE || type == FIELD_CODE ||
	       (type == FIELD_REFERENCE && slot->target.reference >= 0);
}

bool
mapping_read_slot(struct mapping_reading *reading, const struct mapping_slot *slot,
		  const char **value, struct error *error)
{
	const char *words = slot->plain ? mapping_cell(reading->row, slot->columns[0])
					: join_cells(reading, slot);
	enum field_type type = slot->field->type;

	if (*words == '\0') {
		*value = NULL;
		return true;
	}
	if (type == FIELD_DATE || type == FIELD_PARTIAL_DATE)
		return mapping_read_date(reading, slot, words, value, error);
	if (!field_parse(slot->field, words, reading->arena, value, error))
		return mapping_read_otherwise(reading, slot, words, value);
	if (*value == NULL || !slot->plain)
		return true;
	if (takes_any_words(slot) && unknown_is(*value)) {
		count_cell(reading, slot->columns[0], MAPPING_COUNT_UNKNOWN);
		*value = NULL;
	} else if ((type == FIELD_TEXT || type == FIELD_NOTE) && damage_may_be_cut(*value))
		count_cell(reading, slot->columns[0], MAPPING_COUNT_CUT);
	return true;
}
