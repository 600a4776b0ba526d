/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_BROWSE_H
#define COMMANDS_BROWSE_H

#include "commands/session.h"
#include "commands/view.h"

/* What the screens read: pages, counts and single records. Nothing here writes. */

/* Who is asked, during every read and command from now on, whether to go on. */
void browse_progress(struct session *session, const struct progress *progress);

/* A page of the query's answer (db/query.h). */
bool browse_page(const struct session *session, const struct query *query,
		 const struct position *from, enum direction direction, size_t limit,
		 struct arena *arena, struct page *page, struct error *error);

bool browse_count(const struct session *session, const struct query *query, int64_t *count,
		  struct error *error);

/* The ids of all records of the answer, smallest first; the caller frees *ids. */
bool browse_ids(const struct session *session, const struct query *query, int64_t **ids,
		size_t *count, struct error *error);

/* How many of those ids, smallest first, the answer does not hold. */
bool browse_hidden(const struct session *session, const struct query *query, const int64_t *ids,
		   size_t count, int64_t *hidden, struct error *error);

/* Every field of one record, in the arena. */
struct record *browse_record(const struct session *session, struct record_id id,
			     struct arena *arena, struct error *error);

/* The record that the words name, as a reference is read; *id is 0 when there is none. */
bool browse_find(const struct session *session, enum entity_kind kind, const char *words,
		 int64_t *id, struct error *error);

/* The view that lists records of the entity: a tab where there is one; NULL for none. */
const struct view *browse_view(enum entity_kind kind);

/*
 * What undo (or redo) would take back (or do again) now, in its words, in the arena; "" when there
 * is nothing.
 */
const char *browse_undoable(const struct session *session, bool redo, struct arena *arena,
			    struct error *error);

#endif
