/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/check.h"
#include "core/memory.h"
#include "db/record.h"

enum {
	REASON_SIZE = 600,
	ROW_BYTES = 128,	/* a guess at the size of a row, to guess how many will come */
	MANY_NEW = 5000,	/* new rows after which it may pay to drop the indexes */
};

bool
import_refuse(struct import *import, const char *field, const char *format, ...)
{
	char reason[REASON_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reason, sizeof reason, format, arguments);
	va_end(arguments);
	import->wrong_field = arena_text(&import->summary->arena, field);
	import->wrong_reason = arena_text(&import->summary->arena, reason);
	return false;
}

static void
add_id(struct import_ids *ids, int64_t id)
{
	/* Files are often in the order of their sites: one entry for a run of them. */
	ids->ids = memory_grow(ids->ids, &ids->room, ids->count + 1, sizeof *ids->ids);
	ids->ids[ids->count++] = id;
}

/* The row is about something on that site, or of that organisation. */
static void
cover(struct import *import, int64_t scope)
{
	struct import_ids *covered = &import->covered;

	if (!import->was_empty && scope != 0 && (covered->count == 0 || covered->ids[covered->count - 1] != scope))
		add_id(covered, scope);
}

/* The row is about a record that was there before. */
static void
mention(struct import *import, struct import_key *key, int64_t scope)
{
	if (!key->mentioned && scope != 0)
		add_id(&import->mentioned, scope);
	key->mentioned = true;
}

static int64_t
scope_of(const struct import *import, const int64_t *references)
{
	return import->entity->scope >= 0 ? references[import->entity->scope] : 0;
}

/* What the file has said of the key so far; a key is the same in capitals and in small letters. */
static struct import_key *
key_of(struct import *import, const char *words)
{
	bool added;
	size_t count = import->keys.count;
	int64_t position = *map_add(&import->keys, text_small(&import->arena, words), (int64_t)count, &added);

	if (added) {
		import->seen = memory_grow(import->seen, &import->seen_room, count + 1, sizeof *import->seen);
		import->seen[position] = (struct import_key){ 0 };
	}
	return &import->seen[position];
}

/* A sentence as a reason, which goes on inside another. */
static const char *
without_stop(struct error *wrong)
{
	size_t length = strlen(wrong->message);

	if (length > 0 && wrong->message[length - 1] == '.')
		wrong->message[length - 1] = '\0';
	return wrong->message;
}

/* What the form asks of a record too; a field that is missing is named. */
static bool
check_new(struct import *import)
{
	struct record record = { .entity = import->entity, .values = import->values };
	struct error wrong;

	for (int i = 0; i < import->entity->field_count; i++) {
		const struct field *field = &import->entity->fields[i];

		if ((field->flags & FIELD_REQUIRED) && field_is_stored(field) && import->values[i] == NULL)
			return import_refuse(import, field->name, "is missing, and a new %s needs it",
					     import->entity->name);
	}
	return record_check(&record, import->session->today, &wrong) || import_refuse(import, NULL, "%s", without_stop(&wrong));
}

/* Fills import->values for a record that the register does not have. */
static void
lay_out_values(struct import *import)
{
	memcpy(import->values, import->initial_values,
	       (size_t)import->entity->field_count * sizeof *import->values);
	for (size_t i = 0; i < import->mapping.own_slot_count; i++)
		if (import->slot_values[i] != NULL)
			import->values[import->mapping.slots[i].target.field] = import->slot_values[i];
}

/* A device whose manufacturer the file does not name gets the one that its make is known to mean. */
static bool
match_make(struct import *import, struct error *error)
{
	int64_t *manufacturer = &import->references[DEVICE_manufacturer];
	const char *make = import->values[DEVICE_make];

	if (import->entity->kind != ENTITY_DEVICE || import->values[DEVICE_manufacturer] != NULL || make == NULL)
		return true;
	if (!import_lookup_find(&import->lookup, ENTITY_MANUFACTURER, make, manufacturer, error))
		return false;
	import->makes_unknown += *manufacturer == 0;
	return true;
}

