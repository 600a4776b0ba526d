/* SPDX-License-Identifier: MIT */
#include "core/maker.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/maker_internal.h"
#include "core/memory.h"

enum {
	ID_SIZE = 24,
	SEEN_MAX = 1 << 16,	/* makes, or models, that are remembered before it begins anew */
};

struct maker_table *
maker_table_new(void)
{
	struct maker_table *table = memory_alloc(sizeof *table);

	table->makers = memory_grow(NULL, &table->maker_room, 1, sizeof *table->makers);
	table->makers[MAKER_NOBODY] = (struct maker){ .name = "" };
	table->maker_count = 1;
	return table;
}

void
maker_forget_seen(struct maker_table *table)
{
	map_free(&table->makes);
	map_free(&table->models);
}

void
maker_table_free(struct maker_table *table)
{
	if (table == NULL)
		return;
	maker_forget_seen(table);
	map_free(&table->ids);
	map_free(&table->folded);
	map_free(&table->beginnings);
	free(table->makers);
	free(table->names);
	free(table->prefixes);
	free(table->blocks);
	arena_free(&table->texts);
	free(table);
}

static void
format_id(int64_t id, char text[ID_SIZE])
{
	snprintf(text, ID_SIZE, "%" PRId64, id);
}

int
maker_place(const struct maker_table *table, int64_t id)
{
	char text[ID_SIZE];
	const int64_t *place;

	format_id(id, text);
	place = map_find(&table->ids, text);
	return place != NULL ? (int)*place : MAKER_NOBODY;
}

int
maker_place_named(const struct maker_table *table, const char *name)
{
	for (size_t i = 1; i < table->maker_count; i++)
		if (text_same(table->makers[i].name, name))
			return (int)i;
	return MAKER_NOBODY;
}

static void
add_maker(struct maker_table *table, const struct maker *maker)
{
	char text[ID_SIZE];
	bool added;

	format_id(maker->id, text);
	map_add(&table->ids, text, (int64_t)table->maker_count, &added);
	if (!added)
		return;
	table->makers = memory_grow(table->makers, &table->maker_room, table->maker_count + 1,
				    sizeof *table->makers);
	table->makers[table->maker_count] = *maker;
	maker_name_add(table, maker->name, (int)table->maker_count++, NAME_OWN);
}

void
maker_table_add(struct maker_table *table, int64_t id, const char *name,
		enum maker_standing standing)
{
	add_maker(table, &(struct maker){ .id = id, .name = arena_text(&table->texts, name),
					  .standing = standing, .since = "" });
}

void
maker_table_add_covered(struct maker_table *table, int64_t id, const char *name, const char *since)
{
	add_maker(table, &(struct maker){
				 .id = id,
				 .name = arena_text(&table->texts, name),
				 .standing = MAKER_COVERED,
				 .since = since != NULL ? arena_text(&table->texts, since) : "",
			 });
}

void
maker_table_add_name(struct maker_table *table, const char *name, int64_t manufacturer,
		     enum maker_weight weight)
{
	int maker = maker_place(table, manufacturer);

	if (maker != MAKER_NOBODY)
		maker_name_add(table, name, maker, weight == MAKER_WEAK ? NAME_HINT : NAME_ALIAS);
}

void
maker_table_add_rebadge(struct maker_table *table, const char *name, int64_t manufacturer,
			enum maker_weight weight)
{
	int maker = maker_place(table, manufacturer);

	if (maker != MAKER_NOBODY)
		maker_rebadge_add(table, name, maker,
				  weight == MAKER_WEAK ? NAME_HINT : NAME_ALIAS);
}

/* The number behind the text in a map of what was seen; *added when it is yet to be found out. */
static int64_t *
seen(struct map *map, const char *text, bool *added)
{
	if (map->count >= SEEN_MAX)
		map_free(map);
	return map_add(map, text, 0, added);
}

enum { LABEL_BITS = 32 };

/* Half of a number: the place of a manufacturer, and whether only a hint names it. */
static int64_t
pack_half(int maker, bool is_weak)
{
	return (int64_t)maker << 1 | is_weak;
}

static int64_t
pack_label(const struct maker_label *label)
{
	return pack_half(label->other, label->other_is_weak) << LABEL_BITS |
	       pack_half(label->maker, label->maker_is_weak);
}

static struct maker_label
unpack_label(int64_t packed)
{
	int64_t maker = packed & UINT32_MAX, other = packed >> LABEL_BITS;

	return (struct maker_label){ (int)(maker >> 1), (int)(other >> 1), maker & 1, other & 1 };
}

static struct maker_label
find_label(struct maker_table *table, const char *make)
{
	struct maker_label label = { 0 };
	bool added;
	int64_t *packed;

	if (make == NULL || *make == '\0')
		return label;
	packed = seen(&table->makes, make, &added);
	if (added) {
		label = maker_label_of(table, make);
		*packed = pack_label(&label);
	}
	return unpack_label(*packed);
}

static const struct maker_prefix *
find_prefix(struct maker_table *table, const char *model)
{
	const struct maker_prefix *prefix;
	bool added;
	int64_t *place;

	if (model == NULL || *model == '\0')
		return NULL;
	place = seen(&table->models, model, &added);
	if (added && (prefix = maker_prefix_of(table, model)) != NULL)
		*place = prefix - table->prefixes + 1;
	return *place > 0 ? &table->prefixes[*place - 1] : NULL;
}

