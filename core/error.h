/* SPDX-License-Identifier: MIT */
#ifndef CORE_ERROR_H
#define CORE_ERROR_H

#include <stdbool.h>

/* What went wrong: a kind for the program, a sentence for the person. */
enum error_kind {
	ERROR_NONE,
	ERROR_USAGE,		/* the words of a command cannot be understood */
	ERROR_INVALID,		/* the input breaks a rule */
	ERROR_NOT_FOUND,	/* no such row, file or command */
	ERROR_CONFLICT,		/* it would duplicate, orphan or overwrite a row */
	ERROR_DATABASE,		/* SQLite refused */
	ERROR_FILE,		/* a file cannot be read or written */
	ERROR_CANCELLED,	/* the person stopped it */
};

enum { ERROR_MESSAGE_SIZE = 1024 };

/* `struct error error = { 0 };` says that nothing went wrong. */
struct error {
	enum error_kind kind;
	char message[ERROR_MESSAGE_SIZE];	/* a whole sentence: what happened, what to do */
};

/* Fills error and returns false, so that a caller can `return error_set(...)`. */
bool error_set(struct error *error, enum error_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Puts words before the message, for a layer that knows more ("row 12: ..."); returns false. */
bool error_prefix(struct error *error, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
