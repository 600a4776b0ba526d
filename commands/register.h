/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_REGISTER_H
#define COMMANDS_REGISTER_H

#include "commands/command.h"

extern const struct operand init_operands[];

/* Makes the register session->path and leaves it open in the session. */
bool command_init(struct session *session, const struct request *request, struct reply *reply,
		  struct error *error);
bool command_check(struct session *session, const struct request *request, struct reply *reply,
		   struct error *error);

#endif
