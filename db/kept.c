/* SPDX-License-Identifier: MIT */
#include "db/kept.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/figure.h"
#include "core/hash.h"
#include "core/memory.h"
#include "core/rule.h"
#include "db/columns.h"
#include "db/watch.h"

const struct kept_base kept_bases[] = {
	{ "devices", "present:yes" },
	{ "ever", "in_scope:yes" },
	{ "left", "in_scope:yes present:yes" },
	{ "unknown", "in_scope:unknown" },
	{ "unknown_left", "in_scope:unknown present:yes" },
	{ "unverified", "in_scope:yes verified_on:" },
	{ 0 }
};

/* A table behind these words is read. */
static const char *const readers[] = { "FROM ", "JOIN " };

int
kept_place(const char *name)
{
	int place = KEPT_FIRST;

	if (strcmp(name, "last_gone") == 0)
		return KEPT_LAST_GONE;
	for (const struct kept_base *base = kept_bases; base->name != NULL; base++, place += 2)
		if (strcmp(base->name, name) == 0)
			return place + 1;
	assert(false && "what columns.def calls {kept.NAME} is in kept_bases[]");
	return 0;
}

/* Whether SQL made by the program reads watched tables alone; "FROM (" is a query in brackets. */
static bool
reads_watched_alone(const char *sql)
{
	for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
		for (const char *at = strstr(sql, readers[i]); at != NULL;
		     at = strstr(at, readers[i])) {
			size_t size = 0;

			at += strlen(readers[i]);
			while (isalnum((unsigned char)at[size]) || at[size] == '_')
				size++;
			if (size > 0 && !watch_follows(at, size))
				return false;
		}
	return true;
}

/* Names and labels of other records may change without the site's being touched. */
static bool
looks_up_names(const struct filter *filter)
{
	if (filter == NULL)
		return false;
	return filter->kind == FILTER_WORDS ||
	       (filter->field != NULL && filter->field->type == FIELD_REFERENCE &&
		filter->kind != FILTER_BLANK) ||
	       looks_up_names(filter->left) || looks_up_names(filter->right);
}

static bool
same_sql(const struct sql *a, const struct sql *b)
{
	if (strcmp(text_words(&a->text), text_words(&b->text)) != 0 || a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const char *one = a->values[i].text, *other = b->values[i].text;

		if (a->values[i].number != b->values[i].number ||
		    (one == NULL) != (other == NULL) || (one != NULL && strcmp(one, other) != 0))
			return false;
	}
	return true;
}

/* Spans such as 90d read as another date on another day. */
static bool
is_of_today(const struct kept_item *item, const struct sql *sql, struct arena *arena)
{
	const struct date another_day = { 2001, 2, 3 };
	const struct entity *entity = &entities[item->entity];
	struct sql other = { 0 };
	struct error ignored;
	bool same;

	condition_append(&other, entity,
			 filter_parse(arena, entity, item->words, another_day, &ignored));
	same = same_sql(sql, &other);
	sql_free(&other);
	return !same || strstr(text_words(&sql->text), ":today") != NULL ||
	       strstr(text_words(&sql->text), ":soon") != NULL;
}

static bool
can_be_kept(const struct kept_item *item, struct arena *arena)
{
	struct sql sql = { 0 };
	bool can;

	condition_append(&sql, &entities[item->entity], item->filter);
	can = !looks_up_names(item->filter) && reads_watched_alone(text_words(&sql.text)) &&
	      !is_of_today(item, &sql, arena);
	sql_free(&sql);
	return can;
}

const struct kept_item *
kept_find(const struct kept *kept, enum entity_kind entity, const char *words)
{
	for (size_t i = 0; i < kept->count; i++)
		if (kept->items[i].entity == entity && strcmp(kept->items[i].words, words) == 0)
			return kept->items[i].place >= 0 ? &kept->items[i] : NULL;
	return NULL;
}

static bool
is_listed(const struct kept *kept, enum entity_kind entity, const char *words)
{
	for (size_t i = 0; i < kept->count; i++)
		if (kept->items[i].entity == entity && strcmp(kept->items[i].words, words) == 0)
			return true;
	return false;
}

