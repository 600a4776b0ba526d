/* SPDX-License-Identifier: MIT */
#include "import/mapping.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

enum { NAMES_SIZE = 640 };	/* of a list of headings in a message, so that what to do still fits behind it */

static void
add_notice(struct mapping *mapping, const char *notice)
{
	mapping->notices = memory_grow(mapping->notices, &mapping->notice_room, mapping->notice_count + 1,
				       sizeof *mapping->notices);
	mapping->notices[mapping->notice_count++] = notice;
}

static bool
same_target(struct mapping_target a, struct mapping_target b)
{
	return a.reference == b.reference && a.field == b.field;
}

/* What a heading is called in a message: 'Ref', or column 7. */
static const char *
column_name(struct mapping *mapping, size_t column)
{
	const char *heading = mapping->columns[column].heading;

	if (*heading == '\0')
		return arena_format(&mapping->arena, "column %zu", column + 1);
	return arena_format(&mapping->arena, "'%.80s'", heading);
}

/* "'A', 'B' and 3 more": the columns put to one use; "" for none. *count may be NULL. */
static const char *
name_columns(struct mapping *mapping, enum mapping_use use, size_t *count)
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
		text_format(&names, "%s%s", named > 0 ? ", " : "", column_name(mapping, i));
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
			if (*columns[i].heading != '\0' && text_same(columns[i].heading, columns[j].heading))
				return error_set(error, ERROR_INVALID, "The columns %zu and %zu are both headed "
						 "'%.80s': give them different headings and import again. Nothing was "
						 "changed.", j + 1, i + 1, columns[i].heading);
	return true;
}

const char *const mapping_ours[MAPPING_OURS_COUNT] = { "row", "line", "field", "reason" };

/* A file of refused rows ends with our own headings, all of them and in this order. */
static void
mark_ours(struct mapping *mapping)
{
	size_t count = mapping->column_count;

	if (count <= MAPPING_OURS_COUNT)
		return;
	for (size_t i = 0; i < MAPPING_OURS_COUNT; i++)
		if (!text_same(mapping->columns[count - MAPPING_OURS_COUNT + i].heading, mapping_ours[i]))
			return;
	for (size_t i = 0; i < MAPPING_OURS_COUNT; i++)
		mapping->columns[count - MAPPING_OURS_COUNT + i].use = MAPPING_OURS;
}

static bool
is_rule_for(const struct mapping_rule *rule, const struct mapping_column *column, size_t number, bool folded,
	    struct arena *arena)
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

/* The rule about a column: one that writes its heading as it is, else one that means it. */
static struct mapping_rule *
find_rule(struct mapping *mapping, size_t column)
{
	for (int folded = 0; folded <= 1; folded++)
		for (size_t i = 0; i < mapping->rule_count; i++)
			if (is_rule_for(&mapping->rules[i], &mapping->columns[column], column + 1, folded != 0,
					&mapping->arena))
				return &mapping->rules[i];
	return NULL;
}

static void
follow_rules(struct mapping *mapping)
{
	for (size_t i = 0; i < mapping->column_count; i++) {
		struct mapping_column *column = &mapping->columns[i];
		struct mapping_rule *rule = column->use == MAPPING_OURS ? NULL : find_rule(mapping, i);

		if (rule == NULL)
			continue;
		rule->met = true;
		column->chosen = true;
		column->use = rule->left_out ? MAPPING_LEFT_OUT : MAPPING_FIELD;
		column->target = rule->target;
	}
	for (size_t i = 0; i < mapping->rule_count; i++)
		if (!mapping->rules[i].met && mapping->rules[i].heading != NULL)
			add_notice(mapping, arena_format(&mapping->arena, "%s names the heading '%.80s' on line %d, "
					"which this file does not have.", mapping->file, mapping->rules[i].heading,
					mapping->rules[i].line));
}