/* How many rows may still come. */
static int64_t
guess_rows(const struct import *import)
{
	return (reader_size(import->reader) - ahead_done(import->ahead)) / ROW_BYTES + MANY_NEW;
}

/* The fields that rows of this file may fill. */
static void
list_filled(const struct import *import, bool filled[ENTITY_FIELDS_MAX])
{
	memset(filled, 0, ENTITY_FIELDS_MAX * sizeof *filled);
	for (size_t i = 0; i < import->mapping.own_slot_count; i++)
		filled[import->mapping.slots[i].target.field] = true;
	if (import->entity->kind == ENTITY_DEVICE)
		filled[DEVICE_manufacturer] = true;
}

/*
 * Into an empty table the rows go without indexes.  Into a full one they go with them until there
 * are many, since most files that come again bring little that is new.
 */
static bool
ready_bulk(struct import *import, struct error *error)
{
	bool again = !import->was_empty && import->inserted == MANY_NEW;
	int64_t expected = import->was_empty || again ? guess_rows(import) : 0;
	bool filled[ENTITY_FIELDS_MAX];

	if (import->bulk != NULL && !again)
		return true;
	if (import->bulk != NULL) {
		struct bulk *bulk = import->bulk;

		import->bulk = NULL;
		if (!bulk_close(bulk, import->session->progress, error))
			return false;
	}
	list_filled(import, filled);
	import->bulk = bulk_open(import->session->store, import->entity->kind, expected, filled, error);
	return import->bulk != NULL;
}

static bool
take_new(struct import *import, struct import_key *key, struct error *error)
{
	lay_out_values(import);
	if (!check_new(import) || !import_find_references(import, error) ||
	    !import_create_references(import, error) || !match_make(import, error) ||
	    !ready_bulk(import, error) ||
	    !bulk_insert(import->bulk, import->values, import->references, &key->id, error))
		return false;
	import->inserted++;
	import->summary->new_rows++;
	return true;
}

static bool
differs(const struct import *import, size_t slot, const struct record *before, const int64_t *references)
{
	int field = import->mapping.slots[slot].target.field;

	if (before->entity->fields[field].type == FIELD_REFERENCE)
		return import->references[field] == 0 || import->references[field] != references[field];
	return before->values[field] == NULL || strcmp(before->values[field], import->slot_values[slot]) != 0;
}

/* Puts what the file says otherwise into `now`; returns how many fields. A person's decision stays. */
static int
compare(struct import *import, const struct record *before, const int64_t *references, struct record *now)
{
	int changed = 0;

	for (size_t i = 0; i < import->mapping.own_slot_count; i++) {
		const struct mapping_slot *slot = &import->mapping.slots[i];

		if (import->slot_values[i] == NULL || slot->target.field == import->entity->key ||
		    !differs(import, i, before, references))
			continue;
		if (slot->field->flags & FIELD_DECIDED) {
			import->decided_kept++;
			continue;
		}
		now->values[slot->target.field] = import->slot_values[i];
		changed++;
	}
	return changed;
}

static bool
refuse_repeated(struct import *import, const struct import_key *key)
{
	const struct field *field = entity_key(import->entity);

	return import_refuse(import, field->name, "%s '%.80s' is already in row %" PRId64 " (line %" PRId64 ") of this "
			     "file, which says otherwise", field->title, import->slot_values[import->key_slot], key->row,
			     key->line);
}

/* A reference that stays as it is needs words that say it is there; which record it is nobody asks. */
static void
name_references(struct import *import, const char **values, const int64_t *references)
{
	for (int i = 0; i < import->entity->field_count; i++)
		if (references[i] != 0)
			values[i] = arena_format(&import->arena, "%" PRId64, references[i]);
}

