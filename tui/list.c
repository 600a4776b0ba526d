/* SPDX-License-Identifier: MIT */
#include "tui/list.h"

#include <stdlib.h>
#include <string.h>

#include "tui/value.h"

enum { HEIGHT_AT_FIRST = 20, WINDOW_PAGES = 3 };

/* Makes the query anew in a fresh arena; the old one stays when the words have a mistake. */
static bool
ask(struct list *list, const struct session *session, const char *filter, const struct field *sort,
    bool descending, struct error *error)
{
	struct arena question = { 0 };
	const char *order = arena_format(&question, "%s%s", descending ? "-" : "", sort->name);
	bool same = list->filter != NULL && strcmp(list->filter, filter) == 0;
	const char *title = same ? arena_text(&question, list->title) : "";
	struct query *query = view_query(session, list->view, NULL, filter, order, &question,
					 error);

	if (query == NULL) {
		arena_free(&question);
		return false;
	}
	filter = arena_text(&question, filter);
	arena_free(&list->question);
	list->question = question;
	list->query = query;
	list->filter = filter;
	list->title = title;
	list->sort = sort;
	list->descending = descending;
	list->stale = list->from_start = true;
	return true;
}

/* Takes the first field of the view's sort, its sign into *descending; without one the key. */
static const struct field *
sort_of_view(const struct view *view, bool *descending)
{
	const struct entity *entity = &entities[view->entity];
	struct arena arena = { 0 };
	const struct field *field = NULL;
	const char *words = view->sort != NULL ? view->sort : "";
	size_t size = 0;

	*descending = *words == '-';
	words += *descending;
	while (words[size] != '\0' && words[size] != ',')
		size++;
	if (size > 0)
		field = field_find(entity->fields, arena_bytes(&arena, words, size));
	arena_free(&arena);
	return field != NULL ? field : entity_key(entity);
}

bool
list_open(struct list *list, const struct session *session, const struct view *view,
	  struct error *error)
{
	bool descending;
	const struct field *sort = sort_of_view(view, &descending);

	*list = (struct list){
		.view = view, .count = -1, .height = HEIGHT_AT_FIRST, .filter = "", .title = ""
	};
	return ask(list, session, "", sort, descending, error);
}

void
list_close(struct list *list)
{
	arena_free(&list->question);
	arena_free(&list->answer);
	selection_clear(&list->selection);
	*list = (struct list){ 0 };
}

bool
list_filter(struct list *list, const struct session *session, const char *words,
	    struct error *error)
{
	if (!ask(list, session, words, list->sort, list->descending, error))
		return false;
	list->count = -1;
	list->hidden = list->selection.count > 0 ? -1 : 0;
	return true;
}

void
list_entitle(struct list *list, const char *title)
{
	list->title = arena_text(&list->question, title);
}

bool
list_sort(struct list *list, const struct session *session, const struct field *field,
	  bool descending, struct error *error)
{
	return ask(list, session, list->filter, field, descending, error);
}

void
list_invalidate(struct list *list)
{
	list->stale = true;
	list->count = -1;
	list->hidden = list->selection.count > 0 ? -1 : 0;
}

/* Puts the cursor on a row of the window and the window's part on the screen around it. */
static void
place_cursor(struct list *list, size_t cursor, size_t lines_above)
{
	size_t height = (size_t)list->height;

	if (list->page.count == 0) {
		list->top = list->cursor = 0;
		return;
	}
	if (cursor >= list->page.count)
		cursor = list->page.count - 1;
	list->cursor = cursor;
	if (lines_above >= height)
		lines_above = height - 1;
	list->top = cursor > lines_above ? cursor - lines_above : 0;
	if (list->at_end && list->top + height > list->page.count)
		list->top = list->page.count > height ? list->page.count - height : 0;
}

/* How many rows the first row of the window has before it, now that `page` was read. */
static int64_t
index_of(const struct list *list, size_t count)
{
	if (list->at_start)
		return 0;
	if (list->at_end && list->count >= 0)
		return list->count - (int64_t)count;
	return -1;
}

