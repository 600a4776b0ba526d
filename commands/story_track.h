/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_STORY_TRACK_H
#define COMMANDS_STORY_TRACK_H

#include "commands/session.h"
#include "db/comings.h"
#include "db/related.h"

/*
 * A story is told by following records through their history: each begins with what it was when it
 * was made, which is what it is now with every change taken back, and is changed again entry by
 * entry.  So each sentence knows what else was so then: on which site the device stood, and whom it
 * was taken to be made by.
 */

/* One change of one field, in people's words. */
struct told {
	int64_t entry;
	int field;
	const char *old, *now;
};

/* A record on its way through the history. */
struct track {
	const struct record *record;	/* as it is now */
	const char **values;		/* as it was after the entry that is being told */
	int64_t born;
	struct told *changes;
	size_t count, next;		/* the first that was not made yet */
};

struct story {
	struct session *session;
	struct track **tracks;		/* the first is the one that it is about */
	size_t count, room;
	struct numbers entries;
	struct comings *comings;	/* of a site: what became of its devices */
	size_t comings_count;
	struct numbers undone;		/* those among them that made what an undo took out again */
	struct arena arena;
	struct error *error;
};

static inline const struct track *
story_subject(const struct story *story)
{
	return story->tracks[0];
}

/*
 * Reads the record and what belongs to it, each as it was when it was made, and lists the entries,
 * in no order.
 */
bool story_gather(struct story *story, struct record_id id);

#endif
