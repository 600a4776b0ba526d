/* SPDX-License-Identifier: MIT */
#include "tui/wrap.h"

#include <string.h>

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

int
wrap_count(const char *text, int width)
{
	struct text line = { 0 };
	int count = 0;

	while (wrap_line(&text, width, &line))
		count++;
	text_free(&line);
	return count;
}
