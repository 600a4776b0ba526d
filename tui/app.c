/* SPDX-License-Identifier: MIT */
#include "tui/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/memory.h"
#include "tui/actions.h"
#include "tui/app_draw.h"
#include "tui/app_idle.h"
#include "tui/figures.h"
#include "tui/findings.h"
#include "tui/help.h"
#include "tui/keys.h"
#include "tui/pace.h"
#include "tui/run.h"
#include "tui/today.h"

enum { NO_TAB = 0 };	/* the first tab is a board, so no view has its number */

/* How long the program sleeps before it looks whether another one changed the register. */
enum { LOOK_MS = 2000 };

/* What the boards hold, in the order of their tabs. */
static void (*const board_fills[BOARD_COUNT])(struct board *board) = {
	[BOARD_TODAY] = today_fill,
	[BOARD_FINDINGS] = findings_fill,
	[BOARD_FIGURES] = figures_fill,
	[BOARD_PACE] = pace_fill,
};

void
app_push(struct app *app, struct layer *layer)
{
	layer->below = app->top;
	app->top = layer;
}

void
app_pop(struct app *app)
{
	app->top = app->top->below;
}

enum place
app_place_of_list(enum entity_kind entity)
{
	switch (entity) {
	case ENTITY_QUESTION:
		return PLACE_LIST | PLACE_QUESTIONS;
	case ENTITY_DEADLINE:
		return PLACE_LIST | PLACE_DEADLINES;
	case ENTITY_MANUFACTURER:
		return PLACE_LIST | PLACE_MANUFACTURERS;
	default:
		return PLACE_LIST;
	}
}

enum place
app_place(const struct app *app)
{
	if (app->top != NULL)
		return app->top->place;
	if (app->tabs[app->current].board != NULL)
		return PLACE_BOARD;
	return app_place_of_list(app->tabs[app->current].list.view->entity);
}

void
app_say(struct app *app, const char *format, ...)
{
	va_list arguments;
	char words[ERROR_MESSAGE_SIZE];

	va_start(arguments, format);
	vsnprintf(words, sizeof words, format, arguments);
	va_end(arguments);
	text_clear(&app->message);
	text_append(&app->message, words);
	app->message_is_error = false;
}

void
app_complain(struct app *app, const struct error *error)
{
	bool stopped = error->kind == ERROR_CANCELLED;

	app_say(app, "%s", stopped ? "Stopped; nothing was changed." : error->message);
	app->message_is_error = !stopped;
}

struct list *
app_list(struct app *app)
{
	return app_board(app) != NULL ? NULL : &app->tabs[app->current].list;
}

struct board *
app_board(struct app *app)
{
	return app->tabs[app->current].board;
}

void
app_invalidate(struct app *app)
{
	for (size_t i = 0; i < app->tab_count; i++)
		if (app->tabs[i].list.view != NULL)
			list_invalidate(&app->tabs[i].list);
	for (size_t i = 0; i < BOARD_COUNT; i++)
		board_invalidate(&app->boards[i]);
	app->trend.fresh = false;
	calendar_forget(&app->calendar);
	detail_forget(&app->detail);
}

bool
app_tab_is_there(const struct app *app, size_t number)
{
	return number < app->tab_count &&
	       (app->tabs[number].board != NULL || app->tabs[number].list.view != NULL);
}

void
app_open_tab(struct app *app, size_t number)
{
	if (!app_tab_is_there(app, number))
		return;
	app->current = number;
	app->tabs[number].came_from = number;
}

void
app_open_board(struct app *app, size_t board)
{
	size_t number = app->tab_count - 1 - BOARD_COUNT + board;

	if (number == app->current)
		return;
	app->tabs[number].board = &app->boards[board];
	app->tabs[number].came_from = app->current;
	app->current = number;
}

bool
app_go_back(struct app *app)
{
	size_t from = app->tabs[app->current].came_from;

	if (from == app->current)
		return false;
	app->tabs[app->current].came_from = app->current;
	app->current = from;
	return true;
}

