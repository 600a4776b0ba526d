/* SPDX-License-Identifier: MIT */
/* Second looks at a row: is it one at all, and do its cells stand under their headings? */
#include "import/mapping_row.h"

#include <string.h>
#include <strings.h>

/* What a line of totals begins with; longer words first. */
static const char *const total_words[] = { "grand total", "sub-total", "sub total", "subtotal",
					   "totals",      "total",     "sum",       "count" };

static bool
is_number(const char *cell)
{
	static const char between[] = " \t,.-+%()";

	for (; *cell != '\0'; cell++) {
		if (strncmp(cell, "\xc2\xa3", 2) == 0)		/* £ */
			cell++;
		else if ((*cell < '0' || *cell > '9') && strchr(between, *cell) == NULL)
			return false;
	}
	return true;
}

/* What follows the words of a total that the cell begins with; NULL when it begins with none. */
static const char *
behind_total(const char *cell)
{
	for (size_t i = 0; i < sizeof total_words / sizeof total_words[0]; i++) {
		size_t size = strlen(total_words[i]), next;

		if (strncasecmp(cell, total_words[i], size) == 0 &&
		    (cell[size] == '\0' || !text_is_letter(cell + size, &next)))
			return cell + size;
	}
	return NULL;
}

static const char *
skip_blanks(const char *cell)
{
	return cell + strspn(cell, " \t");
}

/* The column that the key comes from; ROW_CELLS_MAX for none. */
static size_t
key_column(const struct mapping *mapping)
{
	const struct mapping_slot *slot = &mapping->slots[mapping->key_slot];

	if (mapping->key_slot >= mapping->slot_count || slot->column_count == 0)
		return ROW_CELLS_MAX;
	return slot->columns[0];
}

/* Whether the column names another record: a total of each site says which. */
static bool
names_record(const struct mapping *mapping, size_t column)
{
	return column < mapping->column_count && mapping->columns[column].use == MAPPING_FIELD &&
	       mapping_target_field(mapping->entity, mapping->columns[column].target)->type ==
		       FIELD_REFERENCE;
}

/*
 * The first cell that is not blank begins with a word for a total, and the others are blank or
 * numbers, or say of which site it is.  Where it stands in the key's place it must say no more than
 * that, and some number must follow.
 */
static bool
is_totals(const struct mapping *mapping, const struct source_row *row)
{
	size_t first = 0, numbers = 0, key = key_column(mapping);
	const char *rest;

	while (first < row->count && mapping_cell_is_blank(row->cells[first]))
		first++;
	rest = first < row->count ? behind_total(skip_blanks(row->cells[first])) : NULL;
	if (rest == NULL ||
	    (first != key && !mapping_cell_is_blank(key < row->count ? row->cells[key] : "")))
		return false;
	for (size_t i = first + 1; i < row->count; i++) {
		if (names_record(mapping, i))
			continue;
		if (!is_number(row->cells[i]))
			return false;
		numbers += !mapping_cell_is_blank(row->cells[i]);
	}
	return first != key || (rest[strspn(rest, " \t:=")] == '\0' && numbers > 0);
}

static bool
is_heading_again(const struct mapping *mapping, const struct source_row *row, struct arena *arena)
{
	for (size_t i = 0; i < mapping->column_count; i++) {
		const char *cell = mapping_cell(row, i), *heading = mapping->columns[i].heading;
		size_t size;

		if (*heading != '\0' && *cell != '\0' && text_is_letter(heading, &size) &&
		    text_is_letter(cell, &size) && (*cell | 0x20) != (*heading | 0x20))
			return false;
		if (strcmp(text_fold(arena, cell), text_fold(arena, heading)) != 0)
			return false;
	}
	return true;
}

/* Asked of every row: where the first letter is another there is nothing to look at. */
bool
mapping_is_other_heading(const struct mapping *mapping, const struct source_row *row)
{
	size_t key = key_column(mapping);
	struct arena arena = { 0 };
	bool again;

	if (key >= row->count || !text_same(row->cells[key], mapping->columns[key].heading))
		return false;
	again = is_heading_again(mapping, row, &arena);
	arena_free(&arena);
	return !again;
}

bool
mapping_skip(const struct mapping_reading *reading)
{
	const char *reason = NULL;

	if (is_totals(reading->mapping, reading->row))
		reason = "a line of totals";
	else if (is_heading_again(reading->mapping, reading->row, reading->arena))
		reason = "the heading again";
	if (reason != NULL)
		*reading->result = (struct mapping_result){ .what = MAPPING_ROW_SKIPPED,
							    .reason = reason,
							    .damaged_slot = -1 };
	return reason != NULL;
}

/* Whether a value that is right for the field proves that it was meant for it. */
static bool
proves_its_place(const struct mapping_slot *slot)
{
	enum field_type type = slot->field->type;

	return slot->plain && type != FIELD_TEXT && type != FIELD_NOTE && type != FIELD_CODE &&
	       type != FIELD_REFERENCE;
}

