/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_DUE_LIST_H
#define COMMANDS_DUE_LIST_H

#include "commands/command.h"
#include "db/query.h"

/*
 * What is due up to a day (YYYY-MM-DD), in the order of its dates: open deadlines, and as rows of
 * the same columns the sensitive sites that the programme's date is the earliest for and that
 * nobody has answered for (R5).
 */
bool due_list_print(const struct session *session, const char *format, const char *until,
		    struct reply *reply, struct error *error);

/* Those sites, by their code. In the arena; NULL with an error. */
struct query *due_list_sites(const struct session *session, struct arena *arena,
			     struct error *error);

/*
 * Appends what must be planned for before a date: recorders that are due before what records to
 * them (R31), replacements that come after the device is due (R26).
 */
bool due_list_say_dependencies(struct session *session, const char *until, struct text *words,
			       struct error *error);

#endif
