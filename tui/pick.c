/* SPDX-License-Identifier: MIT */
#include "tui/pick.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/memory.h"
#include "tui/actions.h"
#include "tui/edit.h"
#include "tui/status.h"

enum { NAME_COLUMN = 3, GAP = 2, ROWS_MAX = 14, HELP_WIDTH_MIN = 16 };

struct pick {
	struct layer layer;
	const char *title;
	const struct pick_item *items;
	size_t count;
	struct edit typed;
	size_t *found;		/* numbers of the items that match what was typed */
	size_t found_count;
	size_t cursor, top;	/* in found[] */
	int rows;		/* of items, as drawn last */
};

/* Whether `text` holds the `size` bytes at `word`, the case of ASCII letters aside. */
static bool
holds(const char *text, const char *word, size_t size)
{
	for (; text != NULL && *text != '\0'; text++)
		if (strncasecmp(text, word, size) == 0)
			return true;
	return false;
}

/* Whether each of the words is in its name or its help. */
static bool
item_matches(const struct pick_item *item, const char *words)
{
	while (*words != '\0') {
		size_t size = strcspn(words, " ");

		if (size > 0 && !holds(item->name, words, size) && !holds(item->help, words, size))
			return false;
		words += size + (words[size] == ' ');
	}
	return true;
}

enum closeness { CLOSENESS_SAME, CLOSENESS_BEGINS, CLOSENESS_HOLDS, CLOSENESS_NONE };

static enum closeness
closeness(const struct pick_item *item, const char *words)
{
	if (item->name != NULL && strcasecmp(item->name, words) == 0)
		return CLOSENESS_SAME;
	if (item->name != NULL && strncasecmp(item->name, words, strlen(words)) == 0)
		return CLOSENESS_BEGINS;
	return item_matches(item, words) ? CLOSENESS_HOLDS : CLOSENESS_NONE;
}

/* The name that was typed comes first, then those that begin so: "no" is not "not assessed". */
static void
find(struct pick *pick)
{
	const char *words = edit_words(&pick->typed);

	pick->found_count = 0;
	for (int close = CLOSENESS_SAME; close < CLOSENESS_NONE; close++)
		for (size_t i = 0; i < pick->count; i++)
			if ((int)closeness(&pick->items[i], words) == close)
				pick->found[pick->found_count++] = i;
	pick->cursor = pick->top = 0;
}

static int
name_width(const struct pick *pick, int columns)
{
	int width = 8;

	for (size_t i = 0; i < pick->count; i++)
		if (pick->items[i].name != NULL && text_width(pick->items[i].name) > width)
			width = text_width(pick->items[i].name);
	return width < columns - NAME_COLUMN - 1 ? width : columns - NAME_COLUMN - 1;
}

/* 0 when no item has a key. */
static int
keys_width(const struct pick *pick)
{
	int width = 0;

	for (size_t i = 0; i < pick->count; i++)
		if (pick->items[i].key != NULL && text_width(pick->items[i].key) > width)
			width = text_width(pick->items[i].key);
	return width;
}

static void
draw_items(struct pick *pick, struct area area, int row)
{
	int width = name_width(pick, area.columns), keys = keys_width(pick);
	int help = NAME_COLUMN + width + GAP + (keys > 0 ? keys + GAP : 0);

	for (int i = 0; i < pick->rows; i++) {
		size_t at = pick->top + (size_t)i;
		enum style style = at == pick->cursor ? STYLE_CURSOR : STYLE_PLAIN;
		const struct pick_item *item;

		screen_text(row + i, area.column, area.columns,
			    at < pick->found_count ? style : STYLE_PLAIN, "");
		if (at >= pick->found_count)
			continue;
		item = &pick->items[pick->found[at]];
		screen_text(row + i, area.column + NAME_COLUMN, width, style,
			    item->name != NULL ? item->name : "");
		if (item->key != NULL)
			screen_text(row + i, help - GAP - keys, keys, style, item->key);
		if (item->help != NULL && area.columns - help >= HELP_WIDTH_MIN)
			screen_text(row + i, help, area.columns - help, style, item->help);
	}
}

