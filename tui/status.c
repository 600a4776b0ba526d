/* SPDX-License-Identifier: MIT */
#include "tui/status.h"

#include <stdio.h>
#include <string.h>

#include "commands/finding.h"
#include "tui/actions.h"
#include "tui/findings.h"
#include "tui/keys.h"
#include "tui/made.h"
#include "tui/run.h"
#include "tui/wrap.h"

enum { GAP = 2, WRAPPED_ROWS_MAX = 12 };

/* The register's marking, as long as it is and never cut. */
static const char *
marking(const struct app *app)
{
	return app->session->marking != NULL ? app->session->marking : "";
}

int
status_room(const struct app *app, int columns)
{
	return columns - text_width(marking(app)) - GAP - 1;
}

void
status_draw_marking(const struct app *app, int row, int columns)
{
	int width = text_width(marking(app));

	screen_text(row, columns - width - 1, width, STYLE_KEY, marking(app));
}

int
status_draw_wrapped(int row, int columns, enum style style, const char *text)
{
	struct text line = { 0 };
	int count = wrap_count(text, columns - 2),
	    limit = row / 2 < WRAPPED_ROWS_MAX ? row / 2 : WRAPPED_ROWS_MAX, at;

	if (limit < 1)
		limit = 1;
	if (count > limit)
		count = limit;
	at = row - count + 1;
	for (int i = 0; i < count && wrap_line(&text, columns - 2, &line); i++) {
		screen_text(at + i, 0, columns, style, " ");
		screen_text(at + i, 1, columns - 1, style,
			    i == count - 1 && *text != '\0' ? "..." : text_words(&line));
	}
	text_free(&line);
	return count;
}

/* "12 of 608", as far as it is known. */
static void
append_position(struct text *out, const struct list *list)
{
	char number[TEXT_NUMBER_SIZE];

	if (list->page.count == 0 && list->at_start && !list->stale)
		text_append(out, "no rows");
	else if (list->page.count == 0)
		text_append(out, "reading\xe2\x80\xa6");
	else if (list->first_index >= 0)
		text_format(out, "%s",
			    text_number(list->first_index + (int64_t)list->cursor + 1, number));
	else
		text_append(out, "\xe2\x80\xa6");
	if (list->page.count > 0)
		text_format(out, " of %s",
			    list->count >= 0 ? text_number(list->count, number) : "\xe2\x80\xa6");
	if (list->stale)
		text_append(out, " (reading\xe2\x80\xa6)");
}

static void
append_selection(struct text *out, const struct list *list)
{
	char number[TEXT_NUMBER_SIZE];

	if (list->selection.count == 0)
		return;
	text_format(out, "%s selected", text_number((int64_t)list->selection.count, number));
	if (list->hidden < 0)
		text_append(out, ", \xe2\x80\xa6 hidden by the filter");
	else if (list->hidden > 0)
		text_format(out, ", %s hidden by the filter", text_number(list->hidden, number));
	text_append(out, " (u clears)");
}

static void
append_hint(struct text *out, const struct app *app, const struct list *list)
{
	if (list != NULL && list->selection.count > 0)
		append_selection(out, list);
	else if (store_is_read_only(app->session->store))
		text_append(out, "Read only: this register may not be changed");
	else if (list != NULL && calendar_is_behind(app))
		text_append(out, "Esc goes back to the month");
	else if (list != NULL && app->tabs[app->current].came_from != app->current)
		text_append(out, "Esc goes back");
}

int
status_draw_message_above(const struct app *app, int row, int columns)
{
	if (app->message.length == 0)
		return 0;
	return status_draw_wrapped(row, columns, app->message_is_error ? STYLE_ERROR : STYLE_PLAIN,
				   text_words(&app->message));
}

/* What is said of the list at the right of the line; nothing while a layer hides the list. */
static const struct list *
list_in_sight(struct app *app)
{
	return app->top == NULL || app->top->place == PLACE_FILTER ? app_list(app) : NULL;
}

static int
position_width(struct app *app)
{
	const struct list *list = list_in_sight(app);
	struct text position = { 0 };
	int width;

	if (list != NULL)
		append_position(&position, list);
	width = text_width(text_words(&position));
	text_free(&position);
	return width;
}

/* A sentence on the line where there is room left of `end`, else on lines up to `above`. */
static void
draw_sentence(int row, int above, int columns, int end, enum style style, const char *words)
{
	int width = text_width(words);

	if (width == 0)
		return;
	if (width + 1 > end) {
		status_draw_wrapped(above, columns, style, words);
		return;
	}
	screen_text(row, 0, 1, style, "");
	screen_text(row, 1, width + 1, style, words);
}

void
status_draw_message(struct app *app, int row, int columns)
{
	enum style style = app->message_is_error ? STYLE_ERROR : STYLE_PLAIN;
	enum place place = app_place(app);
	int end = place == PLACE_PICK ? 0 : status_room(app, columns) - position_width(app) - GAP;

	/* A question draws it above itself; the line of a filter lies where it would stand. */
	if ((place & (PLACE_PROMPT | PLACE_CONFIRM | PLACE_PATH)) == 0)
		draw_sentence(row, place == PLACE_FILTER ? row - 2 : row - 1, columns, end, style,
			      text_words(&app->message));
}

