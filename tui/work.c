/* SPDX-License-Identifier: MIT */
#include "tui/work.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "tui/screen.h"

enum { GLANCE_MS = 10, NOTICE_MS = 200, FRAME_MS = 100, BAR_WIDTH = 20 };

/* Reads the keys that came meanwhile; Esc and Ctrl-C ask to stop, others are too early to mean anything. */
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

/* Over the status line and the key line, which belong to nobody while work goes on. */
static void
draw_progress(const char *what, int64_t done, int64_t total)
{
	char number[TEXT_NUMBER_SIZE];
	struct text line = { 0 };
	int rows, columns;

	text_append(&line, what != NULL && *what != '\0' ? what : "Working");
	text_append(&line, "\xe2\x80\xa6");
	if (done > 0 && total <= 0)
		text_format(&line, " %s", text_number(done, number));
	if (total > 0)
		format_bar(&line, done, total);
	screen_size(&rows, &columns);
	screen_text(rows - 2, 0, columns, STYLE_BAR_CURRENT, text_words(&line));
	screen_text(rows - 1, 0, columns, STYLE_KEY, " Esc stops it; nothing is changed then");
	screen_cursor(-1, 0);
	screen_show();
	text_free(&line);
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
	if (now - work->began_ms < NOTICE_MS || now - work->drawn_ms < FRAME_MS)
		return !work->stopped;
	draw_progress(what, done, total);
	work->drawn_ms = now;
	read_keys(work);
	return !work->stopped;
}

void
work_init(struct work *work)
{
	*work = (struct work){ .progress = { .step = step, .context = work } };
}

void
work_begin(struct work *work, enum work_kind kind)
{
	work->kind = kind;
	work->began_ms = progress_clock_ms();
	work->drawn_ms = 0;
	work->stopped = false;
}
