/* SPDX-License-Identifier: MIT */
#include "tui/pager.h"

#include "tui/actions.h"
#include "tui/status.h"
#include "tui/wrap.h"

struct pager {
	struct layer layer;
	const char *title;
	const char *text;
	int top;		/* the first line that is shown, counted as wrapped */
	int lines;		/* as drawn last */
	int rows;
};

static void
draw_lines(struct pager *pager, struct area area)
{
	struct wrap wrap = { .text = pager->text, .width = area.columns - PAGER_MARGINS };

	for (int i = 0; wrap_next(&wrap); i++) {
		int row = area.row + 1 + i - pager->top;

		if (row > area.row && row < area.row + area.rows)
			screen_text(row, area.column + 1, area.columns - 1,
				    wrap.heading ? STYLE_HEADING : STYLE_PLAIN,
				    text_words(&wrap.line));
	}
	text_free(&wrap.line);
}

static void
draw(struct app *app, struct layer *layer, struct area area)
{
	struct pager *pager = (struct pager *)layer;
	int room = status_room(app, area.columns);

	pager->lines = wrap_count(pager->text, area.columns - PAGER_MARGINS);
	pager->rows = area.rows - 1;
	if (pager->top > pager->lines - pager->rows)
		pager->top = pager->lines - pager->rows;
	if (pager->top < 0)
		pager->top = 0;
	for (int row = area.row; row < area.row + area.rows; row++)
		screen_text(row, area.column, area.columns, STYLE_PLAIN, "");
	screen_text(area.row, area.column, area.columns, STYLE_BAR, " ");
	screen_text(area.row, area.column + 1, area.columns - 1, STYLE_BAR, pager->title);
	draw_lines(pager, area);
	screen_text(area.row + area.rows, area.column, room, STYLE_PLAIN, "");
	screen_cursor(-1, 0);
	if (pager->lines > pager->rows) {
		struct text position = { 0 };
		int end = pager->top + pager->rows;

		text_format(&position, "%d-%d of %d", pager->top + 1,
			    end < pager->lines ? end : pager->lines, pager->lines);
		screen_text(area.row + area.rows, area.column + 1, room - 1, STYLE_PLAIN,
			    text_words(&position));
		text_free(&position);
	}
}

static bool
act(struct pager *pager, int key)
{
	switch (action_id_for_key(PLACE_PAGER, key)) {
	case ACTION_BACK:
		return false;
	case ACTION_UP:
		pager->top--;
		return true;
	case ACTION_DOWN:
		pager->top++;
		return true;
	case ACTION_PAGE_UP:
		pager->top -= pager->rows;
		return true;
	case ACTION_PAGE_DOWN:
		pager->top += pager->rows;
		return true;
	case ACTION_FIRST:
		pager->top = 0;
		return true;
	case ACTION_LAST:
		pager->top = pager->lines;
		return true;
	default:
		return true;
	}
}

void
pager_show(struct app *app, const char *title, const char *text)
{
	struct pager pager = {
		.layer = { .draw = draw, .place = PLACE_PAGER }, .title = title, .text = text,
	};
	int key;

	app_push(app, &pager.layer);
	do
		key = app_key(app);
	while (key != KEY_CLOSED && act(&pager, key));
	app_pop(app);
}
