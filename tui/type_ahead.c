/* SPDX-License-Identifier: MIT */
#include "tui/type_ahead.h"

#include <string.h>
#include <strings.h>

#include "tui/keys.h"
#include "tui/screen.h"

static bool
begins(const char *words, const struct text *typed)
{
	return strncasecmp(words, text_words(typed), typed->length) == 0;
}

/* Whether one of the synonyms, which commas part, begins so. */
static bool
synonym_begins(const char *synonyms, const struct text *typed)
{
	for (; synonyms != NULL; synonyms = strchr(synonyms, ',')) {
		synonyms += *synonyms == ',';
		if (begins(synonyms, typed))
			return true;
	}
	return false;
}

static const struct choice *
find(const struct choice *choices, const struct text *typed)
{
	const struct choice *same = choice_find(choices, text_words(typed));

	if (same != NULL)
		return same;
	for each_choice(choice, choices)
		if (begins(choice->name, typed))
			return choice;
	for each_choice(choice, choices)
		if (synonym_begins(choice->synonyms, typed))
			return choice;
	return NULL;
}

/* The next word behind the current one that begins with the letter, round the end. */
static const struct choice *
find_next(const struct choice *choices, const struct text *letter, const char *current)
{
	const struct choice *first = NULL;
	bool passed = false;

	for each_choice(choice, choices) {
		bool fits = begins(choice->name, letter);

		if (fits && passed)
			return choice;
		if (fits && first == NULL)
			first = choice;
		passed = passed || strcmp(choice->name, current) == 0;
	}
	return first != NULL ? first : find(choices, letter);
}

const struct choice *
type_ahead(const struct choice *choices, struct text *typed, const char *current, int key)
{
	const struct choice *found;
	struct text longer = { 0 }, letter = { 0 };
	char words[KEY_NAME_SIZE];

	text_append(&letter, key == KEY_SPACE ? " " : key_name(key, words));
	text_format(&longer, "%s%s", text_words(typed), text_words(&letter));
	found = find(choices, &longer);
	if (found == NULL && typed->length == letter.length && key != KEY_SPACE) {
		found = find_next(choices, &letter, current);
		text_clear(&longer);
		text_append(&longer, text_words(&letter));
	}
	if (found != NULL) {
		text_clear(typed);
		text_append(typed, text_words(&longer));
	}
	text_free(&letter);
	text_free(&longer);
	return found;
}
