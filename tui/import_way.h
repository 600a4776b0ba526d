/* SPDX-License-Identifier: MIT */
#ifndef TUI_IMPORT_WAY_H
#define TUI_IMPORT_WAY_H

#include "tui/app.h"

/*
 * The way of a file into the register, screen by screen: which file, what its rows are, how its
 * columns are read, what that would do, and then doing it.  The person can go back at each step,
 * and nothing is changed before the last.
 */
void import_way_run(struct app *app);

#endif
