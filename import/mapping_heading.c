/* SPDX-License-Identifier: MIT */
/* What headings mean by themselves. */
#include "import/mapping.h"

#include <string.h>

static int64_t
pack(struct mapping_target target)
{
	return ((int64_t)target.reference + 1) * ENTITY_FIELDS_MAX + target.field;
}

struct mapping_target
mapping_unpack(int64_t packed)
{
	return (struct mapping_target){ (int)(packed / ENTITY_FIELDS_MAX) - 1,
					(int)(packed % ENTITY_FIELDS_MAX) };
}

/* More than any heading in core/fields has, with the word for a record before it. */
enum { HEADING_SIZE = 128 };

/* Headings on their way into the map: hundreds, so they are folded without an arena. All ASCII. */
struct headings {
	struct map *map;
	struct mapping_target target;
	char folded[HEADING_SIZE];
	size_t prefix;			/* bytes of the word for a record at its start */
};

/* text_fold() behind what is there; returns the end. */
static size_t
fold_behind(char folded[HEADING_SIZE], size_t end, const char *words, size_t size)
{
	for (size_t i = 0; i < size && end + 1 < HEADING_SIZE; i++) {
		char small = (char)(words[i] >= 'A' && words[i] <= 'Z' ? words[i] - 'A' + 'a'
								       : words[i]);

		if ((small >= 'a' && small <= 'z') || (small >= '0' && small <= '9'))
			folded[end++] = small;
	}
	folded[end] = '\0';
	return end;
}

/* The first to mean a heading keeps it. */
static void
list_heading(struct headings *headings, const char *words, size_t size)
{
	bool added;

	if (fold_behind(headings->folded, headings->prefix, words, size) > headings->prefix)
		map_add(headings->map, headings->folded, pack(headings->target), &added);
}

static void
list_names(struct headings *headings, const struct field *field)
{
	list_heading(headings, field->name, strlen(field->name));
	list_heading(headings, field->title, strlen(field->title));
}

static void
list_others(struct headings *headings, const struct field *field)
{
	const char *words = field->headings;

	while (*words != '\0') {
		size_t size = strcspn(words, ",");

		list_heading(headings, words, size);
		words += size + (words[size] == ',');
	}
}

/*
 * The fields by name and title, then by their other headings, each with the reference that leads to
 * them.  What files give comes before what is worked out: the "Due" of a file is a date that
 * somebody set.
 */
static void
list_fields(struct headings *headings, const struct field *fields, int reference)
{
	for (int computed = 0; computed <= (reference < 0); computed++)
		for (int others = 0; others <= 1; others++)
			for each_field(field, fields) {
				headings->target = (struct mapping_target){ reference,
									    (int)(field - fields) };
				if (field_is_given(field) == (computed != 0))
					continue;
				if (others == 0)
					list_names(headings, field);
				else
					list_others(headings, field);
			}
}

/*
 * "site name", "Site Post Town": a field of a record that the entity names, with the word for that
 * record before it.
 */
static void
list_reference(struct headings *headings, int position, const struct field *reference)
{
	headings->prefix = fold_behind(headings->folded, 0, reference->name,
				       strlen(reference->name));
	list_fields(headings, entities[reference->target].fields, position);
	headings->prefix = 0;
}

/* "Property name" of a device can only be the name of its site. */
static void
list_label(struct headings *headings, int position, const struct field *reference)
{
	const struct entity *named = &entities[reference->target];

	headings->target = (struct mapping_target){ position, named->label };
	list_others(headings, &named->fields[named->label]);
}

void
mapping_list_headings(const struct entity *entity, struct map *map)
{
	struct headings headings = { .map = map };

	list_fields(&headings, entity->fields, -1);
	for each_field(field, entity->fields)
		if (field->type == FIELD_REFERENCE && field->target != entity->kind)
			list_reference(&headings, (int)(field - entity->fields), field);
	for each_field(field, entity->fields)
		if (field->type == FIELD_REFERENCE && (field->flags & FIELD_REQUIRED))
			list_label(&headings, (int)(field - entity->fields), field);
}

/* Headings of cells that hold make and model, as text_fold() has them. */
static const char *const pair_headings[] = {
	"makemodel", "makeandmodel", "makemodelno", "makemodelnumber", "makeandmodelno",
	"makeandmodelnumber", "cameramakemodel", "cameramakeandmodel", "cameramodelmake",
	"devicemakemodel", "devicemakeandmodel", "manufacturermodel", "manufacturerandmodel",
	"brandmodel", "brandandmodel", "mfrmodel", "equipmentmakemodel",
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
	const struct map *known = &mapping->known;
	struct arena arena = { 0 };
	struct map own = { 0 };
	size_t found = 0;

	if (known->count == 0) {
		mapping_list_headings(mapping->entity, &own);
		known = &own;
	}
	for (size_t i = 0; i < count; i++) {
		const char *folded = text_fold(&arena, cells[i]);

		found += *folded != '\0' && (map_find(known, folded) != NULL ||
					     mapping_means_pair(mapping->entity, folded) ||
					     is_in_rules(mapping, folded, &arena));
	}
	map_free(&own);
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
