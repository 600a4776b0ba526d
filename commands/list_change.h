/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_LIST_CHANGE_H
#define COMMANDS_LIST_CHANGE_H

#include "commands/command.h"

/*
 * A change of the list of manufacturers: of what is covered, or of the names, model prefixes and
 * blocks that devices are matched by.  What follows for every device is done in the same entry, and
 * a version of the list is written down.
 */
struct list_change {
	const char *what;		/* the entry's words and the version's: "Cover Hikvision" */
	const char *decided_by;		/* NULL for nobody */
	/* From which day it counts, as 2024-01-31; NULL for today. */
	const char *effective_on;
	const char *why;		/* of the entry, when no request says it */
	bool dry_run;			/* so too */
	void *context;
	/*
	 * Makes the change in the open entry; *changed is left 0 when there was nothing to do. May
	 * be NULL: then devices are only matched.
	 */
	bool (*make)(struct session *session, struct list_change *change, int *changed,
		     struct error *error);
	/* Set by make: devices are matched by nothing that it changed, so none is matched anew. */
	bool keeps_devices;
	int64_t devices;		/* that it concerns; filled */
};

/*
 * Makes the change, all as one entry or not at all, and says what it does to the devices.  Of the
 * request, which may be NULL, it reads --dry-run (says it, and changes nothing), --changes and
 * --why.
 */
bool list_change_run(struct session *session, const struct request *request,
		     struct list_change *change, struct reply *reply, struct error *error);

/*
 * Does what follows for every device in the entry that is open, which has changed the tables, and
 * writes down the version; of a dry run only says it.  Appends a sentence to `said`.
 */
bool list_change_follow(struct session *session, const char *what, bool dry_run, struct text *said,
			struct error *error);

#endif
