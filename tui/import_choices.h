/* SPDX-License-Identifier: MIT */
#ifndef TUI_IMPORT_CHOICES_H
#define TUI_IMPORT_CHOICES_H

#include "tui/actions.h"
#include "tui/import_plan.h"

/*
 * What can be chosen about a file besides the fields of its columns: one key and one line of the
 * screen each.
 */
struct import_choice {
	enum action_id action;		/* its key is that of the action at PLACE_LOOK */
	const char *title;
	/* Appends what is chosen now; nothing: not of this file. */
	void (*show)(const struct import_plan *plan, struct text *out);
	/* Asks, and takes the answer into the options; false when nothing is to be done. */
	bool (*change)(struct import_plan *plan);
	bool anew;			/* the columns are read anew after it */
};

/* Ends with one without a title. */
extern const struct import_choice import_choices[];

#define each_import_choice(row) \
	(const struct import_choice *row = import_choices; row->title != NULL; row++)

/* Does what the action means; false when it is no choice of these. */
bool import_choices_act(struct import_plan *plan, enum action_id action);

/* Asks what the file holds; false when the person leaves it. */
bool import_choices_ask_kind(struct import_plan *plan);

#endif
