/* SPDX-License-Identifier: MIT */
#include "tui/list_draw.h"

#include <string.h>

#include "tui/made.h"
#include "tui/value.h"
#include "tui/wrap.h"

enum { GAP = 2, SIGN_WIDTH = 2, MORE_WIDTH = 2 };
enum { WIDTH_MIN = 4, CUT_WIDTH_MIN = 10, FROZEN_SHARE = 2 };

/*
 * Where a column is drawn: the first is frozen, the others follow from the
 * one that is scrolled to, and the last that fits takes the room that is left.
 */
struct column {
	const struct field *field;
	int index;		/* in the query and in the rows */
	int at, width;
};

enum { COLUMNS_MAX = ENTITY_FIELDS_MAX };

int
list_rows_in(const struct list *list, struct area area, bool filtering)
{
	int rows = area.rows - 1 - (filtering || *list->filter != '\0');

	return rows > 1 ? rows : 1;
}

/*
 * A column is as wide as what is in it, up to what it asks for, and as its heading with the sign of
 * the sort.
 */
static int
asked_width(const struct list *list, int index)
{
	const struct field *field = list->query->fields[index];
	int heading = text_width(field->title) + (field == list->sort ? 2 : 0);
	int width = list->widths[index] < field->width ? list->widths[index] : field->width;

	return width > heading ? width : heading;
}

static void
lay_frozen(const struct list *list, struct area area, struct column *column)
{
	int width = asked_width(list, 0), most = area.columns / FROZEN_SHARE - SIGN_WIDTH;

	*column = (struct column){ list->query->fields[0], 0, area.column + SIGN_WIDTH,
				   width < most ? width : most };
}

/* Half a name still says something; half a date or a number says something else. */
static bool
may_be_cut(const struct field *field)
{
	return field->type == FIELD_TEXT || field->type == FIELD_NOTE;
}

static int
lay_columns(const struct list *list, struct area area, struct column columns[COLUMNS_MAX])
{
	int count = 1, at, end = area.column + area.columns - MORE_WIDTH, last;

	lay_frozen(list, area, &columns[0]);
	at = columns[0].at + columns[0].width + GAP;
	last = 1 + list->first_column;
	for (int i = last; i < list->query->field_count && end - at >= WIDTH_MIN; i++) {
		int width = asked_width(list, i);

		/*
		 * A column that does not fit is left out, unless it is the only one beside the key
		 * or can be read cut.
		 */
		if (width > end - at && count > 1 &&
		    (end - at < CUT_WIDTH_MIN || !may_be_cut(list->query->fields[i])))
			break;
		columns[count++] = (struct column){ list->query->fields[i], i, at,
						    width < end - at ? width : end - at };
		at += width + GAP;
	}
	return count;
}

/* The right-hand end of the columns, for what is left beside them. */
static void
widen_last(struct column *columns, int count, struct area area)
{
	struct column *widest = &columns[count - 1];
	int left = area.column + area.columns - MORE_WIDTH - (widest->at + widest->width);

	for (int i = 1; i < count; i++)
		if (columns[i].field->type == FIELD_NOTE || (columns[i].field->type == FIELD_TEXT &&
		    columns[i].width > widest->width && widest->field->type != FIELD_NOTE))
			widest = &columns[i];
	if (left <= 0 || field_types[widest->field->type].alignment == ALIGN_RIGHT)
		return;
	widest->width += left;
	for (struct column *column = widest + 1; column < columns + count; column++)
		column->at += left;
}

static int
lay(const struct list *list, struct area area, struct column columns[COLUMNS_MAX])
{
	int count = lay_columns(list, area, columns);

	widen_last(columns, count, area);
	return count;
}

/* Text that is aligned as its type is; numbers stand at the right of their column. */
static void
draw_cell(int row, const struct column *column, enum style style, const char *text)
{
	int width = column->width, indent = 0;

	if (field_types[column->field->type].alignment == ALIGN_RIGHT && text_width(text) < width)
		indent = width - text_width(text);
	screen_text(row, column->at, indent, style, "");
	screen_text(row, column->at + indent, width - indent, style, text);
}

