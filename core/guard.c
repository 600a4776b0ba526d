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

/* Reads the cell that begins at `at`; returns where it ends: at its comma or the line's end. */
static const char *
read_cell(const char *at, struct text *words)
{
	if (*at == '"')
		for (at++; *at != '\0' && (*at != '"' || at[1] == '"'); at++) {
			at += *at == '"';
			text_append_bytes(words, at, 1);
		}
	at += *at == '"';
	for (; *at != '\0' && *at != ','; at++)
		text_append_bytes(words, at, 1);
	return at;
}

const char **
guard_split_line(const char *line, size_t *count, struct arena *arena)
{
	struct text words = { 0 };
	const char **cells = NULL, **more;
	size_t room = 0;

	for (*count = 0;; line++) {
		text_clear(&words);
		line = read_cell(line, &words);
		if (*count == room) {
			room = room == 0 ? 32 : 2 * room;
			more = arena_alloc(arena, room * sizeof *more);
			if (*count > 0)
				memcpy(more, cells, *count * sizeof *more);
			cells = more;
		}
		cells[(*count)++] = arena_text(arena, text_words(&words) +
							      guard_is_present(text_words(&words)));
		if (*line == '\0')
			break;
	}
	text_free(&words);
	return cells;
}
