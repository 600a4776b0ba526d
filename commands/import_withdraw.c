/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

/*
 * Rows of one file that are about one record and say different things are all refused.  The first
 * was taken when the second came, so it is taken back once all rows are read, together with rows
 * that name a record which is thereby lost.
 */

enum { MADE_AT_ONCE = 256, WITHDRAW_STEP = 500 };

static void
lose(struct import *import, size_t position, size_t link, const char *how)
{
	import->lost = memory_grow(import->lost, &import->lost_room, import->lost_count + 1,
				   sizeof *import->lost);
	import->lost[import->lost_count++] = (struct import_lost){
		.seen = position, .link = link, .how = how,
	};
	import->seen[position].lost = (uint32_t)import->lost_count;
}

static void
add_refused(struct import *import, size_t position)
{
	import->repeats = memory_grow(import->repeats, &import->repeat_room,
				      import->repeat_count + 1, sizeof *import->repeats);
	import->repeats[import->repeat_count++] = (struct import_repeat){
		.seen = position,
		.row = import->row->number,
		.line = import->row->line,
		.outcome = IMPORT_REFUSED,
	};
}

bool
import_clash(struct import *import, size_t position, const char *how)
{
	if (import->seen[position].lost == 0)
		lose(import, position, IMPORT_NO_POSITION, how);
	add_refused(import, position);
	return import_refuse(import, REFUSAL_CONTRADICTION, NULL,
			     "another row of the file says otherwise");
}

/* Records that name a record which goes go too, until none is left that does. */
static void
find_orphans(struct import *import)
{
	bool found = import->lost_count > 0;

	while (found) {
		found = false;
		for (size_t i = 0; i < import->link_count; i++) {
			const struct import_link *link = &import->links[i];
			const struct import_seen *target = &import->seen[link->target];

			if (import->seen[link->seen].lost != 0 || target->lost == 0 ||
			    !target->fresh)
				continue;
			lose(import, link->seen, i, NULL);
			found = true;
		}
	}
}

static bool
stop(struct error *error)
{
	return error_set(error, ERROR_CANCELLED, "Stopped. Nothing was changed.");
}

/*
 * Goes on unless somebody stops it: three times through the records that are lost, and once through
 * the links.
 */
static bool
report(const struct import *import, size_t done, struct error *error)
{
	size_t all = 3 * import->lost_count + import->link_count;

	return done % WITHDRAW_STEP != 0 ||
	       progress_step(import->session->progress,
			     "Taking back rows that contradict each other", (int64_t)done,
			     (int64_t)all) ||
	       stop(error);
}

/* What the records are called, while they are still there. */
static bool
name_lost(struct import *import, struct error *error)
{
	for (size_t i = 0; i < import->lost_count; i++)
		if (!report(import, i, error) ||
		    !match_key_of(import->session->store, import->entity->kind,
				  import->seen[import->lost[i].seen].id, &import->summary->arena,
				  &import->lost[i].key, error))
			return false;
	return true;
}

static int
compare_before(const void *a, const void *b)
{
	const struct import_before *first = a, *second = b;

	return (first->seen > second->seen) - (first->seen < second->seen);
}

static bool
restore(struct import *import, size_t position, struct error *error)
{
	struct import_before key = { .seen = position };
	const struct import_before *before = import->before_count == 0 ? NULL :
		bsearch(&key, import->before, import->before_count, sizeof key, compare_before);

	return before == NULL ||
	       amend_restore(import->amend, import->seen[position].id, before->entry, error);
}

/* A record that goes names nobody any more, so that they can go in any order. */
static bool
cut_links(struct import *import, struct error *error)
{
	for (size_t i = 0; i < import->link_count; i++) {
		const struct import_seen *seen = &import->seen[import->links[i].seen];
		struct amend_change nobody = { .field = import->links[i].field };

		if (!report(import, 2 * import->lost_count + i, error))
			return false;
		if (seen->lost != 0 && seen->fresh &&
		    !amend_field(import->amend, seen->id, NULL, &nobody, error))
			return false;
	}
	return true;
}

/* First what was changed, then, when nothing names it any more, what was made. */
static bool
take_all_back(struct import *import, struct error *error)
{
	size_t lost = import->lost_count;

	if (import->before_count > 0)
		qsort(import->before, import->before_count, sizeof *import->before, compare_before);
	for (size_t i = 0; i < lost; i++)
		if (!report(import, lost + i, error) ||
		    (!import->seen[import->lost[i].seen].fresh &&
		     !restore(import, import->lost[i].seen, error)))
			return false;
	if (!cut_links(import, error))
		return false;
	for (size_t i = 0; i < lost; i++)
		if (!report(import, 2 * lost + import->link_count + i, error) ||
		    (import->seen[import->lost[i].seen].fresh &&
		     !amend_remove(import->amend, import->seen[import->lost[i].seen].id, error)))
			return false;
	return true;
}

/* Records that only the rows taken back named were made for nothing. */
static bool
remove_unused(struct import *import, enum entity_kind kind, struct error *error)
{
	int64_t ids[MADE_AT_ONCE], below = 0;
	size_t count = MADE_AT_ONCE;

	while (count == MADE_AT_ONCE) {
		if (!progress_step(import->session->progress, NULL, 0, 0))
			return stop(error);
		if (!amend_list_made(import->session->store, kind, below, ids, MADE_AT_ONCE, &count,
				     error))
			return false;
		for (size_t i = 0; i < count; i++) {
			bool removed;

			below = ids[i];
			if (!amend_remove_unused(import->session->store,
						 (struct record_id){ kind, ids[i] }, &removed,
						 error))
				return false;
			import->summary->created[kind] -= removed;
		}
	}
	return true;
}

static void
uncount(struct import *import, enum import_outcome outcome, int64_t row, struct import_ids *wanted)
{
	import_count(import, outcome, -1);
	import_ids_add(wanted, row);
}

bool
import_withdraw(struct import *import, struct import_ids *wanted, struct error *error)
{
	find_orphans(import);
	if (import->lost_count == 0)
		return true;
	for (size_t i = 0; i < import->lost_count; i++) {
		const struct import_seen *seen = &import->seen[import->lost[i].seen];

		uncount(import, (enum import_outcome)seen->outcome, seen->row, wanted);
		import->makes_unknown -= seen->unknown_make;
	}
	for (size_t i = 0; i < import->repeat_count; i++)
		if (import->seen[import->repeats[i].seen].lost != 0 &&
		    import->repeats[i].outcome != IMPORT_REFUSED)
			uncount(import, import->repeats[i].outcome, import->repeats[i].row, wanted);
	import_ids_sort(wanted);
	if (!name_lost(import, error) || !take_all_back(import, error))
		return false;
	for each_entity(entity)
		if (entity->kind != import->entity->kind &&
		    import->summary->created[entity->kind] > 0 &&
		    entity->kind != ENTITY_ORGANISATION &&
		    !remove_unused(import, entity->kind, error))
			return false;
	return import->summary->created[ENTITY_ORGANISATION] == 0 ||
	       remove_unused(import, ENTITY_ORGANISATION, error);
}

