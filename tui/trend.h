/* SPDX-License-Identifier: MIT */
#ifndef TUI_TREND_H
#define TUI_TREND_H

#include "commands/session.h"

/*
 * How fast the sites are cleared, in words, read while nothing else is to do; until it is read
 * again the words of before stay.
 */
struct trend {
	struct arena arena;
	const char *words;	/* NULL: not read yet */
	const char *brief;	/* for a small screen */
	bool fresh;
};

/* Reads it if it is not fresh; *done when it was. */
bool trend_read(struct trend *trend, const struct session *session, bool *done,
		struct error *error);

#endif
