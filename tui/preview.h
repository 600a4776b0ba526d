/* SPDX-License-Identifier: MIT */
#ifndef TUI_PREVIEW_H
#define TUI_PREVIEW_H

#include "tui/app.h"

/*
 * What the field of "field=value" holds now on the records, before it is set on all of them: "now
 * isolated on 4, empty on 6".  In the arena; "" when it is no field, when there are too many
 * records to look at while a person waits, or when they cannot be read.
 */
const char *preview_assignment(struct app *app, const struct record_id *records, size_t count,
			       const char *assignment, struct arena *arena);

#endif