static bool
add_item(struct kept *kept, enum entity_kind entity, const char *words, struct error *error)
{
	const struct date any_day = { 2000, 1, 1 };
	struct kept_item item = { .entity = entity, .words = words, .place = -1 };
	bool of_devices = entity == ENTITY_DEVICE;

	if ((!of_devices && entity != ENTITY_SITE) || words == NULL ||
	    is_listed(kept, entity, words))
		return true;
	item.filter = filter_parse(&kept->arena, &entities[entity], words, any_day, error);
	if (item.filter == NULL)
		return false;
	if (can_be_kept(&item, &kept->arena)) {
		item.place = of_devices ? kept->counts : kept->flags;
		kept->counts += of_devices ? 2 : 0;
		kept->flags += of_devices ? 0 : 1;
		kept->devices.items += of_devices;
		kept->sites.items += !of_devices;
	}
	kept->items = memory_grow(kept->items, &kept->room, kept->count + 1, sizeof *kept->items);
	kept->items[kept->count++] = item;
	return true;
}

static bool
add_items(struct kept *kept, struct error *error)
{
	bool added = true;

	for (const struct kept_base *base = kept_bases; base->name != NULL; base++)
		added = added && add_item(kept, ENTITY_DEVICE, base->filter, error);
	for each_figure(figure)
		added = added && add_item(kept, figure->entity, figure->filter, error);
	for each_rule(rule)
		added = added && add_item(kept, rule->entity, rule->filter, error);
	return added;
}

/* A term about a choice that its word alone decides. */
static const struct field *
choice_of(const struct filter *leaf)
{
	return leaf->field != NULL && leaf->field->type == FIELD_CHOICE &&
	       (leaf->kind == FILTER_HOLDS || leaf->kind == FILTER_IS) ? leaf->field : NULL;
}

static bool
is_sensitivity_of_site(const struct entity *entity, const struct field *field)
{
	return entity->kind == ENTITY_DEVICE && field == &entity->fields[DEVICE_sensitive];
}

static void
make_element(struct kept_element *element, const struct entity *entity, const struct filter *leaf)
{
	*element = (struct kept_element){ .choice = choice_of(leaf) };
	element->of_site = element->choice != NULL &&
			   is_sensitivity_of_site(entity, element->choice);
	if (element->of_site) {
		text_append(&element->sql.text, "NULL");
	} else if (element->choice != NULL) {
		column_expression(&element->sql.text, entity, element->choice);
	} else if (leaf->kind == FILTER_BLANK) {
		condition_append(&element->sql, entity, leaf);
	} else {
		text_append(&element->sql.text, "coalesce(");
		condition_append(&element->sql, entity, leaf);
		text_append(&element->sql.text, ", 0)");
	}
}

/*
 * The element that a term depends on; judge->count when there is none yet, with `made` what it
 * would be.
 */
static int
place_of(const struct kept_judge *judge, const struct filter *leaf, struct kept_element *made)
{
	int place = 0;

	make_element(made, judge->entity, leaf);
	while (place < judge->count && (judge->elements[place].choice != made->choice ||
					!same_sql(&judge->elements[place].sql, &made->sql)))
		place++;
	return place;
}

static bool
is_leaf(const struct filter *filter)
{
	return filter->kind != FILTER_AND && filter->kind != FILTER_OR &&
	       filter->kind != FILTER_NOT;
}

static int
add_element(struct kept_judge *judge, const struct filter *leaf)
{
	struct kept_element made;
	int place = place_of(judge, leaf, &made);

	if (place < judge->count) {
		sql_free(&made.sql);
		return place;
	}
	assert(judge->count < KEPT_ELEMENTS_MAX);
	judge->elements[judge->count++] = made;
	return place;
}

static const struct kept_term *
make_term(struct kept *kept, struct kept_judge *judge, const struct filter *filter)
{
	struct kept_term *term;

	if (filter == NULL)
		return NULL;
	term = arena_alloc(&kept->arena, sizeof *term);
	*term = (struct kept_term){ .kind = filter->kind };
	if (filter->kind != FILTER_ALL && is_leaf(filter)) {
		term->place = add_element(judge, filter);
		term->word = judge->elements[term->place].choice != NULL ? filter->value : NULL;
	} else {
		term->left = make_term(kept, judge, filter->left);
		term->right = make_term(kept, judge, filter->right);
	}
	return term;
}

