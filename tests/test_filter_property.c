/* SPDX-License-Identifier: MIT */
/* Random filters over random devices: SQL finds what an evaluator in C finds that reads every row. */
#include "tests/support.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/chance.h"

static const struct date today = { 2026, 11, 21 };

static bool
holds(const char *text, const char *part)
{
	for (; text != NULL; text++) {
		if (strncasecmp(text, part, strlen(part)) == 0)
			return true;
		if (*text == '\0')
			break;
	}
	return false;
}

static bool
is_like(const char *text, const char *pattern)
{
	if (*pattern == '*')
		return is_like(text, pattern + 1) || (*text != '\0' && is_like(text + 1, pattern));
	if (*pattern == '\0' || *text == '\0')
		return *pattern == *text;
	return tolower((unsigned char)*text) == tolower((unsigned char)*pattern) && is_like(text + 1, pattern + 1);
}

static bool
word_matches(const struct record *device, const struct record *site, const char *word)
{
	static const int searched[] = { DEVICE_tag,    DEVICE_place, DEVICE_make, DEVICE_model, DEVICE_manufacturer,
					DEVICE_serial, DEVICE_mac,   DEVICE_ip,   DEVICE_site };

	for (size_t i = 0; i < sizeof searched / sizeof searched[0]; i++)
		if (holds(device->values[searched[i]], word))
			return true;
	return holds(site->values[SITE_name], word);
}

static bool
compares(const char *value, enum filter_kind kind, const char *with)
{
	int order;

	if (value == NULL)
		return false;
	order = strcasecmp(value, with);
	return kind == FILTER_LESS         ? order < 0
	       : kind == FILTER_LESS_OR_IS ? order <= 0
	       : kind == FILTER_MORE       ? order > 0
					   : order >= 0;
}

static bool
is_match(const struct filter *filter, const struct record *device, const struct record *site)
{
	const char *value = filter->field != NULL ? device->values[filter->field - device->entity->fields] : NULL;

	switch (filter->kind) {
	case FILTER_ALL:
		return true;
	case FILTER_AND:
		return is_match(filter->left, device, site) && is_match(filter->right, device, site);
	case FILTER_OR:
		return is_match(filter->left, device, site) || is_match(filter->right, device, site);
	case FILTER_NOT:
		return !is_match(filter->left, device, site);
	case FILTER_WORDS:
		return word_matches(device, site, filter->value);
	case FILTER_HOLDS:
		return value != NULL && (filter->field->type == FIELD_CHOICE ? strcmp(value, filter->value) == 0
									     : holds(value, filter->value));
	case FILTER_LIKE:
		return value != NULL && is_like(value, filter->value);
	case FILTER_IS:
		return value != NULL && strcasecmp(value, filter->value) == 0;
	case FILTER_BLANK:
		return value == NULL;
	default:
		return compares(value, filter->kind, filter->value);
	}
}

static const char *const random_words[] = {
	"a", "b", "ab", "\"a b\"", "tag:1", "tag:d1*", "tag=D7", "place:a", "place:*b", "place:", "make:A", "make=b",
	"make:a*b*", "make:", "kind:camera", "kind:rec*", "network:core", "-network:unknown", "installed:2022",
	"installed>2022-06-01", "installed<=2023-01-01", "installed:", "removed", "-removed", "removed_on:",
	"removed>=2024-01-01", "present:yes", "sensitive:yes", "-sensitive:yes", "sensitive:\"not assessed\"",
	"in_scope:unknown", "match:unknown", "north", "serial:", "serial:a*", "verified", "overdue", "due:",
	"decision:remove", "organisation:", "make>=b", "place<b",
};

static void
append_random(struct text *words, struct chance *chance, int depth)
{
	static const char *const joints[] = { " ", " or ", " and ", " OR " };
	uint32_t choice = chance_below(chance, 10);

	if (depth == 0 || choice < 4) {
		text_append(words, random_words[chance_below(chance, sizeof random_words / sizeof random_words[0])]);
	} else if (choice < 6) {
		text_append(words, chance_percent(chance, 50) ? "not (" : "-(");
		append_random(words, chance, depth - 1);
		text_append(words, ")");
	} else {
		bool brackets = chance_percent(chance, 60);

		text_append(words, brackets ? "(" : "");
		append_random(words, chance, depth - 1);
		text_append(words, joints[chance_below(chance, 4)]);
		append_random(words, chance, depth - 1);
		text_append(words, brackets ? ")" : "");
	}
}

