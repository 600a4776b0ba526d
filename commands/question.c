/* SPDX-License-Identifier: MIT */
#include "commands/question.h"

#include <stdlib.h>
#include <string.h>

#include "commands/list_change.h"
#include "commands/match.h"
#include "commands/record.h"
#include "core/check.h"
#include "db/record.h"

enum { TAKEN_SAID = 10 };	/* values that are told one by one */

static const struct choice answers[] = {
	{ "keep", "kept", 0 },
	{ "take", "taken", 0 },
	{ 0 }
};

const struct operand question_answer_operands[] = {
	{ "question", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_SELECTION, "NUMBER",
	  "the questions", NULL },
	{ "answer", OPERAND_WORD, OPERAND_REQUIRED | OPERAND_ASKED, "keep|take",
	  "keep the decision, or take what the file says", answers },
	{ "by", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "NAME", "the person who decides",
	  NULL },
	{ "dry-run", OPERAND_FLAG, 0, NULL, "only say what it does", NULL },
	{ "changes", OPERAND_OPTION, 0, "FILE",
	  "of what is covered: write the devices that it concerns to this CSV file", NULL },
	{ "why", OPERAND_OPTION, OPERAND_ASKED, "TEXT", "the reason, for the history", NULL },
	{ 0 }
};

/* Who decided, and when, beside what: taking the file's value is a decision of its own. */
static const struct decision {
	enum entity_kind entity;
	int field, by, on;
} decisions_made[] = {
	{ ENTITY_DEVICE, DEVICE_decision, DEVICE_decision_by, DEVICE_decision_on },
	{ ENTITY_DEVICE, DEVICE_decision_reason, DEVICE_decision_by, DEVICE_decision_on },
	{ ENTITY_DEVICE, DEVICE_manufacturer, DEVICE_maker_confirmed_by,
	  DEVICE_maker_confirmed_on },
	{ ENTITY_MANUFACTURER, MANUFACTURER_covered, MANUFACTURER_decided_by,
	  MANUFACTURER_decided_on },
	{ ENTITY_MANUFACTURER, MANUFACTURER_basis, MANUFACTURER_decided_by,
	  MANUFACTURER_decided_on },
};

/* One answer to several questions, on its way. */
struct answering {
	struct session *session;
	const char *by;
	const char *today;
	bool takes, dry_run;
	struct record **questions;	/* those about one record stand together */
	size_t count;
	size_t told;
	struct text *words;
	struct arena arena;
	struct error *error;
};

static const char *
shown(const char *value)
{
	return value != NULL ? value : "(blank)";
}

static int
compare_questions(const void *a, const void *b)
{
	const struct record *first = *(struct record *const *)a,
			    *second = *(struct record *const *)b;
	int order = strcmp(first->values[QUESTION_entity], second->values[QUESTION_entity]);

	if (order == 0)
		order = strcmp(first->values[QUESTION_record], second->values[QUESTION_record]);
	return order != 0 ? order
			  : (first->id.value > second->id.value) -
				    (first->id.value < second->id.value);
}

static bool
check_open(const struct record *question, struct error *error)
{
	const char *const *values = question->values;

	if (strcmp(values[QUESTION_answer], choice_initial(question_answers)) == 0)
		return true;
	return error_set(error, ERROR_CONFLICT,
			 "Question %s was answered already: %s, by %s on %s. Nothing was changed; "
			 "undo that entry to answer it otherwise.",
			 record_key(question), values[QUESTION_answer],
			 shown(values[QUESTION_answered_by]), shown(values[QUESTION_answered_on]));
}

static bool
read_questions(struct answering *answering, const struct record_id *ids, size_t count)
{
	answering->questions = arena_alloc(&answering->arena,
					   (count + 1) * sizeof(struct record *));
	for (size_t i = 0; i < count; i++) {
		struct record *question = store_read(answering->session->store, ids[i],
						     answering->session->today, &answering->arena,
						     answering->error);

		if (question == NULL || !check_open(question, answering->error))
			return false;
		answering->questions[answering->count++] = question;
	}
	qsort(answering->questions, answering->count, sizeof(struct record *), compare_questions);
	return true;
}

/* Writes the answer beside the question. */
static bool
close_question(struct answering *answering, const struct record *question)
{
	struct record *now = record_copy(&answering->arena, question);

	now->values[QUESTION_answer] = answering->takes ? "taken" : "kept";
	now->values[QUESTION_answered_by] = answering->by;
	now->values[QUESTION_answered_on] = answering->today;
	return store_update(answering->session->store, question, now, NULL, answering->error);
}

/*
 * The field that the question is about, unless what is in it is neither what was decided then nor
 * what the file says.
 */
