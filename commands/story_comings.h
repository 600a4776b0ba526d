/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_STORY_COMINGS_H
#define COMMANDS_STORY_COMINGS_H

#include "commands/story_track.h"

/* Appends what the entry did to the devices of the site that the story is about, in numbers. */
void story_say_comings(const struct story *story, int64_t entry, struct text *out);

#endif