/* Columns are as wide as what was seen in them, so they only ever grow. */
static void
measure_columns(struct list *list)
{
	for (size_t row = 0; row < list->page.count; row++)
		for (int i = 0; i < list->query->field_count; i++) {
			char words[VALUE_SIZE];
			int width = text_width(value_words(list->query->fields[i],
							   list->page.rows[row].values[i], words));

			if (width > list->widths[i])
				list->widths[i] = width;
		}
}

/* Reads another window; nothing changes when that fails. */
static bool
read_window(struct list *list, const struct session *session, const struct position *from,
	    enum direction direction, struct error *error)
{
	static const struct position nowhere;
	struct arena answer = { 0 };
	struct page page = { 0 };
	size_t limit = (size_t)list->height * WINDOW_PAGES;
	bool whole;

	if (!browse_page(session, list->query, from != NULL ? from : &nowhere, direction, limit,
			 &answer, &page, error)) {
		arena_free(&answer);
		return false;
	}
	whole = page.count < limit;
	list->at_start = direction == DIRECTION_AFTER ? from == NULL : whole;
	list->at_end = direction == DIRECTION_AFTER ? whole : from == NULL;
	arena_free(&list->answer);
	list->answer = answer;
	list->page = page;
	measure_columns(list);
	return true;
}

/* Reads the window that begins with the row `first` of the one that is there. */
static bool
read_below(struct list *list, const struct session *session, size_t first, struct error *error)
{
	int64_t index = list->first_index;

	if (!read_window(list, session, first > 0 ? &list->page.positions[first - 1] : NULL,
			 DIRECTION_AFTER, error))
		return false;
	list->first_index = index >= 0 ? index + (int64_t)first : index_of(list, list->page.count);
	return true;
}

/*
 * Reads the window that ends before the row *end of the one that is there; *end is moved to
 * the last row when nothing is known of what follows it.
 */
static bool
read_above(struct list *list, const struct session *session, size_t *end, struct error *error)
{
	int64_t index = list->first_index;
	bool last = *end >= list->page.count && list->at_end;

	if (*end >= list->page.count)
		*end = last ? list->page.count : list->page.count - 1;
	if (!read_window(list, session, last ? NULL : &list->page.positions[*end], DIRECTION_BEFORE,
			 error))
		return false;
	list->first_index = list->at_start ? 0
			    : index >= 0   ? index + (int64_t)*end - (int64_t)list->page.count
					   : index_of(list, list->page.count);
	return true;
}

static size_t
row_of(const struct list *list, int64_t id, size_t otherwise)
{
	for (size_t i = 0; i < list->page.count; i++)
		if (list->page.rows[i].id.value == id)
			return i;
	return otherwise;
}

/* Reads again what is on the screen with a page before it, and finds the cursor's record in it. */
static bool
read_again(struct list *list, const struct session *session, struct error *error)
{
	size_t above = list->cursor - list->top, end = list->cursor + 1,
	       height = (size_t)list->height, first;
	int64_t id = list->page.rows[list->cursor].id.value;

	if (list->top == 0 && !list->at_start) {
		if (!read_above(list, session, &end, error))
			return false;
		place_cursor(list, row_of(list, id, list->page.count), above);
	}
	first = list->top > height ? list->top - height : list->at_start || list->top == 0 ? 0 : 1;
	end = list->cursor - first;
	if (!read_below(list, session, first, error))
		return false;
	place_cursor(list, row_of(list, id, end), above);
	return true;
}

void
list_resize(struct list *list, int height)
{
	size_t below = list->page.count - list->top;

	list->height = height;
	if (list->page.count == 0)
		return;
	place_cursor(list, list->cursor, list->cursor - list->top);
	if ((size_t)height > below && !list->at_end)
		list->stale = true;
}

bool
list_refresh(struct list *list, const struct session *session, struct error *error)
{
	bool from_start = list->from_start || list->page.count == 0;

	if (!list->stale)
		return true;
	if (!from_start && !read_again(list, session, error))
		return false;
	if (from_start && !list_first(list, session, error))
		return false;
	list->stale = list->from_start = false;
	return true;
}

