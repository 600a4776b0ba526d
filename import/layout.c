/* SPDX-License-Identifier: MIT */
#include "import/layout.h"

#include <inttypes.h>
#include <string.h>

enum { SHOWN_WIDTH = 40 };	/* columns of a row that are shown */

bool
layout_is_blank(const char *cell)
{
	size_t size = strlen(cell);

	text_trim(cell, &size);
	return size == 0;
}

/* What of a row there is. */
struct shape {
	size_t filled;		/* cells that are not blank */
	size_t reach;		/* the last of them, from 1 */
	size_t known;		/* those that are headings */
};

static struct shape
measure_row(const struct source_row *row, const struct reader_options *options)
{
	struct shape shape = { 0 };

	for (size_t i = 0; i < row->count; i++)
		if (!layout_is_blank(row->cells[i])) {
			shape.filled++;
			shape.reach = i + 1;
		}
	if (options->recognise != NULL)
		shape.known = options->recognise(options->context, row->cells, row->count);
	return shape;
}

/* How far most rows reach, and of several distances that of the first row. */
static size_t
find_usual_reach(const struct shape *shapes, size_t count)
{
	size_t usual = 0, most = 0;

	for (size_t i = 0; i < count; i++) {
		size_t same = 0;

		for (size_t other = 0; other < count; other++)
			same += shapes[other].reach == shapes[i].reach;
		if (same > most) {
			most = same;
			usual = shapes[i].reach;
		}
	}
	return usual;
}

static size_t
find_by_shape(const struct shape *shapes, size_t count)
{
	size_t usual = find_usual_reach(shapes, count);

	for (size_t i = 0; i < count; i++)
		if (shapes[i].reach >= usual && shapes[i].filled * 2 > usual)
			return i;
	return 0;
}

size_t
layout_find_heading(struct rows *rows, const struct reader_options *options)
{
	struct shape shapes[READER_LAYOUT_ROWS] = { 0 };
	size_t best = 0, known = 0,
	       count = rows->count < READER_LAYOUT_ROWS ? rows->count : READER_LAYOUT_ROWS;

	for (size_t i = 0; i < count; i++) {
		struct source_row row;

		rows_at(rows, i, &row);
		shapes[i] = measure_row(&row, options);
		if (shapes[i].known > known && (shapes[i].known > 1 || shapes[i].filled == 1)) {
			best = i;
			known = shapes[i].known;
		}
	}
	return known > 0 ? best : find_by_shape(shapes, count);
}

/* The filled cells of a row, as far as there is room for them; nothing when there is none. */
static bool
append_words(const struct source_row *row, const char *before, struct text *out)
{
	struct text words = { 0 };
	bool filled;

	for (size_t i = 0; i < row->count; i++)
		if (!layout_is_blank(row->cells[i]))
			text_format(&words, "%s%s", words.length > 0 ? ", " : "", row->cells[i]);
	filled = words.length > 0;
	if (filled) {
		text_format(out, "%s'", before);
		text_for_screen(out, text_words(&words), SHOWN_WIDTH);
		text_append(out, "'");
	}
	text_free(&words);
	return filled;
}

const char *
layout_tell_passed(struct rows *rows, int64_t count, int64_t heading_line, const char *line_word,
		   struct arena *arena)
{
	struct text words = { 0 };
	int64_t seen = 0;
	const char *notice;

	for (int shown = 0; seen < count && seen < (int64_t)rows->count && shown < LAYOUT_SHOWN;
	     seen++) {
		struct source_row row;

		rows_at(rows, (size_t)seen, &row);
		shown += append_words(&row, shown == 0 ? ": " : ", ", &words);
	}
	notice = arena_format(arena,
			      "Passed over %s above the heading, which is on %s %" PRId64 "%s%s.",
			      text_count(arena, count, line_word,
					 arena_format(arena, "%ss", line_word)),
			      line_word, heading_line, text_words(&words),
			      seen < count && words.length > 0 ? " and more" : "");
	text_free(&words);
	return notice;
}
