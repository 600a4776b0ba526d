/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_DEADLINE_LAYER_H
#define COMMANDS_DEADLINE_LAYER_H

#include "commands/session.h"
#include "core/text.h"

/* The layers that a date may come from: the earliest date counts, whichever layer set it. */

/* What a deadline can be for. */
struct deadline_subject {
	enum entity_kind kind;
	int field;		/* of a deadline: names the subject */
	const char *layer;	/* of deadline_layers[] */
};

/* NULL when no deadline can be for such a record. */
const struct deadline_subject *deadline_subject_of(enum entity_kind kind);

/* The record that a deadline is for, in the arena; NULL with an error. */
const struct record *deadline_read_subject(const struct session *session,
					   const struct record *deadline, struct arena *arena,
					   struct error *error);

/* Whether the work of that kind makes devices go, which is what the wider layers ask for. */
bool deadline_clears(const char *kind);

/*
 * The date of a wider layer that counts for the record because it is before `day`, in the arena,
 * and the name of that layer; NULL for none.
 */
bool deadline_find_wider(const struct session *session, struct record_id id, const char *day,
			 const char **wider, const char **layer, struct arena *arena,
			 struct error *error);

/* Appends that an earlier date of a wider layer counts all the same, where one does. */
void deadline_say_wider(const struct session *session, const struct record_id *ids, size_t count,
			const char *day, struct text *words);

#endif
