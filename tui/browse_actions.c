/* SPDX-License-Identifier: MIT */
#include "tui/browse_actions.h"

#include <inttypes.h>
#include <string.h>

#include "tui/form.h"
#include "tui/list_draw.h"
#include "tui/made.h"
#include "tui/mend.h"
#include "tui/pager.h"
#include "tui/pick.h"
#include "tui/related.h"
#include "tui/run.h"
#include "tui/tabs.h"

/* Says what went wrong, if anything did. */
static void
check(struct app *app, bool fine, const struct error *error)
{
	if (!fine)
		app_complain(app, error);
}

static void
move(struct app *app, int rows)
{
	struct list *list = app_list(app);
	struct error error = { 0 };

	if (list == NULL) {
		board_move(app_board(app), rows);
		return;
	}
	work_begin(&app->work, WORK_READ);
	check(app, list_move(list, app->session, rows, &error), &error);
}

static int
page(struct app *app)
{
	int height = app_list(app) != NULL ? app_list(app)->height : app_board(app)->height;

	return height > 1 ? height - 1 : 1;
}

void
browse_up(struct app *app)
{
	move(app, -1);
}

void
browse_down(struct app *app)
{
	move(app, 1);
}

void
browse_page_up(struct app *app)
{
	move(app, -page(app));
}

void
browse_page_down(struct app *app)
{
	move(app, page(app));
}

void
browse_first(struct app *app)
{
	struct error error = { 0 };

	if (app_list(app) == NULL) {
		move(app, -(int)app_board(app)->count);
		return;
	}
	work_begin(&app->work, WORK_READ);
	check(app, list_first(app_list(app), app->session, &error), &error);
}

void
browse_last(struct app *app)
{
	struct error error = { 0 };

	if (app_list(app) == NULL) {
		move(app, (int)app_board(app)->count);
		return;
	}
	work_begin(&app->work, WORK_READ);
	check(app, list_last(app_list(app), app->session, &error), &error);
}

void
browse_left(struct app *app)
{
	list_scroll_columns(app_list(app), -1);
}

void
browse_right(struct app *app)
{
	list_scroll_columns(app_list(app), 1);
}

/* A file with refused rows opens those; what else is known is beside the list, or comes with o. */
static void
open_source(struct app *app, const struct row *row)
{
	const char *open = list_value(app_list(app),
				      field_find(entities[ENTITY_SOURCE].fields, "open"));
	struct arena arena = { 0 };

	if (open != NULL && strcmp(open, "0") != 0)
		app_open_view(app, browse_view(ENTITY_REFUSAL),
			      arena_format(&arena, "source=%" PRId64 " state=open", row->id.value));
	else
		form_run(app, row->id);
	arena_free(&arena);
}

/* A row that nobody has seen to is opened to be mended, another one to be read. */
static void
open_refusal(struct app *app, const struct row *row)
{
	const char *state = list_value(app_list(app),
				       &entities[ENTITY_REFUSAL].fields[REFUSAL_state]);

	if (state != NULL && strcmp(state, "open") == 0 && !store_is_read_only(app->session->store))
		mend_run(app, row->id);
	else
		form_run(app, row->id);
}

/* What waits for a decision is decided for most devices first. */
static void
sort_by_devices(struct app *app)
{
	struct list *list = app_list(app);
	struct error error = { 0 };

	if (list != NULL && list->view->entity == ENTITY_MANUFACTURER &&
	    !list_sort(list, app->session,
		       &entities[ENTITY_MANUFACTURER].fields[MANUFACTURER_devices], true, &error))
		app_complain(app, &error);
}

/* Opens the rows that a number counts, under its own words. */
static void
open_number(struct app *app, const struct board_row *row)
{
	const struct figure *figure = &row->number.figure;
	struct arena arena = { 0 };

	if (figure->id == NULL)
		app_say(app, "The program itself keeps to this, so there is nothing to open.");
	else {
		app_open_rows(app, browse_view(figure->entity), figure->filter,
			      arena_format(&arena, "%s%s%s", row->sign,
					   *row->sign != '\0' ? " " : "", row->label));
		sort_by_devices(app);
	}
	arena_free(&arena);
}

/* A make is no record: what there is to see are its devices. */
static void
open_make(struct app *app)
{
	struct arena arena = { 0 };

	app_open_view(app, browse_view(ENTITY_DEVICE),
		      arena_format(&arena, "%s present:yes",
				   related_filter(&arena, "make", list_key(app_list(app)))));
	arena_free(&arena);
}

