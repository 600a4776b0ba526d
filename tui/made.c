/* SPDX-License-Identifier: MIT */
#include "tui/made.h"

/* Of the kinds that no form makes. The keys are those of the commands and actions that do. */
static const char *const words[ENTITY_COUNT] = {
	[ENTITY_MAKE] = "Unknown makes are counted from the devices: one is here while no table "
			"knows it, and = says whose it is.",
	[ENTITY_LIST_VERSION] = "A version of the list is kept whenever somebody decides about a "
				"manufacturer: C and N do, on Manufacturers.",
	[ENTITY_EXTENSION] = "Extensions are made on Deadlines: E extends the deadline under the "
			     "cursor.",
	[ENTITY_ANSWER] = "Findings are answered where they are listed: press Enter on a rule of "
			  "Findings, and w there.",
	[ENTITY_SETTING] = "The settings are those that Terrier brings: none is added. Enter "
			   "changes the one under the cursor, with a reason.",
	[ENTITY_SOURCE] = "Each file that is imported stands here: press i to import one.",
	[ENTITY_REFUSAL] = "Rows that an import refuses stand here until they are mended or "
			   "dropped; i imports a file.",
	[ENTITY_QUESTION] = "Terrier asks here when an imported file says something else than a "
			    "person decided; i imports a file.",
	[ENTITY_ENTRY] = "Terrier keeps the history itself: everything that is done stands here.",
	[ENTITY_CHANGE] = "Terrier keeps the changes itself: everything that is done stands here.",
};

bool
made_by_hand(enum entity_kind kind)
{
	return (entities[kind].flags & (ENTITY_EDITED | ENTITY_GIVEN)) == ENTITY_EDITED;
}

const char *
made_words(enum entity_kind kind)
{
	return words[kind] != NULL
		       ? words[kind]
		       : "There are no records here yet. Press n to make one, or i to import a "
			 "spreadsheet.";
}
