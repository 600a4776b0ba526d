/* SPDX-License-Identifier: MIT */
#ifndef DB_TRAIL_H
#define DB_TRAIL_H

#include <stddef.h>
#include <stdint.h>

/*
 * From values one after the other to a number, exactly, a million times a second: each step leads
 * from where one stands, by a value, to a place that is the same whenever the same value was met
 * there.  Places are numbered from 1 on.  `{ 0 }` is empty; it ends with trail_free().
 */
struct trail {
	/* Open addressing; a power of two of them, at most 3/4 used. */
	struct trail_slot *slots;
	size_t room, used;
	uint32_t places;		/* the last one's number */
};

/* A place that no step leads to. */
uint32_t trail_begin(struct trail *trail);

uint32_t trail_step(struct trail *trail, uint32_t from, uint64_t value);

/* By a whole number, a text or nothing: no one's row of steps is the beginning of another's. */
uint32_t trail_number(struct trail *trail, uint32_t from, int64_t number);
uint32_t trail_text(struct trail *trail, uint32_t from, const char *text, size_t size);
uint32_t trail_nothing(struct trail *trail, uint32_t from);

void trail_free(struct trail *trail);

#endif
