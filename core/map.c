/* SPDX-License-Identifier: MIT */
#include "core/map.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

enum { FIRST_ROOM = 64 };

struct map_slot {
	const char *text;	/* NULL for an empty slot */
	int64_t value;
};

/* FNV-1a, its high bits folded in. */
static uint64_t
hash_text(const char *text)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return hash ^ hash >> 32;
}

/* The slot that holds the text, or the empty one where it belongs. */
static struct map_slot *
slot_of(struct map_slot *slots, size_t room, const char *text)
{
	size_t at = hash_text(text) & (room - 1);

	while (slots[at].text != NULL && strcmp(slots[at].text, text) != 0)
		at = (at + 1) & (room - 1);
	return &slots[at];
}

static void
grow(struct map *map)
{
	size_t room = map->room > 0 ? map->room * 2 : FIRST_ROOM;
	struct map_slot *slots = memory_alloc(room * sizeof *slots);

	for (size_t i = 0; i < map->room; i++)
		if (map->slots[i].text != NULL)
			*slot_of(slots, room, map->slots[i].text) = map->slots[i];
	free(map->slots);
	map->slots = slots;
	map->room = room;
}

int64_t *
map_find(const struct map *map, const char *text)
{
	struct map_slot *slot = map->room > 0 ? slot_of(map->slots, map->room, text) : NULL;

	return slot != NULL && slot->text != NULL ? &slot->value : NULL;
}

int64_t *
map_add(struct map *map, const char *text, int64_t value, bool *added)
{
	struct map_slot *slot;

	if (map->count + map->count / 3 >= map->room)
		grow(map);
	slot = slot_of(map->slots, map->room, text);
	*added = slot->text == NULL;
	if (*added) {
		slot->text = arena_text(&map->texts, text);
		slot->value = value;
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
