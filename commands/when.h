/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_WHEN_H
#define COMMANDS_WHEN_H

#include "commands/session.h"

/*
 * A day as people give one to a command: a date, or one from today (90d, tomorrow, end of month).
 * In the arena, as 2024-01-31; NULL with a sentence.
 */
const char *when_day(const struct session *session, const char *words, struct arena *arena,
		     struct error *error);

/*
 * What a person wrote into a field: a date for what names one from today, in the arena; everything
 * else as it is.
 */
const char *when_words(const struct session *session, const struct field *field, const char *words,
		       struct arena *arena);

/*
 * Sets a date field of the record from such words; from `otherwise` when they are NULL, or not at
 * all when that is NULL too.
 */
bool when_set(const struct session *session, struct record *record, int field, const char *words,
	      const char *otherwise, struct arena *arena, struct error *error);

#endif
