/* SPDX-License-Identifier: MIT */
/* A person answers a finding: why it stays, and until when. */
#include <string.h>

#include "commands/act.h"
#include "commands/finding.h"
#include "commands/finding_words.h"
#include "commands/record.h"
#include "commands/when.h"
#include "db/query.h"
#include "db/record.h"

const struct operand finding_answer_operands[] = {
	{ "rule", OPERAND_WORD, OPERAND_REQUIRED | OPERAND_ASKED, "RULE",
	  "the rule, by its name: R3", NULL },
	{ "key", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_SELECTION, "KEY",
	  "the devices, sites or contracts that break it", NULL },
	{ "answer", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "ANSWER", "what was decided",
	  finding_answers },
	{ "reason", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "TEXT", "why, in words",
	  NULL },
	{ "by", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "NAME", "the person who decided",
	  NULL },
	{ "until", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "DATE",
	  "the last day on which the answer holds", NULL },
	{ "on", OPERAND_OPTION, 0, "DATE", "the day of the decision; today when left out", NULL },
	{ "why", OPERAND_OPTION, 0, "TEXT", "the reason, for the history", NULL },
	{ 0 }
};

const struct operand finding_reopen_operands[] = {
	{ "rule", OPERAND_WORD, OPERAND_REQUIRED | OPERAND_ASKED, "RULE",
	  "the rule, by its name: R3", NULL },
	{ "key", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_SELECTION, "KEY",
	  "the devices, sites or contracts whose answer ends", NULL },
	{ "why", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "TEXT",
	  "why the answer holds no more, for the history", NULL },
	{ 0 }
};

/* The rule that the request names, of which there can be findings; NULL with a sentence. */
static const struct rule *
rule_asked(const struct request *request, struct error *error)
{
	const char *word = request_value(request, "rule");
	const struct rule *rule = rule_named(word);

	if (rule == NULL)
		error_set(error, ERROR_USAGE,
			  "There is no rule '%.60s'. terrier help rules lists them.", word);
	else if (rule->filter == NULL)
		error_set(error, ERROR_USAGE,
			  "Terrier itself keeps to %s (%s), so that there is nothing to answer.",
			  rule->id, rule->name);
	else if (request->selection_count > 0 && request->selection[0].kind != rule->entity)
		error_set(error, ERROR_USAGE, "%s (%s) is about %s. Select those that break it.",
			  rule->id, rule->name, entities[rule->entity].plural);
	else
		return rule;
	return NULL;
}

static bool
end_answer(struct session *session, struct record_id id, const char *last_day, struct arena *arena,
	   struct error *error)
{
	const struct record *before = store_read(session->store, id, session->today, arena, error);
	struct record *now = before != NULL ? record_copy(arena, before) : NULL;

	if (now == NULL)
		return false;
	now->values[ANSWER_expires_on] = arena_text(arena, last_day);
	return store_update(session->store, before, now, NULL, error);
}

/* Ends the answers on the record that hold: their last day is yesterday. *ended counts them. */
static bool
end_answers(struct session *session, const struct rule *rule, const struct record *subject,
	    int *ended, struct arena *arena, struct error *error)
{
	const struct field *fields = entities[ENTITY_ANSWER].fields;
	struct query query = { .entity = &entities[ENTITY_ANSWER], .today = session->today };
	char yesterday[DATE_TEXT_SIZE];
	struct filter *filter = filter_parse(arena, query.entity,
					     arena_format(arena, "expires_on>=today rule=%s",
							  rule->id),
					     session->today, error);
	struct page page = { 0 };
	enum { AT_ONCE = 100 };

	*ended = 0;
	date_format(date_from_days(date_days(session->today) - 1), yesterday);
	if (filter == NULL)
		return false;
	query.filter = filter_both(arena, filter,
				   filter_is(arena, &fields[finding_reference(rule->entity)],
					     record_key(subject)));
	/* Those that were ended hold no more, so each page has others. */
	do {
		if (!query_page(session->store, &query, &(struct position){ 0 }, DIRECTION_AFTER,
				AT_ONCE, arena, &page, error))
			return false;
		for (size_t i = 0; i < page.count; i++, ++*ended)
			if (!end_answer(session, page.rows[i].id, yesterday, arena, error))
				return false;
	} while (page.count == AT_ONCE);
	return true;
}

static bool
check_breaks(struct session *session, const struct rule *rule, const struct record *subject,
	     struct arena *arena, struct error *error)
{
	const struct filter *filter = filter_parse(arena, subject->entity, rule->filter,
						   session->today, error);
	bool breaks = false;

