/* SPDX-License-Identifier: MIT */
#ifndef DB_CONDITION_H
#define DB_CONDITION_H

#include "core/filter.h"
#include "core/text.h"

/* SQL with its values, which are bound in order of appearance to `?`. */
struct sql {
	struct text text;
	struct arena arena;
	struct sql_value {
		const char *text;	/* NULL: bind the number */
		int64_t number;
	} *values;
	size_t count, room;
	/* Asked of a single record: what it refers to is looked up for it, not listed for all. */
	bool of_one;
};

void sql_free(struct sql *sql);
void sql_bind_text(struct sql *sql, const char *text); /* copies; appends nothing to the words */
void sql_bind_number(struct sql *sql, int64_t number);

/* Appends a condition over a row of the entity's table: that the filter asks for the record. */
void condition_append(struct sql *sql, const struct entity *entity, const struct filter *filter);

#endif
