/* SPDX-License-Identifier: MIT */
#ifndef TUI_BROWSE_ACTIONS_H
#define TUI_BROWSE_ACTIONS_H

#include "tui/app.h"

/* What actions[] runs on the tabs: moving, searching, sorting, selecting, opening. */
void browse_up(struct app *app);
void browse_down(struct app *app);
void browse_page_up(struct app *app);
void browse_page_down(struct app *app);
void browse_first(struct app *app);
void browse_last(struct app *app);
void browse_left(struct app *app);
void browse_right(struct app *app);
void browse_open(struct app *app);
void browse_define(struct app *app);
void browse_read(struct app *app);
void browse_keep(struct app *app);
void browse_take(struct app *app);
void browse_back(struct app *app);
void browse_next_tab(struct app *app);
void browse_previous_tab(struct app *app);
void browse_numbered_tab(struct app *app);
void browse_sort(struct app *app);
void browse_reverse(struct app *app);
void browse_clear_filter(struct app *app);
void browse_select(struct app *app);
void browse_select_all(struct app *app);
void browse_unselect(struct app *app);
void browse_new(struct app *app);
void browse_related(struct app *app);
void browse_history(struct app *app);
void browse_changes(struct app *app);
void browse_makes(struct app *app);
void browse_read_again(struct app *app);
void browse_quit(struct app *app);

#endif
