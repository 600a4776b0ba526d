/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_MAPPING_COLUMNS_H
#define IMPORT_MAPPING_COLUMNS_H

/* What the files that decide about headings share and nobody else sees. */

#include "import/mapping.h"

static inline bool
mapping_same_target(struct mapping_target a, struct mapping_target b)
{
	return a.reference == b.reference && a.field == b.field;
}

/* Adds to what a person should know; the text lives in the mapping's arena. */
void mapping_notice(struct mapping *mapping, const char *notice);

/* What a heading is called in a message: 'Ref', or column 7. */
const char *mapping_column_name(struct mapping *mapping, size_t column);

/* Whether the rule is about the column of that number (from 1): as it is written, or folded. */
bool mapping_rule_is_for(const struct mapping_rule *rule, const struct mapping_column *column,
			 size_t number, bool folded, struct arena *arena);

/*
 * Tells which headings of the mapping file the file does not have; ERROR_INVALID when --column
 * names such a one.
 */
bool mapping_check_met(struct mapping *mapping, struct error *error);

/*
 * ERROR_INVALID: the option names a heading (NULL: a column by its number) that the file does not
 * have. Returns false.
 */
bool mapping_refuse_unmet(struct mapping *mapping, const char *option, const char *heading,
			  size_t column, struct error *error);

/* The position of the entity's field for anything else, or -1. */
int mapping_notes_field(const struct entity *entity);

/*
 * Where no heading is the field that a file can hardly do without, lets another stand in for it,
 * and says so.
 */
void mapping_settle_stand_ins(struct mapping *mapping);

/*
 * Which fields are fed, and by what. ERROR_INVALID when two headings cannot share one, or when none
 * is the key.
 */
bool mapping_make_slots(struct mapping *mapping, struct error *error);

#endif
