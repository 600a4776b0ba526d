/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_STORY_H
#define COMMANDS_STORY_H

#include "commands/command.h"

/*
 * What became of a record, for a person to read: a paragraph for each entry that touched it or what
 * belongs to it, oldest first.  What belongs to a device: its deadlines, their extensions, the
 * answers to its findings, the assessments of the site that it stood on at the time and the
 * decisions on whoever was held to be its maker.  commands/story.def has the sentences.
 */
bool story_print(struct session *session, const struct record *record, struct reply *reply,
		 struct error *error);

#endif
