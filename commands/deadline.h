/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_DEADLINE_H
#define COMMANDS_DEADLINE_H

#include "commands/command.h"

extern const struct operand deadline_set_operands[], deadline_done_operands[],
	deadline_extend_operands[], deadline_reopen_operands[];

/*
 * Sets a deadline of sites, devices or organisations.  One that is open for the same kind of work
 * is moved and keeps its first date, which needs a reason; else there is a new one, which needs a
 * reason where an earlier date of a wider layer still counts.  Says so when one does.
 */
bool command_deadline_set(struct session *session, const struct request *request,
			  struct reply *reply, struct error *error);

/*
 * Gives deadlines a later date for as long as the extension holds; they keep their own.  Says so
 * when an earlier date of a wider layer still counts.
 */
bool command_deadline_extend(struct session *session, const struct request *request,
			     struct reply *reply, struct error *error);

bool command_deadline_done(struct session *session, const struct request *request,
			   struct reply *reply, struct error *error);

/* Takes back that deadlines were met. */
bool command_deadline_reopen(struct session *session, const struct request *request,
			     struct reply *reply, struct error *error);

/* Ids of the open deadlines of a site, device or organisation, in the arena; NULL with an error. */
struct record_id *deadline_open_ids(struct session *session, const struct record *subject,
				    struct arena *arena, size_t *count, struct error *error);

/* The date that a deadline is first set to is kept when it is new, or set to another. */
void deadline_keep_first(const struct record *before, struct record *now);

/* Closes one inside the open entry, as met on the day. */
bool deadline_close(struct session *session, struct record_id id, const char *day, const char *by,
		    struct error *error);

#endif
