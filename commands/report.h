/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_REPORT_H
#define COMMANDS_REPORT_H

#include "commands/command.h"

/* Writes the workbook for the minister (PRODUCT.md, "The workbooks"). */
extern const struct operand report_minister_operands[];
bool command_report_minister(struct session *session, const struct request *request, struct reply *reply,
			     struct error *error);

#endif
