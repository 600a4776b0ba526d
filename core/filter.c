/* SPDX-License-Identifier: MIT */
#include "core/filter.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/rule.h"

enum rule_word { BREAKS, FINDING, ANSWERED, LAPSED, RULE_WORD_COUNT };

const struct filter_rule_word filter_rule_words[] = {
	[BREAKS] = { "breaks", "What breaks the rule, answered or not" },
	[FINDING] = { "finding",
		      "What breaks the rule and has no answer that holds: its open findings" },
	[ANSWERED] = { "answered", "What breaks the rule and has an answer that holds" },
	[LAPSED] = { "lapsed", "What breaks the rule and had an answer that has expired" },
	[RULE_WORD_COUNT] = { 0 }
};

/* How deep brackets may go, how many terms, how long one: what SQLite's parser surely holds. */
enum { DEPTH_MAX = 12, TERMS_MAX = 200, WORD_SIZE_MAX = 200 };

struct parser {
	struct arena *arena;
	const struct entity *entity;
	struct date today;
	const char *words;	/* the whole filter, for saying where */
	const char *at;
	int depth;		/* of open brackets */
	int terms;		/* so far */
	struct error *error;
};

static struct filter *parse_or(struct parser *parser);

static struct filter *
fail(struct parser *parser, const char *at, const char *found)
{
	error_set(parser->error, ERROR_USAGE,
		  "The filter cannot be understood at character %d: %s.",
		  (int)(at - parser->words) + 1, found);
	return NULL;
}

static struct filter *
fail_long(struct parser *parser, const char *at)
{
	return fail(parser, at,
		    arena_format(parser->arena, "these are more than %d terms; ask in parts",
				 TERMS_MAX));
}

static struct filter *
node(struct parser *parser, enum filter_kind kind, struct filter *left, struct filter *right)
{
	struct filter *filter = arena_alloc(parser->arena, sizeof *filter);

	filter->kind = kind;
	filter->left = left;
	filter->right = right;
	return filter;
}

static void
skip_blanks(struct parser *parser)
{
	parser->at += strspn(parser->at, " \t");
}

static bool
at_keyword(const struct parser *parser, const char *keyword)
{
	size_t size = strlen(keyword);

	return strncasecmp(parser->at, keyword, size) == 0 &&
	       strchr(" \t()", parser->at[size]) != NULL;
}

/* What the quotes at parser->at hold, where "" is one quote; NULL when they are not closed. */
static const char *
read_quoted(struct parser *parser)
{
	struct text word = { 0 };
	const char *start = parser->at, *copy;

	for (parser->at++; *parser->at != '\0'; parser->at++) {
		if (*parser->at == '"' && parser->at[1] != '"')
			break;
		parser->at += *parser->at == '"';
		text_append_bytes(&word, parser->at, 1);
	}
	copy = arena_text(parser->arena, text_words(&word));
	text_free(&word);
	if (*parser->at != '"') {
		fail(parser, start, "the quotation mark is not closed");
		return NULL;
	}
	parser->at++;
	return copy;
}

/* A word up to a blank or bracket, or what stands between quotes; NULL with an error. */
static const char *
read_word(struct parser *parser)
{
	const char *start = parser->at, *word;

	if (*start == '"') {
		word = read_quoted(parser);
	} else {
		parser->at += strcspn(parser->at, " \t()\"");
		word = arena_bytes(parser->arena, start, (size_t)(parser->at - start));
	}
	if (word == NULL || strlen(word) <= WORD_SIZE_MAX)
		return word;
	fail(parser, start, "this word is too long to look for; give its first part");
	return NULL;
}

/* A day from today (90d, tomorrow), or a date, or NULL with an error. */
static const char *
date_value(struct parser *parser, const char *at, const char *word)
{
	char text[DATE_TEXT_SIZE];
	struct date date;

	if (!date_parse_relative(word, parser->today, &date) && !date_parse(word, true, &date)) {
		fail(parser, at,
		     "a date (2024-01-31, 31/01/2024) or a day from today (90d, 6w, 3m, 1y, \"end "
		     "of month\") is expected");
		return NULL;
	}
	date_format(date, text);
	return arena_text(parser->arena, text);
}

