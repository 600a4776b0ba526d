/* SPDX-License-Identifier: MIT */
/*
 * One heading in the place of another.  "Manufacturer" in a contractor's file is what the label
 * says, as "Make" is; a file with both is of our own form, where the one is what was written and
 * the other a company that the register knows.  In the same way the name of a site does for its
 * code where there is no code: sites are found by both.
 */
#include "import/mapping_columns.h"

#include <string.h>

struct stand_in {
	enum entity_kind entity;
	int wanted;			/* field that no heading feeds */
	struct mapping_target by;	/* what the heading means by itself */
	/* Those alone that stand in, by text_fold(), with commas; NULL: any with that meaning. */
	const char *headings;
};

static const struct stand_in stand_ins[] = {
	{ ENTITY_DEVICE,
	  DEVICE_make,
	  { -1, DEVICE_manufacturer },
	  "manufacturer,manufacturername" },
	{ ENTITY_DEVICE, DEVICE_site, { DEVICE_site, SITE_name }, NULL },
	{ ENTITY_DEVICE, DEVICE_site, { -1, DEVICE_place }, "building,buildingname" },
	{ ENTITY_ASSESSMENT, ASSESSMENT_site, { ASSESSMENT_site, SITE_name }, NULL },
	{ ENTITY_SITE, SITE_code, { -1, SITE_property_reference }, NULL },
};

static bool
is_fed(const struct mapping *mapping, struct mapping_target target)
{
	for (size_t i = 0; i < mapping->column_count; i++)
		if (mapping->columns[i].use == MAPPING_FIELD &&
		    mapping_same_target(mapping->columns[i].target, target))
			return true;
	for (size_t i = 0; i < mapping->constant_count; i++)
		if (mapping_same_target(mapping->constants[i].target, target))
			return true;
	return false;
}

/* Whether the folded heading is one of those with commas between. */
static bool
is_listed(const char *headings, const char *folded)
{
	size_t size = strlen(folded);

	for (const char *at = headings; size > 0 && at != NULL;
	     at = strchr(at, ','), at = at != NULL ? at + 1 : NULL)
		if (strncmp(at, folded, size) == 0 && (at[size] == ',' || at[size] == '\0'))
			return true;
	return false;
}

static bool
stands_in(struct mapping *mapping, const struct stand_in *row, const struct mapping_column *column)
{
	return column->use == MAPPING_FIELD && !column->chosen &&
	       mapping_same_target(column->target, row->by) &&
	       (row->headings == NULL ||
		is_listed(row->headings, text_fold(&mapping->arena, column->heading)));
}

static void
settle(struct mapping *mapping, const struct stand_in *row)
{
	const struct mapping_target wanted = { -1, row->wanted };

	for (size_t i = 0; i < mapping->column_count; i++) {
		struct mapping_column *column = &mapping->columns[i];

		if (!stands_in(mapping, row, column))
			continue;
		mapping_notice(mapping,
			       arena_format(&mapping->arena,
					    "%s is read as the %s, since no other heading is. If "
					    "that is wrong, say what it is: --column \"%.80s=%s\".",
					    mapping_column_name(mapping, i),
					    mapping_target_field(mapping->entity, wanted)->name,
					    column->heading,
					    mapping_target_name(mapping->entity, column->target,
								&mapping->arena)));
		column->target = wanted;
		return;
	}
}

void
mapping_settle_stand_ins(struct mapping *mapping)
{
	for (size_t i = 0; i < sizeof stand_ins / sizeof stand_ins[0]; i++) {
		const struct stand_in *row = &stand_ins[i];
		bool key = row->wanted == mapping->entity->key;

		if (row->entity == mapping->entity->kind && !(key && mapping->keyless) &&
		    !is_fed(mapping, (struct mapping_target){ -1, row->wanted }))
			settle(mapping, row);
	}
}
