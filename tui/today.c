/* SPDX-License-Identifier: MIT */
#include "tui/today.h"

#include <string.h>

#include "commands/figures.h"
#include "tui/app.h"
#include "tui/wrap.h"

enum { NUMBER_WIDTH = 11, DEFINITION_ROWS = 3, DEFINITION_COLUMN = 58 };

/* What the headline and the words for an empty register are made of. */
static const char *const headline_figures[] = {
	"sensitive_sites_cleared", "sensitive_sites_ever_in_scope", "sites_not_assessed", "sites", "devices",
};

static struct today_figure *
find(struct today *today, const char *id)
{
	for (size_t i = 0; i < today->count; i++)
		if (strcmp(today->figures[i].figure->id, id) == 0)
			return &today->figures[i];
	return NULL;
}

static void
add(struct today *today, const struct figure *figure, bool shown)
{
	if (figure == NULL || find(today, figure->id) != NULL || today->count == TODAY_FIGURES_MAX)
		return;
	today->figures[today->count++] = (struct today_figure){ figure, -1, shown };
}

/* Figures of one kind of record stand together, in the order in which the kinds first come. */
static void
add_group(struct today *today, enum entity_kind entity)
{
	for each_figure(figure)
		if (figure->entity == entity && (figure->places & FIGURE_TODAY) != 0)
			add(today, figure, true);
}

/* What presses most comes first; kinds that are not named follow. */
static const enum entity_kind first_kinds[] = { ENTITY_DEADLINE, ENTITY_DEVICE, ENTITY_SITE, ENTITY_SOURCE };

void
today_init(struct today *today)
{
	*today = (struct today){ 0 };
	for (size_t i = 0; i < sizeof first_kinds / sizeof first_kinds[0]; i++)
		add_group(today, first_kinds[i]);
	for each_figure(figure)
		if ((figure->places & FIGURE_TODAY) != 0)
			add_group(today, figure->entity);
	for (size_t i = 0; i < sizeof headline_figures / sizeof headline_figures[0]; i++)
		add(today, figure_named(headline_figures[i]), false);
}

void
today_invalidate(struct today *today)
{
	for (size_t i = 0; i < today->count; i++)
		today->figures[i].value = -1;
}

bool
today_count(struct today *today, const struct session *session, bool *done, struct error *error)
{
	*done = true;
	for (size_t i = 0; i < today->count; i++) {
		int64_t value;

		if (today->figures[i].value >= 0)
			continue;
		*done = false;
		if (!figure_value(session, today->figures[i].figure, &value, error))
			return false;
		today->figures[i].value = value;
		return true;
	}
	return true;
}

/* The next shown figure in a direction; the same when there is none. */
static size_t
neighbour(const struct today *today, size_t from, int step)
{
	for (size_t i = from + (size_t)step; i < today->count; i += (size_t)step)
		if (today->figures[i].shown)
			return i;
	return from;
}

void
today_move(struct today *today, int rows)
{
	for (; rows > 0; rows--)
		today->cursor = neighbour(today, today->cursor, 1);
	for (; rows < 0; rows++)
		today->cursor = neighbour(today, today->cursor, -1);
}

const struct figure *
today_figure(const struct today *today)
{
	return today->cursor < today->count && today->figures[today->cursor].shown ?
	       today->figures[today->cursor].figure : NULL;
}

static int64_t
value_of(struct today *today, const char *id)
{
	const struct today_figure *figure = find(today, id);

	return figure != NULL ? figure->value : -1;
}

static bool
is_empty_register(struct today *today)
{
	return value_of(today, "sites") == 0 && value_of(today, "devices") == 0;
}

/* What is cleared by the record only is said beside what is cleared. */
static void
append_unverified(struct text *out, struct today *today)
{
	int64_t unverified = value_of(today, "sensitive_sites_cleared_unverified");
	char number[TEXT_NUMBER_SIZE];

	if (unverified > 0)
		text_format(out, " %s of them %s not verified.", text_number(unverified, number), unverified == 1 ? "is" : "are");
}

