/* SPDX-License-Identifier: MIT */
#include "core/json.h"

#include <string.h>

/* What stands for one character that cannot be copied; false when it can. */
static bool
append_escape(struct text *text, int32_t point)
{
	static const char *const short_forms[] = {
		['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f", ['\r'] = "\\r",
		['"'] = "\\\"", ['\\'] = "\\\\",
	};

	if (point < 0)
		text_append(text, "\xef\xbf\xbd");
	else if ((size_t)point < sizeof short_forms / sizeof short_forms[0] &&
		 short_forms[point] != NULL)
		text_append(text, short_forms[point]);
	else if (point < 0x20 || (point >= 0x7f && point <= 0x9f))
		text_format(text, "\\u%04x", (unsigned)point);
	else
		return false;
	return true;
}

/* How many bytes at the start are ASCII that needs no escape. */
static size_t
plain_size(const char *words, size_t size)
{
	size_t i = 0;

	while (i < size && words[i] >= 0x20 && words[i] < 0x7f && words[i] != '"' &&
	       words[i] != '\\')
		i++;
	return i;
}

void
json_append_string(struct text *text, const char *words)
{
	size_t left = strlen(words), size;

	text_append_bytes(text, "\"", 1);
	for (; left > 0; words += size, left -= size) {
		size = plain_size(words, left);
		if (size == 0 && append_escape(text, text_decode(words, left, &size)))
			continue;
		text_append_bytes(text, words, size);
	}
	text_append_bytes(text, "\"", 1);
}

void
json_append_member(struct text *text, const char *name, const char *words)
{
	json_append_string(text, name);
	text_append_bytes(text, ":", 1);
	if (words != NULL)
		json_append_string(text, words);
	else
		text_append(text, "null");
}
