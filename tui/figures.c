/* SPDX-License-Identifier: MIT */
#include "tui/figures.h"

#include "commands/figures.h"
#include "tui/app.h"
#include "tui/bar.h"
#include "tui/today.h"

enum { BARS_ROWS_MIN = 14 };
enum { LABEL_WIDTH = 26, BAR_WIDTH_MIN = 10, BAR_WIDTH_MAX = 60, WORDS_WIDTH = 34 };

/* A part of a whole: two figures by id, and what the bar says. */
static const struct share {
	const char *label, *part, *whole;
} shares[] = {
	{ "Sensitive sites cleared", "sensitive_sites_cleared", "sensitive_sites_ever_in_scope" },
	{ "In-scope devices left", "devices_in_scope_left", "devices_in_scope" },
	{ "Sites not assessed", "sites_not_assessed", "sites" },
};

enum { SHARES = sizeof shares / sizeof shares[0] };

/* "Sensitive sites cleared   [#####.....] 12 of 40, 30 %" */
static void
draw_share(const struct board *board, const struct share *share, struct area area, int row)
{
	int64_t part = board_value(board, share->part), whole = board_value(board, share->whole);
	int width = area.columns - LABEL_WIDTH - WORDS_WIDTH;
	char number[TEXT_NUMBER_SIZE], all[TEXT_NUMBER_SIZE];
	struct arena arena = { 0 };
	struct text words = { 0 };

	if (width > BAR_WIDTH_MAX)
		width = BAR_WIDTH_MAX;
	if (part >= 0 && whole >= 0)
		text_format(&words, " %s of %s: %s", text_number(part, number),
			    text_number(whole, all), figure_percent(&arena, part, whole));
	screen_text(row, area.column + 2, LABEL_WIDTH - 2, STYLE_PLAIN, share->label);
	if (width >= BAR_WIDTH_MIN)
		bar_draw(row, area.column + LABEL_WIDTH, width, part, whole);
	else
		width = 0;
	screen_text(row, area.column + LABEL_WIDTH + width, area.columns - LABEL_WIDTH - width,
		    STYLE_PLAIN, text_words(&words));
	text_free(&words);
	arena_free(&arena);
}

static int
head(struct app *app, const struct board *board, struct area area)
{
	int row = today_draw_headline(app, board, area);

	for (size_t i = 0; i < SHARES && area.rows >= BARS_ROWS_MIN; i++)
		draw_share(board, &shares[i], area, row++);
	return row - area.row + 1;
}

void
figures_fill(struct board *board)
{
	*board = (struct board){
		.title = "Figures",
		.help = "Every number that ministers are told, with its definition; Enter opens "
			"exactly its rows",
		.head = head,
	};
	for each_entity(entity)
		for each_figure(figure)
			if (figure->entity == entity->kind)
				board_add_figure(board, figure, entity->titles, true);
	today_add_headline_figures(board);
}
