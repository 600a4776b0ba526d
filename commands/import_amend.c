/* SPDX-License-Identifier: MIT */
#include "commands/import_amend.h"

#include <inttypes.h>

#include "core/memory.h"

/* As the column keeps it. */
static const char *
stored(struct import *import, int field, const char *value, int64_t reference)
{
	if (!import_is_reference(import, field))
		return value;
	return reference != 0 ? arena_format(&import->arena, "%" PRId64, reference) : NULL;
}

/* As people read it. */
static bool
tell_change(struct import *import, const struct known *known, int field, struct error *error)
{
	struct import_detail detail = {
		.outcome = IMPORT_CHANGED,
		.row = import->row->number,
		.line = import->row->line,
		.key = known->key,
		.field = import->entity->fields[field].name,
		.old = known->before[field],
		.new = known->values[field],
	};
	enum entity_kind target = import->entity->fields[field].target;
	struct store *store = import->session->store;

	if (known->references_before[field] != 0 &&
	    !match_key_of(store, target, known->references_before[field], &import->arena,
			  &detail.old, error))
		return false;
	if (known->references[field] != 0 && !match_key_of(store, target, known->references[field],
							   &import->arena, &detail.new, error))
		return false;
	import_tell(import, &detail);
	return true;
}

/* What the record's last entry was, in case its rows prove to contradict each other. */
static void
remember(struct import *import, const struct known *known)
{
	if (import->seen[known->position].fresh ||
	    known->entry.value == store_entry_open(import->session->store).value)
		return;
	import->before = memory_grow(import->before, &import->before_room, import->before_count + 1,
				     sizeof *import->before);
	import->before[import->before_count++] = (struct import_before){
		known->position, known->entry,
	};
}

bool
import_amend(struct import *import, const struct known *known, struct error *error)
{
	const char *key = import->seen[known->position].fresh ? NULL : known->key;

	remember(import, known);
	for (int i = 0; i < known->changed_count; i++) {
		int field = known->changed[i];
		struct amend_change amended = {
			.field = field,
			.old = stored(import, field, known->before[field],
				      known->references_before[field]),
			.value = stored(import, field, known->values[field],
					known->references[field]),
		};
		if (!amend_field(import->amend, known->id, key, &amended, error) ||
		    (import_is_heard(import) && !tell_change(import, known, field, error)))
			return false;
	}
	return true;
}