static const struct mapping_slot *
slot_of_column(const struct mapping *mapping, size_t column)
{
	for (size_t i = 0; i < mapping->slot_count; i++)
		if (mapping->slots[i].plain && mapping->slots[i].columns[0] == column)
			return &mapping->slots[i];
	return NULL;
}

/* Whether the cell of each column is wrong under its heading. */
static void
list_wrong(const struct mapping_reading *reading, bool wrong[ROW_CELLS_MAX])
{
	const struct mapping *mapping = reading->mapping;
	struct mapping_reading quiet = *reading;
	const char *value;
	struct error why;

	quiet.tally = NULL;
	for (size_t i = 0; i < mapping->column_count; i++)
		wrong[i] = false;
	for (size_t i = 0; i < mapping->slot_count; i++) {
		const struct mapping_slot *slot = &mapping->slots[i];

		if (slot->plain)
			wrong[slot->columns[0]] = !mapping_read_slot(&quiet, slot, &value, &why);
	}
}

/*
 * The cells of the row as they would stand were those from `start` on moved by one; false when one
 * would be lost.
 */
static bool
move_cells(const struct mapping_reading *reading, size_t start, bool right, const char **cells)
{
	size_t count = reading->mapping->column_count;

	if (!mapping_cell_is_blank(mapping_cell(reading->row, right ? count - 1 : start)))
		return false;
	for (size_t i = 0; i < count; i++)
		cells[i] = mapping_cell(reading->row, i < start ? i : right ? i - 1 : i + 1);
	if (right)
		cells[start] = "";
	return true;
}

/* Whether a cell that is wrong in one of them may be no better in the other. */
static bool
is_another_sort(const struct mapping_slot *from, const struct mapping_slot *to)
{
	bool from_date = from->field->type == FIELD_DATE || from->field->type == FIELD_PARTIAL_DATE;
	bool to_date = to->field->type == FIELD_DATE || to->field->type == FIELD_PARTIAL_DATE;

	return !(from_date && to_date) && from->field->type != to->field->type;
}

/* Whether a wrong cell now stands where it is not only right, but could be nothing else. */
static bool
is_proved(const struct mapping *mapping, const char *const *cells, const bool *wrong, size_t start,
	  bool right)
{
	for (size_t i = start; i < mapping->column_count; i++) {
		size_t before = right ? i - 1 : i + 1;
		const struct mapping_slot *slot;

		if ((right && i == start) || before >= mapping->column_count || !wrong[before])
			continue;
		slot = slot_of_column(mapping, i);
		if (slot != NULL && proves_its_place(slot) &&
		    is_another_sort(slot_of_column(mapping, before), slot) &&
		    !mapping_cell_is_blank(cells[i]))
			return true;
	}
	return false;
}

/* How many cells prove that they are in their places; 0 when one is wrong. */
static size_t
count_right(const struct mapping_reading *reading, const char *const *cells)
{
	const struct mapping *mapping = reading->mapping;
	struct source_row row = { cells, mapping->column_count, reading->row->number,
				  reading->row->line };
	struct mapping_reading moved = *reading;
	size_t proved = 0;
	struct error why;
	const char *value;

	moved.row = &row;
	moved.tally = NULL;
	for (size_t i = 0; i < mapping->slot_count; i++) {
		const struct mapping_slot *slot = &mapping->slots[i];

		if (slot->constant != NULL || slot->derived)
			continue;
		if (!mapping_read_slot(&moved, slot, &value, &why) ||
		    (i == mapping->key_slot && value == NULL))
			return 0;
		proved += value != NULL && proves_its_place(slot);
	}
	return proved;
}

/* "kind, mac": the fields whose cells are wrong. */
static const char *
name_wrong(const struct mapping_reading *reading, const bool *wrong)
{
	const char *names = "";

	for (size_t i = 0; i < reading->mapping->slot_count; i++) {
		const struct mapping_slot *slot = &reading->mapping->slots[i];

		if (slot->plain && wrong[slot->columns[0]])
			names = arena_format(reading->arena, "%s%s%s", names,
					     *names != '\0' ? ", " : "", slot->name);
	}
	return names;
}

void
mapping_find_shift(const struct mapping_reading *reading)
{
	const struct mapping *mapping = reading->mapping;
	struct mapping_result *result = reading->result;
	const char *cells[ROW_CELLS_MAX];
	bool wrong[ROW_CELLS_MAX];
	size_t best = 0;

	if (result->cause == REFUSAL_CELLS)
		return;
	list_wrong(reading, wrong);
	for (size_t start = mapping->column_count; start-- > 0; )
		for (int right = 0; right <= 1; right++) {
			size_t count;

			if (!move_cells(reading, start, right != 0, cells) ||
			    !is_proved(mapping, cells, wrong, start, right != 0))
				continue;
			count = count_right(reading, cells);
			if (count <= best)
				continue;
			best = count;
			result->cause = REFUSAL_SHIFTED;
			result->reason = arena_format(reading->arena,
						      "the cells seem to stand one column to the "
						      "%s of their headings, from '%.80s' on: "
						      "where they stand these are wrong: %s",
						      right ? "left" : "right",
						      mapping->columns[start].heading,
						      name_wrong(reading, wrong));
		}
}