static const struct field *
check_field(const struct answering *answering, const struct record *question,
	    const struct record *record)
{
	const struct field *field = field_find(record->entity->fields,
					       question->values[QUESTION_field]);
	const char *value;

	if (field == NULL) {
		error_set(answering->error, ERROR_NOT_FOUND,
			  "Question %s is about a field that there is not. Nothing was changed.",
			  record_key(question));
		return NULL;
	}
	value = record->values[field - record->entity->fields];
	if (text_equals(value, question->values[QUESTION_ours]) ||
	    text_equals(value, question->values[QUESTION_theirs]))
		return field;
	error_set(answering->error, ERROR_CONFLICT,
		  "Question %s: %s of %s %s was '%s' when the file came and is '%s' now, so nobody "
		  "asked about that. Keep it, or set it to what it should be. Nothing was changed.",
		  record_key(question), field->name, record->entity->name, record_key(record),
		  shown(question->values[QUESTION_ours]), shown(value));
	return NULL;
}

/* Whether a question of the group is about that field, so that the file says what goes there. */
static bool
is_asked(struct record *const *questions, size_t count, const struct field *field)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(questions[i]->values[QUESTION_field], field->name) == 0)
			return true;
	return false;
}

/* Names who decides, and today, where the field has such fields and no question is about them. */
static void
set_decider(const struct answering *answering, struct record *const *questions, size_t count,
	    int field, struct record *now, struct text *said)
{
	const struct field *fields = now->entity->fields;

	for (size_t i = 0; i < sizeof decisions_made / sizeof decisions_made[0]; i++) {
		const struct decision *row = &decisions_made[i];

		if (row->entity != now->entity->kind || row->field != field)
			continue;
		if (!is_asked(questions, count, &fields[row->by])) {
			now->values[row->by] = answering->by;
			text_format(said, ", %s %s", fields[row->by].name, answering->by);
		}
		if (!is_asked(questions, count, &fields[row->on])) {
			now->values[row->on] = answering->today;
			text_format(said, ", %s %s", fields[row->on].name, answering->today);
		}
	}
}

static void
say_taken(struct answering *answering, const struct record *record, const struct record *question,
	  const struct text *said)
{
	if (++answering->told <= TAKEN_SAID)
		text_format(answering->words, "%s %s: %s is '%s' now, no longer '%s'%s.\n",
			    record->entity->title, record_key(record),
			    question->values[QUESTION_field],
			    shown(question->values[QUESTION_theirs]),
			    shown(question->values[QUESTION_ours]), text_words(said));
}

/* Puts what the file says into `now`, question by question. */
static bool
take_values(struct answering *answering, struct record *const *questions, size_t count,
	    struct record *now)
{
	const struct record before = *record_copy(&answering->arena, now);
	struct text said = { 0 };
	bool done = true;

	for (size_t i = 0; i < count && done; i++) {
		const struct field *field = check_field(answering, questions[i], &before);

		done = field != NULL;
		if (!done)
			break;
		text_clear(&said);
		now->values[field - before.entity->fields] = questions[i]->values[QUESTION_theirs];
		set_decider(answering, questions, count, (int)(field - before.entity->fields), now,
			    &said);
		say_taken(answering, &before, questions[i], &said);
	}
	text_free(&said);
	return done;
}

/*
 * What `set` asks, and what it does to a device; but for what is covered, from which follows what
 * list_change_run() does.
 */
static bool
check_taken(struct answering *answering, const struct record *before, struct record *now)
{
	return (now->entity->kind == ENTITY_MANUFACTURER ||
		record_check_set(before, now, answering->error)) &&
	       match_record(answering->session, before, now, &answering->arena, answering->error);
}

/* Takes what the file says of one record, in all the questions about it together. */
static bool
take_record(struct answering *answering, struct record *const *questions, size_t count)
{
	const char *const *asked = questions[0]->values;
	const struct entity *entity = entity_named(asked[QUESTION_entity]);
	struct store *store = answering->session->store;
	struct record *before, *now;

	before = entity == NULL ? NULL
				: store_find(store, entity->kind, asked[QUESTION_record],
					     answering->session->today, &answering->arena,
					     answering->error);
	if (before == NULL)
		return error_set(answering->error, ERROR_NOT_FOUND,
				 "Question %s is about %s %s, which the register no longer has "
				 "under that name. Answer keep to close it. Nothing was changed.",
				 record_key(questions[0]), asked[QUESTION_entity],
				 asked[QUESTION_record]);
	now = record_copy(&answering->arena, before);
	if (!take_values(answering, questions, count, now))
		return false;
	if (check_taken(answering, before, now) &&
	    store_update(store, before, now, NULL, answering->error))
		return true;
	return error_prefix(answering->error,
			    "%s %s cannot take what the file says: ", entity->title,
			    record_key(before));
}

/* How many of the questions from there on are about one record. */
static size_t
count_group(const struct answering *answering, size_t first)
{
	const char *const *values = answering->questions[first]->values;
	size_t count = 1;

	while (first + count < answering->count &&
	       strcmp(answering->questions[first + count]->values[QUESTION_entity],
		      values[QUESTION_entity]) == 0 &&
	       strcmp(answering->questions[first + count]->values[QUESTION_record],
		      values[QUESTION_record]) == 0)
		count++;
	return count;
}

