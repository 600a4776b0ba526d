/* SPDX-License-Identifier: MIT */
#ifndef DB_REPLAY_WRITE_H
#define DB_REPLAY_WRITE_H

#include "db/replay_rows.h"

/*
 * What a replay writes beside the devices' own columns: what changed of them in the history.  While
 * most devices change, the index over their makers is out of the way; references are not asked for.
 */
struct replay_write;

/* Before the statement is prepared that changes the devices. */
struct replay_write *replay_write_open(struct store *store);

/*
 * Writes down what changed of devices, in the order of their ids; `read` is how many have been
 * looked at so far.  No statement over devices is under way.
 */
bool replay_write_changes(struct replay_write *write, struct replay_rows *rows, int64_t read,
			  struct error *error);

/* Frees; NULL is passed over. Unless all was `wanted` it will be rolled back. */
bool replay_write_close(struct replay_write *write, bool wanted, struct error *error);

#endif