static bool
is_date(const struct field *field)
{
	return field->type == FIELD_DATE || field->type == FIELD_PARTIAL_DATE ||
	       field->type == FIELD_INSTANT;
}

/* The value in the one form of the field's type, where a comparison needs it. */
static const char *
canonical(struct parser *parser, const struct field *field, enum filter_kind kind, const char *at,
	  const char *word)
{
	char text[DATE_TEXT_SIZE];
	const char *value;
	struct error error;
	struct date date;

	if (is_date(field) && kind == FILTER_HOLDS &&
	    (date_parse_relative(word, parser->today, &date) || date_parse(word, true, &date))) {
		date_format(date, text);
		return arena_text(parser->arena, text);
	}
	if (is_date(field) && (kind >= FILTER_LESS || kind == FILTER_IS))
		return date_value(parser, at, word);
	if (kind != FILTER_LIKE && (field->type == FIELD_CHOICE || field_is_number(field))) {
		struct field compared = *field;

		/* What a value is compared with need not be one: quantity>0. */
		compared.flags &= ~(unsigned)FIELD_COUNTED;
		if (!field_parse(&compared, word, parser->arena, &value, &error)) {
			fail(parser, at, error.message);
			return NULL;
		}
		if (value == NULL)
			fail(parser, at, "a value is expected");
		return value;
	}
	return word;
}

static const struct {
	const char *sign;
	enum filter_kind kind;
} signs[] = {
	/* the longer ones first */
	{ "<=", FILTER_LESS_OR_IS }, { ">=", FILTER_MORE_OR_IS }, { "<", FILTER_LESS },
	{ ">", FILTER_MORE }, { "=", FILTER_IS }, { ":", FILTER_HOLDS },
};

static struct filter *
parse_comparison(struct parser *parser, const struct field *field, enum filter_kind kind)
{
	const char *at = parser->at, *word = read_word(parser);
	struct filter *filter;

	if (word == NULL)
		return NULL;
	if (*word == '\0' && *at == '(')
		return fail(parser, at, "a value is expected; brackets go around whole terms");
	if (*word == '\0' && (kind == FILTER_HOLDS || kind == FILTER_IS))
		kind = FILTER_BLANK;
	else if (*word == '\0')
		return fail(parser, at, "a value is expected");
	else if (strchr(word, '*') != NULL && (kind == FILTER_HOLDS || kind == FILTER_IS) &&
		 *at != '"')
		kind = FILTER_LIKE;
	filter = node(parser, kind, NULL, NULL);
	filter->field = field;
	if (kind != FILTER_BLANK &&
	    (filter->value = canonical(parser, field, kind, at, word)) == NULL)
		return NULL;
	return filter;
}

/* The field and sign that the words begin with, or NULL: then they are free words. */
static const struct field *
read_field(struct parser *parser, enum filter_kind *kind, const char **unknown)
{
	size_t size = 0;
	const char *name;

	while (isalnum((unsigned char)parser->at[size]) || parser->at[size] == '_')
		size++;
	*unknown = NULL;
	for (size_t i = 0; size > 0 && i < sizeof signs / sizeof signs[0]; i++) {
		const struct field *field;

		if (strncmp(parser->at + size, signs[i].sign, strlen(signs[i].sign)) != 0)
			continue;
		name = arena_bytes(parser->arena, parser->at, size);
		field = field_find(parser->entity->fields, name);
		if (field == NULL) {
			*unknown = name;
			return NULL;
		}
		*kind = signs[i].kind;
		parser->at += size + strlen(signs[i].sign);
		return field;
	}
	return NULL;
}

