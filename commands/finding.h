/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_FINDING_H
#define COMMANDS_FINDING_H

#include "commands/command.h"
#include "core/rule.h"

/* A record that breaks a rule. */
struct finding {
	const struct rule *rule;
	bool answered;		/* by an answer that holds */
	const char *words;	/* a sentence; it says when an answer to it has lapsed */
};

/*
 * The rules that one record breaks now, in their order: an array of *count in the arena, of none
 * when no rule is about its kind.
 */
bool findings_of_record(struct session *session, struct record_id id, struct arena *arena,
			struct finding **findings, size_t *count, struct error *error);

/*
 * Says which rules the record breaks, a line for each: "Breaks R3 (decide): ..."; nothing when it
 * breaks none.
 */
bool findings_say(struct session *session, struct record_id id, struct text *words,
		  struct error *error);

/* How many things break the rule without an answer that holds, and how many with one. */
bool finding_counts(const struct session *session, const struct rule *rule, int64_t *open,
		    int64_t *answered, struct error *error);

extern const struct operand findings_operands[], finding_answer_operands[],
	finding_reopen_operands[];
bool command_findings(struct session *session, const struct request *request, struct reply *reply,
		      struct error *error);
bool command_finding_answer(struct session *session, const struct request *request,
			    struct reply *reply, struct error *error);
bool command_finding_reopen(struct session *session, const struct request *request,
			    struct reply *reply, struct error *error);

#endif