/* A panel at the foot of the middle, so that what it is about stays in sight above. */
static void
draw(struct app *app, struct layer *layer, struct area area)
{
	struct pick *pick = (struct pick *)layer;
	int most = area.rows - 1 < ROWS_MAX ? area.rows - 1 : ROWS_MAX, row, width;

	pick->rows = pick->count < (size_t)most ? (int)pick->count : most;
	if (pick->cursor >= pick->top + (size_t)pick->rows)
		pick->top = pick->cursor - (size_t)pick->rows + 1;
	if (pick->cursor < pick->top)
		pick->top = pick->cursor;
	row = area.row + area.rows - pick->rows - 1;
	screen_text(row, area.column, area.columns, STYLE_BAR, " ");
	screen_text(row, area.column + 1, area.columns - 1, STYLE_BAR, pick->title);
	draw_items(pick, area, row + 1);
	row = area.row + area.rows;
	width = status_room(app, area.columns);
	screen_text(row, area.column, width, STYLE_PLAIN,
		    pick->found_count > 0 ? " Find:" : " None:");
	edit_draw(&pick->typed, row, area.column + 7, width - 8);
}

static void
move(struct pick *pick, int rows)
{
	if (rows < 0)
		pick->cursor = pick->cursor > (size_t)-rows ? pick->cursor - (size_t)-rows : 0;
	else if (pick->found_count > 0)
		pick->cursor = pick->cursor + (size_t)rows < pick->found_count
				       ? pick->cursor + (size_t)rows
				       : pick->found_count - 1;
}

/* What one key does; false when the pick is over, with *picked set. */
static bool
act(struct app *app, struct pick *pick, int key, int *picked)
{
	switch (app->pasting ? ACTION_NONE : action_id_for_key(PLACE_PICK, key)) {
	case ACTION_BACK:
		return false;
	case ACTION_ACCEPT:
		if (pick->found_count == 0)
			return true;
		*picked = (int)pick->found[pick->cursor];
		return false;
	case ACTION_UP:
		move(pick, -1);
		return true;
	case ACTION_DOWN:
		move(pick, 1);
		return true;
	case ACTION_PAGE_UP:
		move(pick, -pick->rows);
		return true;
	case ACTION_PAGE_DOWN:
		move(pick, pick->rows);
		return true;
	default:
		if (edit_key(&pick->typed, key, app->pasting))
			find(pick);
		return true;
	}
}

int
pick_choose(struct app *app, const char *title, const struct pick_item *items, size_t count,
	    size_t initial)
{
	struct pick pick = {
		.layer = { .draw = draw, .place = PLACE_PICK, .takes_text = true },
		.title = title, .items = items, .count = count,
	};
	int picked = PICK_NONE, key;

	pick.found = memory_alloc((count + 1) * sizeof *pick.found);
	find(&pick);
	while (pick.cursor + 1 < pick.found_count && pick.found[pick.cursor] != initial)
		pick.cursor++;
	if (pick.found_count > 0 && pick.found[pick.cursor] != initial)
		pick.cursor = 0;
	app_push(app, &pick.layer);
	do
		key = app_key(app);
	while (key != KEY_CLOSED && act(app, &pick, key, &picked));
	app_pop(app);
	edit_free(&pick.typed);
	free(pick.found);
	return picked;
}

const struct choice *
pick_word(struct app *app, const char *title, const struct choice *choices, const char *current)
{
	struct pick_item *items = NULL;
	size_t room = 0, count = 0, initial = 0;
	int picked;

	for each_choice(choice, choices) {
		items = memory_grow(items, &room, count + 1, sizeof *items);
		if (current != NULL && strcmp(choice->name, current) == 0)
			initial = count;
		items[count++] = (struct pick_item){ .name = choice->name };
	}
	picked = pick_choose(app, title, items, count, initial);
	free(items);
	return picked == PICK_NONE ? NULL : &choices[picked];
}