void
maker_find(struct maker_table *table, const char *make, const char *model, const char *mac,
	   struct maker_found *found)
{
	*found = (struct maker_found){ .label = find_label(table, make),
				       .prefix = find_prefix(table, model) };
	if (mac == NULL)
		return;
	found->mac_kind = maker_mac_read(mac, &found->address);
	if (found->mac_kind == MAC_GLOBAL)
		found->block = maker_block_of(table, found->address, &found->digits);
}

int
maker_said_to_make(const struct maker_table *table, const struct maker_found *found)
{
	const struct maker_prefix *prefix = found->prefix;

	if (found->label.other != MAKER_NOBODY ||
	    (found->block != NULL && found->block->maker != MAKER_NOBODY) ||
	    (prefix != NULL && prefix->maker != MAKER_NOBODY && prefix->weight == MAKER_STRONG))
		return MAKER_NOBODY;
	return table->makers[found->label.maker].made_by;
}

/* what can prove most comes first */
enum { BY_MAC, BY_MODEL, BY_LABEL, BY_BRACKET, BY_REBADGE, BY_COUNT };

/* Whom each piece of evidence names, and which pieces are weak. */
struct named {
	int makers[BY_COUNT];
	bool weak[BY_COUNT];
};

static void
read_named(const struct maker_table *table, const struct maker_found *found, struct named *named)
{
	const struct maker_prefix *prefix = found->prefix;

	*named = (struct named){
		.makers = { [BY_MAC] = found->block != NULL ? found->block->maker : MAKER_NOBODY,
			    [BY_MODEL] = prefix != NULL ? prefix->maker : MAKER_NOBODY,
			    [BY_LABEL] = found->label.maker,
			    [BY_BRACKET] = found->label.other,
			    [BY_REBADGE] = maker_said_to_make(table, found) },
		.weak = { [BY_MODEL] = prefix != NULL && prefix->weight == MAKER_WEAK,
			  [BY_LABEL] = found->label.maker_is_weak,
			  [BY_BRACKET] = found->label.other_is_weak,
			  [BY_REBADGE] = found->label.maker_is_weak },
	};
}

/* Leaves weak evidence only where there is no other; whether it was left. */
static bool
pass_over_weak(struct named *named)
{
	bool is_any = false;

	for (int i = 0; i < BY_COUNT; i++) {
		if (named->makers[i] != MAKER_NOBODY && !named->weak[i]) {
			for (int j = 0; j < BY_COUNT; j++)
				if (named->weak[j])
					named->makers[j] = MAKER_NOBODY;
			return false;
		}
		is_any |= named->makers[i] != MAKER_NOBODY;
	}
	return is_any;
}

/* Of covered ones that from the earlier day, where the day is asked for. */
static bool
is_before(const struct maker *maker, const struct maker *other, bool by_day)
{
	if (maker->standing != other->standing)
		return maker->standing > other->standing;
	return by_day && strcmp(maker->since, other->since) < 0;
}

/* Of those that the evidence names, as it can prove, the most suspicious that is not `but`. */
static int
most_suspicious(const struct maker_table *table, const struct named *named, int but)
{
	const struct maker *makers = table->makers;
	int found = MAKER_NOBODY;

	for (int i = 0; i < BY_COUNT; i++) {
		int maker = named->makers[i];

		if (maker != MAKER_NOBODY && maker != but &&
		    (found == MAKER_NOBODY ||
		     is_before(&makers[maker], &makers[found], but != MAKER_NOBODY)))
			found = maker;
	}
	return found;
}

static const char *
evidence_word(const struct named *named, int manufacturer, int rival)
{
	static const char *const words[] = { "mac", "model", "label" };
	const char *word = "none";
	int says = 0;

	if (rival != MAKER_NOBODY)
		return "disagree";
	for (int i = 0; i <= BY_LABEL; i++)
		if (named->makers[i] != MAKER_NOBODY && named->makers[i] == manufacturer) {
			word = words[i];
			says++;
		}
	return says > 1 ? "several" : word;
}

/* What the evidence shows of itself, whoever may be said to make a brand's devices. */
static const char *
shown_word(const struct maker_table *table, struct named named)
{
	int manufacturer;

	named.makers[BY_REBADGE] = MAKER_NOBODY;
	manufacturer = most_suspicious(table, &named, MAKER_NOBODY);
	return evidence_word(&named, manufacturer, most_suspicious(table, &named, manufacturer));
}

void
maker_match(struct maker_table *table, const char *make, const char *model, const char *mac,
	    struct maker_match *match)
{
	struct maker_found found;
	struct named named;
	int manufacturer, rival;

	maker_find(table, make, model, mac, &found);
	read_named(table, &found, &named);
	*match = (struct maker_match){
		.label = table->makers[named.makers[BY_LABEL]].id,
		.model = table->makers[named.makers[BY_MODEL]].id,
		.mac = table->makers[named.makers[BY_MAC]].id,
		.is_weak = pass_over_weak(&named),
	};
	manufacturer = most_suspicious(table, &named, MAKER_NOBODY);
	rival = most_suspicious(table, &named, manufacturer);
	match->manufacturer = table->makers[manufacturer].id;
	match->rival = table->makers[rival].id;
	match->evidence = named.makers[BY_REBADGE] == MAKER_NOBODY
				  ? evidence_word(&named, manufacturer, rival)
				  : shown_word(table, named);
}
