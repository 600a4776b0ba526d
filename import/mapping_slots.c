/* SPDX-License-Identifier: MIT */
/* Once every heading is decided about: which fields are fed, and by what. */
#include "import/mapping_columns.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

int
mapping_notes_field(const struct entity *entity)
{
	for (int i = 0; i < entity->field_count; i++)
		if (strcmp(entity->fields[i].name, "notes") == 0)
			return i;
	return -1;
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
		column->labelled = field->type == FIELD_NOTE &&
				   (*column->heading == '\0' ||
				    !field_has_heading(field,
						       text_fold(&mapping->arena, column->heading),
						       &mapping->arena));
	}
}

static struct mapping_slot *
slot_for(struct mapping *mapping, struct mapping_target target)
{
	struct mapping_slot *slot;

	for (size_t i = 0; i < mapping->slot_count; i++)
		if (mapping_same_target(mapping->slots[i].target, target))
			return &mapping->slots[i];
	mapping->slots = memory_grow(mapping->slots, &mapping->slot_room, mapping->slot_count + 1,
				     sizeof *mapping->slots);
	slot = &mapping->slots[mapping->slot_count++];
	*slot = (struct mapping_slot){
		.target = target,
		.field = mapping_target_field(mapping->entity, target),
		.name = mapping_target_name(mapping->entity, target, &mapping->arena),
		.columns = arena_alloc(&mapping->arena,
				       (mapping->column_count + 1) * sizeof *slot->columns),
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
	if (slot->column_count < 2 || slot->field->type == FIELD_TEXT ||
	    slot->field->type == FIELD_NOTE)
		return true;
	return error_set(error, ERROR_INVALID,
			 "The headings %s and %s would both be the %s of a %s: say which it is, "
			 "and what the other is, with --column \"Heading=%s\" and --column "
			 "\"Heading=-\". Nothing was changed.",
			 mapping_column_name(mapping, slot->columns[0]),
			 mapping_column_name(mapping, slot->columns[1]), slot->name,
			 mapping->entity->name, slot->name);
}

static bool
check_key(const struct mapping *mapping, struct error *error)
{
	const struct field *key = entity_key(mapping->entity);
	size_t size = 0;
	int examples = 5;

	if (mapping->own_slot_count == 0 && !mapping_needs_key(mapping))
		return error_set(error, ERROR_INVALID,
				 "No heading of the file feeds a field of a %s: say what they are "
				 "with --column \"Heading=field\". Nothing was changed.",
				 mapping->entity->name);
	if (!mapping_needs_key(mapping) || mapping->key_slot < mapping->slot_count)
		return true;
	while (key->headings[size] != '\0' && (key->headings[size] != ',' || --examples > 0))
		size++;
	return error_set(error, ERROR_INVALID,
			 "No heading of the file is the %s of a %s (it knows: %s, %.*s and others, "
			 "see terrier-import(5)): say which it is with --column \"Heading=%s\", or "
			 "match by other fields with --key. Nothing was changed.",
			 key->name, mapping->entity->name, key->name, (int)size, key->headings,
			 key->name);
}

static void
feed(struct mapping *mapping, struct mapping_target target, size_t column)
{
	struct mapping_slot *slot = slot_for(mapping, target);

	slot->columns[slot->column_count++] = column;
}

/* A slot for what cells of other fields may say in passing, where no heading is for it. */
static void
derive(struct mapping *mapping, int field)
{
	struct mapping_slot *slot = field >= 0 ? slot_for(mapping,
							  (struct mapping_target){ -1, field })
					       : NULL;

	if (slot != NULL)
		slot->derived = slot->column_count == 0 && slot->constant == NULL;
}

static bool
has_column_for(const struct mapping *mapping, int field)
{
	for (size_t i = 0; i < mapping->slot_count; i++)
		if (mapping_same_target(mapping->slots[i].target,
					(struct mapping_target){ -1, field }))
			return mapping->slots[i].column_count > 0;
	return false;
}

static bool
has_partial_dates(const struct mapping *mapping)
{
	for (size_t i = 0; i < mapping->slot_count; i++)
		if (mapping->slots[i].field->type == FIELD_PARTIAL_DATE &&
		    mapping->slots[i].column_count > 0)
			return true;
	return false;
}

static void
derive_slots(struct mapping *mapping)
{
	if (mapping->entity->kind == ENTITY_DEVICE && has_column_for(mapping, DEVICE_kind))
		derive(mapping, DEVICE_quantity);
	if (has_partial_dates(mapping))
		derive(mapping, mapping_notes_field(mapping->entity));
}

/* The position of the slot of an own field; slot_count for none. */
static size_t
find_slot(const struct mapping *mapping, int field)
{
	size_t i = 0;

	while (i < mapping->own_slot_count && mapping->slots[i].target.field != field)
		i++;
	return i < mapping->own_slot_count ? i : mapping->slot_count;
}

static void
settle_slot(struct mapping *mapping, struct mapping_slot *slot)
{
	const struct mapping_column *column = slot->column_count > 0
						      ? &mapping->columns[slot->columns[0]]
						      : NULL;

	slot->plain = slot->constant == NULL && slot->column_count == 1 && !column->labelled &&
		      !column->paired;
	mapping->own_slot_count += slot->target.reference < 0;
}

static void
fill_slots(struct mapping *mapping)
{
	for (size_t i = 0; i < mapping->column_count; i++) {
		const struct mapping_column *column = &mapping->columns[i];

		if (column->use == MAPPING_FIELD)
			feed(mapping, column->target, i);
		if (column->use == MAPPING_FIELD && column->paired)
			feed(mapping, (struct mapping_target){ -1, DEVICE_model }, i);
	}
	for (size_t i = 0; i < mapping->constant_count; i++)
		slot_for(mapping, mapping->constants[i].target)->constant =
			mapping->constants[i].value;
	derive_slots(mapping);
	if (mapping->slot_count > 0)
		qsort(mapping->slots, mapping->slot_count, sizeof *mapping->slots, compare_slots);
}

bool
mapping_make_slots(struct mapping *mapping, struct error *error)
{
	label_columns(mapping);
	fill_slots(mapping);
	for (size_t i = 0; i < mapping->slot_count; i++) {
		if (!check_slot(mapping, &mapping->slots[i], error))
			return false;
		settle_slot(mapping, &mapping->slots[i]);
	}
	mapping->key_slot = find_slot(mapping, mapping->entity->key);
	mapping->notes_slot = find_slot(mapping, mapping_notes_field(mapping->entity));
	mapping->quantity_slot = mapping->entity->kind != ENTITY_DEVICE ? mapping->slot_count :
				 find_slot(mapping, DEVICE_quantity);
	return check_key(mapping, error);
}
