/* SPDX-License-Identifier: MIT */
#ifndef CORE_RULE_H
#define CORE_RULE_H

#include "core/entity.h"
#include "core/figure.h"

/*
 * The rules of the policy (DOMAIN 7), as data.  A rule that has a filter is broken by the records
 * that its filter finds: those are its findings, worked out whenever somebody asks and never
 * stored.  A person may answer a finding (entity "answer"); while the answer holds, the finding is
 * counted apart.  A rule without a filter says what the program itself keeps to.
 *
 * In filters of the rule's entity `finding:R1` stands for its open findings, `answered:R1` for
 * those that are answered, `breaks:R1` for both, and `lapsed:R1` for those that are open again
 * because their answer has expired.
 */
enum severity {
	SEVERITY_BREACH,	/* the instruction is broken */
	SEVERITY_LATE,		/* a date has passed, or will pass as things stand */
	SEVERITY_DECIDE,	/* a decision or a date is missing */
	SEVERITY_DOUBT,		/* something is not known, or does not agree */
	SEVERITY_COUNT
};

/* By severity. */
extern const struct choice severities[];

struct rule {
	const char *id;			/* "R1" */
	const char *name;		/* "Installed after the instruction" */
	enum entity_kind entity;	/* of its findings; ENTITY_NONE without a filter */
	const char *filter;		/* core/filter.h; NULL for one that the program keeps */
	enum severity severity;
	const char *words;		/* of a finding, no full stop; {field}: of its record */
	const char *test;		/* what breaks it, in whole sentences */
	const char *citation;
	const char *remedy;		/* what to do, in whole sentences */
};

/* In the order of their names. Ends with a row without a name. */
extern const struct rule rules[];

#define each_rule(row) \
	(const struct rule *row = rules; row->id != NULL; row++)

/* By id, in any case; NULL for none. */
const struct rule *rule_named(const char *id);

/* The count of its open findings as a figure, whose list is they; only for one with a filter. */
struct figure rule_figure(const struct rule *rule, struct arena *arena);

#endif
