/* SPDX-License-Identifier: MIT */
#include "tui/import_plan.h"

#include <string.h>

#include "tui/import_words.h"

bool
import_plan_is_unknown(const struct import_column *column)
{
	return strcmp(column->use, "unknown") == 0;
}

/* Columns that nobody knows come first, then all in the order of the file. */
static void
order_columns(struct import_plan *plan)
{
	size_t count = 0;

	for (int unknown = 1; unknown >= 0; unknown--)
		for (size_t i = 0; i < plan->survey.column_count; i++)
			if (import_plan_is_unknown(&plan->survey.columns[i]) == unknown)
				plan->order[count++] = i;
}

bool
import_plan_look(struct import_plan *plan, const struct import_options *before)
{
	struct import_survey survey = { 0 };
	struct error error = { 0 };

	work_begin(&plan->app->work, WORK_COMMAND);
	if (!import_look(plan->app->session, &plan->options, &survey, &error)) {
		import_survey_free(&survey);
		plan->options = *before;
		import_complain(plan->app, &error, PLACE_LOOK);
		return false;
	}
	import_survey_free(&plan->survey);
	plan->survey = survey;
	order_columns(plan);
	return true;
}

static size_t
count_known(const struct import_survey *survey)
{
	size_t known = 0;

	for (size_t i = 0; i < survey->column_count; i++)
		known += survey->columns[i].field != NULL;
	return known;
}

/* How many headings fit the entity; a file that feeds its key counts for more. */
static size_t
fitness(struct import_plan *plan, const struct entity *entity)
{
	struct import_options options = { .path = plan->options.path, .entity = entity };
	struct import_survey survey = { 0 };
	struct error error = { 0 };
	size_t fits = 0;

	work_begin(&plan->app->work, WORK_COMMAND);
	if (import_look(plan->app->session, &options, &survey, &error))
		fits = 1 + 2 * count_known(&survey) + (survey.problem == NULL);
	import_survey_free(&survey);
	return fits;
}

size_t
import_plan_guess(struct import_plan *plan, const struct entity *found[ENTITY_COUNT])
{
	size_t fits[ENTITY_COUNT], count = 0;

	for each_entity(entity) {
		size_t fit, at = count;

		if ((entity->flags & ENTITY_IMPORTED) == 0)
			continue;
		fit = fitness(plan, entity);
		for (; at > 0 && fits[at - 1] < fit; at--) {
			fits[at] = fits[at - 1];
			found[at] = found[at - 1];
		}
		fits[at] = fit;
		found[at] = entity;
		count++;
	}
	return count;
}

/* Writes what was said of columns as the options take it; returns how many there are. */
static size_t
write_choices(struct import_plan *plan, const char *const *said, const char **out)
{
	struct text words = { 0 };
	size_t count = 0;

	for (size_t i = 0; i < plan->survey.column_count; i++) {
		if (said[i] == NULL)
			continue;
		text_clear(&words);
		mapping_append_heading(&words, plan->survey.columns[i].heading, i + 1);
		text_format(&words, " = %s", said[i]);
		out[count++] = arena_text(&plan->arena, text_words(&words));
	}
	text_free(&words);
	return count;
}

static void
tell_options(struct import_plan *plan)
{
	plan->options.columns = plan->columns;
	plan->options.column_count = write_choices(plan, plan->fields, plan->columns);
	plan->options.dates = plan->dates;
	plan->options.date_count = write_choices(plan, plan->orders, plan->dates);
}

/* Says one thing of a column and looks again; puts it back where the file cannot be read so. */
static bool
say(struct import_plan *plan, const char **said, const char *words)
{
	struct import_options before = plan->options;
	const char *was = *said;

	*said = arena_text(&plan->arena, words);
	tell_options(plan);
	if (import_plan_look(plan, &before))
		return true;
	*said = was;
	tell_options(plan);
	return false;
}

bool
import_plan_set_field(struct import_plan *plan, size_t column, const char *field)
{
	return say(plan, &plan->fields[column], field);
}

bool
import_plan_set_order(struct import_plan *plan, size_t column, const char *order)
{
	return say(plan, &plan->orders[column], order);
}

void
import_plan_forget_columns(struct import_plan *plan)
{
	if (plan->options.column_count + plan->options.date_count > 0)
		app_say(plan->app,
			"The columns are read anew, so what was said of them is forgotten.");
	memset(plan->fields, 0, sizeof plan->fields);
	memset(plan->orders, 0, sizeof plan->orders);
	tell_options(plan);
}

/* The field that "tag" or "site.name" names; *reference is the one before the dot, or NULL. */
static const struct field *
field_of(const struct entity *entity, const char *name, const struct field **reference)
{
	const char *dot = strchr(name, '.');

	*reference = NULL;
	if (dot == NULL)
		return field_find(entity->fields, name);
	for each_field(field, entity->fields)
		if (field->type == FIELD_REFERENCE && strlen(field->name) == (size_t)(dot - name) &&
		    strncmp(field->name, name, (size_t)(dot - name)) == 0)
			*reference = field;
	return *reference != NULL ? field_find(entities[(*reference)->target].fields, dot + 1)
				  : NULL;
}

bool
import_plan_has_dates(const struct import_plan *plan, size_t column)
{
	const char *name = plan->survey.columns[column].field;
	const struct field *reference, *field;

	field = name != NULL ? field_of(plan->options.entity, name, &reference) : NULL;
	return field != NULL && (field->type == FIELD_DATE || field->type == FIELD_PARTIAL_DATE);
}

void
import_plan_append_use(const struct import_plan *plan, size_t column, struct text *out)
{
	const struct import_column *row = &plan->survey.columns[column];
	const struct field *reference = NULL, *field;

	field = row->field != NULL ? field_of(plan->options.entity, row->field, &reference) : NULL;
	if (reference != NULL)
		text_format(out, "%s: ", reference->title);
	text_append(out, field != NULL ? field->title : row->field != NULL ? row->field : row->use);
	if (row->beside != NULL)
		text_format(out, ", %s",
			    field_find(plan->options.entity->fields, row->beside)->title);
}

void
import_plan_free(struct import_plan *plan)
{
	import_survey_free(&plan->survey);
	arena_free(&plan->arena);
}
