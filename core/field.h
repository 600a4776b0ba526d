/* SPDX-License-Identifier: MIT */
#ifndef CORE_FIELD_H
#define CORE_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/choice.h"
#include "core/date.h"
#include "core/error.h"
#include "core/text.h"

enum field_type {
	FIELD_TEXT,		/* one line of words */
	FIELD_NOTE,		/* several lines of words */
	FIELD_CODE,		/* an identifier: never a number, whatever it looks like */
	FIELD_UPRN,		/* 1 to 12 digits, without the zeros before them */
	FIELD_MAC,		/* 3C:EF:8C:01:02:03 */
	FIELD_IP,		/* IPv4 or IPv6 */
	FIELD_INTEGER,		/* a whole number */
	FIELD_DECIMAL,		/* -2.35, digits kept as written */
	FIELD_MONEY,		/* pounds and pence, 1234.50: exact, never in floating point */
	FIELD_DATE,		/* 2024-01-31 */
	FIELD_PARTIAL_DATE,	/* 2024-01-31, 2024-01 or 2024 */
	FIELD_INSTANT,		/* 2024-01-31T12:30:00Z */
	FIELD_CHOICE,		/* a word of a closed list */
	FIELD_REFERENCE,	/* another record, by its key */
	FIELD_TYPE_COUNT
};

enum field_flag {
	FIELD_KEY = 1 << 0,		/* how people name the record; unique */
	FIELD_REQUIRED = 1 << 1,
	FIELD_LISTED = 1 << 2,		/* a column of the list until others are chosen */
	FIELD_SEARCHED = 1 << 3,	/* free words of a filter look here */
	/* Worked out by db/columns.def; never typed, never stored. */
	FIELD_COMPUTED = 1 << 4,
	FIELD_DECIDED = 1 << 5,		/* a person's decision: no import overwrites it */
	FIELD_HAPPENED = 1 << 6,	/* the day of what has happened: never after today */
	/* A whole number that says how many: 1 or more, also written x4 or 4 no. */
	FIELD_COUNTED = 1 << 7,
	/* Worked out when its record is saved, and stored; never typed. */
	FIELD_KEPT = 1 << 8,
	/* A code: the first 6, 7 or 9 digits of MAC addresses, capital and without signs. */
	FIELD_MAC_BLOCK = 1 << 9,
};

enum entity_kind {
	ENTITY_NONE,
	ENTITY_ORGANISATION,
	ENTITY_SITE,
	ENTITY_ASSESSMENT,
	ENTITY_DEVICE,
	ENTITY_MANUFACTURER,
	ENTITY_MANUFACTURER_NAME,
	ENTITY_MODEL_PREFIX,
	ENTITY_MAC_PREFIX,
	ENTITY_MAKE,
	ENTITY_LIST_VERSION,
	ENTITY_DEADLINE,
	ENTITY_EXTENSION,
	ENTITY_CONTRACT,
	ENTITY_MILESTONE,
	ENTITY_ANSWER,
	ENTITY_SETTING,
	ENTITY_SOURCE,
	ENTITY_REFUSAL,
	ENTITY_QUESTION,
	ENTITY_ENTRY,
	ENTITY_CHANGE,
	ENTITY_COUNT
};

/* The longest value of a field, in characters: what a spreadsheet cell can hold. */
enum { FIELD_VALUE_CHARACTERS = TEXT_CELL_CHARACTERS };

/* One field of a record, as every surface of the program sees it. */
struct field {
	const char *name;		/* in SQL, filters, `set`, CSV headings and JSON */
	const char *title;		/* list heading, form label, spreadsheet heading */
	enum field_type type;
	unsigned flags;
	int width;			/* columns it asks for in a list */
	const struct choice *choices;	/* of a FIELD_CHOICE, else NULL */
	enum entity_kind target;	/* of a FIELD_REFERENCE, else ENTITY_NONE */
	const char *headings;		/* other headings that files use, with commas between */
	const char *help;		/* one line, without a full stop */
};

enum field_alignment { ALIGN_LEFT, ALIGN_RIGHT };

/* How a type's values are kept by SQLite and written to a spreadsheet. */
enum field_storage { STORED_TEXT, STORED_INTEGER };
enum field_cell { CELL_TEXT, CELL_NUMBER, CELL_DATE };

/* What every field of a type has in common. */
struct field_type_row {
	const char *name;	/* for the manual */
	enum field_alignment alignment;
	enum field_storage storage;
	enum field_cell cell;
	const char *form;	/* how a value is written, for help and messages */
	/* Turns words (trimmed, not empty) into the canonical value, or says what is wrong. */
	const char *(*parse)(const struct field *field, const char *words, struct arena *arena,
			     struct error *error);
};

extern const struct field_type_row field_types[FIELD_TYPE_COUNT];

/* The tables end with a field without a name. */
#define each_field(row, fields) \
	(const struct field *row = (fields); row->name != NULL; row++)

/*
 * The canonical value of what a person or a file wrote, in the arena: trimmed,
 * checked, in the one spelling of its type (dates ISO, choices by name).
 * *value is NULL when the words are blank.  A reference is only trimmed here:
 * whether its record exists is the store's to say.  The message says what
 * is wrong and what was expected, without the field's name.
 */
bool field_parse(const struct field *field, const char *words, struct arena *arena,
		 const char **value, struct error *error);

/* The field of that name, or of a name that only lacks its "_on", or NULL. */
const struct field *field_find(const struct field *fields, const char *name);

/* Whether a folded heading (text_fold) is the field's name, title or one of its other headings. */
bool field_has_heading(const struct field *field, const char *folded, struct arena *arena);

/* Whether its values are compared and sorted as numbers, whatever they are kept as. */
static inline bool
field_is_number(const struct field *field)
{
	return field->type == FIELD_INTEGER || field->type == FIELD_DECIMAL ||
	       field->type == FIELD_MONEY;
}

static inline bool
field_is_stored(const struct field *field)
{
	return (field->flags & FIELD_COMPUTED) == 0;
}

/* Whether people and files may give it a value. */
static inline bool
field_is_given(const struct field *field)
{
	return (field->flags & (FIELD_COMPUTED | FIELD_KEPT)) == 0;
}

#endif
