/* SPDX-License-Identifier: MIT */
#include "import/mapping.h"

#include <inttypes.h>
#include <string.h>

static bool
is_blank(const char *cell)
{
	size_t size = strlen(cell);

	if (size == 0)
		return true;
	text_trim(cell, &size);
	return size == 0;
}

/* Cells of several columns as one text: words with blanks between, notes on a line each with their heading. */
static const char *
join_cells(const struct mapping *mapping, const struct mapping_slot *slot, const struct source_row *row,
	   struct arena *arena)
{
	const char *joined = "";

	for (size_t i = 0; i < slot->column_count; i++) {
		const struct mapping_column *column = &mapping->columns[slot->columns[i]];
		size_t size = strlen(row->cells[slot->columns[i]]);
		const char *cell = text_trim(row->cells[slot->columns[i]], &size);
		const char *between = *joined == '\0' ? "" : slot->field->type == FIELD_NOTE ? "\n" : " ";

		if (size == 0)
			continue;
		cell = arena_bytes(arena, cell, size);
		if (!column->labelled)
			joined = arena_format(arena, "%s%s%s", joined, between, cell);
		else if (*column->heading == '\0')
			joined = arena_format(arena, "%s%sColumn %zu: %s", joined, between, slot->columns[i] + 1, cell);
		else
			joined = arena_format(arena, "%s%s%s: %s", joined, between, column->heading, cell);
	}
	return joined;
}

static const char *
slot_words(const struct mapping *mapping, const struct mapping_slot *slot, const struct source_row *row,
	   struct arena *arena)
{
	if (slot->column_count == 1 && !mapping->columns[slot->columns[0]].labelled)
		return row->cells[slot->columns[0]];
	return join_cells(mapping, slot, row, arena);
}

/* As many cells as the heading; more only when they are empty. */
static bool
check_width(const struct mapping *mapping, const struct source_row *row, struct error *error)
{
	bool fits = row->count >= mapping->column_count;

	for (size_t i = mapping->column_count; i < row->count; i++)
		fits &= is_blank(row->cells[i]);
	if (!fits)
		return error_set(error, ERROR_INVALID, "has %zu %s, the heading has %zu", row->count,
				 row->count == 1 ? "cell" : "cells", mapping->column_count);
	return true;
}

static bool
check_not_empty(const struct source_row *row, struct error *error)
{
	for (size_t i = 0; i < row->count; i++)
		if (!is_blank(row->cells[i]))
			return true;
	return error_set(error, ERROR_INVALID, "every cell of the row is empty");
}

static bool
read_values(const struct mapping *mapping, const struct source_row *row, struct arena *arena, const char **values,
	       const char **field, struct error *error)
{
	const struct field *key = entity_key(mapping->entity);

	*field = NULL;
	if (!check_width(mapping, row, error) || !check_not_empty(row, error))
		return false;
	for (size_t i = 0; i < mapping->slot_count; i++) {
		const struct mapping_slot *slot = &mapping->slots[i];

		if (slot->constant != NULL) {
			values[i] = slot->constant;
			continue;
		}
		*field = slot->name;
		if (!field_parse(slot->field, slot_words(mapping, slot, row, arena), arena, &values[i], error))
			return false;
		if (values[i] == NULL && slot->target.reference < 0 && slot->field == key)
			return error_set(error, ERROR_INVALID, "is empty, and without it nobody knows which %s is meant",
					 mapping->entity->name);
	}
	*field = NULL;
	return true;
}

void
mapping_values(const struct mapping *mapping, const struct source_row *row, struct arena *arena, const char **values,
	       struct mapping_tally *tally, struct mapping_result *result)
{
	struct error wrong;

	(void)tally;
	*result = (struct mapping_result){ .damaged_slot = -1 };
	if (read_values(mapping, row, arena, values, &result->field, &wrong))
		return;
	result->what = MAPPING_ROW_WRONG;
	result->reason = arena_text(arena, wrong.message);
}

bool
mapping_check_blank(const struct mapping *mapping, const struct source_row *row, struct error *error)
{
	for (size_t i = 0; i < mapping->column_count && i < row->count; i++)
		if (mapping->columns[i].use == MAPPING_BLANK && !is_blank(row->cells[i]))
			return error_set(error, ERROR_INVALID, "Column %zu has no heading, but in row %" PRId64 " (line %"
					 PRId64 ") it holds '%.60s': give it a heading, or say in a mapping file what it "
					 "is, with the line column %zu = field (or = - to leave it out). Nothing was "
					 "changed.", i + 1, row->number, row->line, row->cells[i], i + 1);
	return true;
}