/* A row about a record that the register has, or that a row above has made or changed. */
static bool
take_known(struct import *import, struct import_key *key, int64_t id, struct error *error)
{
	const char *values[ENTITY_FIELDS_MAX];
	int64_t references[ENTITY_FIELDS_MAX];
	struct record before = { .entity = import->entity, .id = { import->entity->kind, id }, .values = values };
	struct error wrong;
	struct record *now;
	int changed;

	if (!import_find_references(import, error) ||
	    !match_read(import->match, id, &import->arena, values, references, &before.entry, error))
		return false;
	name_references(import, values, references);
	now = record_copy(&import->arena, &before);
	changed = compare(import, &before, references, now);
	if (changed > 0 && key->id != 0)
		return refuse_repeated(import, key);
	if (changed > 0 && !record_check(now, import->session->today, &wrong))
		return import_refuse(import, NULL, "%s", without_stop(&wrong));
	if (changed > 0 && (!import_create_references(import, error) ||
			    !store_update(import->session->store, &before, now, NULL, error)))
		return false;
	for (int i = 0; i < import->entity->field_count; i++)
		if (import->references[i] == 0)
			import->references[i] = references[i];
	if (key->id == 0)
		mention(import, key, scope_of(import, import->references));
	key->id = id;
	*(changed > 0 ? &import->summary->changed : &import->summary->same) += 1;
	return true;
}

static void
note_taken(struct import *import, struct import_key *key, bool first)
{
	const char *uprn;

	if (first) {
		key->row = import->row->number;
		key->line = import->row->line;
	}
	cover(import, scope_of(import, import->references));
	for (size_t i = 0; i < import->mapping.own_slot_count && import->uprn_field >= 0; i++) {
		bool added;

		uprn = import->slot_values[i];
		if (import->mapping.slots[i].target.field == import->uprn_field && uprn != NULL)
			map_add(&import->uprns, uprn, 0, &added);
	}
}

static bool
take(struct import *import, struct error *error)
{
	const char *words = import->slot_values[import->key_slot];
	struct import_key *key = key_of(import, words);
	bool first = key->id == 0, taken;
	int64_t id = key->id;

	if (first && !import->was_empty && !match_find(import->match, words, &id, error))
		return false;
	taken = id != 0 ? take_known(import, key, id, error) : take_new(import, key, error);
	if (taken)
		note_taken(import, key, first);
	return taken;
}

/* A refused row still mentions its record, which therefore is not absent. */
static bool
mention_refused(struct import *import, struct error *error)
{
	const char *words = import->slot_values[import->key_slot], *values[ENTITY_FIELDS_MAX];
	int64_t references[ENTITY_FIELDS_MAX], id;
	struct import_key *key;
	struct entry_id entry;

	if (words == NULL || import->was_empty || import->entity->scope < 0)
		return true;
	key = key_of(import, words);
	if (key->id != 0 || key->mentioned)
		return true;
	if (!match_find(import->match, words, &id, error))
		return false;
	if (id != 0 && !match_read(import->match, id, &import->arena, values, references, &entry, error))
		return false;
	if (id != 0)
		mention(import, key, scope_of(import, references));
	return true;
}

static bool
refuse_row(struct import *import, struct error *error)
{
	struct import_summary *summary = import->summary;
	size_t count = (size_t)summary->refused;

	summary->refusals = memory_grow(summary->refusals, &summary->refusal_room, count + 1,
					sizeof *summary->refusals);
	summary->refusals[count] = (struct import_refusal){
		.row = import->row->number, .line = import->row->line,
		.field = import->wrong_field, .reason = import->wrong_reason,
		.cells = import_row_line(import, import->row, &summary->arena),
	};
	summary->refused++;
	return mention_refused(import, error);
}

bool
import_take_row(struct import *import, const struct ahead_row *row, struct error *error)
{
	bool taken;

	arena_reset(&import->arena);
	import->row = &row->row;
	import->slot_values = row->values;
	import->summary->rows++;
	error->kind = ERROR_NONE;
	memset(import->references, 0, (size_t)import->entity->field_count * sizeof *import->references);
	taken = row->result.what == MAPPING_ROW_GOOD ? take(import, error) : import_refuse(import, row->result.field, "%s", row->result.reason);
	if (!taken && (error->kind == ERROR_FILE || error->kind == ERROR_CANCELLED))
		return false;
	if (!taken && error->kind != ERROR_NONE)
		return error_prefix(error, "Row %" PRId64 " (line %" PRId64 "): ", row->row.number, row->row.line);
	return taken || refuse_row(import, error);
}
