/* SPDX-License-Identifier: MIT */
#ifndef TUI_APP_DRAW_H
#define TUI_APP_DRAW_H

#include "tui/app.h"

/* The smallest screen that is drawn on; a smaller one is told so. */
enum { SCREEN_ROWS_MIN = 10, SCREEN_COLUMNS_MIN = 40 };

bool app_draw_has_room(void);

/* Whether the open list has the detail pane beside it. */
bool app_draw_has_detail(struct app *app);
/* Whether it has that, or some lines of it at its foot. */
bool app_draw_wants_detail(struct app *app);

/* Tells the open list how many rows of it are seen, before it is read. */
void app_draw_lay(struct app *app);

/* Draws everything: the tab, the layers on it from the lowest, the lines above and below. */
void app_draw(struct app *app);

#endif
