/* SPDX-License-Identifier: MIT */
#ifndef DB_REPLAY_WRITE_H
#define DB_REPLAY_WRITE_H

#include "core/attribution.h"
#include "db/store.h"

/*
 * What a replay writes: a device's maker, rival and evidence in one statement, and what changed of
 * them in the history.
 */
struct replay_write;

struct replay_change {
	int64_t device;
	const char *tag;
	struct attribution stands, now;
};

struct replay_write *replay_write_open(struct store *store);
bool replay_write_change(struct replay_write *write, const struct replay_change *change,
			 struct error *error);

/* Frees; NULL is passed over. Unless all was `wanted` it will be rolled back. */
bool replay_write_close(struct replay_write *write, bool wanted, struct error *error);

#endif
