/* SPDX-License-Identifier: MIT */
#include "core/guard.h"

#include <string.h>

bool
guard_is_needed(const char *words)
{
	words += strspn(words, "'");
	return *words != '\0' && strchr("=+-@\t\r", *words) != NULL;
}

bool
guard_is_present(const char *words)
{
	return *words == '\'' && guard_is_needed(words);
}