static bool
is_name_or_title(const struct field *field, const char *folded, struct arena *arena)
{
	return strcmp(folded, text_fold(arena, field->name)) == 0 ||
	       strcmp(folded, text_fold(arena, field->title)) == 0;
}

/* Whether it is "site name" or "Site Name": a field with the word for its record before it. */
static bool
is_qualified(const struct field *reference, const struct field *field, const char *folded, struct arena *arena)
{
	size_t size = strlen(text_fold(arena, reference->name));

	return strncmp(folded, text_fold(arena, reference->name), size) == 0 &&
	       is_name_or_title(field, folded + size, arena);
}

/* A field of a record that the entity names. */
static bool
recognise_qualified(struct mapping *mapping, const char *folded, struct mapping_target *target)
{
	const struct entity *entity = mapping->entity;

	for (int i = 0; i < entity->field_count; i++) {
		const struct field *reference = &entity->fields[i];

		if (reference->type != FIELD_REFERENCE || reference->target == entity->kind)
			continue;
		for each_field(field, entities[reference->target].fields)
			if (field_is_stored(field) && is_qualified(reference, field, folded, &mapping->arena)) {
				*target = (struct mapping_target){
					i, (int)(field - entities[reference->target].fields) };
				return true;
			}
	}
	return false;
}

/* The field that a heading means by itself: by its name or title, by its other headings, or as one of a named record. */
static bool
recognise(struct mapping *mapping, const char *heading, struct mapping_target *target)
{
	const struct entity *entity = mapping->entity;
	const char *folded = text_fold(&mapping->arena, heading);

	for each_field(field, entity->fields)
		if (is_name_or_title(field, folded, &mapping->arena)) {
			*target = (struct mapping_target){ -1, (int)(field - entity->fields) };
			return true;
		}
	for each_field(field, entity->fields)
		if (field_has_heading(field, folded, &mapping->arena)) {
			*target = (struct mapping_target){ -1, (int)(field - entity->fields) };
			return true;
		}
	return recognise_qualified(mapping, folded, target);
}

/* Whether the mapping file already says what feeds the field. */
static bool
is_chosen(const struct mapping *mapping, struct mapping_target target)
{
	for (size_t i = 0; i < mapping->column_count; i++)
		if (mapping->columns[i].chosen && mapping->columns[i].use == MAPPING_FIELD &&
		    same_target(mapping->columns[i].target, target))
			return true;
	return false;
}

static void
recognise_headings(struct mapping *mapping)
{
	for (size_t i = 0; i < mapping->column_count; i++) {
		struct mapping_column *column = &mapping->columns[i];
		const struct field *field;

		if (column->chosen || column->use == MAPPING_OURS)
			continue;
		if (*column->heading == '\0') {
			column->use = MAPPING_BLANK;
			continue;
		}
		if (!recognise(mapping, column->heading, &column->target))
			continue;
		field = mapping_target_field(mapping->entity, column->target);
		if (!field_is_stored(field))
			column->use = MAPPING_COMPUTED;
		else if (!is_chosen(mapping, column->target))
			column->use = MAPPING_FIELD;
	}
}

/* A constant wins over the headings that would feed the same field. */
static void
silence_columns(struct mapping *mapping)
{
	for (size_t i = 0; i < mapping->constant_count; i++)
		for (size_t j = 0; j < mapping->column_count; j++) {
			const struct mapping_constant *constant = &mapping->constants[i];
			struct mapping_column *column = &mapping->columns[j];

			if (column->use != MAPPING_FIELD || !same_target(column->target, constant->target))
				continue;
			column->use = MAPPING_LEFT_OUT;
			column->chosen = false;
			add_notice(mapping, arena_format(&mapping->arena, "%s is '%s' for every row, so the heading %s "
				"is left out.", mapping_target_name(mapping->entity, constant->target, &mapping->arena),
				constant->value, column_name(mapping, j)));
		}
}

