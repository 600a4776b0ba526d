/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_WHEN_H
#define COMMANDS_WHEN_H

#include "commands/session.h"

/*
 * A day as people give one to a command: a date, or a span from today (90d, 1y). In the arena, as 2024-01-31;
 * NULL with a sentence.
 */
const char *when_day(const struct session *session, const char *words, struct arena *arena, struct error *error);

/* Sets a date field of the record from such words; from `otherwise` when they are NULL, or not at all when that is NULL too. */
bool when_set(const struct session *session, struct record *record, int field, const char *words,
	      const char *otherwise, struct arena *arena, struct error *error);

#endif
