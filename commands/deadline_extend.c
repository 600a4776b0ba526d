/* SPDX-License-Identifier: MIT */
/* What becomes of a deadline that is set: it is extended, met, or open again. */
#include <stdlib.h>
#include <string.h>

#include "commands/act.h"
#include "commands/deadline.h"
#include "commands/deadline_layer.h"
#include "commands/record.h"
#include "commands/when.h"
#include "db/met.h"
#include "db/record.h"

const struct operand deadline_extend_operands[] = {
	{ "deadline", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_SELECTION, "NUMBER",
	  "the deadlines", NULL },
	{ "to", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "DATE",
	  "the later date: a date, or 90d from today", NULL },
	{ "reason", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "TEXT", "why it is extended",
	  NULL },
	{ "by", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "NAME",
	  "the person who approved it", NULL },
	{ "on", OPERAND_OPTION, 0, "DATE", "the day it was approved; today when left out", NULL },
	{ "expires", OPERAND_OPTION, OPERAND_ASKED, "DATE",
	  "the last day on which it holds; the later date when left out", NULL },
	{ "why", OPERAND_OPTION, 0, "TEXT", "the reason for the entry in the history", NULL },
	{ 0 }
};

const struct operand deadline_done_operands[] = {
	{ "deadline", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_SELECTION, "NUMBER",
	  "the deadlines", NULL },
	{ "on", OPERAND_OPTION, OPERAND_ASKED, "DATE", "the day it was done; today when left out",
	  NULL },
	{ "by", OPERAND_OPTION, OPERAND_ASKED, "NAME", "who says so", NULL },
	{ "why", OPERAND_OPTION, 0, "TEXT", "the reason for the entry in the history", NULL },
	{ 0 }
};

const struct operand deadline_reopen_operands[] = {
	{ "deadline", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_SELECTION, "NUMBER",
	  "the deadlines", NULL },
	{ "why", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "TEXT",
	  "why they are open again", NULL },
	{ 0 }
};

/* What an extension of the deadline may not say. */
static bool
check_extension(const struct session *session, const struct record *deadline,
		const struct record *extension, struct error *error)
{
	const char *to = extension->values[EXTENSION_to_on],
		   *expires = extension->values[EXTENSION_expires_on];
	char today[DATE_TEXT_SIZE];

	date_format(session->today, today);
	if (deadline->values[DEADLINE_done_on] != NULL)
		return error_set(error, ERROR_CONFLICT,
				 "Deadline %s was met on %s: there is nothing to extend (terrier "
				 "deadline reopen says that it was not). Nothing was changed.",
				 record_key(deadline), deadline->values[DEADLINE_done_on]);
	if (strcmp(to, deadline->values[DEADLINE_due_on]) <= 0)
		return error_set(error, ERROR_INVALID,
				 "Deadline %s is due on %s: it can only be extended to a later "
				 "date than that, and %s is none. Nothing was changed.",
				 record_key(deadline), deadline->values[DEADLINE_due_on], to);
	if (strcmp(expires, today) < 0)
		return error_set(error, ERROR_INVALID,
				 "The extension would have expired on %s, before today (%s). "
				 "Nothing was changed.",
				 expires, today);
	return true;
}

static bool
fill_extension(struct session *session, const struct record *deadline, struct record *extension,
	       const struct request *request, struct arena *arena, struct error *error)
{
	const char *to = request_value(request, "to");

	extension->values[EXTENSION_deadline] = record_key(deadline);
	extension->values[EXTENSION_from_on] = deadline->values[DEADLINE_target_on];
	return when_set(session, extension, EXTENSION_to_on, to, NULL, arena, error) &&
	       when_set(session, extension, EXTENSION_expires_on, request_value(request, "expires"),
			to, arena, error) &&
	       when_set(session, extension, EXTENSION_approved_on, request_value(request, "on"),
			"0d", arena, error) &&
	       record_set(extension, EXTENSION_reason, request_value(request, "reason"), arena,
			  error) &&
	       record_set(extension, EXTENSION_approved_by, request_value(request, "by"), arena,
			  error);
}

static bool
extend_one(struct session *session, struct record_id id, const struct request *request,
	   int *changed, struct error *error)
{
	struct arena arena = { 0 };
	const struct record *deadline = store_read(session->store, id, session->today, &arena,
						   error);
	struct record *extension = record_new(&arena, ENTITY_EXTENSION);
	bool done = deadline != NULL &&
		    fill_extension(session, deadline, extension, request, &arena, error) &&
		    check_extension(session, deadline, extension, error) &&
		    store_insert(session->store, extension, error);

	*changed = 1;
	arena_free(&arena);
	return done;
}