static void
draw_heading(const struct list *list, struct area area, const struct column *columns, int count)
{
	struct text title = { 0 };

	screen_text(area.row, area.column, area.columns, STYLE_PLAIN, "");
	for (int i = 0; i < count; i++) {
		text_clear(&title);
		text_append(&title, columns[i].field->title);
		if (columns[i].field == list->sort)
			text_append(&title, list->descending ? " v" : " ^");
		draw_cell(area.row, &columns[i], STYLE_HEADING, text_words(&title));
	}
	if (list->first_column > 0)
		screen_text(area.row, area.column, 1, STYLE_KEY, "<");
	if (1 + list->first_column + count - 1 < list->query->field_count)
		screen_text(area.row, area.column + area.columns - 1, 1, STYLE_KEY, ">");
	text_free(&title);
}

static enum style
row_style(const struct list *list, size_t index, bool selected)
{
	if (index == list->cursor)
		return STYLE_CURSOR;
	return selected ? STYLE_SELECTED : STYLE_PLAIN;
}

static void
draw_row(const struct list *list, size_t index, int row, struct area area,
	 const struct column *columns, int count)
{
	const struct row *record = &list->page.rows[index];
	bool selected = selection_has(&list->selection, record->id.value);
	enum style style = row_style(list, index, selected);

	screen_text(row, area.column, area.columns, style, selected ? "*" : " ");
	for (int i = 0; i < count; i++) {
		char words[VALUE_SIZE];

		draw_cell(row, &columns[i], style,
			  value_words(columns[i].field, record->values[columns[i].index], words));
	}
}

/* Why there is nothing to see, and what to do about it. */
static const char *
empty_words(const struct list *list, bool filtering)
{
	if (!list->at_start || list->stale)
		return "";
	if (filtering)
		return "Nothing in this list matches what is typed so far.";
	if (*list->filter != '\0')
		return "Nothing in this list matches the filter. Press c to clear it, or / to "
		       "change it.";
	return made_words(list->view->entity);
}

static void
draw_empty(const struct list *list, struct area area, bool filtering)
{
	const char *words = empty_words(list, filtering);
	struct text line = { 0 };

	for (int row = area.row + 2;
	     row < area.row + area.rows && wrap_line(&words, area.columns - 4, &line); row++)
		screen_text(row, area.column + 2, area.columns - 2, STYLE_PLAIN, text_words(&line));
	text_free(&line);
}

static void
draw_filter(const struct list *list, struct area area)
{
	static const char *const hint = "  c clears it";
	int width = text_width(hint), row = area.row + area.rows - 1, label;
	struct text words = { 0 };

	text_format(&words, " %s: ", *list->title != '\0' ? list->title : "Filter");
	label = text_width(text_words(&words));
	screen_text(row, area.column, area.columns, STYLE_PLAIN, text_words(&words));
	screen_text(row, area.column + label, area.columns - label - width, STYLE_KEY,
		    list->filter);
	screen_text(row, area.column + area.columns - width, width, STYLE_QUIET, hint);
	text_free(&words);
}

void
list_draw(const struct list *list, struct area area, bool filtering)
{
	struct column columns[COLUMNS_MAX];
	int count = lay(list, area, columns), rows = list_rows_in(list, area, filtering);

	draw_heading(list, area, columns, count);
	for (int i = 0; i < rows && list->top + (size_t)i < list->page.count; i++)
		draw_row(list, list->top + (size_t)i, area.row + 1 + i, area, columns, count);
	if (list->page.count == 0)
		draw_empty(list, area, filtering);
	if (*list->filter != '\0' && !filtering)
		draw_filter(list, area);
}

void
list_scroll_columns(struct list *list, int columns)
{
	int last = list->query->field_count - 2;

	list->first_column += columns;
	if (list->first_column > last)
		list->first_column = last;
	if (list->first_column < 0)
		list->first_column = 0;
}
