/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_MANUFACTURER_H
#define COMMANDS_MANUFACTURER_H

#include "commands/command.h"

/* Decide that manufacturers are, or are not, covered by the National Intelligence Law: a person's dated decision. */
extern const struct operand manufacturer_cover_operands[];
bool command_manufacturer_cover(struct session *session, const struct request *request, struct reply *reply,
				struct error *error);
bool command_manufacturer_uncover(struct session *session, const struct request *request, struct reply *reply,
				  struct error *error);

#endif