bool
deadline_close(struct session *session, struct record_id id, const char *day, const char *by,
	       struct error *error)
{
	struct arena arena = { 0 };
	const struct record *before = store_read(session->store, id, session->today, &arena, error);
	struct record *now = before != NULL ? record_copy(&arena, before) : NULL;
	bool done = now != NULL && record_set(now, DEADLINE_done_on, day, &arena, error) &&
		    record_set(now, DEADLINE_done_by, by, &arena, error) &&
		    store_update(session->store, before, now, NULL, error);

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

	if (done && before->values[DEADLINE_done_on] != NULL &&
	    request_value(request, "on") == NULL)
		done = error_set(error, ERROR_CONFLICT,
				 "Deadline %s was closed on %s already. To correct the day, name "
				 "it (on). Nothing was changed.",
				 record_key(before), before->values[DEADLINE_done_on]);
	if (done) {
		now = record_copy(&arena, before);
		done = when_set(session, now, DEADLINE_done_on, request_value(request, "on"), "0d",
				&arena, error) &&
		       record_set(now, DEADLINE_done_by, by != NULL ? by : session->who, &arena,
				  error) &&
		       store_update(session->store, before, now, changed, error);
	}
	arena_free(&arena);
	return done;
}

static bool
reopen_one(struct session *session, struct record_id id, const struct request *request,
	   int *changed, struct error *error)
{
	struct arena arena = { 0 };
	const struct record *before = store_read(session->store, id, session->today, &arena, error);
	struct record *now = before != NULL ? record_copy(&arena, before) : NULL;
	bool done = now != NULL;

	(void)request;
	if (done && text_equals(before->values[DEADLINE_done_by], met_by_records))
		done = error_set(error, ERROR_CONFLICT,
				 "Deadline %s is met by what is recorded of %s. Where that is "
				 "wrong, set it right there, and the deadline opens by itself. "
				 "Nothing was changed.",
				 record_key(before), before->values[DEADLINE_subject]);
	if (done) {
		now->values[DEADLINE_done_on] = now->values[DEADLINE_done_by] = NULL;
		done = store_update(session->store, before, now, changed, error);
	}
	arena_free(&arena);
	return done;
}

/* What became of one deadline, in a sentence; for several the list says. */
static void
say_due(struct session *session, const struct record_id *ids, size_t count, struct reply *reply)
{
	struct arena arena = { 0 };
	struct error error;
	const struct record *deadline = NULL;
	const char *state = "";

	if (count == 1)
		deadline = store_read(session->store, ids[0], session->today, &arena, &error);
	if (deadline != NULL)
		state = deadline->values[DEADLINE_state];
	if (deadline != NULL && deadline->values[DEADLINE_done_on] != NULL)
		text_format(&reply->words, "It was due on %s: %s.\n",
			    deadline->values[DEADLINE_due_on],
			    strcmp(state, "met") == 0 ? "met in time" : state);
	else if (deadline != NULL && deadline->values[DEADLINE_expires_on] != NULL)
		text_format(&reply->words,
			    "It is due on %s; when the extension expires, after %s, on %s again.\n",
			    deadline->values[DEADLINE_due_on],
			    deadline->values[DEADLINE_expires_on],
			    deadline->values[DEADLINE_target_on]);
	else if (deadline != NULL)
		text_format(&reply->words, "It is due on %s: %s.\n",
			    deadline->values[DEADLINE_due_on], state);
	arena_free(&arena);
}

static int64_t
number_of(const struct record *record, int field)
{
	return record->values[field] != NULL ? strtoll(record->values[field], NULL, 10) : 0;
}

/* What is still there that by a deadline had to go: devices, or an organisation's sites. */
static int64_t
count_left(struct session *session, const struct record *deadline, struct arena *arena)
{
	struct error ignored;
	const struct record *subject = deadline_read_subject(session, deadline, arena, &ignored);

	if (subject == NULL)
		return 0;
	if (subject->id.kind == ENTITY_SITE)
		return number_of(subject, SITE_in_scope_left);
	if (subject->id.kind == ENTITY_ORGANISATION)
		return number_of(subject, ORGANISATION_ever_in_scope) -
		       number_of(subject, ORGANISATION_cleared);
	return text_same(subject->values[DEVICE_in_scope], "yes") &&
			       text_same(subject->values[DEVICE_present], "yes")
		       ? number_of(subject, DEVICE_quantity)
		       : 0;
}

