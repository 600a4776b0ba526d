/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <strings.h>

#include "import/xlsx_parts.h"

/*
 * Number formats that hold a part of a code: 42 under 0000 is shown as 0042, under "CAM-"0 as
 * CAM-42.  A pattern is what is shown, with HOLE for every digit; the first of them takes all the
 * digits for which there is no other.
 */

enum { HOLE = '\1' };		/* no text of XML holds it */

/* Digits and words together are never longer than what number_write() has room for. */
enum { PATTERN_SIZE = NUMBER_SIZE - 32 };

struct making {
	char bytes[PATTERN_SIZE];
	size_t size;
	size_t holes, first;	/* how many, and where the first is */
};

static bool
add(struct making *making, const char *bytes, size_t size)
{
	if (making->size + size >= PATTERN_SIZE)
		return false;
	memcpy(making->bytes + making->size, bytes, size);
	making->size += size;
	return true;
}

static bool
add_hole(struct making *making)
{
	const char hole = HOLE;

	if (making->holes++ == 0)
		making->first = making->size;
	return add(making, &hole, 1);
}

/* Digits that may be missing, # and ?, do not matter before a zero: the first hole takes them. */
static bool
add_optional(struct making *making, const char **at)
{
	*at += strspn(*at, "#?") - 1;
	return making->holes == 0 && ((*at)[1] == '0' || add_hole(making));
}

/* What is in quotes; `at` is left on the last byte. */
static bool
add_quoted(struct making *making, const char **at)
{
	const char *words = *at + 1, *end = strchr(words, '"');

	if (end == NULL)
		return false;
	*at = end;
	return add(making, words, (size_t)(end - words));
}

/*
 * Colours, countries and currencies show no part of a code; a condition may leave the number to
 * another section.
 */
static bool
pass_brackets(const char **at)
{
	const char *end = strchr(*at, ']');

	if (end == NULL || strcspn(*at, "<>=") < (size_t)(end - *at))
		return false;
	*at = end;
	return true;
}

/* The character of the format at `at`, and what belongs to it; false for another sort of format. */
static bool
add_part(struct making *making, const char **at)
{
	switch (**at) {
	case '0':
		return add_hole(making);
	case '#':
	case '?':
		return add_optional(making, at);
	case '"':
		return add_quoted(making, at);
	case '\\':
		return *++*at != '\0' && add(making, *at, 1);
	case '_':
	case '*':
		return *++*at != '\0';
	case '[':
		return pass_brackets(at);
	default:
		if (strncasecmp(*at, "General", 7) != 0)
			return (strchr(" -+:()'", **at) != NULL || (unsigned char)**at >= 0x80) &&
			       add(making, *at, 1);
		*at += 6;
		return add_hole(making);
	}
}

/* Whether only the number is shown, or the number and, behind a blank, its unit: 0 "days". */
static bool
is_quantity(const struct making *making)
{
	return making->holes == 1 && making->first == 0 &&
	       (making->size == 1 || making->bytes[1] == ' ');
}

const char *
codes_pattern(const char *format, struct arena *arena)
{
	struct making making = { .size = 0 };
	const char *start = making.bytes;

	for (const char *at = format; *at != '\0' && *at != ';'; at++)
		if (!add_part(&making, &at))
			return NULL;
	if (making.holes == 0 || is_quantity(&making))
		return NULL;
	while (making.size > 0 && making.bytes[making.size - 1] == ' ')
		making.size--;
	while (*start == ' ')
		start++;
	return arena_bytes(arena, start, making.size - (size_t)(start - making.bytes));
}

size_t
codes_write(const char *pattern, const char *digits, char out[NUMBER_SIZE])
{
	size_t holes = 0, left = strlen(digits), size = 0;

	for (const char *at = pattern; *at != '\0'; at++)
		holes += *at == HOLE;
	for (; *pattern != '\0'; pattern++) {
		if (*pattern != HOLE) {
			out[size++] = *pattern;
			continue;
		}
		if (left < holes)
			out[size++] = '0';
		for (; left >= holes; left--)
			out[size++] = *digits++;
		holes--;
	}
	return size;
}
