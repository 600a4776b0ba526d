/* SPDX-License-Identifier: MIT */
#include "tui/import_preview.h"

#include "tui/actions.h"
#include "tui/grid.h"
#include "tui/import_details.h"
#include "tui/import_words.h"
#include "tui/status.h"
#include "tui/wrap.h"

enum { NUMBER_WIDTH = 11, NAME_WIDTH = 12, NARROW = 60 };

struct preview {
	struct layer layer;
	const struct import_summary *summary;
	const struct import_found *found;
	int64_t unknown;		/* refused rows that name what nobody knows */
	struct arena arena;
	struct grid grid;		/* one row an outcome, for its cursor alone */
};

/* The outcomes as they are shown: first those of the rows, which add up. */
static const struct line {
	enum import_outcome outcome;
	const char *name, *help;
} lines[] = {
	{ IMPORT_NEW, "New", "the register does not have them yet" },
	{ IMPORT_CHANGED, "Changed", "the file says something else of them" },
	{ IMPORT_SAME, "Same", "the register says all of this already" },
	{ IMPORT_REFUSED, "Refused", "cannot be taken; each has its reason" },
	{ IMPORT_ABSENT, "Absent", "the register has them, the file does not" },
	{ IMPORT_SKIPPED, "Skipped", "totals, headings again, blank lines: no rows" },
	{ IMPORT_CREATED, "To be made", "records that rows name and nobody knows" },
	{ IMPORT_QUESTION, "Questions", "people decided otherwise; nothing is overwritten" },
};

enum { LINE_COUNT = sizeof lines / sizeof lines[0], ROW_LINES = 4 };

static int64_t
count_of(const struct import_summary *summary, enum import_outcome outcome)
{
	int64_t created = 0;

	switch (outcome) {
	case IMPORT_NEW:
		return summary->new_rows;
	case IMPORT_CHANGED:
		return summary->changed;
	case IMPORT_SAME:
		return summary->same;
	case IMPORT_REFUSED:
		return summary->refused;
	case IMPORT_ABSENT:
		return summary->absent;
	case IMPORT_SKIPPED:
		return summary->skipped;
	case IMPORT_CREATED:
		for (int i = 0; i < ENTITY_COUNT; i++)
			created += summary->created[i];
		return created;
	default:
		return summary->questions;
	}
}

static void
draw_line(const struct preview *preview, size_t number, int row, struct area area)
{
	enum style style = number == preview->grid.cursor ? STYLE_CURSOR : STYLE_PLAIN;
	int at = area.column + NUMBER_WIDTH + 2;
	char words[TEXT_NUMBER_SIZE];
	const char *count = text_number(count_of(preview->summary, lines[number].outcome), words);
	int indent = NUMBER_WIDTH - text_width(count);

	screen_text(row, area.column, area.columns, style, "");
	screen_text(row, area.column + indent, NUMBER_WIDTH - indent, style, count);
	screen_text(row, at, NAME_WIDTH, style, lines[number].name);
	if (area.columns >= NARROW)
		screen_text(row, at + NAME_WIDTH, area.columns - at - NAME_WIDTH, style,
			    lines[number].help);
}

/* The sum stands under the rows that it is of, where there is room for it. */
static int
draw_sum(const struct preview *preview, int row, struct area area)
{
	char words[TEXT_NUMBER_SIZE];
	const char *sum = text_number(preview->summary->rows, words);
	int indent = NUMBER_WIDTH - text_width(sum);

	screen_text(row, area.column + indent, NUMBER_WIDTH - indent, STYLE_HEADING, sum);
	screen_text(row, area.column + NUMBER_WIDTH + 2, area.columns - NUMBER_WIDTH - 2,
		    STYLE_HEADING,
		    preview->summary->rows == 1 ? "row in the file" : "rows in the file");
	return row + 1;
}

static int64_t
count_unknown(const struct import_summary *summary)
{
	int64_t count = 0;

	for (int64_t i = 0; i < summary->refused; i++)
		count += summary->refusals[i].cause == REFUSAL_UNKNOWN_RECORD;
	return count;
}

/* Rows that would be taken if what they name were made. */
static void
append_advice(struct text *out, int64_t count)
{
	char number[TEXT_NUMBER_SIZE];

	if (count > 0)
		text_format(out,
			    "%s %s nobody knows. To have that made too, go back with Esc and press "
			    "%s.\n",
			    text_number(count, number),
			    count == 1 ? "refused row names what" : "refused rows name what",
			    action_key(PLACE_LOOK, ACTION_CREATE));
}

