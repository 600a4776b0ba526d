/* SPDX-License-Identifier: MIT */
#include "import/mapping.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "import/mapping_columns.h"

/* Of a list of headings in a message, so that what to do still fits behind it. */
enum { NAMES_SIZE = 640 };

void
mapping_notice(struct mapping *mapping, const char *notice)
{
	mapping->notices = memory_grow(mapping->notices, &mapping->notice_room,
				       mapping->notice_count + 1, sizeof *mapping->notices);
	mapping->notices[mapping->notice_count++] = notice;
}

/* A heading as a mapping file can write it: trimmed, line ends as blanks. */
static const char *
one_line(struct arena *arena, const char *cell)
{
	size_t size = strlen(cell);
	const char *start = text_trim(cell, &size);
	char *line = arena_bytes(arena, start, size);

	for (char *at = line; *at != '\0'; at++)
		if (*at == '\n' || *at == '\r')
			*at = ' ';
	return line;
}

/* What a heading is called in a message: 'Ref', or column 7. */
const char *
mapping_column_name(struct mapping *mapping, size_t column)
{
	const char *heading = mapping->columns[column].heading;

	if (*heading == '\0')
		return arena_format(&mapping->arena, "column %zu", column + 1);
	return arena_format(&mapping->arena, "'%.80s'", heading);
}

/* " (Dome, PTZ, Bullet)": the first values of a column; "" for none. */
static const char *
name_samples(struct mapping *mapping, const struct reader *reader, size_t column)
{
	const char *samples[READER_SAMPLES];
	size_t count = reader != NULL ? reader_samples(reader, column, samples) : 0;
	const char *names = "";

	for (size_t i = 0; i < count; i++)
		names = arena_format(&mapping->arena, "%s%s%.40s", names, i > 0 ? ", " : " (",
				     one_line(&mapping->arena, samples[i]));
	return count > 0 ? arena_format(&mapping->arena, "%s)", names) : "";
}

/*
 * "'A', 'B' and 3 more": the columns put to one use; "" for none.  *count may be NULL; with a
 * reader they are named with their first values.
 */
static const char *
name_columns(struct mapping *mapping, enum mapping_use use, const struct reader *reader,
	     size_t *count)
{
	struct text names = { 0 };
	size_t more = 0, named = 0;
	const char *copy;

	for (size_t i = 0; i < mapping->column_count; i++) {
		if (mapping->columns[i].use != use)
			continue;
		if (names.length > NAMES_SIZE) {
			more++;
			continue;
		}
		text_format(&names, "%s%s%s", named > 0 ? ", " : "",
			    mapping_column_name(mapping, i), name_samples(mapping, reader, i));
		named++;
	}
	if (more > 0)
		text_format(&names, " and %zu more", more);
	if (count != NULL)
		*count = named + more;
	copy = arena_text(&mapping->arena, text_words(&names));
	text_free(&names);
	return copy;
}

static bool
find_duplicates(struct mapping *mapping, struct error *error)
{
	const struct mapping_column *columns = mapping->columns;

	for (size_t i = 0; i < mapping->column_count; i++)
		for (size_t j = 0; j < i; j++)
			if (*columns[i].heading != '\0' &&
			    text_same(columns[i].heading, columns[j].heading))
				return error_set(error, ERROR_INVALID,
						 "The columns %zu and %zu are both headed '%.80s': "
						 "give them different headings and import again. "
						 "Nothing was changed.",
						 j + 1, i + 1, columns[i].heading);
	return true;
}

const char *const mapping_ours[MAPPING_OURS_COUNT] = { "source", "row",   "line",
						       "cause",  "field", "reason" };

/* A file of refused rows ends with our own headings, all of them and in this order. */
static void
mark_ours(struct mapping *mapping)
{
	size_t count = mapping->column_count;

	if (count <= MAPPING_OURS_COUNT)
		return;
	for (size_t i = 0; i < MAPPING_OURS_COUNT; i++)
		if (!text_same(mapping->columns[count - MAPPING_OURS_COUNT + i].heading,
			       mapping_ours[i]))
			return;
	for (size_t i = 0; i < MAPPING_OURS_COUNT; i++)
		mapping->columns[count - MAPPING_OURS_COUNT + i].use = MAPPING_OURS;
}