/* The position of the entity's field for anything else, or -1. */
static int
notes_field(const struct entity *entity)
{
	for (int i = 0; i < entity->field_count; i++)
		if (strcmp(entity->fields[i].name, "notes") == 0)
			return i;
	return -1;
}

static bool
refuse_unknown(struct mapping *mapping, struct error *error)
{
	size_t count;
	const char *names = name_columns(mapping, MAPPING_UNKNOWN, &count);

	return error_set(error, ERROR_INVALID, "%s %s of the file: %s. Say what they are in a mapping file (--map FILE, "
			 "with lines such as Heading = field, or Heading = - to leave one out), keep them in the notes "
			 "(--unknown notes), or leave them out (--unknown leave). Nothing was changed.",
			 mapping->entity->titles, count == 1 ? "have no field for this heading" :
			 "have no field for these headings", names);
}

static bool
settle_unknown(struct mapping *mapping, enum mapping_unknown unknown, struct error *error)
{
	int notes = notes_field(mapping->entity);
	size_t count;
	const char *names = name_columns(mapping, MAPPING_UNKNOWN, &count);

	if (count == 0)
		return true;
	if (unknown == MAPPING_REFUSE)
		return refuse_unknown(mapping, error);
	if (unknown == MAPPING_NOTES && notes < 0)
		return error_set(error, ERROR_INVALID, "%s have no notes to keep %s in: leave them out "
				 "(--unknown leave), or give them a field in a mapping file. Nothing was changed.",
				 mapping->entity->titles, names);
	add_notice(mapping, arena_format(&mapping->arena, unknown == MAPPING_NOTES ?
			"Kept in the notes: %s." : "Left out, because nobody knows what they are: %s.", names));
	for (size_t i = 0; i < mapping->column_count; i++) {
		struct mapping_column *column = &mapping->columns[i];

		if (column->use != MAPPING_UNKNOWN)
			continue;
		column->use = unknown == MAPPING_NOTES ? MAPPING_FIELD : MAPPING_LEFT_OUT;
		column->target = (struct mapping_target){ -1, notes };
	}
	return true;
}

/* Any heading may feed the notes; one that does not itself mean them says what it was. */
static void
label_columns(struct mapping *mapping)
{
	for (size_t i = 0; i < mapping->column_count; i++) {
		struct mapping_column *column = &mapping->columns[i];
		const struct field *field;

		if (column->use != MAPPING_FIELD)
			continue;
		field = mapping_target_field(mapping->entity, column->target);
		column->labelled = field->type == FIELD_NOTE && (*column->heading == '\0' || !field_has_heading(field,
				text_fold(&mapping->arena, column->heading), &mapping->arena));
	}
}

static struct mapping_slot *
slot_for(struct mapping *mapping, struct mapping_target target)
{
	struct mapping_slot *slot;

	for (size_t i = 0; i < mapping->slot_count; i++)
		if (same_target(mapping->slots[i].target, target))
			return &mapping->slots[i];
	mapping->slots = memory_grow(mapping->slots, &mapping->slot_room, mapping->slot_count + 1,
				     sizeof *mapping->slots);
	slot = &mapping->slots[mapping->slot_count++];
	*slot = (struct mapping_slot){
		.target = target, .field = mapping_target_field(mapping->entity, target),
		.name = mapping_target_name(mapping->entity, target, &mapping->arena),
		.columns = arena_alloc(&mapping->arena, (mapping->column_count + 1) * sizeof *slot->columns),
	};
	return slot;
}

static int
compare_slots(const void *a, const void *b)
{
	const struct mapping_target *first = &((const struct mapping_slot *)a)->target;
	const struct mapping_target *second = &((const struct mapping_slot *)b)->target;

	if (first->reference != second->reference)
		return first->reference < second->reference ? -1 : 1;
	return (first->field > second->field) - (first->field < second->field);
}

