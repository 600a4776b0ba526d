/* SPDX-License-Identifier: MIT */
#include "commands/deadline_layer.h"

#include <string.h>

#include "commands/programme.h"
#include "db/record.h"

static const struct deadline_subject subjects[] = {
	{ ENTITY_DEVICE, DEADLINE_device, "device" },
	{ ENTITY_SITE, DEADLINE_site, "site" },
	{ ENTITY_ORGANISATION, DEADLINE_body, "organisation" },
};

enum { SUBJECTS = sizeof subjects / sizeof subjects[0] };

const struct deadline_subject *
deadline_subject_of(enum entity_kind kind)
{
	for (size_t i = 0; i < SUBJECTS; i++)
		if (subjects[i].kind == kind)
			return &subjects[i];
	return NULL;
}

const struct record *
deadline_read_subject(const struct session *session, const struct record *deadline,
		      struct arena *arena, struct error *error)
{
	for (size_t i = 0; i < SUBJECTS; i++)
		if (deadline->values[subjects[i].field] != NULL)
			return store_find(session->store, subjects[i].kind,
					  deadline->values[subjects[i].field], session->today,
					  arena, error);
	error_set(error, ERROR_NOT_FOUND, "Deadline %s is for nothing that is recorded.",
		  record_key(deadline));
	return NULL;
}

bool
deadline_clears(const char *kind)
{
	return text_same(kind, "remove") || text_same(kind, "replace") ||
	       text_same(kind, "disconnect");
}

/* The date that counts for the record, and the layer that set it. */
static bool
read_due(const struct session *session, struct record_id id, const char **due, const char **layer,
	 struct arena *arena, struct error *error)
{
	const struct record *subject;

	*layer = "programme";
	if (id.kind == ENTITY_ORGANISATION)
		return programme_day(session, due, arena, error);
	subject = store_read(session->store, id, session->today, arena, error);
	if (subject == NULL)
		return false;
	*due = subject->values[id.kind == ENTITY_SITE ? SITE_due_on : DEVICE_due_on];
	*layer = subject->values[id.kind == ENTITY_SITE ? SITE_due_layer : DEVICE_due_layer];
	return true;
}

bool
deadline_find_wider(const struct session *session, struct record_id id, const char *day,
		    const char **wider, const char **layer, struct arena *arena,
		    struct error *error)
{
	const char *own_layer = deadline_subject_of(id.kind)->layer;
	const struct choice *own = choice_find(deadline_layers, own_layer);
	const struct choice *set_by;
	const char *due;

	*wider = NULL;
	if (!read_due(session, id, &due, layer, arena, error))
		return false;
	set_by = choice_find(deadline_layers, *layer);
	if (due != NULL && strcmp(due, day) < 0 && set_by != NULL && set_by < own)
		*wider = due;
	return true;
}

void
deadline_say_wider(const struct session *session, const struct record_id *ids, size_t count,
		   const char *day, struct text *words)
{
	struct arena each = { 0 };
	struct error ignored;
	char date_text[DATE_WORDS_SIZE], number[TEXT_NUMBER_SIZE];
	int64_t found = 0;

	for (size_t i = 0; i < count; i++) {
		const char *wider, *layer;
		struct date date;

		arena_reset(&each);
		if (!deadline_find_wider(session, ids[i], day, &wider, &layer, &each, &ignored) ||
		    wider == NULL || !date_parse_iso(wider, &date))
			continue;
		date_words(date, date_text);
		found++;
		if (count == 1)
			text_format(words, "The earlier date of the %s, %s, counts all the same.\n",
				    layer, date_text);
	}
	if (count > 1 && found > 0)
		text_format(words,
			    "For %s of them an earlier date of a wider layer (the programme, the "
			    "organisation or the site) counts all the same.\n",
			    text_number(found, number));
	arena_free(&each);
}
