/* SPDX-License-Identifier: MIT */
#ifndef TUI_IMPORT_LOOK_H
#define TUI_IMPORT_LOOK_H

#include "tui/import_plan.h"

/*
 * The first screen of an import: how the file is read, its columns with their first values and the
 * fields they go to; from here the preview is opened.  Until the file is imported or the person
 * leaves.  The plan must have been looked at.
 */
void import_look_run(struct app *app, struct import_plan *plan);

#endif
