/* SPDX-License-Identifier: MIT */
#include "commands/manufacturer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "commands/list_change.h"
#include "commands/record.h"
#include "commands/starter.h"
#include "commands/view.h"
#include "commands/when.h"
#include "db/query.h"
#include "db/record.h"

enum { NAMES_SAID = 6 };	/* of manufacturers that a decision is about */

const struct operand manufacturer_cover_operands[] = {
	{ "manufacturer", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_SELECTION, "NAME",
	  "the manufacturers, by name or by a name of theirs", NULL },
	{ "basis", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "TEXT", "why, in words",
	  NULL },
	{ "by", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "NAME", "the person who decided",
	  NULL },
	{ "on", OPERAND_OPTION, 0, "DATE", "the day of the decision; today when left out", NULL },
	{ "effective", OPERAND_OPTION, 0, "DATE",
	  "the day from which it counts; at once when left out", NULL },
	{ "dry-run", OPERAND_FLAG, 0, NULL, "only say what it does to the devices", NULL },
	{ "changes", OPERAND_OPTION, 0, "FILE",
	  "write the devices that it concerns to this CSV file", NULL },
	{ "why", OPERAND_OPTION, 0, "TEXT", "the reason for the entry in the history", NULL },
	{ 0 }
};

const struct operand manufacturer_match_operands[] = {
	{ "dry-run", OPERAND_FLAG, 0, NULL, "only say what it does to the devices", NULL },
	{ "changes", OPERAND_OPTION, 0, "FILE",
	  "write the devices that it concerns to this CSV file", NULL },
	{ "why", OPERAND_OPTION, OPERAND_ASKED, "TEXT", "the reason for the entry in the history",
	  NULL },
	{ 0 }
};

/* A decision on manufacturers on its way. */
struct decision {
	const char *covered;		/* yes, no */
	const struct request *request;
	const struct record_id *ids;
	size_t count;
};

static bool
decide_one(struct session *session, struct record_id id, const struct list_change *change,
	   int *changed, struct error *error)
{
	const struct decision *decision = change->context;
	const struct request *request = decision->request;
	struct arena arena = { 0 };
	struct record *before = store_read(session->store, id, session->today, &arena, error), *now;
	bool done = before != NULL;

	if (done) {
		now = record_copy(&arena, before);
		now->values[MANUFACTURER_effective_on] = change->effective_on;
		done = record_set(now, MANUFACTURER_covered, decision->covered, &arena, error) &&
		       record_set(now, MANUFACTURER_basis, request_value(request, "basis"), &arena,
				  error) &&
		       record_set(now, MANUFACTURER_decided_by, request_value(request, "by"),
				  &arena, error) &&
		       when_set(session, now, MANUFACTURER_decided_on, request_value(request, "on"),
				"0d", &arena, error) &&
		       store_update(session->store, before, now, changed, error);
	}
	arena_free(&arena);
	return done;
}

static bool
decide_all(struct session *session, struct list_change *change, int *changed, struct error *error)
{
	const struct decision *decision = change->context;

	for (size_t i = 0; i < decision->count; i++) {
		int fields = 0;

		if (!decide_one(session, decision->ids[i], change, &fields, error))
			return false;
		*changed += fields;
	}
	return true;
}

/* "Cover Hikvision, Dahua"; how many devices they made is added up on the way. */
static const char *
describe(struct session *session, const struct decision *decision, const char *verb,
	 int64_t *devices, struct arena *arena, struct error *error)
{
	const char *what = verb;

	*devices = 0;
	for (size_t i = 0; i < decision->count && what != NULL; i++) {
		const struct record *record = store_read(session->store, decision->ids[i],
							 session->today, arena, error);

		if (record == NULL)
			return NULL;
		*devices += strtoll(record->values[MANUFACTURER_devices], NULL, 10);
		if (i < NAMES_SAID)
			what = arena_format(arena, "%s%s %s", what, i > 0 ? "," : "",
					    record_key(record));
	}
	return decision->count <= NAMES_SAID
		       ? what
		       : arena_format(arena, "%s and %s", what,
				      text_count(arena, (int64_t)decision->count - NAMES_SAID,
						 "more", "more"));
}

