/* SPDX-License-Identifier: MIT */
#include "core/quantity.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { COUNT_DIGITS = 6 };

/* The size of a count of at least 1, or 0. */
static size_t
read_count(const char *text, int64_t *count)
{
	size_t size = 0;

	*count = 0;
	while (size < COUNT_DIGITS && isdigit((unsigned char)text[size]))
		*count = *count * 10 + text[size++] - '0';
	return *count > 0 && !isdigit((unsigned char)text[size]) ? size : 0;
}

/* The size of the sign "times", or 0. */
static size_t
read_times(const char *text)
{
	return *text == 'x' || *text == 'X' ? 1 : strncmp(text, "\xc3\x97", 2) == 0 ? 2 : 0;
}

/* The size of "no.", "nr" and the like, or 0. */
static size_t
read_unit(const char *text)
{
	static const char *const units[] = { "nos", "no", "nr", "off", "pcs" };

	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		size_t size = strlen(units[i]);

		if (strncasecmp(text, units[i], size) == 0)
			return size + (text[size] == '.');
	}
	return 0;
}

/* The size of "x4", "4 x" or "4 no." with the blanks behind, or 0: a blank or the end ends it. */
static size_t
read_quantity(const char *words, int64_t *count)
{
	size_t size = read_times(words), part;

	if (size > 0) {
		size += strspn(words + size, " ");
		part = read_count(words + size, count);
	} else {
		size = read_count(words, count);
		if (size == 0)
			return 0;
		size += strspn(words + size, " ");
		part = read_times(words + size);
		part = part > 0 ? part : read_unit(words + size);
	}
	size += part;
	if (part == 0 || (words[size] != '\0' && words[size] != ' '))
		return 0;
	return size + strspn(words + size, " ");
}

bool
quantity_parse(const char *words, int64_t *count)
{
	size_t size = read_quantity(words, count);

	return size > 0 && words[size] == '\0';
}

/* Whether the words could be what is counted: not the other side of 1920 x 1080, nor a zoom. */
static bool
is_countable(const char *words)
{
	size_t digits = strspn(words, "0123456789");

	return *words != '\0' && strncasecmp(words, "zoom", 4) != 0 &&
	       strncasecmp(words, "optical", 7) != 0 &&
	       (digits == 0 || isalpha((unsigned char)words[digits]));
}

/* Where " x4", " x 4" or " (x4)" begins at the end of the words, or 0. */
static size_t
find_at_end(const char *words, int64_t *count)
{
	size_t size = strlen(words), at, begin, times = 0;

	if (size > 0 && words[size - 1] == ')')
		size--;
	for (at = size; at > 0 && isdigit((unsigned char)words[at - 1]); at--)
		continue;
	if (at == size || read_count(words + at, count) != size - at)
		return 0;
	while (at > 0 && words[at - 1] == ' ')
		at--;
	if (at > 1 && words[at - 1] == 'x')
		times = 1;
	else if (at > 2 && strncmp(words + at - 2, "\xc3\x97", 2) == 0)
		times = 2;
	begin = at - times;
	if (words[size] == ')' && begin > 1 && words[begin - 1] == '(')
		begin--;
	else if (words[size] == ')')
		return 0;
	return times > 0 && words[begin - 1] == ' ' ? begin : 0;
}

bool
quantity_split(const char *words, int64_t *count, const char **rest, size_t *size)
{
	size_t at = *words == 'X' ? 0 : read_quantity(words, count);

	if (at > 0 && is_countable(words + at)) {
		*rest = words + at;
		*size = strlen(*rest);
		return true;
	}
	at = find_at_end(words, count);
	while (at > 0 && strchr(" ,-:", words[at - 1]) != NULL)
		at--;
	*rest = words;
	*size = at;
	return at > 0 && !(strspn(words, "0123456789") == at);
}