/* Reads words of our own tables in the place of a term, `terms` of them; `at` does not move on. */
static struct filter *
parse_meaning(const struct parser *parser, const char *words, int *terms)
{
	struct parser inner = *parser;
	struct filter *filter;

	inner.words = inner.at = words;
	inner.terms = inner.depth = 0;
	filter = parse_or(&inner);
	*terms = inner.terms;
	return filter;
}

static struct filter *
answer_node(struct parser *parser, enum filter_kind kind, const struct rule *rule)
{
	struct filter *filter = node(parser, kind, NULL, NULL);

	filter->value = rule->id;
	return filter;
}

/* The records that break the rule, and of them those that the word is about. */
static struct filter *
rule_filter(struct parser *parser, enum rule_word word, const struct rule *rule)
{
	int terms = 0;
	struct filter *breaks = parse_meaning(parser, rule->filter, &terms), *answered;

	parser->terms += terms;
	if (breaks == NULL || word == BREAKS)
		return breaks;
	answered = answer_node(parser, FILTER_ANSWERED, rule);
	if (word == ANSWERED)
		return node(parser, FILTER_AND, answered, breaks);
	answered = node(parser, FILTER_NOT, answered, NULL);
	if (word == LAPSED)
		answered = node(parser, FILTER_AND, answer_node(parser, FILTER_LAPSED, rule),
				answered);
	return node(parser, FILTER_AND, answered, breaks);
}

static bool
rule_is_meant(const struct rule *rule, const char *words)
{
	return text_same(words, "any") || text_same(words, rule->id) ||
	       text_same(words, severities[rule->severity].name);
}

/* Why no rule of the entity is meant by the words. */
static struct filter *
fail_rule(struct parser *parser, const char *at, const char *words)
{
	const struct rule *rule = rule_named(words);
	const char *why;

	if (rule == NULL)
		why = arena_format(parser->arena,
				   "no rule about %s is called '%s' (see: terrier help rules)",
				   parser->entity->plural, words);
	else if (rule->filter == NULL)
		why = arena_format(parser->arena,
				   "the program itself keeps to %s, so that nothing breaks it",
				   rule->id);
	else
		why = arena_format(parser->arena, "%s is about %s, not about %s", rule->id,
				   entities[rule->entity].plural, parser->entity->plural);
	return fail(parser, at, why);
}

/* The rules behind the colon, one or all of a sort. */
static struct filter *
parse_rules(struct parser *parser, enum rule_word word)
{
	struct filter *all = NULL, *one;
	const char *at = ++parser->at, *words = read_word(parser);

	if (words == NULL)
		return NULL;
	for each_rule(rule) {
		if (rule->filter == NULL || rule->entity != parser->entity->kind ||
		    !rule_is_meant(rule, words))
			continue;
		one = rule_filter(parser, word, rule);
		if (one == NULL)
			return NULL;
		all = all != NULL ? node(parser, FILTER_OR, all, one) : one;
	}
	/*
	 * One word may stand for all rules, whose terms are as long to look through as if somebody
	 * had written them.
	 */
	if (parser->terms > TERMS_MAX)
		return fail_long(parser, at);
	return all != NULL ? all : fail_rule(parser, at, words);
}

/* Whether an unknown field's name and its sign are a word about rules; goes on to the sign. */
static bool
read_rule_word(struct parser *parser, const char *name, enum rule_word *word)
{
	size_t size = strlen(name);

	for (int i = 0; i < RULE_WORD_COUNT; i++)
		if (parser->at[size] == ':' && text_same(filter_rule_words[i].name, name)) {
			parser->at += size;
			*word = (enum rule_word)i;
			return true;
		}
	return false;
}

static const struct filter_word *
flag_word(const struct parser *parser, const char *word)
{
	for (const struct filter_word *row = filter_words; row->name != NULL; row++)
		if (row->entity == parser->entity->kind && text_same(row->name, word))
			return row;
	return NULL;
}

