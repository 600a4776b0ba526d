/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_EXPORT_H
#define COMMANDS_EXPORT_H

#include "commands/command.h"

/* list: the records of a view, printed. */
extern const struct operand list_operands[];
bool command_list(struct session *session, const struct request *request, struct reply *reply,
		  struct error *error);

/* export: the records of a view, into a file whose ending says the format. */
extern const struct operand export_operands[];
bool command_export(struct session *session, const struct request *request, struct reply *reply,
		    struct error *error);

#endif
