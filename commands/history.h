/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_HISTORY_H
#define COMMANDS_HISTORY_H

#include "commands/command.h"

/* Prints what was done to one record, newest first, ending with how it came to be. */
bool history_of_record(struct session *session, const struct record *record, struct reply *reply,
		       const char *format, struct error *error);

extern const struct operand history_operands[], undo_operands[], redo_operands[];
bool command_history(struct session *session, const struct request *request, struct reply *reply,
		     struct error *error);
bool command_undo(struct session *session, const struct request *request, struct reply *reply,
		  struct error *error);
bool command_redo(struct session *session, const struct request *request, struct reply *reply,
		  struct error *error);

#endif
