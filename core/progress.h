/* SPDX-License-Identifier: MIT */
#ifndef CORE_PROGRESS_H
#define CORE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * How long work tells whoever waits for it how far it is, and asks whether to
 * go on.  `done` of `total` (0: not known) in whatever is counted; false stops
 * the work, which then fails with ERROR_CANCELLED and changes nothing.
 * what is NULL when there is nothing new to tell and only the question is asked.
 * Called every few milliseconds; it must not touch the register.
 */
struct progress {
	bool (*step)(void *context, const char *what, int64_t done, int64_t total);
	void *context;
	/* How many rows the work is through; NULL: nobody asks. */
	void (*count)(void *context, int64_t rows);
};

static inline bool
progress_step(const struct progress *progress, const char *what, int64_t done, int64_t total)
{
	return progress == NULL || progress->step == NULL ||
	       progress->step(progress->context, what, done, total);
}

/*
 * Says how many rows the work is through, before progress_step(): `done` may be in bytes or steps
 * that mean nothing to people.
 */
static inline void
progress_count(const struct progress *progress, int64_t rows)
{
	if (progress != NULL && progress->count != NULL)
		progress->count(progress->context, rows);
}

/*
 * How it goes, in words: "12,345 rows, 41,150 a second, about 3 s left"; rows 0: they are not
 * counted.  What cannot be said yet, in the first seconds, is left out; "" when that is all.
 */
enum { PROGRESS_WORDS_SIZE = 120 };
void progress_words(int64_t done, int64_t total, int64_t rows, int64_t elapsed_ms,
		    char words[PROGRESS_WORDS_SIZE]);

/* Milliseconds of a clock that only runs forward, from some moment: for how long work has taken. */
int64_t progress_clock_ms(void);

#endif
