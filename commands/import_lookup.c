/* SPDX-License-Identifier: MIT */
#include "commands/import_lookup.h"

#include "db/query.h"
#include "db/record.h"

/* Those whose records are found by their name too, other than manufacturers, which are few. */
static bool
is_read_whole(enum entity_kind kind)
{
	return kind == ENTITY_ORGANISATION || kind == ENTITY_SITE;
}

static void
add_name(struct map *names, const char *name, int64_t id)
{
	bool added;
	int64_t *value = map_add(names, name, id, &added);

	if (!added && *value != id)
		*value = *value < 0 ? *value - 1 : -2;
}

void
import_lookup_add(struct import_lookup *lookup, enum entity_kind kind, const char *key,
		  const char *label, int64_t id)
{
	struct import_names *names = &lookup->names[kind];
	bool added;

	*map_add(&names->keys, key, id, &added) = id;
	/* Others may hold what the store said of this key in another case, while nobody had it. */
	if (!is_read_whole(kind))
		map_free(&names->others);
	else
		add_name(&names->others, text_small(&lookup->arena, key), id);
	if (is_read_whole(kind) && label != NULL)
		add_name(&names->labels, text_small(&lookup->arena, label), id);
	arena_reset(&lookup->arena);
}

static bool
read_all(struct import_lookup *lookup, enum entity_kind kind, struct error *error)
{
	const struct entity *entity = &entities[kind];
	const struct field *fields[] = { entity_key(entity), &entity->fields[entity->label] };
	struct query query = { .entity = entity, .fields = fields, .field_count = 2,
			       .today = lookup->session->today };
	struct cursor *cursor = query_open(lookup->session->store, &query, error);
	bool more = true, done = cursor != NULL;
	struct row row;

	while (done && more) {
		done = cursor_next(cursor, &row, &more, error);
		if (done && more)
			import_lookup_add(lookup, kind, row.values[0], row.values[1], row.id.value);
	}
	cursor_close(cursor);
	lookup->names[kind].loaded = done;
	return done;
}

/* By key, by key in another case, by name. */
static int64_t
find_read(const struct import_names *names, const char *words)
{
	struct arena arena = { 0 };
	const int64_t *found = map_find(&names->keys, words);
	const char *lower = found == NULL ? text_small(&arena, words) : NULL;

	if (found == NULL)
		found = map_find(&names->others, lower);
	if (lower != NULL && (found == NULL || *found < 0))
		found = map_find(&names->labels, lower);
	arena_free(&arena);
	return found == NULL ? 0 : *found;
}

bool
import_lookup_find(struct import_lookup *lookup, enum entity_kind kind, const char *words,
		   int64_t *id, struct error *error)
{
	struct import_names *names = &lookup->names[kind];
	const int64_t *known;
	struct record_id found;
	bool added;

	if (is_read_whole(kind)) {
		if (!names->loaded && !read_all(lookup, kind, error))
			return false;
		*id = find_read(names, words);
		return true;
	}
	known = map_find(&names->keys, words);
	if (known == NULL)
		known = map_find(&names->others, words);
	if (known == NULL) {
		if (!store_lookup(lookup->session->store, kind, words, &found, error))
			return false;
		known = map_add(&names->others, words, found.value, &added);
	}
	*id = *known;
	return true;
}

void
import_lookup_forget(struct import_lookup *lookup, enum entity_kind kind)
{
	map_free(&lookup->names[kind].keys);
	map_free(&lookup->names[kind].others);
	map_free(&lookup->names[kind].labels);
	lookup->names[kind].loaded = false;
}

void
import_lookup_free(struct import_lookup *lookup)
{
	for (int kind = 0; kind < ENTITY_COUNT; kind++)
		import_lookup_forget(lookup, (enum entity_kind)kind);
	arena_free(&lookup->arena);
	*lookup = (struct import_lookup){ 0 };
}
