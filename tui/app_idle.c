/* SPDX-License-Identifier: MIT */
#include "tui/app_idle.h"

#include "tui/app_draw.h"

enum { GLANCE_MS = 10 };

static bool
idle_step(struct app *app, bool *done, struct error *error)
{
	struct list *list = app_list(app);
	const struct row *row;

	if (app->top != NULL && app->top->idle != NULL)
		return app->top->idle(app, app->top, done, error);
	if (list == NULL)
		return board_count(app_board(app), app->session, done, error) &&
		       (!*done || trend_read(&app->trend, app->session, done, error));
	if (list->stale)
		return list_refresh(list, app->session, error);
	row = list_row(list);
	if (app_draw_wants_detail(app) && row != NULL) {
		detail_want(&app->detail, row->id);
		if (!detail_read(&app->detail, app->session, done, error) || !*done)
			return app->detail.record != NULL;
	}
	return list_count(list, app->session, done, error);
}

bool
app_look_outside(struct app *app)
{
	bool changed = store_changed_outside(app->session->store);

	if (changed)
		app_invalidate(app);
	return changed;
}

bool
app_idle(struct app *app)
{
	struct error error = { 0 };
	bool done = false;

	if (app->idle_failed)
		return false;
	work_begin(&app->work, WORK_IDLE);
	/* What was forgotten is drawn so before it is read again: the calendar has no month now. */
	if (app_look_outside(app))
		return true;
	if (idle_step(app, &done, &error))
		return !done;
	app->idle_failed = true;
	if (error.kind == ERROR_CANCELLED)
		return false;
	app_complain(app, &error);
	return true;
}

/*
 * Counts what is quickly counted, so that numbers that are kept are there at once and do not come
 * one by one.
 */
static void
glance_at_board(struct app *app)
{
	struct error error = { 0 };
	bool done = false;

	work_begin(&app->work, WORK_GLANCE);
	while (!done && progress_clock_ms() - app->work.began_ms < GLANCE_MS &&
	       !screen_key_is_waiting())
		if (!board_count(app_board(app), app->session, &done, &error))
			return;
}

void
app_glance(struct app *app)
{
	struct list *list = app_list(app);
	struct error error = { 0 };

	app_draw_lay(app);
	work_begin(&app->work, WORK_GLANCE);
	app_look_outside(app);
	if (list == NULL)
		glance_at_board(app);
	if (list == NULL || !list->stale)
		return;
	work_begin(&app->work, WORK_GLANCE);
	if (!list_refresh(list, app->session, &error) && error.kind != ERROR_CANCELLED) {
		app_complain(app, &error);
		list->stale = false;
	}
}
