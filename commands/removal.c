/* SPDX-License-Identifier: MIT */
#include "commands/removal.h"

#include <inttypes.h>
#include <string.h>

#include "commands/deadline.h"
#include "commands/match.h"
#include "commands/record.h"
#include "commands/removal_internal.h"
#include "commands/replacement.h"
#include "commands/view.h"
#include "commands/when.h"
#include "core/map.h"
#include "db/query.h"
#include "db/record.h"

const struct operand device_done_operands[] = {
	{ "device", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_SELECTION, "TAG", "the devices",
	  NULL },
	{ "what", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "FACT", "what was done",
	  removal_words },
	{ "on", OPERAND_OPTION, OPERAND_ASKED, "DATE", "the day it was done; today when left out",
	  NULL },
	{ "by", OPERAND_OPTION, OPERAND_ASKED, "NAME", "who did it", NULL },
	{ "evidence", OPERAND_OPTION, OPERAND_ASKED, "TEXT",
	  "the job reference, photograph or certificate", NULL },
	{ "with", OPERAND_OPTION, OPERAND_ASKED, "TAG",
	  "of one that is replaced: the device that took its place", NULL },
	{ "why", OPERAND_OPTION, 0, "TEXT",
	  "the reason; needed where that device is suspected itself", NULL },
	{ 0 }
};

/* Deadlines of the site that are met once nothing in scope is left there. */
static const char site_closes[] = "remove,disconnect";

/* One request on its way. */
struct removal {
	struct session *session;
	const struct request *request;
	const struct fact *fact;
	const char *day, *by;
	struct arena arena;
	struct arena each;		/* of what belongs to one device */
	struct text words;		/* sentences for the person */
	size_t changed, closed;
	struct map left;		/* sites that something in scope went from */
	const char **sites;		/* the same, in their order; in the arena */
	size_t site_count;
	int64_t cameras;		/* that record to what was taken away */
	int64_t unnamed;		/* were replaced, and it is not recorded by what */
};

/* How many devices that are there record to this one. */
static bool
count_cameras(struct removal *removal, const struct record *device, struct error *error)
{
	const struct entity *devices = &entities[ENTITY_DEVICE];
	struct filter *there = filter_parse(&removal->each, devices, "present:yes",
					    removal->session->today, error);
	struct query query = { .entity = devices, .today = removal->session->today };
	int64_t count = 0;

	if (there == NULL)
		return false;
	query.filter = filter_both(&removal->each,
				   filter_is(&removal->each, &devices->fields[DEVICE_recorder],
					     record_key(device)),
				   there);
	if (!query_count(removal->session->store, &query, &count, error))
		return false;
	removal->cameras += count;
	return true;
}

/* Closes those open deadlines of the subject whose kind the list names. */
static bool
close_deadlines(struct removal *removal, const struct record *subject, const char *kinds,
		const char *day, struct error *error)
{
	size_t count = 0;
	struct arena *arena = &removal->each;
	const struct record_id *ids;
	bool done;

	if (*kinds == '\0')
		return true;
	ids = deadline_open_ids(removal->session, subject, arena, &count, error);
	done = ids != NULL;
	for (size_t i = 0; i < count && done; i++) {
		const struct record *deadline = store_read(removal->session->store, ids[i],
							   removal->session->today, arena, error);

		done = deadline != NULL;
		if (!done || !text_list_has(kinds, deadline->values[DEADLINE_kind]))
			continue;
		done = deadline_close(removal->session, ids[i], day, removal->by, error);
		text_format(&removal->words, "Closed deadline %s of %s %s (%s).\n",
			    record_key(deadline), subject->entity->name, record_key(subject),
			    deadline->values[DEADLINE_kind]);
		removal->closed++;
	}
	return done;
}

/* Puts the later day in its place; "" once one has not gone. */
static bool
read_gone(struct cursor *cursor, char day[DATE_TEXT_SIZE], struct error *error)
{
	struct row row;
	bool more = true;

	for (day[0] = '\0'; more;) {
		const char *gone;

		if (!cursor_next(cursor, &row, &more, error))
			return false;
		gone = more ? removal_gone_on(row.values[0], row.values[1], row.values[2]) : NULL;
		if (more && gone == NULL) {
			day[0] = '\0';
			return true;
		}
		if (more && strcmp(gone, day) > 0)
			memcpy(day, gone, DATE_TEXT_SIZE);
	}
	return true;
}

