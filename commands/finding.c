/* SPDX-License-Identifier: MIT */
#include "commands/finding.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "commands/figures.h"
#include "commands/finding_words.h"
#include "commands/output.h"
#include "commands/past.h"
#include "db/query.h"
#include "db/record.h"

const struct operand findings_operands[] = {
	{ "rule", OPERAND_WORDS, 0, "RULE",
	  "the findings of these rules, of all when it says all; without one they are counted by "
	  "rule",
	  NULL },
	{ "severity", OPERAND_OPTION, 0, "WORD", "only rules of that severity", severities },
	{ "site", OPERAND_OPTION, 0, "CODE", "only findings at that site", NULL },
	{ "answered", OPERAND_FLAG, 0, NULL,
	  "those that are answered, with the answer, instead of those that are open", NULL },
	{ "format", OPERAND_OPTION, 0, "FORMAT",
	  "how to print them; in csv, json and plain each finding is a row", output_formats },
	PAST_OPERAND,
	{ 0 }
};

/* Where the columns of a finding come from, by what its rule is about; -1 for nowhere. */
static const struct finding_source {
	enum entity_kind entity;
	int site, device, contract, organisation;
} sources[] = {
	{ ENTITY_DEVICE, DEVICE_site, DEVICE_tag, DEVICE_contract, DEVICE_organisation },
	{ ENTITY_SITE, SITE_code, -1, -1, SITE_organisation },
	{ ENTITY_CONTRACT, CONTRACT_site, -1, CONTRACT_reference, CONTRACT_organisation },
	{ 0 }
};

/* What both lists begin with. */
#define RULE_FIELDS \
	{ "rule", "Rule", FIELD_CODE, 0, 5, NULL, ENTITY_NONE, "", "The rule, by its name" }, \
	{ "severity", "Severity", FIELD_TEXT, 0, 8, NULL, ENTITY_NONE, "", \
	  "How grave it is: breach, late, decide, doubt" },

static const struct field finding_fields[] = {
	/* name, title, type, flags, width, choices, target, headings, help */
	RULE_FIELDS
	{ "site", "Site", FIELD_CODE, 0, 12, NULL, ENTITY_NONE, "", "The site that it is at" },
	{ "device", "Device", FIELD_CODE, 0, 14, NULL, ENTITY_NONE, "",
	  "The device, for a rule about devices" },
	{ "words", "Finding", FIELD_TEXT, 0, 240, NULL, ENTITY_NONE, "",
	  "What is wrong, in words" },
	{ "contract", "Contract", FIELD_CODE, 0, 12, NULL, ENTITY_NONE, "", "The contract" },
	{ "organisation", "Organisation", FIELD_CODE, 0, 12, NULL, ENTITY_NONE, "",
	  "The organisation that answers for it" },
	{ "answer", "Answer", FIELD_TEXT, 0, 24, NULL, ENTITY_NONE, "", "What a person answered" },
	{ "answered_by", "By", FIELD_TEXT, 0, 18, NULL, ENTITY_NONE, "", "The person" },
	{ "expires_on", "Until", FIELD_DATE, 0, 10, NULL, ENTITY_NONE, "",
	  "The last day on which the answer holds" },
	{ "reason", "Reason", FIELD_TEXT, 0, 30, NULL, ENTITY_NONE, "", "Why" },
	{ 0 }
};

enum { COLUMN_WORDS = 5 };	/* that people see of an open finding: up to its words */

static const struct field summary_fields[] = {
	RULE_FIELDS
	{ "name", "Name", FIELD_TEXT, 0, 40, NULL, ENTITY_NONE, "", "What the rule is about" },
	{ "open", "Open", FIELD_INTEGER, 0, 9, NULL, ENTITY_NONE, "",
	  "How many break it and are not answered" },
	{ "answered", "Answered", FIELD_INTEGER, 0, 9, NULL, ENTITY_NONE, "",
	  "How many break it and are answered" },
	{ "entity", "Of", FIELD_TEXT, 0, 10, NULL, ENTITY_NONE, "", "What is counted" },
	{ 0 }
};

/* What was asked for. */
struct asked {
	struct session *session;
	const char *const *rules;
	size_t rule_count;
	const char *severity;
	const char *site;
	bool answered;
	struct error *error;
};

