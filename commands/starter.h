/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_STARTER_H
#define COMMANDS_STARTER_H

#include "commands/session.h"

/*
 * What every new register knows of manufacturers, from public sources: the companies of
 * starter_manufacturers.def, the names of starter_names.def and the beginnings of model numbers of
 * starter_models.def, one row each, with their citations.  (The blocks of MAC addresses are in
 * core/mac_blocks.def and need no rows.) No company is covered or cleared by it: "covered" stays
 * undecided, because that is a person's dated decision.
 *
 * A brand whose company is known (Honeywell, Lorex, Amcrest) is a manufacturer of its own, and the
 * suspicion that it relabels another's devices is in its evidence: it must not be mistaken for the
 * maker it may have bought from.  A brand of which no company is known (Q-See, Loryta) is a name of
 * kind "rebadge", confidence "hint", of the suspected maker.
 */

/* Adds them to a new register, inside the open entry. */
bool starter_insert(struct session *session, struct error *error);

/*
 * Adds those that the register lacks, inside the open entry: what an earlier version made, or
 * people have changed, stays.  A name or prefix of a manufacturer that the register does not have
 * is left out.  added[kind] counts what was added.
 */
bool starter_add(struct session *session, int64_t added[ENTITY_COUNT], struct error *error);

#endif