/* The day on which the last in-scope device of the site went, "" while one is there. */
static bool
find_cleared(struct removal *removal, const char *site, char day[DATE_TEXT_SIZE],
	     struct error *error)
{
	struct arena *arena = &removal->each;
	const struct field *of = &entities[ENTITY_DEVICE].fields[DEVICE_site];
	struct query *query = view_query(removal->session, view_named("devices"),
					 "removed_on,replaced_on,disposed_on", NULL, NULL, arena,
					 error);
	struct filter *in_scope = filter_parse(arena, &entities[ENTITY_DEVICE], "in_scope:yes",
					       removal->session->today, error);
	struct cursor *cursor;
	bool read;

	if (query == NULL || in_scope == NULL)
		return false;
	query->filter = filter_both(arena, filter_is(arena, of, site), in_scope);
	cursor = query_open(removal->session->store, query, error);
	read = cursor != NULL && read_gone(cursor, day, error);
	cursor_close(cursor);
	return read;
}

/* Once the last device in scope has gone, the site's own deadlines are met too, on the same day. */
static bool
close_site(struct removal *removal, const char *code, struct error *error)
{
	char day[DATE_TEXT_SIZE];
	const struct record *site;
	size_t closed = removal->closed;

	if (!find_cleared(removal, code, day, error))
		return false;
	if (day[0] == '\0')
		return true;
	site = store_find(removal->session->store, ENTITY_SITE, code, removal->session->today,
			  &removal->each, error);
	if (site == NULL || !close_deadlines(removal, site, site_closes, day, error))
		return false;
	if (removal->closed > closed)
		text_format(&removal->words, "Nothing in scope is left at %s.\n", code);
	return true;
}

/* Each site is looked at once, after the last of its devices. */
static void
note_site(struct removal *removal, const char *code)
{
	bool added;

	map_add(&removal->left, code, 0, &added);
	if (added)
		removal->sites[removal->site_count++] = arena_text(&removal->arena, code);
}

static bool
close_sites(struct removal *removal, struct error *error)
{
	for (size_t i = 0; i < removal->site_count; i++) {
		arena_reset(&removal->each);
		if (!close_site(removal, removal->sites[i], error))
			return false;
	}
	return true;
}

static bool
fill_fact(struct removal *removal, struct record *now, struct error *error)
{
	const struct fact *fact = removal->fact;
	const char *evidence = request_value(removal->request, "evidence"),
		   *with = request_value(removal->request, "with");
	struct arena *arena = &removal->each;

	now->values[fact->day] = removal->day;
	return (fact->who < 0 || record_set(now, fact->who, removal->by, arena, error)) &&
	       (fact->evidence < 0 || evidence == NULL ||
		record_set(now, fact->evidence, evidence, arena, error)) &&
	       (with == NULL || record_set(now, DEVICE_replaced_by, with, arena, error));
}

static bool
do_one(struct removal *removal, struct record_id id, struct error *error)
{
	struct session *session = removal->session;
	const struct record *before;
	struct record *now;
	bool was_there;
	int fields = 0;

	arena_reset(&removal->each);
	before = store_read(session->store, id, session->today, &removal->each, error);
	now = before != NULL ? record_copy(&removal->each, before) : NULL;
	if (now == NULL ||
	    !removal_check(before, removal->fact, removal->day, request_has(removal->request, "on"),
			   error) ||
	    !fill_fact(removal, now, error) ||
	    !store_update(session->store, before, now, &fields, error))
		return false;
	removal->changed += fields > 0;
	removal->unnamed += removal->fact->day == DEVICE_replaced_on &&
			    now->values[DEVICE_replaced_by] == NULL;
	was_there = strcmp(before->values[DEVICE_present], "yes") == 0;
	if (!close_deadlines(removal, before, removal->fact->closes, removal->day, error))
		return false;
	if (!removal->fact->takes_away || !was_there)
		return true;
	if (strcmp(before->values[DEVICE_in_scope], "yes") == 0)
		note_site(removal, before->values[DEVICE_site]);
	return count_cameras(removal, before, error);
}

/* "Remove device CAM-1", "Remove 3 devices". */
static const char *
describe(struct removal *removal, size_t count)
{
	const char *key = request_value(removal->request, "device");

	if (count == 1 && key != NULL)
		return arena_format(&removal->arena, "%s device %s on %s", removal->fact->title,
				    key, removal->day);
	return arena_format(&removal->arena, "%s %s on %s", removal->fact->title,
			    text_count(&removal->arena, (int64_t)count, "device", "devices"),
			    removal->day);
}

