/* SPDX-License-Identifier: MIT */
#ifndef TUI_WORK_H
#define TUI_WORK_H

#include "core/progress.h"

/*
 * How long work lives with a person at the keys.  The register asks
 * work.progress every few milliseconds whether to go on.
 */
enum work_kind {
	/* Reading for the next frame: a key stops it, and so does its budget of time. */
	WORK_GLANCE,
	WORK_IDLE,	/* reading while nothing else is to do: a key stops it */
	/* Reading that the person waits for: Esc stops it, and it says so after a moment. */
	WORK_READ,
	WORK_COMMAND,	/* a command: Esc stops it, and it shows how far it is */
};

struct work {
	struct progress progress;
	enum work_kind kind;
	int64_t began_ms;
	int64_t drawn_ms;	/* when its progress was shown last; 0 for not yet */
	char what[64];		/* the present part of it; "" before it has said so */
	int64_t part_began_ms;	/* when that began */
	int64_t rows;		/* that it is through; 0: not counted */
	bool stopped;		/* by the person */
};

void work_init(struct work *work);
void work_begin(struct work *work, enum work_kind kind);

#endif
