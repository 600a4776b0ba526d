/* SPDX-License-Identifier: MIT */
#include "tui/tabs.h"

#include <stdio.h>
#include <string.h>

enum { WORDS_SIZE = 64 };

static const char keys[] = "1234567890-";

char
tabs_key(size_t number)
{
	/* Behind the last stands the end of the text. */
	return number < sizeof keys ? keys[number] : '\0';
}

size_t
tabs_number(int key)
{
	const char *at = key > 0 && key < 0x80 ? strchr(keys, key) : NULL;

	return at != NULL ? (size_t)(at - keys) : sizeof keys;
}

const char *
tabs_title(const struct app *app, size_t number)
{
	const struct tab *tab = &app->tabs[number];

	return tab->board != NULL ? tab->board->title : tab->list.view->title;
}

/*
 * " 4 Sites", " 4", or "[4 Sites]" for the open one. The visitor has no key, so without its title
 * it has nothing.
 */
static int
format_tab(const struct app *app, size_t number, bool titled, char out[WORDS_SIZE])
{
	const char name[] = { tabs_key(number), titled && tabs_key(number) != '\0' ? ' ' : '\0',
			      '\0' };
	bool current = number == app->current;

	snprintf(out, WORDS_SIZE, "%c%s%s%s", current ? '[' : ' ', name,
		 titled ? tabs_title(app, number) : "", current ? "]" : "");
	return text_width(out);
}

/* Whether the tabs fit when so many to the left and right of the open one have their titles. */
static bool
fits(const struct app *app, size_t left, size_t right, int columns)
{
	char words[WORDS_SIZE];
	int width = 0;

	for (size_t i = 0; i < app->tab_count; i++)
		if (app_tab_is_there(app, i))
			width += format_tab(app, i,
					    i + left >= app->current && i <= app->current + right,
					    words);
	return width <= columns;
}

void
tabs_draw(const struct app *app, int columns)
{
	size_t left = 0, right = 0;
	char words[WORDS_SIZE];
	int column = 0;

	/* Titles are given out by turns to the right and to the left, as long as they fit. */
	for (bool grew = true; grew;) {
		grew = app->current + right + 1 < app->tab_count &&
		       fits(app, left, right + 1, columns);
		right += grew;
		if (left < app->current && fits(app, left + 1, right, columns)) {
			left++;
			grew = true;
		}
	}
	screen_text(0, 0, columns, STYLE_BAR, "");
	for (size_t i = 0; i < app->tab_count; i++) {
		int width;

		if (!app_tab_is_there(app, i))
			continue;
		width = format_tab(app, i, i + left >= app->current && i <= app->current + right,
				   words);
		screen_text(0, column, width, i == app->current ? STYLE_BAR_CURRENT : STYLE_BAR,
			    words);
		column += width;
	}
}
