/* SPDX-License-Identifier: MIT */
#include "import/mapping.h"

#include <string.h>

const struct field *
mapping_target_field(const struct entity *entity, struct mapping_target target)
{
	if (target.reference < 0)
		return &entity->fields[target.field];
	return &entities[entity->fields[target.reference].target].fields[target.field];
}

const char *
mapping_target_name(const struct entity *entity, struct mapping_target target, struct arena *arena)
{
	const struct field *field = mapping_target_field(entity, target);

	if (target.reference < 0)
		return field->name;
	return arena_format(arena, "%s.%s", entity->fields[target.reference].name, field->name);
}

const struct field *
mapping_given_field(const struct entity *entity, const char *name)
{
	const struct field *named = field_find(entity->fields, name), *given = NULL;
	struct arena arena = { 0 };

	if (named == NULL || field_is_given(named))
		return named;
	for each_field(field, entity->fields)
		if (field_is_given(field) && given == NULL &&
		    field_has_heading(field, text_fold(&arena, named->name), &arena))
			given = field;
	arena_free(&arena);
	return given;
}

/* "site.name": the field behind the dot, of the record that the reference before it names. */
static bool
find_behind_dot(const struct entity *entity, const char *words, const char *dot,
		struct mapping_target *target)
{
	size_t size = (size_t)(dot - words);

	for each_field(reference, entity->fields) {
		const struct field *field;

		if (reference->type != FIELD_REFERENCE || strlen(reference->name) != size ||
		    strncmp(reference->name, words, size) != 0)
			continue;
		field = mapping_given_field(&entities[reference->target], dot + 1);
		if (field == NULL)
			return false;
		*target = (struct mapping_target){ (int)(reference - entity->fields),
						   (int)(field -
							 entities[reference->target].fields) };
		return true;
	}
	return false;
}

/*
 * A name without a dot that the entity itself does not have: the first record it names that has
 * such a field.
 */
static bool
find_elsewhere(const struct entity *entity, const char *name, struct mapping_target *target)
{
	for each_field(reference, entity->fields) {
		const struct field *field;

		if (reference->type != FIELD_REFERENCE || reference->target == entity->kind)
			continue;
		field = mapping_given_field(&entities[reference->target], name);
		if (field == NULL)
			continue;
		*target = (struct mapping_target){ (int)(reference - entity->fields),
						   (int)(field -
							 entities[reference->target].fields) };
		return true;
	}
	return false;
}

static bool
refuse(const struct entity *entity, const char *words, struct error *error)
{
	const struct field *field = field_find(entity->fields, words);
	struct text names = { 0 };

	if (field != NULL)
		return error_set(error, ERROR_INVALID,
				 "%s is worked out by Terrier and cannot be imported.",
				 field->name);
	for each_field(row, entity->fields)
		if (field_is_given(row))
			text_format(&names, "%s%s", names.length > 0 ? ", " : "", row->name);
	error_set(error, ERROR_INVALID, "'%.60s' is no field of a %s: expected one of %s.", words,
		  entity->name, text_words(&names));
	text_free(&names);
	return false;
}

bool
mapping_find_target(const struct entity *entity, const char *words, struct mapping_target *target,
		    struct error *error)
{
	const char *dot = strchr(words, '.');
	const struct field *field = mapping_given_field(entity, words);

	if (field != NULL) {
		*target = (struct mapping_target){ -1, (int)(field - entity->fields) };
		return true;
	}
	if (dot != NULL ? find_behind_dot(entity, words, dot, target)
			: find_elsewhere(entity, words, target))
		return true;
	return refuse(entity, words, error);
}
