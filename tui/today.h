/* SPDX-License-Identifier: MIT */
#ifndef TUI_TODAY_H
#define TUI_TODAY_H

#include "core/figure.h"
#include "commands/session.h"

struct app;
struct area;

/*
 * The screen that opens: what needs doing, as figures that open their rows.
 * Each is counted when nothing else is to do, and shown when it arrives.
 */
enum { TODAY_FIGURES_MAX = 64 };

struct today {
	struct today_figure {
		const struct figure *figure;
		int64_t value;		/* -1: not counted yet */
		bool shown;		/* a row of the screen; else only wanted for the headline */
	} figures[TODAY_FIGURES_MAX];
	size_t count;
	size_t cursor;			/* a shown one */
};

void today_init(struct today *today);

/* Says that every figure is to be counted again. */
void today_invalidate(struct today *today);

/* Counts one figure; *done when none was left. */
bool today_count(struct today *today, const struct session *session, bool *done, struct error *error);

void today_move(struct today *today, int rows);
const struct figure *today_figure(const struct today *today);
void today_draw(struct app *app, struct area area);

#endif