void
browse_open(struct app *app)
{
	const struct list *list = app_list(app);
	const struct board_row *number = list == NULL ? board_current(app_board(app)) : NULL;
	const struct row *row = list != NULL && app_settle(app) ? list_row(list) : NULL;

	if (number != NULL)
		open_number(app, number);
	else if (row != NULL && row->id.kind == ENTITY_MAKE)
		open_make(app);
	else if (row != NULL && row->id.kind == ENTITY_SOURCE)
		open_source(app, row);
	else if (row != NULL && row->id.kind == ENTITY_REFUSAL)
		open_refusal(app, row);
	else if (row != NULL)
		form_run(app, row->id);
}

void
browse_define(struct app *app)
{
	const struct board_row *row = board_current(app_board(app));
	struct arena arena = { 0 };

	if (row != NULL)
		pager_show(app,
			   arena_format(&arena, "%s%s%s", row->sign, *row->sign != '\0' ? " " : "",
					row->label),
			   row->about);
	arena_free(&arena);
}

void
browse_read(struct app *app)
{
	const struct row *row = app_settle(app) ? list_row(app_list(app)) : NULL;

	if (row != NULL)
		form_run(app, row->id);
}

void
browse_keep(struct app *app)
{
	run_command_with(app, command_named("question answer"), "answer", "keep");
}

void
browse_take(struct app *app)
{
	run_command_with(app, command_named("question answer"), "answer", "take");
}

/* The first Esc clears nothing and leaves nothing behind: it only goes back where one came from. */
void
browse_back(struct app *app)
{
	if (!calendar_return(app) && !app_go_back(app))
		app_say(app, "q leaves the program, ? shows what other keys do.");
}

static void
step_tab(struct app *app, size_t step)
{
	size_t number = app->current;

	do
		number = (number + step) % app->tab_count;
	while (!app_tab_is_there(app, number));
	app_open_tab(app, number);
}

void
browse_next_tab(struct app *app)
{
	step_tab(app, 1);
}

void
browse_previous_tab(struct app *app)
{
	step_tab(app, app->tab_count - 1);
}

void
browse_numbered_tab(struct app *app)
{
	size_t number = tabs_number(app->key);

	if (app_tab_is_there(app, number))
		app_open_tab(app, number);
	else
		app_say(app, "No tab has the key %c now.", (char)app->key);
}

static void
sort_by(struct app *app, const struct field *field, bool descending)
{
	struct error error = { 0 };

	check(app, list_sort(app_list(app), app->session, field, descending, &error), &error);
}

/* The columns that are shown come first, then the other fields. */
void
browse_sort(struct app *app)
{
	const struct list *list = app_list(app);
	struct pick_item items[ENTITY_FIELDS_MAX];
	const struct field *fields[ENTITY_FIELDS_MAX];
	size_t count = 0, current = 0;
	int picked;

	for (int listed = 1; listed >= 0; listed--)
		for each_field(field, entities[list->view->entity].fields) {
			if (((field->flags & FIELD_LISTED) != 0) != listed)
				continue;
			if (field == list->sort)
				current = count;
			fields[count] = field;
			items[count++] = (struct pick_item){ .name = field->title,
							     .help = field->help };
		}
	picked = pick_choose(app, "Sort by which column? The one in force turns round", items,
			     count, current);
	if (picked != PICK_NONE)
		sort_by(app, fields[picked], fields[picked] == list->sort && !list->descending);
}

void
browse_reverse(struct app *app)
{
	const struct list *list = app_list(app);

	sort_by(app, list->sort, !list->descending);
}

void
browse_clear_filter(struct app *app)
{
	struct error error = { 0 };

	if (*app_list(app)->filter == '\0')
		app_say(app, "There is no filter to clear: all rows are shown.");
	else
		check(app, list_filter(app_list(app), app->session, "", &error), &error);
}

void
browse_select(struct app *app)
{
	if (!app_settle(app))
		return;
	list_toggle(app_list(app));
	move(app, 1);
}

void
browse_select_all(struct app *app)
{
	struct error error = { 0 };

	work_begin(&app->work, WORK_READ);
	check(app, list_select_all(app_list(app), app->session, &error), &error);
}

void
browse_unselect(struct app *app)
{
	app_drop_selection(app);
}

void
browse_new(struct app *app)
{
	enum entity_kind kind = app_list(app)->view->entity;

	if (!made_by_hand(kind))
		app_say(app, "%s", made_words(kind));
	else if (store_is_read_only(app->session->store))
		app_say(app, "This register may only be read, so nothing can be added to it.");
	else
		form_run(app, (struct record_id){ .kind = kind });
}

void
browse_related(struct app *app)
{
	related_run(app);
}

void
browse_history(struct app *app)
{
	related_story(app);
}

void
browse_changes(struct app *app)
{
	related_changes(app);
}

void
browse_makes(struct app *app)
{
	app_open_view(app, browse_view(ENTITY_MAKE), "");
}

void
browse_read_again(struct app *app)
{
	app_invalidate(app);
}

void
browse_quit(struct app *app)
{
	app->leaving = true;
}
