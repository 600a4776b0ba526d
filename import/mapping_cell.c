/* SPDX-License-Identifier: MIT */
/* What one field of a row is worth.  This runs for every cell of a file: what is rare is looked at last. */
#include "import/mapping_row.h"

#include <inttypes.h>
#include <stdio.h>
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

static const char *
trimmed(struct arena *arena, const char *words)
{
	size_t size = strlen(words);
	const char *start = text_trim(words, &size);

	return start[size] == '\0' ? start : arena_bytes(arena, start, size);
}

static void
count_unknown(struct mapping_reading *reading, size_t column)
{
	if (reading->tally != NULL)
		reading->tally->columns[column].unknown++;
}

/* What a cell adds to the words of its field: "" for nothing. */
static const char *
cell_words(struct mapping_reading *reading, const struct mapping_slot *slot, size_t column)
{
	const struct mapping_column *about = &reading->mapping->columns[column];
	const char *cell = trimmed(reading->arena, mapping_cell(reading->row, column));

	if (*cell == '\0')
		return cell;
	if (slot->field->type != FIELD_NOTE && unknown_is(cell)) {
		count_unknown(reading, column);
		return "";
	}
	if (about->paired)
		return mapping_part_pair(reading->mapping->makes, cell, slot->target.field != about->target.field,
					 reading->arena);
	if (!about->labelled)
		return cell;
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
		const char *between = *joined == '\0' ? "" : slot->field->type == FIELD_NOTE ? "\n" : " ";

		if (*words != '\0')
			joined = arena_format(reading->arena, "%s%s%s", joined, between, words);
	}
	return joined;
}

const char *
mapping_slot_words(const struct mapping_reading *reading, const struct mapping_slot *slot)
{
	struct mapping_reading quiet = *reading;

	quiet.tally = NULL;
	return slot->plain ? mapping_cell(reading->row, slot->columns[0]) : join_cells(&quiet, slot);
}

/* Keeps the first words that prove something; later ones are only counted. */
static void
note_proof(int64_t *count, int64_t *first_row, int64_t row, char *example, size_t size, const char *words)
{
	if ((*count)++ > 0)
		return;
	snprintf(example, size, "%s", words);
	if (first_row != NULL)
		*first_row = row;
}

enum { SWAPPED_SIZE = 64 };	/* of a date with a time of day behind it */

static void
tally_date(struct mapping_column_tally *tally, int64_t row, const char *words)
{
	tally->serials += date_is_serial(words);
	switch (date_order_of(words)) {
	case DATE_ORDER_EITHER:
		note_proof(&tally->either, NULL, row, tally->example, sizeof tally->example, words);
		break;
	case DATE_ORDER_DAY:
		note_proof(&tally->day, &tally->day_row, row, tally->day_example, sizeof tally->day_example, words);
		break;
	case DATE_ORDER_MONTH:
		note_proof(&tally->month, &tally->month_row, row, tally->month_example, sizeof tally->month_example,
			   words);
		break;
	case DATE_ORDER_NONE:
		break;
	}
}

/* "x4 domes": a kind, and in passing how many of it. */
static bool
read_counted(struct mapping_reading *reading, const struct mapping_slot *slot, const char *words, const char **value)
{
	struct error wrong;
	const char *rest;
	int64_t count;
	size_t size;

	if (reading->mapping->entity->kind != ENTITY_DEVICE || slot->target.reference >= 0 ||
	    slot->target.field != DEVICE_kind || !quantity_split(words, &count, &rest, &size))
		return false;
	if (!field_parse(slot->field, arena_bytes(reading->arena, rest, size), reading->arena, value, &wrong) &&
	    (size == 0 || rest[size - 1] != 's' ||
	     !field_parse(slot->field, arena_bytes(reading->arena, rest, size - 1), reading->arena, value, &wrong)))
		return false;
	if (reading->tally != NULL)
		reading->count = arena_format(reading->arena, "%" PRId64, count);
	return true;
}

/* Words that are no value of the field may still say something. */
static bool
read_otherwise(struct mapping_reading *reading, const struct mapping_slot *slot, const char *words, const char **value)
{
	words = trimmed(reading->arena, words);
	if (slot->field->type == FIELD_NOTE || !unknown_is(words))
		return read_counted(reading, slot, words, value);
	count_unknown(reading, slot->columns[0]);
	*value = NULL;
	return true;
}

/* A quarter is kept as its year; the notes keep which it was. */
static void
keep_quarter(struct mapping_reading *reading, const struct mapping_slot *slot, const char *words)
{
	if (reading->tally != NULL && strpbrk(words, "qQ") != NULL && date_is_quarter(words))
		reading->notes = mapping_added_note(reading->notes, arena_format(reading->arena, "%s: %s", slot->field->title,
										 words), reading->arena);
}

/* 2024-01-31, which nearly every date of a file that a program wrote is: there is nothing to find out about it. */
static bool
is_plain_day(const char *words)
{
	return words[0] >= '0' && words[0] <= '9' && strnlen(words, 5) == 5 && words[4] == '-' && strlen(words) == 10;
}

static bool
read_date(struct mapping_reading *reading, const struct mapping_slot *slot, const char *words, const char **value,
	  struct error *error)
{
	const struct mapping_column *column = &reading->mapping->columns[slot->columns[0]];
	char swapped[SWAPPED_SIZE];
	const char *written;

	if (is_plain_day(words))
		return field_parse(slot->field, words, reading->arena, value, error);
	words = trimmed(reading->arena, words);
	if (reading->tally != NULL)
		tally_date(&reading->tally->columns[slot->columns[0]], reading->row->number, words);
	written = words;
	if (column->order == DATE_ORDER_MONTH && date_swap(words, swapped, sizeof swapped))
		words = swapped;
	if (!field_parse(slot->field, words, reading->arena, value, error))
		return read_otherwise(reading, slot, words, value) ||
		       (words != written && error_set(error, ERROR_INVALID, "'%.40s' is not a date with the month first, as the others under this "
				 "heading are (01/31/2024)", written));
	if (*value != NULL)
		keep_quarter(reading, slot, words);
	return true;
}

/* Whether any words at all are right for it, also those that say that nobody knows. */
static bool
takes_any_words(enum field_type type)
{
	return type == FIELD_TEXT || type == FIELD_CODE || type == FIELD_REFERENCE;
}

bool
mapping_read_slot(struct mapping_reading *reading, const struct mapping_slot *slot, const char **value,
		  struct error *error)
{
	const char *words = slot->plain ? mapping_cell(reading->row, slot->columns[0]) : join_cells(reading, slot);
	enum field_type type = slot->field->type;

	if (*words == '\0') {
		*value = NULL;
		return true;
	}
	if (type == FIELD_DATE || type == FIELD_PARTIAL_DATE)
		return read_date(reading, slot, words, value, error);
	if (!field_parse(slot->field, words, reading->arena, value, error))
		return read_otherwise(reading, slot, words, value);
	if (*value != NULL && takes_any_words(type) && slot->plain && unknown_is(*value)) {
		count_unknown(reading, slot->columns[0]);
		*value = NULL;
	}
	return true;
}
