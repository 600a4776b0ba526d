/* SPDX-License-Identifier: MIT */
#include "tui/work.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "tui/screen.h"

enum { GLANCE_MS = 10, NOTICE_MS = 200, FRAME_MS = 100, BAR_WIDTH = 20 };

/* Reads the keys that came meanwhile; Esc and Ctrl-C ask to stop, others come too early. */
static void
read_keys(struct work *work)
{
	while (screen_key_is_waiting()) {
		int key = screen_key();

		if (key == KEY_ESCAPE || key == KEY_CONTROL('C') || key == KEY_CLOSED)
			work->stopped = true;
		if (key == KEY_CLOSED)
			return;
	}
}

static void
format_bar(struct text *out, int64_t done, int64_t total)
{
	int percent = (int)(done >= total ? 100 : done * 100 / total);
	char bar[BAR_WIDTH + 1];

	memset(bar, '.', BAR_WIDTH);
	memset(bar, '#', (size_t)(percent * BAR_WIDTH / 100));
	bar[BAR_WIDTH] = '\0';
	text_format(out, "  [%s] %d %%", bar, percent);
}

/* "Reading devices... [####......] 45 %" */
static void
format_share(struct text *out, const struct work *work, int64_t done, int64_t total)
{
	char number[TEXT_NUMBER_SIZE];

	text_format(out, "%s\xe2\x80\xa6", *work->what != '\0' ? work->what : "Working");
	if (total > 0)
		format_bar(out, done, total);
	else if (done > 0 && work->rows == 0)
		text_format(out, " %s", text_number(done, number));
}

/*
 * Over the status line and the key line, which belong to nobody while work goes on; "12,345 rows,
 * 41,150 a second, about 3 s left" stands on its own line where it does not fit behind the bar.
 */
static void
draw_progress(const struct work *work, int64_t done, int64_t total, int64_t now)
{
	char words[PROGRESS_WORDS_SIZE];
	struct text line = { 0 };
	int rows, columns;

	format_share(&line, work, done, total);
	progress_words(done, total, work->rows, now - work->part_began_ms, words);
	screen_size(&rows, &columns);
	if (text_width(text_words(&line)) + 2 + text_width(words) <= columns)
		text_format(&line, "  %s", words);
	else
		screen_text(rows - 3, 0, columns, STYLE_BAR_CURRENT, words);
	screen_text(rows - 2, 0, columns, STYLE_BAR_CURRENT, text_words(&line));
	screen_text(rows - 1, 0, columns, STYLE_KEY, " Esc stops it; nothing is changed then");
	screen_cursor(-1, 0);
	screen_show();
	text_free(&line);
}

/* The part of the work that is told of; it is timed by itself. */
static void
note_part(struct work *work, const char *what, int64_t now)
{
	if (what == NULL || strncmp(work->what, what, sizeof work->what - 1) == 0)
		return;
	snprintf(work->what, sizeof work->what, "%s", what);
	work->part_began_ms = now;
	work->rows = 0;
}

static void
count(void *context, int64_t rows)
{
	struct work *work = context;

	/* Fewer than before: the work has begun again. */
	if (rows < work->rows)
		work->part_began_ms = progress_clock_ms();
	work->rows = rows;
}

static bool
step(void *context, const char *what, int64_t done, int64_t total)
{
	struct work *work = context;
	int64_t now = progress_clock_ms();

	if (work->kind == WORK_IDLE)
		return !screen_key_is_waiting();
	if (work->kind == WORK_GLANCE)
		return now - work->began_ms < GLANCE_MS && !screen_key_is_waiting();
	note_part(work, what, now);
	if (now - work->began_ms < NOTICE_MS || now - work->drawn_ms < FRAME_MS)
		return !work->stopped;
	draw_progress(work, done, total, now);
	work->drawn_ms = now;
	read_keys(work);
	return !work->stopped;
}

void
work_init(struct work *work)
{
	*work = (struct work){ .progress = { .step = step, .context = work, .count = count } };
}

void
work_begin(struct work *work, enum work_kind kind)
{
	work->kind = kind;
	work->began_ms = progress_clock_ms();
	work->drawn_ms = 0;
	work->what[0] = '\0';
	work->part_began_ms = work->began_ms;
	work->rows = 0;
	work->stopped = false;
}
