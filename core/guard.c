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

static void
append_quoted(struct text *out, const char *words, bool guarded)
{
	text_append(out, guarded ? "\"'" : "\"");
	for (;;) {
		size_t size = strcspn(words, "\"");

		text_append_bytes(out, words, size);
		if (words[size] == '\0')
			break;
		text_append_bytes(out, "\"\"", 2);
		words += size + 1;
	}
	text_append_bytes(out, "\"", 1);
}

void
guard_append_cell(struct text *out, const char *words, bool guarded)
{
	if (words[strcspn(words, ",\"\r\n")] != '\0' || *words == ' ' || *words == '\t') {
		append_quoted(out, words, guarded);
		return;
	}
	text_append(out, guarded ? "'" : "");
	text_append(out, words);
}