bool
mapping_rule_is_for(const struct mapping_rule *rule, const struct mapping_column *column,
		    size_t number, bool folded, struct arena *arena)
{
	const char *a, *b;

	if (rule->heading == NULL)
		return rule->column == number;
	if (!folded)
		return text_same(rule->heading, column->heading);
	a = text_fold(arena, rule->heading);
	b = text_fold(arena, column->heading);
	return *a != '\0' && strcmp(a, b) == 0;
}

/*
 * The rule about a column: of those who speak last, one that writes its heading as it is, else one
 * that means it.
 */
static struct mapping_rule *
find_rule(struct mapping *mapping, size_t column)
{
	for (int origin = MAPPING_OPTION; origin >= MAPPING_SAVED; origin--)
		for (int folded = 0; folded <= 1; folded++)
			for (size_t i = 0; i < mapping->rule_count; i++) {
				struct mapping_rule *rule = &mapping->rules[i];

				if ((int)rule->origin == origin &&
				    mapping_rule_is_for(rule, &mapping->columns[column], column + 1,
							folded != 0, &mapping->arena))
					return rule;
			}
	return NULL;
}

static void
follow_rule(struct mapping_column *column, const struct mapping_rule *rule)
{
	column->chosen = true;
	column->use = rule->left_out ? MAPPING_LEFT_OUT : MAPPING_FIELD;
	column->target = rule->target;
	column->paired = rule->paired;
	if (rule->order == DATE_ORDER_NONE)
		return;
	column->order = rule->order;
	column->order_said = true;
}

/* The field that a heading means by itself. */
static bool
recognise(const struct mapping *mapping, const char *folded, struct mapping_target *target)
{
	const int64_t *packed = map_find(&mapping->known, folded);

	if (packed != NULL)
		*target = mapping_unpack(*packed);
	return packed != NULL;
}

/* A saved mapping leaves out what Terrier works out too; that is told as what it is, each time. */
static bool
is_computed(struct mapping *mapping, size_t column)
{
	struct mapping_target target;

	return recognise(mapping, text_fold(&mapping->arena, mapping->columns[column].heading),
			 &target) &&
	       !field_is_given(mapping_target_field(mapping->entity, target));
}

static void
follow_rules(struct mapping *mapping)
{
	for (size_t i = 0; i < mapping->column_count; i++) {
		struct mapping_column *column = &mapping->columns[i];
		struct mapping_rule *rule = NULL;

		if (column->use != MAPPING_OURS)
			rule = find_rule(mapping, i);
		if (rule == NULL ||
		    (rule->origin == MAPPING_SAVED && rule->left_out && is_computed(mapping, i)))
			continue;
		follow_rule(column, rule);
	}
}

/* Whether the heading is what the program itself writes above what it works out. */
static bool
names_computed(const struct entity *entity, const char *heading)
{
	for each_field(field, entity->fields)
		if (!field_is_given(field) &&
		    (text_same(heading, field->name) || text_same(heading, field->title)))
			return true;
	return false;
}

/*
 * The "Due" of a file that has "Target" too is the date as it was worked out: our own lists have
 * both.  By itself it is the date that somebody set.
 */
static bool
stands_beside(const struct mapping *mapping, const struct mapping_column *column)
{
	const struct field *field = mapping_target_field(mapping->entity, column->target);

	if (column->target.reference >= 0 || !names_computed(mapping->entity, column->heading))
		return false;
	for (size_t i = 0; i < mapping->column_count; i++)
		if (text_same(mapping->columns[i].heading, field->name) ||
		    text_same(mapping->columns[i].heading, field->title))
			return true;
	return false;
}

/* Whether somebody already says what feeds the field. */
static bool
is_chosen(const struct mapping *mapping, struct mapping_target target)
{
	for (size_t i = 0; i < mapping->column_count; i++)
		if (mapping->columns[i].chosen && mapping->columns[i].use == MAPPING_FIELD &&
		    mapping_same_target(mapping->columns[i].target, target))
			return true;
	return false;
}

