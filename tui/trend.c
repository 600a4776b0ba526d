/* SPDX-License-Identifier: MIT */
#include "tui/trend.h"

#include "commands/pace.h"

bool
trend_read(struct trend *trend, const struct session *session, bool *done, struct error *error)
{
	struct arena arena = { 0 };
	const char *words;

	*done = trend->fresh;
	if (*done)
		return true;
	words = pace_words(session, &arena, error);
	if (words == NULL) {
		arena_free(&arena);
		return false;
	}
	arena_free(&trend->arena);
	*trend = (struct trend){ arena, words, true };
	return true;
}
