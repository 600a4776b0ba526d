/* SPDX-License-Identifier: MIT */
#include "tui/app_draw.h"

#include <stdio.h>

#include "tui/findings.h"
#include "tui/list_draw.h"
#include "tui/status.h"
#include "tui/tabs.h"
#include "tui/wrap.h"

enum { DETAIL_COLUMNS_MAX = 76, FOOT_ROWS = 3, FOOT_SCREEN_ROWS_MIN = 16 };

bool
app_draw_has_room(void)
{
	int rows, columns;

	screen_size(&rows, &columns);
	return rows >= SCREEN_ROWS_MIN && columns >= SCREEN_COLUMNS_MIN;
}

/* The middle of the screen. */
static struct area
middle_area(void)
{
	int rows, columns;

	screen_size(&rows, &columns);
	return (struct area){ STATUS_ROWS_ABOVE, 0, rows - STATUS_ROWS_ABOVE - STATUS_ROWS_BELOW,
			      columns };
}

bool
app_draw_has_detail(struct app *app)
{
	return app_list(app) != NULL && middle_area().columns >= DETAIL_SCREEN_COLUMNS;
}

static bool
is_filtering(const struct app *app)
{
	return app->top != NULL && app->top->place == PLACE_FILTER;
}

/*
 * Lines under a list for what its columns do not say of the row under the cursor: why it breaks the
 * rule that was opened, or what is known of a manufacturer.  Beside a pane that says it, none.
 */
static int
foot_rows(struct app *app)
{
	const struct list *list = app_list(app);

	if (list == NULL || app_draw_has_detail(app) || is_filtering(app) ||
	    *list->filter == '\0' || middle_area().rows < FOOT_SCREEN_ROWS_MIN)
		return 0;
	return list->view->entity == ENTITY_MANUFACTURER ||
			       findings_rule_of_filter(list->filter) != NULL
		       ? FOOT_ROWS
		       : 0;
}

bool
app_draw_wants_detail(struct app *app)
{
	return app_draw_has_detail(app) || foot_rows(app) > 0;
}

/* The part of the middle that the list takes, and the part beside it. */
static struct area
split(struct app *app, struct area *beside)
{
	struct area area = middle_area();
	int width = area.columns * 2 / 5;

	*beside = (struct area){ 0 };
	area.rows -= foot_rows(app);
	if (!app_draw_has_detail(app))
		return area;
	if (width > DETAIL_COLUMNS_MAX)
		width = DETAIL_COLUMNS_MAX;
	*beside = (struct area){ area.row, area.columns - width, area.rows, width };
	area.columns -= width + 1;
	return area;
}

void
app_draw_lay(struct app *app)
{
	struct list *list = app_list(app);
	struct area beside;

	if (list != NULL && app_draw_has_room())
		list_resize(list, list_rows_in(list, split(app, &beside), is_filtering(app)));
}

static void
draw_too_small(void)
{
	char whole[64], brief[64];
	const char *words = whole;
	struct text line = { 0 };
	int rows, columns;

	snprintf(whole, sizeof whole, "The window is too small: at least %d by %d.",
		 SCREEN_COLUMNS_MIN, SCREEN_ROWS_MIN);
	snprintf(brief, sizeof brief, "Too small: at least %d by %d", SCREEN_COLUMNS_MIN,
		 SCREEN_ROWS_MIN);
	screen_size(&rows, &columns);
	if (wrap_count(words, columns) > rows)
		words = brief;
	for (int row = 0; row < rows && wrap_line(&words, columns, &line); row++)
		screen_text(row, 0, columns, STYLE_PLAIN, text_words(&line));
	text_free(&line);
}

/* What stands above the rows of a board takes its own. */
static void
draw_board(struct app *app, struct area area)
{
	struct board *board = app_board(app);
	int rows = board->head(app, board, area);

	area.row += rows;
	area.rows -= rows;
	board_draw(board, area);
}

static void
draw_tab(struct app *app)
{
	struct list *list = app_list(app);
	struct area beside, area = split(app, &beside);

	if (list == NULL) {
		draw_board(app, area);
		return;
	}
	list_draw(list, area, is_filtering(app));
	if (foot_rows(app) > 0)
		detail_draw_foot(&app->detail, findings_rule_of_filter(list->filter),
				 (struct area){ area.row + area.rows, area.column, FOOT_ROWS,
						area.columns });
	if (beside.columns == 0)
		return;
	for (int row = area.row; row < area.row + area.rows; row++)
		screen_text(row, area.columns, 1, STYLE_QUIET, "|");
	detail_draw(&app->detail, beside);
}

static void
draw_layers(struct app *app, struct layer *layer)
{
	if (layer == NULL)
		return;
	draw_layers(app, layer->below);
	layer->draw(app, layer, middle_area());
}

void
app_draw(struct app *app)
{
	int rows, columns;

	screen_size(&rows, &columns);
	screen_clear();
	if (!app_draw_has_room()) {
		draw_too_small();
		screen_show();
		return;
	}
	app_draw_lay(app);
	tabs_draw(app, columns);
	draw_tab(app);
	status_draw_line(app, rows - 2, columns);
	status_draw_keys(app, rows - 1, columns);
	draw_layers(app, app->top);
	status_draw_message(app, rows - 2, columns);
	status_draw_marking(app, rows - 2, columns);
	screen_show();
}
