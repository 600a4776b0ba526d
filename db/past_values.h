/* SPDX-License-Identifier: MIT */
#ifndef DB_PAST_VALUES_H
#define DB_PAST_VALUES_H

#include "db/internal.h"

/* A field that was changed since, as the history names it. */
struct past_field {
	const char *entity_name, *field_name;
	const struct entity *entity;
	const struct field *field;
};

/*
 * Gives every field of the entity's records the old value of its first change from `first_change`
 * on, whatever was changed after it: however often a record was changed, it is written once, and
 * the records in their order.  `fields` are those of the history; `count` of them. *done changes
 * of `total` are read so far, for the progress. Unique indexes over the fields are out of the way:
 * on the way two records may have one key.
 */
bool past_values_put_back(struct store *copy, const struct entity *entity, int64_t first_change,
			  const struct past_field *fields, size_t count, int64_t *done,
			  int64_t total, struct error *error);

#endif
