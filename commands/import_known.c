/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <inttypes.h>
#include <string.h>

#include "core/memory.h"
#include "db/agree.h"

/* Which record the row in hand is about. */

/*
 * What the file has said of it so far. A key is the same in capitals and in small letters; a record
 * found by other fields goes by its id.
 */
static size_t
position_of(struct import *import, const char *words)
{
	bool added;
	size_t count = import->keys.count;
	int64_t position = *map_add(&import->keys, text_small(&import->arena, words),
				    (int64_t)count, &added);

	if (added) {
		import->seen = memory_grow(import->seen, &import->seen_room, count + 1,
					   sizeof *import->seen);
		import->seen[position] = (struct import_seen){ 0 };
	}
	return (size_t)position;
}

size_t
import_position_of_id(struct import *import, int64_t id)
{
	return position_of(import, arena_format(&import->arena, "%" PRId64, id));
}

/* The fields of --key as they stand in the row; how many are not blank. */
static int
lay_out_key(struct import *import, const char **values)
{
	int given = 0;

	memset(values, 0, ENTITY_FIELDS_MAX * sizeof *values);
	for (int i = 0; i < import->match_count; i++) {
		size_t slot = import->match_slots[i];

		values[import->mapping.slots[slot].target.field] = import->slot_values[slot];
		given += import->slot_values[slot] != NULL;
	}
	return given;
}

/* "serial SN1, site S1" */
static const char *
key_words(const struct import *import, struct arena *arena)
{
	const char *words = "";

	for (int i = 0; i < import->match_count; i++) {
		const struct mapping_slot *slot = &import->mapping.slots[import->match_slots[i]];
		const char *value = import->slot_values[import->match_slots[i]];

		words = arena_format(arena, "%s%s%s %.60s", words, i > 0 ? ", " : "", slot->name,
				     value != NULL ? value : "(blank)");
	}
	return words;
}

const char *
import_row_key(const struct import *import)
{
	return import->key_slot < import->mapping.slot_count ? import->slot_values[import->key_slot]
							     : NULL;
}

const char *
import_record_key(struct import *import, const char *key, int64_t id)
{
	return entity_is_numbered(import->entity) ? arena_format(&import->arena, "%" PRId64, id)
						  : key;
}

static bool
refuse_several(struct import *import, const int64_t *ids, int count, struct error *error)
{
	const char *names = "", *key;

	for (int i = 0; i < count && i < AGREE_NAMED; i++) {
		if (!match_key_of(import->session->store, import->entity->kind, ids[i],
				  &import->arena, &key, error))
			return false;
		names = arena_format(&import->arena, "%s%s%.60s", names, i > 0 ? ", " : "", key);
	}
	return import_refuse(import, REFUSAL_SEVERAL, NULL,
			     "several %s have %s: %s%s. Match by more fields",
			     import->entity->plural, key_words(import, &import->arena), names,
			     count > AGREE_NAMED ? " and more" : "");
}

/* Without enough of the key nobody knows which record is meant: no other cell stands in for it. */
static bool
refuse_without_key(struct import *import)
{
	const char *least = import->match_least == import->match_count ? "all" :
			    arena_format(&import->arena, "at least %d of", import->match_least);

	return import_refuse(import, REFUSAL_NO_KEY, NULL,
			     "nobody can tell which %s is meant: %s (%s the fields %s must be "
			     "filled)",
			     import->entity->name, key_words(import, &import->arena), least,
			     import->options->key != NULL ? "of --key"
							  : import->entity->import_key);
}

/* None agrees. The row would be new, unless its key is that of a record which does not agree. */
static bool
check_new_key(struct import *import, const char *key, struct error *error)
{
	const char *words = key_words(import, &import->arena),
		   *name = entity_key(import->entity)->name;
	int64_t other;

	if (entity_is_numbered(import->entity))
		return true;
	if (key == NULL)
		return import_refuse(import, REFUSAL_MISSING, NULL,
				     "no %s has %s, and a new one needs a %s", import->entity->name,
				     words, name);
	if (!match_find(import->match, key, &other, error))
		return false;
	return other == 0 || import_refuse(import, REFUSAL_TOGETHER, name,
					   "no %s has %s, but there is one with the %s '%.80s'",
					   import->entity->name, words, name, key);
}

/* By the fields of --key. A new record has no position until it has an id. */
static bool
find_by_fields(struct import *import, size_t *position, struct error *error)
{
	const char *values[ENTITY_FIELDS_MAX];
	int64_t ids[AGREE_NAMED + 1];
	int count = 0;

	if (lay_out_key(import, values) < import->match_least)
		return refuse_without_key(import);
	if (!agree_find(import->agree, values, import->references, ids, &count, error))
		return false;
	if (count > 0 && !import_choose(import, ids, &count, error))
		return false;
	if (count > 1)
		return refuse_several(import, ids, count, error);
	import->found.id = count == 1 ? ids[0] : 0;
	if (count == 0 && !check_new_key(import, import_row_key(import), error))
		return false;
	*position = IMPORT_NO_POSITION;
	if (import->found.id == 0)
		return true;
	*position = import_position_of_id(import, import->found.id);
	if (import->seen[*position].row != 0)
		return true;
	return match_look(import->match, NULL, import->found.id, import->slot_values,
			  import->references, &import->found, error);
}

bool
import_find_record(struct import *import, size_t *position, struct error *error)
{
	const char *key;

	import->found = (struct match_found){ 0 };
	if (import->by_fields)
		return find_by_fields(import, position, error);
	key = import_row_key(import);
	*position = position_of(import, key);
	if (import->was_empty || import->seen[*position].row != 0)
		return true;
	return match_look(import->match, key, 0, import->slot_values, import->references,
			  &import->found, error);
}

/* Cells that are wrong have no value, so only what is right can be matched. */
bool
import_mention_refused(struct import *import, struct error *error)
{
	const char *key = import_row_key(import), *values[ENTITY_FIELDS_MAX];
	int64_t id = 0, ids[AGREE_NAMED + 1];
	int count = 0;

	if (import->was_empty || import->entity->scope < 0)
		return true;
	if (import->by_fields && lay_out_key(import, values) >= import->match_least &&
	    !agree_find(import->agree, values, import->references, ids, &count, error))
		return false;
	for (int i = 0; i < count; i++)
		import_set_add(&import->mentioned, ids[i]);
	if (count > 0 || key == NULL)
		return true;
	if (!match_find(import->match, key, &id, error))
		return false;
	if (id != 0)
		import_set_add(&import->mentioned, id);
	return true;
}
