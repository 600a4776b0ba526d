/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_REPLACEMENT_H
#define COMMANDS_REPLACEMENT_H

#include "commands/session.h"
#include "core/text.h"

/*
 * Says of a device that took another's place what is not known of it, in a sentence: nobody knows
 * who made it, or has decided on whom.  Appends nothing where that is known, where its kind is out
 * of scope, and where there is no such device.  It is no reason to refuse: rules R20 and R21 find
 * the device until it is known.
 */
void replacement_say_doubt(struct session *session, const char *tag, struct text *words);

#endif
