/* SPDX-License-Identifier: MIT */
#include "core/setting.h"

#include <stdlib.h>
#include <string.h>

const struct setting settings[] = {
	/* name, type, words, their flags, least, most, initial, source, help */
	{ "instruction_on", FIELD_DATE, NULL, 0, 0, 0, "2022-11-24", SOURCE_STATEMENT_2022,
	  "The day of the instruction to cease deployment. An in-scope device installed on a "
	  "sensitive site after it is a breach." },
	{ "core_networks", FIELD_TEXT, networks, CHOICE_SHARED, 0, 0, "core", SOURCE_STATEMENT_2022,
	  "The networks, as devices name them, that count as departmental core networks." },
	{ "wider_scope", FIELD_TEXT, device_kinds, CHOICE_WIDER, 0, 0, "",
	  "NCSC Connected Places principles, 2021; the department decides",
	  "Kinds of device beyond visual surveillance that the department counts in: traffic "
	  "sensor, parking sensor, lighting controller, energy controller, access control, "
	  "cellular module." },
	{ "pace_months", FIELD_INTEGER, NULL, 0, 1, 60, "6", "Chosen by Terrier",
	  "How many months back the pace of clearing is measured over." },
	{ 0 }
};

const struct setting *
setting_named(const char *name)
{
	for each_setting(setting)
		if (text_same(setting->name, name))
			return setting;
	return NULL;
}

static bool
fail_word(const struct setting *setting, const char *word, struct error *error)
{
	struct text known = { 0 };

	for each_choice(choice, setting->words)
		if (setting->flags == 0 || (choice->flags & setting->flags) != 0)
			text_format(&known, "%s%s", known.length > 0 ? ", " : "", choice->name);
	error_set(error, ERROR_INVALID,
		  "%s is a list of words with commas between, and '%.60s' is none of them: %s.",
		  setting->name, word, text_words(&known));
	text_free(&known);
	return false;
}

/* SQL compares the words as they stand, so a synonym would never be found. */
static bool
is_word(const struct setting *setting, const char *word)
{
	for each_choice(choice, setting->words)
		if (text_same(choice->name, word))
			return setting->flags == 0 || (choice->flags & setting->flags) != 0;
	return false;
}

static bool
check_words(const struct setting *setting, const char *value, struct error *error)
{
	struct arena arena = { 0 };
	bool known = true;

	while (*value != '\0' && known) {
		size_t size = strcspn(value, ","), trimmed = size;
		const char *start = text_trim(value, &trimmed),
			   *word = arena_bytes(&arena, start, trimmed);

		known = is_word(setting, word) || fail_word(setting, word, error);
		value += size + (value[size] == ',');
	}
	arena_free(&arena);
	return known;
}

/* A whole number, as field_parse() has it. */
static bool
check_range(const struct setting *setting, const char *value, struct error *error)
{
	long long number = strtoll(value, NULL, 10);

	return setting->type != FIELD_INTEGER ||
	       (number >= setting->least && number <= setting->most) ||
	       error_set(error, ERROR_INVALID,
			 "%s is a whole number from %d to %d, and %.40s is none of them.",
			 setting->name, setting->least, setting->most, value);
}

bool
setting_check(const struct setting *setting, const char *value, struct error *error)
{
	const struct field field = { .name = setting->name, .type = setting->type,
				     .flags = setting->type == FIELD_INTEGER ? FIELD_COUNTED : 0 };
	struct arena arena = { 0 };
	const char *canonical = NULL;
	bool right;

	if (value == NULL || *value == '\0')
		return *setting->initial == '\0' ||
		       error_set(error, ERROR_INVALID, "%s cannot be blank.", setting->name);
	if (setting->words != NULL)
		return check_words(setting, value, error);
	right = field_parse(&field, value, &arena, &canonical, error) ||
		error_prefix(error, "%s: ", setting->name);
	if (right && (canonical == NULL || strcmp(canonical, value) != 0))
		right = error_set(error, ERROR_INVALID, "%s is written %s.", setting->name,
				  canonical != NULL ? canonical : "");
	arena_free(&arena);
	return right && check_range(setting, value, error);
}
