/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_MAKE_H
#define COMMANDS_MAKE_H

#include "commands/command.h"

/*
 * Says of makes that no table knows whose they are: adds them to the names of a manufacturer and
 * matches every device anew.
 */
extern const struct operand manufacturer_merge_operands[];
bool command_manufacturer_merge(struct session *session, const struct request *request,
				struct reply *reply, struct error *error);

/*
 * Whether a name of a manufacturer may be that: not when another manufacturer is called so. Other
 * records are passed.
 */
bool make_check_name(struct session *session, const struct record *record, struct arena *arena,
		     struct error *error);

#endif
