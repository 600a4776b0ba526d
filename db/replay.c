/* SPDX-License-Identifier: MIT */
#include "db/replay.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/columns.h"
#include "db/insert.h"
#include "db/internal.h"
#include "db/maker_load.h"
#include "db/match.h"
#include "db/replay_write.h"

/* read before what they change is written: no table is read and written at once */
enum { ROWS_AT_A_TIME = 2000 };

/* By the id of a manufacturer, an enum maker_standing; those beyond the end are undecided. */
struct standings {
	unsigned char *of;
	size_t room;
};

enum scope { SCOPE_UNKNOWN, SCOPE_NO, SCOPE_YES };

/* A device as it is read. */
struct device {
	int64_t quantity;
	bool kind_in_scope, confirmed, present;
	struct attribution stands;
};

struct replay {
	struct store *store;
	struct standings before, now;
	struct maker_table *makers;
	struct replay_listener listener;
	struct replay_counts *counts;
	struct arena arena;		/* of the rows at hand */
	struct replay_change changes[ROWS_AT_A_TIME];
	size_t change_count;
};

static bool
read_standings(struct store *store, struct date day, struct standings *standings,
	       struct error *error)
{
	static const char sql[] = "SELECT id, CASE covered WHEN 'yes' THEN effective_on IS NULL OR "
				  "effective_on <= ?1 WHEN 'no' THEN 2 ELSE 0 END FROM "
				  "manufacturer";
	static const enum maker_standing by_number[] = { MAKER_UNDECIDED, MAKER_COVERED,
							 MAKER_NOT_COVERED };
	char today[DATE_TEXT_SIZE];
	sqlite3_stmt *statement;
	int step;

	if (!store_prepare(store, sql, &statement, error))
		return false;
	date_format(day, today);
	sqlite3_bind_text(statement, 1, today, -1, SQLITE_STATIC);
	while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
		size_t id = (size_t)sqlite3_column_int64(statement, 0), room = standings->room;

		standings->of = memory_grow(standings->of, &standings->room, id + 1, 1);
		memset(standings->of + room, MAKER_UNDECIDED, standings->room - room);
		standings->of[id] = (unsigned char)by_number[sqlite3_column_int(statement, 1)];
	}
	sqlite3_finalize(statement);
	return step == SQLITE_DONE || store_failed(store, error);
}

static enum maker_standing
standing_of(const struct standings *standings, int64_t manufacturer)
{
	return manufacturer > 0 && (size_t)manufacturer < standings->room ?
	       (enum maker_standing)standings->of[manufacturer] : MAKER_UNDECIDED;
}

/* As db/columns.def says it of device.in_scope; a test compares the two. */
static enum scope
scope_of(const struct standings *standings, const struct device *device,
	 const struct attribution *attribution)
{
	int64_t rival = device->confirmed ? 0 : attribution->rival;

	if (!device->kind_in_scope)
		return SCOPE_NO;
	if (standing_of(standings, attribution->manufacturer) == MAKER_COVERED ||
	    standing_of(standings, rival) == MAKER_COVERED)
		return SCOPE_YES;
	return standing_of(standings, attribution->manufacturer) == MAKER_NOT_COVERED &&
			       (rival == 0 || standing_of(standings, rival) == MAKER_NOT_COVERED)
		       ? SCOPE_NO
		       : SCOPE_UNKNOWN;
}

static bool
is_suspected(const struct standings *standings, const struct device *device,
	     const struct attribution *attribution)
{
	return !device->confirmed &&
	       (standing_of(standings, attribution->manufacturer) == MAKER_COVERED ||
		standing_of(standings, attribution->rival) == MAKER_COVERED);
}

static void
count(struct replay *replay, const struct device *device, const struct attribution *now,
      enum scope from, enum scope to)
{
	const struct attribution *stands = &device->stands;
	struct replay_counts *counts = replay->counts;
	int64_t number = device->present ? device->quantity : 0;

	counts->changed += !attribution_same(stands, now);
	counts->told += number;
	counts->removed += device->present ? 0 : device->quantity;
	counts->suspected += is_suspected(&replay->now, device, now) &&
					     !is_suspected(&replay->before, device, stands)
				     ? number
				     : 0;
	counts->gained += to == SCOPE_YES && from != SCOPE_YES ? number : 0;
	counts->lost += from == SCOPE_YES && to != SCOPE_YES ? number : 0;
	counts->found += stands->manufacturer == 0 && now->manufacturer != 0 ? number : 0;
	counts->moved += stands->manufacturer != 0 && now->manufacturer != stands->manufacturer
				 ? number
				 : 0;
	counts->disagree += now->rival != 0 && stands->rival == 0 ? number : 0;
}

static bool
name_of(struct replay *replay, int64_t manufacturer, const char **name, struct error *error)
{
	*name = NULL;
	return manufacturer == 0 || match_key_of(replay->store, ENTITY_MANUFACTURER, manufacturer,
						 &replay->arena, name, error);
}

static bool
tell(struct replay *replay, const struct device *device, const struct replay_change *change,
     int64_t site, enum scope from, enum scope to, struct error *error)
{
	static const char *const words[] = { "unknown", "no", "yes" };
	struct replay_line line = {
		.tag = change->tag,
		.evidence = change->now.evidence,
		.scope_from = words[from],
		.scope_to = words[to],
		.quantity = device->quantity,
		.present = device->present,
	};

	return match_key_of(replay->store, ENTITY_SITE, site, &replay->arena, &line.site, error) &&
	       name_of(replay, change->stands.manufacturer, &line.from, error) &&
	       name_of(replay, change->now.manufacturer, &line.to, error) &&
	       name_of(replay, change->now.rival, &line.rival, error) &&
	       replay->listener.tell(replay->listener.context, &line, error);
}

