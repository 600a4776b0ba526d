/* SPDX-License-Identifier: MIT */
#include "db/replay.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "db/columns.h"
#include "db/internal.h"
#include "db/maker_load.h"
#include "db/match.h"
#include "db/replay_write.h"

/* Ids that one statement goes through: between two of them it may be stopped. */
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
	size_t given;			/* of them, to the statement that writes them */
	struct error *error;
};

static bool
read_standings(struct store *store, struct date day, struct standings *standings,
	       struct error *error)
{
	static const char template[] = "SELECT id, CASE covered WHEN 'yes' THEN "
				       "{manufacturer.in_force} WHEN 'no' THEN 2 ELSE 0 END FROM "
				       "manufacturer WHERE id > 0";
	static const enum maker_standing by_number[] = { MAKER_UNDECIDED, MAKER_COVERED,
							 MAKER_NOT_COVERED };
	struct text sql = { 0 };
	sqlite3_stmt *statement;
	bool prepared;
	int step;

	column_expand(&sql, template);
	prepared = store_prepare(store, text_words(&sql), &statement, error);
	text_free(&sql);
	if (!prepared)
		return false;
	statement_bind_dates(statement, day);
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
name_of(struct replay *replay, int64_t manufacturer, const char **name)
{
	*name = NULL;
	return manufacturer == 0 || match_key_of(replay->store, ENTITY_MANUFACTURER, manufacturer,
						 &replay->arena, name, replay->error);
}

static bool
tell(struct replay *replay, const struct device *device, const struct replay_change *change,
     int64_t site, enum scope from, enum scope to)
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

	return match_key_of(replay->store, ENTITY_SITE, site, &replay->arena, &line.site,
			    replay->error) &&
	       name_of(replay, change->stands.manufacturer, &line.from) &&
	       name_of(replay, change->now.manufacturer, &line.to) &&
	       name_of(replay, change->now.rival, &line.rival) &&
	       replay->listener.tell(replay->listener.context, &line, replay->error);
}

/* What replay_take() is given of a device, after the replay. */
enum {
	REPLAY, ID, TAG, SITE, MAKE, MODEL, MAC, MANUFACTURER, RIVAL, EVIDENCE,
	CONFIRMED, PRESENT, QUANTITY, KIND,
	ARGUMENTS
};

/* Those in a range of ids of which replay_take() says that they change. */
static const char changing[] = " WHERE id BETWEEN ?2 AND ?3 AND replay_take(?1, id, tag, site_id, "
			       "make, model, mac, manufacturer_id, rival_id, evidence, "
			       "maker_confirmed_on IS NOT NULL, {device.present} = 'yes', "
			       "coalesce(quantity, 1), kind_in_scope(kind))";
static const char count_them[] = "SELECT count(*) FROM device NOT INDEXED";

/* What replay_give() is asked for, as change_them numbers it. */
enum { GIVE_MANUFACTURER, GIVE_RIVAL, GIVE_EVIDENCE };

/*
 * One statement looks at the devices and changes them, so that each row is read once.  A failure
 * ends the entry: OR FAIL, for then SQLite needs to remember nothing to take a statement back by.
 */
static const char change_them[] = "UPDATE OR FAIL device NOT INDEXED SET manufacturer_id = "
				  "replay_give(?1, id, 0), rival_id = replay_give(?1, id, 1), "
				  "evidence = replay_give(?1, id, 2), entry = ?4";

static const char pointer_name[] = "replay";

static const char *
value_text(sqlite3_value *value)
{
	return (const char *)sqlite3_value_text(value);
}

static struct attribution
match_anew(struct replay *replay, const struct attribution *stands, sqlite3_value **row)
{
	struct maker_match match;

	maker_match(replay->makers, value_text(row[MAKE]), value_text(row[MODEL]),
		    value_text(row[MAC]), &match);
	return attribution_settle(stands, &match);
}

/* *changes: another maker, rival or evidence is to be written. */
static bool
take_row(struct replay *replay, sqlite3_value **row, bool *changes)
{
	struct device device = {
		.quantity = sqlite3_value_int64(row[QUANTITY]),
		.kind_in_scope = sqlite3_value_int(row[KIND]) != 0,
		.confirmed = sqlite3_value_int(row[CONFIRMED]) != 0,
		.present = sqlite3_value_int(row[PRESENT]) != 0,
		.stands = { sqlite3_value_int64(row[MANUFACTURER]), sqlite3_value_int64(row[RIVAL]),
			    value_text(row[EVIDENCE]) },
	};
	struct attribution now = device.confirmed ? device.stands
						  : match_anew(replay, &device.stands, row);
	enum scope from = scope_of(&replay->before, &device, &device.stands);
	enum scope to = scope_of(&replay->now, &device, &now);
	struct replay_change *change = &replay->changes[replay->change_count];

	*changes = !attribution_same(&device.stands, &now);
	if (from == to && !*changes)
		return true;
	count(replay, &device, &now, from, to);
	*change = (struct replay_change){ sqlite3_value_int64(row[ID]),
					  arena_text(&replay->arena, value_text(row[TAG])),
					  device.stands, now };
	change->stands.evidence = arena_text(&replay->arena, device.stands.evidence);
	if (device.confirmed)
		change->now.evidence = change->stands.evidence;
	replay->change_count += *changes;
	return replay->listener.tell == NULL ||
	       tell(replay, &device, change, sqlite3_value_int64(row[SITE]), from, to);
}

