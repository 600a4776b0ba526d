/* SPDX-License-Identifier: MIT */
#include "commands/import_amend.h"

#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "core/damage.h"
#include "import/mapping_merge.h"

enum { VALUE_COLUMNS = 40 };	/* of a value in a reason */

/* What a row changes in a record that the register has, or that a row above has made. */

static bool
read_known(struct import *import, size_t position, struct known *known, struct error *error)
{
	const struct import_seen *seen = &import->seen[position];

	known->position = position;
	known->id = seen->row != 0 ? seen->id : import->found.id;
	if (!match_read(import->match, known->id, &import->arena, known->before,
			known->references_before, &known->entry, error))
		return false;
	known->key = known->before[import->entity->key];
	memcpy(known->values, known->before, sizeof known->values);
	memcpy(known->references, known->references_before, sizeof known->references);
	return true;
}

/* Sets a field; of a reference which is still to be made the id is 0 and comes later. */
static void
change(struct import *import, struct known *known, int field, const char *value, int64_t reference)
{
	known->values[field] = import_is_reference(import, field) ? NULL : value;
	known->references[field] = reference;
	known->changed[known->changed_count++] = field;
}

/* Whether one date says the same as another and less: 2024 or 2024-03 of 2024-03-05. */
static bool
says_less(const struct field *field, const char *value, const char *than)
{
	size_t size = value != NULL && than != NULL && field->type == FIELD_PARTIAL_DATE
			      ? strlen(value)
			      : 0;

	return size > 0 && strncmp(value, than, size) == 0 && than[size] == '-';
}

static bool
differs(const struct import *import, const struct known *known, int field, const char *value)
{
	if (import_is_reference(import, field))
		return value == NULL ? known->references_before[field] != 0
				     : import->references[field] == 0 ||
					       import->references[field] !=
						       known->references_before[field];
	if (value == NULL || known->before[field] == NULL)
		return value != known->before[field];
	if (says_less(&import->entity->fields[field], value, known->before[field]))
		return false;
	return field == import->entity->key ? !text_same(value, known->before[field])
					    : strcmp(value, known->before[field]) != 0;
}

/* Whether a person has settled the field, so that no file changes it. */
static bool
is_decided(const struct import *import, const struct known *known, int field)
{
	return (import->entity->flags & ENTITY_DECIDED) ||
	       (import->entity->fields[field].flags & FIELD_DECIDED) ||
	       (import->entity->kind == ENTITY_DEVICE && field == DEVICE_manufacturer &&
		known->before[DEVICE_maker_confirmed_by] != NULL);
}

/* Once the row is taken. */
static bool
ask(struct import *import, const struct known *known, struct error *error)
{
	for (int i = 0; i < known->asked_count; i++) {
		int field = known->asked[i];
		const char *ours = known->before[field];

		if (import_is_reference(import, field) && known->references_before[field] != 0 &&
		    !match_key_of(import->session->store, import->entity->fields[field].target,
				  known->references_before[field], &import->arena, &ours, error))
			return false;
		if (!import_ask(import, known->position, known->key, &import->entity->fields[field],
				ours, known->theirs[i], error))
			return false;
	}
	return true;
}

/* Whether an older program has cut the text that the register had before this import. */
static bool
is_cut(const struct import *import, const struct known *known, int field, const char *value)
{
	const char *whole = known->before[field];
	size_t size = value != NULL && whole != NULL && !import->seen[known->position].fresh
			      ? strlen(value)
			      : 0;

	return size > 0 && strncmp(value, whole, size) == 0 && whole[size] != '\0' &&
	       damage_may_be_cut(value);
}

/*
 * Whether the row says of a decided field what rows before it said: their words are in no record.
 */
static bool
says_again(struct import *import, const struct known *known, const struct mapping_slot *slot,
	   const char *value)
{
	return differs(import, known, slot->target.field, value)
		       ? import_has_asked(import, known->key, slot->field, value)
		       : !import_has_asked_about(import, known->key, slot->field);
}

/* What a blank cell leaves behind where it empties the field. */
static const char *
emptied(const struct field *field)
{
	return field->choices != NULL ? choice_initial(field->choices) : NULL;
}

/* What the slot's field is to become: of cells that say only a part of it, with what is known. */
static const char *
wanted_value(struct import *import, struct known *known, size_t i)
{
	const struct mapping_slot *slot = &import->mapping.slots[i];
	const char *value = import->slot_values[i], *before = known->before[slot->target.field],
		   *merged;

	if (value == NULL)
		return emptied(slot->field);
	if (slot->derived && slot->field->type == FIELD_NOTE)
		return mapping_added_note(before, value, &import->arena);
	if (import->options->blank_clears || before == NULL || strcmp(before, value) == 0)
		return value;
	merged = mapping_merge(&import->mapping, slot, import->row, before, value, &import->arena);
	known->kept |= (uint64_t)(merged == before) << i;
	return merged;
}

