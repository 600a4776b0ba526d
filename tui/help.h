/* SPDX-License-Identifier: MIT */
#ifndef TUI_HELP_H
#define TUI_HELP_H

#include "tui/app.h"

/* Shows what the keys do here, the words of a search and the list's columns, from the tables. */
void help_run(struct app *app);

#endif
