/* SPDX-License-Identifier: MIT */
#ifndef TUI_PROMPT_H
#define TUI_PROMPT_H

#include "tui/app.h"

/*
 * Asks for one line; `initial` stands on it. False when the person cancels. Appends what was typed
 * to answer.
 */
bool prompt_ask(struct app *app, const char *question, const char *initial, struct text *answer);

/*
 * Asks a question that is answered by the first letter of one of the options (a table that ends
 * with NULL, no two beginning alike): the number of the option, or -1 when the person leaves it.
 */
int prompt_confirm(struct app *app, const char *question, const char *const *options);

#endif
