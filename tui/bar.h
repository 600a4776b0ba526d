/* SPDX-License-Identifier: MIT */
#ifndef TUI_BAR_H
#define TUI_BAR_H

#include <stdint.h>

/*
 * Draws "[#####.....]", `width` columns wide: a part of a whole, empty while either is not known
 * (below zero) or the whole is 0.
 */
void bar_draw(int row, int column, int width, int64_t part, int64_t whole);

#endif
