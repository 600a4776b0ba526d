/* SPDX-License-Identifier: MIT */
#ifndef TUI_RUN_H
#define TUI_RUN_H

#include "commands/command.h"
#include "tui/app.h"

/*
 * Runs a command from the screens: fills what it can from the open list (its records, its search, its
 * order), asks for the rest, shows beforehand what a command with a dry run would do, and says what was done.
 */
void run_command(struct app *app, const struct command *command);

/* Whether the command makes sense on any tab, though it is about the records of one. */
bool run_is_everywhere(const struct command *command);

/* Whether the records of the open list are what the command acts on. */
bool run_acts_on_targets(struct app *app, const struct command *command);

#endif
