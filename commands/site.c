/* SPDX-License-Identifier: MIT */
#include "commands/site.h"

#include <string.h>

#include "commands/act.h"
#include "commands/record.h"
#include "commands/view.h"
#include "commands/when.h"
#include "db/query.h"
#include "db/record.h"

const struct operand site_assess_operands[] = {
	{ "site", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_SELECTION, "CODE", "the sites", NULL },
	{ "limb", OPERAND_OPTIONS, 0, "LIMB=ANSWER",
	  "secret, dv, ministers, socpa or all = yes, no or not assessed", NULL },
	{ "secret", OPERAND_OPTION, OPERAND_ASKED, "ANSWER",
	  "limb 1: routinely holds SECRET material or above", limb_answers },
	{ "dv", OPERAND_OPTION, OPERAND_ASKED, "ANSWER",
	  "limb 2: a significant proportion of officials with Developed Vetting", limb_answers },
	{ "ministers", OPERAND_OPTION, OPERAND_ASKED, "ANSWER",
	  "limb 3: routinely used by Ministers", limb_answers },
	{ "socpa", OPERAND_OPTION, OPERAND_ASKED, "ANSWER",
	  "limb 4: covered under the Serious Organised Crime and Police Act 2005", limb_answers },
	{ "other", OPERAND_OPTION, 0, "ANSWER", "sensitive on other grounds", limb_answers },
	{ "order", OPERAND_OPTION, 0, "TEXT", "the order or section behind limb 4", NULL },
	{ "grounds", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "TEXT", "why, in words",
	  NULL },
	{ "by", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "NAME", "the person who decided",
	  NULL },
	{ "on", OPERAND_OPTION, 0, "DATE", "the day of the decision; today when left out", NULL },
	{ "review", OPERAND_OPTION, OPERAND_ASKED, "DATE",
	  "when to look at it again: a date, or 1y from today", NULL },
	{ "evidence", OPERAND_OPTION, 0, "TEXT", "where the evidence is kept", NULL },
	{ "why", OPERAND_OPTION, 0, "TEXT", "the reason for the entry in the history", NULL },
	{ 0 }
};

/* Which option fills which field. */
static const struct {
	const char *option;
	int field;
} plain_options[] = {
	{ "secret", ASSESSMENT_secret },
	{ "dv", ASSESSMENT_dv },
	{ "ministers", ASSESSMENT_ministers },
	{ "socpa", ASSESSMENT_socpa },
	{ "other", ASSESSMENT_other },
	{ "order", ASSESSMENT_socpa_order },
	{ "grounds", ASSESSMENT_grounds },
	{ "by", ASSESSMENT_decided_by },
	{ "evidence", ASSESSMENT_evidence },
};

/* "all=no": the four limbs at once. */
static bool
set_all_limbs(struct record *assessment, const char *answer, struct arena *arena,
	      struct error *error)
{
	static const int limbs[] = { ASSESSMENT_secret, ASSESSMENT_dv, ASSESSMENT_ministers,
				     ASSESSMENT_socpa };

	for (size_t i = 0; i < sizeof limbs / sizeof limbs[0]; i++)
		if (!record_set(assessment, limbs[i], answer, arena, error))
			return false;
	return true;
}

static bool
set_limb(struct record *assessment, const char *limb, struct arena *arena, struct error *error)
{
	const char *name = arena_bytes(arena, limb, strcspn(limb, "="));
	const struct field *field = field_find(assessment->entity->fields, name);

	if (text_same(name, "all") && strchr(limb, '=') != NULL)
		return set_all_limbs(assessment, strchr(limb, '=') + 1, arena, error);
	if (field != NULL && field->choices == limb_answers && strchr(limb, '=') != NULL)
		return record_assign(assessment, limb, arena, error);
	return error_set(error, ERROR_USAGE,
			 "'%s' is no limb and answer. Write secret=yes, dv=no, ministers=yes, "
			 "socpa=no or all=no.",
			 limb);
}

static bool
answers_a_limb(const struct request *request)
{
	for each_operand(operand, request->command)
		if ((operand->choices == limb_answers || text_same(operand->name, "limb")) &&
		    request_has(request, operand->name))
			return true;
	return false;
}

/*
 * A review that was due by the day of the decision has taken place with it; one that is asked for
 * comes after it.
 */
static bool
set_review(struct session *session, struct record *assessment, const char *review,
	   struct arena *arena, struct error *error)
{
	const char **day = &assessment->values[ASSESSMENT_review_on],
		   *decided = assessment->values[ASSESSMENT_decided_on];

