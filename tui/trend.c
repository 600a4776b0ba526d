/* SPDX-License-Identifier: MIT */
#include "tui/trend.h"

#include "commands/pace.h"

bool
trend_read(struct trend *trend, const struct session *session, bool *done, struct error *error)
{
	struct arena arena = { 0 };
	const struct pace_table *table;

	*done = trend->fresh;
	if (*done)
		return true;
	table = pace_read(session, &arena, error);
	if (table == NULL) {
		arena_free(&arena);
		return false;
	}
	arena_free(&trend->arena);
	*trend = (struct trend){ .fresh = true };
	trend->words = pace_words(table, &arena);
	trend->brief = pace_brief(table, &table->all, &arena);
	trend->arena = arena;
	return true;
}
