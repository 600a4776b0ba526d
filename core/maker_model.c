/* SPDX-License-Identifier: MIT */
/* What model numbers begin with. */
#include "core/maker_internal.h"

#include <string.h>

#include "core/memory.h"

enum { SHORT_WORD_MAX = 4 };

/* A model number without what is neither letter nor digit, and where that was. */
struct letters {
	char bytes[MODEL_LETTERS_MAX + 1];		/* capital, with a NUL */
	bool breaks[MODEL_LETTERS_MAX + 1];	/* whether something stood before this one */
	size_t length;
};

static bool
is_digit(char letter)
{
	return letter >= '0' && letter <= '9';
}

/* A character that does not fit any more ends it. */
static void
read_letters(struct letters *letters, const char *text)
{
	size_t size;

	*letters = (struct letters){ 0 };
	for (; *text != '\0'; text += size) {
		if (!text_is_letter(text, &size)) {
			letters->breaks[letters->length] = true;
			continue;
		}
		if (letters->length + size > MODEL_LETTERS_MAX)
			return;
		for (size_t i = 0; i < size; i++) {
			char letter = text[i];

			if (letter >= 'a' && letter <= 'z')
				letter = (char)(letter - 'a' + 'A');
			letters->bytes[letters->length++] = letter;
		}
	}
}

static bool
has_digit(const char *bytes)
{
	return strpbrk(bytes, "0123456789") != NULL;
}

static void
add_prefix(struct maker_table *table, const char *written, const struct letters *letters, int maker,
	   enum maker_weight weight)
{
	struct maker_prefix row = {
		.written = arena_text(&table->texts, written),
		.length = letters->length,
		.maker = maker,
		.weight = weight,
		.ends = letters->breaks[letters->length],
		.short_word = letters->length <= SHORT_WORD_MAX && !has_digit(letters->bytes),
	};

	table->prefixes = memory_grow(table->prefixes, &table->prefix_room, table->prefix_count + 1,
				      sizeof *table->prefixes);
	table->prefixes[table->prefix_count++] = row;
	table->lengths[letters->length] = true;
	if (letters->length > table->longest)
		table->longest = letters->length;
}

/*
 * Two manufacturers begin their model numbers so: then that tells neither, unless only one of them
 * is more than a hint.
 */
static void
note_clash(struct maker_prefix *prefix, int maker, enum maker_weight weight)
{
	if (weight < prefix->weight)
		return;
	if (weight > prefix->weight) {
		prefix->weight = weight;
		prefix->maker = maker;
		return;
	}
	if (prefix->maker == MAKER_NOBODY || prefix->maker == maker)
		return;
	prefix->clash[0] = prefix->maker;
	prefix->clash[1] = maker;
	prefix->maker = MAKER_NOBODY;
}

void
maker_table_add_model(struct maker_table *table, const char *prefix, int64_t manufacturer,
		      enum maker_weight weight)
{
	int maker = maker_place(table, manufacturer);
	struct letters letters;
	bool added;
	int64_t place;

	read_letters(&letters, prefix);
	if (maker == MAKER_NOBODY || letters.length == 0)
		return;
	maker_forget_seen(table);
	place = *map_add(&table->beginnings, letters.bytes, (int64_t)table->prefix_count, &added);
	if (added)
		add_prefix(table, prefix, &letters, maker, weight);
	else
		note_clash(&table->prefixes[place], maker, weight);
}

/*
 * Whether the model goes on behind the prefix as one of its maker does: "DH-" is followed by its
 * hyphen or by a digit, as in DH-IPC and DH4000, but is no beginning of DHARMA; "IPC2131-" is none
 * of IPC21315.
 */
static bool
fits(const struct maker_prefix *prefix, const struct letters *model)
{
	size_t at = prefix->length;

	if (at >= model->length || model->breaks[at])
		return true;
	if (is_digit(model->bytes[at - 1]) != is_digit(model->bytes[at]))
		return true;
	return !prefix->ends && !prefix->short_word;
}

/* A hint of one manufacturer stands back behind a shorter prefix that is more than a hint. */
static bool
is_better(const struct maker_prefix *prefix, const struct maker_prefix *than)
{
	return than == NULL || (than->weight < prefix->weight && than->maker != MAKER_NOBODY &&
				prefix->maker != MAKER_NOBODY);
}

/* The longest prefix of the letters from the first on. */
static const struct maker_prefix *
longest_prefix(const struct maker_table *table, const struct letters *model)
{
	const struct maker_prefix *found = NULL;
	char begin[MODEL_LETTERS_MAX + 1];
	size_t length = model->length < table->longest ? model->length : table->longest;

	memcpy(begin, model->bytes, length);
	for (; length > 0; length--) {
		const int64_t *place;

		begin[length] = '\0';
		if (!table->lengths[length])
			continue;
		place = map_find(&table->beginnings, begin);
		if (place != NULL && fits(&table->prefixes[*place], model) &&
		    is_better(&table->prefixes[*place], found))
			found = &table->prefixes[*place];
		if (found != NULL && found->weight == MAKER_STRONG)
			break;
	}
	return found;
}

/* Behind a text's first word, when that is a maker's name: "Hikvision DS-2CD2143"; else NULL. */
static const char *
behind_name(const struct maker_table *table, const char *model)
{
	const char *blank = strchr(model, ' ');
	struct arena arena = { 0 };
	const char *label;
	bool is_name;

	if (blank == NULL)
		return NULL;
	label = arena_bytes(&arena, model, (size_t)(blank - model));
	is_name = maker_label_of(table, label).maker != MAKER_NOBODY;
	arena_free(&arena);
	return is_name ? blank + 1 : NULL;
}

const struct maker_prefix *
maker_prefix_of(const struct maker_table *table, const char *model)
{
	const struct maker_prefix *prefix;
	struct letters letters;

	read_letters(&letters, model);
	prefix = longest_prefix(table, &letters);
	if (prefix != NULL || (model = behind_name(table, model)) == NULL)
		return prefix;
	read_letters(&letters, model);
	return longest_prefix(table, &letters);
}