enum { RANDOM_DEVICES = 40, RANDOM_FILTERS = 600 };

static void
add_random_devices(struct support *test, struct chance *chance)
{
	static const char *const texts[] = { "", "a", "B", "a b", "Ab", "ba", "aXbX", "north" };
	static const char *const kinds[] = { "camera", "recorder", "parking sensor", "unknown" };
	static const char *const days[] = { "", "2022", "2022-06", "2022-06-01", "2023-01-01", "2022-12-31" };
	static const char *const networks_of[] = { "core", "unknown", "none" };
	struct arena *arena = &test->arena;

	support_begin(test, "Fill");
	support_add(test, ENTITY_SITE, "code=S1", "name=North Gate", NULL);
	support_add(test, ENTITY_SITE, "code=Sab", NULL);
	support_add(test, ENTITY_ASSESSMENT, "site=S1", "secret=yes", "grounds=x", "decided_by=Jo",
		    "decided_on=2026-01-01", NULL);
	support_add(test, ENTITY_DEADLINE, "site=S1", "target_on=2026-01-01", NULL);
	for (int i = 0; i < RANDOM_DEVICES; i++)
		support_add(test, ENTITY_DEVICE, arena_format(arena, "tag=D%d", i),
			    arena_format(arena, "site=%s", chance_percent(chance, 50) ? "S1" : "Sab"),
			    arena_format(arena, "place=%s", texts[chance_below(chance, 8)]),
			    arena_format(arena, "make=%s", texts[chance_below(chance, 8)]),
			    arena_format(arena, "serial=%s", texts[chance_below(chance, 8)]),
			    arena_format(arena, "kind=%s", kinds[chance_below(chance, 4)]),
			    arena_format(arena, "network=%s", networks_of[chance_below(chance, 3)]),
			    arena_format(arena, "installed_on=%s", days[chance_below(chance, 6)]),
			    chance_percent(chance, 30) ? "removed_on=2024-03-01" : "removed_on=",
			    chance_percent(chance, 20) ? "verified_on=2024-04-01" : "verified_on=", NULL);
	support_commit(test);
}

/* The tags that the evaluator finds, as support_find() writes them. */
static const char *
find_slowly(struct support *test, const struct filter *filter, struct record *const devices[RANDOM_DEVICES],
	    struct record *const sites[2])
{
	struct text found = { 0 };
	const char *copy;

	for (int i = 0; i < RANDOM_DEVICES; i++) {
		const struct record *site = sites[strcmp(devices[i]->values[DEVICE_site], "S1") != 0];

		if (is_match(filter, devices[i], site))
			text_format(&found, "%s%s", found.length > 0 ? " " : "", record_key(devices[i]));
	}
	copy = arena_text(&test->arena, text_words(&found));
	text_free(&found);
	return copy;
}

static void
random_filters_find_what_a_slow_reading_of_every_row_finds(void **state)
{
	struct chance chance = { 20261121 };
	struct record *devices[RANDOM_DEVICES], *sites[2];
	struct support *test = *state;
	size_t found_some = 0;

	add_random_devices(test, &chance);
	for (int i = 0; i < RANDOM_DEVICES; i++)
		devices[i] = store_read(test->session.store, (struct record_id){ ENTITY_DEVICE, i + 1 }, today,
					&test->arena, &test->error);
	for (int i = 0; i < 2; i++)
		sites[i] = store_read(test->session.store, (struct record_id){ ENTITY_SITE, i + 1 }, today,
				      &test->arena, &test->error);
	for (int i = 0; i < RANDOM_FILTERS; i++) {
		struct text words = { 0 };
		const struct filter *filter;
		const char *found, *expected;

		append_random(&words, &chance, 4);
		filter = filter_parse(&test->arena, &entities[ENTITY_DEVICE], text_words(&words), today, &test->error);
		support_must(test, filter != NULL);
		found = support_find(test, ENTITY_DEVICE, text_words(&words));
		expected = find_slowly(test, filter, devices, sites);
		if (strcmp(found, expected) != 0)
			fail_msg("[%s] finds '%s', not '%s'", text_words(&words), found, expected);
		found_some += *found != '\0' && strchr(found, ' ') != NULL;
		text_free(&words);
	}
	/* A test that finds nothing, or everything, proves nothing. */
	assert_true(found_some > RANDOM_FILTERS / 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(random_filters_find_what_a_slow_reading_of_every_row_finds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
