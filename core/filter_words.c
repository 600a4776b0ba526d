/* SPDX-License-Identifier: MIT */
/* The words of filters that stand for longer ones, and how the language is explained. */
#include "core/filter.h"

#include <stddef.h>

const struct filter_word filter_words[] = {
	/* entity            word             means                              help */
	{ ENTITY_SITE, "overdue", "due_on<0d", "Sites with a date before today" },
	{ ENTITY_SITE, "cleared", "ever_in_scope:yes in_scope_left=0",
	  "Sites that had in-scope equipment and have none left" },
	{ ENTITY_SITE, "surveyed", "-survey_on:", "Sites that somebody has looked at" },
	{ ENTITY_DEVICE, "overdue", "due_on<0d", "Devices past the date by which they must go" },
	{ ENTITY_DEVICE, "removed", "present:no", "Devices removed, replaced or disposed of" },
	{ ENTITY_DEVICE, "verified", "-verified_on:", "Devices that somebody has seen to be gone" },
	{ ENTITY_DEADLINE, "overdue", "state:overdue", "Deadlines before today that are not done" },
	{ ENTITY_DEADLINE, "open", "done_on:", "Deadlines that are not done" },
	{ ENTITY_DEADLINE, "done", "-done_on:", "Deadlines that are done" },
	{ ENTITY_SOURCE, "refused", "refused>0", "Files of which rows were refused" },
	{ ENTITY_ENTRY, "undone", "state:undone", "Entries that were taken back" },
	{ 0 }
};

const struct filter_example filter_examples[] = {
	{ "york", "Any searched field holds the word" },
	{ "\"market street\"", "Words together (quote once more for the shell)" },
	{ "make:hik", "The field holds the word; of a choice: is it" },
	{ "make:hik*", "The field begins with it; * stands for anything" },
	{ "make=Hikvision", "The field is just that, in any case" },
	{ "serial:", "The field is blank" },
	{ "installed>2022-11-24", "After; also < <= >= with dates, numbers and letters" },
	{ "due<90d", "Within 90 days of today; also 6w, 3m, 1y" },
	{ "-removed, not removed", "The opposite of a term" },
	{ "finding:R1",
	  "What breaks rule R1 and is not answered; also finding:breach, finding:any" },
	{ "kind:camera or (a b)", "Either side; brackets hold terms together" },
	{ 0 }
};
