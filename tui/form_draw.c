/* SPDX-License-Identifier: MIT */
#include "tui/form.h"

#include "tui/status.h"
#include "tui/value.h"
#include "tui/wrap.h"

enum { LABEL_COLUMN = 3, LABEL_WIDTH = 19, LABEL_WIDTH_NARROW = 14, NARROW = 60, GAP = 1 };

/*
 * A value that cannot be typed has no line that scrolls: under the cursor it is read on as many
 * lines as it takes.
 */
static bool
is_unfolded(const struct form *form, int field)
{
	return field == form->field && !form_field_is_open(form, field) &&
	       form->now->values[field] != NULL;
}

static int
value_lines(const struct form *form, int field)
{
	char instant[VALUE_SIZE];
	int lines = 1;

	if (is_unfolded(form, field))
		lines = wrap_count(value_words(&form->entity->fields[field],
					       form->now->values[field], instant),
				   form->value_width);
	return lines < 1 ? 1 : lines < form->rows ? lines : form->rows;
}

/* A field takes a line, and one more below it when there is a mistake in it. */
static int
lines_of(const struct form *form, int field)
{
	return value_lines(form, field) + (form->mistakes[field] != NULL);
}

static int
line_of(const struct form *form, int field)
{
	int line = 0;

	for (int i = 0; i < field; i++)
		line += lines_of(form, i);
	return line;
}

static int
label_width(struct area area)
{
	return area.columns < NARROW ? LABEL_WIDTH_NARROW : LABEL_WIDTH;
}

/* What stands where nothing is filled in. */
static const char *
placeholder(const struct form *form, int field)
{
	const struct field *row = &form->entity->fields[field];

	if (!form_field_is_open(form, field))
		return "";
	return row->flags & FIELD_REQUIRED ? "(needed)" : "";
}

static void
draw_value(const struct form *form, int field, int row, int column, int width)
{
	const char *value = form->typed[field] != NULL ? form->typed[field]
						       : form->now->values[field];
	bool chosen = field == form->field;
	enum style style = chosen                            ? STYLE_CURSOR
			   : form_field_is_open(form, field) ? STYLE_PLAIN
							     : STYLE_QUIET;
	struct text words = { 0 };
	char instant[VALUE_SIZE];

	if (value == NULL || *value == '\0') {
		screen_text(row, column, width, chosen ? style : STYLE_QUIET,
			    placeholder(form, field));
		return;
	}
	if (chosen && form->entity->fields[field].choices != NULL &&
	    form_field_is_open(form, field))
		text_format(&words, "< %s >", value);
	else
		text_append(&words, value_words(&form->entity->fields[field], value, instant));
	screen_text(row, column, width, style, text_words(&words));
	text_free(&words);
}

/* An unfolded value, as far as there is room down to `end`. */
static void
draw_unfolded(const struct form *form, int field, int row, int end, int column)
{
	char instant[VALUE_SIZE];
	const char *words = value_words(&form->entity->fields[field], form->now->values[field],
					instant);
	struct text line = { 0 };

	for (int left = value_lines(form, field);
	     left > 0 && row < end && wrap_line(&words, form->value_width, &line); left--)
		screen_text(row++, column, form->value_width, STYLE_CURSOR, text_words(&line));
	text_free(&line);
}

static const char *
sign_of(const struct form *form, int field)
{
	if (form->mistakes[field] != NULL)
		return "!";
	if (!form_field_is_open(form, field))
		return form->read_only ? " " : "=";
	return form_field_is_changed(form, field) ? "*" : " ";
}

static int
value_column(struct area area)
{
	return area.column + LABEL_COLUMN + label_width(area) + GAP;
}

static void
draw_field(struct form *form, int field, int row, struct area area)
{
	int width = label_width(area), at = value_column(area);
	bool chosen = field == form->field;

	screen_text(row, area.column + 1, 1, STYLE_KEY, sign_of(form, field));
	screen_text(row, area.column + LABEL_COLUMN, width, chosen ? STYLE_CURSOR : STYLE_QUIET,
		    form->entity->fields[field].title);
	if (chosen && form_field_is_typed(form, field))
		edit_draw(&form->edit, row, at, form->value_width);
	else if (value_lines(form, field) > 1)
		draw_unfolded(form, field, row, area.row + area.rows, at);
	else
		draw_value(form, field, row, at, form->value_width);
}

static void
draw_mistake(const struct form *form, int field, int row, struct area area)
{
	struct text words = { 0 };

	text_format(&words, "%s %s", form->entity->fields[field].title, form->mistakes[field]);
	screen_text(row, value_column(area), form->value_width, STYLE_ERROR, text_words(&words));
	text_free(&words);
}

static void
draw_fields(struct form *form, struct area area)
{
	int line = line_of(form, form->field), last = line + lines_of(form, form->field) - 1;

	if (last >= form->top + area.rows)
		form->top = last - area.rows + 1;
	if (line < form->top)
		form->top = line;
	for (int i = 0; i < form->entity->field_count; i++) {
		int row = line_of(form, i) - form->top, below = row + value_lines(form, i);

		if (row >= 0 && row < area.rows)
			draw_field(form, i, area.row + row, area);
		if (form->mistakes[i] != NULL && below >= 0 && below < area.rows)
			draw_mistake(form, i, area.row + below, area);
	}
}

static void
draw_title(const struct form *form, struct area area)
{
	int changes = form_changes(form);
	struct text title = { 0 };

	if (form->before == NULL)
		text_format(&title, "New %s", form->entity->name);
	else
		text_format(&title, "%s %s", form->entity->title, record_key(form->before));
	if (changes > 0)
		text_format(&title, "   %d %s", changes, changes == 1 ? "change" : "changes");
	screen_text(area.row, area.column, area.columns, STYLE_BAR, " ");
	screen_text(area.row, area.column + 1, area.columns - 1, STYLE_BAR, text_words(&title));
	text_free(&title);
}

/* What the field under the cursor is, and how it is written. */
static void
draw_help(const struct form *form, int row, struct area area)
{
	const struct field *field = &form->entity->fields[form->field];
	struct text words = { 0 };

	text_append(&words, field->help);
	if (!field_is_given(field))
		text_append(&words, " (= worked out by Terrier)");
	else if (field->choices != NULL)
		text_append(&words, " (Left, Right or a letter changes it, Enter lists the words)");
	else if (field->target != ENTITY_NONE)
		text_format(&words, " (Enter lists the %s)", entities[field->target].plural);
	else if (field->type != FIELD_TEXT && field->type != FIELD_CODE)
		text_format(&words, " (%s)", field_types[field->type].form);
	screen_text(row, area.column, area.columns, STYLE_QUIET, " ");
	screen_text(row, area.column + 1, area.columns - 1, STYLE_QUIET, text_words(&words));
	text_free(&words);
}

void
form_draw(struct app *app, struct layer *layer, struct area area)
{
	static const char legend[] = " * changed  ! mistake  = worked out";
	struct form *form = (struct form *)layer;
	struct area fields = { area.row + 1, area.column, area.rows - 2, area.columns };

	for (int row = area.row; row < area.row + area.rows; row++)
		screen_text(row, area.column, area.columns, STYLE_PLAIN, "");
	form->rows = fields.rows;
	form->value_width = area.column + area.columns - value_column(area) - 1;
	draw_title(form, area);
	draw_fields(form, fields);
	draw_help(form, area.row + area.rows - 1, area);
	if (app->message.length == 0 && !form->read_only &&
	    text_width(legend) <= status_room(app, area.columns))
		screen_text(area.row + area.rows, area.column, text_width(legend), STYLE_QUIET,
			    legend);
}
