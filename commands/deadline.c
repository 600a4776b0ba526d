/* SPDX-License-Identifier: MIT */
#include "commands/deadline.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "commands/act.h"
#include "commands/output.h"
#include "commands/record.h"
#include "commands/view.h"
#include "commands/when.h"
#include "db/query.h"
#include "db/record.h"

#define DUE_WITHIN "90d"

const struct operand deadline_set_operands[] = {
	{ "entity", OPERAND_WORD,   OPERAND_REQUIRED | OPERAND_SELECTION, "site|device", "what the deadline is for", NULL },
	{ "key",    OPERAND_WORDS,  OPERAND_REQUIRED | OPERAND_SELECTION, "KEY",         "which ones", NULL },
	{ "kind",   OPERAND_OPTION, OPERAND_ASKED,                        "KIND",        "what must be done; remove when left out", deadline_kinds },
	{ "date",   OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED,     "DATE",        "by when: a date, or 90d from today", NULL },
	{ "owner",  OPERAND_OPTION, OPERAND_ASKED,                        "NAME",        "who must see to it", NULL },
	{ "reason", OPERAND_OPTION, OPERAND_ASKED,                        "TEXT",        "why this date", NULL },
	{ "why",    OPERAND_OPTION, 0,                                    "TEXT",        "the reason for the entry in the history", NULL },
	{ 0 }
};

const struct operand deadline_done_operands[] = {
	{ "deadline", OPERAND_WORDS,  OPERAND_REQUIRED | OPERAND_SELECTION, "NUMBER", "the deadlines", NULL },
	{ "on",       OPERAND_OPTION, OPERAND_ASKED,                        "DATE",   "the day it was done; today when left out", NULL },
	{ "by",       OPERAND_OPTION, OPERAND_ASKED,                        "NAME",   "who says so", NULL },
	{ "why",      OPERAND_OPTION, 0,                                    "TEXT",   "the reason for the entry in the history", NULL },
	{ 0 }
};

const struct operand due_operands[] = {
	{ "within", OPERAND_OPTION, 0, "SPAN",   "how far to look ahead; " DUE_WITHIN " when left out", NULL },
	{ "format", OPERAND_OPTION, 0, "FORMAT", "how to print it", output_formats },
	{ 0 }
};

/* The open deadline of that kind for that subject; NULL without an error when there is none. */
static struct record *
find_open(struct session *session, const struct record *subject, const char *kind, struct arena *arena,
	  struct error *error)
{
	bool of_site = subject->entity->kind == ENTITY_SITE;
	const struct field *of = &entities[ENTITY_DEADLINE].fields[of_site ? DEADLINE_site : DEADLINE_device];
	struct query *query = view_query(session, view_named("deadlines"), of_site ? "site,kind" : "device,kind", NULL,
					 NULL, arena, error);
	struct filter *open = filter_parse(arena, &entities[ENTITY_DEADLINE], "open", session->today, error);
	struct cursor *cursor = NULL;
	struct record_id found = { ENTITY_DEADLINE, 0 };
	struct row row;
	bool more;

	if (query != NULL && open != NULL) {
		query->filter = filter_both(arena, open, filter_is(arena, of, record_key(subject)));
		cursor = query_open(session->store, query, error);
	}
	more = cursor != NULL;
	while (more && found.value == 0 && cursor_next(cursor, &row, &more, error))
		if (more && row.values[0] != NULL && strcmp(row.values[0], record_key(subject)) == 0 &&
		    strcmp(row.values[1], kind) == 0)
			found = row.id;
	cursor_close(cursor);
	return found.value != 0 ? store_read(session->store, found, session->today, arena, error) : NULL;
}

static bool
fill_deadline(struct session *session, struct record *deadline, const struct request *request, struct arena *arena,
	      struct error *error)
{
	const char *owner = request_value(request, "owner"), *reason = request_value(request, "reason");

	return when_set(session, deadline, DEADLINE_target_on, request_value(request, "date"), NULL, arena, error) &&
	       (owner == NULL || record_set(deadline, DEADLINE_owner, owner, arena, error)) &&
	       (reason == NULL || record_set(deadline, DEADLINE_reason, reason, arena, error));
}

static bool
set_one(struct session *session, struct record_id id, const struct request *request, int *changed,
	struct error *error)
{
	const char *words = request_value(request, "kind");
	const char *kind = choice_find(deadline_kinds, words != NULL ? words : "remove")->name;
	struct arena arena = { 0 };
	struct record *subject = store_read(session->store, id, session->today, &arena, error), *open, *deadline;
	bool done = false;

