/* SPDX-License-Identifier: MIT */
#ifndef CLI_USAGE_H
#define CLI_USAGE_H

#include "cli/options.h"
#include "core/text.h"

/* "terrier show ENTITY KEY [--history]", wrapped at 80 columns, with a line end. */
void usage_line(struct text *out, const struct command *command);

/* Every command with its line of help, and what else `terrier help` can tell. */
void usage_commands(struct text *out);

/* One command: usage, operands, details. */
void usage_command(struct text *out, const struct command *command);

/* `terrier help` and the words after it; false with a sentence when there is no such topic. */
bool usage_topic(struct text *out, size_t count, char *const words[], struct arena *arena,
		 struct error *error);

#endif
