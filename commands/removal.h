/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_REMOVAL_H
#define COMMANDS_REMOVAL_H

#include "commands/command.h"

/*
 * Records what was done to devices: taken off the network, switched off, taken down, replaced,
 * disposed of, seen to be gone; each is a dated fact of its own.  Closes the deadlines that are met
 * by it, those of the device and, once nothing in scope is left there, those of its site, in the
 * same entry.
 */
extern const struct operand device_done_operands[];
bool command_device_done(struct session *session, const struct request *request,
			 struct reply *reply, struct error *error);

#endif
