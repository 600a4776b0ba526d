/* SPDX-License-Identifier: MIT */
#include "commands/act.h"

static bool
act_on_one(struct session *session, const struct request *request, const struct act *act,
	   struct record_id id, size_t *changed, struct error *error)
{
	int fields = 0;

	if (!act->one(session, id, request, &fields, error))
		return false;
	*changed += fields > 0;
	return true;
}

bool
act_on_records(struct session *session, const struct request *request, const struct act *act,
	       const struct record_id *ids, size_t count, size_t *changed, struct error *error)
{
	struct entry entry = session_entry(session, ENTRY_KIND_COMMAND, act->what,
					   request_value(request, "why"));
	bool done = store_entry_begin(session->store, &entry, error);

	*changed = 0;
	for (size_t i = 0; i < count && done; i++)
		done = (progress_step(session->progress, act->doing, (int64_t)i, (int64_t)count) ||
			error_set(error, ERROR_CANCELLED, "Stopped. Nothing was changed.")) &&
		       act_on_one(session, request, act, ids[i], changed, error);
	if (done && *changed > 0)
		return store_entry_commit(session->store, error);
	store_entry_rollback(session->store);
	return done;
}

void
act_say(struct reply *reply, const char *what, size_t changed)
{
	if (changed > 0)
		text_format(&reply->words, "%s.\n", what);
	else
		text_append(&reply->words,
			    "The register says that already; nothing was changed.\n");
}
