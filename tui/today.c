/* SPDX-License-Identifier: MIT */
#include "tui/today.h"

#include "commands/figures.h"
#include "tui/app.h"
#include "tui/findings.h"
#include "tui/wrap.h"

enum { HEAD_SHARE = 3, HEAD_ROWS_MIN = 3, DATED_ROWS_MIN = 9 };

/* What the headline, the words for an empty register and those for the first day are made of. */
static const char *const headline_figures[] = {
	"sensitive_sites_cleared", "sensitive_sites_ever_in_scope",
	"sensitive_sites_cleared_unverified", "sites", "devices", "manufacturers_decided",
};

/* What presses most comes first, ENTITY_NONE for the breaches; kinds that are not named follow. */
static const enum entity_kind first_kinds[] = {
	ENTITY_DEADLINE, ENTITY_EXTENSION, ENTITY_NONE, ENTITY_DEVICE, ENTITY_SITE,
	ENTITY_ASSESSMENT, ENTITY_MANUFACTURER,
};

/* Manufacturers to decide on, once more at the top of a register where nobody decided on any. */
static const char first_day[] = "first_day";

/* Figures of one kind of record stand together, in the order of the table. */
static void
add_kind(struct board *board, enum entity_kind entity)
{
	for each_figure(figure)
		if (figure->entity == entity && (figure->places & FIGURE_TODAY) != 0)
			board_add_figure(board, figure, entities[entity].titles, true);
}

void
today_add_headline_figures(struct board *board)
{
	for (size_t i = 0; i < sizeof headline_figures / sizeof headline_figures[0]; i++)
		board_add_figure(board, figure_named(headline_figures[i]), "", false);
}

static bool
is_empty_register(const struct board *board)
{
	return board_value(board, "sites") == 0 && board_value(board, "devices") == 0;
}

/* No decision on any manufacturer yet, so nothing can be in scope. */
static bool
is_first_day(const struct board *board)
{
	return board_value(board, "manufacturers_decided") == 0 &&
	       board_value(board, first_day) > 0;
}

/* What is cleared by the record only is said beside what is cleared. */
static void
append_unverified(struct text *out, const struct board *board)
{
	int64_t unverified = board_value(board, "sensitive_sites_cleared_unverified");
	char number[TEXT_NUMBER_SIZE];

	if (unverified > 0)
		text_format(out, " %s of them %s not verified.", text_number(unverified, number),
			    unverified == 1 ? "is" : "are");
}

static void
append_cleared(struct text *out, const struct board *board, int64_t cleared, int64_t ever)
{
	char number[TEXT_NUMBER_SIZE], whole[TEXT_NUMBER_SIZE];
	struct arena arena = { 0 };

	text_format(out,
		    "%s of %s sensitive sites that ever had in-scope equipment %s cleared: %s.",
		    text_number(cleared, number), text_number(ever, whole),
		    cleared == 1 ? "is" : "are", figure_percent(&arena, cleared, ever));
	if (cleared > 0)
		append_unverified(out, board);
	arena_free(&arena);
}

static void
append_headline(struct text *out, const struct app *app, const struct board *board)
{
	int64_t cleared = board_value(board, "sensitive_sites_cleared");
	int64_t ever = board_value(board, "sensitive_sites_ever_in_scope");

	if (cleared < 0 || ever < 0)
		text_append(out, "\xe2\x80\xa6");
	else if (ever == 0)
		text_append(out,
			    "No site that is known to be sensitive has had in-scope equipment.");
	else
		append_cleared(out, board, cleared, ever);
	if (ever > 0 && app->trend.words != NULL)
		text_format(out, " %s", app->trend.words);
}

/* How many rows the sentences at the top may take. */
static int
head_rows(struct area area)
{
	return area.rows / HEAD_SHARE > HEAD_ROWS_MIN ? area.rows / HEAD_SHARE : HEAD_ROWS_MIN;
}