static void
sql_replay_take(sqlite3_context *context, int values, sqlite3_value **row)
{
	struct replay *replay = sqlite3_value_pointer(row[REPLAY], pointer_name);
	bool changes = false;

	(void)values;
	if (replay != NULL && take_row(replay, row, &changes))
		sqlite3_result_int(context, (int)changes);
	else
		sqlite3_result_error_code(context, SQLITE_ABORT);
}

/* What a device that was taken has from now on; they are asked for in the order of their ids. */
static void
sql_replay_give(sqlite3_context *context, int values, sqlite3_value **row)
{
	struct replay *replay = sqlite3_value_pointer(row[REPLAY], pointer_name);
	int64_t device = sqlite3_value_int64(row[1]), id;
	int part = sqlite3_value_int(row[2]);
	const struct attribution *now;

	(void)values;
	if (replay == NULL)
		return;
	while (replay->given + 1 < replay->change_count &&
	       replay->changes[replay->given].device < device)
		replay->given++;
	now = &replay->changes[replay->given].now;
	id = part == GIVE_MANUFACTURER ? now->manufacturer : now->rival;
	if (part == GIVE_EVIDENCE)
		sqlite3_result_text(context, now->evidence, -1, SQLITE_STATIC);
	else if (id != 0)
		sqlite3_result_int64(context, id);
}

/* Of the devices from the first on; what they change is replay->changes then. */
static bool
take_rows(struct replay *replay, sqlite3_stmt *statement, int64_t first)
{
	struct error ours;
	bool done;

	arena_reset(&replay->arena);
	replay->change_count = replay->given = 0;
	*replay->error = (struct error){ 0 };
	sqlite3_bind_int64(statement, 2, first);
	sqlite3_bind_int64(statement, 3, first + ROWS_AT_A_TIME - 1);
	done = store_step(replay->store, statement, &ours);
	if (!done && replay->error->kind == 0)
		*replay->error = ours;
	return done;
}

static bool
run(struct replay *replay, sqlite3_stmt *statement, struct replay_write *write)
{
	int64_t first, last = 0, total;

	if (!store_ask(replay->store, &total, replay->error, 0, 0,
		       "SELECT coalesce(max(id), 0) FROM device"))
		return false;
	while (last < total) {
		struct replay_rows rows = { replay->changes, 0 };

		if (!progress_step(replay->store->progress, "Matching devices", last, total))
			return error_set(replay->error, ERROR_CANCELLED,
					 "Stopped. Nothing was changed.");
		if (!store_ask(replay->store, &first, replay->error, last, 0,
			       "SELECT min(id) FROM device WHERE id > ?1") ||
		    !take_rows(replay, statement, first))
			return false;
		last = first + ROWS_AT_A_TIME - 1;
		rows.count = replay->change_count;
		if (write != NULL && !replay_write_changes(write, &rows, last, replay->error))
			return false;
	}
	return true;
}

static bool
prepare(struct replay *replay, bool dry_run, sqlite3_stmt **statement)
{
	struct text sql = { 0 };
	bool prepared;

	column_expand(&sql, dry_run ? count_them : change_them);
	column_expand(&sql, changing);
	prepared = store_prepare(replay->store, text_words(&sql), statement, replay->error);
	text_free(&sql);
	if (!prepared)
		return false;
	sqlite3_bind_pointer(*statement, 1, replay, pointer_name, NULL);
	if (!dry_run)
		sqlite3_bind_int64(*statement, 4, replay->store->entry.value);
	return true;
}

bool
replay_run(struct replay *replay, struct date day, bool dry_run, struct replay_listener listener,
	   struct replay_counts *counts, struct error *error)
{
	struct replay_write *write = dry_run ? NULL : replay_write_open(replay->store);
	sqlite3_stmt *statement = NULL;
	bool done;

	*counts = (struct replay_counts){ 0 };
	replay->counts = counts;
	replay->listener = listener;
	replay->error = error;
	replay->makers = store_makers(replay->store, error);
	done = replay->makers != NULL && read_standings(replay->store, day, &replay->now, error) &&
	       prepare(replay, dry_run, &statement) && run(replay, statement, write);
	sqlite3_finalize(statement);
	return replay_write_close(write, done, error) && done;
}

bool
replay_register(struct store *store, struct error *error)
{
	enum { FLAGS = SQLITE_UTF8 | SQLITE_DIRECTONLY };

	return (sqlite3_create_function(store->database, "replay_take", ARGUMENTS, FLAGS, NULL,
					sql_replay_take, NULL, NULL) == SQLITE_OK &&
		sqlite3_create_function(store->database, "replay_give", 3, FLAGS, NULL,
					sql_replay_give, NULL, NULL) == SQLITE_OK)
		       ? replay_rows_register(store, error)
		       : store_failed(store, error);
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