void
status_draw_line(struct app *app, int row, int columns)
{
	const struct list *list = list_in_sight(app);
	struct text hint = { 0 }, position = { 0 };
	int room = status_room(app, columns), width;

	if (list != NULL)
		append_position(&position, list);
	if (app->top == NULL && app->message.length == 0)
		append_hint(&hint, app, list);
	width = text_width(text_words(&position));
	screen_text(row, 0, columns, STYLE_PLAIN, "");
	screen_text(row, room - width, width, STYLE_PLAIN, text_words(&position));
	draw_sentence(row, row - 1, columns, room - width - GAP, STYLE_PLAIN, text_words(&hint));
	text_free(&hint);
	text_free(&position);
}

static int
hint_width(const char *key, const char *label)
{
	return text_width(key) + 1 + text_width(label);
}

static void
draw_hint(const char *key, const char *label, int row, int column)
{
	int width = text_width(key);

	screen_text(row, column, width, STYLE_KEY, key);
	screen_text(row, column + width, 1, STYLE_QUIET, "");
	screen_text(row, column + width + 1, text_width(label), STYLE_QUIET, label);
}

/*
 * The hints from the left: what the list is for, the commands about its records, what every list
 * has, the other commands.
 */
enum hint_rank { HINT_FOREMOST, HINT_GENERAL, HINT_AT_END };

static enum hint_rank
rank_of(const struct action *action)
{
	return (action->flags & ACTION_ALWAYS_SHOWN) ? HINT_AT_END
	       : (action->flags & ACTION_FOREMOST)   ? HINT_FOREMOST
						     : HINT_GENERAL;
}

/* Whether the key line names the action here, with those of the rank. */
static bool
is_hinted(struct app *app, const struct action *action, enum hint_rank rank)
{
	const struct list *list = app_list(app);

	if (action->label == NULL || (action->places & app_place(app)) == 0 ||
	    rank_of(action) != rank)
		return false;
	if ((action->flags & ACTION_MAKES) != 0 && list != NULL &&
	    !made_by_hand(list->view->entity))
		return false;
	return (action->flags & ACTION_EDITS) == 0 || list == NULL ||
	       ((entities[list->view->entity].flags & ENTITY_EDITED) != 0 &&
		!store_is_read_only(app->session->store));
}

/* Draws the hints that fit from `column` to before `end`; returns where the next would begin. */
static int
draw_hints(struct app *app, enum hint_rank rank, int row, int column, int end)
{
	for each_action(action) {
		if (!is_hinted(app, action, rank))
			continue;
		if (column + hint_width(action->keys[0], action->label) > end)
			continue;
		draw_hint(action->keys[0], action->label, row, column);
		column += hint_width(action->keys[0], action->label) + GAP;
	}
	return column;
}

static int
end_width(struct app *app)
{
	int width = 0;

	for each_action(action)
		if (is_hinted(app, action, HINT_AT_END))
			width += hint_width(action->keys[0], action->label) + GAP;
	return width;
}

/* The name of a command; on a list of what it is about without the word for that: "extend". */
static const char *
command_label(const struct command *command, bool about)
{
	const char *entity = entities[command->about].name;
	size_t size = entity != NULL ? strlen(entity) : 0;

	if (about && size > 0 && strncmp(command->name, entity, size) == 0 &&
	    command->name[size] == ' ')
		return command->name + size + 1;
	return command->name;
}

/* On a list of findings, answering them is what it is for. */
static bool
is_about(const struct list *list, const struct command *command)
{
	return list != NULL && (command->about == list->view->entity ||
				(command->run == command_finding_answer &&
				 findings_rule_of_filter(list->filter) != NULL));
}

/* The commands that have a key here, about the list's records or not, as far as there is room. */
static int
draw_commands(struct app *app, bool about, int row, int column, int end)
{
	for each_command(command) {
		char key[KEY_NAME_SIZE], name[KEY_NAME_SIZE];
		const char *label = command_label(command, about);

		if (command->key == NULL || is_about(app_list(app), command) != about ||
		    !run_is_offered(app_list(app), command))
			continue;
		snprintf(key, sizeof key, "%s", key_name(key_named(command->key), name));
		if (column + hint_width(key, label) > end)
			continue;
		draw_hint(key, label, row, column);
		column += hint_width(key, label) + GAP;
	}
	return column;
}

void
status_draw_keys(struct app *app, int row, int columns)
{
	int end = columns - end_width(app), column;

	screen_text(row, 0, columns, STYLE_QUIET, "");
	column = draw_hints(app, HINT_FOREMOST, row, 1, end);
	if (app->top == NULL)
		column = draw_commands(app, true, row, column, end);
	column = draw_hints(app, HINT_GENERAL, row, column, end);
	if (app->top == NULL)
		draw_commands(app, false, row, column, end);
	draw_hints(app, HINT_AT_END, row, end + 1 > 1 ? end + 1 : 1, columns + 1);
}
