/* SPDX-License-Identifier: MIT */
#ifndef TUI_FINDINGS_H
#define TUI_FINDINGS_H

#include "core/rule.h"
#include "tui/board.h"

/*
 * The rules of the policy by how grave it is to break them: how many findings are open and how many
 * answered, and what to do.
 */
void findings_fill(struct board *board);

/* The rules whose breaking is a breach, for Today. */
void findings_add_breaches(struct board *board);

/* The rule that a list's filter names with finding:, answered: or breaks:, or NULL. */
const struct rule *findings_rule_of_filter(const char *filter);

#endif
