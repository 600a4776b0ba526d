/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_FINDING_WORDS_H
#define COMMANDS_FINDING_WORDS_H

#include "commands/session.h"
#include "core/map.h"
#include "core/rule.h"

/* What was last answered to the findings of one rule, by the record. */
struct finding_answer {
	const char *subject;	/* the key of its record */
	const char *answer, *by, *until, *reason;
	bool holds;
};

struct finding_answers {
	struct finding_answer *answers;
	size_t count, room;
	struct map places;	/* from the key of a record to its place in answers */
	struct arena arena;
};

/* Reads the answers to the rule: to all its findings, or to one record's when key is not NULL. */
bool finding_answers_read(struct session *session, const struct rule *rule, const char *key,
			  struct finding_answers *answers, struct error *error);
void finding_answers_free(struct finding_answers *answers);

/* The newest answer about the record of that key, or NULL. */
const struct finding_answer *finding_answer_of(const struct finding_answers *answers,
					       const char *key);

/*
 * Appends the words of a finding.  `values` are the record's, by field of the rule's entity, NULL
 * for unknown; only those that the rule's words name are looked at.  An answer (or NULL) that does
 * not hold is told.
 */
void finding_append_words(struct text *out, const struct rule *rule, const char *const *values,
			  const struct finding_answer *answer);

/* Whether the rule's words name the field. */
bool finding_names_field(const struct rule *rule, const struct field *field);

/* The field of answers that refers to records of the entity; -1 when no rule is about it. */
int finding_reference(enum entity_kind entity);

#endif