/* Only words can be joined; two dates or two codes for one field are a mistake. */
static bool
check_slot(struct mapping *mapping, const struct mapping_slot *slot, struct error *error)
{
	if (slot->column_count < 2 || slot->field->type == FIELD_TEXT || slot->field->type == FIELD_NOTE)
		return true;
	return error_set(error, ERROR_INVALID, "The headings %s and %s would both be the %s of a %s: say in a mapping file "
			 "(--map FILE) which it is, and what the other is, with lines such as Heading = %s and "
			 "Heading = -. Nothing was changed.", column_name(mapping, slot->columns[0]),
			 column_name(mapping, slot->columns[1]), slot->name, mapping->entity->name, slot->name);
}

static bool
make_slots(struct mapping *mapping, struct error *error)
{
	for (size_t i = 0; i < mapping->column_count; i++) {
		struct mapping_slot *slot;

		if (mapping->columns[i].use != MAPPING_FIELD)
			continue;
		slot = slot_for(mapping, mapping->columns[i].target);
		slot->columns[slot->column_count++] = i;
	}
	for (size_t i = 0; i < mapping->constant_count; i++)
		slot_for(mapping, mapping->constants[i].target)->constant = mapping->constants[i].value;
	if (mapping->slot_count > 0)
		qsort(mapping->slots, mapping->slot_count, sizeof *mapping->slots, compare_slots);
	for (size_t i = 0; i < mapping->slot_count; i++) {
		if (!check_slot(mapping, &mapping->slots[i], error))
			return false;
		mapping->own_slot_count += mapping->slots[i].target.reference < 0;
	}
	return true;
}

static bool
check_key(const struct mapping *mapping, struct error *error)
{
	const struct field *key = entity_key(mapping->entity);

	for (size_t i = 0; i < mapping->own_slot_count; i++)
		if (mapping->slots[i].field == key)
			return true;
	return error_set(error, ERROR_INVALID, "No heading of the file is the %s of a %s (it knows: %s,%s): name it so, or "
			 "say which heading it is in a mapping file (--map FILE, with the line Heading = %s). Nothing was "
			 "changed.", key->name, mapping->entity->name, key->name, key->headings, key->name);
}

static void
name_left_out(struct mapping *mapping)
{
	struct text names = { 0 };
	size_t count;
	const char *computed = name_columns(mapping, MAPPING_COMPUTED, &count);

	if (count > 0)
		add_notice(mapping, arena_format(&mapping->arena, "Worked out by Terrier, so not read from the file: %s.",
						 computed));
	for (size_t i = 0; i < mapping->column_count; i++)
		if (mapping->columns[i].use == MAPPING_LEFT_OUT && mapping->columns[i].chosen)
			text_format(&names, "%s%s", names.length > 0 ? ", " : "", column_name(mapping, i));
	if (names.length > 0)
		add_notice(mapping, arena_format(&mapping->arena, "Left out, as the mapping file says: %s.",
						 text_words(&names)));
	text_free(&names);
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

bool
mapping_apply(struct mapping *mapping, const struct source_row *heading, const struct reader *reader,
	      enum mapping_unknown unknown, struct error *error)
{
	(void)reader;
	mapping->column_count = heading->count;
	mapping->columns = arena_alloc(&mapping->arena, heading->count * sizeof *mapping->columns);
	for (size_t i = 0; i < heading->count; i++)
		mapping->columns[i].heading = one_line(&mapping->arena, heading->cells[i]);
	if (!find_duplicates(mapping, error))
		return false;
	mark_ours(mapping);
	follow_rules(mapping);
	recognise_headings(mapping);
	silence_columns(mapping);
	if (!settle_unknown(mapping, unknown, error))
		return false;
	label_columns(mapping);
	name_left_out(mapping);
	return make_slots(mapping, error) && check_key(mapping, error);
}

void
mapping_free(struct mapping *mapping)
{
	free(mapping->rules);
	free(mapping->constants);
	free(mapping->slots);
	free(mapping->notices);
	arena_free(&mapping->arena);
	*mapping = (struct mapping){ 0 };
}
