/* SPDX-License-Identifier: MIT */
/* What a cell with a date is worth, and proves about the order of day and month in its column. */
#include "import/mapping_row.h"

#include <stdio.h>
#include <string.h>

/* Keeps the first words that prove something; later ones are only counted. */
static void
note_proof(int64_t *count, int64_t *first_row, int64_t row, char *example, size_t size,
	   const char *words)
{
	if ((*count)++ > 0)
		return;
	snprintf(example, size, "%s", words);
	if (first_row != NULL)
		*first_row = row;
}

enum { SWAPPED_SIZE = 64 };	/* of a date with a time of day behind it */

/*
 * 2019-03-04, maybe with a time: in a workbook a true date, which a spreadsheet may have read in
 * the wrong order.
 */
static void
tally_true_date(struct mapping_column_tally *tally, int64_t line, const char *words)
{
	const char *month = words + 5, *day = words + 8;

	if (memcmp(month, day, 2) == 0)
		return;
	if (memcmp(day, "12", 2) > 0)
		tally->late++;
	else if (tally->early++ == 0) {
		snprintf(tally->early_example, sizeof tally->early_example, "%.10s", words);
		tally->early_line = line;
	}
}

static void
tally_date(struct mapping_column_tally *tally, const struct source_row *source, const char *words)
{
	int64_t row = source->number;
	struct date date;

	tally->counts[MAPPING_COUNT_SERIAL] += date_is_serial(words);
	switch (date_order_of(words)) {
	case DATE_ORDER_EITHER:
		note_proof(&tally->either, NULL, row, tally->example, sizeof tally->example, words);
		break;
	case DATE_ORDER_DAY:
		note_proof(&tally->day, &tally->day_row, row, tally->day_example,
			   sizeof tally->day_example, words);
		break;
	case DATE_ORDER_MONTH:
		note_proof(&tally->month, &tally->month_row, row, tally->month_example,
			   sizeof tally->month_example, words);
		break;
	case DATE_ORDER_NONE:
		if (date_parse_iso(words, &date))
			tally_true_date(tally, source->line, words);
		break;
	}
}

/* A quarter is kept as its year; the notes keep which it was. */
static void
keep_quarter(struct mapping_reading *reading, const struct mapping_slot *slot, const char *words)
{
	if (reading->tally != NULL && strpbrk(words, "qQ") != NULL && date_is_quarter(words))
		reading->notes = mapping_added_note(reading->notes,
						    arena_format(reading->arena, "%s: %s",
								 slot->field->title, words),
						    reading->arena);
}

/* 2024-01-31, as nearly every date of a file that a program wrote is. */
static bool
is_plain_day(const char *words)
{
	return words[0] >= '0' && words[0] <= '9' && strnlen(words, 5) == 5 && words[4] == '-' &&
	       strlen(words) == 10;
}

bool
mapping_read_date(struct mapping_reading *reading, const struct mapping_slot *slot,
		  const char *words, const char **value, struct error *error)
{
	const struct mapping_column *column = &reading->mapping->columns[slot->columns[0]];
	char swapped[SWAPPED_SIZE];
	const char *written;

	if (is_plain_day(words)) {
		if (reading->tally != NULL)
			tally_true_date(&reading->tally->columns[slot->columns[0]],
					reading->row->line, words);
		return field_parse(slot->field, words, reading->arena, value, error);
	}
	words = mapping_trimmed(reading->arena, words);
	if (reading->tally != NULL)
		tally_date(&reading->tally->columns[slot->columns[0]], reading->row, words);
	written = words;
	if (column->order == DATE_ORDER_MONTH && date_swap(words, swapped, sizeof swapped))
		words = swapped;
	if (!field_parse(slot->field, words, reading->arena, value, error))
		return mapping_read_otherwise(reading, slot, words, value) ||
		       (words != written &&
			error_set(error, ERROR_INVALID,
				  "'%.40s' is not a date with the month first, as the others under "
				  "this heading are (01/31/2024)",
				  written));
	if (*value != NULL)
		keep_quarter(reading, slot, words);
	return true;
}
