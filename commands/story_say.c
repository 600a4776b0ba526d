/* SPDX-License-Identifier: MIT */
#include "commands/story_say.h"

#include <ctype.h>
#include <string.h>

struct sentence {
	const char *entity, *field, *words;	/* no field: of a new record */
};

static const struct sentence sentences[] = {
#define BORN(entity, words) { #entity, NULL, words },
#define SAY(entity, field, words) { #entity, #field, words },
#include "commands/story.def"
#undef BORN
#undef SAY
};

bool
say_has_value(const struct field *field, const char *value)
{
	return value != NULL &&
	       (field->choices == NULL || !text_same(value, choice_initial(field->choices)));
}

static const char *
value_words(struct arena *arena, const struct field *field, const char *value,
	    bool with_preposition)
{
	char words[DATE_WORDS_SIZE];
	struct date date;

	if (value == NULL)
		return "nothing";
	if ((field->type != FIELD_DATE && field->type != FIELD_PARTIAL_DATE) ||
	    !date_parse(value, true, &date))
		return value;
	date_words(date, words);
	return arena_format(arena, "%s%s",
			    !with_preposition ? ""
			    : date.day != 0   ? "on "
					      : "in ",
			    words);
}

const char *
say_value(const struct saying *saying, int field)
{
	return value_words(saying->arena, &saying->entity->fields[field], saying->values[field],
			   false);
}

void
say_sentence(struct text *out, const char *words)
{
	size_t size = strlen(words), start;

	if (size == 0)
		return;
	text_append(out, " ");
	start = out->length;
	text_append(out, words);
	out->bytes[start] = (char)toupper((unsigned char)out->bytes[start]);
	if (strchr(".?!", words[size - 1]) == NULL)
		text_append(out, ".");
}

/*
 * The place of the field that stands between two braces; its sign, or '\0', is *sign. -1: the
 * record itself.
 */
static int
read_name(const struct saying *saying, const char *brace, size_t size, char *sign)
{
	const char *name = brace;

	*sign = strchr("=~", *name) != NULL ? *name : '\0';
	if (*sign != '\0')
		name++, size--;
	for (int i = 0; i < saying->entity->field_count; i++)
		if (strlen(saying->entity->fields[i].name) == size &&
		    strncmp(saying->entity->fields[i].name, name, size) == 0)
			return i;
	return -1;
}

static bool
has_all(const struct saying *saying, const char *words, size_t size)
{
	for (const char *brace = words;
	     (brace = memchr(brace, '{', size - (size_t)(brace - words))) != NULL; brace++) {
		char sign;
		int field = read_name(saying, brace + 1, strcspn(brace + 1, "}"), &sign);

		if (field >= 0 &&
		    !say_has_value(&saying->entity->fields[field],
				   (sign == '~' ? saying->before : saying->values)[field]))
			return false;
	}
	return true;
}

static void
append_named(struct text *out, struct saying *saying, const char *brace, size_t size)
{
	char sign;
	int field = read_name(saying, brace, size, &sign);
	const char *const *values = sign == '~' ? saying->before : saying->values;

	if (field >= 0)
		saying->told[field] = true;
	text_append(out, field < 0 ? saying->it
				   : value_words(saying->arena, &saying->entity->fields[field],
						 values[field], sign == '='));
}

/* Brackets do not stand in brackets. */
static void
append_filled(struct text *out, struct saying *saying, const char *words, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		size_t inner = strcspn(words + i + 1, words[i] == '[' ? "]" : "}");

		if (words[i] == '[') {
			if (has_all(saying, words + i + 1, inner))
				append_filled(out, saying, words + i + 1, inner);
			i += inner + 1;
		} else if (words[i] == '{') {
			append_named(out, saying, words + i + 1, inner);
			i += inner + 1;
		} else {
			text_append_bytes(out, words + i, 1);
		}
	}
}

static void
say(struct text *out, struct saying *saying, const struct sentence *sentence)
{
	struct text filled = { 0 };

	append_filled(&filled, saying, sentence->words, strlen(sentence->words));
	say_sentence(out, text_words(&filled));
	text_free(&filled);
}

static const struct sentence *
find(const struct entity *entity, const char *field)
{
	for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
		if (strcmp(sentences[i].entity, entity->name) == 0 &&
		    (field == NULL ? sentences[i].field == NULL
				   : sentences[i].field != NULL &&
					     strcmp(sentences[i].field, field) == 0))
			return &sentences[i];
	return NULL;
}

bool
say_born(struct text *out, struct saying *saying)
{
	const struct sentence *sentence = find(saying->entity, NULL);

	if (sentence != NULL)
		say(out, saying, sentence);
	return sentence != NULL;
}

bool
say_field(struct text *out, struct saying *saying, int field)
{
	const struct field *of = &saying->entity->fields[field];
	const struct sentence *sentence = find(saying->entity, of->name);

	if (saying->told[field] || sentence == NULL || !say_has_value(of, saying->values[field]))
		return false;
	say(out, saying, sentence);
	saying->told[field] = true;
	return true;
}

void
say_change(struct text *out, struct saying *saying, int field, bool again)
{
	const struct field *of = &saying->entity->fields[field];
	const char *now = value_words(saying->arena, of, saying->values[field], false);
	const char *before = value_words(saying->arena, of, saying->before[field], false);

	if (saying->told[field])
		return;
	saying->told[field] = true;
	if (again && saying->values[field] == NULL)
		say_sentence(out, arena_format(saying->arena, "%s is blank again", of->title));
	else if (again)
		say_sentence(out, arena_format(saying->arena, "%s is %s again", of->title, now));
	else if (saying->values[field] == NULL)
		say_sentence(out, arena_format(saying->arena, "%s was cleared; it had been %s",
					       of->title, before));
	else if (saying->before[field] == NULL)
		say_sentence(out, arena_format(saying->arena, "%s recorded: %s", of->title, now));
	else
		say_sentence(out, arena_format(saying->arena, "%s changed from %s to %s", of->title,
					       before, now));
}
