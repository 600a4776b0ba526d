/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_PROGRAMME_H
#define COMMANDS_PROGRAMME_H

#include "commands/session.h"
#include "core/text.h"

/* What is said of the whole programme, on a screen as in a report. */

/* The day by which all sensitive sites must be clear, in the arena; NULL for none. */
bool programme_day(const struct session *session, const char **day, struct arena *arena,
		   struct error *error);

/*
 * Appends a line when sensitive sites are past that day without an answer, or still to clear when
 * it lies between today and `until` (both YYYY-MM-DD).
 */
bool programme_say_due(const struct session *session, const char *until, struct text *words,
		       struct error *error);

/*
 * Appends how many sites are counted that are of other bodies than those of central government, or
 * may be (R16); nothing for none.
 */
bool programme_say_others(const struct session *session, struct text *words, struct error *error);

#endif