/*
 * Sets the day from which it counts. Until then the decision before it would have to stand, and a
 * manufacturer has only one.
 */
static bool
read_effective(struct session *session, const struct decision *decision, struct list_change *change,
	       struct arena *arena, struct error *error)
{
	const char *words = request_value(decision->request, "effective");
	char today[DATE_TEXT_SIZE];

	if (words == NULL)
		return true;
	change->effective_on = when_day(session, words, arena, error);
	date_format(session->today, today);
	return change->effective_on != NULL &&
	       (strcmp(decision->covered, "yes") == 0 || strcmp(change->effective_on, today) <= 0 ||
		error_set(error, ERROR_USAGE,
			  "A manufacturer stays covered until the day on which it no longer is: "
			  "decide that on that day, not before (--effective %s). Nothing was "
			  "changed.",
			  change->effective_on));
}

static bool
decide(struct session *session, const struct request *request, const char *verb,
       const char *covered, struct reply *reply, struct error *error)
{
	struct arena arena = { 0 };
	struct decision decision = { .covered = covered, .request = request };
	struct list_change change = { .decided_by = request_value(request, "by"),
				      .context = &decision,
				      .make = decide_all };
	int64_t devices = 0;
	bool done;

	decision.ids = record_chosen(session, request, ENTITY_MANUFACTURER, "manufacturer", &arena,
				     &decision.count, error);
	if (decision.ids != NULL)
		change.what = describe(session, &decision, verb, &devices, &arena, error);
	done = change.what != NULL && read_effective(session, &decision, &change, &arena, error) &&
		list_change_run(session, request, &change, reply, error);
	if (done)
		text_format(&reply->words, "%s recorded and not removed.\n",
			    text_count(&arena, devices, "device of that make is",
				       "devices of that make are"));
	arena_free(&arena);
	return done;
}

bool
command_manufacturer_cover(struct session *session, const struct request *request,
			   struct reply *reply, struct error *error)
{
	return decide(session, request, "Cover", "yes", reply, error);
}

bool
command_manufacturer_uncover(struct session *session, const struct request *request,
			     struct reply *reply, struct error *error)
{
	return decide(session, request, "Uncover", "no", reply, error);
}

bool
command_manufacturer_match(struct session *session, const struct request *request,
			   struct reply *reply, struct error *error)
{
	struct list_change change = { .what = "Match every device with the names and prefixes of "
					      "manufacturers" };

	return list_change_run(session, request, &change, reply, error);
}

static bool
add_missing(struct session *session, struct list_change *change, int *changed, struct error *error)
{
	int64_t added[ENTITY_COUNT] = { 0 };
	struct arena *arena = change->context;

	if (!starter_add(session, added, error))
		return false;
	for (int kind = 0; kind < ENTITY_COUNT; kind++)
		*changed += (int)added[kind];
	change->what = arena_format(arena, "Add %s, %s and %s that this version knows",
				    text_count(arena, added[ENTITY_MANUFACTURER], "manufacturer",
					       "manufacturers"),
				    text_count(arena, added[ENTITY_MANUFACTURER_NAME], "name",
					       "names"),
				    text_count(arena, added[ENTITY_MODEL_PREFIX], "model prefix",
					       "model prefixes"));
	return true;
}

bool
command_manufacturer_starter(struct session *session, const struct request *request,
			     struct reply *reply, struct error *error)
{
	struct arena arena = { 0 };
	struct list_change change = { .what = "Add what this version knows of manufacturers",
				      .context = &arena,
				      .make = add_missing };
	bool done = list_change_run(session, request, &change, reply, error);

	arena_free(&arena);
	return done;
}

bool
manufacturer_any_decided(const struct session *session, bool *decided, struct error *error)
{
	struct arena arena = { 0 };
	struct query query = { .entity = &entities[ENTITY_MANUFACTURER], .today = session->today };
	int64_t count = 0;
	bool asked;

	query.filter = filter_parse(&arena, query.entity, "-covered:undecided", session->today,
				    error);
	asked = query.filter != NULL && query_count(session->store, &query, &count, error);
	*decided = count > 0;
	arena_free(&arena);
	return asked;
}