	if (review == NULL && *day != NULL && strcmp(*day, decided) <= 0)
		*day = NULL;
	return when_set(session, assessment, ASSESSMENT_review_on, review, NULL, arena, error) &&
	       (*day == NULL || strcmp(*day, decided) >= 0 ||
		error_set(error, ERROR_INVALID,
			  "The review on %s would be before the day of the decision, %s. Name a "
			  "later day (review). Nothing was changed.",
			  *day, decided));
}

/* The answers given now, on top of those that the assessment holds. */
static bool
set_answers(struct session *session, struct record *assessment, const struct request *request,
	    struct arena *arena, struct error *error)
{
	size_t count;
	const char *const *limbs = request_words(request, "limb", &count);

	for (size_t i = 0; i < count; i++)
		if (!set_limb(assessment, limbs[i], arena, error))
			return false;
	for (size_t i = 0; i < sizeof plain_options / sizeof plain_options[0]; i++) {
		const char *words = request_value(request, plain_options[i].option);

		if (words != NULL &&
		    !record_set(assessment, plain_options[i].field, words, arena, error))
			return false;
	}
	return when_set(session, assessment, ASSESSMENT_decided_on, request_value(request, "on"),
			"0d", arena, error) &&
	       set_review(session, assessment, request_value(request, "review"), arena, error);
}

/*
 * What stays of the newest assessment of the site when nothing else is said; a new one's when there
 * is none.
 */
static bool
copy_newest(struct session *session, const char *code, struct record *assessment,
	    struct arena *arena, struct error *error)
{
	const struct field *site = &entities[ENTITY_ASSESSMENT].fields[ASSESSMENT_site];
	const char *columns = "site,secret,dv,ministers,socpa,other,socpa_order,review_on";
	struct query *query = view_query(session, view_named("assessments"), columns, NULL, NULL,
					 arena, error);
	struct cursor *cursor;
	struct row row;
	bool more = true, read = true;

	if (query == NULL)
		return false;
	query->filter = filter_is(arena, site, code);
	cursor = query_open(session->store, query, error);
	if (cursor == NULL)
		return false;
	while (more && read) {
		read = cursor_next(cursor, &row, &more, error);
		if (!read || !more || strcmp(row.values[0], code) != 0)
			continue;
		for (int i = 0; i < query->field_count; i++)
			assessment->values[query->fields[i] - query->entity->fields] =
				arena_text(arena, row.values[i]);
		break;
	}
	cursor_close(cursor);
	return read;
}

/* Grounds and a name alone decide nothing. */
static bool
check_decides(const struct request *request, const struct record *newest,
	      const struct record *assessment, struct error *error)
{
	static const int fields[] = { ASSESSMENT_socpa_order, ASSESSMENT_review_on,
				      ASSESSMENT_evidence };
	bool is_new = newest->values[ASSESSMENT_site] == NULL;

	for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !is_new; i++)
		if (!text_equals(newest->values[fields[i]], assessment->values[fields[i]]))
			return true;
	return answers_a_limb(request) ||
	       error_set(error, ERROR_USAGE,
			 "Nothing about site %s would be decided: answer at least one limb "
			 "(--secret, --dv, --ministers, --socpa or --limb all=no). Nothing was "
			 "changed.",
			 assessment->values[ASSESSMENT_site]);
}

static bool
assess_one(struct session *session, struct record_id site_id, const struct request *request,
	   int *changed, struct error *error)
{
	struct arena arena = { 0 };
	struct record *site = store_read(session->store, site_id, session->today, &arena, error);
	struct record *newest = record_new(&arena, ENTITY_ASSESSMENT), *assessment = NULL;
	bool done = site != NULL && copy_newest(session, record_key(site), newest, &arena, error);

	if (done) {
		assessment = record_copy(&arena, newest);
		assessment->values[ASSESSMENT_site] = record_key(site);
		done = set_answers(session, assessment, request, &arena, error) &&
		       check_decides(request, newest, assessment, error);
	}
	if (done) {
		done = store_insert(session->store, assessment, error);
		*changed = 1;
	}
	arena_free(&arena);
	return done;
}

/* How many sites count the assessment of this one as theirs. */
static int64_t
count_heirs(const struct session *session, const char *code, struct arena *arena)
{
	const struct entity *entity = &entities[ENTITY_SITE];
	struct query query = { .entity = entity, .today = session->today };
	struct error error = { 0 };
	int64_t count = 0;

	query.filter = filter_is(arena, &entity->fields[SITE_inherited_from], code);
	return query_count(session->store, &query, &count, &error) ? count : 0;
}

