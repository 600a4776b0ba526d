/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <inttypes.h>

#include "core/unknown.h"
#include "db/record.h"

/*
 * The records that a row names: found, or made with consent.  Nothing is made
 * until the whole row is known to be good, so that a refused row leaves nothing behind.
 */

static bool
may_create(const struct import *import, enum entity_kind kind)
{
	return import->options->creates[kind] && kind != import->entity->kind;
}

static bool
refuse_unknown(struct import *import, const char *name, enum entity_kind kind, const char *words)
{
	const struct entity *target = &entities[kind];
	const char *key = entity_key(target)->name;

	if (kind == import->entity->kind)
		return import_refuse(import, REFUSAL_UNKNOWN_RECORD, name,
				     "no %s has the %s '%.80s', neither in the register nor in a "
				     "good row of the file",
				     target->name, key, words);
	if (!import_may_create(kind))
		return import_refuse(import, REFUSAL_UNKNOWN_RECORD, name,
				     "no %s has the %s '%.80s' (import the %s first)", target->name,
				     key, words, target->plural);
	return import_refuse(import, REFUSAL_UNKNOWN_RECORD, name,
			     "no %s has the %s '%.80s' (import the %s first, or allow it with "
			     "--create %s)",
			     target->name, key, words, target->plural, target->name);
}

static bool
refuse_several(struct import *import, const char *name, enum entity_kind kind, const char *words,
	       int64_t count)
{
	return import_refuse(import, REFUSAL_SEVERAL, name,
			     "%" PRId64
			     " %s are called '%.80s': write the %s of the one that is meant",
			     count, entities[kind].plural, words,
			     entity_key(&entities[kind])->name);
}

/*
 * A record of the kind that the file itself brings may stand in another row of it: *target is its
 * position there + 1.
 */
static bool
find_own(struct import *import, const char *words, size_t *target, int64_t *id, struct error *error)
{
	const int64_t *position = import->by_fields ? NULL
						    : map_find(&import->keys,
							       text_small(&import->arena, words));

	*target = 0;
	*id = position != NULL ? import->seen[*position].id : 0;
	if (*id != 0 && import->seen[*position].fresh)
		*target = (size_t)*position + 1;
	if (*id != 0 || (import->was_empty && !import->by_fields && !import->last_look))
		return true;
	if (import->by_fields && (!match_find(import->match, words, id, error) || *id != 0))
		return *id != 0;
	return import_lookup_find(&import->lookup, import->entity->kind, words, id, error);
}

/* Leaves *id 0 for a record that may be made. */
static bool
find_or_refuse(struct import *import, const char *name, enum entity_kind kind, const char *words,
	       int64_t *id, struct error *error)
{
	if (!import_lookup_find(&import->lookup, kind, words, id, error))
		return false;
	if (*id < 0)
		return refuse_several(import, name, kind, words, -*id);
	return *id != 0 || may_create(import, kind) || refuse_unknown(import, name, kind, words);
}

/* One that is not there yet may stand further down, unless this is the last look. */
static bool
find_own_or_wait(struct import *import, const struct mapping_slot *slot, const char *words,
		 struct error *error)
{
	int field = slot->target.field;
	int64_t *id = &import->references[field];

	if (!find_own(import, words, &import->targets[field], id, error))
		return false;
	if (*id < 0)
		return refuse_several(import, slot->name, slot->field->target, words, -*id);
	if (*id != 0)
		return true;
	import->waits = !import->last_look;
	return !import->waits && refuse_unknown(import, slot->name, slot->field->target, words);
}

/* The records that a record to be made will itself name. */
static bool
check_nested(struct import *import, int reference, struct error *error)
{
	const struct mapping *mapping = &import->mapping;

	for (size_t i = mapping->own_slot_count; i < mapping->slot_count; i++) {
		const struct mapping_slot *slot = &mapping->slots[i];
		int64_t id;

		if (slot->target.reference == reference && slot->field->type == FIELD_REFERENCE &&
		    import->slot_values[i] != NULL &&
		    !find_or_refuse(import, slot->name, slot->field->target, import->slot_values[i],
				    &id, error))
			return false;
	}
	return true;
}

