/* SPDX-License-Identifier: MIT */
#ifndef TUI_PALETTE_H
#define TUI_PALETTE_H

#include "tui/app.h"

/* Finds an action or command that can be run here by words of its name or help, and runs it. */
void palette_run(struct app *app);

#endif
