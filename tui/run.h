/* SPDX-License-Identifier: MIT */
#ifndef TUI_RUN_H
#define TUI_RUN_H

#include "commands/command.h"
#include "tui/app.h"

/*
 * Runs a command from the screens: fills what it can from the open list (its records, its search,
 * its order), asks for the rest, shows beforehand what a command with a dry run would do, and says
 * what was done.
 */
void run_command(struct app *app, const struct command *command);

/* The same with a word for one of its operands that is not asked for. */
void run_command_with(struct app *app, const struct command *command, const char *operand,
		      const char *word);

/*
 * Whether the command can be run where this list is open (NULL: Today): it acts on no records, or
 * on those of the list. Undo and redo act on the entry under the cursor in the history, undo on the
 * import under it in Sources, and else on the newest.
 */
bool run_is_offered(const struct list *list, const struct command *command);

#endif