/* Words for not knowing may be what a record is called; when none is, they say what they say. */
static bool
settle_unknown(struct import *import, size_t i, struct error *error)
{
	const struct mapping_slot *slot = &import->mapping.slots[i];
	const char *words = import->slot_values[i];
	int field = slot->target.field;
	int64_t id;

	if (slot->field->target == import->entity->kind
		    ? !find_own(import, words, &import->targets[field], &id, error)
		    : !import_lookup_find(&import->lookup, slot->field->target, words, &id, error))
		return false;
	if (id != 0)
		return true;
	import->slot_values[i] = NULL;
	/* What was put aside is counted already. */
	import->not_known[field] += import->ahead != NULL;
	return true;
}

bool
import_find_references(struct import *import, struct error *error)
{
	for (size_t i = 0; i < import->mapping.own_slot_count; i++) {
		const struct mapping_slot *slot = &import->mapping.slots[i];
		int64_t *id = &import->references[slot->target.field];

		if (slot->field->type != FIELD_REFERENCE)
			continue;
		*id = 0;
		if (slot->constant == NULL && import->slot_values[i] != NULL &&
		    unknown_is(import->slot_values[i]) && !settle_unknown(import, i, error))
			return false;
		if (import->slot_values[i] == NULL)
			continue;
		if (slot->field->target == import->entity->kind) {
			if (!find_own_or_wait(import, slot, import->slot_values[i], error))
				return false;
			continue;
		}
		if (!find_or_refuse(import, slot->name, slot->field->target, import->slot_values[i],
				    id, error) ||
		    (*id == 0 && !check_nested(import, slot->target.field, error)))
			return false;
	}
	return true;
}

/* Adds a record that has a key and what else is in record->values. */
static bool
insert(struct import *import, struct record *record, int64_t *id, struct error *error)
{
	const struct entity *entity = record->entity;

	/* An organisation that a file only names is called by those words too. */
	if (entity->scope < 0 && record->values[entity->label] == NULL)
		record->values[entity->label] = record_key(record);
	if (!store_insert(import->session->store, record, error))
		return false;
	*id = record->id.value;
	import->summary->created[entity->kind]++;
	import_lookup_add(&import->lookup, entity->kind, record_key(record),
			  record->values[entity->label], *id);
	if (import_is_heard(import))
		import_note_made(import, record->id, record_key(record));
	return true;
}

/* A record of which only the key is known, unless it is there already. */
static bool
ensure_named(struct import *import, enum entity_kind kind, const char *words, struct error *error)
{
	struct record *record;
	int64_t id;

	if (!import_lookup_find(&import->lookup, kind, words, &id, error) || id != 0)
		return id != 0;
	record = record_new(&import->arena, kind);
	record->values[record->entity->key] = words;
	return insert(import, record, &id, error);
}

/* The record that a reference of the row names, with the fields of it that the file maps. */
static bool
create_record(struct import *import, int reference, const char *words, int64_t *id,
	      struct error *error)
{
	const struct mapping *mapping = &import->mapping;
	struct record *record = record_new(&import->arena,
					   import->entity->fields[reference].target);

	record->values[record->entity->key] = words;
	for (size_t i = mapping->own_slot_count; i < mapping->slot_count; i++) {
		const struct mapping_slot *slot = &mapping->slots[i];
		const char *value = import->slot_values[i];

		if (slot->target.reference != reference || value == NULL ||
		    slot->target.field == record->entity->key)
			continue;
		if (slot->field->type == FIELD_REFERENCE &&
		    !ensure_named(import, slot->field->target, value, error))
			return false;
		record->values[slot->target.field] = value;
	}
	return insert(import, record, id, error);
}

bool
import_create_references(struct import *import, struct error *error)
{
	for (size_t i = 0; i < import->mapping.own_slot_count; i++) {
		const struct mapping_slot *slot = &import->mapping.slots[i];
		int64_t *id = &import->references[slot->target.field];

		if (slot->field->type == FIELD_REFERENCE && import->slot_values[i] != NULL &&
		    *id == 0 &&
		    !create_record(import, slot->target.field, import->slot_values[i], id, error))
			return false;
	}
	return true;
}