	if (filter == NULL ||
	    !query_holds(session->store, subject->id, &filter, 1, session->today, &breaks, error))
		return false;
	return breaks ||
	       error_set(error, ERROR_CONFLICT,
			 "%s %s does not break %s (%s) now, so that there is nothing to answer. "
			 "Nothing was changed.",
			 subject->entity->title, record_key(subject), rule->id, rule->name);
}

static bool
fill_answer(struct session *session, const struct rule *rule, const struct record *subject,
	    const struct request *request, struct record *answer, struct arena *arena,
	    struct error *error)
{
	answer->values[ANSWER_rule] = rule->id;
	answer->values[finding_reference(rule->entity)] = record_key(subject);
	return record_set(answer, ANSWER_answer, request_value(request, "answer"), arena, error) &&
	       record_set(answer, ANSWER_reason, request_value(request, "reason"), arena, error) &&
	       record_set(answer, ANSWER_answered_by, request_value(request, "by"), arena, error) &&
	       when_set(session, answer, ANSWER_answered_on, request_value(request, "on"), "0d",
			arena, error) &&
	       when_set(session, answer, ANSWER_expires_on, request_value(request, "until"), NULL,
			arena, error);
}

static bool
answer_one(struct session *session, struct record_id id, const struct request *request,
	   int *changed, struct error *error)
{
	struct arena arena = { 0 };
	const struct rule *rule = rule_asked(request, error);
	const struct record *subject = store_read(session->store, id, session->today, &arena,
						  error);
	struct record *answer = record_new(&arena, ENTITY_ANSWER);
	int ended;
	bool done = subject != NULL && check_breaks(session, rule, subject, &arena, error) &&
		    fill_answer(session, rule, subject, request, answer, &arena, error) &&
		    end_answers(session, rule, subject, &ended, &arena, error) &&
		    store_insert(session->store, answer, error);

	*changed = done;
	arena_free(&arena);
	return done;
}

static bool
reopen_one(struct session *session, struct record_id id, const struct request *request,
	   int *changed, struct error *error)
{
	struct arena arena = { 0 };
	const struct rule *rule = rule_asked(request, error);
	const struct record *subject = store_read(session->store, id, session->today, &arena,
						  error);
	bool done = subject != NULL && end_answers(session, rule, subject, changed, &arena, error);

	if (done && *changed == 0)
		done = error_set(error, ERROR_CONFLICT,
				 "No answer of %s %s to %s (%s) holds today. Nothing was changed.",
				 subject->entity->name, record_key(subject), rule->id, rule->name);
	arena_free(&arena);
	return done;
}

/* Does it to all that were chosen, as one entry with words such as "Answer 3 findings of R3". */
static bool
act_on_findings(struct session *session, const struct request *request, struct reply *reply,
		const char *verb, struct act act, const char *until, struct error *error)
{
	const struct rule *rule = rule_asked(request, error);
	struct arena arena = { 0 };
	size_t count = 0, changed;
	const struct record_id *ids = rule == NULL ? NULL :
		record_chosen(session, request, rule->entity, "key", &arena, &count, error);
	bool done = ids != NULL;

	if (done) {
		act.what = arena_format(&arena, "%s %s of %s (%s)%s%s", verb,
					text_count(&arena, (int64_t)count, "finding", "findings"),
					rule->id, rule->name, until != NULL ? " until " : "",
					until != NULL ? until : "");
		done = act_on_records(session, request, &act, ids, count, &changed, error);
	}
	if (done)
		act_say(reply, act.what, changed);
	arena_free(&arena);
	return done;
}

bool
command_finding_answer(struct session *session, const struct request *request, struct reply *reply,
		       struct error *error)
{
	const struct act act = { .doing = "Answering findings", .one = answer_one };
	char today[DATE_TEXT_SIZE];
	struct arena arena = { 0 };
	const char *until = when_day(session, request_value(request, "until"), &arena, error);
	bool done = until != NULL;

	date_format(session->today, today);
	if (done && strcmp(until, today) < 0)
		done = error_set(error, ERROR_INVALID,
				 "%s has passed: an answer must hold today at least (until). "
				 "Nothing was changed.",
				 until);
	done = done && act_on_findings(session, request, reply, "Answered", act, until, error);
	arena_free(&arena);
	return done;
}

bool
command_finding_reopen(struct session *session, const struct request *request, struct reply *reply,
		       struct error *error)
{
	const struct act act = { .doing = "Opening findings again", .one = reopen_one };

	return act_on_findings(session, request, reply, "Reopened", act, NULL, error);
}
