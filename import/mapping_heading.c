/* SPDX-License-Identifier: MIT */
/* What headings mean by themselves. */
#include "import/mapping.h"

#include <string.h>

int64_t
mapping_pack(struct mapping_target target)
{
	return ((int64_t)target.reference + 1) * ENTITY_FIELDS_MAX + target.field;
}

struct mapping_target
mapping_unpack(int64_t packed)
{
	return (struct mapping_target){ (int)(packed / ENTITY_FIELDS_MAX) - 1, (int)(packed % ENTITY_FIELDS_MAX) };
}

/* The first to mean a heading keeps it. `prefix` is the word for the record before it, or "". */
static void
list_heading(struct map *headings, struct mapping_target target, const char *prefix, const char *words, size_t size,
	     struct arena *arena)
{
	const char *folded = text_fold(arena, arena_format(arena, "%s %.*s", prefix, (int)size, words));
	bool added;

	if (*folded != '\0')
		map_add(headings, folded, mapping_pack(target), &added);
}

static void
list_names(struct map *headings, struct mapping_target target, const char *prefix, const struct field *field,
	   struct arena *arena)
{
	list_heading(headings, target, prefix, field->name, strlen(field->name), arena);
	list_heading(headings, target, prefix, field->title, strlen(field->title), arena);
}

static void
list_others(struct map *headings, struct mapping_target target, const char *prefix, const struct field *field,
	    struct arena *arena)
{
	const char *words = field->headings;

	while (*words != '\0') {
		size_t size = strcspn(words, ",");

		list_heading(headings, target, prefix, words, size, arena);
		words += size + (words[size] == ',');
	}
}

/* "site name", "Site Post Town": a field of a record that the entity names, with the word for that record before it. */
static void
list_reference(struct map *headings, int position, const struct field *reference, struct arena *arena)
{
	const struct field *fields = entities[reference->target].fields;

	for each_field(field, fields)
		if (field_is_stored(field))
			list_names(headings, (struct mapping_target){ position, (int)(field - fields) },
				   reference->name, field, arena);
	for each_field(field, fields)
		if (field_is_stored(field))
			list_others(headings, (struct mapping_target){ position, (int)(field - fields) },
				    reference->name, field, arena);
}

/* "Property name" of a device can only be the name of its site. */
static void
list_label(struct map *headings, int position, const struct field *reference, struct arena *arena)
{
	const struct entity *named = &entities[reference->target];

	list_others(headings, (struct mapping_target){ position, named->label }, "", &named->fields[named->label], arena);
}

void
mapping_list_headings(const struct entity *entity, struct map *headings)
{
	struct arena arena = { 0 };

	for each_field(field, entity->fields)
		list_names(headings, (struct mapping_target){ -1, (int)(field - entity->fields) }, "", field, &arena);
	for each_field(field, entity->fields)
		list_others(headings, (struct mapping_target){ -1, (int)(field - entity->fields) }, "", field, &arena);
	for each_field(field, entity->fields)
		if (field->type == FIELD_REFERENCE && field->target != entity->kind)
			list_reference(headings, (int)(field - entity->fields), field, &arena);
	for each_field(field, entity->fields)
		if (field->type == FIELD_REFERENCE && (field->flags & FIELD_REQUIRED))
			list_label(headings, (int)(field - entity->fields), field, &arena);
	arena_free(&arena);
}

/* Headings of cells that hold make and model, as text_fold() has them. */
static const char *const pair_headings[] = {
	"makemodel", "makeandmodel", "makemodelno", "makemodelnumber", "makeandmodelno", "makeandmodelnumber",
	"cameramakemodel", "cameramakeandmodel", "cameramodelmake", "devicemakemodel", "devicemakeandmodel",
	"manufacturermodel", "manufacturerandmodel", "brandmodel", "brandandmodel", "mfrmodel", "equipmentmakemodel",
};

bool
mapping_means_pair(const struct entity *entity, const char *folded)
{
	if (entity->kind != ENTITY_DEVICE)
		return false;
	for (size_t i = 0; i < sizeof pair_headings / sizeof pair_headings[0]; i++)
		if (strcmp(folded, pair_headings[i]) == 0)
			return true;
	return false;
}

static bool
is_in_rules(const struct mapping *mapping, const char *folded, struct arena *arena)
{
	for (size_t i = 0; i < mapping->rule_count; i++)
		if (mapping->rules[i].heading != NULL &&
		    strcmp(folded, text_fold(arena, mapping->rules[i].heading)) == 0)
			return true;
	return false;
}

size_t
mapping_recognise(const void *context, const char *const *cells, size_t count)
{
	const struct mapping *mapping = context;
	struct arena arena = { 0 };
	struct map known = { 0 };
	size_t found = 0;

	mapping_list_headings(mapping->entity, &known);
	for (size_t i = 0; i < count; i++) {
		const char *folded = text_fold(&arena, cells[i]);

		found += *folded != '\0' && (map_find(&known, folded) != NULL || mapping_means_pair(mapping->entity, folded) ||
					     is_in_rules(mapping, folded, &arena));
	}
	map_free(&known);
	arena_free(&arena);
	return found;
}

/* How many of the headings are those of the rows: a file of refused rows has ours behind them. */
static size_t
count_theirs(const struct source_row *heading)
{
	size_t theirs = heading->count - MAPPING_OURS_COUNT;

	if (heading->count <= MAPPING_OURS_COUNT)
		return heading->count;
	for (size_t i = 0; i < MAPPING_OURS_COUNT; i++)
		if (!text_same(heading->cells[theirs + i], mapping_ours[i]))
			return heading->count;
	return theirs;
}

void
mapping_fingerprint(const struct source_row *heading, char text[HASH_TEXT_SIZE])
{
	size_t count = count_theirs(heading);
	struct arena arena = { 0 };
	struct hash hash;

	hash_init(&hash);
	for (size_t i = 0; i < count; i++) {
		const char *folded = text_fold(&arena, heading->cells[i]);

		hash_update(&hash, folded, strlen(folded) + 1);
	}
	hash_format(&hash, text);
	arena_free(&arena);
}
