/* SPDX-License-Identifier: MIT */
#include "commands/deadline.h"

#include <stdlib.h>
#include <string.h>

#include "commands/act.h"
#include "commands/deadline_layer.h"
#include "commands/record.h"
#include "commands/view.h"
#include "commands/when.h"
#include "core/memory.h"
#include "db/query.h"
#include "db/record.h"

const struct operand deadline_set_operands[] = {
	{ "entity", OPERAND_WORD, OPERAND_REQUIRED | OPERAND_SELECTION, "site|device|organisation",
	  "what the deadline is for", NULL },
	{ "key", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_SELECTION, "KEY", "which ones", NULL },
	{ "kind", OPERAND_OPTION, OPERAND_ASKED, "KIND", "what must be done; remove when left out",
	  deadline_kinds },
	{ "date", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "DATE",
	  "by when: a date, or 90d from today", NULL },
	{ "owner", OPERAND_OPTION, OPERAND_ASKED, "NAME", "who must see to it", NULL },
	{ "reason", OPERAND_OPTION, OPERAND_ASKED, "TEXT", "why this date; needed to move one, "
	  "or when a wider layer's is earlier", NULL },
	{ "why", OPERAND_OPTION, 0, "TEXT", "the reason for the entry in the history", NULL },
	{ 0 }
};

/* The field that names the subject is first, the kind second. */
static struct cursor *
open_deadlines(struct session *session, const struct record *subject, struct arena *arena,
	       struct error *error)
{
	int subject_field = deadline_subject_of(subject->entity->kind)->field;
	const struct field *of = &entities[ENTITY_DEADLINE].fields[subject_field];
	struct query *query = view_query(session, view_named("deadlines"),
					 arena_format(arena, "%s,kind", of->name), NULL, NULL,
					 arena, error);
	struct filter *open = filter_parse(arena, &entities[ENTITY_DEADLINE], "open",
					   session->today, error);

	if (query == NULL || open == NULL)
		return NULL;
	query->filter = filter_both(arena, open, filter_is(arena, of, record_key(subject)));
	return query_open(session->store, query, error);
}

/*
 * The deadlines that the cursor gives, but for those of records whose key only differs in case; of
 * one kind unless that is NULL.
 */
static bool
read_ids(struct cursor *cursor, const char *key, const char *kind, struct record_id **ids,
	 size_t *count, struct error *error)
{
	struct row row;
	size_t room = 0;
	bool more = true;

	while (more) {
		if (!cursor_next(cursor, &row, &more, error))
			return false;
		if (!more || row.values[0] == NULL || strcmp(row.values[0], key) != 0 ||
		    (kind != NULL && strcmp(row.values[1], kind) != 0))
			continue;
		*ids = memory_grow(*ids, &room, *count + 1, sizeof **ids);
		(*ids)[(*count)++] = row.id;
	}
	return true;
}

/* Those that are open of a kind, or of any; in the arena. */
static struct record_id *
find_open(struct session *session, const struct record *subject, const char *kind,
	  struct arena *arena, size_t *count, struct error *error)
{
	struct cursor *cursor = open_deadlines(session, subject, arena, error);
	struct record_id *found = NULL, *ids;
	bool read;

	*count = 0;
	read = cursor != NULL && read_ids(cursor, record_key(subject), kind, &found, count, error);
	cursor_close(cursor);
	ids = arena_alloc(arena, (*count + 1) * sizeof *ids);
	if (*count > 0)
		memcpy(ids, found, *count * sizeof *ids);
	free(found);
	return read ? ids : NULL;
}

struct record_id *
deadline_open_ids(struct session *session, const struct record *subject, struct arena *arena,
		  size_t *count, struct error *error)
{
	return find_open(session, subject, NULL, arena, count, error);
}

static bool
fill_deadline(struct session *session, struct record *deadline, const struct request *request,
	      struct arena *arena, struct error *error)
{
	const char *owner = request_value(request, "owner"),
		   *reason = request_value(request, "reason");

	return when_set(session, deadline, DEADLINE_target_on, request_value(request, "date"), NULL,
			arena, error) &&
	       (owner == NULL || record_set(deadline, DEADLINE_owner, owner, arena, error)) &&
	       (reason == NULL || record_set(deadline, DEADLINE_reason, reason, arena, error));
}