/* The number of the view's tab; that of the visitor, opened for it, when it has none. */
static size_t
tab_of_view(struct app *app, const struct view *view, struct error *error)
{
	size_t visitor = app->tab_count - 1;

	for (size_t i = 0; i < visitor; i++)
		if (app->tabs[i].list.view == view)
			return i;
	list_close(&app->tabs[visitor].list);
	return list_open(&app->tabs[visitor].list, app->session, view, error) ? visitor : NO_TAB;
}

void
app_open_view(struct app *app, const struct view *view, const char *filter)
{
	app_open_rows(app, view, filter, "");
}

void
app_open_rows(struct app *app, const struct view *view, const char *filter, const char *title)
{
	struct error error = { 0 };
	size_t from = app->current, number = tab_of_view(app, view, &error);

	if (number == NO_TAB ||
	    !list_filter(&app->tabs[number].list, app->session, filter, &error)) {
		app_complain(app, &error);
		return;
	}
	list_entitle(&app->tabs[number].list, title);
	if (number != from)
		app->tabs[number].came_from = from;
	app->current = number;
}

bool
app_begin_writing(struct app *app)
{
	struct error error = { 0 };

	work_begin(&app->work, WORK_COMMAND);
	if (app->session->laptop != NULL || session_name_laptop(app->session, &app->arena, &error))
		return true;
	app_complain(app, &error);
	return false;
}

bool
app_settle(struct app *app)
{
	struct list *list = app_list(app);
	struct error error = { 0 };

	work_begin(&app->work, WORK_READ);
	if (list == NULL || list_refresh(list, app->session, &error))
		return true;
	app_complain(app, &error);
	return false;
}

struct record_id *
app_targets(struct app *app, size_t *count)
{
	struct list *list = app_settle(app) ? app_list(app) : NULL;
	const struct row *row = list != NULL ? list_row(list) : NULL;
	struct record_id *targets = NULL;

	*count = list == NULL ? 0 : list->selection.count > 0 ? list->selection.count : row != NULL;
	if (*count == 0)
		return NULL;
	targets = memory_alloc(*count * sizeof *targets);
	for (size_t i = 0; i < *count; i++)
		targets[i] = (struct record_id){ list->view->entity, list->selection.count > 0 ?
						 list->selection.ids[i] : row->id.value };
	return targets;
}

/* ", 7 of them hidden by the filter": nobody acts on rows that he forgot. */
static const char *
hidden_words(struct app *app, struct list *list, struct arena *arena)
{
	struct error error = { 0 };
	char number[TEXT_NUMBER_SIZE];

	work_begin(&app->work, WORK_READ);
	if (list->hidden < 0 && !browse_hidden(app->session, list->query, list->selection.ids,
					       list->selection.count, &list->hidden, &error))
		list->hidden = -1;
	if (list->hidden == 0)
		return "";
	return list->hidden < 0 ? ", some of them perhaps hidden by the filter"
				: arena_format(arena, ", %s of them hidden by the filter",
					       text_number(list->hidden, number));
}

const char *
app_target_words(struct app *app, struct arena *arena)
{
	struct list *list = app_list(app);
	const struct entity *entity = list != NULL ? &entities[list->view->entity] : NULL;

	if (list != NULL && list->selection.count > 0)
		return arena_format(arena, "%s%s",
				    text_count(arena, (int64_t)list->selection.count, entity->name,
					       entity->plural),
				    hidden_words(app, list, arena));
	return list != NULL && list_row(list) != NULL ?
	       arena_format(arena, "%s %s", entity->name, list_key(list)) : "";
}

void
app_drop_selection(struct app *app)
{
	struct list *list = app_list(app);

	if (list == NULL)
		return;
	selection_clear(&list->selection);
	list->hidden = 0;
}

