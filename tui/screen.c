/* SPDX-License-Identifier: MIT */
#include "tui/screen.h"

#include "core/text.h"

void
screen_text(int row, int column, int width, enum style style, const char *text)
{
	struct text clean = { 0 };
	int rows, columns;

	screen_size(&rows, &columns);
	if (column + width > columns)
		width = columns - column;
	if (row < 0 || row >= rows || column < 0 || width <= 0)
		return;
	for (int used = text_for_screen(&clean, text, width); used < width; used++)
		text_append(&clean, " ");
	screen_place(row, column, style, text_words(&clean));
	text_free(&clean);
}
