/* SPDX-License-Identifier: MIT */
#include "commands/past.h"

#include "commands/when.h"
#include "db/past.h"

bool
past_open(const struct session *session, const struct request *request, struct session *past,
	  struct error *error)
{
	const char *words = request_value(request, "as-at"), *text;
	struct arena arena = { 0 };
	struct date day;
	bool read;

	*past = *session;
	if (words == NULL)
		return true;
	text = when_day(session, words, &arena, error);
	read = text != NULL && date_parse_iso(text, &day);
	arena_free(&arena);
	if (!read || date_days(day) == date_days(session->today))
		return read;
	if (date_days(day) > date_days(session->today))
		return error_set(error, ERROR_USAGE,
				 "'%.60s' is still to come: the register can only be seen as it "
				 "was.",
				 words);
	past->today = day;
	past->store = store_open_past(session->store, day, error);
	return past->store != NULL;
}

void
past_close(const struct session *session, struct session *past)
{
	if (past->store != session->store)
		store_close(past->store);
	past->store = NULL;
}

void
past_say(const struct session *session, const struct session *past, struct reply *reply)
{
	char words[DATE_WORDS_SIZE];

	if (past->store == session->store)
		return;
	date_words(past->today, words);
	text_format(&reply->words, "As the register was at the end of %s (23:59:59 UTC).\n", words);
}
