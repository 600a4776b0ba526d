/* SPDX-License-Identifier: MIT */
#include "tui/pace.h"

#include <stdlib.h>
#include <string.h>

#include "commands/browse.h"
#include "commands/figures.h"
#include "commands/pace.h"
#include "tui/app.h"
#include "tui/related.h"

static int
head(struct app *app, const struct board *board, struct area area)
{
	(void)app, (void)board;
	return board_draw_opening(area, "How fast sensitive sites are cleared, and how fast they "
					"must be. Enter opens those still to clear.");
}

/* Its sites still to clear, as the figure of that name counts them. */
static struct figure
figure_of(const struct pace_table *table, const struct pace *pace, struct arena *arena)
{
	struct figure figure = *figure_named("sensitive_sites_to_clear");
	const char *of = "";

	if (pace != &table->all && pace->organisation == NULL)
		of = " organisation:";
	else if (pace != &table->all)
		of = arena_format(arena, " %s",
				  related_filter(arena, "organisation", pace->organisation));
	figure.filter = arena_format(arena, "%s%s", figure.filter, of);
	return figure;
}

/* "Mar 2027", or why there is none. */
static const char *
forecast_words(const struct pace_columns *columns, struct arena *arena)
{
	if (columns->left == 0)
		return "clear";
	return date_is_set(columns->forecast)
		       ? arena_format(arena, "%.3s %d",
				      date_month_names[columns->forecast.month - 1],
				      columns->forecast.year)
		       : "none";
}

static const char *
about_words(const struct pace_table *table, const struct pace *pace,
	    const struct pace_columns *columns, struct arena *arena)
{
	char cleared[TEXT_NUMBER_SIZE];

	if (pace->ever == 0)
		return arena_format(arena,
				    "%s\nOne does once it is assessed as sensitive and a device of "
				    "a covered manufacturer stands on it.",
				    pace_sentence(table, pace, arena));
	return arena_format(arena,
			    "%s\nMonth by month, the oldest first, %s cleared. Of %s that ever had "
			    "in-scope equipment, %s %s cleared.",
			    pace_sentence(table, pace, arena), columns->by_month,
			    text_count(arena, pace->ever, "sensitive site", "sensitive sites"),
			    text_number(pace->cleared, cleared), pace->cleared == 1 ? "is" : "are");
}

/* "DFE  Department for Education" */
static bool
label_of(const struct session *session, const struct pace_table *table, const struct pace *pace,
	 struct arena *arena, const char **label, struct error *error)
{
	struct record_id id = { .kind = ENTITY_ORGANISATION };
	const struct record *record = NULL;

	*label = pace == &table->all ? "All organisations" : pace_name(table, pace);
	if (pace->organisation == NULL)
		return true;
	if (!browse_find(session, id.kind, pace->organisation, &id.value, error))
		return false;
	if (id.value != 0)
		record = browse_record(session, id, arena, error);
	if (record != NULL && record->values[ORGANISATION_name] != NULL)
		*label = arena_format(arena, "%s  %s", pace->organisation,
				      record->values[ORGANISATION_name]);
	return id.value == 0 || record != NULL;
}

static bool
add_pace(struct board *board, const struct session *session, const struct pace_table *table,
	 const struct pace *pace, struct arena *arena, struct error *error)
{
	const struct pace_columns columns = pace_columns(table, pace, arena);
	const char *needed = columns.needed_next != NULL ? columns.needed_next
							 : columns.needed_last;

	struct board_row row = {
		.group = pace == &table->all ? "Together" :
			 columns.left > 0 ? "Still to clear" : "Clear",
		.sign = "",
		.brief = pace_sentence(table, pace, arena),
		.about = about_words(table, pace, &columns, arena),
		.shown = true,
		.number = { .figure = figure_of(table, pace, arena) },
		.cells = { columns.a_month, needed != NULL ? needed : "-",
			   forecast_words(&columns, arena) },
	};
	struct board_number *number;

	if (!label_of(session, table, pace, arena, &row.label, error))
		return false;
	number = &board_add(board, &row)->number;
	number->value = columns.left;
	number->stale = false;
	return true;
}

/* Most sites to clear first; of as many, by name. */
static int
by_left(const void *a, const void *b)
{
	const struct pace *first = a, *second = b;
	int64_t left = second->ever - second->cleared - (first->ever - first->cleared);

	if (left != 0)
		return left > 0 ? 1 : -1;
	return strcmp(first->organisation != NULL ? first->organisation : "",
		      second->organisation != NULL ? second->organisation : "");
}

/* The row of that label, else the first. */
static size_t
row_labelled(const struct board *board, const char *label)
{
	for (size_t i = 0; i < board->count; i++)
		if (strcmp(board->rows[i].label, label) == 0)
			return i;
	return 0;
}

/* Puts the rows into a board without any; its arena is its own. */
static bool
add_rows(struct board *board, const struct session *session, struct error *error)
{
	struct pace_table *table = pace_read(session, &board->arena, error);
	bool added = table != NULL;

	if (added && table->count > 0)
		qsort(table->rows, table->count, sizeof *table->rows, by_left);
	added = added && add_pace(board, session, table, &table->all, &board->arena, error);
	for (size_t i = 0; added && i < table->count; i++)
		added = add_pace(board, session, table, &table->rows[i], &board->arena, error);
	return added;
}

/* The rows of before stay until all new ones are there. */
static bool
read(struct board *board, const struct session *session, struct error *error)
{
	const struct board_row *current = board_current(board);
	struct board now = *board;

	now.rows = NULL;
	now.count = now.room = 0;
	now.arena = (struct arena){ 0 };
	if (!add_rows(&now, session, error)) {
		board_free(&now);
		return false;
	}
	now.cursor = row_labelled(&now, current != NULL ? current->label : "");
	board_free(board);
	*board = now;
	return true;
}

void
pace_fill(struct board *board)
{
	*board = (struct board){
		.title = "Pace",
		.help = "How fast each organisation clears its sensitive sites: cleared a month of "
			"late, needed a month for the next milestone that asks for more, and the "
			"month in which the last is clear at that pace; Enter opens the sites "
			"still to clear",
		.column = "To clear",
		.cells = { "A month", "Needed", "Forecast" },
		.head = head,
		.read = read,
		.unread = true,
	};
}

void
pace_run(struct app *app)
{
	app_open_board(app, BOARD_PACE);
}