void
deadline_keep_first(const struct record *before, struct record *now)
{
	const char *first = before != NULL ? before->values[DEADLINE_target_on]
					   : now->values[DEADLINE_target_on];
	const char *target = now->values[DEADLINE_target_on];

	if (now->values[DEADLINE_first_on] == NULL &&
	    (before == NULL || (target != NULL && strcmp(first, target) != 0)))
		now->values[DEADLINE_first_on] = first;
}

/* Another date needs a reason, and slips from the one that was first set. */
static bool
move_deadline(struct session *session, struct record_id id, const struct request *request,
	      int *changed, struct arena *arena, struct error *error)
{
	const struct record *before = store_read(session->store, id, session->today, arena, error);
	struct record *now = before != NULL ? record_copy(arena, before) : NULL;

	if (now == NULL || !fill_deadline(session, now, request, arena, error))
		return false;
	if (strcmp(before->values[DEADLINE_target_on], now->values[DEADLINE_target_on]) != 0 &&
	    request_value(request, "reason") == NULL)
		return error_set(error, ERROR_CONFLICT,
				 "Deadline %s (%s, %s) is set to %s already. To set another date, "
				 "say why (reason). Nothing was changed.",
				 record_key(before), before->values[DEADLINE_subject],
				 before->values[DEADLINE_kind], before->values[DEADLINE_target_on]);
	deadline_keep_first(before, now);
	return store_update(session->store, before, now, changed, error);
}

/* A date that a wider layer is before is an exception, and those need a reason. */
static bool
check_wider(struct session *session, const struct record *subject, const char *day,
	    struct arena *arena, struct error *error)
{
	const char *wider, *layer;

	return deadline_find_wider(session, subject->id, day, &wider, &layer, arena, error) &&
	       (wider == NULL ||
		error_set(error, ERROR_CONFLICT,
			  "The date of the %s, %s, is earlier than %s and counts for %s %s all the "
			  "same. To set the later date, say why (reason). Nothing was changed.",
			  layer, wider, day, subject->entity->name, record_key(subject)));
}

static bool
add_deadline(struct session *session, const struct record *subject, const char *kind,
	     const struct request *request, struct arena *arena, struct error *error)
{
	struct record *deadline = record_new(arena, ENTITY_DEADLINE);

	deadline->values[DEADLINE_kind] = kind;
	deadline->values[deadline_subject_of(subject->entity->kind)->field] = record_key(subject);
	if (!fill_deadline(session, deadline, request, arena, error))
		return false;
	deadline_keep_first(NULL, deadline);
	return store_insert(session->store, deadline, error) &&
	       (request_value(request, "reason") != NULL || !deadline_clears(kind) ||
		check_wider(session, subject, deadline->values[DEADLINE_target_on], arena, error));
}

static const char *
kind_of(const struct request *request)
{
	const char *words = request_value(request, "kind");

	return choice_find(deadline_kinds, words != NULL ? words : "remove")->name;
}

static bool
set_one(struct session *session, struct record_id id, const struct request *request, int *changed,
	struct error *error)
{
	const char *kind = kind_of(request);
	struct arena arena = { 0 };
	struct record *subject = store_read(session->store, id, session->today, &arena, error);
	size_t count = 0;
	struct record_id *open = subject == NULL
					 ? NULL
					 : find_open(session, subject, kind, &arena, &count, error);
	bool done = open != NULL;

	if (done && count > 0) {
		done = move_deadline(session, open[0], request, changed, &arena, error);
	} else if (done) {
		done = add_deadline(session, subject, kind, request, &arena, error);
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
	if (entity != NULL && deadline_subject_of(entity->kind) != NULL)
		return entity->kind;
	error_set(error, ERROR_USAGE,
		  "Say what the deadline is for: deadline set site CODE, deadline set device TAG, "
		  "or deadline set organisation CODE.");
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
	const char *day = ids == NULL ? NULL
				      : when_day(session, request_value(request, "date"), &arena,
						 error);
	struct act act = { .doing = "Setting deadlines", .one = set_one };
	size_t changed;
	bool done = day != NULL;

	if (done) {
		act.what = arena_format(&arena, "Set the deadline of %s to %s",
					text_count(&arena, (int64_t)count, entities[kind].name,
						   entities[kind].plural),
					day);
		done = act_on_records(session, request, &act, ids, count, &changed, error);
	}
	if (done) {
		act_say(reply, act.what, changed);
		if (deadline_clears(kind_of(request)))
			deadline_say_wider(session, ids, count, day, &reply->words);
	}
	arena_free(&arena);
	return done;
}
