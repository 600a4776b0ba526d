/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_STORY_SAY_H
#define COMMANDS_STORY_SAY_H

#include "core/entity.h"
#include "core/text.h"

/* What a sentence is about: a record, as an entry found it and as it left it. */
struct saying {
	const struct entity *entity;
	const char *const *values, *const *before;	/* by field; the same for a new record */
	bool told[ENTITY_FIELDS_MAX];			/* fields that a sentence has told */
	/* What the story is about, in this sentence. */
	const char *it;
	struct arena *arena;
};

/* Whether the field says something: a choice that was never made does not. */
bool say_has_value(const struct field *field, const char *value);

/* The value as people say it: a day in words. In the arena. */
const char *say_value(const struct saying *saying, int field);

/* Appends words as a sentence: a capital to begin with, a full stop at its end, a blank before. */
void say_sentence(struct text *out, const char *words);

/* Appends what is told of a new record of its kind; false when nothing is. */
bool say_born(struct text *out, struct saying *saying);

/*
 * Appends the sentence for a field that got a value, unless it was told; false when there is none
 * for it.
 */
bool say_field(struct text *out, struct saying *saying, int field);

/* Appends what became of a field that has no sentence; `again` when an undo or redo did it. */
void say_change(struct text *out, struct saying *saying, int field, bool again);

#endif
