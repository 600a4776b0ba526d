/* SPDX-License-Identifier: MIT */
#include "tui/prompt.h"

#include "tui/actions.h"
#include "tui/edit.h"
#include "tui/status.h"

struct prompt {
	struct layer layer;
	const char *question;
	const char *const *options;	/* NULL: a line is asked for */
	struct edit line;
};

/* The question stands above the status line, what was said before above that, the answer on it. */
static void
draw_question(struct app *app, const struct prompt *prompt, struct area area)
{
	int row = area.row + area.rows - 1;

	row -= status_draw_wrapped(row, area.columns, STYLE_BAR, prompt->question);
	status_draw_message_above(app, row, area.columns);
	screen_text(area.row + area.rows, area.column, status_room(app, area.columns), STYLE_PLAIN,
		    "");
}

static void
draw_line(struct app *app, struct layer *layer, struct area area)
{
	struct prompt *prompt = (struct prompt *)layer;
	int row = area.row + area.rows;

	draw_question(app, prompt, area);
	screen_text(row, area.column, 2, STYLE_KEY, ">");
	edit_draw(&prompt->line, row, area.column + 2, status_room(app, area.columns) - 3);
}

static void
draw_options(struct app *app, struct layer *layer, struct area area)
{
	struct prompt *prompt = (struct prompt *)layer;
	int row = area.row + area.rows, column = area.column + 1;

	draw_question(app, prompt, area);
	screen_cursor(-1, 0);
	for (const char *const *option = prompt->options; *option != NULL; option++) {
		struct text words = { 0 };

		text_format(&words, "[%c]%s", **option, *option + 1);
		screen_text(row, column, text_width(text_words(&words)), STYLE_KEY,
			    text_words(&words));
		column += text_width(text_words(&words)) + 2;
		text_free(&words);
	}
}

bool
prompt_ask(struct app *app, const char *question, const char *initial, struct text *answer)
{
	struct prompt prompt = {
		.layer = { .draw = draw_line, .place = PLACE_PROMPT, .takes_text = true },
		.question = question,
	};
	enum action_id action = ACTION_NONE;

	edit_set(&prompt.line, initial != NULL ? initial : "");
	prompt.line.offered = true;
	app_push(app, &prompt.layer);
	while (action != ACTION_ACCEPT && action != ACTION_BACK) {
		int key = app_key(app);

		if (key == KEY_CLOSED)
			break;
		action = app->pasting ? ACTION_NONE : action_id_for_key(PLACE_PROMPT, key);
		if (action != ACTION_ACCEPT && action != ACTION_BACK)
			edit_key(&prompt.line, key, app->pasting);
	}
	app_pop(app);
	if (action == ACTION_ACCEPT)
		text_append(answer, edit_words(&prompt.line));
	edit_free(&prompt.line);
	return action == ACTION_ACCEPT;
}

int
prompt_confirm(struct app *app, const char *question, const char *const *options)
{
	struct prompt prompt = {
		.layer = { .draw = draw_options, .place = PLACE_CONFIRM },
		.question = question,
		.options = options,
	};
	int chosen = -1;

	app_push(app, &prompt.layer);
	while (chosen < 0) {
		int key = app_key(app);

		if (key == KEY_CLOSED || action_id_for_key(PLACE_CONFIRM, key) == ACTION_BACK)
			break;
		for (int i = 0; options[i] != NULL; i++)
			if (key == options[i][0])
				chosen = i;
	}
	app_pop(app);
	return chosen;
}
