/* SPDX-License-Identifier: MIT */
#ifndef TUI_FIGURES_H
#define TUI_FIGURES_H

#include "tui/board.h"

/* Every figure with its definition, under bars of how far the programme is. */
void figures_fill(struct board *board);

#endif
