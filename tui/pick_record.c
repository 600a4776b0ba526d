/* SPDX-License-Identifier: MIT */
#include "tui/pick_record.h"

#include "tui/pick.h"

/* More than these are found by typing more of the name. */
enum { RECORDS_MAX = 300 };

static const struct query *
query_for(struct app *app, const struct entity *entity, const char *words, struct arena *arena,
	  struct error *error)
{
	const char *key = entity_key(entity)->name, *label = entity->fields[entity->label].name;
	const char *columns = entity->key == entity->label
				      ? key
				      : arena_format(arena, "%s,%s", key, label);
	struct error mistake = { 0 };
	const struct query *query;

	query = view_query(app->session, browse_view(entity->kind), columns, words, key, arena,
			   &mistake);
	return query != NULL ? query
			     : view_query(app->session, browse_view(entity->kind), columns, "", key,
					  arena, error);
}

static bool
read_records(struct app *app, const struct query *query, struct arena *arena, struct page *page,
	     struct error *error)
{
	static const struct position start;

	work_begin(&app->work, WORK_READ);
	return browse_page(app->session, query, &start, DIRECTION_AFTER, RECORDS_MAX, arena, page,
			   error);
}

bool
pick_record(struct app *app, const char *title, enum entity_kind kind, const char *words,
	    const char *none, int64_t first, struct text *key)
{
	const struct entity *entity = &entities[kind];
	struct error error = { 0 };
	struct arena arena = { 0 };
	struct page page = { 0 };
	struct pick_item *items;
	size_t count = 0, initial = 0;
	const struct query *query = query_for(app, entity, words, &arena, &error);
	int picked = PICK_NONE;

	if (query == NULL || !read_records(app, query, &arena, &page, &error)) {
		app_complain(app, &error);
		arena_free(&arena);
		return false;
	}
	items = arena_alloc(&arena, (page.count + 1) * sizeof *items);
	if (none != NULL)
		items[count++] = (struct pick_item){ .name = none };
	for (size_t i = 0; i < page.count; i++) {
		if (page.rows[i].id.value == first)
			initial = count;
		items[count++] = (struct pick_item){ .name = page.rows[i].values[0],
						     .help = query->field_count > 1
								     ? page.rows[i].values[1]
								     : NULL };
	}
	if (count == 0)
		app_say(app, "No %s holds '%s'.", entity->name, words);
	else
		picked = pick_choose(app, title != NULL ? title : entity->titles, items, count,
				     initial);
	if (picked != PICK_NONE && items[picked].name != none)
		text_append(key, items[picked].name != NULL ? items[picked].name : "");
	arena_free(&arena);
	return picked != PICK_NONE;
}
