/* SPDX-License-Identifier: MIT */
#ifndef TUI_IMPORT_PREVIEW_H
#define TUI_IMPORT_PREVIEW_H

#include "tui/app.h"
#include "tui/import_found.h"

/*
 * What an import would do, outcome by outcome; each opens its rows.  Returns true when the person
 * says that it is to be done, false when he leaves.
 */
bool import_preview_run(struct app *app, const struct import_summary *summary,
			const struct import_found *found);

#endif
