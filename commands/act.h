/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_ACT_H
#define COMMANDS_ACT_H

#include "commands/command.h"

/* What is done to one record after another. */
struct act {
	const char *what;	/* the entry's words: "Assess 3 sites" */
	const char *doing;	/* for the progress: "Assessing sites" */
	/*
	 * Does it to one of them inside the open entry; *changed is left 0 when there was nothing
	 * to do.
	 */
	bool (*one)(struct session *session, struct record_id id, const struct request *request,
		    int *changed, struct error *error);
};

/*
 * Does the act to each record, all as one entry or not at all; *changed is how many it
 * changed.  When that is none there is no entry either.
 */
bool act_on_records(struct session *session, const struct request *request, const struct act *act,
		    const struct record_id *ids, size_t count, size_t *changed,
		    struct error *error);

/* Tells the person what was done, or that there was nothing to do. */
void act_say(struct reply *reply, const char *what, size_t changed);

#endif
