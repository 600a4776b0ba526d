/* SPDX-License-Identifier: MIT */
/* A mapping as the text of a mapping file. */
#include "import/mapping.h"

#include <string.h>

/* Whether a heading would be read as something else without quotes round it. */
static bool
needs_quotes(const char *heading)
{
	return *heading == '#' || *heading == '"' || strstr(heading, ":=") != NULL ||
	       strncmp(heading, "column ", 7) == 0;
}

void
mapping_append_heading(struct text *out, const char *heading, size_t column)
{
	bool quotes = needs_quotes(heading);

	if (*heading == '\0')
		text_format(out, "column %zu", column);
	if (quotes)
		text_append(out, "\"");
	for (; *heading != '\0'; heading++) {
		if (quotes && *heading == '"')
			text_append(out, "\"");
		text_append_bytes(out, heading, 1);
	}
	if (quotes)
		text_append(out, "\"");
}

/* What it is called in a mapping file: "make, model" for a column that is parted. */
static const char *
column_target(const struct mapping *mapping, const struct mapping_column *column,
	      struct arena *arena)
{
	const char *name = mapping_target_name(mapping->entity, column->target, arena);

	return column->paired ? arena_format(arena, "%s, model", name) : name;
}

/* A value of several lines is written on one: what stands below would be a line of the mapping. */
static void
save_value(struct text *out, const char *value)
{
	for (; *value != '\0'; value++)
		text_append_bytes(out, *value == '\n' || *value == '\r' ? " " : value, 1);
	text_append(out, "\n");
}

/* Which of day and month comes first, where there is something to say. */
static const char *
order_words(const struct mapping *mapping, const struct mapping_column *column)
{
	const struct field *field = mapping_target_field(mapping->entity, column->target);

	if ((field->type != FIELD_DATE && field->type != FIELD_PARTIAL_DATE) || column->paired)
		return "";
	if (column->order == DATE_ORDER_MONTH)
		return ", month first";
	return column->order_said ? ", day first" : "";
}

void
mapping_save(const struct mapping *mapping, struct text *out)
{
	struct arena arena = { 0 };

	text_format(out, "# Which heading feeds which field of %s.\n", mapping->entity->plural);
	for (size_t i = 0; i < mapping->column_count; i++) {
		const struct mapping_column *column = &mapping->columns[i];

		if (column->use == MAPPING_OURS || column->use == MAPPING_BLANK)
			continue;
		mapping_append_heading(out, column->heading, i + 1);
		if (column->use == MAPPING_FIELD || column->silenced)
			text_format(out, " = %s%s\n", column_target(mapping, column, &arena),
				    order_words(mapping, column));
		else
			text_append(out, " = -\n");
	}
	for (size_t i = 0; i < mapping->constant_count; i++) {
		text_format(out, "%s := ",
			    mapping_target_name(mapping->entity, mapping->constants[i].target,
						&arena));
		save_value(out, mapping->constants[i].value);
	}
	arena_free(&arena);
}
