/* SPDX-License-Identifier: MIT */
#include "cli/meter.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/interrupt.h"
#include "core/text.h"

enum { QUIET_MS = 500, REDRAW_MS = 100, REPEAT_MS = 5000 };

void
meter_line(char line[METER_LINE_SIZE], const char *what, int64_t done, int64_t total, int64_t rows,
	   int64_t elapsed_ms)
{
	char number[TEXT_NUMBER_SIZE], words[PROGRESS_WORDS_SIZE];
	bool known = total > 0 && done <= total;

	progress_words(known ? done : 0, total, rows, elapsed_ms, words);
	if (known)
		snprintf(line, METER_LINE_SIZE, "%s  %d %%%s%s", what, (int)(done * 100 / total),
			 *words != '\0' ? "  " : "", words);
	else if (*words != '\0' || done == 0)
		snprintf(line, METER_LINE_SIZE, "%s%s%s", what, *words != '\0' ? "  " : "", words);
	else
		snprintf(line, METER_LINE_SIZE, "%s  %s", what, text_number(done, number));
}

static void
clear_line(struct meter *meter)
{
	if (meter->width > 0)
		fprintf(stderr, "\r%*s\r", meter->width, "");
	meter->width = 0;
}

static void
show_line(struct meter *meter, const char *words)
{
	struct text line = { 0 };
	int width = text_for_screen(&line, words, -1);

	if (meter->is_terminal) {
		fprintf(stderr, "\r%s%*s", text_words(&line),
			meter->width > width ? meter->width - width : 0, "");
		meter->width = width > meter->width ? width : meter->width;
	} else {
		fprintf(stderr, "%s\n", text_words(&line));
	}
	text_free(&line);
}

static bool
step(void *context, const char *what, int64_t done, int64_t total)
{
	struct meter *meter = context;
	int64_t now = progress_clock_ms();
	char line[METER_LINE_SIZE];

	/* Only asked whether to go on: what was last said still holds. */
	if (what == NULL)
		return meter->what[0] != '\0' ? !interrupt_asked() : step(context, "Working", 0, 0);
	if (strncmp(meter->what, what, sizeof meter->what - 1) != 0) {
		snprintf(meter->what, sizeof meter->what, "%s", what);
		meter->began_ms = now;
		meter->rows = 0;
	}
	if (now - meter->shown_ms >= (meter->is_terminal ? REDRAW_MS : REPEAT_MS)) {
		meter_line(line, what, done, total, meter->rows, now - meter->began_ms);
		show_line(meter, line);
		meter->shown_ms = now;
	}
	return !interrupt_asked();
}

static void
count(void *context, int64_t rows)
{
	struct meter *meter = context;

	/* Fewer than before: the work has begun again. */
	if (rows < meter->rows)
		meter->began_ms = progress_clock_ms();
	meter->rows = rows;
}

void
meter_start(struct meter *meter)
{
	int64_t now = progress_clock_ms();

	*meter = (struct meter){ .progress = { step, meter, count },
				 .is_terminal = isatty(STDERR_FILENO) };
	meter->began_ms = now;
	/* As if shown so long ago that the next time is due when the quiet time ends. */
	meter->shown_ms = now + QUIET_MS - (meter->is_terminal ? REDRAW_MS : REPEAT_MS);
}

void
meter_finish(struct meter *meter)
{
	clear_line(meter);
}
