/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_REPORT_H
#define COMMANDS_REPORT_H

#include "commands/command.h"

/* report minister: the workbook for the submission (DOMAIN 6). */
extern const struct operand report_minister_operands[];
bool command_report_minister(struct session *session, const struct request *request,
			     struct reply *reply, struct error *error);

#endif