static struct filter *
parse_free_words(struct parser *parser)
{
	bool quoted = *parser->at == '"';
	const char *word = read_word(parser);
	const struct filter_word *flag;
	struct filter *filter;
	int terms;

	if (word == NULL)
		return NULL;
	flag = quoted ? NULL : flag_word(parser, word);
	if (flag != NULL)
		return parse_meaning(parser, flag->means, &terms);
	filter = node(parser, FILTER_WORDS, NULL, NULL);
	filter->value = word;
	return filter;
}

static struct filter *
parse_brackets(struct parser *parser)
{
	const char *start = parser->at++;
	struct filter *filter;

	if (++parser->depth > DEPTH_MAX)
		return fail(parser, start, "too many brackets inside each other");
	filter = parse_or(parser);
	parser->depth--;
	if (filter == NULL)
		return NULL;
	skip_blanks(parser);
	if (*parser->at != ')')
		return fail(parser, start, "this bracket is not closed");
	parser->at++;
	return filter;
}

static struct filter *
parse_term(struct parser *parser)
{
	const struct field *field;
	enum filter_kind kind;
	enum rule_word word;
	const char *unknown, *start = parser->at;

	if (*parser->at == '(')
		return parse_brackets(parser);
	if (++parser->terms > TERMS_MAX)
		return fail_long(parser, start);
	field = read_field(parser, &kind, &unknown);
	if (field != NULL)
		return parse_comparison(parser, field, kind);
	if (unknown != NULL && read_rule_word(parser, unknown, &word))
		return parse_rules(parser, word);
	if (unknown != NULL)
		return fail(parser, start,
			    arena_format(parser->arena,
					 "%s have no field '%s' (see: terrier help fields %s; or "
					 "put the words in quotation marks)",
					 parser->entity->plural, unknown, parser->entity->plural));
	return parse_free_words(parser);
}

static struct filter *
parse_not(struct parser *parser)
{
	struct filter *filter;
	bool opposite = false;

	while (*parser->at == '-' || at_keyword(parser, "not")) {
		parser->at += *parser->at == '-' ? 1 : 3;
		skip_blanks(parser);
		opposite = !opposite;
	}
	if (*parser->at == '\0' || *parser->at == ')' || at_keyword(parser, "or") ||
	    at_keyword(parser, "and"))
		return fail(parser, parser->at,
			    "a term is expected (put the words or, and in quotation marks to look "
			    "for them)");
	filter = parse_term(parser);
	return filter != NULL && opposite ? node(parser, FILTER_NOT, filter, NULL) : filter;
}

static struct filter *
parse_and(struct parser *parser)
{
	struct filter *left = parse_not(parser), *right;

	while (left != NULL) {
		skip_blanks(parser);
		if (*parser->at == '\0' || *parser->at == ')' || at_keyword(parser, "or"))
			return left;
		if (at_keyword(parser, "and"))
			parser->at += 3;
		skip_blanks(parser);
		right = parse_not(parser);
		left = right != NULL ? node(parser, FILTER_AND, left, right) : NULL;
	}
	return NULL;
}

static struct filter *
parse_or(struct parser *parser)
{
	struct filter *left, *right;

	skip_blanks(parser);
	left = parse_and(parser);
	while (left != NULL && at_keyword(parser, "or")) {
		parser->at += 2;
		skip_blanks(parser);
		right = parse_and(parser);
		left = right != NULL ? node(parser, FILTER_OR, left, right) : NULL;
	}
	return left;
}

struct filter *
filter_parse(struct arena *arena, const struct entity *entity, const char *words, struct date today,
	     struct error *error)
{
	struct parser parser = { arena, entity, today, words, words, 0, 0, error };
	struct filter *filter;

	skip_blanks(&parser);
	if (*parser.at == '\0')
		return node(&parser, FILTER_ALL, NULL, NULL);
	filter = parse_or(&parser);
	if (filter != NULL && *parser.at != '\0')
		return fail(&parser, parser.at, "this bracket was not opened");
	return filter;
}
