/* SPDX-License-Identifier: MIT */
#ifndef TESTS_MAPPING_FIXTURE_H
#define TESTS_MAPPING_FIXTURE_H

/* A mapping to try headings and rows on, written with bars between the cells. Include it behind cmocka.h. */

#include "import/mapping.h"

enum { HEADINGS_MAX = 300 };

/* A mapping made for each test, and what it was made of. */
struct fixture {
	struct mapping mapping;
	struct error error;
	const char *cells[HEADINGS_MAX];
	size_t count;
	struct arena arena;
};

/* The row of cells that stand in the words with a bar between. */
static inline struct source_row
split(struct fixture *fixture, const char *words)
{
	fixture->count = 0;
	for (;;) {
		size_t size = strcspn(words, "|");

		fixture->cells[fixture->count++] = arena_bytes(&fixture->arena, words, size);
		if (words[size] == '\0')
			break;
		words += size + 1;
	}
	return (struct source_row){ fixture->cells, fixture->count, 0, 1 };
}

static inline void
begin(struct fixture *fixture, enum entity_kind kind)
{
	*fixture = (struct fixture){ .mapping = { .entity = &entities[kind] } };
}

static inline void
end(struct fixture *fixture)
{
	mapping_free(&fixture->mapping);
	arena_free(&fixture->arena);
}

static inline bool
apply(struct fixture *fixture, const char *headings, enum mapping_unknown unknown)
{
	struct source_row row = split(fixture, headings);

	return mapping_apply(&fixture->mapping, &row, NULL, unknown, &fixture->error);
}

/* The values of a row; false with the field and the reason in the error when it is refused. */
static inline bool
read_row(struct fixture *fixture, const struct source_row *row, const char **values, const char **field)
{
	struct mapping_tally *tally = arena_alloc(&fixture->arena, sizeof *tally);
	struct mapping_result result;

	mapping_values(&fixture->mapping, row, &fixture->arena, values, tally, &result);
	*field = result.field;
	return result.what == MAPPING_ROW_GOOD || error_set(&fixture->error, ERROR_INVALID, "%s", result.reason);
}

/* The mapping as the words of a mapping file, without its first line. */
static inline void
assert_saved(struct fixture *fixture, const char *expected)
{
	struct text saved = { 0 };

	mapping_save(&fixture->mapping, &saved);
	assert_string_equal(strchr(text_words(&saved), '\n') + 1, expected);
	text_free(&saved);
}

static inline void
assert_mapped(enum entity_kind kind, const char *headings, const char *expected)
{
	struct fixture fixture;

	begin(&fixture, kind);
	if (!apply(&fixture, headings, MAPPING_REFUSE))
		fail_msg("%s: %s", headings, fixture.error.message);
	assert_saved(&fixture, expected);
	end(&fixture);
}

/* With a mapping file, when `map` is not NULL. */
static inline void
assert_refused(enum entity_kind kind, const char *map, const char *headings, const char *expected)
{
	struct fixture fixture;
	bool done;

	begin(&fixture, kind);
	done = (map == NULL || mapping_read_text(&fixture.mapping, "x.map", map, &fixture.error)) &&
	       apply(&fixture, headings, MAPPING_REFUSE);
	assert_false(done);
	if (strstr(fixture.error.message, expected) == NULL)
		fail_msg("expected '%s', got '%s'", expected, fixture.error.message);
	end(&fixture);
}

#endif
