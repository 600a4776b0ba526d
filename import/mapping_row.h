/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_MAPPING_ROW_H
#define IMPORT_MAPPING_ROW_H

/* What the files that make values of a row share and nobody else sees. */

#include "import/mapping.h"

/* A row on its way to values. */
struct mapping_reading {
	const struct mapping *mapping;
	const struct source_row *row;
	struct arena *arena;
	const char **values;		/* by slot */
	/* NULL: nothing is counted, and nothing said in passing is kept. */
	struct mapping_tally *tally;
	struct mapping_result *result;
	/* How many the cell of the kind says there are, "x4 domes"; or NULL. */
	const char *count;
	const char *notes;		/* lines that other cells have for the notes; or NULL */
};

/* A cell of the row; "" behind its last one. */
static inline const char *
mapping_cell(const struct source_row *row, size_t column)
{
	return column < row->count ? row->cells[column] : "";
}

bool mapping_cell_is_blank(const char *cell);

/* The cell or cells of a slot as words for field_parse(). */
const char *mapping_slot_words(const struct mapping_reading *reading,
			       const struct mapping_slot *slot);

/*
 * The canonical value of a slot that has columns.  What its cell says of other fields in passing is
 * put into their values. False with what is wrong.
 */
bool mapping_read_slot(struct mapping_reading *reading, const struct mapping_slot *slot,
		       const char **value, struct error *error);

/* The same of a date; its words are not empty. */
bool mapping_read_date(struct mapping_reading *reading, const struct mapping_slot *slot,
		       const char *words, const char **value, struct error *error);

/* Words that are no value of the field may say something: that nobody knows, or "x4 domes". */
bool mapping_read_otherwise(struct mapping_reading *reading, const struct mapping_slot *slot,
			    const char *words, const char **value);

/* The words without blanks around them. */
const char *mapping_trimmed(struct arena *arena, const char *words);

/* The make, or else the model, of a cell that holds both (trimmed); "" when it does not say. */
const char *mapping_part_pair(const struct map *makes, const char *cell, bool model,
			      struct arena *arena);

/*
 * Whether the row is none of the file: the heading again, or a line of totals. Then what is said in
 * the result.
 */
bool mapping_skip(const struct mapping_reading *reading);

/* Whether the row has the heading of the key in the key's place, but is not the heading again. */
bool mapping_is_other_heading(const struct mapping *mapping, const struct source_row *row);

/* Looks whether the cells of a wrong row stand one column off, and says from which heading on. */
void mapping_find_shift(const struct mapping_reading *reading);

#endif
