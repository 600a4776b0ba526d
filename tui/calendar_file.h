/* SPDX-License-Identifier: MIT */
#ifndef TUI_CALENDAR_FILE_H
#define TUI_CALENDAR_FILE_H

#include "tui/app.h"

/*
 * Writes what `terrier due` lists to a file that other calendars read, and says how many dates and
 * where. Asks for the path, and before it replaces a file.
 */
void calendar_file_run(struct app *app);

#endif