static bool
answer_all(struct answering *answering)
{
	size_t count;

	for (size_t at = 0; at < answering->count; at += count) {
		count = count_group(answering, at);
		if (!progress_step(answering->session->progress, "Answering questions", (int64_t)at,
				   (int64_t)answering->count))
			return error_set(answering->error, ERROR_CANCELLED,
					 "Stopped. Nothing was changed.");
		if (answering->takes && !take_record(answering, &answering->questions[at], count))
			return false;
		for (size_t i = at; i < at + count; i++)
			if (!close_question(answering, answering->questions[i]))
				return false;
	}
	return true;
}

static bool
answer_in_entry(struct answering *answering, const char *what, const char *why)
{
	struct entry entry = session_entry(answering->session, ENTRY_KIND_COMMAND, what, why);
	struct store *store = answering->session->store;
	bool done;

	if (!store_entry_begin(store, &entry, answering->error))
		return false;
	done = answer_all(answering);
	if (done && !answering->dry_run)
		return store_entry_commit(store, answering->error);
	store_entry_rollback(store);
	return done;
}

/* A question whose answer decides what is covered, and from which day. */
static bool
is_of_list(const struct record *question)
{
	const char *field = question->values[QUESTION_field];

	return strcmp(question->values[QUESTION_entity], entities[ENTITY_MANUFACTURER].name) == 0 &&
	       (strcmp(field, "covered") == 0 || strcmp(field, "effective_on") == 0);
}

/* The latest day from which an answer counts, when that is after today; else NULL. */
static const char *
effective_day(const struct answering *answering)
{
	const char *latest = NULL;

	for (size_t i = 0; i < answering->count; i++) {
		const char *const *values = answering->questions[i]->values;
		const char *day = values[QUESTION_theirs];

		if (is_of_list(answering->questions[i]) && day != NULL &&
		    strcmp(values[QUESTION_field], "effective_on") == 0 &&
		    strcmp(day, latest != NULL ? latest : answering->today) > 0)
			latest = day;
	}
	return latest;
}

static bool
answer_list(struct session *session, struct list_change *change, int *changed, struct error *error)
{
	struct answering *answering = change->context;

	(void)session;
	(void)error;
	*changed = (int)answering->count;
	return answer_all(answering);
}

static bool
decides_list(const struct answering *answering)
{
	for (size_t i = 0; i < answering->count && answering->takes; i++)
		if (is_of_list(answering->questions[i]))
			return true;
	return false;
}

/* "Took what the file says in 2 questions about Hikvision, Dahua" */
static const char *
name_makers(struct answering *answering, const char *what)
{
	const char *named = NULL;

	for (size_t i = 0; i < answering->count; i++) {
		const char *maker = answering->questions[i]->values[QUESTION_record];

		if (!is_of_list(answering->questions[i]) || text_equals(named, maker))
			continue;
		what = arena_format(&answering->arena, "%s%s %s", what,
				    named == NULL ? " about" : ",", maker);
		named = maker;
	}
	return what;
}

/* What is covered is changed with all that follows for the devices, as by manufacturer cover. */
static bool
answer(struct answering *answering, const struct request *request, const char *what,
       struct reply *reply)
{
	struct list_change change = { .decided_by = answering->by,
				      .effective_on = effective_day(answering),
				      .context = answering,
				      .make = answer_list };

	if (decides_list(answering)) {
		change.what = name_makers(answering, what);
		return list_change_run(answering->session, request, &change, reply,
				       answering->error);
	}
	if (!answer_in_entry(answering, what, request_value(request, "why")))
		return false;
	text_format(&reply->words, "%s%s.\n", what,
		    answering->dry_run ? ": this is what would happen. Nothing was changed" : "");
	return true;
}

bool
command_question_answer(struct session *session, const struct request *request, struct reply *reply,
			struct error *error)
{
	char today[DATE_TEXT_SIZE];
	struct text words = { 0 };
	struct answering answering = {
		.session = session,
		.by = request_value(request, "by"),
		.today = today,
		.words = &words,
		.error = error,
		.takes = choice_find(answers, request_value(request, "answer")) == &answers[1],
		.dry_run = request_has(request, "dry-run"),
	};
	size_t count = 0;
	const struct record_id *ids = record_chosen(session, request, ENTITY_QUESTION, "question",
						    &answering.arena, &count, error);
	const char *what = arena_format(&answering.arena,
					answering.takes ? "Took what the file says in %s"
							: "Kept the decision in %s",
					text_count(&answering.arena, (int64_t)count, "question",
						   "questions"));
	bool done;

	date_format(session->today, today);
	done = ids != NULL && read_questions(&answering, ids, count) &&
	       answer(&answering, request, what, reply);
	if (done)
		text_append(&reply->words, text_words(&words));
	if (done && answering.told > TAKEN_SAID)
		text_format(&reply->words, "And %zu more.\n", answering.told - TAKEN_SAID);
	text_free(&words);
	arena_free(&answering.arena);
	return done;
}
