/* SPDX-License-Identifier: MIT */
#ifndef DB_COLUMNS_H
#define DB_COLUMNS_H

#include "core/entity.h"
#include "core/hash.h"
#include "core/text.h"

/*
 * From fields to SQL.  A stored field is its column; a reference's column has
 * "_id" behind the name and holds an id; a computed field is an expression of columns.def.
 */

/* The column of a stored field: "tag", "site_id". In the arena where it had to be made. */
const char *column_name(const struct field *field, struct arena *arena);

/*
 * Appends where the entity's rows come from, for behind FROM: its table, or what it is worked out
 * of, under its name.
 */
void column_source(struct text *sql, const struct entity *entity);

/* Appends the expression of a field's value as people read it, over a row of its table. */
void column_expression(struct text *sql, const struct entity *entity, const struct field *field);

/*
 * How a field reads a record of another entity: *target is that entity, *of the field of it that
 * is read, *reference the column that holds its id.  False when the field reads no other record.
 */
bool column_through(const struct entity *entity, const struct field *field,
		    const struct entity **target, const struct field **of, const char **reference,
		    struct arena *arena);

/*
 * Whether columns.def says what every row has whose field is not blank (NARROW): appends that,
 * unless sql is NULL.
 */
bool column_narrow(struct text *sql, const struct entity *entity, const struct field *field);

/* Adds all expressions of columns.def: what was worked out by others is worth nothing. */
void columns_hash(struct hash *hash);

/*
 * Appends SQL in which {entity.field} stands for the expression of that field, where the entity's
 * table is in sight.
 */
void column_expand(struct text *sql, const char *template);

#endif