static void
recognise_heading(struct mapping *mapping, struct mapping_column *column)
{
	const char *folded = text_fold(&mapping->arena, column->heading);

	if (mapping_means_pair(mapping->entity, folded)) {
		column->target = (struct mapping_target){ -1, DEVICE_make };
		column->paired = !is_chosen(mapping, column->target) &&
				 !is_chosen(mapping, (struct mapping_target){ -1, DEVICE_model });
		column->use = column->paired ? MAPPING_FIELD : MAPPING_UNKNOWN;
	} else if (recognise(mapping, folded, &column->target)) {
		if (!field_is_given(mapping_target_field(mapping->entity, column->target)) ||
		    stands_beside(mapping, column))
			column->use = MAPPING_COMPUTED;
		else if (!is_chosen(mapping, column->target))
			column->use = MAPPING_FIELD;
	}
}

static void
recognise_headings(struct mapping *mapping)
{
	for (size_t i = 0; i < mapping->column_count; i++) {
		struct mapping_column *column = &mapping->columns[i];

		if (column->chosen || column->use == MAPPING_OURS)
			continue;
		if (*column->heading == '\0')
			column->use = MAPPING_BLANK;
		else
			recognise_heading(mapping, column);
	}
	mapping_settle_stand_ins(mapping);
}

/* A constant wins over the headings that would feed the same field. */
static void
silence_columns(struct mapping *mapping)
{
	for (size_t i = 0; i < mapping->constant_count; i++)
		for (size_t j = 0; j < mapping->column_count; j++) {
			const struct mapping_constant *constant = &mapping->constants[i];
			struct mapping_column *column = &mapping->columns[j];

			/* Of a cell with make and model the other half is still wanted. */
			if (column->use != MAPPING_FIELD || column->paired ||
			    !mapping_same_target(column->target, constant->target))
				continue;
			column->use = MAPPING_LEFT_OUT;
			column->chosen = false;
			column->silenced = true;
			mapping_notice(mapping, arena_format(&mapping->arena,
							     "%s is '%s' for every row, so the "
							     "heading %s is left out.",
							     mapping_target_name(mapping->entity,
										 constant->target,
										 &mapping->arena),
							     constant->value,
							     mapping_column_name(mapping, j)));
		}
}

static bool
refuse_unknown(struct mapping *mapping, const struct reader *reader, struct error *error)
{
	size_t count;
	const char *names = name_columns(mapping, MAPPING_UNKNOWN, reader, &count);

	return error_set(error, ERROR_INVALID,
			 "%s %s of the file: %s. Say what they are (--column \"Heading=field\", or "
			 "\"Heading=-\" to leave one out; or in a mapping file, --map FILE), keep "
			 "them in the notes (--unknown notes), or leave them out (--unknown "
			 "leave). Nothing was changed.",
			 mapping->entity->titles,
			 count == 1 ? "have no field for this heading"
				    : "have no field for these headings",
			 names);
}

static bool
settle_unknown(struct mapping *mapping, const struct reader *reader, enum mapping_unknown unknown,
	       struct error *error)
{
	int notes = mapping_notes_field(mapping->entity);
	size_t count;
	const char *names = name_columns(mapping, MAPPING_UNKNOWN, NULL, &count), *notice;

	if (count == 0)
		return true;
	if (unknown == MAPPING_REFUSE)
		return refuse_unknown(mapping, reader, error);
	if (unknown == MAPPING_NOTES && notes < 0)
		return error_set(error, ERROR_INVALID,
				 "%s have no notes to keep %s in: leave them out (--unknown "
				 "leave), or give them a field (--column \"Heading=field\"). "
				 "Nothing was changed.",
				 mapping->entity->titles, names);
	notice = unknown == MAPPING_NOTES ? "Kept in the notes: "
					  : "Left out, because nobody knows what they are: ";
	mapping_notice(mapping, arena_format(&mapping->arena, "%s%s.", notice, names));
	for (size_t i = 0; i < mapping->column_count; i++) {
		struct mapping_column *column = &mapping->columns[i];

		if (column->use != MAPPING_UNKNOWN)
			continue;
		column->use = unknown == MAPPING_NOTES ? MAPPING_FIELD : MAPPING_LEFT_OUT;
		column->target = (struct mapping_target){ -1, notes };
	}
	return true;
}

