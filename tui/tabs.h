/* SPDX-License-Identifier: MIT */
#ifndef TUI_TABS_H
#define TUI_TABS_H

#include "tui/app.h"

/* The key that opens the tab: along the upper row of the keyboard; '\0' for one beyond it. */
char tabs_key(size_t number);
/* The tab of that key, or a number that no tab has. */
size_t tabs_number(int key);

const char *tabs_title(const struct app *app, size_t number);

/*
 * The line of tabs: each with its key, the open one and as many beside it as there is room for with
 * their titles too, so that the open one is always seen.
 */
void tabs_draw(const struct app *app, int columns);

#endif
