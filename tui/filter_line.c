/* SPDX-License-Identifier: MIT */
#include "tui/filter_line.h"

#include <string.h>

#include "tui/actions.h"
#include "tui/edit.h"

struct filter_line {
	struct layer layer;
	struct edit line;
};

static void
draw(struct app *app, struct layer *layer, struct area area)
{
	struct filter_line *filter = (struct filter_line *)layer;
	int row = area.row + area.rows - 1;

	(void)app;
	screen_text(row, area.column, area.columns, STYLE_PLAIN, " Filter:");
	edit_draw(&filter->line, row, area.column + 9, area.columns - 10);
}

/* Whether the words stop where more must come: nobody is told of a mistake while he is in the middle of a term. */
static bool
is_half_typed(const char *words)
{
	size_t size = strlen(words), quotes = 0;

	for (size_t i = 0; i < size; i++)
		quotes += words[i] == '"';
	return quotes % 2 == 1 || (size > 0 && strchr(":=<>-(", words[size - 1]) != NULL);
}

/* Asks the list for what is on the line; false when the words have a mistake, which is said. */
static bool
apply(struct app *app, struct filter_line *filter)
{
	const char *words = edit_words(&filter->line);
	struct error mistake = { 0 };

	if (strcmp(words, app_list(app)->filter) == 0 || list_filter(app_list(app), app->session, words, &mistake))
		return true;
	app_complain(app, &mistake);
	return false;
}

/* What one key does; false when the person is done with the line. */
static bool
act(struct app *app, struct filter_line *filter, int key, const char *before)
{
	struct error error = { 0 };

	switch (app->pasting ? ACTION_NONE : action_id_for_key(PLACE_FILTER, key)) {
	case ACTION_ACCEPT:
		return !apply(app, filter);
	case ACTION_BACK:
		if (strcmp(before, app_list(app)->filter) != 0)
			list_filter(app_list(app), app->session, before, &error);
		return false;
	default:
		if (key == KEY_UP_ARROW || key == KEY_DOWN_ARROW)
			list_move(app_list(app), app->session, key == KEY_UP_ARROW ? -1 : 1, &error);
		else
			edit_key(&filter->line, key, app->pasting);
		if (!is_half_typed(edit_words(&filter->line)))
			apply(app, filter);
		return true;
	}
}

void
filter_line_run(struct app *app)
{
	struct filter_line filter = {
		.layer = { .draw = draw, .place = PLACE_FILTER, .takes_text = true },
	};
	struct text before = { 0 };
	int key;

	text_append(&before, app_list(app)->filter);
	edit_set(&filter.line, text_words(&before));
	app_push(app, &filter.layer);
	do
		key = app_key(app);
	while (key != KEY_CLOSED && act(app, &filter, key, text_words(&before)));
	app_pop(app);
	edit_free(&filter.line);
	text_free(&before);
}
