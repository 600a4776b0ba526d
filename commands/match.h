/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_MATCH_H
#define COMMANDS_MATCH_H

#include "commands/command.h"

/*
 * Whether a device may take the place of another: ERROR_INVALID, with the reason in words, when it is in scope or is
 * suspected to be of a covered maker.  Whoever puts it there all the same must say why, and does not ask here.  A tag that
 * the register does not have is passed: the reference itself is refused elsewhere.
 */
bool match_check_replacement(struct session *session, const char *tag, struct error *error);

#endif
