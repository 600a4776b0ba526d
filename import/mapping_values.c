/* SPDX-License-Identifier: MIT */
#include "import/mapping_row.h"

#include <inttypes.h>
#include <string.h>

static void
set_row_wrong(const struct mapping_reading *reading, enum refusal_cause cause, const char *reason)
{
	reading->result->what = MAPPING_ROW_WRONG;
	reading->result->cause = cause;
	reading->result->reason = reason;
}

/* As many cells as the heading; more only when empty, fewer only where rows may be short. */
static bool
fits_heading(const struct mapping *mapping, const struct source_row *row)
{
	bool fits = row->count >= mapping->column_count || mapping->short_rows;

	for (size_t i = mapping->column_count; i < row->count; i++)
		fits &= mapping_cell_is_blank(row->cells[i]);
	return fits;
}

static bool
is_empty(const struct source_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (!mapping_cell_is_blank(row->cells[i]))
			return false;
	return true;
}

/* What is wrong with the row before its cells are read. */
static bool
check_row(const struct mapping_reading *reading)
{
	const struct source_row *row = reading->row;
	const struct mapping *mapping = reading->mapping;

	if (row->count != mapping->column_count && !fits_heading(mapping, row))
		set_row_wrong(reading, REFUSAL_CELLS,
			      arena_format(reading->arena, "has %zu %s, the heading has %zu",
					   row->count, row->count == 1 ? "cell" : "cells",
					   mapping->column_count));
	return reading->result->what == MAPPING_ROW_GOOD;
}

/*
 * The first field that is wrong names the row, and its cause is the row's, but that damage counts
 * for more than a mistake.
 */
static void
add_wrong(const struct mapping_reading *reading, const struct mapping_slot *slot,
	  enum refusal_cause cause, const char *reason)
{
	struct mapping_result *result = reading->result;
	bool first = result->what == MAPPING_ROW_GOOD;

	result->what = MAPPING_ROW_WRONG;
	result->field = first ? slot->name : result->field;
	result->reason = first ? arena_format(reading->arena, "%s: %s", slot->name, reason)
			       : arena_format(reading->arena, "%s; %s: %s", result->reason,
					      slot->name, reason);
	if (first || (cause == REFUSAL_DAMAGED && result->cause == REFUSAL_VALUE))
		result->cause = cause;
}

static void
add_wrong_cell(const struct mapping_reading *reading, size_t position, const char *reason)
{
	const struct mapping_slot *slot = &reading->mapping->slots[position];
	struct mapping_result *result = reading->result;
	const char *words = mapping_slot_words(reading, slot);
	size_t size = strlen(words);
	enum damage damage;

	words = text_trim(words, &size);
	words = arena_bytes(reading->arena, words, size);
	damage = damage_of(slot->field, words);
	add_wrong(reading, slot, damage == DAMAGE_NONE ? REFUSAL_VALUE : REFUSAL_DAMAGED, reason);
	if (damage == DAMAGE_NONE || result->damaged_slot >= 0)
		return;
	result->damaged_slot = (int)position;
	result->damage = damage;
	result->damaged_words = words;
}

/* "is empty", or the words that say that nobody knows. */
static const char *
no_key_words(const struct mapping_reading *reading, const struct mapping_slot *slot)
{
	const char *words = mapping_trimmed(reading->arena,
					    mapping_cell(reading->row, slot->columns[0]));

	return *words == '\0'
		       ? "is empty"
		       : arena_format(reading->arena, "'%s' says that nobody knows it", words);
}

static void
read_values(struct mapping_reading *reading)
{
	const struct mapping *mapping = reading->mapping;
	struct error wrong;

	for (size_t i = 0; i < mapping->slot_count; i++) {
		const struct mapping_slot *slot = &mapping->slots[i];

		if (slot->constant != NULL)
			reading->values[i] = slot->constant;
		else if (!slot->derived &&
			 !mapping_read_slot(reading, slot, &reading->values[i], &wrong))
			add_wrong_cell(reading, i, wrong.message);
		else if (i == mapping->key_slot && reading->values[i] == NULL &&
			 mapping_needs_key(mapping))
			add_wrong(reading, slot, REFUSAL_NO_KEY,
				  arena_format(reading->arena,
					       "%s, and without it nobody knows which %s is meant",
					       no_key_words(reading, slot), mapping->entity->name));
	}
}