struct kept *
kept_new(struct error *error)
{
	struct kept *kept = memory_alloc(sizeof *kept);

	kept->counts = KEPT_FIRST;
	kept->devices.entity = &entities[ENTITY_DEVICE];
	kept->sites.entity = &entities[ENTITY_SITE];
	if (!add_items(kept, error)) {
		kept_free(kept);
		return NULL;
	}
	for (size_t i = 0; i < kept->count; i++) {
		struct kept_item *item = &kept->items[i];
		bool is_device = item->entity == ENTITY_DEVICE;

		if (item->place >= 0)
			item->term = make_term(kept, is_device ? &kept->devices : &kept->sites,
					       item->filter);
	}
	return kept;
}

static void
free_judge(struct kept_judge *judge)
{
	for (int i = 0; i < judge->count; i++)
		sql_free(&judge->elements[i].sql);
	map_free(&judge->seen);
	free(judge->key);
	free(judge->verdicts);
}

void
kept_free(struct kept *kept)
{
	if (kept == NULL)
		return;
	free_judge(&kept->devices);
	free_judge(&kept->sites);
	free(kept->items);
	arena_free(&kept->arena);
	free(kept);
}

void
kept_append_element(struct sql *sql, const struct kept_element *element)
{
	text_format(&sql->text, ", %s", text_words(&element->sql.text));
	for (size_t value = 0; value < element->sql.count; value++)
		if (element->sql.values[value].text != NULL)
			sql_bind_text(sql, element->sql.values[value].text);
		else
			sql_bind_number(sql, element->sql.values[value].number);
}

void
kept_read_elements(const struct kept_judge *judge, sqlite3_stmt *statement, int first,
		   const char *sensitive, const char **values)
{
	for (int i = 0; i < judge->count; i++)
		values[i] = judge->elements[i].of_site
				    ? sensitive
				    : (const char *)sqlite3_column_text(statement, first + i);
}

/*
 * Whether the filter finds a row: each term is what SQL said, or the word of a choice that it was
 * to be.
 */
static bool
finds(const struct kept_term *term, const char *const *values)
{
	const char *value;

	switch (term->kind) {
	case FILTER_ALL:
		return true;
	case FILTER_AND:
		return finds(term->left, values) && finds(term->right, values);
	case FILTER_OR:
		return finds(term->left, values) || finds(term->right, values);
	case FILTER_NOT:
		return !finds(term->left, values);
	default:
		value = values[term->place];
		return value != NULL &&
		       (term->word == NULL ? *value == '1' : strcasecmp(value, term->word) == 0);
	}
}

static void
judge_anew(const struct kept *kept, const struct kept_judge *judge, short *verdict,
	   const char *const *values)
{
	short number = 0;

	for (size_t i = 0; i < kept->count; i++) {
		if (kept->items[i].place < 0 || kept->items[i].entity != judge->entity->kind)
			continue;
		if (finds(kept->items[i].term, values))
			*verdict++ = number;
		number++;
	}
	*verdict = -1;
}

/* The elements side by side, a bar behind each, however long they are. */
static const char *
make_key(struct kept_judge *judge, const char *const *values)
{
	size_t size = 0;

	for (int i = 0; i < judge->count; i++) {
		const char *word = values[i] != NULL ? values[i] : "";
		size_t length = strlen(word);

		judge->key = memory_grow(judge->key, &judge->key_room, size + length + 2, 1);
		memcpy(judge->key + size, word, length);
		size += length;
		judge->key[size++] = '|';
	}
	judge->key[size] = '\0';
	return judge->key;
}

const short *
kept_judge_row(struct kept *kept, struct kept_judge *judge, const char *const *values)
{
	const char *key = make_key(judge, values);
	int64_t *place, size = judge->items + 1;
	bool added;

	place = map_add(&judge->seen, key, (int64_t)judge->seen.count * size, &added);
	if (added) {
		judge->verdicts = memory_grow(judge->verdicts, &judge->room,
					      (size_t)(*place + size), sizeof *judge->verdicts);
		judge_anew(kept, judge, judge->verdicts + *place, values);
	}
	return judge->verdicts + *place;
}

void
kept_append_fingerprint(struct text *out)
{
	struct hash hash;
	char text[HASH_TEXT_SIZE];

	hash_init(&hash);
	columns_hash(&hash);
	for (const struct kept_base *base = kept_bases; base->name != NULL; base++)
		hash_update(&hash, base->filter, strlen(base->filter) + 1);
	for each_figure(figure)
		hash_update(&hash, figure->filter, strlen(figure->filter) + 1);
	for each_rule(rule)
		if (rule->filter != NULL)
			hash_update(&hash, rule->filter, strlen(rule->filter) + 1);
	hash_format(&hash, text);
	text_append(out, text);
}
