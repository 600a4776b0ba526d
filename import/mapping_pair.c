/* SPDX-License-Identifier: MIT */
/* Make and model in one cell: "Hik Vision DS-2CD2143", "Axis / P3245-LV", "Bosch". */
#include "import/mapping_row.h"

#include <string.h>

/* No maker has a longer name; each word of a cell is looked up with all that stand before it. */
enum { MAKE_BYTES_MAX = 120 };

/* What stands between a make and a model, besides blanks. */
static const char marks[] = " \t/-:,|";

/* How many bytes of the words are the longest name of a maker that they begin with; 0 for none. */
static size_t
known_make(const struct map *makes, const char *words, struct arena *arena)
{
	size_t longest = 0, step;

	for (size_t size = 0; words[size] != '\0' && size < MAKE_BYTES_MAX; size += step) {
		size_t next;

		text_is_letter(words + size, &step);
		if (words[size + step] != '\0' && text_is_letter(words + size + step, &next))
			continue;
		if (map_find(makes, text_fold(arena, arena_bytes(arena, words, size + step))) !=
		    NULL)
			longest = size + step;
	}
	return longest;
}

/* Where the first word behind the first begins that holds a digit: a model; 0 for none. */
static size_t
numbered_word(const char *words)
{
	size_t at = strcspn(words, " \t");

	while (words[at] != '\0') {
		size_t start = at + strspn(words + at, " \t"), size = strcspn(words + start, " \t");

		for (size_t i = start; i < start + size; i++)
			if (words[i] >= '0' && words[i] <= '9')
				return start;
		at = start + size;
	}
	return 0;
}

/* Where a / stands, or a - between blanks; the end of the words for none. */
static size_t
parting_mark(const char *words)
{
	const char *slash = strchr(words, '/'), *dash = strstr(words, " - ");

	if (slash != NULL && slash != words && (dash == NULL || slash < dash))
		return (size_t)(slash - words);
	return dash != NULL ? (size_t)(dash - words) : strlen(words);
}

const char *
mapping_part_pair(const struct map *makes, const char *cell, bool model, struct arena *arena)
{
	size_t size = makes != NULL ? known_make(makes, cell, arena) : 0;

	if (size == 0)
		size = numbered_word(cell);
	if (size == 0)
		size = parting_mark(cell);
	if (model)
		return cell + size + strspn(cell + size, marks);
	while (size > 1 && strchr(marks, cell[size - 1]) != NULL)
		size--;
	return arena_bytes(arena, cell, size);
}