static void
append_brief_headline(struct text *out, const struct app *app, const struct board *board)
{
	int64_t cleared = board_value(board, "sensitive_sites_cleared");
	int64_t ever = board_value(board, "sensitive_sites_ever_in_scope");
	char number[TEXT_NUMBER_SIZE], whole[TEXT_NUMBER_SIZE];
	struct arena arena = { 0 };

	if (cleared < 0 || ever < 0)
		text_append(out, "\xe2\x80\xa6");
	else if (ever == 0)
		text_append(out, "No sensitive site with in-scope equipment is known.");
	else
		text_format(out, "%s of %s sensitive sites cleared: %s.",
			    text_number(cleared, number), text_number(ever, whole),
			    figure_percent(&arena, cleared, ever));
	if (ever > 0 && app->trend.brief != NULL)
		text_format(out, " %s", app->trend.brief);
	arena_free(&arena);
}

static void
append_head(struct text *out, const struct app *app, const struct board *board)
{
	if (is_first_day(board))
		text_append(out, "Nobody has decided yet which manufacturers are covered, so no "
				 "device is in scope: press Enter on the first line to see them "
				 "with their evidence, and C there to decide. ");
	if (is_empty_register(board))
		text_append(out, "This register is empty. To load a spreadsheet of sites or "
				 "devices, press i. To look round with made-up sites first, leave "
				 "with q and run: terrier -r demo.terrier init --demo");
	else
		append_headline(out, app, board);
}

/* What matters most of the same, for a screen that has no room for it. */
static void
append_brief_head(struct text *out, const struct app *app, const struct board *board)
{
	if (is_empty_register(board))
		text_append(out, "This register is empty: press i to load a spreadsheet. ");
	if (is_first_day(board))
		text_append(out, "Decide first which manufacturers are covered: press Enter, and C "
				 "there.");
	else if (!is_empty_register(board))
		append_brief_headline(out, app, board);
}

/* Draws the words, or those in brief where they take more rows; returns the row behind them. */
static int
draw_either(struct area area, int row, int rows, const char *words, const char *brief)
{
	bool fits = wrap_count(words, area.columns - 4) <= rows;

	return board_draw_paragraph(area, row, rows, STYLE_PLAIN, fits ? words : brief);
}

int
today_draw_headline(const struct app *app, const struct board *board, struct area area)
{
	struct text words = { 0 }, brief = { 0 };
	int row;

	append_headline(&words, app, board);
	append_brief_headline(&brief, app, board);
	row = draw_either(area, area.row, head_rows(area), text_words(&words), text_words(&brief));
	text_free(&words);
	text_free(&brief);
	return row;
}

/* The day goes where the sentences need its row. */
static int
head(struct app *app, const struct board *board, struct area area)
{
	struct text words = { 0 }, brief = { 0 };
	bool dated = area.rows >= DATED_ROWS_MIN;
	char day[DATE_WORDS_SIZE];
	int row;

	date_words(app->session->today, day);
	append_head(&words, app, board);
	append_brief_head(&brief, app, board);
	if (dated)
		screen_text(area.row, area.column + 2, area.columns - 4, STYLE_KEY, day);
	row = draw_either(area, area.row + dated, head_rows(area), text_words(&words),
			  text_words(&brief));
	text_free(&words);
	text_free(&brief);
	return row - area.row + 1;
}

/* The cursor of somebody who just opened the screens is on what must be done before all else. */
static void
counted(struct board *board)
{
	board_show(board, first_day, is_first_day(board));
}

static void
add_first_day(struct board *board)
{
	struct figure figure = *figure_named("manufacturers_undecided");

	figure.id = first_day;
	board_add_figure(board, &figure, "Before anything else", false);
}

void
today_fill(struct board *board)
{
	*board = (struct board){
		.title = "Today",
		.help = "What needs doing today; each number opens the rows that it counts",
		.head = head,
		.counted = counted,
	};
	add_first_day(board);
	for (size_t i = 0; i < sizeof first_kinds / sizeof first_kinds[0]; i++)
		if (first_kinds[i] == ENTITY_NONE)
			findings_add_breaches(board);
		else
			add_kind(board, first_kinds[i]);
	for each_entity(entity)
		add_kind(board, entity->kind);
	today_add_headline_figures(board);
	board_show(board, first_day, false);
}
