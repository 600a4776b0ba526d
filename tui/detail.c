/* SPDX-License-Identifier: MIT */
#include "tui/detail.h"

#include <stdio.h>

#include "commands/browse.h"
#include "commands/finding.h"
#include "tui/app.h"
#include "tui/value.h"
#include "tui/wrap.h"

enum { LABEL_WIDTH = 18, MARGIN = 1, VALUE_LINES_MAX = 6, FINDING_LINES_MAX = 3 };

void
detail_want(struct detail *detail, struct record_id id)
{
	detail->wanted = id;
}

void
detail_forget(struct detail *detail)
{
	arena_free(&detail->arena);
	detail->record = NULL;
	detail->finding_count = 0;
}

/* Whether the record is there that is wanted. */
static bool
is_read(const struct detail *detail)
{
	return detail->record != NULL && detail->record->id.value == detail->wanted.value &&
	       detail->record->id.kind == detail->wanted.kind;
}

bool
detail_read(struct detail *detail, struct session *session, bool *done, struct error *error)
{
	struct detail read = { .wanted = detail->wanted };

	*done = is_read(detail);
	if (*done)
		return true;
	read.record = browse_record(session, detail->wanted, &read.arena, error);
	if (read.record == NULL ||
	    !findings_of_record(session, detail->wanted, &read.arena, &read.findings,
				&read.finding_count, error)) {
		arena_free(&read.arena);
		return false;
	}
	detail_forget(detail);
	*detail = read;
	return true;
}

/* Draws one field on as many lines as its value takes; returns the row behind it. */
static int
draw_field(const struct field *field, const char *value, struct area area, int row)
{
	enum style style = field_is_given(field) ? STYLE_PLAIN : STYLE_QUIET;
	int at = area.column + MARGIN + LABEL_WIDTH + 1,
	    width = area.columns - MARGIN - LABEL_WIDTH - 2;
	struct text line = { 0 };

	screen_text(row, area.column + MARGIN, LABEL_WIDTH, STYLE_QUIET, field->title);
	for (int i = 0;
	     i < VALUE_LINES_MAX && row < area.row + area.rows && wrap_line(&value, width, &line);
	     i++)
		screen_text(row++, at, width, style, text_words(&line));
	text_free(&line);
	return row;
}

/* "! R2  The camera ..." for each rule that it breaks; returns the row behind the last. */
static int
draw_findings(const struct detail *detail, struct area area, int row)
{
	for (size_t i = 0; i < detail->finding_count; i++) {
		const struct finding *finding = &detail->findings[i];
		struct text words = { 0 }, line = { 0 };
		const char *rest;

		text_format(&words, "%s %s: %s", finding->answered ? "Answered" : "!",
			    finding->rule->id, finding->words);
		rest = text_words(&words);
		for (int lines = 0; lines < FINDING_LINES_MAX && row < area.row + area.rows / 2 &&
		     wrap_line(&rest, area.columns - MARGIN - 1, &line); lines++)
			screen_text(row++, area.column + MARGIN, area.columns - MARGIN,
				    finding->answered ? STYLE_QUIET : STYLE_ERROR,
				    text_words(&line));
		text_free(&line);
		text_free(&words);
	}
	return row;
}

void
detail_draw(const struct detail *detail, struct area area)
{
	const struct record *record = detail->record;
	int row = area.row + 1, unknown = 0;
	struct text title = { 0 };

	if (!is_read(detail))
		return;
	text_format(&title, "%s %s", record->entity->title, record_key(record));
	screen_text(area.row, area.column + MARGIN, area.columns - MARGIN, STYLE_HEADING,
		    text_words(&title));
	text_free(&title);
	row = draw_findings(detail, area, row);
	for (int i = 0; i < record->entity->field_count && row < area.row + area.rows - 1; i++) {
		const struct field *field = &record->entity->fields[i];
		char words[VALUE_SIZE];
		const char *value = value_words(field, record->values[i], words);

		if (i == record->entity->key)
			continue;
		if (*value != '\0')
			row = draw_field(field, value, area, row);
		else
			unknown++;
	}
	if (unknown > 0) {
		char words[64];

		snprintf(words, sizeof words, "and %d %s that nobody has filled in", unknown,
			 unknown == 1 ? "field" : "fields");
		screen_text(area.row + area.rows - 1, area.column + MARGIN, area.columns - MARGIN,
			    STYLE_QUIET, words);
	}
}

void
detail_draw_foot(const struct detail *detail, const struct rule *rule, struct area area)
{
	const struct record *record = detail->record;
	struct text words = { 0 };

	if (!is_read(detail))
		return;
	for (size_t i = 0; i < detail->finding_count; i++)
		if (detail->findings[i].rule == rule)
			text_format(&words, "%s: %s", rule->id, detail->findings[i].words);
	if (record->entity->kind == ENTITY_MANUFACTURER)
		text_format(&words, "Evidence: %s",
			    record->values[MANUFACTURER_evidence] != NULL
				    ? record->values[MANUFACTURER_evidence]
				    : "none is recorded.");
	board_draw_paragraph(area, area.row, area.rows, STYLE_PLAIN, text_words(&words));
	text_free(&words);
}
