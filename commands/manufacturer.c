/* SPDX-License-Identifier: MIT */
#include "commands/manufacturer.h"

#include <inttypes.h>
#include <stdlib.h>

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
	   int64_t *devices, struct error *error)
{
	struct arena arena = { 0 };
	struct record *before = store_read(session->store, id, session->today, &arena, error), *now;
	bool done = before != NULL;

	if (done) {
		now = record_copy(&arena, before);
		*devices += strtoll(before->values[MANUFACTURER_devices], NULL, 10);
		done = record_set(now, MANUFACTURER_covered, covered, &arena, error) &&
			record_set(now, MANUFACTURER_basis, request_value(request, "basis"), &arena, error) &&
			record_set(now, MANUFACTURER_decided_by, request_value(request, "by"), &arena, error) &&
			when_set(session, now, MANUFACTURER_decided_on, request_value(request, "on"), "0d", &arena, error) &&
			store_update(session->store, before, now, NULL, error);
	}
	arena_free(&arena);
	return done;
}

static bool
decide(struct session *session, const struct request *request, const char *covered, const char *act,
       struct reply *reply, struct error *error)
{
	struct arena arena = { 0 };
	size_t count;
	const struct record_id *ids = record_chosen(session, request, ENTITY_MANUFACTURER, "manufacturer", &arena, &count, error);
	const char *name = request_value(request, "manufacturer");
	const char *what = arena_format(&arena, "%s %s", act, count == 1 && name != NULL ? name :
					text_count(&arena, (int64_t)count, "manufacturer", "manufacturers"));
	struct entry entry = session_entry(session, "command", what, request_value(request, "why"));
	int64_t devices = 0;
	bool done = ids != NULL && store_entry_begin(session->store, &entry, error);

	for (size_t i = 0; i < count && done; i++)
		done = decide_one(session, ids[i], covered, request, &devices, error);
	done = done && store_entry_commit(session->store, error);
	if (done)
		text_format(&reply->words, "%s. %s of that make in the register.\n", what,
			    text_count(&arena, devices, "device is", "devices are"));
	else
		store_entry_rollback(session->store);
	arena_free(&arena);
	return done;
}

bool
command_manufacturer_cover(struct session *session, const struct request *request, struct reply *reply,
			   struct error *error)
{
	return decide(session, request, "yes", "Cover", reply, error);
}

bool
command_manufacturer_uncover(struct session *session, const struct request *request, struct reply *reply,
			     struct error *error)
{
	return decide(session, request, "no", "Uncover", reply, error);
}
