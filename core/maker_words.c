/* SPDX-License-Identifier: MIT */
/* What the evidence says, for people; and whom a make that nobody knows may mean. */
#include "core/maker_internal.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/nearest.h"

static const char *
name_of(const struct maker_table *table, int maker)
{
	return table->makers[maker].name;
}

static void
append_label(struct text *out, const struct maker_table *table, const char *make,
	     const struct maker_found *found)
{
	struct arena arena = { 0 };
	struct maker_label label = found->label;
	const char *name = name_of(table, label.maker);
	int maker = maker_said_to_make(table, found);

	text_append(out, label.maker_is_weak ? "; weak: " : "; ");
	if (label.other != MAKER_NOBODY)
		text_format(out, "the label says \"%s\", which names %s and %s", make, name,
			    name_of(table, label.other));
	else if (strcmp(text_fold(&arena, make), text_fold(&arena, name)) == 0)
		text_format(out, "the label says %s", name);
	else
		text_format(out, "the label says \"%s\", a name of %s", make, name);
	if (maker != MAKER_NOBODY)
		text_format(out, ", whose devices %s is said to make", name_of(table, maker));
	arena_free(&arena);
}

static void
append_model(struct text *out, const struct maker_table *table, const struct maker_prefix *prefix)
{
	if (prefix->maker != MAKER_NOBODY)
		text_format(out, "; %sthe model begins with %s, as those of %s do",
			    prefix->weight == MAKER_WEAK ? "weak: " : "", prefix->written,
			    name_of(table, prefix->maker));
	else
		text_format(out,
			    "; the model begins with %s, as those of %s and of %s do, so it does "
			    "not tell",
			    prefix->written, name_of(table, prefix->clash[0]),
			    name_of(table, prefix->clash[1]));
}

/* The manufacturer too, unless the name that the block is registered under has its name in it. */
static void
append_block(struct text *out, const struct maker_table *table, const struct maker_found *found)
{
	enum { ADDRESS_DIGITS = 12 };
	struct arena arena = { 0 };
	const char *name = name_of(table, found->block->maker), *holder = found->block->holder;

	text_format(out, "; MAC %0*" PRIX64 " is %s", found->digits,
		    found->address >> 4 * (ADDRESS_DIGITS - found->digits),
		    holder != NULL ? holder : name);
	if (holder != NULL && strstr(text_fold(&arena, holder), text_fold(&arena, name)) == NULL)
		text_format(out, " (%s)", name);
	arena_free(&arena);
}

static void
append_mac(struct text *out, const struct maker_table *table, const char *mac,
	   const struct maker_found *found)
{
	if (found->block != NULL && found->block->maker != MAKER_NOBODY)
		append_block(out, table, found);
	else if (found->block != NULL)
		text_format(out,
			    "; MAC %s is in a block that two rows give to two manufacturers, so it "
			    "does not tell",
			    mac);
	else if (found->mac_kind == MAC_LOCAL)
		text_format(out, "; MAC %s was set by a person or by software, so it does not tell",
			    mac);
	else if (found->mac_kind == MAC_GROUP)
		text_format(out, "; MAC %s is of a group and of no one device, so it does not tell",
			    mac);
}

void
maker_append_evidence(struct text *out, struct maker_table *table, const char *make,
		      const char *model, const char *mac)
{
	struct maker_found found;
	struct text clauses = { 0 };

	maker_find(table, make, model, mac, &found);
	if (found.label.maker != MAKER_NOBODY)
		append_label(&clauses, table, make, &found);
	if (found.prefix != NULL)
		append_model(&clauses, table, found.prefix);
	if (mac != NULL)
		append_mac(&clauses, table, mac, &found);
	if (clauses.length > 0) {
		const char *words = clauses.bytes + strlen("; ");

		text_format(out, "%c%s%s",
			    *words == 't'   ? 'T'
			    : *words == 'w' ? 'W'
					    : *words,
			    words + 1,
			    clauses.bytes[clauses.length - 1] == '.' ? "" : ".");
	}
	text_free(&clauses);
}

/* How far the nearest name of each manufacturer is, by its place; and the best so far. */
struct neighbour {
	int distance;
	int maker;
	const char *name;
};

enum { WORDS_MAX = 12, NAME_LETTERS_MIN = 3, NO_DISTANCE = INT_MAX };

static void
note_neighbour(struct neighbour *neighbours, const struct maker_name *name, int distance)
{
	struct neighbour *neighbour = &neighbours[name->maker];

	if (name->maker != MAKER_NOBODY && name->worth != NAME_SHORTENED &&
	    name->worth != NAME_HOLDER &&
	    distance < neighbour->distance)
		*neighbour = (struct neighbour){ distance, name->maker, name->name };
}

/* Those whose spelling is near. */
static void
note_spelt_nearly(const struct maker_table *table, struct neighbour *neighbours, const char *folded)
{
	int allowed = nearest_allowed(folded), length = (int)strlen(folded);

	for (size_t i = 0; i < table->name_count; i++)
		if (abs((int)strlen(table->names[i].folded) - length) <= allowed) {
			int distance = nearest_distance(folded, table->names[i].folded);

			if (distance <= allowed)
				note_neighbour(neighbours, &table->names[i], distance);
		}
}

/* Those that stand among other words: "Hikvision dome 4MP". Enough to offer, never to match. */
static void
note_named_among(const struct maker_table *table, struct neighbour *neighbours, const char *make,
		 struct arena *arena)
{
	size_t starts[WORDS_MAX], ends[WORDS_MAX], count = 0, size;
	bool in_word = false;

	for (size_t at = 0; make[at] != '\0' && (count < WORDS_MAX || in_word); at += size) {
		bool letter = text_is_letter(make + at, &size);

		if (letter && !in_word)
			starts[count++] = at;
		in_word = letter;
		if (letter)
			ends[count - 1] = at + size;
	}
	for (size_t i = 0; i < count; i++)
		for (size_t j = i; j < count; j++) {
			size_t length = ends[j] - starts[i];
			const char *part = arena_bytes(arena, make + starts[i], length);
			const char *folded = text_fold(arena, part);
			const int64_t *place = map_find(&table->folded, folded);

			if (place != NULL && strlen(folded) >= NAME_LETTERS_MIN)
				note_neighbour(neighbours, &table->names[*place], 0);
		}
}

static int
compare_neighbours(const void *a, const void *b)
{
	const struct neighbour *one = a, *other = b;

	if (one->distance != other->distance)
		return one->distance < other->distance ? -1 : 1;
	return one->maker - other->maker;
}

int
maker_nearest(const struct maker_table *table, const char *make, const char **names,
	      int64_t *manufacturers, int count)
{
	struct arena arena = { 0 };
	struct neighbour *neighbours = arena_alloc(&arena, table->maker_count * sizeof *neighbours);
	const char *folded = text_fold(&arena, make);
	int found = 0;

	for (size_t i = 0; i < table->maker_count; i++)
		neighbours[i].distance = NO_DISTANCE;
	if (*folded != '\0') {
		note_named_among(table, neighbours, make, &arena);
		note_spelt_nearly(table, neighbours, folded);
	}
	qsort(neighbours, table->maker_count, sizeof *neighbours, compare_neighbours);
	for (; found < count && (size_t)found < table->maker_count &&
	       neighbours[found].distance != NO_DISTANCE;
	     found++) {
		names[found] = neighbours[found].name;
		manufacturers[found] = table->makers[neighbours[found].maker].id;
	}
	arena_free(&arena);
	return found;
}
