/* SPDX-License-Identifier: MIT */
#include "tui/palette.h"

#include "tui/actions.h"
#include "tui/browse_actions.h"
#include "tui/keys.h"
#include "tui/pick.h"
#include "tui/run.h"
#include "tui/tabs.h"

/*
 * What can be done here: commands first, then the actions that have a function, then the tabs and
 * lists to go to.
 */
struct choice_here {
	const struct command *command;		/* one of these is there */
	const struct action *action;
	const struct view *view;
	size_t board;				/* a visitor; 0 for none */
	size_t tab;				/* where those are not */
};

struct palette {
	struct arena arena;
	struct pick_item *items;
	struct choice_here *choices;
	size_t count;
};

static size_t
most_items(void)
{
	size_t count = BOARD_COUNT;

	for each_command(command)
		count++;
	for each_action(action)
		count++;
	for each_view(view)
		count++;
	return count;
}

/* Without a key it is NULL. */
static void
add(struct palette *palette, struct choice_here choice, const char *name, const char *help,
    const char *key)
{
	char name_of_key[KEY_NAME_SIZE];

	if (key != NULL)
		key = arena_text(&palette->arena, key_name(key_named(key), name_of_key));
	palette->choices[palette->count] = choice;
	palette->items[palette->count++] = (struct pick_item){ name, help, key };
}

/* Not the palette itself, nor what asks for the key that was pressed. */
static bool
is_worth_finding(const struct action *action)
{
	return action->run != NULL && action->run != palette_run &&
	       action->run != browse_numbered_tab;
}

/* "Go to Milestones", with the key of its tab where it has one. */
static void
add_place(struct palette *palette, struct choice_here choice, const char *title, const char *help)
{
	const char digits[] = { tabs_key(choice.tab), '\0' };

	add(palette, choice, arena_format(&palette->arena, "Go to %s", title), help,
	    choice.view != NULL || choice.board != 0 || *digits == '\0'
		    ? NULL : arena_text(&palette->arena, digits));
}

static bool
has_tab(const struct app *app, const struct view *view)
{
	for (size_t i = 0; i + 1 < app->tab_count; i++)
		if (app->tabs[i].list.view == view)
			return true;
	return false;
}

static bool
board_is_open(const struct app *app, size_t board)
{
	for (size_t i = 0; i < app->tab_count; i++)
		if (app->tabs[i].board == &app->boards[board])
			return true;
	return false;
}

static void
add_places(struct palette *palette, const struct app *app)
{
	for (size_t i = 0; i + 1 < app->tab_count; i++)
		if (app_tab_is_there(app, i))
			add_place(palette, (struct choice_here){ .tab = i }, tabs_title(app, i),
				  app->tabs[i].board != NULL ? app->tabs[i].board->help
							     : app->tabs[i].list.view->help);
	for (size_t i = BOARD_TABS; i < BOARD_COUNT; i++)
		if (!board_is_open(app, i))
			add_place(palette, (struct choice_here){ .board = i },
				  app->boards[i].title, app->boards[i].help);
	for each_view(view)
		if (!has_tab(app, view))
			add_place(palette, (struct choice_here){ .view = view }, view->title,
				  view->help);
}

static void
fill(struct palette *palette, struct app *app)
{
	size_t most = most_items();

	palette->items = arena_alloc(&palette->arena, most * sizeof *palette->items);
	palette->choices = arena_alloc(&palette->arena, most * sizeof *palette->choices);
	for each_command(command)
		if (run_is_offered(app_list(app), command))
			add(palette, (struct choice_here){ .command = command }, command->name,
			    command->help, command->key);
	for each_action(action)
		if (is_worth_finding(action) && (action->places & app_place(app)) != 0)
			add(palette, (struct choice_here){ .action = action }, action->name,
			    action->help, action->keys[0]);
	add_places(palette, app);
}

static void
take(struct app *app, const struct choice_here *choice)
{
	if (choice->command != NULL)
		run_command(app, choice->command);
	else if (choice->action != NULL)
		choice->action->run(app);
	else if (choice->view != NULL)
		app_open_view(app, choice->view, "");
	else if (choice->board != 0)
		app_open_board(app, choice->board);
	else
		app_open_tab(app, choice->tab);
}

void
palette_run(struct app *app)
{
	struct palette palette = { 0 };
	int picked;

	fill(&palette, app);
	picked = pick_choose(app, "Commands: type a word of what you want to do", palette.items,
			     palette.count, 0);
	if (picked != PICK_NONE)
		take(app, &palette.choices[picked]);
	arena_free(&palette.arena);
}
