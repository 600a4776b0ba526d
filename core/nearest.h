/* SPDX-License-Identifier: MIT */
#ifndef CORE_NEAREST_H
#define CORE_NEAREST_H

/*
 * The word that a person who mistyped one most likely meant: consider each
 * candidate, then ask.  `struct nearest nearest = { .word = word };` begins.
 */
struct nearest {
	const char *word;	/* as typed */
	const char *best;	/* the nearest candidate so far; NULL for none */
	int distance;		/* letters to add, take away, change or swap to make it */
};

void nearest_consider(struct nearest *nearest, const char *candidate);

/* The nearest candidate when it is near enough to be worth naming, else NULL. */
const char *nearest_found(const struct nearest *nearest);

/*
 * What it rests on: Damerau's distance, how many letters must be added, taken away, changed or
 * swapped with their neighbour, and the greatest that is near enough to the word.
 */
int nearest_distance(const char *from, const char *to);
int nearest_allowed(const char *word);

#endif
