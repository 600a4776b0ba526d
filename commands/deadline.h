/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_DEADLINE_H
#define COMMANDS_DEADLINE_H

#include "commands/command.h"

extern const struct operand deadline_set_operands[], deadline_done_operands[], due_operands[];

/*
 * Sets a deadline of sites or devices.  One that is open for the same kind of
 * work is moved and keeps its first date; else there is a new one.
 */
bool command_deadline_set(struct session *session, const struct request *request, struct reply *reply,
			  struct error *error);
bool command_deadline_done(struct session *session, const struct request *request, struct reply *reply,
			   struct error *error);
bool command_due(struct session *session, const struct request *request, struct reply *reply, struct error *error);

#endif
