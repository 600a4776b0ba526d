/* SPDX-License-Identifier: MIT */
#ifndef TUI_DETAIL_H
#define TUI_DETAIL_H

#include "commands/session.h"
#include "core/entity.h"
#include "core/rule.h"

struct app;
struct area;

/*
 * The pane beside a list: which rules the record under the cursor breaks, and every field of it,
 * read while nobody presses a key.
 */
struct detail {
	struct arena arena;
	struct record *record;		/* NULL for none */
	struct finding *findings;	/* the rules that it breaks */
	size_t finding_count;
	struct record_id wanted;	/* value 0 for none */
};

/* The narrowest screen that has room for it. */
enum { DETAIL_SCREEN_COLUMNS = 120 };

/* Says which record to show. */
void detail_want(struct detail *detail, struct record_id id);
void detail_forget(struct detail *detail);

/* Reads it; *done when it is there already. */
bool detail_read(struct detail *detail, struct session *session, bool *done, struct error *error);

void detail_draw(const struct detail *detail, struct area area);

/*
 * Draws what a low area has room for: why the record breaks the rule; without one, the evidence of
 * a manufacturer.
 */
void detail_draw_foot(const struct detail *detail, const struct rule *rule, struct area area);

#endif
