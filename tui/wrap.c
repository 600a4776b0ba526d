/* SPDX-License-Identifier: MIT */
#include "tui/wrap.h"

#include <string.h>

/* What stands further right is no column but two blanks in a sentence. */
enum { COLUMN_MAX = 30 };

/* The columns of the character at `text`; *size is its bytes. */
static int
character_width(const char *text, size_t *size)
{
	char one[8] = { 0 };

	text_decode(text, strlen(text), size);
	memcpy(one, text, *size);
	return text_width(one);
}

/* How many bytes of the text stand on a line of that width. */
static size_t
line_size(const char *text, int width)
{
	size_t at = 0, blank = 0, size;
	int used = 0;

	while (text[at] != '\0' && text[at] != '\n') {
		int cells = character_width(text + at, &size);

		if (text[at] == ' ')
			blank = at;
		if (used + cells > width && at > 0)
			return blank > 0 ? blank : at;
		used += cells;
		at += size;
	}
	return at;
}

bool
wrap_line(const char **text, int width, struct text *line)
{
	size_t size;

	text_clear(line);
	if (**text == '\0')
		return false;
	size = line_size(*text, width);
	text_append_bytes(line, *text, size);
	*text += size;
	if (**text == '\n' || **text == ' ')
		(*text)++;
	return true;
}

/* Where the text behind a first column begins; 0 when the paragraph has no such column. */
static int
column_of(const char *paragraph, int width)
{
	size_t line = strcspn(paragraph, "\n"), at = 0;
	struct text before = { 0 };
	int column;

	while (at + 2 < line &&
	       !(paragraph[at] != ' ' && paragraph[at + 1] == ' ' && paragraph[at + 2] == ' '))
		at++;
	if (at + 2 >= line)
		return 0;
	at += 1 + strspn(paragraph + at + 1, " ");
	text_append_bytes(&before, paragraph, at);
	column = text_width(text_words(&before));
	text_free(&before);
	return column > COLUMN_MAX ? 0 : column < width / 2 ? column : 2;
}

bool
wrap_next(struct wrap *wrap)
{
	struct text words = { 0 };
	bool found;

	if (!wrap->inside) {
		wrap->heading = *wrap->text == '#';
		wrap->text += wrap->heading;
		wrap->indent = column_of(wrap->text, wrap->width);
	}
	found = wrap_line(&wrap->text, wrap->width - (wrap->inside ? wrap->indent : 0), &words);
	text_clear(&wrap->line);
	for (int i = 0; i < wrap->indent && wrap->inside; i++)
		text_append(&wrap->line, " ");
	text_append(&wrap->line, text_words(&words));
	wrap->inside = found && *wrap->text != '\0' && wrap->text[-1] != '\n';
	text_free(&words);
	return found;
}

int
wrap_count(const char *text, int width)
{
	struct wrap wrap = { .text = text, .width = width };
	int count = 0;

	while (wrap_next(&wrap))
		count++;
	text_free(&wrap.line);
	return count;
}
