/* SPDX-License-Identifier: MIT */
#include "core/maker.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/maker_internal.h"
#include "core/memory.h"

enum { ID_SIZE = 24 };
/* different makes, or models, that are remembered before it begins anew */
enum { SEEN_MAX = 1 << 16 };

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

void
maker_table_add(struct maker_table *table, int64_t id, const char *name,
		enum maker_standing standing)
{
	struct maker maker = { .id = id,
			       .name = arena_text(&table->texts, name),
			       .standing = standing };
	char text[ID_SIZE];
	bool added;

	format_id(id, text);
	map_add(&table->ids, text, (int64_t)table->maker_count, &added);
	if (!added)
		return;
	table->makers = memory_grow(table->makers, &table->maker_room, table->maker_count + 1,
				    sizeof *table->makers);
	table->makers[table->maker_count] = maker;
	maker_name_add(table, name, (int)table->maker_count++, NAME_OWN);
}

void
maker_table_add_name(struct maker_table *table, const char *name, int64_t manufacturer)
{
	int maker = maker_place(table, manufacturer);

	if (maker != MAKER_NOBODY)
		maker_name_add(table, name, maker, NAME_ALIAS);
}

/* The number behind the text in a map of what was seen; *added when it is yet to be found out. */
static int64_t *
seen(struct map *map, const char *text, bool *added)
{
	if (map->count >= SEEN_MAX)
		map_free(map);
	return map_add(map, text, 0, added);
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
		*packed = (int64_t)label.other << 32 | label.maker;
	}
	label.maker = (int)(*packed & INT32_MAX);
	label.other = (int)(*packed >> 32);
	return label;
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

/*
 * Of those that the evidence names, by what it can prove, the most suspicious one that is not
 * `but`.
 */
static int
most_suspicious(const struct maker_table *table, const int *named, int count, int but)
{
	int found = MAKER_NOBODY;

	for (int i = 0; i < count; i++)
		if (named[i] != MAKER_NOBODY && named[i] != but &&
		    (found == MAKER_NOBODY ||
		     table->makers[named[i]].standing > table->makers[found].standing))
			found = named[i];
	return found;
}

enum { BY_MAC, BY_MODEL, BY_LABEL, BY_BRACKET, BY_COUNT }; /* what can prove most comes first */

static const char *
evidence_word(const int *named, int manufacturer, int rival)
{
	static const char *const words[] = { "mac", "model", "label" };
	const char *word = "none";
	int says = 0;

	if (rival != MAKER_NOBODY)
		return "disagree";
	for (int i = 0; i <= BY_LABEL; i++)
		if (named[i] != MAKER_NOBODY && named[i] == manufacturer) {
			word = words[i];
			says++;
		}
	return says > 1 ? "several" : word;
}

void
maker_match(struct maker_table *table, const char *make, const char *model, const char *mac,
	    struct maker_match *match)
{
	struct maker_found found;
	int named[BY_COUNT], manufacturer, rival;

	maker_find(table, make, model, mac, &found);
	named[BY_MAC] = found.block != NULL ? found.block->maker : MAKER_NOBODY;
	named[BY_MODEL] = found.prefix != NULL ? found.prefix->maker : MAKER_NOBODY;
	named[BY_LABEL] = found.label.maker;
	named[BY_BRACKET] = found.label.other;
	manufacturer = most_suspicious(table, named, BY_COUNT, MAKER_NOBODY);
	rival = most_suspicious(table, named, BY_COUNT, manufacturer);
	*match = (struct maker_match){
		.label = table->makers[named[BY_LABEL]].id,
		.model = table->makers[named[BY_MODEL]].id,
		.mac = table->makers[named[BY_MAC]].id,
		.manufacturer = table->makers[manufacturer].id,
		.rival = table->makers[rival].id,
		.evidence = evidence_word(named, manufacturer, rival),
	};
}
