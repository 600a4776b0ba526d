/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_VIEW_H
#define COMMANDS_VIEW_H

#include "commands/session.h"
#include "db/query.h"

/* One list of the program: a tab of the screens, a word of `list` and `export`. */
struct view {
	const char *name;		/* "devices" */
	const char *title;		/* "Devices" */
	enum entity_kind entity;
	/* Fields that come first, with commas between; the other listed ones follow. */
	const char *columns;
	/* "due_on" or "-at"; a field of the entity, "-" for descending. */
	const char *sort;
	/* What it always shows, in the filter's words; "" for all. */
	const char *filter;
	bool tab;			/* a tab of the screens */
	const char *help;		/* one line, without a full stop */
};

/* In the order of the tabs. Ends with a nameless one. */
extern const struct view views[];

#define each_view(row) \
	(const struct view *row = views; row->name != NULL; row++)

const struct view *view_named(const char *name);

/*
 * The query of a view: its entity, `columns` (names with commas between; NULL for the listed ones),
 * the view's own filter and `filter` together, sorted by `sort` (names with commas between, "-"
 * before one for descending; NULL for the view's).  Everything is in the arena; NULL with an error.
 */
struct query *view_query(const struct session *session, const struct view *view,
			 const char *columns, const char *filter, const char *sort,
			 struct arena *arena, struct error *error);

#endif