static bool
count_figure(const struct session *session, const struct rule *rule, const char *word,
	     int64_t *count, struct error *error)
{
	struct arena arena = { 0 };
	struct figure figure = rule_figure(rule, &arena);
	bool counted;

	figure.filter = arena_format(&arena, "%s:%s", word, rule->id);
	counted = figure_value(session, &figure, count, error);
	arena_free(&arena);
	return counted;
}

bool
finding_counts(const struct session *session, const struct rule *rule, int64_t *open,
	       int64_t *answered, struct error *error)
{
	return count_figure(session, rule, "finding", open, error) &&
	       count_figure(session, rule, "answered", answered, error);
}

static const struct finding_source *
source_of(enum entity_kind entity)
{
	const struct finding_source *source = sources;

	while (source->entity != entity) {
		assert(source->entity != ENTITY_NONE);
		source++;
	}
	return source;
}

/* What `finding:R1` or `answered:R1` finds, at the site when one was named. */
static struct filter *
filter_findings(const struct asked *asked, const struct rule *rule, const char *word,
		struct arena *arena)
{
	const struct entity *entity = &entities[rule->entity];
	struct filter *filter = filter_parse(arena, entity,
					     arena_format(arena, "%s:%s", word, rule->id),
					     asked->session->today, asked->error);

	if (filter == NULL || asked->site == NULL)
		return filter;
	return filter_both(arena,
			   filter_is(arena, &entity->fields[source_of(rule->entity)->site],
				     asked->site),
			   filter);
}

static bool
count_at_site(const struct asked *asked, const struct rule *rule, const char *word, int64_t *count)
{
	struct query query = { .entity = &entities[rule->entity], .today = asked->session->today };
	struct arena arena = { 0 };
	int64_t more = 0;
	bool counted;

	query.filter = filter_findings(asked, rule, word, &arena);
	counted = query.filter != NULL &&
		  query_count(asked->session->store, &query, count, asked->error) &&
		  query_more(asked->session->store, &query, &more, asked->error);
	if (counted)
		*count += more;
	arena_free(&arena);
	return counted;
}

static bool
is_asked(const struct asked *asked, const struct rule *rule)
{
	if (rule->filter == NULL ||
	    (asked->severity != NULL &&
	     choice_find(severities, asked->severity) != &severities[rule->severity]))
		return false;
	for (size_t i = 0; i < asked->rule_count; i++)
		if (text_same(asked->rules[i], "all") || rule_named(asked->rules[i]) == rule)
			return true;
	return asked->rule_count == 0;
}

static bool
write_count(const struct asked *asked, const struct rule *rule, struct output *output)
{
	char open_words[24], answered_words[24];
	const char *values[] = { rule->id,       severities[rule->severity].name,
				 rule->name,     open_words,
				 answered_words, entities[rule->entity].plural };
	int64_t open, answered;
	bool counted = asked->site == NULL
			       ? finding_counts(asked->session, rule, &open, &answered,
						asked->error)
			       : count_at_site(asked, rule, "finding", &open) &&
					 count_at_site(asked, rule, "answered", &answered);

	if (!counted)
		return false;
	snprintf(open_words, sizeof open_words, "%" PRId64, open);
	snprintf(answered_words, sizeof answered_words, "%" PRId64, answered);
	return output_row(output, values, asked->error);
}

/* The gravest first, each in the order of the rules. */
static bool
write_counts(const struct asked *asked, struct output *output)
{
	for (int severity = 0; severity < SEVERITY_COUNT; severity++)
		for each_rule(rule)
			if ((int)rule->severity == severity && is_asked(asked, rule) &&
			    !write_count(asked, rule, output))
				return false;
	return true;
}

/* The fields that a row and its words need. */
static void
choose_fields(struct query *query, const struct rule *rule, struct arena *arena)
{
	const struct finding_source *source = source_of(rule->entity);
	const struct field **fields = arena_alloc(arena, ENTITY_FIELDS_MAX * sizeof *fields);

	for each_field(field, query->entity->fields) {
		int place = (int)(field - query->entity->fields);

		if (place == query->entity->key || place == source->site ||
		    place == source->contract || place == source->organisation ||
		    finding_names_field(rule, field))
			fields[query->field_count++] = field;
	}
	query->fields = fields;
}

