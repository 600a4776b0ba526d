/* SPDX-License-Identifier: MIT */
#include "tui/calendar.h"

#include <stdio.h>
#include <string.h>

#include "commands/browse.h"
#include "tui/actions.h"
#include "tui/app.h"
#include "tui/calendar_draw.h"
#include "tui/calendar_file.h"
#include "tui/pick.h"

enum { PAGE_ROWS = 500, WEEK_DAYS = 7 };

/* Where each part comes from: the field that is its day, and what else its filter says. */
static const struct part {
	enum entity_kind entity;
	const char *field, *also;
} parts[CALENDAR_PARTS] = {
	[CALENDAR_DEADLINES] = { ENTITY_DEADLINE, "due_on", "open" },
	[CALENDAR_NOTICES] = { ENTITY_CONTRACT, "notice_on", "notice_given_on:" },
	[CALENDAR_MILESTONES] = { ENTITY_MILESTONE, "due_on", "" },
};

void
calendar_forget(struct calendar *calendar)
{
	calendar->month = (struct date){ 0 };
}

static struct date
first_of_month(struct date day)
{
	day.day = 1;
	return day;
}

static bool
is_same_day(struct date a, struct date b)
{
	return date_days(a) == date_days(b);
}

/* The words that find a part's rows from one day to another. */
static const char *
words_between(const struct part *part, struct date from, struct date to, struct arena *arena)
{
	char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];

	date_format(from, first);
	date_format(to, last);
	return arena_format(arena, "%s>=%s %s<=%s %s", part->field, first, part->field, last,
			    part->also);
}

static struct query *
query_of_part(struct app *app, const struct part *part, struct arena *arena, struct error *error)
{
	struct date last = date_from_days(date_days(date_add_months(app->calendar.month, 1)) - 1);

	return view_query(app->session, browse_view(part->entity), part->field,
			  words_between(part, app->calendar.month, last, arena), part->field, arena,
			  error);
}

/* Counts the rows of a page by day, and notes where the next one begins. */
static void
take_page(struct calendar *calendar, const struct page *page)
{
	for (size_t i = 0; i < page->count; i++) {
		const char *value = page->rows[i].values[0];
		struct date day;

		if (value != NULL && date_parse_iso(value, &day))
			calendar->counts[day.day - 1][calendar->part]++;
	}
	calendar->after_id = 0;
	if (page->count == PAGE_ROWS) {
		calendar->after_id = page->rows[PAGE_ROWS - 1].id.value;
		snprintf(calendar->after_day, sizeof calendar->after_day, "%s",
			 page->rows[PAGE_ROWS - 1].values[0]);
	} else {
		calendar->part++;
	}
}

/* Reads one page of what falls into the month. */
static bool
idle(struct app *app, struct layer *layer, bool *done, struct error *error)
{
	struct calendar *calendar = &app->calendar;
	const struct part *part = &parts[calendar->part];
	struct position from = { { 0 }, NULL };
	struct arena arena = { 0 };
	struct page page = { 0 };
	const struct query *query;
	bool read;

	(void)layer;
	*done = calendar->part == CALENDAR_PARTS;
	if (*done)
		return true;
	if (calendar->after_id != 0)
		from = (struct position){ { part->entity, calendar->after_id },
					  calendar->after_day };
	query = query_of_part(app, part, &arena, error);
	read = query != NULL && browse_page(app->session, query, &from, DIRECTION_AFTER, PAGE_ROWS,
					    &arena, &page, error);
	if (read)
		take_page(calendar, &page);
	arena_free(&arena);
	return read;
}

/* Begins to count the month of the day under the cursor, if that is another one. */
static void
turn_to_month(struct calendar *calendar)
{
	struct date month = first_of_month(calendar->day);

	if (date_is_set(calendar->month) && is_same_day(calendar->month, month))
		return;
	calendar->month = month;
	memset(calendar->counts, 0, sizeof calendar->counts);
	calendar->part = 0;
	calendar->after_id = 0;
}

static void
draw(struct app *app, struct layer *layer, struct area area)
{
	(void)layer;
	turn_to_month(&app->calendar);
	calendar_draw(app, area);
}

/* Moves to another day; outside the years that a date may have there is none. */
static void
go_to(struct calendar *calendar, struct date day)
{
	if (day.year >= DATE_YEAR_MIN && day.year <= DATE_YEAR_MAX)
		calendar->day = day;
}

