/* SPDX-License-Identifier: MIT */
#ifndef CLI_PRINTER_H
#define CLI_PRINTER_H

#include <stdbool.h>
#include <stdio.h>

#include "core/error.h"
#include "core/sink.h"
#include "core/text.h"

/*
 * Standard output.  To a file or a program the bytes go as they are; to a
 * terminal line by line through text_for_screen(), so that nothing in the data
 * can steer it.  `struct printer printer = { 0 };` then printer_open(); printer_close() ends it.
 */
struct printer {
	bool is_terminal;
	int columns;		/* of the terminal; 0: not known */
	bool reader_left;	/* the program at the other end of the pipe has read enough */
	struct text line;	/* of a terminal: what came since the last line end */
};

void printer_open(struct printer *printer);

/* Writes the bytes; the sink fails with ERROR_FILE, or ERROR_CANCELLED when the reader left. */
struct sink printer_sink(struct printer *printer);

/* Writes what is still held back. The output may not be used again. */
bool printer_close(struct printer *printer, struct error *error);

/* Sentences for the person: each line through text_for_screen(), a line end after the last. */
void printer_sentences(FILE *stream, const char *sentences);

#endif
