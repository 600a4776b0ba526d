/* SPDX-License-Identifier: MIT */
#include "tui/filter_line.h"

#include <string.h>

#include "tui/actions.h"
#include "tui/edit.h"

struct filter_line {
	struct layer layer;
	struct edit line;
	/* The filter that was there, and what the list was called for it. */
	struct text before, title;
	int64_t record;			/* the one under the cursor then; 0 for none */
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

/*
 * Whether the words stop where more must come: nobody is told of a mistake while he is in the
 * middle of a term.
 */
static bool
is_half_typed(const char *words)
{
	size_t size = strlen(words), quotes = 0;

	for (size_t i = 0; i < size; i++)
		quotes += words[i] == '"';
	return quotes % 2 == 1 || (size > 0 && strchr(":=<>-(", words[size - 1]) != NULL);
}

/*
 * The words on the line without the blanks behind them: those find nothing else, and the list keeps
 * its name.
 */
static const char *
words_of(const struct filter_line *filter, struct arena *arena)
{
	const char *words = edit_words(&filter->line);
	size_t size = strlen(words);

	while (size > 0 && words[size - 1] == ' ')
		size--;
	return arena_bytes(arena, words, size);
}

/*
 * Asks the list for other words, under the name that it had when they are those of before; false
 * with a mistake said.
 */
static bool
ask(struct app *app, struct filter_line *filter, const char *words)
{
	struct list *list = app_list(app);
	struct error mistake = { 0 };

	if (strcmp(words, list->filter) == 0)
		return true;
	if (!list_filter(list, app->session, words, &mistake)) {
		app_complain(app, &mistake);
		return false;
	}
	if (strcmp(words, text_words(&filter->before)) == 0)
		list_entitle(list, text_words(&filter->title));
	return true;
}

static bool
apply(struct app *app, struct filter_line *filter)
{
	struct arena arena = { 0 };
	bool applied = ask(app, filter, words_of(filter, &arena));

	arena_free(&arena);
	return applied;
}

/* Everything is as it was: the next key acts on the record that it would have acted on. */
static void
put_back(struct app *app, struct filter_line *filter)
{
	struct error error = { 0 };

	work_begin(&app->work, WORK_READ);
	if (strcmp(text_words(&filter->before), app_list(app)->filter) != 0 &&
	    ask(app, filter, text_words(&filter->before)) &&
	    !list_go_to(app_list(app), app->session, filter->record, &error))
		app_complain(app, &error);
}

/* What one key does; false when the person is done with the line. */
static bool
act(struct app *app, struct filter_line *filter, int key)
{
	struct error error = { 0 };

	switch (app->pasting ? ACTION_NONE : action_id_for_key(PLACE_FILTER, key)) {
	case ACTION_ACCEPT:
		return !apply(app, filter);
	case ACTION_BACK:
		put_back(app, filter);
		return false;
	default:
		if (key != KEY_UP_ARROW && key != KEY_DOWN_ARROW)
			edit_key(&filter->line, key, app->pasting);
		else if (!list_move(app_list(app), app->session, key == KEY_UP_ARROW ? -1 : 1,
				    &error))
			app_complain(app, &error);
		if (!is_half_typed(edit_words(&filter->line)))
			apply(app, filter);
		return true;
	}
}

/* What is typed comes as a term of its own behind the filter that is there. */
static void
begin(struct app *app, struct filter_line *filter)
{
	const struct row *row = app_settle(app) ? list_row(app_list(app)) : NULL;
	struct text words = { 0 };

	text_append(&filter->before, app_list(app)->filter);
	text_append(&filter->title, app_list(app)->title);
	filter->record = row != NULL ? row->id.value : 0;
	text_format(&words, "%s%s", text_words(&filter->before),
		    filter->before.length > 0 ? " " : "");
	edit_set(&filter->line, text_words(&words));
	text_free(&words);
}

void
filter_line_run(struct app *app)
{
	struct filter_line filter = {
		.layer = { .draw = draw, .place = PLACE_FILTER, .takes_text = true },
	};
	int key;

	begin(app, &filter);
	app_push(app, &filter.layer);
	do
		key = app_key(app);
	while (key != KEY_CLOSED && act(app, &filter, key));
	app_pop(app);
	edit_free(&filter.line);
	text_free(&filter.before);
	text_free(&filter.title);
}
