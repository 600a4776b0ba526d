/* SPDX-License-Identifier: MIT */
#include "db/tally_sums.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/internal.h"
#include "db/packed.h"

bool
tally_write_numbers(struct tally *tally, enum statement name, int64_t id, const int64_t *numbers,
	      int count)
{
	sqlite3_stmt *statement = store_statement(tally->store, name, tally->error);
	unsigned char *bytes;
	size_t size;

	if (statement == NULL)
		return false;
	bytes = memory_alloc((size_t)(count + 1) * PACKED_NUMBER_MAX);
	size = packed_write(numbers, count, bytes);
	bind_integer(statement, ":id", id);
	sqlite3_bind_blob(statement, sqlite3_bind_parameter_index(statement, ":counts"), bytes,
			  (int)size, free);
	return store_step(tally->store, statement, tally->error);
}

bool
tally_take_out(struct tally *tally, int64_t id, int64_t *counts)
{
	struct kept *kept = tally->kept;
	sqlite3_stmt *statement = store_statement(tally->store, STANDING_READ, tally->error);
	int64_t *old = memory_alloc((size_t)(kept->counts + kept->flags + 1) * sizeof *old);
	int step = SQLITE_DONE;

	if (statement != NULL) {
		bind_integer(statement, ":id", id);
		step = sqlite3_step(statement);
	}
	if (step == SQLITE_ROW) {
		packed_read(sqlite3_column_blob(statement, 0), sqlite3_column_bytes(statement, 0),
			    old, kept->counts);
		packed_read(sqlite3_column_blob(statement, 1), sqlite3_column_bytes(statement, 1),
			    old + kept->counts, kept->flags);
		for (int i = 0; i < kept->counts; i++)
			tally->sums[i] -= old[i];
		if (counts != NULL)
			memcpy(counts, old, (size_t)kept->counts * sizeof *counts);
		for (int i = 0; i < kept->flags; i++)
			tally->flag_sums[i] -= old[kept->counts + i];
	}
	sqlite3_reset(statement);
	free(old);
	return statement != NULL && (step == SQLITE_ROW || step == SQLITE_DONE ||
				     store_failed(tally->store, tally->error));
}

bool
tally_read_sums(struct tally *tally)
{
	bool read = tally->all || tally_take_out(tally, 0, NULL);

	for (int i = 0; i < tally->kept->counts; i++)
		tally->sums[i] = -tally->sums[i];
	for (int i = 0; i < tally->kept->flags; i++)
		tally->flag_sums[i] = -tally->flag_sums[i];
	tally->sums[KEPT_LAST_GONE] = 0;
	return read;
}

bool
tally_write_sums(struct tally *tally)
{
	sqlite3_stmt *statement = store_statement(tally->store, STANDING_ASSESS, tally->error);

	if (statement == NULL)
		return false;
	bind_integer(statement, ":id", 0);
	bind_text(statement, ":sensitive", "");
	tally->sums[KEPT_LAST_GONE] = 0;
	return store_step(tally->store, statement, tally->error) &&
	       tally_write_numbers(tally, STANDING_COUNT, 0, tally->sums, tally->kept->counts) &&
	       tally_write_numbers(tally, STANDING_FLAG, 0, tally->flag_sums, tally->kept->flags);
}
