/* SPDX-License-Identifier: MIT */
#include "core/map.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

enum { FIRST_ROOM = 64 };

struct map_slot {
	const char *text;	/* NULL for an empty slot */
	/* Of the text: most that differ need not be looked at, which is far away in memory. */
	uint64_t hash;
	int64_t value;
};

/* Eight bytes at a time; the multiplier is 2^64 divided by the golden ratio. */
static uint64_t
hash_bytes(const char *bytes, size_t size)
{
	uint64_t hash = size, word;

	for (; size > 0; bytes += sizeof word) {
		size_t step = size < sizeof word ? size : sizeof word;

		word = 0;
		memcpy(&word, bytes, step);
		size -= step;
		hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		hash ^= hash >> 32;
	}
	return hash;
}

/* The slot that holds the text, or the empty one where it belongs. */
static struct map_slot *
slot_of(struct map_slot *slots, size_t room, uint64_t hash, const char *text)
{
	size_t at = hash & (room - 1);

	while (slots[at].text != NULL &&
	       (slots[at].hash != hash || strcmp(slots[at].text, text) != 0))
		at = (at + 1) & (room - 1);
	return &slots[at];
}

static void
grow(struct map *map)
{
	size_t room = map->room > 0 ? map->room * 2 : FIRST_ROOM;
	struct map_slot *slots = memory_alloc(room * sizeof *slots);

	for (size_t i = 0; i < map->room; i++) {
		const struct map_slot *old = &map->slots[i];
		size_t at = old->hash & (room - 1);

		if (old->text == NULL)
			continue;
		while (slots[at].text != NULL)
			at = (at + 1) & (room - 1);
		slots[at] = *old;
	}
	free(map->slots);
	map->slots = slots;
	map->room = room;
}

int64_t *
map_find(const struct map *map, const char *text)
{
	struct map_slot *slot;

	if (map->room == 0)
		return NULL;
	slot = slot_of(map->slots, map->room, hash_bytes(text, strlen(text)), text);
	return slot->text != NULL ? &slot->value : NULL;
}

int64_t *
map_add(struct map *map, const char *text, int64_t value, bool *added)
{
	size_t size = strlen(text);
	uint64_t hash = hash_bytes(text, size);
	struct map_slot *slot;

	if (map->count + map->count / 3 >= map->room)
		grow(map);
	slot = slot_of(map->slots, map->room, hash, text);
	*added = slot->text == NULL;
	if (*added) {
		*slot = (struct map_slot){ arena_bytes(&map->texts, text, size), hash, value };
		map->count++;
	}
	return &slot->value;
}

void
map_free(struct map *map)
{
	free(map->slots);
	arena_free(&map->texts);
	*map = (struct map){ 0 };
}
