/* SPDX-License-Identifier: MIT */
#ifndef TUI_IMPORT_DETAILS_H
#define TUI_IMPORT_DETAILS_H

#include "tui/app.h"
#include "tui/import_found.h"

/* What a person did with the rows of one outcome. */
enum import_details_end { IMPORT_DETAILS_CLOSED, IMPORT_DETAILS_APPLY };

/*
 * Shows what an import would do with each row of one outcome, until the person goes back or says
 * that it is to be done.
 */
enum import_details_end import_details_run(struct app *app, const char *title,
					   enum import_outcome outcome,
					   const struct import_found_list *list);

#endif
