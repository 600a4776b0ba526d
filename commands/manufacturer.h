/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_MANUFACTURER_H
#define COMMANDS_MANUFACTURER_H

#include "commands/command.h"

/* Whether anybody has decided of any manufacturer that it is covered, or that it is not. */
bool manufacturer_any_decided(const struct session *session, bool *decided, struct error *error);

/*
 * Decide that manufacturers are, or are not, covered by the National Intelligence Law: a person's
 * dated decision.
 */
extern const struct operand manufacturer_cover_operands[];
bool command_manufacturer_cover(struct session *session, const struct request *request,
				struct reply *reply, struct error *error);
bool command_manufacturer_uncover(struct session *session, const struct request *request,
				  struct reply *reply, struct error *error);

/* Matches every device anew with the names and the prefixes. */
extern const struct operand manufacturer_match_operands[];
bool command_manufacturer_match(struct session *session, const struct request *request,
				struct reply *reply, struct error *error);

/* Adds the manufacturers, names and prefixes of this version that the register lacks. */
bool command_manufacturer_starter(struct session *session, const struct request *request,
				  struct reply *reply, struct error *error);

#endif
