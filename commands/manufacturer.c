/* SPDX-License-Identifier: MIT */
#include "commands/manufacturer.h"

#include <inttypes.h>
#include <stdlib.h>

#include "commands/act.h"
#include "commands/record.h"
#include "commands/when.h"
#include "db/record.h"

const struct operand manufacturer_cover_operands[] = {
	{ "manufacturer", OPERAND_WORDS,  OPERAND_REQUIRED | OPERAND_SELECTION, "NAME", "the manufacturers, by name or by a name of theirs", NULL },
	{ "basis",        OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED,     "TEXT", "why, in words", NULL },
	{ "by",           OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED,     "NAME", "the person who decided", NULL },
	{ "on",           OPERAND_OPTION, 0,                                    "DATE", "the day of the decision; today when left out", NULL },
	{ "why",          OPERAND_OPTION, 0,                                    "TEXT", "the reason for the entry in the history", NULL },
	{ 0 }
};

static bool
decide_one(struct session *session, struct record_id id, const char *covered, const struct request *request,
	   int *changed, struct error *error)
{
	struct arena arena = { 0 };
	struct record *before = store_read(session->store, id, session->today, &arena, error), *now;
	bool done = before != NULL;

	if (done) {
		now = record_copy(&arena, before);
		done = record_set(now, MANUFACTURER_covered, covered, &arena, error) &&
			record_set(now, MANUFACTURER_basis, request_value(request, "basis"), &arena, error) &&
			record_set(now, MANUFACTURER_decided_by, request_value(request, "by"), &arena, error) &&
			when_set(session, now, MANUFACTURER_decided_on, request_value(request, "on"), "0d", &arena, error) &&
			store_update(session->store, before, now, changed, error);
	}
	arena_free(&arena);
	return done;
}

static bool
cover_one(struct session *session, struct record_id id, const struct request *request, int *changed,
	  struct error *error)
{
	return decide_one(session, id, "yes", request, changed, error);
}

static bool
uncover_one(struct session *session, struct record_id id, const struct request *request, int *changed,
	    struct error *error)
{
	return decide_one(session, id, "no", request, changed, error);
}

/* How many devices the manufacturers made; what cannot be read counts as none, since this is only said. */
static int64_t
count_devices(struct session *session, const struct record_id *ids, size_t count)
{
	struct arena arena = { 0 };
	int64_t devices = 0;

	for (size_t i = 0; i < count; i++) {
		struct error ignored;
		const struct record *record = store_read(session->store, ids[i], session->today, &arena, &ignored);

		if (record != NULL)
			devices += strtoll(record->values[MANUFACTURER_devices], NULL, 10);
	}
	arena_free(&arena);
	return devices;
}

static bool
decide(struct session *session, const struct request *request, const char *verb, struct act act,
       struct reply *reply, struct error *error)
{
	struct arena arena = { 0 };
	size_t count, changed;
	const struct record_id *ids = record_chosen(session, request, ENTITY_MANUFACTURER, "manufacturer", &arena, &count, error);
	const char *name = request_value(request, "manufacturer");
	bool done;

	act.doing = "Deciding on manufacturers";
	act.what = arena_format(&arena, "%s %s", verb, count == 1 && name != NULL ? name :
				text_count(&arena, (int64_t)count, "manufacturer", "manufacturers"));
	done = ids != NULL && act_on_records(session, request, &act, ids, count, &changed, error);
	if (done)
		act_say(reply, act.what, changed);
	if (done && changed > 0)
		text_format(&reply->words, "%s recorded and not removed.\n",
			    text_count(&arena, count_devices(session, ids, count), "device of that make is",
				       "devices of that make are"));
	arena_free(&arena);
	return done;
}

bool
command_manufacturer_cover(struct session *session, const struct request *request, struct reply *reply,
			   struct error *error)
{
	return decide(session, request, "Cover", (struct act){ .one = cover_one }, reply, error);
}

bool
command_manufacturer_uncover(struct session *session, const struct request *request, struct reply *reply,
			     struct error *error)
{
	return decide(session, request, "Uncover", (struct act){ .one = uncover_one }, reply, error);
}
