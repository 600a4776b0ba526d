/* SPDX-License-Identifier: MIT */
#include "tui/help.h"

#include "tui/actions.h"
#include "tui/pager.h"
#include "tui/run.h"
#include "tui/tabs.h"

enum { KEYS_WIDTH = 17, NAME_WIDTH = 21 };

/* A name in a column of its own, then what it means. */
static void
append_line(struct text *out, int width, const char *name, const char *help)
{
	text_append(out, name);
	for (int used = text_width(name); used < width; used++)
		text_append(out, " ");
	text_format(out, "  %s\n", help);
}

static void
append_action(struct text *out, const struct action *action)
{
	struct text keys = { 0 };

	for (int i = 0; i < ACTION_KEYS_MAX && action->keys[i] != NULL; i++)
		text_format(&keys, "%s%s", i > 0 ? " " : "", action->keys[i]);
	append_line(out, KEYS_WIDTH, text_words(&keys), action->help);
	text_free(&keys);
}

static void
append_keys(struct text *out, struct app *app)
{
	text_append(out, "#Keys\n");
	for each_action(action)
		if ((action->places & app_place(app)) != 0)
			append_action(out, action);
}

static void
append_commands(struct text *out, struct app *app)
{
	text_append(out, "\n#Commands\n");
	for each_command(command)
		if (run_is_offered(app_list(app), command))
			append_line(out, KEYS_WIDTH,
				    command->key != NULL ? command->key : command->name,
				    command->help);
}

static void
append_search(struct text *out, const struct entity *entity)
{
	text_append(out, "\n#Filters, as one writes them for devices\n");
	for each_filter_example(example)
		append_line(out, NAME_WIDTH, example->words, example->finds);
	for (const struct filter_word *word = filter_words; word->name != NULL; word++)
		if (word->entity == entity->kind)
			append_line(out, NAME_WIDTH, word->name, word->help);
}

static void
append_fields(struct text *out, const struct entity *entity)
{
	text_format(out, "\n#Fields of a %s, as filters name them\n", entity->name);
	for each_field(field, entity->fields)
		append_line(out, NAME_WIDTH, field->name, field->help);
}

void
help_run(struct app *app)
{
	const struct list *list = app_list(app);
	struct text out = { 0 }, title = { 0 };

	if (app->top == NULL)
		text_format(&out, "%s.\n\n",
			    list != NULL ? list->view->help : app_board(app)->help);
	append_keys(&out, app);
	if (app->top == NULL)
		append_commands(&out, app);
	if (list != NULL && (app_place(app) & (PLACE_LIST | PLACE_FILTER)) != 0)
		append_search(&out, &entities[list->view->entity]);
	if (list != NULL && (app_place(app) & (PLACE_LIST | PLACE_FILTER | PLACE_FORM)) != 0)
		append_fields(&out, &entities[list->view->entity]);
	text_format(&title, "Help%s%s", app->top == NULL ? ": " : "",
		    app->top != NULL ? "" : tabs_title(app, app->current));
	pager_show(app, text_words(&title), text_words(&out));
	text_free(&title);
	text_free(&out);
}
