/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_MATCH_H
#define COMMANDS_MATCH_H

#include "commands/command.h"

/*
 * Says of a device that is about to be saved who made it, from its make, its model and its MAC
 * address (core/maker.h), where one of them is new in `now`, or its manufacturer is: fills
 * manufacturer, rival and evidence.  A manufacturer that is named counts as stated, and one that a
 * person has confirmed has no rival.  What is no device is passed over.  In the arena.
 */
bool match_record(struct session *session, const struct record *before, struct record *now,
		  struct arena *arena, struct error *error);

/*
 * Whether a device may take the place of another: ERROR_INVALID, with the reason in words, when it
 * is in scope or is suspected to be of a covered maker.  Whoever puts it there all the same must
 * say why, and does not ask here.  A tag that the register does not have is passed: the reference
 * itself is refused elsewhere.
 */
bool match_check_replacement(struct session *session, const char *tag, struct error *error);

/*
 * The same of a device that is about to be saved, where the device that replaces it is new in
 * `now`; not asked when there is a why.
 */
bool match_check_record(struct session *session, const struct record *before,
			const struct record *now, const char *why, struct error *error);

/* Whether devices are matched by records of that kind, and by that field of theirs. */
bool match_reads_kind(enum entity_kind kind);
bool match_reads_field(enum entity_kind kind, int field);

/* Whether devices are matched by what is new in `now`; NULL before: the record is. */
bool match_reads_change(const struct record *before, const struct record *now);

/*
 * Says of a device that was added which rules it breaks, when it is in scope on a sensitive site.
 * What cannot be read is not said.
 */
void match_say_findings(struct session *session, struct record_id id, struct text *words);

#endif
