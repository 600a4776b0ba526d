/* SPDX-License-Identifier: MIT */
#include "db/columns.h"

#include <assert.h>
#include <string.h>

#include "db/kept.h"

struct column {
	const char *entity, *field, *sql;
};

struct through {
	const char *entity, *field, *reference, *target, *of;
};

static const struct column columns[] = {
#define COLUMN(entity, field, ...) { #entity, #field, #__VA_ARGS__ },
#define PART(entity, field, ...) { #entity, #field, #__VA_ARGS__ },
#include "db/columns.def"
	{ 0 }
};

static const struct {
	const char *entity, *sql;
} sources[] = {
#define DERIVED(entity, ...) { #entity, #__VA_ARGS__ },
#include "db/columns.def"
};

static const struct through throughs[] = {
#define THROUGH(entity, field, reference, target, of) { #entity, #field, #reference, #target, #of },
#include "db/columns.def"
	{ 0 }
};

static const struct column narrows[] = {
#define NARROW(entity, field, ...) { #entity, #field, #__VA_ARGS__ },
#include "db/columns.def"
};

const char *
column_name(const struct field *field, struct arena *arena)
{
	return field->type == FIELD_REFERENCE ? arena_format(arena, "%s_id", field->name)
					      : field->name;
}

void
column_source(struct text *sql, const struct entity *entity)
{
	for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
		if (strcmp(sources[i].entity, entity->name) == 0)
			text_format(sql, "(%s) AS ", sources[i].sql);
	text_append(sql, entity->name);
}

static const struct through *
through_of(const struct entity *entity, const struct field *field)
{
	for (const struct through *row = throughs; row->field != NULL; row++)
		if (strcmp(row->entity, entity->name) == 0 && strcmp(row->field, field->name) == 0)
			return row;
	return NULL;
}

static const char *
computed_sql(const struct entity *entity, const char *name)
{
	for (const struct column *row = columns; row->field != NULL; row++)
		if (strcmp(row->entity, entity->name) == 0 && strcmp(row->field, name) == 0)
			return row->sql;
	assert(false && "a computed field has its expression in columns.def");
	return "NULL";
}

static void
append_computed(struct text *sql, const struct entity *entity, const char *name)
{
	text_append(sql, "(");
	column_expand(sql, computed_sql(entity, name));
	text_append(sql, ")");
}

/*
 * Appends the expression of "entity.field", the size bytes between two braces; or that of a part by
 * its name.
 */
static void
append_named(struct text *sql, const char *name, size_t size)
{
	struct arena arena = { 0 };
	char *words = arena_bytes(&arena, name, size), *dot = strchr(words, '.');
	const struct entity *entity;
	const struct field *field;

	assert(dot != NULL);
	*dot = '\0';
	if (strcmp(words, "kept") == 0) {
		text_format(sql, "kept(standing.counts, %d)", kept_place(dot + 1));
		arena_free(&arena);
		return;
	}
	entity = entity_named(words);
	assert(entity != NULL);
	field = field_find(entity->fields, dot + 1);
	if (field != NULL)
		column_expression(sql, entity, field);
	else
		append_computed(sql, entity, dot + 1);
	arena_free(&arena);
}

void
column_expand(struct text *sql, const char *template)
{
	for (const char *brace; (brace = strchr(template, '{')) != NULL;) {
		size_t size = strcspn(brace + 1, "}");

		text_append_bytes(sql, template, (size_t)(brace - template));
		append_named(sql, brace + 1, size);
		template = brace + size + 2;
	}
	text_append(sql, template);
}

/* A change keeps references by id; people read keys: by the kind of record and the field's name. */
static void
append_change_value(struct text *sql, const struct field *field)
{
	text_append(sql, "CASE change.entity || '.' || change.field");
	for each_entity(entity)
		for each_field(of, entity->fields) {
			const struct entity *target = &entities[of->target];

			if (of->type != FIELD_REFERENCE ||
			    (entity->flags & (ENTITY_EDITED | ENTITY_COMMANDED)) == 0)
				continue;
			text_format(sql, " WHEN '%s.%s' THEN (SELECT ", entity->name, of->name);
			column_expression(sql, target, entity_key(target));
			text_format(sql, " FROM %s WHERE %s.id = CAST(change.%s AS INTEGER))",
				    target->name, target->name, field->name);
		}
	text_format(sql, " ELSE change.%s END", field->name);
}

/* The alias keeps a site's parent site apart from the site itself. */
static void
append_reference(struct text *sql, const struct entity *entity, const struct field *field)
{
	const struct entity *target = &entities[field->target];
	const struct field *key = entity_key(target);

	text_format(sql, "(SELECT other.%s FROM %s AS other WHERE other.id = %s.%s_id)",
		    field_is_stored(key) ? key->name : "id", target->name, entity->name,
		    field->name);
}

void
column_expression(struct text *sql, const struct entity *entity, const struct field *field)
{
	const struct through *through;

	if (field->type == FIELD_REFERENCE) {
		append_reference(sql, entity, field);
	} else if (entity->kind == ENTITY_CHANGE &&
		   (field == &entity->fields[CHANGE_old] || field == &entity->fields[CHANGE_new])) {
		append_change_value(sql, field);
	} else if (field_is_stored(field)) {
		text_format(sql, "%s.%s", entity->name, field->name);
	} else if ((through = through_of(entity, field)) != NULL) {
		const struct entity *target = entity_named(through->target);

		text_append(sql, "(SELECT ");
		column_expression(sql, target, field_find(target->fields, through->of));
		text_format(sql, " FROM %s WHERE %s.id = %s.%s_id)", target->name, target->name,
			    entity->name, through->reference);
	} else {
		append_computed(sql, entity, field->name);
	}
}

bool
column_narrow(struct text *sql, const struct entity *entity, const struct field *field)
{
	for (size_t i = 0; i < sizeof narrows / sizeof narrows[0]; i++)
		if (strcmp(narrows[i].entity, entity->name) == 0 &&
		    strcmp(narrows[i].field, field->name) == 0) {
			if (sql != NULL)
				column_expand(sql, narrows[i].sql);
			return true;
		}
	return false;
}

void
columns_hash(struct hash *hash)
{
	for (const struct column *row = columns; row->field != NULL; row++) {
		hash_update(hash, row->field, strlen(row->field));
		hash_update(hash, row->sql, strlen(row->sql));
	}
}

bool
column_through(const struct entity *entity, const struct field *field, const struct entity **target,
	       const struct field **of, const char **reference, struct arena *arena)
{
	const struct through *through = through_of(entity, field);

	if (through == NULL)
		return false;
	*target = entity_named(through->target);
	*of = field_find((*target)->fields, through->of);
	*reference = arena_format(arena, "%s.%s_id", entity->name, through->reference);
	return true;
}
