/* SPDX-License-Identifier: MIT */
#include "commands/programme.h"

#include <string.h>

#include "commands/figures.h"
#include "commands/finding.h"
#include "commands/view.h"
#include "core/figure.h"
#include "db/query.h"

bool
programme_day(const struct session *session, const char **day, struct arena *arena,
	      struct error *error)
{
	struct query *query = view_query(session, view_named("milestones"), "due_on", "share=100",
					 "due_on", arena, error);
	struct page page = { 0 };

	*day = NULL;
	if (query == NULL || !query_page(session->store, query, &(struct position){ 0 },
					 DIRECTION_AFTER, 1, arena, &page, error))
		return false;
	if (page.count > 0)
		*day = page.rows[0].values[0];
	return true;
}

static bool
say_late(const struct session *session, const char *day, struct text *words, struct arena *arena,
	 struct error *error)
{
	int64_t open, answered;

	if (!finding_counts(session, rule_named("R5"), &open, &answered, error))
		return false;
	if (open > 0)
		text_format(words, "%s past the programme's date of %s: terrier findings R5\n",
			    text_count(arena, open, "sensitive site is", "sensitive sites are"),
			    day);
	return true;
}

static bool
say_ahead(const struct session *session, const char *day, struct text *words, struct arena *arena,
	  struct error *error)
{
	const struct figure *figure = figure_named("sensitive_sites_to_clear");
	int64_t left;

	if (!figure_value(session, figure, &left, error))
		return false;
	if (left > 0)
		text_format(words,
			    "%s to be clear by the programme's date of %s: terrier list sites "
			    "\"%s\"\n",
			    text_count(arena, left, "sensitive site is", "sensitive sites are"),
			    day, figure->filter);
	return true;
}

bool
programme_say_due(const struct session *session, const char *until, struct text *words,
		  struct error *error)
{
	struct arena arena = { 0 };
	const char *text;
	char day_words[DATE_WORDS_SIZE];
	struct date day;
	bool said = programme_day(session, &text, &arena, error);

	if (said && text != NULL && date_parse_iso(text, &day)) {
		date_words(day, day_words);
		if (date_days(day) < date_days(session->today))
			said = say_late(session, day_words, words, &arena, error);
		else if (strcmp(text, until) <= 0)
			said = say_ahead(session, day_words, words, &arena, error);
	}
	arena_free(&arena);
	return said;
}

bool
programme_say_others(const struct session *session, struct text *words, struct error *error)
{
	struct arena arena = { 0 };
	char number[TEXT_NUMBER_SIZE];
	int64_t all, others, unknown;
	bool counted = figure_value(session, figure_named("sites"), &all, error) &&
		       figure_value(session, figure_named("sites_other_bodies"), &others, error) &&
		       figure_value(session, figure_named("sites_body_unknown"), &unknown, error);
	const char *sites = counted ? text_count(&arena, all, "site", "sites") : NULL;

	if (counted && others > 0)
		text_format(words,
			    "%s of %s %s of councils, police, health or other bodies; %s counted "
			    "here (R16).\n",
			    text_number(others, number), sites, others == 1 ? "is" : "are",
			    others == 1 ? "it is" : "they are");
	if (counted && unknown > 0)
		text_format(words,
			    "The kind of body that answers for %s of %s is not recorded; %s "
			    "counted here (R16).\n",
			    text_number(unknown, number), sites,
			    unknown == 1 ? "it is" : "they are");
	arena_free(&arena);
	return counted;
}
