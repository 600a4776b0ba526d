/* SPDX-License-Identifier: MIT */
#ifndef CORE_FILTER_H
#define CORE_FILTER_H

#include "core/arena.h"
#include "core/entity.h"

/*
 * What a person asks of a list, as a tree.  The words are the same on the command line, on a screen
 * and in the figures; filter_examples[] shows them.  Terms side by side must all hold.
 */
enum filter_kind {
	FILTER_ALL,		/* every record */
	FILTER_AND,
	FILTER_OR,
	FILTER_NOT,		/* of left */
	FILTER_WORDS,		/* any searched field holds the value */
	FILTER_HOLDS,		/* the field holds the value; of a choice: is it */
	FILTER_LIKE,		/* the field matches the value, in which * stands for anything */
	FILTER_IS,		/* the field is the value, case aside */
	FILTER_BLANK,
	FILTER_LESS,
	FILTER_LESS_OR_IS,
	FILTER_MORE,
	FILTER_MORE_OR_IS,
	FILTER_ANSWERED,	/* an answer to the rule that the value names holds today */
	FILTER_LAPSED,		/* such an answer held once and holds no more */
};

struct filter {
	enum filter_kind kind;
	/* Of the entity that was asked about; NULL for words and answers. */
	const struct field *field;
	const char *value;		/* canonical where the field's type has one form */
	struct filter *left, *right;
};

/* A word that stands for a longer filter: "overdue". */
struct filter_word {
	enum entity_kind entity;
	const char *name;
	const char *means;	/* in the same language */
	const char *help;
};

/* Ends with a nameless row. */
extern const struct filter_word filter_words[];

/*
 * What stands before the colon of a term about the rules of the entity (core/rule.h); behind it
 * stands a rule ("R1"), a severity ("breach") or "any".
 */
struct filter_rule_word {
	const char *name;	/* "finding" */
	const char *help;
};

/* Ends with a nameless row. */
extern const struct filter_rule_word filter_rule_words[];

/*
 * How the language is explained wherever it is: what somebody may write about devices, and what
 * that finds.
 */
struct filter_example {
	const char *words;
	const char *finds;	/* without a full stop */
};

/* Ends with a row without words. */
extern const struct filter_example filter_examples[];

#define each_filter_example(row) \
	(const struct filter_example *row = filter_examples; row->words != NULL; row++)

/*
 * Reads a filter about records of the entity into the arena; spans such as 90d
 * count from today.  Blank words give FILTER_ALL.  NULL with an error that says where the
 * mistake is, what was found and what was expected.
 */
struct filter *filter_parse(struct arena *arena, const struct entity *entity, const char *words,
			    struct date today, struct error *error);

/*
 * The records whose field is that value, whatever signs are in it; and those for which both hold.
 * In the arena.
 */
struct filter *filter_is(struct arena *arena, const struct field *field, const char *value);
struct filter *filter_both(struct arena *arena, struct filter *left, struct filter *right);

#endif