static void
go_by(struct calendar *calendar, int days)
{
	go_to(calendar, date_from_days(date_days(calendar->day) + days));
}

static bool
falls_on_day(const struct calendar *calendar, int part)
{
	return calendar->counts[calendar->day.day - 1][part] > 0;
}

static bool
is_day_empty(const struct calendar *calendar)
{
	for (int i = 0; i < CALENDAR_PARTS; i++)
		if (falls_on_day(calendar, i))
			return false;
	return true;
}

/* Which of the parts that fall on the day is to be opened: the only one, or the one picked. */
static int
choose_part(struct app *app)
{
	struct pick_item items[CALENDAR_PARTS];
	int numbers[CALENDAR_PARTS], picked;
	size_t count = 0;

	for (int i = 0; i < CALENDAR_PARTS; i++)
		if (falls_on_day(&app->calendar, i)) {
			numbers[count] = i;
			items[count++] = (struct pick_item){
				.name = browse_view(parts[i].entity)->title
			};
		}
	picked = count == 1 ? 0 : pick_choose(app, "Open what falls on the day", items, count, 0);
	return picked == PICK_NONE ? PICK_NONE : numbers[picked];
}

static bool
is_counting(const struct calendar *calendar)
{
	return calendar->part < CALENDAR_PARTS;
}

/* Opens the list of the day; false when nothing is on it, or the person left the pick. */
static bool
open_day(struct app *app)
{
	struct calendar *calendar = &app->calendar;
	char day[DATE_WORDS_SIZE];
	struct arena arena = { 0 };
	int part;

	date_words(calendar->day, day);
	if (is_day_empty(calendar)) {
		app_say(app,
			is_counting(calendar) ? "What falls on %s is still being counted."
					      : "Nothing falls on %s.",
			day);
		return false;
	}
	part = choose_part(app);
	if (part == PICK_NONE)
		return false;
	app_pop(app);
	app_open_rows(app, browse_view(parts[part].entity),
		      words_between(&parts[part], calendar->day, calendar->day, &arena), day);
	calendar->left_for_a_day = true;
	arena_free(&arena);
	return true;
}

/* What one key does; false when the calendar was left. */
static bool
act(struct app *app, int key)
{
	struct calendar *calendar = &app->calendar;

	switch (action_id_for_key(PLACE_CALENDAR, key)) {
	case ACTION_BACK:
		app_pop(app);
		return false;
	case ACTION_OPEN:
		return !open_day(app);
	case ACTION_LEFT:
		go_by(calendar, -1);
		return true;
	case ACTION_RIGHT:
		go_by(calendar, 1);
		return true;
	case ACTION_UP:
		go_by(calendar, -WEEK_DAYS);
		return true;
	case ACTION_DOWN:
		go_by(calendar, WEEK_DAYS);
		return true;
	case ACTION_PAGE_UP:
		go_to(calendar, date_add_months(calendar->day, -1));
		return true;
	case ACTION_PAGE_DOWN:
		go_to(calendar, date_add_months(calendar->day, 1));
		return true;
	case ACTION_FIRST:
		calendar->day = app->session->today;
		return true;
	case ACTION_FILE:
		calendar_file_run(app);
		return true;
	default:
		return true;
	}
}

void
calendar_run(struct app *app)
{
	struct layer layer = { .draw = draw, .place = PLACE_CALENDAR, .idle = idle };
	int key;

	if (!date_is_set(app->calendar.day))
		app->calendar.day = app->session->today;
	app->calendar.left_for_a_day = false;
	app_push(app, &layer);
	do {
		key = app_key(app);
		if (key == KEY_CLOSED)
			app_pop(app);
	} while (key != KEY_CLOSED && act(app, key));
}

bool
calendar_is_behind(const struct app *app)
{
	const struct tab *tab = &app->tabs[app->current];
	char day[DATE_WORDS_SIZE];

	date_words(app->calendar.day, day);
	return app->calendar.left_for_a_day && tab->board == NULL &&
	       strcmp(tab->list.title, day) == 0;
}

bool
calendar_return(struct app *app)
{
	struct error error = { 0 };

	if (!calendar_is_behind(app))
		return false;
	if (app_list(app)->view->entity != ENTITY_DEADLINE)
		app_go_back(app);
	else if (!list_filter(app_list(app), app->session, "", &error))
		app_complain(app, &error);
	calendar_run(app);
	return true;
}
