/* SPDX-License-Identifier: MIT */
#include "commands/browse.h"

#include <stdlib.h>

#include "core/memory.h"
#include "db/record.h"
#include "db/shortcut.h"

void
browse_progress(struct session *session, const struct progress *progress)
{
	session->progress = progress;
	if (session->store != NULL)
		store_set_progress(session->store, progress);
}

bool
browse_page(const struct session *session, const struct query *query, const struct position *from,
	    enum direction direction, size_t limit, struct arena *arena, struct page *page,
	    struct error *error)
{
	return query_page(session->store, query, from, direction, limit, arena, page, error);
}

bool
browse_count(const struct session *session, const struct query *query, int64_t *count,
	     struct error *error)
{
	bool is_kept;

	if (!shortcut_count(session->store, query->entity, query->filter, query->today, count,
			    &is_kept, error))
		return false;
	return is_kept || query_count(session->store, query, count, error);
}

static int
compare_ids(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

/* The same question by id alone: no column is wanted, and no order but that of the ids. */
static struct query
ids_only(const struct query *query)
{
	struct query narrow = *query;

	narrow.field_count = 1;
	narrow.sort_count = 0;
	return narrow;
}

bool
browse_ids(const struct session *session, const struct query *query, int64_t **ids, size_t *count,
	   struct error *error)
{
	struct query narrow = ids_only(query);
	struct cursor *cursor = query_open(session->store, &narrow, error);
	size_t room = 0;
	bool more = true, fine = cursor != NULL;
	struct row row;

	*ids = NULL;
	*count = 0;
	while (fine && (fine = cursor_next(cursor, &row, &more, error)) && more) {
		*ids = memory_grow(*ids, &room, *count + 1, sizeof **ids);
		(*ids)[(*count)++] = row.id.value;
	}
	cursor_close(cursor);
	if (*count > 0)
		qsort(*ids, *count, sizeof **ids, compare_ids);
	if (!fine) {
		free(*ids);
		*ids = NULL;
		*count = 0;
	}
	return fine;
}

bool
browse_hidden(const struct session *session, const struct query *query, const int64_t *ids,
	      size_t count, int64_t *hidden, struct error *error)
{
	struct query narrow = ids_only(query);
	struct cursor *cursor = query_open(session->store, &narrow, error);
	bool more = true, fine = cursor != NULL;
	int64_t shown = 0;
	struct row row;

	while (fine && (fine = cursor_next(cursor, &row, &more, error)) && more)
		if (bsearch(&row.id.value, ids, count, sizeof *ids, compare_ids) != NULL)
			shown++;
	cursor_close(cursor);
	*hidden = (int64_t)count - shown;
	return fine;
}

struct record *
browse_record(const struct session *session, struct record_id id, struct arena *arena,
	      struct error *error)
{
	return store_read(session->store, id, session->today, arena, error);
}

const struct view *
browse_view(enum entity_kind kind)
{
	const struct view *found = NULL;

	for each_view(view)
		if (view->entity == kind && (found == NULL || (view->tab && !found->tab)))
			found = view;
	return found;
}

bool
browse_find(const struct session *session, enum entity_kind kind, const char *words, int64_t *id,
	    struct error *error)
{
	struct record_id found = { 0 };
	bool looked = store_lookup(session->store, kind, words, &found, error);

	*id = found.value;
	return looked;
}

const char *
browse_undoable(const struct session *session, bool redo, struct arena *arena, struct error *error)
{
	struct record_id id = { .kind = ENTITY_ENTRY };
	struct entry_id entry = { 0 };
	const struct record *record;

	if (!(redo ? store_entry_redoable(session->store, &entry, error) :
	      store_entry_undoable(session->store, &entry, error)))
		return NULL;
	id.value = entry.value;
	if (id.value == 0)
		return "";
	record = browse_record(session, id, arena, error);
	return record != NULL ? record->values[ENTRY_what] : NULL;
}
