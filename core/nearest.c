/* SPDX-License-Identifier: MIT */
#include "core/nearest.h"

#include <stddef.h>
#include <string.h>

enum { WORD_LETTERS_MAX = 40 };	/* a longer word is compared by its beginning */

static int
least(int a, int b)
{
	return a < b ? a : b;
}

static int
length_of(const char *word)
{
	return least((int)strlen(word), WORD_LETTERS_MAX);
}

int
nearest_distance(const char *from, const char *to)
{
	int rows[WORD_LETTERS_MAX + 1][WORD_LETTERS_MAX + 1];
	int from_length = length_of(from), to_length = length_of(to);

	for (int i = 0; i <= from_length; i++)
		rows[i][0] = i;
	for (int j = 0; j <= to_length; j++)
		rows[0][j] = j;
	for (int i = 1; i <= from_length; i++)
		for (int j = 1; j <= to_length; j++) {
			int changed = rows[i - 1][j - 1] + (from[i - 1] != to[j - 1]);

			rows[i][j] = least(changed, least(rows[i - 1][j], rows[i][j - 1]) + 1);
			if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
				rows[i][j] = least(rows[i][j], rows[i - 2][j - 2] + 1);
		}
	return rows[from_length][to_length];
}

void
nearest_consider(struct nearest *nearest, const char *candidate)
{
	int distance = nearest_distance(nearest->word, candidate);

	if (nearest->best != NULL && distance >= nearest->distance)
		return;
	nearest->best = candidate;
	nearest->distance = distance;
}

int
nearest_allowed(const char *word)
{
	return 1 + length_of(word) / 4;
}

const char *
nearest_found(const struct nearest *nearest)
{
	return nearest->best != NULL && nearest->distance <= nearest_allowed(nearest->word)
		       ? nearest->best
		       : NULL;
}
