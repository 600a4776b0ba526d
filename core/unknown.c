/* SPDX-License-Identifier: MIT */
#include "core/unknown.h"

#include <string.h>

const char *const unknown_words[] = { "n/a", "tbc", "?", "-", NULL };

bool
unknown_is(const char *words)
{
	for (const char *const *word = unknown_words; *word != NULL; word++)
		if (strcmp(*word, words) == 0)
			return true;
	return false;
}
