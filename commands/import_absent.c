/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

/* Records of the sites (or organisations) that a file is about which it does not mention: told, marked, never deleted. */

enum { ABSENT_AT_ONCE = 512 };

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
	if (!match_read_absent(import->match, id, import->missed_field, &import->arena, &key, &missed, error))
		return false;
	if (key == NULL)
		return true;
	import->summary->absent++;
	if (import_is_heard(import))
		import_tell(import, &(struct import_detail){ .outcome = IMPORT_ABSENT, .key = key });
	return !import->options->absent_marked || missed != NULL || mark_missed(import, id, key, error);
}

static bool
search_scope(struct import *import, int64_t scope, struct error *error)
{
	int64_t ids[ABSENT_AT_ONCE], after = 0;
	size_t count = ABSENT_AT_ONCE;

	while (count == ABSENT_AT_ONCE) {
		if (!match_scope(import->match, scope, after, ids, ABSENT_AT_ONCE, &count, error))
			return false;
		for (size_t i = 0; i < count; i++) {
			after = ids[i];
			if (!import_set_has(&import->mentioned, ids[i]) && !take_absent(import, ids[i], error))
				return false;
		}
	}
	return true;
}

bool
import_find_absent(struct import *import, struct error *error)
{
	const struct import_ids *covered = &import->covered;

	/* A file of refused rows is but a piece of another. */
	if (import->returns.count > 0)
		return true;
	import_ids_sort(&import->covered);
	for (size_t i = 0; i < covered->count; i++)
		if ((i == 0 || covered->ids[i] != covered->ids[i - 1]) && !search_scope(import, covered->ids[i], error))
			return false;
	return true;
}
