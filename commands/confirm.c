/* SPDX-License-Identifier: MIT */
#include "commands/confirm.h"

#include <string.h>

#include "commands/act.h"
#include "commands/match.h"
#include "commands/record.h"
#include "commands/when.h"
#include "db/record.h"

const struct operand device_confirm_operands[] = {
	{ "device", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_SELECTION, "TAG", "the devices",
	  NULL },
	{ "manufacturer", OPERAND_OPTION, OPERAND_ASKED, "MANUFACTURER",
	  "who made them; the one that each is taken to be of when left out", NULL },
	{ "by", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "NAME", "the person who confirms",
	  NULL },
	{ "on", OPERAND_OPTION, 0, "DATE", "the day of that; today when left out", NULL },
	{ "evidence", OPERAND_OPTION, OPERAND_ASKED, "TEXT", "what was looked at, for the history",
	  NULL },
	{ "why", OPERAND_OPTION, 0, "TEXT", "the reason for the entry in the history", NULL },
	{ 0 }
};

static bool
confirm_one(struct session *session, struct record_id id, const struct request *request,
	    int *changed, struct error *error)
{
	const char *manufacturer = request_value(request, "manufacturer");
	struct arena arena = { 0 };
	struct record *before = store_read(session->store, id, session->today, &arena, error), *now;
	bool done = before != NULL;

	if (done) {
		now = record_copy(&arena, before);
		if (manufacturer != NULL)
			now->values[DEVICE_manufacturer] = manufacturer;
		done = now->values[DEVICE_manufacturer] != NULL ||
		       error_set(error, ERROR_USAGE,
				 "Nobody knows yet who made device %s: say whom you confirm "
				 "(--manufacturer NAME). Nothing was changed.",
				 record_key(before));
		done = done &&
		       record_set(now, DEVICE_maker_confirmed_by, request_value(request, "by"),
				  &arena, error) &&
		       when_set(session, now, DEVICE_maker_confirmed_on,
				request_value(request, "on"), "0d", &arena, error) &&
		       match_record(session, before, now, &arena, error) &&
		       store_update(session->store, before, now, changed, error);
	}
	arena_free(&arena);
	return done;
}

static bool
is_among(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* Who made them, as they are confirmed now: the names, of many makers the first. */
static const char *
makers_of(struct session *session, const struct record_id *ids, size_t count, struct arena *arena)
{
	enum { NAMED = 3 };
	const char *words = "", *names[NAMED];
	struct arena each = { 0 };
	struct error ignored;
	size_t named = 0;
	bool others = false;

	for (size_t i = 0; i < count && !others; i++) {
		const struct record *device = store_read(session->store, ids[i], session->today,
							 &each, &ignored);
		const char *name = device != NULL ? device->values[DEVICE_manufacturer] : NULL;

		if (name != NULL && !is_among(name, names, named)) {
			others = named == NAMED;
			words = others ? arena_format(arena, "%s and others", words) :
				arena_format(arena, "%s%s%s", words, named > 0 ? ", " : "", name);
			if (!others)
				names[named++] = arena_text(arena, name);
		}
		arena_reset(&each);
	}
	arena_free(&each);
	return words;
}

/* What was looked at belongs to the reason: the history keeps both. */
static void
join_evidence(struct request *request, const char *words[1], struct arena *arena)
{
	const char *evidence = request_value(request, "evidence"),
		   *why = request_value(request, "why");
	int position = 0;

	if (evidence == NULL)
		return;
	for each_operand(operand, request->command)
		if (text_same(operand->name, "why"))
			position = (int)(operand - request->command->operands);
	words[0] = why != NULL ? arena_format(arena, "%s (evidence: %s)", why, evidence) :
		   arena_format(arena, "Evidence: %s", evidence);
	request->values[position] = words;
	request->counts[position] = 1;
}

bool
command_device_confirm(struct session *session, const struct request *request, struct reply *reply,
		       struct error *error)
{
	const char *manufacturer = request_value(request, "manufacturer"), *words[1];
	struct request whole = *request;
	struct arena arena = { 0 };
	size_t count, changed;
	const struct record_id *ids = record_chosen(session, request, ENTITY_DEVICE, "device",
						    &arena, &count, error);
	struct act act = { .doing = "Confirming makers", .one = confirm_one };
	bool done = ids != NULL;

	if (done) {
		join_evidence(&whole, words, &arena);
		if (manufacturer == NULL)
			manufacturer = makers_of(session, ids, count, &arena);
		act.what = arena_format(&arena, "Confirm the maker of %s%s%s",
					text_count(&arena, (int64_t)count, "device", "devices"),
					*manufacturer != '\0' ? ": " : "", manufacturer);
		done = act_on_records(session, &whole, &act, ids, count, &changed, error);
	}
	if (done)
		act_say(reply, act.what, changed);
	arena_free(&arena);
	return done;
}
