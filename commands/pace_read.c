/* SPDX-License-Identifier: MIT */
#include "commands/pace.h"

#include <stdlib.h>
#include <string.h>

#include "commands/view.h"
#include "db/query.h"
#include "db/setting.h"

enum { SITE_COLUMN_organisation, SITE_COLUMN_left, SITE_COLUMN_cleared_on };

static int
months_of(const struct session *session)
{
	long months = strtol(store_setting(session->store, "pace_months"), NULL, 10);

	return months < 1 ? 1 : months > PACE_MONTHS_MAX ? PACE_MONTHS_MAX : (int)months;
}

static void
pace_init(struct pace *pace, const struct pace_table *table, const char *organisation,
	  struct arena *arena)
{
	*pace = (struct pace){ .organisation = organisation };
	pace->by_month = arena_alloc(arena, (size_t)table->months * sizeof *pace->by_month);
}

static int
month_number(struct date date)
{
	return date.year * DATE_MONTHS + date.month;
}

/* How many months ago it was, counted back from today; 0 for the last month. */
static int
months_ago(const struct pace_table *table, struct date day)
{
	int ago = 0;

	while (date_days(date_add_months(table->today, -ago - 1)) >= date_days(day))
		ago++;
	return ago;
}

static void
count_cleared(struct pace *pace, const struct pace_table *table, struct date day)
{
	pace->cleared++;
	if (!date_is_set(day))
		return;
	pace->this_month += month_number(day) == month_number(table->today);
	pace->last_month += month_number(day) == month_number(table->today) - 1;
	if (date_days(day) <= date_days(table->since))
		return;
	pace->recently++;
	pace->by_month[table->months - 1 - months_ago(table, day)]++;
}

static bool
is_of(const struct pace *pace, const char *organisation)
{
	return pace->organisation == NULL || organisation == NULL
		       ? pace->organisation == organisation
		       : strcmp(pace->organisation, organisation) == 0;
}

/* The sites come by organisation, so it is that of the last row or a new one. */
static struct pace *
pace_of(struct pace_table *table, const char *organisation, struct arena *arena)
{
	if (table->count > 0 && is_of(&table->rows[table->count - 1], organisation))
		return &table->rows[table->count - 1];
	if (table->count == table->room) {
		size_t room = table->room > 0 ? 2 * table->room : 32;
		struct pace *rows = arena_alloc(arena, room * sizeof *rows);

		if (table->count > 0)
			memcpy(rows, table->rows, table->count * sizeof *rows);
		table->rows = rows;
		table->room = room;
	}
	pace_init(&table->rows[table->count], table,
		  organisation != NULL ? arena_text(arena, organisation) : NULL, arena);
	return &table->rows[table->count++];
}

static void
count_site(struct pace_table *table, const char *const *values, struct arena *arena)
{
	struct pace *counted[] = { pace_of(table, values[SITE_COLUMN_organisation], arena),
				   &table->all };
	bool left = strcmp(values[SITE_COLUMN_left], "0") != 0;

	for (size_t i = 0; i < sizeof counted / sizeof counted[0]; i++) {
		struct date day = { 0 };

		counted[i]->ever++;
		if (values[SITE_COLUMN_cleared_on] != NULL)
			date_parse_iso(values[SITE_COLUMN_cleared_on], &day);
		if (!left)
			count_cleared(counted[i], table, day);
	}
}

static void
choose_milestone(struct pace_table *table, const char *const *values, struct arena *arena)
{
	struct pace_milestone milestone = { .name = arena_text(arena, values[0]),
					    .share = strtoll(values[2], NULL, 10) };

	if (!date_parse_iso(values[1], &milestone.due))
		return;
	/* They come by date. */
	if (table->next.name == NULL && date_days(milestone.due) >= date_days(table->today))
		table->next = milestone;
	table->last = milestone;
}

/* Gives every row that the view's filter finds to `take`. */
static bool
each_row(const struct session *session, struct pace_table *table, const char *view,
	 const char *columns, const char *filter, const char *sort,
	 void (*take)(struct pace_table *table, const char *const *values, struct arena *arena),
	 struct arena *arena, struct error *error)
{
	struct query *query = view_query(session, view_named(view), columns, filter, sort, arena,
					 error);
	struct cursor *cursor = query != NULL ? query_open(session->store, query, error) : NULL;
	struct row row;
	bool more = true, read = cursor != NULL;

	while (read && more) {
		read = cursor_next(cursor, &row, &more, error);
		if (read && more)
			take(table, row.values, arena);
	}
	cursor_close(cursor);
	return read;
}

struct pace_table *
pace_read(const struct session *session, struct arena *arena, struct error *error)
{
	struct pace_table *table = arena_alloc(arena, sizeof *table);

	table->today = session->today;
	table->months = months_of(session);
	table->since = date_add_months(table->today, -table->months);
	pace_init(&table->all, table, NULL, arena);
	if (!each_row(session, table, "milestones", "name,due_on,share", "", "due_on",
		      choose_milestone, arena, error) ||
	    !each_row(session, table, "sites", "organisation,in_scope_left,cleared_on",
		      "sensitive:yes ever_in_scope:yes", "organisation", count_site, arena, error))
		return NULL;
	if (table->next.name != NULL && strcmp(table->next.name, table->last.name) == 0)
		table->next = (struct pace_milestone){ 0 };
	return table;
}
