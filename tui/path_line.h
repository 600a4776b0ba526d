/* SPDX-License-Identifier: MIT */
#ifndef TUI_PATH_LINE_H
#define TUI_PATH_LINE_H

#include "tui/app.h"

/*
 * Asks for the path of a file; Tab completes it, and shows the names that fit where there are
 * several.  `~/` is the person's own folder. `folder` stands on the line at first. Appends the
 * path; false when the person cancels.
 */
bool path_line_ask(struct app *app, const char *question, const char *folder, struct text *path);

/*
 * Completes a path as far as only one file fits, a folder with a slash; the names that fit go into
 * `names`, a line each, sorted.
 */
void path_line_complete(const char *typed, struct text *path, struct text *names);

#endif
