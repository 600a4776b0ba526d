/* SPDX-License-Identifier: MIT */
/* What somebody says about columns that the file does not have. */
#include "import/mapping_columns.h"

#include <stdlib.h>

#include "core/nearest.h"

enum { HEADINGS_NAMED = 8 };

/* "'Tag', 'Site' and 3 more" */
static const char *
name_headings(struct mapping *mapping)
{
	const char *names = "";
	size_t named = mapping->column_count < HEADINGS_NAMED ? mapping->column_count
							      : HEADINGS_NAMED;

	for (size_t i = 0; i < named; i++)
		names = arena_format(&mapping->arena, "%s%s%s", names, i > 0 ? ", " : "",
				     mapping_column_name(mapping, i));
	return named == mapping->column_count ? names
					      : arena_format(&mapping->arena, "%s and %zu more",
							     names, mapping->column_count - named);
}

/* The column whose heading is nearly the words; column_count for none. */
static size_t
find_nearest(struct mapping *mapping, const char *words)
{
	struct nearest nearest = { .word = text_small(&mapping->arena, words) };
	size_t column = mapping->column_count;

	for (size_t i = 0; i < mapping->column_count; i++) {
		const char *heading = text_small(&mapping->arena, mapping->columns[i].heading);

		nearest_consider(&nearest, heading);
		if (nearest.best == heading)
			column = i;
	}
	return nearest_found(&nearest) != NULL ? column : mapping->column_count;
}

bool
mapping_refuse_unmet(struct mapping *mapping, const char *option, const char *heading,
		     size_t column, struct error *error)
{
	size_t nearest = heading != NULL ? find_nearest(mapping, heading) : mapping->column_count;

	if (heading == NULL)
		return error_set(error, ERROR_INVALID,
				 "%s names column %zu, which this file does not have. Nothing was "
				 "changed.",
				 option, column);
	if (nearest < mapping->column_count)
		return error_set(error, ERROR_INVALID,
				 "%s names the heading '%.80s', which this file does not have. Did "
				 "you mean %s? Nothing was changed.",
				 option, heading, mapping_column_name(mapping, nearest));
	return error_set(error, ERROR_INVALID,
			 "%s names the heading '%.80s', which this file does not have. Its "
			 "headings are: %s. Nothing was changed.",
			 option, heading, name_headings(mapping));
}

static bool
is_met(struct mapping *mapping, const struct mapping_rule *rule)
{
	for (size_t i = 0; i < mapping->column_count; i++)
		if (mapping_rule_is_for(rule, &mapping->columns[i], i + 1, true, &mapping->arena) ||
		    mapping_rule_is_for(rule, &mapping->columns[i], i + 1, false, &mapping->arena))
			return true;
	return false;
}

bool
mapping_check_met(struct mapping *mapping, struct error *error)
{
	for (size_t i = 0; i < mapping->rule_count; i++) {
		const struct mapping_rule *rule = &mapping->rules[i];

		if (rule->origin == MAPPING_SAVED || is_met(mapping, rule))
			continue;
		if (rule->origin == MAPPING_OPTION)
			return mapping_refuse_unmet(mapping, "--column", rule->heading,
						    rule->column, error);
		if (rule->heading != NULL)
			mapping_notice(mapping,
				       arena_format(&mapping->arena,
						    "%s names the heading '%.80s' on line %d, "
						    "which this file does not have.",
						    mapping->file, rule->heading, rule->line));
	}
	return true;
}
