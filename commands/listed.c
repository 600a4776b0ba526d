/* SPDX-License-Identifier: MIT */
#include "commands/listed.h"

#include <ctype.h>
#include <string.h>

#include "commands/match.h"
#include "db/record.h"

/* One record that is saved. */
struct saving {
	const struct record *before;
	struct record *now;
};

/* Records whose fields are set. */
struct setting_all {
	const struct request *request;
	const struct act *act;
	const struct record_id *ids;
	size_t count;
};

void
listed_describe(struct text *words, const char *verb, const struct record *record,
		const char *manufacturer)
{
	const char *title = record->entity->title;
	bool is_word = islower((unsigned char)title[1]);

	text_format(words, "%s the %c%s %s of %s", verb,
		    is_word ? tolower((unsigned char)title[0]) : title[0], title + 1,
		    record_key(record), manufacturer);
}

static bool
save(struct session *session, struct list_change *change, int *changed, struct error *error)
{
	const struct saving *saving = change->context;

	change->keeps_devices = !match_reads_change(saving->before, saving->now);
	*changed = 1;
	return saving->before == NULL
		       ? store_insert(session->store, saving->now, error)
		       : store_update(session->store, saving->before, saving->now, changed, error);
}

bool
listed_save(struct session *session, const struct record *before, struct record *now,
	    struct list_change *change, int *changed, struct text *words, struct error *error)
{
	struct saving saving = { before, now };
	struct reply reply = { 0 };
	bool done;

	change->context = &saving;
	change->make = save;
	done = list_change_run(session, NULL, change, &reply, error);
	*changed = !reply.idle;
	if (done && !reply.idle)
		text_append(words, text_words(&reply.words));
	text_free(&reply.words);
	return done;
}

/* Whether one of the fields that are set is one that devices are matched by. */
static bool
sets_what_is_read(const struct request *request, enum entity_kind kind)
{
	const struct field *fields = entities[kind].fields;
	size_t count;
	const char *const *assignments = request_words(request, "field", &count);

	for (size_t i = 0; i < count; i++)
		for each_field(field, fields)
			if (strncmp(assignments[i], field->name, strlen(field->name)) == 0 &&
			    assignments[i][strlen(field->name)] == '=' &&
			    match_reads_field(kind, (int)(field - fields)))
				return true;
	return false;
}

static bool
set_all(struct session *session, struct list_change *change, int *changed, struct error *error)
{
	const struct setting_all *all = change->context;

	change->keeps_devices = !sets_what_is_read(all->request, all->ids[0].kind);
	for (size_t i = 0; i < all->count; i++) {
		int fields = 0;

		if (!progress_step(session->progress, all->act->doing, (int64_t)i,
				   (int64_t)all->count))
			return error_set(error, ERROR_CANCELLED, "Stopped. Nothing was changed.");
		if (!all->act->one(session, all->ids[i], all->request, &fields, error))
			return false;
		*changed += fields > 0;
	}
	return true;
}

bool
listed_set(struct session *session, const struct request *request, const struct act *act,
	   const struct record_id *ids, size_t count, struct reply *reply, struct error *error)
{
	struct setting_all all = { request, act, ids, count };
	struct list_change change = { .what = act->what,
				      .why = request_value(request, "why"),
				      .context = &all,
				      .make = set_all };

	return list_change_run(session, NULL, &change, reply, error);
}
