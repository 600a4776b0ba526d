/* SPDX-License-Identifier: MIT */
#ifndef DB_REPLAY_H
#define DB_REPLAY_H

#include "core/attribution.h"
#include "core/date.h"
#include "core/entity.h"
#include "db/store.h"

/*
 * Matches every device anew with the tables of makers, inside the open entry.  What a person has
 * confirmed stays as it is (core/attribution.h for what was stated), but comes into scope or leaves
 * it as its maker does.
 */
struct replay;

/*
 * Of devices that are not removed, each as many as its record stands for, unless it says otherwise.
 */
struct replay_counts {
	int64_t suspected;	/* are suspected to be of a covered maker and were not */
	int64_t gained, lost;	/* are in scope and were not; were, and are not */
	int64_t found;		/* have a maker and had none */
	int64_t moved;		/* have another maker, or none any more */
	int64_t disagree;	/* have a rival and had none: the evidence disagrees */
	int64_t told;		/* all that the listener would be told of */
	int64_t removed;	/* and of those that are removed */
	int64_t changed;	/* records that are written, of removed devices too */
};

/*
 * A device that the replay changes, or that comes into scope or leaves it by it. Texts live during
 * the call.
 */
struct replay_line {
	const char *tag, *site;
	const char *from, *to, *rival;	/* names of manufacturers, NULL for none */
	const char *evidence;		/* a name of match_evidence[] */
	const char *scope_from, *scope_to;	/* in_scope: yes, no, unknown */
	int64_t quantity;		/* how many devices the record stands for */
	bool present;			/* false: removed */
};

struct replay_listener {
	void *context;
	/* NULL: nobody hears. */
	bool (*tell)(void *context, const struct replay_line *line, struct error *error);
};

/*
 * Notes which manufacturers are covered that day, before anything of the entry changes it.  NULL
 * with an error.
 */
struct replay *replay_open(struct store *store, struct date today, struct error *error);

/*
 * Runs it with the register's tables as they are now and what will be covered on `day`; dry_run
 * only counts and tells. ERROR_CANCELLED when the store's progress says so: the entry must be
 * rolled back then.
 */
bool replay_run(struct replay *replay, struct date day, bool dry_run,
		struct replay_listener listener, struct replay_counts *counts, struct error *error);

/* Makes known to SQL what the run calls for each device. */
bool replay_register(struct store *store, struct error *error);

/* NULL is passed over. */
void replay_close(struct replay *replay);

#endif