static void
append_headline(struct text *out, struct today *today)
{
	int64_t cleared = value_of(today, "sensitive_sites_cleared");
	int64_t ever = value_of(today, "sensitive_sites_ever_in_scope");
	char number[TEXT_NUMBER_SIZE], whole[TEXT_NUMBER_SIZE];
	struct arena arena = { 0 };

	if (is_empty_register(today))
		text_append(out, "This register is empty. To load a spreadsheet of sites or devices, press i. "
				 "To look round with made-up sites first, leave with q and run: "
				 "terrier -r demo.terrier init --demo");
	else if (cleared < 0 || ever < 0)
		text_append(out, "\xe2\x80\xa6");
	else if (ever == 0)
		text_append(out, "No site that is known to be sensitive has had in-scope equipment.");
	else
		text_format(out, "%s of %s sensitive sites that ever had in-scope equipment %s cleared: %s.",
			    text_number(cleared, number), text_number(ever, whole), cleared == 1 ? "is" : "are",
			    figure_percent(&arena, cleared, ever));
	if (ever > 0 && cleared > 0)
		append_unverified(out, today);
	arena_free(&arena);
}

/* Draws a text wrapped from a row on; returns the row behind it. */
static int
draw_paragraph(struct area area, int row, int rows, enum style style, const char *words)
{
	struct text line = { 0 };

	for (; rows > 0 && wrap_line(&words, area.columns - 4, &line); rows--)
		screen_text(row++, area.column + 2, area.columns - 4, style, text_words(&line));
	text_free(&line);
	return row;
}

static void
draw_figure(const struct today_figure *figure, bool chosen, struct area area, int row)
{
	enum style style = chosen ? STYLE_CURSOR : STYLE_PLAIN;
	char number[TEXT_NUMBER_SIZE];
	const char *value = figure->value >= 0 ? text_number(figure->value, number) : "\xe2\x80\xa6";
	int indent = NUMBER_WIDTH - text_width(value);

	screen_text(row, area.column, area.columns, style, "");
	screen_text(row, area.column + indent, area.columns - indent, style, value);
	screen_text(row, area.column + NUMBER_WIDTH + 2, area.columns - NUMBER_WIDTH - 2, style, figure->figure->label);
	if (area.columns >= DETAIL_SCREEN_COLUMNS)
		screen_text(row, area.column + DEFINITION_COLUMN, area.columns - DEFINITION_COLUMN - 2,
			    chosen ? style : STYLE_QUIET, figure->figure->definition);
}

/* Whether the figure begins a group of its own. */
static bool
begins_group(const struct today *today, size_t index)
{
	return index == 0 || today->figures[index - 1].figure->entity != today->figures[index].figure->entity;
}

/* The lines from the first figure to before that one, headings counted. */
static int
lines_before(const struct today *today, size_t index)
{
	int lines = 0;

	for (size_t i = 0; i < index; i++)
		lines += today->figures[i].shown ? 1 + begins_group(today, i) : 0;
	return lines + (index < today->count && begins_group(today, index));
}

static void
draw_figures(const struct today *today, struct area area)
{
	int line = lines_before(today, today->cursor), scrolled = line >= area.rows ? line - area.rows + 1 : 0;

	for (size_t i = 0; i < today->count; i++) {
		int row = area.row + lines_before(today, i) - scrolled;

		if (!today->figures[i].shown || row >= area.row + area.rows)
			continue;
		if (begins_group(today, i) && row - 1 >= area.row)
			screen_text(row - 1, area.column + 2, area.columns - 4, STYLE_HEADING,
				    entities[today->figures[i].figure->entity].titles);
		if (row >= area.row)
			draw_figure(&today->figures[i], i == today->cursor, area, row);
	}
}

void
today_draw(struct app *app, struct area area)
{
	struct today *today = &app->today;
	const struct figure *figure = today_figure(today);
	struct text headline = { 0 };
	struct area rest = area;
	char day[DATE_WORDS_SIZE];

	date_words(app->session->today, day);
	append_headline(&headline, today);
	screen_text(area.row, area.column + 2, area.columns - 4, STYLE_KEY, day);
	rest.row = draw_paragraph(area, area.row + 1, area.rows / 2, STYLE_PLAIN, text_words(&headline)) + 1;
	rest.rows = area.row + area.rows - rest.row - DEFINITION_ROWS - 1;
	if (rest.rows < DEFINITION_ROWS) {
		rest.rows += DEFINITION_ROWS + 1;
		figure = NULL;
	}
	draw_figures(today, rest);
	if (figure != NULL)
		draw_paragraph(area, area.row + area.rows - DEFINITION_ROWS, DEFINITION_ROWS, STYLE_QUIET,
			       figure->definition);
	text_free(&headline);
}
