/* SPDX-License-Identifier: MIT */
#include "db/trail.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

enum { FIRST_ROOM = 1024 };

/*
 * What the lowest bits of a value say that it is; of a short text, its size is above them, and its
 * bytes above that.
 */
enum { NOTHING, NUMBER, TEXT, LARGE_NUMBER, SIGNS = 2, SHORT_MAX = 7 };

/*
 * With a place: the step is by eight bytes in the middle of a text, and the value has no room to
 * say so.
 */
#define TEXT_GOES_ON (UINT32_C(1) << 31)

struct trail_slot {
	uint64_t value;
	uint32_t from, to;	/* to 0: an empty slot */
};

/* The multiplier is 2^64 divided by the golden ratio. */
static size_t
hash_of(uint32_t from, uint64_t value)
{
	uint64_t hash = (value ^ (uint64_t)from << 40) * UINT64_C(0x9e3779b97f4a7c15) + from;

	return (hash ^ hash >> 32) * UINT64_C(0x9e3779b97f4a7c15) >> 20;
}

static struct trail_slot *
slot_of(struct trail_slot *slots, size_t room, uint32_t from, uint64_t value)
{
	size_t at = hash_of(from, value) & (room - 1);

	while (slots[at].to != 0 && (slots[at].value != value || slots[at].from != from))
		at = (at + 1) & (room - 1);
	return &slots[at];
}

static void
grow(struct trail *trail)
{
	size_t room = trail->room > 0 ? trail->room * 2 : FIRST_ROOM;
	struct trail_slot *slots = memory_alloc(room * sizeof *slots);

	for (size_t i = 0; i < trail->room; i++)
		if (trail->slots[i].to != 0)
			*slot_of(slots, room, trail->slots[i].from,
				 trail->slots[i].value) = trail->slots[i];
	free(trail->slots);
	trail->slots = slots;
	trail->room = room;
}

uint32_t
trail_begin(struct trail *trail)
{
	return ++trail->places;
}

uint32_t
trail_step(struct trail *trail, uint32_t from, uint64_t value)
{
	struct trail_slot *slot;

	if (trail->used + trail->used / 3 >= trail->room)
		grow(trail);
	slot = slot_of(trail->slots, trail->room, from, value);
	if (slot->to == 0) {
		*slot = (struct trail_slot){ value, from, ++trail->places };
		trail->used++;
	}
	return slot->to;
}

uint32_t
trail_number(struct trail *trail, uint32_t from, int64_t number)
{
	if (number >= 0 && number < INT64_C(1) << 60)
		return trail_step(trail, from, (uint64_t)number << SIGNS | NUMBER);
	return trail_step(trail, trail_step(trail, from, LARGE_NUMBER), (uint64_t)number);
}

uint32_t
trail_text(struct trail *trail, uint32_t from, const char *text, size_t size)
{
	uint64_t word;

	for (; size > SHORT_MAX; size -= sizeof word, text += sizeof word) {
		memcpy(&word, text, sizeof word);
		from = trail_step(trail, from | TEXT_GOES_ON, word);
	}
	word = 0;
	memcpy(&word, text, size);
	return trail_step(trail, from, word << 8 | size << SIGNS | TEXT);
}

uint32_t
trail_nothing(struct trail *trail, uint32_t from)
{
	return trail_step(trail, from, NOTHING);
}

void
trail_free(struct trail *trail)
{
	free(trail->slots);
	*trail = (struct trail){ 0 };
}
