/* SPDX-License-Identifier: MIT */
#ifndef CORE_CHOICE_H
#define CORE_CHOICE_H

#include <stdbool.h>

#include "core/text.h"

/* What more a word means. */
enum choice_flag {
	CHOICE_INITIAL = 1 << 0,	/* what a new record has until somebody says */
	/* A kind of device that the policy of 24 November 2022 is about. */
	CHOICE_POLICY = 1 << 1,
	/* A kind of connected places, which a department may count in (setting wider_scope). */
	CHOICE_WIDER = 1 << 2,
	/* A network that others use too, which may count as a core one (setting core_networks). */
	CHOICE_SHARED = 1 << 3,
};

/* One word that a field may hold. A table ends with a row without a name. */
struct choice {
	const char *name;	/* in SQL, files, filters and on screen */
	const char *synonyms;	/* other spellings that are read as it, with commas between */
	unsigned flags;
};

#define each_choice(row, choices) \
	(const struct choice *row = (choices); row->name != NULL; row++)

/* The choice that a person wrote, but for case, blanks, punctuation and a plural's s; or NULL. */
const struct choice *choice_find(const struct choice *choices, const char *words);

/* Appends "unknown, yes, no": what may be said. */
void choice_append_names(struct text *out, const struct choice *choices);

/* The word a new record has, or NULL. */
const char *choice_initial(const struct choice *choices);

/*
 * Whether a device of this kind (NULL: not yet known) is one that the policy is about, or one of
 * those that the department counts in: `wider` has their names with commas between.
 */
bool choice_kind_in_scope(const char *kind, const char *wider);

/* What sort of action an entry of the history is: entry_kinds[]. */
enum entry_kind {
	ENTRY_KIND_COMMAND, ENTRY_KIND_IMPORT, ENTRY_KIND_UNDO, ENTRY_KIND_REDO, ENTRY_KIND_INIT
};

extern const struct choice entry_kinds[];
extern const struct choice organisation_kinds[];
extern const struct choice limb_answers[];
extern const struct choice yes_no_unknown[];
extern const struct choice controllers[];
extern const struct choice survey_grades[];
extern const struct choice device_kinds[];
extern const struct choice networks[];
extern const struct choice decisions[];
extern const struct choice covered_answers[];
extern const struct choice matches[];
extern const struct choice name_kinds[];
extern const struct choice confidences[];
extern const struct choice deadline_kinds[];
extern const struct choice deadline_layers[];
extern const struct choice match_evidence[];
extern const struct choice contract_kinds[];
extern const struct choice one_company_answers[];
extern const struct choice contract_sources[];
extern const struct choice extend_answers[];
extern const struct choice finding_answers[];
extern const struct choice refusal_states[];
extern const struct choice refusal_causes[];
extern const struct choice question_answers[];

#endif
