/* SPDX-License-Identifier: MIT */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "cli/options.h"

/* What the program tells whoever started it. */
enum run_status {
	RUN_DONE = 0,
	RUN_FAILED = 1,
	RUN_MISUSED = 2,
	RUN_REFUSED = 3,	/* done, but something was refused */
};

/*
 * Does what the options ask, all but OPTIONS_SCREENS: data on standard output, sentences on
 * standard error.
 */
enum run_status run_options(const struct options *options, struct session *session,
			    struct arena *arena);

/* Shows the error on standard error; when misused, with the command's usage (NULL for none). */
enum run_status run_failed(const struct command *command, const struct error *error);

#endif