bool
list_count(struct list *list, const struct session *session, bool *done, struct error *error)
{
	*done = false;
	if (list->count < 0) {
		if (!browse_count(session, list->query, &list->count, error)) {
			list->count = -1;
			return false;
		}
		if (list->first_index < 0)
			list->first_index = index_of(list, list->page.count);
		return true;
	}
	if (list->hidden < 0)
		return browse_hidden(session, list->query, list->selection.ids,
				     list->selection.count, &list->hidden, error);
	*done = true;
	return true;
}

static bool
move_down(struct list *list, const struct session *session, size_t target, struct error *error)
{
	size_t height = (size_t)list->height,
	       first = list->page.count > height ? list->page.count - height : 0;

	if (target >= list->page.count && !list->at_end) {
		if (!read_below(list, session, first, error))
			return false;
		target -= first;
		list->top = list->top > first ? list->top - first : 0;
	}
	if (target >= list->page.count)
		target = list->page.count > 0 ? list->page.count - 1 : 0;
	list->cursor = target;
	if (list->cursor >= list->top + height)
		list->top = list->cursor - height + 1;
	return true;
}

static bool
move_up(struct list *list, const struct session *session, size_t rows, struct error *error)
{
	size_t end = (size_t)list->height, at = list->cursor;

	if (rows > at && !list->at_start) {
		if (!read_above(list, session, &end, error))
			return false;
		/* The old first row now has page.count - end rows before it. */
		at += list->page.count - end;
	}
	list->cursor = at > rows ? at - rows : 0;
	if (list->top > list->cursor || list->top + (size_t)list->height <= list->cursor)
		list->top = list->cursor;
	return true;
}

bool
list_move(struct list *list, const struct session *session, int rows, struct error *error)
{
	if (!list_refresh(list, session, error))
		return false;
	if (list->page.count == 0)
		return true;
	return rows < 0 ? move_up(list, session, (size_t)-rows, error) :
	       move_down(list, session, list->cursor + (size_t)rows, error);
}

bool
list_first(struct list *list, const struct session *session, struct error *error)
{
	if (!read_window(list, session, NULL, DIRECTION_AFTER, error))
		return false;
	list->first_index = 0;
	if (list->at_end)
		list->count = (int64_t)list->page.count;
	place_cursor(list, 0, 0);
	return true;
}

bool
list_go_to(struct list *list, const struct session *session, int64_t id, struct error *error)
{
	size_t row;

	if (!list_refresh(list, session, error))
		return false;
	row = row_of(list, id, 0);
	place_cursor(list, row, row < (size_t)list->height ? row : (size_t)list->height / 2);
	return true;
}

bool
list_last(struct list *list, const struct session *session, struct error *error)
{
	if (!list_refresh(list, session, error) ||
	    !read_window(list, session, NULL, DIRECTION_BEFORE, error))
		return false;
	list->first_index = index_of(list, list->page.count);
	place_cursor(list, list->page.count, (size_t)list->height);
	return true;
}

bool
list_select_all(struct list *list, const struct session *session, struct error *error)
{
	int64_t *ids;
	size_t count;

	if (!browse_ids(session, list->query, &ids, &count, error))
		return false;
	selection_add_all(&list->selection, ids, count);
	free(ids);
	return true;
}

void
list_toggle(struct list *list)
{
	const struct row *row = list_row(list);

	if (row != NULL)
		selection_toggle(&list->selection, row->id.value);
	if (list->selection.count == 0)
		list->hidden = 0;
}

const struct row *
list_row(const struct list *list)
{
	return list->cursor < list->page.count ? &list->page.rows[list->cursor] : NULL;
}

const char *
list_value(const struct list *list, const struct field *field)
{
	const struct row *row = list_row(list);

	for (int i = 0; row != NULL && i < list->query->field_count; i++)
		if (list->query->fields[i] == field)
			return row->values[i];
	return NULL;
}

const char *
list_key(const struct list *list)
{
	const char *key = list_value(list, entity_key(&entities[list->view->entity]));

	return key != NULL ? key : "";
}