static bool
do_all(struct removal *removal, const struct record_id *ids, size_t count, const char *what,
       struct error *error)
{
	struct session *session = removal->session;
	struct entry entry = session_entry(session, ENTRY_KIND_COMMAND, what,
					   request_value(removal->request, "why"));
	bool done = store_entry_begin(session->store, &entry, error);

	removal->sites = arena_alloc(&removal->arena, count * sizeof *removal->sites);
	for (size_t i = 0; i < count && done; i++)
		done = (progress_step(session->progress, "Recording what was done", (int64_t)i,
				      (int64_t)count) ||
			error_set(error, ERROR_CANCELLED, "Stopped. Nothing was changed.")) &&
		       do_one(removal, ids[i], error);
	done = done && close_sites(removal, error);
	if (done && (removal->changed > 0 || removal->closed > 0))
		return store_entry_commit(session->store, error);
	store_entry_rollback(session->store);
	return done;
}

/* What --with may say; a device that is suspected itself is taken when there is a reason. */
static bool
check_replacement(struct removal *removal, size_t count, struct error *error)
{
	const char *with = request_value(removal->request, "with");

	if (with == NULL)
		return true;
	if (removal->fact->day != DEVICE_replaced_on)
		return error_set(error, ERROR_USAGE,
				 "Only what replaces a device is named with --with. Nothing was "
				 "changed.");
	if (count != 1)
		return error_set(error, ERROR_USAGE,
				 "One device takes the place of one: name a single device with "
				 "--with. Nothing was changed.");
	return request_value(removal->request, "why") != NULL ||
	       match_check_replacement(removal->session, with, error);
}

/* Bytes of sentences that a person reads; of more only the count is said. */
enum { SENTENCES_MAX = 2000 };

/* What is left for the person to record. */
static void
say_missing(struct removal *removal, struct text *words)
{
	struct arena *arena = &removal->arena;

	if (removal->cameras > 0)
		text_format(words,
			    "%s to what was taken away: say where they record to now, or what "
			    "became of them.\n",
			    text_count(arena, removal->cameras, "device records",
				       "devices record"));
	if (removal->unnamed > 0)
		text_format(words,
			    "WHAT TOOK THE PLACE of %s is NOT RECORDED: nobody can see whether "
			    "that is in scope itself. Add the new device, and name it (terrier set "
			    "device TAG replaced_by=NEW).\n",
			    text_count(arena, removal->unnamed, "device", "devices"));
}

static void
say_done(struct removal *removal, const char *what, struct reply *reply)
{
	const char *with = request_value(removal->request, "with");

	if (removal->changed == 0 && removal->closed == 0) {
		text_append(&reply->words,
			    "The register says that already; nothing was changed.\n");
		return;
	}
	text_format(&reply->words, "%s.\n", what);
	if (removal->words.length < SENTENCES_MAX)
		text_append(&reply->words, text_words(&removal->words));
	else
		text_format(&reply->words, "Closed %s that are met by it.\n",
			    text_count(&removal->arena, (int64_t)removal->closed, "deadline",
				       "deadlines"));
	say_missing(removal, &reply->words);
	if (with != NULL)
		replacement_say_doubt(removal->session, with, &reply->words);
}

bool
command_device_done(struct session *session, const struct request *request, struct reply *reply,
		    struct error *error)
{
	const char *by = request_value(request, "by"), *on = request_value(request, "on");
	const struct choice *word = choice_find(removal_words, request_value(request, "what"));
	struct removal removal = { .session = session,
				   .request = request,
				   .by = by != NULL ? by : session->who };
	size_t count = 0;
	const struct record_id *ids = record_chosen(session, request, ENTITY_DEVICE, "device",
						    &removal.arena, &count, error);
	const char *what = NULL;
	bool done;

	removal.fact = &removal_facts[word - removal_words];
	removal.day = ids != NULL
			      ? when_day(session, on != NULL ? on : "today", &removal.arena, error)
			      : NULL;
	done = removal.day != NULL && check_replacement(&removal, count, error);
	if (done) {
		what = describe(&removal, count);
		done = do_all(&removal, ids, count, what, error);
	}
	if (done)
		say_done(&removal, what, reply);
	text_free(&removal.words);
	map_free(&removal.left);
	arena_free(&removal.each);
	arena_free(&removal.arena);
	return done;
}
