/* SPDX-License-Identifier: MIT */
#ifndef CORE_CHANCE_H
#define CORE_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Numbers that look random and are the same for the same seed on every machine (SplitMix64), for
 * made-up data.  Never for identifiers or secrets: those come from core/uuid.
 */
struct chance { uint64_t state; };

static inline uint64_t
chance_next(struct chance *chance)
{
	uint64_t bits = (chance->state += 0x9e3779b97f4a7c15u);

	bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;
	bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;
	return bits ^ (bits >> 31);
}

/* 0 to limit - 1; limit must not be 0. */
static inline uint32_t
chance_below(struct chance *chance, uint32_t limit)
{
	return (uint32_t)(((chance_next(chance) >> 32) * limit) >> 32);
}

/* first to last, both of them included. */
static inline int
chance_between(struct chance *chance, int first, int last)
{
	return first + (int)chance_below(chance, (uint32_t)(last - first) + 1);
}

/* True so many times in a hundred. */
static inline bool
chance_percent(struct chance *chance, int percent)
{
	return (int)chance_below(chance, 100) < percent;
}

#endif
