/* SPDX-License-Identifier: MIT */
#ifndef TUI_RELATED_H
#define TUI_RELATED_H

#include "tui/app.h"

/*
 * Lets the person pick among what belongs to the record under the cursor and what it belongs to,
 * and opens that.
 */
void related_run(struct app *app);

/* Shows what became of the record under the cursor, in sentences: commands/story.h. */
void related_story(struct app *app);

/* Opens the list of every change of a field of the record under the cursor. */
void related_changes(struct app *app);

/* A filter for the field being just that, in the arena; quotes inside are doubled. */
const char *related_filter(struct arena *arena, const char *field, const char *value);

#endif
