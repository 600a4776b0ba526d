/* SPDX-License-Identifier: MIT */
#include "commands/when.h"

const char *
when_day(const struct session *session, const char *words, struct arena *arena, struct error *error)
{
	char text[DATE_TEXT_SIZE];
	struct date date;

	if (!date_parse_relative(words, session->today, &date) &&
	    !date_parse(words, false, &date)) {
		error_set(error, ERROR_USAGE,
			  "'%s' is no day of the calendar (31/01/2024, 2024-01-31) and none from "
			  "today (90d, 6w, 3m, 1y, tomorrow, end of next month).",
			  words);
		return NULL;
	}
	date_format(date, text);
	return arena_text(arena, text);
}

const char *
when_words(const struct session *session, const struct field *field, const char *words,
	   struct arena *arena)
{
	char text[DATE_TEXT_SIZE];
	struct date date;

	if ((field->type != FIELD_DATE && field->type != FIELD_PARTIAL_DATE) ||
	    !date_parse_relative(words, session->today, &date))
		return words;
	date_format(date, text);
	return arena_text(arena, text);
}

bool
when_set(const struct session *session, struct record *record, int field, const char *words,
	 const char *otherwise, struct arena *arena, struct error *error)
{
	if (words == NULL)
		words = otherwise;
	if (words != NULL)
		record->values[field] = when_day(session, words, arena, error);
	return words == NULL || record->values[field] != NULL;
}
