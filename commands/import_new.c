/* SPDX-License-Identifier: MIT */
/* A row about a record that the register does not have. */
#include "commands/import_run.h"

#include <string.h>

#include "core/check.h"
#include "core/unknown.h"

enum {
	ROW_BYTES = 128,	/* a guess at the size of a row, to guess how many will come */
	MANY_NEW = 5000,	/* new rows after which it may pay to drop the indexes */
};

/* "is missing", or the words of the cell, which say that nobody knows. */
static const char *
missing_words(struct import *import, const struct field *missing)
{
	const struct source_row *row = import->row;

	for (size_t i = 0; i < import->mapping.own_slot_count; i++) {
		const struct mapping_slot *slot = &import->mapping.slots[i];

		if (slot->field == missing && slot->plain && slot->columns[0] < row->count &&
		    unknown_is(row->cells[slot->columns[0]]))
			return arena_format(&import->arena, "'%s' says that nobody knows it",
					    row->cells[slot->columns[0]]);
	}
	return "is missing";
}

/* What the form asks of a record too; a field that is missing is named. */
static bool
check_new(struct import *import)
{
	struct record record = { .entity = import->entity, .values = import->values };
	const struct field *missing;
	struct error wrong;

	if (record_check_naming(&record, import->session->today, &missing, &wrong))
		return true;
	if (missing != NULL)
		return import_refuse(import, REFUSAL_MISSING, missing->name,
				     "%s, and a new %s needs it", missing_words(import, missing),
				     import->entity->name);
	return import_refuse(import, REFUSAL_TOGETHER, NULL, "%s", import_without_stop(&wrong));
}

/* Fills import->values for a record that the register does not have. */
static void
lay_out_values(struct import *import)
{
	memcpy(import->values, import->initial_values,
	       (size_t)import->entity->field_count * sizeof *import->values);
	for (size_t i = 0; i < import->mapping.own_slot_count; i++)
		if (import->slot_values[i] != NULL)
			import->values[import->mapping.slots[i].target.field] =
				import->slot_values[i];
	if (import->entity->kind == ENTITY_DEADLINE && import->values[DEADLINE_first_on] == NULL)
		import->values[DEADLINE_first_on] = import->values[DEADLINE_target_on];
}

/* No file decides anew what a person decided: that is a newer assessment with another outcome. */
static bool
check_overruled(struct import *import, struct error *error)
{
	int64_t site = import->entity->kind == ENTITY_ASSESSMENT
			       ? import->references[ASSESSMENT_site]
			       : 0;
	struct overruled overruled;
	char day[DATE_WORDS_SIZE];
	struct date date;

	if (site == 0)
		return true;
	if (import->overrule == NULL)
		import->overrule = overrule_open(import->session->store, error);
	if (import->overrule == NULL || !overrule_find(import->overrule, site, import->values,
						       &import->arena, &overruled, error))
		return false;
	if (overruled.site == NULL)
		return true;
	date_parse_iso(overruled.decided_on, &date);
	date_words(date, day);
	return import_refuse(import, REFUSAL_DECIDED, NULL,
			     "%.60s was assessed on %s by %.80s, and this row would overrule it: "
			     "assess the site yourself (terrier site assess)",
			     overruled.site, day, overruled.decided_by);
}

/* How many rows may still come. */
static int64_t
guess_rows(const struct import *import)
{
	return import->ahead == NULL ? MANY_NEW :
	       (reader_size(import->reader) - ahead_done(import->ahead)) / ROW_BYTES + MANY_NEW;
}

/* The fields that rows of this file may fill. */
static void
list_filled(const struct import *import, bool filled[ENTITY_FIELDS_MAX])
{
	memset(filled, 0, ENTITY_FIELDS_MAX * sizeof *filled);
	for (size_t i = 0; i < import->mapping.own_slot_count; i++)
		filled[import->mapping.slots[i].target.field] = true;
	if (import->entity->kind == ENTITY_DEVICE)
		filled[DEVICE_manufacturer] = filled[DEVICE_rival] = filled[DEVICE_evidence] = true;
	if (import->entity->kind == ENTITY_DEADLINE)
		filled[DEADLINE_first_on] = true;
}

/* Nothing that is asked of the register for a new row reads the table that the rows go into. */
static bool
rows_may_wait(const struct import *import)
{
	return import->entity->kind == ENTITY_DEVICE && import->was_empty && !import->by_fields &&
	       !import->names_itself;
}

/*
 * Into an empty table the rows go without indexes.  Into a full one they go with them until there
 * are many, since most files that come again bring little that is new; and always when they are
 * matched by them.
 */
static bool
ready_bulk(struct import *import, struct error *error)
{
	bool again = !import->was_empty && !import->by_fields && import->inserted == MANY_NEW;
	int64_t expected = !import->by_fields && (import->was_empty || again) ? guess_rows(import)
									      : 0;
	bool filled[ENTITY_FIELDS_MAX];

	if (import->bulk != NULL && !again)
		return true;
	if (import->bulk != NULL) {
		struct bulk *bulk = import->bulk;

		import->bulk = NULL;
		if (!bulk_close(bulk, error))
			return false;
	}
	list_filled(import, filled);
	import->bulk = bulk_open(import->session->store, import->entity->kind, expected, filled,
				 error);
	return import->bulk != NULL &&
	       (!rows_may_wait(import) || bulk_gather(import->bulk, error));
}

bool
import_take_new(struct import *import, size_t *position, struct error *error)
{
	bool unknown = false;
	int64_t id;

	lay_out_values(import);
	if (!check_new(import) || !check_overruled(import, error) ||
	    !import_check_name(import, error) ||
	    !import_create_references(import, error) ||
	    !import_match_new(import, &unknown, error) || !ready_bulk(import, error) ||
	    !bulk_insert(import->bulk, import->values, import->references, &id, error))
		return false;
	if (*position == IMPORT_NO_POSITION)
		*position = import_position_of_id(import, id);
	import->seen[*position].id = id;
	import->seen[*position].fresh = true;
	import->seen[*position].unknown_make = unknown;
	import->makes_unknown += unknown;
	import->inserted++;
	import_set_add(&import->mentioned, id);
	import_tell_row(import, IMPORT_NEW,
			import_record_key(import, import->values[import->entity->key], id));
	import->outcome = IMPORT_NEW;
	return true;
}
