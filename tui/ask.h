/* SPDX-License-Identifier: MIT */
#ifndef TUI_ASK_H
#define TUI_ASK_H

#include "commands/command.h"
#include "tui/app.h"

enum ask_answer {
	ASK_GIVEN,
	ASK_LEFT_OUT,		/* the person needs no such word */
	ASK_CANCELLED,
};

/* Asks for a word of a command about `target` ("12 devices", "" for none); appends it to answer. */
enum ask_answer ask_operand(struct app *app, const struct command *command,
			    const struct operand *operand, const char *target, struct text *answer);

/* "~/file" is what people write and only shells understand. */
void ask_expand_home(struct text *path);

#endif