/* "'dome'", cut where it is long; "blank" */
static void
append_quoted(struct text *out, const char *value)
{
	text_append(out, value != NULL ? "'" : "blank");
	text_for_screen(out, value != NULL ? value : "", VALUE_COLUMNS);
	text_append(out, value != NULL ? "'" : "");
}

/* Another row of the file said what the record has now, and this one says otherwise. */
static bool
clash(struct import *import, const struct known *known, const struct mapping_slot *slot,
      const char *value)
{
	int field = slot->target.field;
	const char *other = known->before[field], *how;
	struct text words = { 0 };
	struct error ignored;

	if (import_is_reference(import, field) && known->references_before[field] != 0 &&
	    !match_key_of(import->session->store, slot->field->target,
			  known->references_before[field], &import->arena, &other, &ignored))
		return import_clash(import, known->position, NULL);
	text_format(&words, "%s is ", slot->name);
	append_quoted(&words, other);
	text_append(&words, " in one and ");
	append_quoted(&words, value);
	text_append(&words, " in the other");
	how = arena_text(&import->summary->arena, text_words(&words));
	text_free(&words);
	return import_clash(import, known->position, how);
}

/*
 * Whether the field is the manufacturer that a device was matched to, which no blank cell takes
 * away: the match would give it back.
 */
static bool
is_matched(const struct import *import, const struct known *known, int field)
{
	return import->entity->kind == ENTITY_DEVICE && field == DEVICE_manufacturer &&
	       strcmp(known->before[DEVICE_evidence], attribution_stated) != 0;
}

static bool
compare_slot(struct import *import, struct known *known, size_t i)
{
	const struct mapping_slot *slot = &import->mapping.slots[i];
	int position = slot->target.field;
	const char *value = import->slot_values[i];
	bool said = import->seen[known->position].said >> i & 1 &&
		    !(slot->derived && slot->field->type == FIELD_NOTE);

	if (value == NULL &&
	    (!import->options->blank_clears || slot->derived || position == import->entity->key))
		return true;
	if ((position == import->entity->key && !import->by_fields) ||
	    (value == NULL && is_matched(import, known, position)))
		return true;
	value = wanted_value(import, known, i);
	if (said && is_decided(import, known, position))
		return says_again(import, known, slot, value) ||
		       import_clash(import, known->position, NULL);
	if (!differs(import, known, position, value))
		return true;
	if (said && !says_less(slot->field, known->before[position], value))
		return clash(import, known, slot, value);
	if (is_decided(import, known, position)) {
		known->asked[known->asked_count] = position;
		known->theirs[known->asked_count++] = value;
		return true;
	}
	change(import, known, position, value, import->references[position]);
	return true;
}

/*
 * What is wrong with the row by itself, so that it is the same in whichever order rows about one
 * record come.
 */
static bool
check_slot(struct import *import, const struct known *known, size_t i)
{
	const struct mapping_slot *slot = &import->mapping.slots[i];
	int position = slot->target.field;
	const char *value = import->slot_values[i];

	if (slot->derived || position == import->entity->key)
		return true;
	if (value == NULL && import->options->blank_clears &&
	    (slot->field->flags & FIELD_REQUIRED) &&
	    differs(import, known, position, emptied(slot->field)))
		return import_refuse(import, REFUSAL_MISSING, slot->name,
				     "is empty, and a %s needs it", import->entity->name);
	return !is_cut(import, known, position, value) ||
	       import_refuse(import, REFUSAL_DAMAGED, slot->name,
			     "is cut off after 255 characters; the register has it whole");
}

/* Whether the row has a value for the field. */
static bool
row_says(const struct import *import, int field)
{
	for (size_t i = 0; i < import->mapping.own_slot_count; i++)
		if (import->mapping.slots[i].target.field == field)
			return import->slot_values[i] != NULL;
	return false;
}

/* A survey that mentions a device has not missed it. */
static void
clear_missed(struct import *import, struct known *known)
{
	int field = import->missed_field;

	if (field < 0 || known->before[field] == NULL ||
	    known->values[field] != known->before[field] || row_says(import, field))
		return;
	change(import, known, field, NULL, 0);
}

static bool
is_changed(const struct known *known, int field)
{
	for (int i = 0; i < known->changed_count; i++)
		if (known->changed[i] == field)
			return true;
	return false;
}

static void
change_reference(struct import *import, struct known *known, int field, int64_t reference)
{
	if (reference == known->references[field])
		return;
	if (is_changed(known, field))
		known->references[field] = reference;
	else
		change(import, known, field, NULL, reference);
}

/*
 * A device of which the row changes what it is matched by, or whose maker nobody knew, is matched
 * anew, as a new one is.
 */
