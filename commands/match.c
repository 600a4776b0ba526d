/* SPDX-License-Identifier: MIT */
#include "commands/match.h"

#include "core/text.h"
#include "db/record.h"

static bool
check_device(const struct record *device, struct error *error)
{
	const char *maker = device->values[DEVICE_manufacturer], *rival = device->values[DEVICE_rival];
	bool in_scope = text_same(device->values[DEVICE_in_scope], "yes");

	if (!in_scope && !text_same(device->values[DEVICE_match], "suspected"))
		return true;
	return error_set(error, ERROR_INVALID, "Device %s is no replacement: it is %s itself (%.80s%s%.80s). Nothing was saved. Name "
			 "another device; if it must be this one, give the reason with --why.", record_key(device),
			 in_scope ? "in scope" : "suspected to be of a covered maker", maker != NULL ? maker : "maker unknown",
			 rival != NULL ? ", or " : "", rival != NULL ? rival : "");
}

bool
match_check_replacement(struct session *session, const char *tag, struct error *error)
{
	struct arena arena = { 0 };
	struct record_id id;
	const struct record *device = NULL;
	bool passed = store_lookup(session->store, ENTITY_DEVICE, tag, &id, error);

	if (passed && id.value != 0) {
		device = store_read(session->store, id, session->today, &arena, error);
		passed = device != NULL && check_device(device, error);
	}
	arena_free(&arena);
	return passed;
}