static void
name_left_out(struct mapping *mapping)
{
	struct text names = { 0 };
	size_t count;
	const char *computed = name_columns(mapping, MAPPING_COMPUTED, NULL, &count);

	if (count > 0)
		mapping_notice(mapping,
			       arena_format(&mapping->arena,
					    "Worked out by Terrier, so not read from the file: %s.",
					    computed));
	for (size_t i = 0; i < mapping->column_count; i++)
		if (mapping->columns[i].use == MAPPING_LEFT_OUT && mapping->columns[i].chosen)
			text_format(&names, "%s%s", names.length > 0 ? ", " : "",
				    mapping_column_name(mapping, i));
	if (names.length > 0)
		mapping_notice(mapping, arena_format(&mapping->arena, "Left out by choice: %s.",
						 text_words(&names)));
	text_free(&names);
}

/* The column that --dates names; column_count for none. */
static size_t
find_dates_column(struct mapping *mapping, const struct mapping_dates *dates)
{
	struct mapping_rule rule = { .heading = dates->heading, .column = dates->column };

	for (int folded = 0; folded <= 1; folded++)
		for (size_t i = 0; i < mapping->column_count; i++)
			if (mapping_rule_is_for(&rule, &mapping->columns[i], i + 1, folded != 0,
						&mapping->arena))
				return i;
	return mapping->column_count;
}

/* What the screens were told of dates stays when a person gives the column another use there. */
static bool
may_have_dates(struct mapping *mapping, size_t column)
{
	const struct mapping_rule *rule = find_rule(mapping, column);
	enum field_type type =
		mapping_target_field(mapping->entity, mapping->columns[column].target)->type;

	return mapping->columns[column].use != MAPPING_FIELD || type == FIELD_DATE ||
	       type == FIELD_PARTIAL_DATE || (rule != NULL && rule->origin == MAPPING_OPTION);
}

static bool
order_dates(struct mapping *mapping, struct error *error)
{
	for (size_t i = 0; i < mapping->column_count; i++)
		if (mapping->columns[i].order == DATE_ORDER_NONE)
			mapping->columns[i].order = DATE_ORDER_DAY;
	for (size_t i = 0; i < mapping->date_count; i++) {
		const struct mapping_dates *dates = &mapping->dates[i];
		bool one = dates->heading != NULL || dates->column > 0;
		size_t named = one ? find_dates_column(mapping, dates) : 0;

		if (named == mapping->column_count)
			return mapping_refuse_unmet(mapping, "--dates", dates->heading,
						    dates->column, error);
		if (one && !may_have_dates(mapping, named))
			return error_set(error, ERROR_INVALID,
					 "--dates names %s, but the %s of a %s is no date. Nothing "
					 "was changed.",
					 mapping_column_name(mapping, named),
					 mapping_target_name(mapping->entity,
							     mapping->columns[named].target,
							     &mapping->arena),
					 mapping->entity->name);
		for (size_t j = 0; j < mapping->column_count; j++) {
			if (one && j != named)
				continue;
			mapping->columns[j].order = dates->order;
			mapping->columns[j].order_said = true;
		}
	}
	return true;
}

bool
mapping_apply(struct mapping *mapping, const struct source_row *heading,
	      const struct reader *reader, enum mapping_unknown unknown, struct error *error)
{
	mapping->column_count = heading->count;
	mapping->columns = arena_alloc(&mapping->arena, heading->count * sizeof *mapping->columns);
	for (size_t i = 0; i < heading->count; i++)
		mapping->columns[i].heading = one_line(&mapping->arena, heading->cells[i]);
	if (!find_duplicates(mapping, error))
		return false;
	if (mapping->known.count == 0)
		mapping_list_headings(mapping->entity, &mapping->known);
	mark_ours(mapping);
	if (!mapping_check_met(mapping, error))
		return false;
	follow_rules(mapping);
	recognise_headings(mapping);
	silence_columns(mapping);
	if (!settle_unknown(mapping, reader, unknown, error) || !order_dates(mapping, error))
		return false;
	name_left_out(mapping);
	return mapping_make_slots(mapping, error);
}

void
mapping_free(struct mapping *mapping)
{
	free(mapping->rules);
	free(mapping->constants);
	free(mapping->slots);
	free(mapping->notices);
	free(mapping->dates);
	map_free(&mapping->known);
	arena_free(&mapping->arena);
	*mapping = (struct mapping){ 0 };
}
