/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include "db/query.h"

/* What a cell that a spreadsheet damaged likely was, where the register knows it. */

enum { SEARCHES_MAX = 100 };	/* of all sites, for one file: each is a look at every one */

/* The only property number of the register that fits. */
static bool
find_only_fit(struct import *import, const struct field *field, const char **original,
	      struct error *error)
{
	const struct mapping_result *result = import->result;
	struct query query = { .entity = import->entity,
			       .fields = &field,
			       .field_count = 1,
			       .today = import->session->today };
	struct cursor *cursor;
	bool done, more = true;
	int fits = 0;
	struct row row;

	if (import->searches++ >= SEARCHES_MAX)
		return true;
	cursor = query_open(import->session->store, &query, error);
	done = cursor != NULL;
	while (done && more && fits < 2) {
		done = cursor_next(cursor, &row, &more, error);
		if (!done || !more || row.values[0] == NULL ||
		    !damage_fits(result->damage, result->damaged_words, row.values[0]))
			continue;
		fits++;
		*original = arena_text(&import->arena, row.values[0]);
	}
	cursor_close(cursor);
	if (fits != 1)
		*original = NULL;
	return done;
}

bool
import_find_original(struct import *import, const char **original, struct error *error)
{
	const struct mapping_result *result = import->result;
	const struct mapping_slot *slot = &import->mapping.slots[result->damaged_slot];
	const char *key = import_row_key(import), *values[ENTITY_FIELDS_MAX];
	int64_t references[ENTITY_FIELDS_MAX], id = 0;
	struct entry_id entry;

	*original = NULL;
	if (slot->target.reference >= 0 || import->was_empty)
		return true;
	if (key != NULL && !match_find(import->match, key, &id, error))
		return false;
	if (id == 0)
		return slot->field->type != FIELD_UPRN ||
		       find_only_fit(import, slot->field, original, error);
	if (!match_read(import->match, id, &import->arena, values, references, &entry, error))
		return false;
	if (values[slot->target.field] != NULL &&
	    damage_fits(result->damage, result->damaged_words, values[slot->target.field]))
		*original = values[slot->target.field];
	return true;
}
