/* SPDX-License-Identifier: MIT */
#ifndef CORE_ENTITY_H
#define CORE_ENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/field.h"

/*
 * The kinds of record in the register.  core/fields/NAME.def holds the fields
 * of each, one line a field; from it come the entity's field table
 * and an enum of positions (DEVICE_tag, SITE_code) into record values.
 */
enum entity_flag {
	ENTITY_EDITED = 1 << 0,		/* people make and change its records */
	ENTITY_IMPORTED = 1 << 1,	/* files can bring its records */
	/* Imports make its records, and commands of their own settle them. */
	ENTITY_SETTLED = 1 << 2,
	/* Each record is a person's decision as a whole: no import changes one. */
	ENTITY_DECIDED = 1 << 3,
	/* People make its records, by commands of their own alone. */
	ENTITY_COMMANDED = 1 << 5,
	/* Worked out of other records: nothing of it is stored, so nothing is undone. */
	ENTITY_DERIVED = 1 << 4,
	/* The program brings all its records; people only change them. */
	ENTITY_GIVEN = 1 << 6,
};

struct entity {
	enum entity_kind kind;
	const char *name;		/* "site": the SQL table, the word of a command */
	const char *plural;		/* "sites" */
	const char *title;		/* "Site" */
	const char *titles;		/* "Sites" */
	const struct field *fields;	/* ends with a nameless one */
	int field_count;
	int key;			/* position of the field that names a record */
	/* Position of a field that describes it, or that of the key. */
	int label;
	/* Position of the reference that a file covers (RELIABILITY: absent), or -1. */
	int scope;
	unsigned flags;
	const char *help;		/* one line, without a full stop */
	/* Where the key is a number of the register: the fields that match rows of files. */
	const char *import_key;
	int import_least;		/* and how many of them must agree */
};

#define FIELD(name, title, type, flags, width, headings, help) ENTITY_PREFIX(name),
#define CHOICE(name, title, choices, flags, width, headings, help) ENTITY_PREFIX(name),
#define REFERENCE(name, title, target, flags, width, headings, help) ENTITY_PREFIX(name),
#define ENTITY_PREFIX(name) ORGANISATION_##name
enum organisation_field {
#include "core/fields/organisation.def"
	ORGANISATION_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) SITE_##name
enum site_field {
#include "core/fields/site.def"
	SITE_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) ASSESSMENT_##name
enum assessment_field {
#include "core/fields/assessment.def"
	ASSESSMENT_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) DEVICE_##name
enum device_field {
#include "core/fields/device.def"
	DEVICE_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) MANUFACTURER_##name
enum manufacturer_field {
#include "core/fields/manufacturer.def"
	MANUFACTURER_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) MANUFACTURER_NAME_##name
enum manufacturer_name_field {
#include "core/fields/manufacturer_name.def"
	MANUFACTURER_NAME_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) MODEL_PREFIX_##name
enum model_prefix_field {
#include "core/fields/model_prefix.def"
	MODEL_PREFIX_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) MAC_PREFIX_##name
enum mac_prefix_field {
#include "core/fields/mac_prefix.def"
	MAC_PREFIX_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) MAKE_##name
enum make_field {
#include "core/fields/make.def"
	MAKE_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) LIST_VERSION_##name
enum list_version_field {
#include "core/fields/list_version.def"
	LIST_VERSION_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) DEADLINE_##name
enum deadline_field {
#include "core/fields/deadline.def"
	DEADLINE_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) EXTENSION_##name
enum extension_field {
#include "core/fields/extension.def"
	EXTENSION_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) CONTRACT_##name
enum contract_field {
#include "core/fields/contract.def"
	CONTRACT_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) MILESTONE_##name
enum milestone_field {
#include "core/fields/milestone.def"
	MILESTONE_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) ANSWER_##name
enum answer_field {
#include "core/fields/answer.def"
	ANSWER_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) SETTING_##name
enum setting_field {
#include "core/fields/setting.def"
	SETTING_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) SOURCE_##name
enum source_field {
#include "core/fields/source.def"
	SOURCE_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) REFUSAL_##name
enum refusal_field {
#include "core/fields/refusal.def"
	REFUSAL_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) QUESTION_##name
enum question_field {
#include "core/fields/question.def"
	QUESTION_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) ENTRY_##name
enum entry_field {
#include "core/fields/entry.def"
	ENTRY_FIELD_COUNT
};
#undef ENTITY_PREFIX
#define ENTITY_PREFIX(name) CHANGE_##name
enum change_field {
#include "core/fields/change.def"
	CHANGE_FIELD_COUNT
};
#undef ENTITY_PREFIX
#undef FIELD
#undef CHOICE
#undef REFERENCE

/*
 * The most fields that an entity has, and of them those that people and files may give; SQLite is
 * told the first as its limit of columns.
 */
enum { ENTITY_FIELDS_MAX = 80, ENTITY_GIVEN_MAX = 64 };

/* By kind; entities[ENTITY_NONE] has no name. */
extern const struct entity entities[ENTITY_COUNT];

#define each_entity(row) \
	(const struct entity *row = &entities[1]; row < &entities[ENTITY_COUNT]; row++)

/* The entity of that name, singular or plural, in any case; NULL for none. */
const struct entity *entity_named(const char *name);

static inline const struct field *
entity_key(const struct entity *entity)
{
	return &entity->fields[entity->key];
}

/* Whether the register itself numbers its records, so that no file can name one. */
static inline bool
entity_is_numbered(const struct entity *entity)
{
	return !field_is_stored(entity_key(entity));
}

/* A record's number is only meaningful with its kind, so the two travel together. */
struct record_id {
	enum entity_kind kind;
	int64_t value;		/* 0 for none */
};

/* One action in the history. */
struct entry_id { int64_t value; };	/* 0 for none */

/*
 * One record: a canonical value (field_parse) for each field of its entity, in
 * the order of the field table; NULL for one that is not known.  A reference
 * holds the key of its record.  The texts belong to the arena that the record
 * was made or read in.
 */
struct record {
	const struct entity *entity;
	struct record_id id;
	/* The last to change it; a save is refused when another came since. */
	struct entry_id entry;
	const char **values;
};

/* A new record with the initial word of each choice, in the arena. */
struct record *record_new(struct arena *arena, enum entity_kind kind);

/* A copy whose values may be changed; it shares the texts. */
struct record *record_copy(struct arena *arena, const struct record *record);

/* What people call it: its key, or "" for a new one. */
const char *record_key(const struct record *record);

#endif
