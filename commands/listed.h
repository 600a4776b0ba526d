/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_LISTED_H
#define COMMANDS_LISTED_H

#include "commands/act.h"
#include "commands/list_change.h"

/*
 * Records that devices are matched by (commands/match.h), changed with what follows for the
 * devices, as one entry; where they are matched by nothing that changed, they are left in peace.
 */

/* "Added the model prefix DS-2 of Hikvision" */
void listed_describe(struct text *words, const char *verb, const struct record *record,
		     const char *manufacturer);

/*
 * Saves one: a new one (before NULL), or what differs.  Of the change the caller gives what, why
 * and dry_run. *changed is 0 when nothing differs; else what was done is appended to `words`.
 */
bool listed_save(struct session *session, const struct record *before, struct record *now,
		 struct list_change *change, int *changed, struct text *words, struct error *error);

/* Does an act to all of them that sets the fields of the request, and says so. */
bool listed_set(struct session *session, const struct request *request, const struct act *act,
		const struct record_id *ids, size_t count, struct reply *reply,
		struct error *error);

#endif