/* Whether the key is for the screens themselves and not for what is open on them. */
static bool
is_swallowed(struct app *app, int key)
{
	bool takes_text = app->top != NULL && app->top->takes_text;

	if (key == KEY_CLOSED)
		return false;
	if (key == KEY_PASTE_BEGIN || key == KEY_PASTE_END) {
		app->pasting = key == KEY_PASTE_BEGIN;
		return true;
	}
	return key == KEY_RESIZED || !app_draw_has_room() || (app->pasting && !takes_text);
}

static bool
is_help(const struct app *app, int key)
{
	const struct action *action = action_for_key(app_place(app), key);

	return action != NULL && action->run == help_run;
}

/*
 * Whether the screen is drawn anew when another program changes the register: what is being typed
 * or chosen stays as it is, and the next key sees what lies behind it.
 */
static bool
follows_others(const struct app *app)
{
	return app->top == NULL || app->top->place == PLACE_CALENDAR;
}

/* Waits for a key; false when another program changed the register meanwhile. */
static bool
wait_for_key(struct app *app)
{
	while (!screen_wait(LOOK_MS))
		if (follows_others(app) && app_look_outside(app))
			return false;
	return true;
}

/* Draws, and works while nobody presses a key. */
static int
next_key(struct app *app)
{
	do {
		app_glance(app);
		app_draw(app);
		while (!screen_key_is_waiting() && app_idle(app))
			app_draw(app);
		app->idle_failed = false;
	} while (!wait_for_key(app));
	return screen_key();
}

int
app_key(struct app *app)
{
	int key;

	do
		key = next_key(app);
	while (is_swallowed(app, key));
	text_clear(&app->message);
	app->key = key;
	/* Help is the one thing that every layer has, over itself. */
	if (app->top != NULL && !app->pasting && is_help(app, key)) {
		help_run(app);
		return app_key(app);
	}
	if (key == KEY_CLOSED)
		app->leaving = true;
	return key;
}

static void
act(struct app *app, int key)
{
	const struct action *action = action_for_key(app_place(app), key);
	const struct command *command = action_command_for_key(app_list(app), key);
	char name[KEY_NAME_SIZE];

	if (action != NULL)
		action->run(app);
	else if (command != NULL)
		run_command(app, command);
	else if (key != KEY_CLOSED)
		app_say(app, "%s does nothing here. ? shows the keys that do.",
			key_name(key, name));
}

static bool
open_tabs(struct app *app, struct error *error)
{
	size_t count = BOARD_COUNT + 1, number = BOARD_TABS;	/* the boards and the visitor */

	for each_view(view)
		count += view->tab;
	app->tabs = memory_alloc(count * sizeof *app->tabs);
	app->tab_count = count;
	for (size_t i = 0; i < BOARD_COUNT; i++)
		board_fills[i](&app->boards[i]);
	for (size_t i = 0; i < BOARD_TABS; i++)
		app->tabs[i] = (struct tab){ .board = &app->boards[i], .came_from = i };
	for each_view(view) {
		if (!view->tab)
			continue;
		app->tabs[number].came_from = number;
		if (!list_open(&app->tabs[number++].list, app->session, view, error))
			return false;
	}
	return true;
}

static void
free_app(struct app *app)
{
	for (size_t i = 0; i < app->tab_count; i++)
		list_close(&app->tabs[i].list);
	for (size_t i = 0; i < BOARD_COUNT; i++)
		board_free(&app->boards[i]);
	arena_free(&app->trend.arena);
	free(app->tabs);
	arena_free(&app->detail.arena);
	text_free(&app->message);
	text_free(&app->folder);
	arena_free(&app->arena);
}

bool
app_run(struct session *session, struct error *error)
{
	struct app app = { .session = session };
	const struct progress *before = session->progress;
	const char *laptop = session->laptop;
	bool opened = open_tabs(&app, error) && screen_open(error);

	work_init(&app.work);
	browse_progress(session, &app.work.progress);
	while (opened && !app.leaving)
		act(&app, app_key(&app));
	if (opened)
		screen_close();
	browse_progress(session, before);
	session->laptop = laptop;
	free_app(&app);
	return opened;
}
