/* SPDX-License-Identifier: MIT */
#include "import/quotes.h"

#include <string.h>

static bool
is_blank(const struct quotes *quotes, char byte)
{
	return (byte == ' ' || byte == '\t') && byte != quotes->delimiter;
}

static bool
ends_cell(const struct quotes *quotes, char byte)
{
	return byte == quotes->delimiter || byte == '\n' || byte == '\r';
}

/* Nothing is known of the cell yet but where in it the watch stands. */
static void
begin_cell(struct quotes *quotes, enum quotes_place place)
{
	*quotes = (struct quotes){ .place = place, .delimiter = quotes->delimiter };
}

/*
 * Whether the cell that stands at `end` has nothing but blanks so far; `start` is where
 * quotes->place held.
 */
static bool
is_cell_start(const struct quotes *quotes, const char *start, const char *end)
{
	while (end > start && is_blank(quotes, end[-1]))
		end--;
	return end == start ? quotes->place == QUOTES_CELL_START : ends_cell(quotes, end[-1]);
}

/* Outside quotes: on to behind the next one. */
static const char *
skip_plain(struct quotes *quotes, const char *at, const char *end)
{
	const char *quote = memchr(at, '"', (size_t)(end - at));
	bool starts = is_cell_start(quotes, at, quote != NULL ? quote : end);

	if (quote == NULL) {
		quotes->place = starts ? QUOTES_CELL_START : QUOTES_PLAIN;
		return end;
	}
	begin_cell(quotes, starts ? QUOTES_QUOTED : QUOTES_PLAIN);
	return quote + 1;
}

/* Inside quotes: on to behind the next one. */
static const char *
skip_quoted(struct quotes *quotes, const char *at, const char *end)
{
	const char *quote = memchr(at, '"', (size_t)(end - at));
	size_t size = (size_t)((quote != NULL ? quote : end) - at);

	quotes->lines |= memchr(at, '\n', size) != NULL || memchr(at, '\r', size) != NULL;
	if (quote == NULL)
		return end;
	quotes->place = QUOTES_AFTER_QUOTE;
	quotes->blanks = false;
	return quote + 1;
}

/* Behind a quote inside quotes: it ends the cell, is half of a doubled one, or is a stray. */
static void
judge_quote(struct quotes *quotes, char byte)
{
	if (is_blank(quotes, byte)) {
		quotes->blanks = true;
	} else if (ends_cell(quotes, byte)) {
		begin_cell(quotes, QUOTES_CELL_START);
	} else if (byte == '"' && quotes->blanks) {
		quotes->stray = true;
		quotes->blanks = false;
	} else {
		quotes->stray |= byte != '"';
		quotes->place = QUOTES_QUOTED;
	}
}

size_t
quotes_check(struct quotes *quotes, const char *bytes, size_t size)
{
	const char *at = bytes, *end = bytes + size;

	while (at < end) {
		if (quotes->place == QUOTES_AFTER_QUOTE)
			judge_quote(quotes, *at++);
		else if (quotes->place == QUOTES_QUOTED)
			at = skip_quoted(quotes, at, end);
		else
			at = skip_plain(quotes, at, end);
		if (quotes->stray && quotes->lines)
			return (size_t)(at - bytes);
	}
	return 0;
}
