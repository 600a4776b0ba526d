/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <string.h>

/*
 * Which of the records that agree with a row it is about, where the register numbers them: a site
 * may lose its devices, and years later lose others, each time by a deadline of its own.
 */

static const char *
row_value(const struct import *import, int field)
{
	for (size_t i = 0; i < import->mapping.own_slot_count; i++)
		if (import->mapping.slots[i].target.field == field)
			return import->slot_values[i];
	return NULL;
}

static bool
is_same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* A deadline that is done is over: a row with none of its days is about another one. */
static bool
is_about_deadline(const struct import *import, const char *const *values)
{
	const char *due = row_value(import, DEADLINE_target_on),
		   *done = row_value(import, DEADLINE_done_on);

	return (done == NULL && values[DEADLINE_done_on] == NULL) || due == NULL ||
	       is_same(done, values[DEADLINE_done_on]) ||
	       is_same(due, values[DEADLINE_target_on]) ||
	       is_same(due, values[DEADLINE_first_on]) ||
	       is_same(row_value(import, DEADLINE_first_on), values[DEADLINE_first_on]);
}

/* Leaves out those that the row is not about; *open is the only one not done, or 0. */
static bool
choose_deadlines(struct import *import, int64_t *ids, int *count, int64_t *open,
		 struct error *error)
{
	const char *values[ENTITY_FIELDS_MAX];
	int64_t references[ENTITY_FIELDS_MAX];
	struct entry_id entry;
	int kept = 0, opened = 0;

	for (int i = 0; i < *count; i++) {
		if (!match_read(import->match, ids[i], &import->arena, values, references, &entry,
				error))
			return false;
		if (!is_about_deadline(import, values))
			continue;
		ids[kept++] = ids[i];
		if (values[DEADLINE_done_on] == NULL && opened++ == 0)
			*open = ids[i];
	}
	*count = kept;
	if (opened != 1)
		*open = 0;
	return true;
}

/* The first that says all that the row says, or 0. */
static bool
find_same(struct import *import, const int64_t *ids, int count, int64_t *same, struct error *error)
{
	struct match_found found = { 0 };

	for (int i = 0; i < count && !found.same; i++)
		if (!match_look(import->match, NULL, ids[i], import->slot_values,
				import->references, &found, error))
			return false;
	*same = found.same ? found.id : 0;
	return true;
}

bool
import_choose(struct import *import, int64_t *ids, int *count, struct error *error)
{
	int64_t open = 0, chosen;

	if (!entity_is_numbered(import->entity) || import->options->key != NULL ||
	    *count > AGREE_NAMED)
		return true;
	if (import->entity->kind == ENTITY_DEADLINE &&
	    !choose_deadlines(import, ids, count, &open, error))
		return false;
	if (*count <= 1)
		return true;
	if (!find_same(import, ids, *count, &chosen, error))
		return false;
	if (chosen == 0)
		chosen = open;
	if (chosen != 0) {
		ids[0] = chosen;
		*count = 1;
	}
	return true;
}