enum {
	ID,
	TAG,
	SITE,
	MAKE,
	MODEL,
	MAC,
	MANUFACTURER,
	RIVAL,
	EVIDENCE,
	CONFIRMED,
	PRESENT,
	QUANTITY,
	KIND
};

static const char devices[] = "SELECT id, tag, site_id, make, model, mac, manufacturer_id, "
			      "rival_id, evidence, maker_confirmed_on IS NOT NULL, "
			      "{device.present} = 'yes', coalesce(quantity, 1), "
			      "kind_in_scope(kind) FROM device WHERE id > ?1 ORDER BY id LIMIT ?2";

static const char *
column_text(sqlite3_stmt *statement, int column)
{
	return (const char *)sqlite3_column_text(statement, column);
}

static bool
take_row(struct replay *replay, sqlite3_stmt *row, struct error *error)
{
	struct device device = {
		.quantity = sqlite3_column_int64(row, QUANTITY),
		.kind_in_scope = sqlite3_column_int(row, KIND) != 0,
		.confirmed = sqlite3_column_int(row, CONFIRMED) != 0,
		.present = sqlite3_column_int(row, PRESENT) != 0,
		.stands = { sqlite3_column_int64(row, MANUFACTURER),
			    sqlite3_column_int64(row, RIVAL), column_text(row, EVIDENCE) },
	};
	struct attribution now = device.stands;
	enum scope from, to;
	struct replay_change *change = &replay->changes[replay->change_count];

	if (!device.confirmed) {
		struct maker_match match;

		maker_match(replay->makers, column_text(row, MAKE), column_text(row, MODEL),
			    column_text(row, MAC), &match);
		now = attribution_settle(&device.stands, &match);
	}
	from = scope_of(&replay->before, &device, &device.stands);
	to = scope_of(&replay->now, &device, &now);
	if (from == to && attribution_same(&device.stands, &now))
		return true;
	count(replay, &device, &now, from, to);
	*change = (struct replay_change){ sqlite3_column_int64(row, ID),
					  arena_text(&replay->arena, column_text(row, TAG)),
					  device.stands, now };
	change->stands.evidence = arena_text(&replay->arena, device.stands.evidence);
	if (device.confirmed)
		change->now.evidence = change->stands.evidence;
	replay->change_count += !attribution_same(&change->stands, &change->now);
	return replay->listener.tell == NULL ||
	       tell(replay, &device, change, sqlite3_column_int64(row, SITE), from, to, error);
}

/* *last is the id of the last device that was read; 0 when there are no more. */
static bool
take_rows(struct replay *replay, sqlite3_stmt *statement, int64_t *last, struct error *error)
{
	int step, rows = 0;

	arena_reset(&replay->arena);
	replay->change_count = 0;
	sqlite3_reset(statement);
	sqlite3_bind_int64(statement, 1, *last);
	sqlite3_bind_int64(statement, 2, ROWS_AT_A_TIME);
	while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
		rows++;
		*last = sqlite3_column_int64(statement, ID);
		if (!take_row(replay, statement, error))
			return false;
	}
	if (rows < ROWS_AT_A_TIME)
		*last = 0;
	return step == SQLITE_DONE || store_failed(replay->store, error);
}

static bool
run(struct replay *replay, sqlite3_stmt *statement, struct replay_write *write, struct error *error)
{
	int64_t last = 0, total;

	if (!store_ask(replay->store, &total, error, 0, 0,
		       "SELECT coalesce(max(id), 0) FROM device"))
		return false;
	do {
		if (!progress_step(replay->store->progress, "Matching devices", last, total))
			return error_set(error, ERROR_CANCELLED, "Stopped. Nothing was changed.");
		if (!take_rows(replay, statement, &last, error))
			return false;
		for (size_t i = 0; write != NULL && i < replay->change_count; i++)
			if (!replay_write_change(write, &replay->changes[i], error))
				return false;
	} while (last != 0);
	return true;
}

bool
replay_run(struct replay *replay, struct date day, bool dry_run, struct replay_listener listener,
	   struct replay_counts *counts, struct error *error)
{
	struct text sql = { 0 };
	struct replay_write *write = dry_run ? NULL : replay_write_open(replay->store);
	sqlite3_stmt *statement = NULL;
	bool done;

	*counts = (struct replay_counts){ 0 };
	replay->counts = counts;
	replay->listener = listener;
	replay->makers = store_makers(replay->store, error);
	column_expand(&sql, devices);
	done = replay->makers != NULL && read_standings(replay->store, day, &replay->now, error) &&
		store_prepare(replay->store, text_words(&sql), &statement, error) &&
		run(replay, statement, write, error);
	sqlite3_finalize(statement);
	text_free(&sql);
	return replay_write_close(write, done, error) && done;
}

struct replay *
replay_open(struct store *store, struct date today, struct error *error)
{
	struct replay *replay = memory_alloc(sizeof *replay);

	replay->store = store;
	if (read_standings(store, today, &replay->before, error))
		return replay;
	replay_close(replay);
	return NULL;
}

void
replay_close(struct replay *replay)
{
	if (replay == NULL)
		return;
	free(replay->before.of);
	free(replay->now.of);
	arena_free(&replay->arena);
	free(replay);
}
