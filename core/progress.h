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
};

static inline bool
progress_step(const struct progress *progress, const char *what, int64_t done, int64_t total)
{
	return progress == NULL || progress->step == NULL ||
	       progress->step(progress->context, what, done, total);
}

/* Milliseconds of a clock that only runs forward, from some moment: for how long work has taken. */
int64_t progress_clock_ms(void);

#endif
