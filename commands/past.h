/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_PAST_H
#define COMMANDS_PAST_H

#include "commands/command.h"

/*
 * The register as it was at the end of a day.  A command that offers it has PAST_OPERAND among its
 * operands and asks past_open() for the session to work with.
 */
#define PAST_OPERAND \
	{ "as-at", OPERAND_OPTION, 0, "DATE", \
	  "as the register said it at the end of that day, at 23:59:59 UTC", NULL }

/*
 * *past is the session on the register as it was on the day of --as-at, which is its today; it
 * reads only.  Without --as-at, and for today, it is the session itself.  Fails for a day that is
 * to come, and for one before the register began. past_close() ends it, also after a failure.
 */
bool past_open(const struct session *session, const struct request *request, struct session *past,
	       struct error *error);
void past_close(const struct session *session, struct session *past);

/* Says which day it is about, when it is not the session's own. */
void past_say(const struct session *session, const struct session *past, struct reply *reply);

#endif