	error->kind = subject != NULL ? ERROR_NONE : error->kind;
	open = subject != NULL ? find_open(session, subject, kind, &arena, error) : NULL;
	if (open != NULL) {
		deadline = record_copy(&arena, open);
		done = fill_deadline(session, deadline, request, &arena, error) &&
			store_update(session->store, open, deadline, changed, error);
	} else if (error->kind == ERROR_NONE) {
		deadline = record_new(&arena, ENTITY_DEADLINE);
		deadline->values[DEADLINE_kind] = kind;
		deadline->values[id.kind == ENTITY_SITE ? DEADLINE_site : DEADLINE_device] = record_key(subject);
		done = fill_deadline(session, deadline, request, &arena, error);
		deadline->values[DEADLINE_first_on] = deadline->values[DEADLINE_target_on];
		done = done && store_insert(session->store, deadline, error);
		*changed = 1;
	}
	arena_free(&arena);
	return done;
}

/* What the person chose: on the screens what is selected, else the word before the keys. */
static enum entity_kind
subject_kind(const struct request *request, struct error *error)
{
	const char *word = request_value(request, "entity");
	const struct entity *entity = word != NULL ? entity_named(word) : NULL;

	if (request->selection_count > 0)
		return request->selection[0].kind;
	if (entity != NULL && (entity->kind == ENTITY_SITE || entity->kind == ENTITY_DEVICE))
		return entity->kind;
	error_set(error, ERROR_USAGE, "Say what the deadline is for: deadline set site CODE, or deadline set device TAG.");
	return ENTITY_NONE;
}

bool
command_deadline_set(struct session *session, const struct request *request, struct reply *reply,
		     struct error *error)
{
	enum entity_kind kind = subject_kind(request, error);
	struct arena arena = { 0 };
	size_t count = 0;
	const struct record_id *ids = kind == ENTITY_NONE ? NULL :
		record_chosen(session, request, kind, "key", &arena, &count, error);
	const char *day = ids == NULL ? NULL : when_day(session, request_value(request, "date"), &arena, error);
	struct act act = { .doing = "Setting deadlines", .one = set_one };
	size_t changed;
	bool done = day != NULL;

	if (done) {
		act.what = arena_format(&arena, "Set the deadline of %s to %s",
					text_count(&arena, (int64_t)count, entities[kind].name, entities[kind].plural), day);
		done = act_on_records(session, request, &act, ids, count, &changed, error);
	}
	if (done)
		act_say(reply, act.what, changed);
	arena_free(&arena);
	return done;
}

static bool
close_one(struct session *session, struct record_id id, const struct request *request, int *changed,
	  struct error *error)
{
	struct arena arena = { 0 };
	struct record *before = store_read(session->store, id, session->today, &arena, error), *now;
	const char *by = request_value(request, "by");
	bool done = before != NULL;

	if (done && before->values[DEADLINE_done_on] != NULL && request_value(request, "on") == NULL)
		done = error_set(error, ERROR_CONFLICT, "Deadline %s was closed on %s already. To correct the day, name it (on). "
				 "Nothing was changed.", record_key(before), before->values[DEADLINE_done_on]);
	if (done) {
		now = record_copy(&arena, before);
		done = when_set(session, now, DEADLINE_done_on, request_value(request, "on"), "0d", &arena, error) &&
			record_set(now, DEADLINE_done_by, by != NULL ? by : session->who, &arena, error) &&
			store_update(session->store, before, now, changed, error);
	}
	arena_free(&arena);
	return done;
}

bool
command_deadline_done(struct session *session, const struct request *request, struct reply *reply,
		      struct error *error)
{
	struct arena arena = { 0 };
	size_t count = 0;
	const struct record_id *ids = record_chosen(session, request, ENTITY_DEADLINE, "deadline", &arena, &count, error);
	const char *what = arena_format(&arena, "Close %s", text_count(&arena, (int64_t)count, "deadline", "deadlines"));
	const struct act act = { what, "Closing deadlines", close_one };
	size_t changed;
	bool done = ids != NULL && act_on_records(session, request, &act, ids, count, &changed, error);

	if (done)
		act_say(reply, what, changed);
	arena_free(&arena);
	return done;
}

bool
command_due(struct session *session, const struct request *request, struct reply *reply, struct error *error)
{
	const char *within = request_value(request, "within"), *format = request_value(request, "format");
	struct arena arena = { 0 };
	const char *day = when_day(session, within != NULL ? within : DUE_WITHIN, &arena, error);
	struct query *query = day == NULL ? NULL :
		view_query(session, view_named("deadlines"), NULL, arena_format(&arena, "open due_on<=%s", day), NULL, &arena, error);
	bool printed = query != NULL && output_query(session, reply, format, "Deadlines due", query, error);

	arena_free(&arena);
	return printed;
}
