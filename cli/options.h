/* SPDX-License-Identifier: MIT */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "commands/command.h"

enum options_wish {
	OPTIONS_SCREENS,	/* no words: the screens */
	OPTIONS_COMMAND,	/* request is ready to run */
	OPTIONS_HELP,		/* about request.command, or about the topics */
	OPTIONS_VERSION,
};

/* What the words of a command line ask for. Borrowed: the words and the arena must outlive it. */
struct options {
	enum options_wish wish;
	const char *register_path;	/* of -r; NULL when the environment says */
	/* Its command is also set when the words after it were misused. */
	struct request request;
	char *const *topics;		/* of OPTIONS_HELP: the words after `help` */
	size_t topic_count;
};

/*
 * Reads `count` words, without the program's name.  What begins with "--" is
 * an option, and so are -r, -o and -h; after "--" nothing is.  Another word
 * that begins with one dash belongs to the filter of a command that has one
 * (`list devices -removed`), and is a mistake elsewhere.
 * False with ERROR_USAGE and a sentence that names the nearest known word.
 */
bool options_read(size_t count, char *const words[], struct arena *arena, struct options *options,
		  struct error *error);

/*
 * The command that the words begin with, the longest name first; *used is how many words it took.
 * NULL for none.
 */
const struct command *options_find_command(size_t count, char *const words[], size_t *used);

/* Says that no command has such a name, and which was perhaps meant; always false. */
bool options_unknown_command(size_t count, char *const words[], struct arena *arena,
			     struct error *error);

#endif