static void
draw_notices(const struct preview *preview, struct area area, int row)
{
	const struct import_summary *summary = preview->summary;
	struct text words = { 0 }, line = { 0 };
	struct arena arena = { 0 };
	const char *at;

	append_advice(&words, preview->unknown);
	for (size_t i = 0; i < summary->notice_count; i++)
		text_format(&words, "%s\n", import_words(&arena, summary->notices[i], PLACE_LOOK));
	at = text_words(&words);
	while (row < area.row + area.rows && wrap_line(&at, area.columns - 2, &line)) {
		if (row == area.row + area.rows - 1 && *at != '\0')
			text_append(&line, "\xe2\x80\xa6");
		screen_text(row++, area.column + 1, area.columns - 1, STYLE_QUIET,
			    text_words(&line));
	}
	text_free(&words);
	text_free(&line);
	arena_free(&arena);
}

static void
draw_title(const struct preview *preview, struct area area)
{
	const struct import_summary *summary = preview->summary;
	struct text title = { 0 };

	text_format(&title, "Preview of %s as %s: nothing is changed yet", summary->file,
		    summary->entity->plural);
	screen_text(area.row, area.column, area.columns, STYLE_BAR, "");
	screen_text(area.row, area.column + 1, area.columns - 1, STYLE_BAR, text_words(&title));
	text_free(&title);
}

/* On a low screen the lines scroll and the sum gives way. */
static void
draw(struct app *app, struct layer *layer, struct area area)
{
	struct preview *preview = (struct preview *)layer;
	bool roomy = area.rows > LINE_COUNT + 2;
	int row = area.row + 1, rows = area.rows - 1;
	size_t first = roomy || preview->grid.cursor < (size_t)rows
			       ? 0
			       : preview->grid.cursor - (size_t)rows + 1;

	for (int i = area.row; i < area.row + area.rows; i++)
		screen_text(i, area.column, area.columns, STYLE_PLAIN, "");
	screen_text(area.row + area.rows, area.column, status_room(app, area.columns), STYLE_PLAIN,
		    "");
	screen_cursor(-1, 0);
	draw_title(preview, area);
	preview->grid.rows = rows;
	for (size_t i = first; i < LINE_COUNT && row < area.row + area.rows; i++) {
		if (roomy && i == ROW_LINES)
			row = draw_sum(preview, row, area);
		draw_line(preview, i, row++, area);
	}
	if (roomy)
		draw_notices(preview, area, row + 1);
}

/* Opens the rows of the outcome under the cursor; true when the person says to do it. */
static bool
open_rows(struct app *app, struct preview *preview)
{
	const struct line *line = &lines[preview->grid.cursor];
	const char *title = arena_format(&preview->arena, "%s: %s", line->name, line->help);

	if (preview->found->lists[line->outcome].count == 0) {
		app_say(app, "There is nothing behind this number.");
		return false;
	}
	return import_details_run(app, title, line->outcome,
				  &preview->found->lists[line->outcome]) == IMPORT_DETAILS_APPLY;
}

/* What one key does; false when the preview is over, with *wanted set when it is to be done. */
static bool
act(struct app *app, struct preview *preview, int key, bool *wanted)
{
	enum action_id action = action_id_for_key(PLACE_PREVIEW, key);

	switch (action) {
	case ACTION_BACK:
		return false;
	case ACTION_ACCEPT:
		*wanted = true;
		return false;
	case ACTION_OPEN:
		*wanted = open_rows(app, preview);
		return !*wanted && !app->leaving;
	default:
		grid_act(&preview->grid, action);
		return true;
	}
}

bool
import_preview_run(struct app *app, const struct import_summary *summary,
		   const struct import_found *found)
{
	struct preview preview = {
		.layer = { .draw = draw, .place = PLACE_PREVIEW },
		.summary = summary,
		.found = found,
		.unknown = count_unknown(summary),
		.grid = { .count = LINE_COUNT },
	};
	bool wanted = false;
	int key;

	app_push(app, &preview.layer);
	do
		key = app_key(app);
	while (key != KEY_CLOSED && act(app, &preview, key, &wanted));
	app_pop(app);
	arena_free(&preview.arena);
	return wanted;
}
