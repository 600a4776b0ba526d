/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_DUE_H
#define COMMANDS_DUE_H

#include "commands/command.h"

/* What is overdue and what is due, as a list or as a calendar for other programs. */
extern const struct operand due_operands[];
bool command_due(struct session *session, const struct request *request, struct reply *reply,
		 struct error *error);

#endif
