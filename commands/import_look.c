/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <stdlib.h>
#include <string.h>

static const char *const use_words[] = {
	[MAPPING_UNKNOWN] = "unknown", [MAPPING_FIELD] = "field", [MAPPING_LEFT_OUT] = "left out",
	[MAPPING_COMPUTED] = "worked out", [MAPPING_OURS] = "worked out", [MAPPING_BLANK] = "blank",
};

static void
survey_column(struct import *import, const struct source_row *heading, size_t i,
	      struct import_survey *survey)
{
	const struct mapping *mapping = &import->mapping;
	struct import_column *column = &survey->columns[i];
	const char *samples[READER_SAMPLES];

	column->heading = arena_text(&survey->arena, heading->cells[i]);
	column->use = use_words[MAPPING_UNKNOWN];
	if (mapping->columns != NULL) {
		column->heading = arena_text(&survey->arena, mapping->columns[i].heading);
		column->use = use_words[mapping->columns[i].use];
		if (mapping->columns[i].paired)
			column->beside = mapping->entity->fields[DEVICE_model].name;
		if (mapping->columns[i].use == MAPPING_FIELD) {
			struct mapping_target target = mapping->columns[i].target;

			column->field = mapping_target_name(mapping->entity, target,
							    &survey->arena);
			column->field = arena_text(&survey->arena, column->field);
		}
	}
	column->sample_count = reader_samples(import->reader, i, samples);
	for (size_t j = 0; j < column->sample_count; j++)
		column->samples[j] = arena_text(&survey->arena, samples[j]);
}

static void
survey_facts(const struct import *import, struct import_survey *survey)
{
	const struct reader_facts *facts = reader_facts(import->reader);

	survey->format = arena_text(&survey->arena, facts->format);
	survey->encoding = arena_text(&survey->arena, facts->encoding);
	survey->delimiter = arena_text(&survey->arena, facts->delimiter);
	survey->sheet = arena_text(&survey->arena, facts->sheet);
	survey->heading_line = facts->heading_line;
	survey->saved_on = arena_text(&survey->arena, import->saved_on);
}

static void
add_notice(struct import_survey *survey, const char *notice)
{
	survey->notices[survey->notice_count++] = arena_text(&survey->arena, notice);
}

/* Of the reader, of the mapping, and of the mapping that was saved. */
static void
survey_notices(const struct import *import, struct import_survey *survey)
{
	size_t count;
	const char *const *notices = reader_notices(import->reader, &count);
	const struct import_summary *summary = import->summary;

	survey->notices = arena_alloc(&survey->arena, (count + import->mapping.notice_count +
						       summary->notice_count + 1) *
							      sizeof *survey->notices);
	for (size_t i = 0; i < count; i++)
		add_notice(survey, notices[i]);
	for (size_t i = 0; i < summary->notice_count; i++)
		add_notice(survey, summary->notices[i]);
	for (size_t i = 0; i < import->mapping.notice_count; i++)
		add_notice(survey, import->mapping.notices[i]);
}

/* What cannot be mapped is no failure of the look: it is what the person is to mend. */
static bool
look(struct import *import, struct import_survey *survey, struct error *error)
{
	struct source_row heading;
	struct error problem;

	if (!import_open(import, error) || !import_read_heading(import, &heading, error))
		return false;
	if (!import_map_heading(import, &heading, &problem) || !import_read_key(import, &problem))
		survey->problem = arena_text(&survey->arena, problem.message);
	survey->column_count = heading.count;
	survey->columns = arena_alloc(&survey->arena, heading.count * sizeof *survey->columns);
	for (size_t i = 0; i < heading.count; i++)
		survey_column(import, &heading, i, survey);
	survey_facts(import, survey);
	survey_notices(import, survey);
	return true;
}

bool
import_look(struct session *session, const struct import_options *options,
	    struct import_survey *survey, struct error *error)
{
	const char *slash = strrchr(options->path, '/');
	struct import_summary summary = { .file = slash != NULL ? slash + 1 : options->path,
					  .entity = options->entity };
	struct import import = { .session = session, .options = options, .summary = &summary };
	bool done = look(&import, survey, error);

	import_free(&import);
	import_summary_free(&summary);
	return done;
}

void
import_survey_free(struct import_survey *survey)
{
	arena_free(&survey->arena);
	*survey = (struct import_survey){ 0 };
}
