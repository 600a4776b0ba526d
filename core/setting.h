/* SPDX-License-Identifier: MIT */
#ifndef CORE_SETTING_H
#define CORE_SETTING_H

#include "core/error.h"
#include "core/field.h"

/* Public papers that several tables cite, in the words of the citation (DOMAIN 1 and 8). */
#define SOURCE_STATEMENT_2022 "Written statement HCWS386, 24 November 2022"

/*
 * What the rules rest on and a department may set otherwise: each is a record of the register
 * (entity "setting"), so that a change of it is an entry in the history.  A register holds a row
 * for each; a program that knows one more adds it.
 */
struct setting {
	const char *name;
	enum field_type type;		/* of its value */
	/* What a list of words, with commas between, may name; NULL when it is no list. */
	const struct choice *words;
	unsigned flags;			/* that one of those words must have; 0 for any */
	int least, most;		/* of a number */
	/* Canonical; "" for nothing, and only then it may be blank. */
	const char *initial;
	const char *source;
	const char *help;		/* whole sentences */
};

/* Ends with a nameless row. */
extern const struct setting settings[];

#define each_setting(row) \
	(const struct setting *row = settings; row->name != NULL; row++)

const struct setting *setting_named(const char *name);

/* Whether it may have the value (NULL: none); if not, a sentence that begins with its name. */
bool setting_check(const struct setting *setting, const char *value, struct error *error);

#endif
