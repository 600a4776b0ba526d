/* SPDX-License-Identifier: MIT */
#include "tui/bar.h"

#include "core/text.h"
#include "tui/screen.h"

void
bar_draw(int row, int column, int width, int64_t part, int64_t whole)
{
	int room = width - 2, filled = 0;
	struct text bar = { 0 };

	if (part > 0 && whole > 0)
		filled = part >= whole ? room : (int)(part * room / whole);
	/* Something is never nothing. */
	if (part > 0 && filled == 0 && whole > 0)
		filled = 1;
	text_append(&bar, "[");
	for (int i = 0; i < room; i++)
		text_append(&bar, i < filled ? "#" : ".");
	text_append(&bar, "]");
	screen_text(row, column, width, STYLE_PLAIN, text_words(&bar));
	text_free(&bar);
}