/* How many the kind says there are, where the quantity is blank; both together must agree. */
static void
settle_count(const struct mapping_reading *reading)
{
	const struct mapping *mapping = reading->mapping;
	const struct mapping_slot *slot = &mapping->slots[mapping->quantity_slot];
	const char **quantity = &reading->values[mapping->quantity_slot];

	if (reading->count == NULL || mapping->quantity_slot >= mapping->slot_count)
		return;
	if (*quantity == NULL)
		*quantity = reading->count;
	else if (strcmp(*quantity, reading->count) != 0)
		add_wrong(reading, slot, REFUSAL_VALUE,
			  arena_format(reading->arena, "is %s, but the kind says that there are %s",
				       *quantity, reading->count));
}

static void
settle_notes(const struct mapping_reading *reading)
{
	const char **notes = &reading->values[reading->mapping->notes_slot];

	if (reading->notes != NULL && reading->mapping->notes_slot < reading->mapping->slot_count)
		*notes = mapping_added_note(*notes, reading->notes, reading->arena);
}

/* Whether the row may be none of the file; for nearly every one its first letter says it is. */
static bool
is_suspect(const struct mapping_reading *reading)
{
	const struct mapping *mapping = reading->mapping;
	const char *key = mapping->key_slot < mapping->slot_count
				  ? reading->values[mapping->key_slot]
				  : NULL;
	const struct mapping_slot *slot = &mapping->slots[mapping->key_slot];

	if (reading->result->what != MAPPING_ROW_GOOD || key == NULL)
		return true;
	if (strchr("tgscTGSC", *key) != NULL)
		return true;
	return slot->column_count > 0 &&
	       (*key | 0x20) == (*mapping->columns[slot->columns[0]].heading | 0x20);
}

void
mapping_values(const struct mapping *mapping, const struct source_row *row, struct arena *arena,
	       const char **values, struct mapping_tally *tally, struct mapping_result *result)
{
	struct mapping_reading reading = { mapping, row, arena, values, tally, result, NULL, NULL };

	*result = (struct mapping_result){ .damaged_slot = -1 };
	if (mapping->slot_count > 0)
		memset(values, 0, mapping->slot_count * sizeof *values);
	if (is_empty(row)) {
		result->what = MAPPING_ROW_SKIPPED;
		result->reason = "no cell is filled";
		return;
	}
	if (check_row(&reading)) {
		read_values(&reading);
		settle_count(&reading);
		settle_notes(&reading);
	}
	if (is_suspect(&reading) && !mapping_skip(&reading) && result->what == MAPPING_ROW_WRONG)
		mapping_find_shift(&reading);
}

/* Whether the notes hold that line. */
static bool
has_line(const char *notes, const char *line, size_t size)
{
	while (*notes != '\0') {
		size_t length = strcspn(notes, "\r\n");

		if (length == size && strncmp(notes, line, size) == 0)
			return true;
		notes += length + (notes[length] != '\0');
	}
	return false;
}

const char *
mapping_added_note(const char *notes, const char *lines, struct arena *arena)
{
	if (notes == NULL || *notes == '\0')
		return lines;
	while (*lines != '\0') {
		size_t size = strcspn(lines, "\n");

		if (!has_line(notes, lines, size))
			notes = arena_format(arena, "%s\n%.*s", notes, (int)size, lines);
		lines += size + (lines[size] == '\n');
	}
	return notes;
}

static const char *
line_word(const struct mapping *mapping)
{
	return mapping->short_rows ? "sheet row" : "line";
}

bool
mapping_check_row(const struct mapping *mapping, const struct source_row *row, struct error *error)
{
	if (mapping_is_other_heading(mapping, row))
		return error_set(error, ERROR_INVALID,
				 "Row %" PRId64 " (%s %" PRId64
				 ") is the heading of another table, whose columns stand "
				 "otherwise: put that table into a file or sheet of its own, and "
				 "import each. Nothing was changed.",
				 row->number, line_word(mapping), row->line);
	for (size_t i = 0; i < mapping->column_count && i < row->count; i++)
		if (mapping->columns[i].use == MAPPING_BLANK &&
		    !mapping_cell_is_blank(row->cells[i]))
			return error_set(error, ERROR_INVALID,
					 "Column %zu has no heading, but in row %" PRId64
					 " (%s %" PRId64
					 ") it holds '%.60s': give it a heading, or say what it is "
					 "with --column \"column %zu=field\" (or =- to leave it "
					 "out). Nothing was changed.",
					 i + 1, row->number, line_word(mapping), row->line,
					 row->cells[i], i + 1);
	return true;
}
