/* SPDX-License-Identifier: MIT */
#include "tui/import_words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "tui/actions.h"

/* The options of the command line and what does the same in the look at a file. */
static const struct twin {
	const char *option;
	enum action_id action;
	bool alone;		/* no value stands behind it */
} twins[] = {
	{ "--map", ACTION_OPEN, false },
	{ "--column", ACTION_OPEN, false },
	{ "--dates", ACTION_OPEN, false },
	{ "--unknown", ACTION_UNKNOWN, false },
	{ "--create", ACTION_CREATE, false },
	{ "--key", ACTION_MATCH, false },
	{ "--key-least", ACTION_MATCH, false },
	{ "--blank", ACTION_BLANK, false },
	{ "--absent", ACTION_ABSENT, false },
	{ "--all-or-nothing", ACTION_ALL, true },
	{ "--as", ACTION_KIND, false },
	{ "--header-row", ACTION_HEADING_LINE, false },
	{ "--encoding", ACTION_ENCODING, false },
	{ "--delimiter", ACTION_DELIMITER, false },
	{ "--sheet", ACTION_SHEET, false },
};

/*
 * Whole phrases that mean nothing at the screens; up to the closing bracket where one is open at
 * their end.
 */
static const struct {
	const char *begins, *instead;
} phrases[] = {
	{ "--map - ", "the key r " },
	{ "in a mapping file (--map ", "with Enter on the column" },
	{ "in a mapping file", "with Enter on the column" },
	{ "(--map ", "(Enter on the column)" },
};

static size_t
name_size(const char *option)
{
	size_t size = 2;

	while (islower((unsigned char)option[size]) || option[size] == '-')
		size++;
	return size;
}

/*
 * The bytes of the option's value behind it: a word of capitals, as in a usage, or the one that the
 * sentence advises.
 */
static size_t
value_size(const char *at)
{
	size_t size = 1;

	if (*at != ' ' && *at != '=')
		return 0;
	if (at[size] == '\'' || at[size] == '"') {
		const char *end = strchr(at + size + 1, at[size]);

		return end != NULL ? (size_t)(end + 1 - at) : 0;
	}
	while (at[size] != '\0' && strchr(" ,;)", at[size]) == NULL &&
	       (at[size] != '.' || isalnum((unsigned char)at[size + 1])))
		size++;
	return size;
}

/* Where a row is mended, the one thing that can be allowed is asked for when the row is tried. */
static void
append_key(struct text *out, enum action_id action, enum place place)
{
	if (place == PLACE_MEND && action == ACTION_CREATE)
		text_format(out, "%s, which asks", action_key(PLACE_MEND, ACTION_SAVE));
	else
		text_format(out, action == ACTION_OPEN ? "%s on the column" : "the key %s",
			    action_key(PLACE_LOOK, action));
}

/*
 * Writes the key for the option that stands there; returns the bytes that it took the place of, 0
 * for none.
 */
static size_t
take_option(struct text *out, const char *at, enum place place)
{
	size_t size = name_size(at);

	for (const struct twin *twin = twins; twin < twins + sizeof twins / sizeof twins[0]; twin++)
		if (strlen(twin->option) == size && strncmp(twin->option, at, size) == 0) {
			append_key(out, twin->action, place);
			return size + (twin->alone ? 0 : value_size(at + size));
		}
	return 0;
}

/*
 * A sentence about what was answered begins with the option that it was for: "--sheet 9 is ..."
 * says "'9' is ...".
 */
static const char *
take_answer(struct text *out, const char *sentence)
{
	size_t name, value;

	if (strncmp(sentence, "--", 2) != 0 || sentence[name_size(sentence)] != ' ')
		return sentence;
	name = name_size(sentence);
	value = value_size(sentence + name);
	text_append(out, "'");
	text_append_bytes(out, sentence + name + 1, value - 1);
	text_append(out, "'");
	return sentence + name + value;
}

static size_t
take_phrase(struct text *out, const char *at)
{
	for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
		size_t size = strlen(phrases[i].begins);

		if (strncmp(phrases[i].begins, at, size) != 0)
			continue;
		text_append(out, phrases[i].instead);
		if (strchr(phrases[i].begins, '(') != NULL)
			size = strcspn(at, ")") + (at[strcspn(at, ")")] == ')');
		return size;
	}
	return 0;
}

const char *
import_words(struct arena *arena, const char *sentence, enum place place)
{
	struct text out = { 0 };
	const char *words;

	sentence = take_answer(&out, sentence);
	while (*sentence != '\0') {
		size_t taken = take_phrase(&out, sentence);

		if (taken == 0 && strncmp(sentence, "--", 2) == 0)
			taken = take_option(&out, sentence, place);
		if (taken == 0)
			text_append_bytes(&out, sentence, 1);
		sentence += taken > 0 ? taken : 1;
	}
	words = arena_text(arena, text_words(&out));
	text_free(&out);
	return words;
}

void
import_complain(struct app *app, const struct error *error, enum place place)
{
	struct error said = { .kind = error->kind };
	struct arena arena = { 0 };

	snprintf(said.message, sizeof said.message, "%s",
		 import_words(&arena, error->message, place));
	app_complain(app, &said);
	arena_free(&arena);
}
