/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_STORY_SOURCE_H
#define COMMANDS_STORY_SOURCE_H

#include "commands/story_track.h"

/*
 * Appends the files that the entry read: "survey.csv"; of a refused row that it mended, the row
 * too: "row 14, mended, of survey.csv". Of a row that was taken as it stood the register keeps no
 * number.
 */
bool story_append_sources(struct story *story, int64_t entry, struct text *words);

#endif