static const char *
value_at(const char *const *values, int place)
{
	return place >= 0 ? values[place] : NULL;
}

static bool
write_finding(const struct asked *asked, const struct rule *rule, const struct query *query,
	      const struct row *row, const struct finding_answers *answers, struct output *output)
{
	const struct finding_source *source = source_of(rule->entity);
	const struct finding_answer *answer, none = { 0 }, *told;
	const char *values[ENTITY_FIELDS_MAX] = { NULL };
	struct text words = { 0 };
	bool written;

	for (int i = 0; i < query->field_count; i++)
		values[query->fields[i] - query->entity->fields] = row->values[i];
	answer = finding_answer_of(answers, values[query->entity->key]);
	told = answer != NULL && asked->answered ? answer : &none;
	finding_append_words(&words, rule, values, answer);
	written = output_row(output,
			     (const char *const[]){
				     rule->id, severities[rule->severity].name,
				     value_at(values, source->site),
				     value_at(values, source->device), text_words(&words),
				     value_at(values, source->contract),
				     value_at(values, source->organisation), told->answer, told->by,
				     told->until, told->reason },
			     asked->error);
	text_free(&words);
	return written;
}

static bool
write_rows(const struct asked *asked, const struct rule *rule, const struct query *query,
	   const struct finding_answers *answers, struct output *output)
{
	struct cursor *cursor = query_open(asked->session->store, query, asked->error);
	bool written = cursor != NULL, more = written;

	while (written && more) {
		struct row row;

		written = cursor_next(cursor, &row, &more, asked->error) &&
			  (!more || write_finding(asked, rule, query, &row, answers, output));
	}
	cursor_close(cursor);
	return written;
}

static bool
write_findings(const struct asked *asked, const struct rule *rule, struct output *output)
{
	struct query query = { .entity = &entities[rule->entity], .today = asked->session->today };
	struct finding_answers answers = { 0 };
	struct arena arena = { 0 };
	bool written;

	query.filter = filter_findings(asked, rule, asked->answered ? "answered" : "finding",
				       &arena);
	choose_fields(&query, rule, &arena);
	written = query.filter != NULL &&
		  finding_answers_read(asked->session, rule, NULL, &answers, asked->error) &&
		  write_rows(asked, rule, &query, &answers, output);
	finding_answers_free(&answers);
	arena_free(&arena);
	return written;
}

static bool
check_rules(const struct asked *asked)
{
	for (size_t i = 0; i < asked->rule_count; i++) {
		const struct rule *rule = rule_named(asked->rules[i]);

		if (rule != NULL && rule->filter == NULL)
			return error_set(asked->error, ERROR_USAGE,
					 "Terrier itself keeps to %s (%s), so that nothing breaks "
					 "it.",
					 rule->id, rule->name);
		if (rule == NULL && !text_same(asked->rules[i], "all"))
			return error_set(asked->error, ERROR_USAGE,
					 "There is no rule '%.60s'. terrier help rules lists them.",
					 asked->rules[i]);
	}
	return true;
}

/* The code as the register writes it; a site by its name counts too. */
static bool
find_site(struct asked *asked, const char *word, struct arena *arena)
{
	const struct record *site;
	struct record_id id;

	if (word == NULL)
		return true;
	if (!store_lookup(asked->session->store, ENTITY_SITE, word, &id, asked->error))
		return false;
	if (id.value == 0)
		return error_set(asked->error, ERROR_NOT_FOUND,
				 "There is no site '%s' in the register.", word);
	site = store_read(asked->session->store, id, asked->session->today, arena, asked->error);
	asked->site = site != NULL ? record_key(site) : NULL;
	return site != NULL;
}

static bool
print_findings(struct session *session, const struct request *request, struct reply *reply,
	       struct error *error)
{
	struct asked asked = { .session = session, .severity = request_value(request, "severity"),
			       .answered = request_has(request, "answered"), .error = error };
	const char *format = request_value(request, "format");
	bool for_people = format == NULL || text_same(format, "table"), counts;
	const struct field *const *fields;
	struct output *output = NULL;
	struct arena arena = { 0 };
	bool written;
	int count;

