/* SPDX-License-Identifier: MIT */
#include "commands/replacement.h"

#include "db/record.h"

static void
append_doubt(const struct record *device, struct text *words)
{
	const char *make = device->values[DEVICE_make],
		   *maker = device->values[DEVICE_judged_maker];

	if (text_same(device->values[DEVICE_match], "undecided"))
		text_format(words,
			    "Nobody has decided on %s, which made %s: it may be in scope itself. "
			    "Decide it: terrier manufacturer cover, or uncover.\n",
			    maker, record_key(device));
	else
		text_format(words,
			    "Nobody knows who made %s (make: %s): it may be in scope itself. Look "
			    "at the device, and record what its label says (make, model, mac).\n",
			    record_key(device), make != NULL ? make : "not recorded");
}

void
replacement_say_doubt(struct session *session, const char *tag, struct text *words)
{
	struct arena arena = { 0 };
	struct error ignored;
	struct record_id id = { 0 };
	const struct record *device = NULL;

	if (store_lookup(session->store, ENTITY_DEVICE, tag, &id, &ignored) && id.value != 0)
		device = store_read(session->store, id, session->today, &arena, &ignored);
	if (device != NULL && text_same(device->values[DEVICE_in_scope], "unknown"))
		append_doubt(device, words);
	arena_free(&arena);
}
