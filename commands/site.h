/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_SITE_H
#define COMMANDS_SITE_H

#include "commands/command.h"

/*
 * Assesses sites: each gets a new assessment that keeps the answers of the one
 * before it but for those given now (DOMAIN 1.1: four limbs, any one is enough).
 */
extern const struct operand site_assess_operands[];
bool command_site_assess(struct session *session, const struct request *request,
			 struct reply *reply, struct error *error);

/* Records whether the removal is extended to sites that are not sensitive (DOMAIN R4). */
extern const struct operand site_extend_operands[];
bool command_site_extend(struct session *session, const struct request *request,
			 struct reply *reply, struct error *error);

#endif
