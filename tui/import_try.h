/* SPDX-License-Identifier: MIT */
#ifndef TUI_IMPORT_TRY_H
#define TUI_IMPORT_TRY_H

#include "tui/import_plan.h"

/*
 * Rehearses the import, asks what only the whole file shows to be open (the order of day and
 * month), shows the preview and, when the person says so, does it and says what was done.  False
 * when the person came back, or the file was refused, and nothing was changed.
 */
bool import_try_run(struct app *app, struct import_plan *plan);

#endif
