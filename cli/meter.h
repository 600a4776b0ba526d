/* SPDX-License-Identifier: MIT */
#ifndef CLI_METER_H
#define CLI_METER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/progress.h"

/*
 * Shows on standard error how far long work is: nothing for the first half second, then on a
 * terminal one line that is redrawn, and elsewhere a line every few seconds.  `struct meter meter =
 * { 0 };` then meter_start(); meter_finish() clears the line.
 */
struct meter {
	struct progress progress;	/* give its address to the session */
	bool is_terminal;
	int64_t began_ms;		/* when the present work began */
	int64_t shown_ms;		/* when the line was last written */
	int64_t rows;			/* that the present work is through; 0: not counted */
	int width;			/* columns of the line on the terminal; 0 for none */
	char what[64];			/* the present work */
};

/* The work is told to stop once interrupt_asked(). The meter must not move in memory after this. */
void meter_start(struct meter *meter);
void meter_finish(struct meter *meter);

/*
 * The line for so much work, and so many rows (0: not counted), in so many milliseconds:
 * "Reading devices  45 %  450,000 rows, 150,000 a second, about 3 s left".
 */
enum { METER_LINE_SIZE = 240 };
void meter_line(char line[METER_LINE_SIZE], const char *what, int64_t done, int64_t total,
		int64_t rows, int64_t elapsed_ms);

#endif
