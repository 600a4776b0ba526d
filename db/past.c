/* SPDX-License-Identifier: MIT */
#include "db/past.h"

#include <assert.h>
#include <string.h>

#include "core/memory.h"
#include "db/cache.h"
#include "db/internal.h"
#include "db/past_back.h"
#include "db/standing.h"

enum {
	DAY_SECONDS = 24 * 60 * 60,
	COPY_PAGES = 2048,	/* between one look at the progress and the next */
};

/* The first entry that is later than the moment; 0 when there is none. */
static bool
find_cut(struct store *store, int64_t moment, struct date day, int64_t *cut, struct error *error)
{
	char words[DATE_WORDS_SIZE], began[DATE_WORDS_SIZE];
	int64_t first, at;

	date_words(day, words);
	if (!store_ask(store, cut, error, moment, 0, "SELECT min(id) FROM entry WHERE at > ?1") ||
	    !store_ask(store, &first, error, 0, 0, "SELECT min(id) FROM entry") ||
	    !store_ask(store, &at, error, first, 0, "SELECT at FROM entry WHERE id = ?1"))
		return false;
	if (first != 0 && *cut != first)
		return true;
	if (first == 0)
		return error_set(error, ERROR_NOT_FOUND,
				 "Nothing was recorded yet, so there is nothing to say of %s.",
				 words);
	date_words(date_from_instant(at), began);
	return error_set(error, ERROR_NOT_FOUND,
			 "The register began on %s, so it has nothing to say of %s. Choose that "
			 "day or a later one.",
			 began, words);
}

static bool
copy_pages(struct store *store, struct store *copy, struct error *error)
{
	sqlite3_backup *backup = sqlite3_backup_init(copy->database, "main", store->database,
						     "main");
	bool going = true;
	int step = SQLITE_OK;

	if (backup == NULL)
		return store_failed(copy, error);
	while (going && step == SQLITE_OK) {
		int total = sqlite3_backup_pagecount(backup);

		going = progress_step(store->progress, "Copying the register as it is",
				      total - sqlite3_backup_remaining(backup), total);
		if (going)
			step = sqlite3_backup_step(backup, COPY_PAGES);
	}
	sqlite3_backup_finish(backup);
	if (!going)
		return error_set(error, ERROR_CANCELLED, "Stopped. Nothing was changed.");
	return step == SQLITE_DONE || store_failed(copy, error);
}

/* In one reading, so that what another program writes meanwhile does not come in by halves. */
static bool
copy_register(struct store *store, struct store *copy, struct error *error)
{
	bool copied = store_run(store, "BEGIN", error);

	if (!copied)
		return false;
	copied = copy_pages(store, copy, error);
	sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
	return copied;
}

/* A database without a name.  No journal: what fails is thrown away whole. */
static bool
open_nameless(struct store *copy, struct error *error)
{
	static const char pragmas[] =
		"PRAGMA synchronous = OFF;"
		"PRAGMA secure_delete = OFF;"
		"PRAGMA foreign_keys = OFF;"
		"PRAGMA ignore_check_constraints = ON;";
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
		    SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE;

	if (sqlite3_open_v2("", &copy->database, flags, NULL) != SQLITE_OK)
		return store_failed(copy, error);
	return store_run(copy, "PRAGMA journal_mode = OFF", error) && store_secure(copy, error) &&
	       store_run(copy, pragmas, error);
}

/* What is kept of sites is worked out again, for the day. */
static bool
fill(struct store *store, struct store *copy, int64_t cut, struct date day, struct error *error)
{
	return copy_register(store, copy, error) &&
	       (cut == 0 || (past_take_back(copy, cut, error) &&
			     store_run(copy, "DELETE FROM standing", error))) &&
	       standing_prepare(copy, day, error) &&
	       store_run(copy, "PRAGMA query_only = ON", error);
}

struct store *
store_open_past(struct store *store, struct date day, struct error *error)
{
	struct store *copy;
	int64_t cut;

	assert(store->entry.value == 0);
	if (!find_cut(store, (date_days(day) + 1) * DAY_SECONDS - 1, day, &cut, error))
		return NULL;
	copy = memory_alloc(sizeof *copy);
	copy->path = memory_alloc(strlen(store->path) + 1);
	memcpy(copy->path, store->path, strlen(store->path) + 1);
	copy->progress = store->progress;
	cache_lie_beside(store, true);
	if (open_nameless(copy, error) && fill(store, copy, cut, day, error)) {
		copy->read_only = true;
	} else {
		store_close(copy);
		copy = NULL;
	}
	cache_lie_beside(store, false);
	return copy;
}
