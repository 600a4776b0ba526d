/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

/*
 * Records of the sites (or organisations) that a file is about which it does not mention: told,
 * marked, never deleted.
 */

void
import_ids_add(struct import_ids *ids, int64_t id)
{
	ids->ids = memory_grow(ids->ids, &ids->room, ids->count + 1, sizeof *ids->ids);
	ids->ids[ids->count++] = id;
}

static int
compare_ids(const void *a, const void *b)
{
	const int64_t *first = a, *second = b;

	return (*first > *second) - (*first < *second);
}

void
import_ids_sort(struct import_ids *ids)
{
	if (ids->count > 0)
		qsort(ids->ids, ids->count, sizeof *ids->ids, compare_ids);
}

void
import_set_add(struct import_set *set, int64_t id)
{
	size_t byte = (size_t)id / 8, before = set->room;

	if (byte >= set->room) {
		set->bits = memory_grow(set->bits, &set->room, byte + 1, 1);
		memset(set->bits + before, 0, set->room - before);
	}
	set->bits[byte] |= (unsigned char)(1u << id % 8);
}

bool
import_set_has(const struct import_set *set, int64_t id)
{
	size_t byte = (size_t)id / 8;

	return byte < set->room && (set->bits[byte] >> id % 8 & 1) != 0;
}

static bool
mark_missed(struct import *import, int64_t id, const char *key, struct error *error)
{
	char today[DATE_TEXT_SIZE];
	struct amend_change change = { .field = import->missed_field, .value = today };

	date_format(import->session->today, today);
	if (!amend_field(import->amend, id, key, &change, error))
		return false;
	import->summary->missed++;
	return true;
}

static bool
take_absent(struct import *import, int64_t id, struct error *error)
{
	const char *key, *missed;

	arena_reset(&import->arena);
	if (!match_read_absent(import->match, id, import->missed_field, &import->arena, &key,
			       &missed, error))
		return false;
	if (key == NULL)
		return true;
	import->summary->absent++;
	if (import_is_heard(import))
		import_tell(import,
			    &(struct import_detail){ .outcome = IMPORT_ABSENT, .key = key });
	return !import->options->absent_marked || missed != NULL ||
	       mark_missed(import, id, key, error);
}

/* The search for what the file does not mention. */
struct search {
	struct import *import;
	struct import_ids absent;	/* of the site in hand */
	int64_t steps;			/* records looked at and records found */
	char what[64];
};

/* False when the person stops it. */
static bool
step_on(struct search *search, struct error *error)
{
	return ++search->steps % IMPORT_STEP != 0 ||
	       progress_step(search->import->session->progress, search->what, search->steps, 0) ||
	       error_set(error, ERROR_CANCELLED, "Stopped. Nothing was changed.");
}

static bool
look_at(void *context, int64_t id, struct error *error)
{
	struct search *search = context;

	if (!import_set_has(&search->import->mentioned, id))
		import_ids_add(&search->absent, id);
	return step_on(search, error);
}

static bool
search_scope(struct search *search, int64_t scope, struct error *error)
{
	bool done;

	search->absent.count = 0;
	done = match_scope(search->import->match, scope, (struct match_taker){ search, look_at },
			   error);
	import_ids_sort(&search->absent);
	for (size_t i = 0; done && i < search->absent.count; i++)
		done = take_absent(search->import, search->absent.ids[i], error) &&
		       step_on(search, error);
	return done;
}

bool
import_find_absent(struct import *import, struct error *error)
{
	const struct import_ids *covered = &import->covered;
	struct search search = { .import = import };
	bool done = true;

	/* A file of refused rows is a piece of another; no survey looks for decisions and plans. */
	if (import->returns.count > 0 || entity_is_numbered(import->entity))
		return true;
	snprintf(search.what, sizeof search.what, "Looking for absent %s", import->entity->plural);
	import_ids_sort(&import->covered);
	for (size_t i = 0; done && i < covered->count; i++)
		if (i == 0 || covered->ids[i] != covered->ids[i - 1])
			done = search_scope(&search, covered->ids[i], error);
	free(search.absent.ids);
	return done;
}