	asked.rules = request_words(request, "rule", &asked.rule_count);
	counts = for_people && asked.rule_count == 0 && !asked.answered;
	fields = output_fields(&arena, counts ? summary_fields : finding_fields, &count);
	if (for_people && !counts && !asked.answered)
		count = COLUMN_WORDS;
	written = check_rules(&asked) && find_site(&asked, request_value(request, "site"), &arena);
	if (written)
		output = output_open(session, reply, format, "Findings", fields, count, error);
	written = output != NULL && (!counts || write_counts(&asked, output));
	for each_rule(rule)
		if (written && !counts && is_asked(&asked, rule))
			written = write_findings(&asked, rule, output);
	written = output_end(output, written, error);
	arena_free(&arena);
	return written;
}

bool
command_findings(struct session *session, const struct request *request, struct reply *reply,
		 struct error *error)
{
	struct session past;
	bool printed = past_open(session, request, &past, error) &&
		       print_findings(&past, request, reply, error);

	if (printed)
		past_say(session, &past, reply);
	past_close(session, &past);
	return printed;
}

/* The rules about the entity, and what finds the records that break each and the answered ones. */
static bool
list_filters(const struct session *session, enum entity_kind entity, const struct rule **about,
	     const struct filter **filters, size_t *count, struct arena *arena, struct error *error)
{
	*count = 0;
	for each_rule(rule)
		if (rule->filter != NULL && rule->entity == entity) {
			const char *answered = arena_format(arena, "answered:%s", rule->id);
			const struct filter **pair = &filters[2 * *count];

			pair[0] = filter_parse(arena, &entities[entity], rule->filter,
					       session->today, error);
			pair[1] = filter_parse(arena, &entities[entity], answered, session->today,
					       error);
			if (pair[0] == NULL || pair[1] == NULL)
				return false;
			about[(*count)++] = rule;
		}
	return true;
}

/* The sentence about a record that breaks the rule, in the arena; NULL with an error. */
static const char *
words_of_record(struct session *session, const struct rule *rule, const struct record *record,
		struct arena *arena, struct error *error)
{
	struct finding_answers answers = { 0 };
	struct text words = { 0 };
	const char *copy = NULL;

	if (finding_answers_read(session, rule, record_key(record), &answers, error)) {
		finding_append_words(&words, rule, record->values,
				     finding_answer_of(&answers, record_key(record)));
		copy = arena_text(arena, text_words(&words));
	}
	text_free(&words);
	finding_answers_free(&answers);
	return copy;
}

static size_t
count_rules(void)
{
	size_t count = 0;

	for each_rule(rule)
		count++;
	return count;
}

bool
findings_of_record(struct session *session, struct record_id id, struct arena *arena,
		   struct finding **findings, size_t *count, struct error *error)
{
	size_t room = count_rules();
	const struct rule **about = arena_alloc(arena, room * sizeof *about);
	const struct filter **filters = arena_alloc(arena, 2 * room * sizeof *filters);
	size_t rule_count;
	bool *holds = arena_alloc(arena, 2 * room * sizeof *holds), found;
	const struct record *record;

	*count = 0;
	*findings = arena_alloc(arena, room * sizeof **findings);
	if (!list_filters(session, id.kind, about, filters, &rule_count, arena, error))
		return false;
	if (rule_count == 0)
		return true;
	record = store_read(session->store, id, session->today, arena, error);
	found = record != NULL && query_holds(session->store, id, filters, 2 * rule_count,
					      session->today, holds, error);
	for (size_t i = 0; i < rule_count && found; i++) {
		struct finding finding = { about[i], holds[2 * i + 1], NULL };

		if (!holds[2 * i])
			continue;
		finding.words = words_of_record(session, about[i], record, arena, error);
		(*findings)[(*count)++] = finding;
		found = finding.words != NULL;
	}
	return found;
}

bool
findings_say(struct session *session, struct record_id id, struct text *words, struct error *error)
{
	struct arena arena = { 0 };
	struct finding *findings;
	size_t count;
	bool said = findings_of_record(session, id, &arena, &findings, &count, error);

	for (size_t i = 0; i < count && said; i++)
		text_format(words, "Breaks %s (%s%s): %s\n", findings[i].rule->id,
			    severities[findings[i].rule->severity].name,
			    findings[i].answered ? ", answered" : "", findings[i].words);
	arena_free(&arena);
	return said;
}