static bool
match_changed(struct import *import, struct known *known, struct error *error)
{
	struct attribution attribution = { known->references[DEVICE_manufacturer],
					   known->references[DEVICE_rival],
					   known->values[DEVICE_evidence] };

	if (import->entity->kind != ENTITY_DEVICE || known->changed_count == 0 ||
	    known->values[DEVICE_maker_confirmed_on] != NULL)
		return true;
	if (attribution.manufacturer != 0 && !is_changed(known, DEVICE_make) &&
	    !is_changed(known, DEVICE_model) && !is_changed(known, DEVICE_mac) &&
	    !is_changed(known, DEVICE_manufacturer))
		return true;
	if (attribution.manufacturer != 0 && row_says(import, DEVICE_manufacturer))
		attribution.evidence = attribution_stated;
	if (!import_match(import, known->values, &attribution, error))
		return false;
	change_reference(import, known, DEVICE_manufacturer, attribution.manufacturer);
	change_reference(import, known, DEVICE_rival, attribution.rival);
	if (strcmp(attribution.evidence, known->values[DEVICE_evidence]) != 0)
		change(import, known, DEVICE_evidence, attribution.evidence, 0);
	return true;
}

/* How far a deadline slips is counted from the date that was first set. */
static void
keep_first(struct import *import, struct known *known)
{
	if (import->entity->kind == ENTITY_DEADLINE && is_changed(known, DEADLINE_target_on) &&
	    known->values[DEADLINE_first_on] == NULL)
		change(import, known, DEADLINE_first_on, known->before[DEADLINE_target_on], 0);
}

static bool
compare(struct import *import, struct known *known)
{
	for (size_t i = 0; i < import->mapping.own_slot_count; i++)
		if (!check_slot(import, known, i))
			return false;
	for (size_t i = 0; i < import->mapping.own_slot_count; i++)
		if (!compare_slot(import, known, i))
			return false;
	clear_missed(import, known);
	keep_first(import, known);
	return true;
}

/* The record as a whole, with words where a reference is: which record it is nobody asks. */
static bool
check_changed(struct import *import, struct known *known, struct error *error)
{
	const char *values[ENTITY_FIELDS_MAX];
	struct record record = { .entity = import->entity, .values = values };
	struct error wrong;
	int64_t other;

	for (int i = 0; i < import->entity->field_count; i++) {
		values[i] = known->values[i];
		if (import_is_reference(import, i) && known->references[i] != 0)
			values[i] = "named";
	}
	for (int i = 0; i < known->changed_count; i++) {
		int field = known->changed[i];

		if (import_is_reference(import, field) && known->references[field] == 0 &&
		    row_says(import, field))
			values[field] = "made";
		if (field != import->entity->key)
			continue;
		if (!match_find(import->match, known->values[field], &other, error))
			return false;
		if (other != 0 && other != known->id)
			return import_refuse(import, REFUSAL_TOGETHER,
					     import->entity->fields[field].name,
					     "another %s has the %s '%.80s'", import->entity->name,
					     import->entity->fields[field].name,
					     known->values[field]);
	}
	if (!record_check(&record, import->session->today, &wrong))
		return import_refuse(import, REFUSAL_TOGETHER, NULL, "%s",
				     import_without_stop(&wrong));
	return import_check_settled(import, known, &record, error);
}

/* Now that the records that the row names are made. */
static void
take_made(struct import *import, struct known *known)
{
	for (int i = 0; i < known->changed_count; i++) {
		int field = known->changed[i];

		if (import_is_reference(import, field) && known->references[field] == 0 &&
		    row_says(import, field))
			known->references[field] = import->references[field];
	}
}

static void
count_kept(struct import *import, uint64_t kept)
{
	for (size_t i = 0; kept >> i != 0; i++)
		import->kept[i] += (int64_t)(kept >> i & 1);
}

void
import_note_kept(struct import *import)
{
	char number[TEXT_NUMBER_SIZE];

	for (size_t i = 0; i < import->mapping.own_slot_count; i++)
		if (import->kept[i] > 0)
			import_notice(import->summary,
				      "%s: %s %s only some of the headings that it is made of, so "
				      "what the register has was kept.",
				      import->mapping.slots[i].name,
				      text_number(import->kept[i], number),
				      import->kept[i] == 1 ? "row fills" : "rows fill");
}

bool
import_take_known(struct import *import, size_t position, struct error *error)
{
	struct known known = { 0 };

	if (!read_known(import, position, &known, error) || !compare(import, &known))
		return false;
	if (known.changed_count > 0) {
		if (!check_changed(import, &known, error) ||
		    !import_create_references(import, error))
			return false;
		take_made(import, &known);
		if (!match_changed(import, &known, error) || !import_amend(import, &known, error))
			return false;
	}
	if (!ask(import, &known, error))
		return false;
	count_kept(import, known.kept);
	import->outcome = known.changed_count > 0 ? IMPORT_CHANGED : IMPORT_SAME;
	if (import->outcome == IMPORT_SAME && import_is_heard(import))
		import_tell_row(import, IMPORT_SAME, known.key);
	import->seen[position].id = known.id;
	import_set_add(&import->mentioned, known.id);
	return true;
}
