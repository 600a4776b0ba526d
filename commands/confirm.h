/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_CONFIRM_H
#define COMMANDS_CONFIRM_H

#include "commands/command.h"

/* A person confirms who made devices: no match, no replay and no import changes that any more. */
extern const struct operand device_confirm_operands[];
bool command_device_confirm(struct session *session, const struct request *request,
			    struct reply *reply, struct error *error);

#endif
