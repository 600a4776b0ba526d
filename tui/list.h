/* SPDX-License-Identifier: MIT */
#ifndef TUI_LIST_H
#define TUI_LIST_H

#include "commands/browse.h"
#include "tui/selection.h"

/*
 * A list of records: what every view of the program is shown with.  It holds a window of
 * the answer, the rows on the screen and about a page either side, and reads
 * the next by key when the cursor leaves it: a million rows cost what fifty do.
 * It knows fields, views and queries; drawing is in list_draw.c.
 *
 * Invariants: top <= cursor < page.count, or page.count is 0 and both are 0.
 */
struct list {
	const struct view *view;
	struct arena question;		/* the query, its filter and its words */
	struct query *query;
	const char *filter;		/* the words of the filter, "" for none */
	const char *title;		/* what that finds, in words; "" for none */
	const struct field *sort;
	bool descending;

	struct arena answer;		/* the window */
	struct page page;
	/* Rows of the window: the first on the screen, and the chosen one. */
	size_t top, cursor;
	/* Whether the window reaches the first and the last row of the answer. */
	bool at_start, at_end;
	/* How many rows of the answer lie before the window; -1: not known. */
	int64_t first_index;
	int64_t count;			/* of the whole answer; -1: not counted yet */
	bool stale;			/* the window must be read again before it can be trusted */
	bool from_start;		/* ... from the first row, and not around the cursor */

	int height;			/* rows on the screen when it was last drawn */
	int widths[ENTITY_FIELDS_MAX];	/* by column: the widest value read so far */
	/* How many columns behind the frozen one are scrolled away. */
	int first_column;
	struct selection selection;
	/* Selected records that the filter hides; -1: not counted yet. */
	int64_t hidden;
};

bool list_open(struct list *list, const struct session *session, const struct view *view,
	       struct error *error);
void list_close(struct list *list);

/*
 * Asks for the records that the filter's words find, from the first. False, and nothing changes,
 * when the words have a mistake; the error says which.  The next list_refresh() reads.
 */
bool list_filter(struct list *list, const struct session *session, const char *words,
		 struct error *error);
/* Says what the filter finds: "R1 Installed after the instruction". Another filter forgets it. */
void list_entitle(struct list *list, const char *title);
bool list_sort(struct list *list, const struct session *session, const struct field *field,
	       bool descending, struct error *error);

/* Says that the register was changed: all is to be read again, the cursor stays where it is. */
void list_invalidate(struct list *list);

/* Says how many rows are on the screen now. */
void list_resize(struct list *list, int height);

/* Reads the window if it is stale. When that was stopped (ERROR_CANCELLED) the list stays stale. */
bool list_refresh(struct list *list, const struct session *session, struct error *error);

/* Counts what is not counted yet; *done when there was nothing to count. */
bool list_count(struct list *list, const struct session *session, bool *done, struct error *error);

/* Moves the cursor by so many rows; ends at the first and the last. */
bool list_move(struct list *list, const struct session *session, int rows, struct error *error);
bool list_first(struct list *list, const struct session *session, struct error *error);
bool list_last(struct list *list, const struct session *session, struct error *error);
/* Puts the cursor on the record when it is among the rows read, else on the first of them. */
bool list_go_to(struct list *list, const struct session *session, int64_t id, struct error *error);

/* Takes all records that match the filter into the selection. */
bool list_select_all(struct list *list, const struct session *session, struct error *error);
void list_toggle(struct list *list);

/* The record under the cursor, or NULL when the list is empty. */
const struct row *list_row(const struct list *list);

/* A field's value in the row under the cursor; NULL when it is no column or is not known. */
const char *list_value(const struct list *list, const struct field *field);

/* Its key as people say it, or "". */
const char *list_key(const struct list *list);

#endif
