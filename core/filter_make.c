/* SPDX-License-Identifier: MIT */
#include "core/filter.h"

/* Filters that the program makes, not a person. */

struct filter *
filter_is(struct arena *arena, const struct field *field, const char *value)
{
	struct filter *filter = arena_alloc(arena, sizeof *filter);

	*filter = (struct filter){ .kind = FILTER_IS,
				   .field = field,
				   .value = arena_text(arena, value) };
	return filter;
}

struct filter *
filter_both(struct arena *arena, struct filter *left, struct filter *right)
{
	struct filter *filter = arena_alloc(arena, sizeof *filter);

	*filter = (struct filter){ .kind = FILTER_AND, .left = left, .right = right };
	return filter;
}
