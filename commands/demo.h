/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_DEMO_H
#define COMMANDS_DEMO_H

#include "commands/session.h"

/*
 * Fills an empty register with a made-up estate and two years of work on it: 12 organisations, 400
 * sites and 6,000 devices; files imported, sites assessed, makers covered, devices removed month by
 * month, dates kept and dates missed.  Its days count back from session->today, so something is
 * always overdue and something due soon; for one TERRIER_NOW it is always the same.
 *
 * It makes entries of its own, each a transaction, so no entry may be open.  In a register whose
 * history is empty it begins with starter_insert(), in an entry of two years ago; otherwise the
 * starter manufacturers must be there already.
 */
bool demo_fill(struct session *session, struct error *error);

#endif