/*
 * What became of one site, and of those that are part of it, in sentences; for many only how many
 * there were.
 */
static void
say_outcome(struct session *session, const struct record_id *sites, size_t count,
	    struct reply *reply)
{
	struct arena arena = { 0 };
	struct error error = { 0 };
	const struct record *site = store_read(session->store, sites[0], session->today, &arena,
					       &error);
	int64_t heirs;

	if (count == 1 && site != NULL) {
		heirs = count_heirs(session, record_key(site), &arena);
		text_format(&reply->words, "Assessed site %s. Sensitive: %s.\n", record_key(site),
			    site->values[SITE_sensitive]);
		if (heirs > 0)
			text_format(&reply->words, "%s of it %s that.\n",
				    text_count(&arena, heirs, "building", "buildings"),
				    heirs == 1 ? "inherits" : "inherit");
	} else {
		text_format(&reply->words, "Assessed %s.\n",
			    text_count(&arena, (int64_t)count, "site", "sites"));
	}
	arena_free(&arena);
}

bool
command_site_assess(struct session *session, const struct request *request, struct reply *reply,
		    struct error *error)
{
	struct arena arena = { 0 };
	size_t count;
	const struct record_id *sites = record_chosen(session, request, ENTITY_SITE, "site", &arena,
						      &count, error);
	const char *key = request_value(request, "site");
	struct act act = { .doing = "Assessing sites", .one = assess_one };
	size_t changed;
	bool done = sites != NULL;

	if (done) {
		act.what = count == 1 && key != NULL
				   ? arena_format(&arena, "Assess site %s", key)
				   : arena_format(&arena, "Assess %s",
						  text_count(&arena, (int64_t)count, "site",
							     "sites"));
		done = act_on_records(session, request, &act, sites, count, &changed, error);
	}
	if (done)
		say_outcome(session, sites, count, reply);
	arena_free(&arena);
	return done;
}

const struct operand site_extend_operands[] = {
	{ "site", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_SELECTION, "CODE",
	  "the sites, none of them sensitive", NULL },
	{ "answer", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "ANSWER",
	  "whether the removal is extended to them", extend_answers },
	{ "reason", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "TEXT", "why", NULL },
	{ "by", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "NAME", "the person who decided",
	  NULL },
	{ "on", OPERAND_OPTION, 0, "DATE", "the day of the decision; today when left out", NULL },
	{ "why", OPERAND_OPTION, 0, "TEXT", "the reason for the entry in the history", NULL },
	{ 0 }
};

static bool
extend_one(struct session *session, struct record_id id, const struct request *request,
	   int *changed, struct error *error)
{
	struct arena arena = { 0 };
	struct record *before = store_read(session->store, id, session->today, &arena, error), *now;
	bool done = before != NULL;

	if (done && strcmp(before->values[SITE_sensitive], "yes") == 0)
		done = error_set(error, ERROR_INVALID,
				 "Site %s is sensitive, so the removal is about it already: there "
				 "is nothing to extend. Nothing was changed.",
				 record_key(before));
	now = done ? record_copy(&arena, before) : NULL;
	done = done &&
	       record_set(now, SITE_extend, request_value(request, "answer"), &arena, error) &&
	       record_set(now, SITE_extend_reason, request_value(request, "reason"), &arena,
			  error) &&
	       record_set(now, SITE_extend_by, request_value(request, "by"), &arena, error) &&
	       when_set(session, now, SITE_extend_on, request_value(request, "on"), "0d", &arena,
			error) &&
	       store_update(session->store, before, now, changed, error);
	arena_free(&arena);
	return done;
}

bool
command_site_extend(struct session *session, const struct request *request, struct reply *reply,
		    struct error *error)
{
	struct arena arena = { 0 };
	size_t count, changed;
	const struct record_id *sites = record_chosen(session, request, ENTITY_SITE, "site", &arena,
						      &count, error);
	const char *words = sites != NULL ? text_count(&arena, (int64_t)count, "site", "sites")
					  : NULL;
	const struct choice *answer = choice_find(extend_answers, request_value(request, "answer"));
	struct act act = { .doing = "Deciding on sites", .one = extend_one };
	bool done = sites != NULL;

	if (done) {
		act.what = arena_format(&arena, "Decided on %s whether the removal is extended: %s",
					words, answer != NULL ? answer->name : "");
		done = act_on_records(session, request, &act, sites, count, &changed, error);
	}
	if (done)
		act_say(reply, act.what, changed);
	arena_free(&arena);
	return done;
}
