/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_STARTER_H
#define COMMANDS_STARTER_H

#include "commands/session.h"

/*
 * What every new register knows of manufacturers, from public sources: the companies of
 * starter_manufacturers.def and the names of starter_names.def, one row each, with their citations.
 * No company is covered or cleared by it: "covered" stays undecided, because that is a person's dated
 * decision.
 *
 * A brand whose company is known (Honeywell, Lorex, Amcrest) is a manufacturer of its own, and the
 * suspicion that it relabels another's devices is in its evidence: it must not be mistaken for
 * the maker it may have bought from.  A brand of which no company is known (Q-See, Loryta) is a name
 * of kind "rebadge", confidence "hint", of the suspected maker.
 */

/* Adds them inside the open entry. */
bool starter_insert(struct session *session, struct error *error);

/* Adds those that the register lacks, inside the open entry: one made by an older version. added[kind] counts them. */
bool starter_add(struct session *session, int64_t added[ENTITY_COUNT], struct error *error);

#endif