/* That a deadline is met is a person's word; whether a site is clear, its devices tell. */
static void
say_left(struct session *session, const struct record_id *ids, size_t count, struct reply *reply)
{
	struct arena arena = { 0 };
	struct error ignored;
	int64_t left = 0, found = 0;
	char number[TEXT_NUMBER_SIZE];
	bool sites = false;

	for (size_t i = 0; i < count; i++) {
		const struct record *deadline = store_read(session->store, ids[i], session->today,
							   &arena, &ignored);
		int64_t here = deadline != NULL && deadline->values[DEADLINE_done_on] != NULL &&
					       deadline_clears(deadline->values[DEADLINE_kind])
				       ? count_left(session, deadline, &arena)
				       : 0;

		left += here;
		found += here > 0;
		sites = here > 0 && deadline->values[DEADLINE_body] != NULL;
		arena_reset(&arena);
	}
	if (found > 0 && count > 1)
		text_format(&reply->words,
			    "Where %s of them had to be met, in-scope devices are still recorded: "
			    "this does not make those sites clear.\n",
			    text_number(found, number));
	else if (found > 0 && sites)
		text_format(&reply->words,
			    "In-scope devices are still recorded at %s of its own: this does not "
			    "make %s clear.\n",
			    text_count(&arena, left, "sensitive site", "sensitive sites"),
			    left == 1 ? "it" : "them");
	else if (found > 0)
		text_format(&reply->words,
			    "%s still recorded there: this does not make the site clear.\n",
			    text_count(&arena, left, "in-scope device is", "in-scope devices are"));
	arena_free(&arena);
}

/* The later date holds for the deadline, but one of a wider layer may be before it. */
static void
say_wider(struct session *session, const struct request *request, const struct record_id *ids,
	  size_t count, struct text *words)
{
	struct arena arena = { 0 }, each = { 0 };
	struct record_id *subjects = arena_alloc(&arena, (count + 1) * sizeof *subjects);
	struct error ignored;
	const char *day = when_day(session, request_value(request, "to"), &arena, &ignored);
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		const struct record *deadline, *subject = NULL;

		arena_reset(&each);
		deadline = store_read(session->store, ids[i], session->today, &each, &ignored);
		if (deadline != NULL && deadline_clears(deadline->values[DEADLINE_kind]))
			subject = deadline_read_subject(session, deadline, &each, &ignored);
		if (subject != NULL)
			subjects[found++] = subject->id;
	}
	if (day != NULL)
		deadline_say_wider(session, subjects, found, day, words);
	arena_free(&each);
	arena_free(&arena);
}

/* Does it to the deadlines that the words or the selection name. */
static bool
act_on_deadlines(struct session *session, const struct request *request, struct act act,
		 struct reply *reply, struct error *error)
{
	struct arena arena = { 0 };
	size_t count = 0, changed;
	const struct record_id *ids = record_chosen(session, request, ENTITY_DEADLINE, "deadline",
						    &arena, &count, error);
	bool done;

	act.what = arena_format(&arena, "%s %s", act.what,
				text_count(&arena, (int64_t)count, "deadline", "deadlines"));
	done = ids != NULL && act_on_records(session, request, &act, ids, count, &changed, error);
	if (done) {
		act_say(reply, act.what, changed);
		say_due(session, ids, changed > 0 ? count : 0, reply);
		say_left(session, ids, changed > 0 ? count : 0, reply);
		if (act.one == extend_one)
			say_wider(session, request, ids, count, &reply->words);
	}
	arena_free(&arena);
	return done;
}

bool
command_deadline_extend(struct session *session, const struct request *request, struct reply *reply,
			struct error *error)
{
	return act_on_deadlines(session, request,
				(struct act){ "Extend", "Extending deadlines", extend_one }, reply,
				error);
}

bool
command_deadline_done(struct session *session, const struct request *request, struct reply *reply,
		      struct error *error)
{
	return act_on_deadlines(session, request,
				(struct act){ "Close", "Closing deadlines", close_one }, reply,
				error);
}

bool
command_deadline_reopen(struct session *session, const struct request *request, struct reply *reply,
			struct error *error)
{
	return act_on_deadlines(session, request,
				(struct act){ "Reopen", "Reopening deadlines", reopen_one }, reply,
				error);
}
