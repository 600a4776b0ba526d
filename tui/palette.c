/* SPDX-License-Identifier: MIT */
#include "tui/palette.h"

#include "tui/actions.h"
#include "tui/browse_actions.h"
#include "tui/keys.h"
#include "tui/pick.h"
#include "tui/run.h"

/* What can be run here: commands first, then the actions that have a function. */
struct palette {
	struct pick_item *items;
	const struct command **commands;	/* NULL where the item is an action */
	const struct action **actions;
	size_t count;
};

static size_t
most_items(void)
{
	size_t count = 0;

	for each_command(command)
		count++;
	for each_action(action)
		count++;
	return count;
}

static void
add(struct palette *palette, struct arena *arena, const struct command *command, const struct action *action)
{
	const char *name = command != NULL ? command->name : action->name;
	const char *key = command != NULL ? command->key : action->keys[0];
	char name_of_key[KEY_NAME_SIZE];
	const char *help = command != NULL ? command->help : action->help;

	palette->commands[palette->count] = command;
	palette->actions[palette->count] = action;
	if (key != NULL)
		key = arena_text(arena, key_name(key_named(key), name_of_key));
	palette->items[palette->count++] = (struct pick_item){ name, help, key };
}

/* Not the palette itself, nor what asks for the key that was pressed. */
static bool
is_worth_finding(const struct action *action)
{
	return action->run != NULL && action->run != palette_run && action->run != browse_numbered_tab;
}

static void
fill(struct palette *palette, struct app *app, struct arena *arena)
{
	size_t most = most_items();

	palette->items = arena_alloc(arena, most * sizeof *palette->items);
	palette->commands = arena_alloc(arena, most * sizeof *palette->commands);
	palette->actions = arena_alloc(arena, most * sizeof *palette->actions);
	for each_command(command)
		if (run_is_offered(app_list(app), command))
			add(palette, arena, command, NULL);
	for each_action(action)
		if (is_worth_finding(action) && (action->places & app_place(app)) != 0)
			add(palette, arena, NULL, action);
}

void
palette_run(struct app *app)
{
	struct palette palette = { 0 };
	struct arena arena = { 0 };
	int picked;

	fill(&palette, app, &arena);
	picked = pick_choose(app, "Commands: type a word of what you want to do", palette.items, palette.count, 0);
	if (picked != PICK_NONE && palette.commands[picked] != NULL)
		run_command(app, palette.commands[picked]);
	else if (picked != PICK_NONE)
		palette.actions[picked]->run(app);
	arena_free(&arena);
}
