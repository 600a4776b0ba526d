/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_RECORD_H
#define COMMANDS_RECORD_H

#include "commands/command.h"

/*
 * Saves one record as one entry: a new one (before NULL) or what differs from
 * `before` as it was read.  Appends what was done to `words`; when nothing differs, says so
 * and makes no entry.
 */
bool record_save(struct session *session, const struct record *before, struct record *now,
		 const char *why, struct text *words, struct error *error);

/*
 * What saving it would do to the devices that are matched by such records: appended to `words` when
 * there are any, before anything is changed.
 */
bool record_preview(struct session *session, const struct record *before, const struct record *now,
		    struct text *words, struct error *error);

/* Sets a field from "field=value"; a blank value clears it. The value goes into the arena. */
bool record_assign(struct record *record, const char *assignment, struct arena *arena,
		   struct error *error);

/* Sets a field from words, with the field's title before what is wrong with them. */
bool record_set(struct record *record, int field, const char *words, struct arena *arena,
		struct error *error);

/*
 * The records that a command is about: those selected on the screens, else those that the words of
 * `operand` name by key.  An array in the arena; NULL with a sentence when one is not there.
 */
const struct record_id *record_chosen(struct session *session, const struct request *request,
				      enum entity_kind kind, const char *operand,
				      struct arena *arena, size_t *count, struct error *error);

/* The entity that a word names, or NULL with a sentence that lists the ones there are. */
const struct entity *record_entity(const char *word, unsigned flags, struct error *error);

extern const struct operand add_operands[], set_operands[], show_operands[];
bool command_add(struct session *session, const struct request *request, struct reply *reply,
		 struct error *error);
bool command_set(struct session *session, const struct request *request, struct reply *reply,
		 struct error *error);
bool command_show(struct session *session, const struct request *request, struct reply *reply,
		  struct error *error);

#endif
