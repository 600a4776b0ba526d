/* SPDX-License-Identifier: MIT */
#include "export/workbook.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "export/book.h"

/*
 * Measures are in pixels of 1/96 inch, for Arial at 12 points.  A column's width is counted in
 * digits of the workbook's default font, which are 7 pixels wide.
 */
enum {
	TITLE_ROW, MARKING_ROW, PARAGRAPH_ROW,
	DIGIT_PIXELS = 7, PADDING_PIXELS = 14, INDENT_PIXELS = 10,
	BOLD_PART = 8,			/* bold letters are wider by one part in so many */
	COLUMN_PIXELS_MIN = 60,
	COLUMN_PIXELS_MAX = 380,	/* beyond it, words go on on the next line */
	WORD_PIXELS_MAX = 700,		/* a single word longer than this is broken */
	PARAGRAPH_PIXELS_MIN = 700,
	LANDSCAPE_PIXELS = 680,		/* a table wider than this is printed across */
	/* Excel's highest row has 409 points. */
	TITLE_POINTS = 26, LINE_POINTS = 16, ROW_POINTS = 2, LINES_MAX = 25,
	COLUMNS_MAX = 16,
	CHART_PIXELS_WIDE = 620, CHART_PIXELS_HIGH = 200, BAR_PIXELS = 30,
	/* The library's, from which it scales. */
	CHART_DEFAULT_WIDE = 480, CHART_DEFAULT_HIGH = 288,
};

/* The advance of each character from blank to ~ in Arial, in thousandths of its size. */
static const short advances[] = {
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
	556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
};

static int
character_advance(int32_t point)
{
	if (point >= ' ' && point <= '~')
		return advances[point - ' '];
	return point < 0x1100 ? 722 : 1000;
}

/* From thousandths of 12 points to pixels, and a little more: another font may replace Arial. */
static int
to_pixels(int advance)
{
	return (advance * 17 + 999) / 1000;
}

/* The width of the text's widest line; *longest, unless NULL, is at least its widest word's. */
static int
text_pixels(const char *text, int *longest)
{
	size_t room = strlen(text), size;
	int widest = 0, word = 0, line = 0;

	for (; room > 0; text += size, room -= size) {
		int32_t point = text_decode(text, room, &size);
		int advance = character_advance(point);

		line = point == '\n' ? 0 : line + advance;
		word = point == '\n' || point == ' ' ? 0 : word + advance;
		widest = line > widest ? line : widest;
		if (longest != NULL && to_pixels(word) > *longest)
			*longest = to_pixels(word);
	}
	return to_pixels(widest);
}

/* A sheet on its way into the book. */
struct layout {
	struct book *book;
	const struct sheet *sheet;
	lxw_worksheet *worksheet;
	lxw_row_t row;			/* the next to be written */
	int count;			/* of columns */
	int widths[COLUMNS_MAX];	/* in pixels */
	int total;
};

/* What a value looks like in its cell. */
static int
value_pixels(enum field_cell cell, const char *value, int *longest)
{
	char number[TEXT_NUMBER_SIZE];

	if (cell == CELL_NUMBER && strlen(value) < TEXT_NUMBER_SIZE / 2)
		return text_pixels(text_number(strtoll(value, NULL, 10), number), longest);
	return text_pixels(cell == CELL_DATE ? "30 MMM 2026" : value, longest);
}

/* As wide as the longest value, but words wrap; a heading wraps to its longest word. */
static int
column_pixels(const struct sheet *sheet, int column, int count)
{
	const struct sheet_column *about = &sheet->columns[column];
	int longest = 0, pixels = 0;

	text_pixels(about->title, &longest);
	longest += longest / BOLD_PART;
	for (size_t i = 0; i < sheet->row_count; i++) {
		const char *value = sheet->values[i * (size_t)count + (size_t)column];
		int wide = value_pixels(about->cell, value != NULL ? value : about->unknown,
					&longest);

		pixels = wide > pixels ? wide : pixels;
	}
	pixels = pixels < COLUMN_PIXELS_MAX ? pixels : COLUMN_PIXELS_MAX;
	longest = longest < WORD_PIXELS_MAX ? longest : WORD_PIXELS_MAX;
	pixels = (pixels > longest ? pixels : longest) + PADDING_PIXELS;
	pixels += about->cell == CELL_NUMBER ? INDENT_PIXELS : 0;
	return pixels > COLUMN_PIXELS_MIN ? pixels : COLUMN_PIXELS_MIN;
}

static void
measure(struct layout *layout)
{
	const struct sheet *sheet = layout->sheet;

	while (sheet->columns != NULL && sheet->columns[layout->count].title != NULL) {
		assert(layout->count < COLUMNS_MAX);
		layout->count++;
	}
	for (int i = 0; i < layout->count; i++) {
		layout->widths[i] = column_pixels(sheet, i, layout->count);
		layout->total += layout->widths[i];
	}
}

static void
set_widths(struct layout *layout)
{
	for (int i = 0; i < layout->count; i++)
		book_check(layout->book,
			   worksheet_set_column(layout->worksheet, (lxw_col_t)i, (lxw_col_t)i,
						(double)layout->widths[i] / DIGIT_PIXELS, NULL));
}

/*
 * How many bytes of the text go on a line so wide: broken where the text has a line end, between
 * words, or within one that has no line to itself.
 */
static size_t
line_size(const char *text, int width)
{
	size_t room = strlen(text), at = 0, size, end = 0;
	int advance = 0;

	for (; at < room; at += size) {
		int32_t point = text_decode(text + at, room - at, &size);

		if (point == '\n')
			return at;
		if (point == ' ')
			end = at;
		advance += character_advance(point);
		if (to_pixels(advance) > width && at > 0)
			return end > 0 ? end : at;
	}
	return room;
}

static void
set_row_height(struct layout *layout, lxw_row_t row, double points)
{
	book_check(layout->book, worksheet_set_row(layout->worksheet, row, points, NULL));
}

/* Words that go on over the empty cells to their right, on as many rows as they need. */
static void
write_paragraph(struct layout *layout, const char *text)
{
	int width = layout->total > PARAGRAPH_PIXELS_MIN ? layout->total : PARAGRAPH_PIXELS_MIN;

	while (*text != '\0') {
		size_t size = line_size(text, width);

		set_row_height(layout, layout->row, LINE_POINTS);
		book_write(layout->book, layout->row++, 0,
			   arena_bytes(&layout->book->arena, text, size), BOOK_WORDS);
		text += size;
		text += *text == ' ' || *text == '\n';
	}
}

static void
write_cell(struct layout *layout, int column, const char *value)
{
	const struct sheet_column *about = &layout->sheet->columns[column];
	lxw_col_t at = (lxw_col_t)column;

	if (value == NULL)
		book_write(layout->book, layout->row, at, about->unknown, BOOK_CELL);
	else if (about->cell == CELL_NUMBER)
		book_write_number(layout->book, layout->row, at, strtod(value, NULL), BOOK_NUMBER);
	else if (about->cell == CELL_DATE)
		book_write_date(layout->book, layout->row, at, value, BOOK_DATE);
	else
		book_write(layout->book, layout->row, at, value, BOOK_CELL);
}

/* Marks the rows up as a table. Its headings are written by hand, to be counted like any cell. */
static void
add_table(struct layout *layout, lxw_row_t heading, lxw_row_t last)
{
	lxw_table_column columns[COLUMNS_MAX] = { 0 }, *pointers[COLUMNS_MAX + 1] = { NULL };
	struct arena *arena = &layout->book->arena;
	lxw_table_options options = {
		.name = book_table_name(arena, layout->sheet->table),
		.no_autofilter = LXW_TRUE, .no_banded_rows = LXW_TRUE,
		.style_type = LXW_TABLE_STYLE_TYPE_LIGHT, .style_type_number = 0,
		.columns = pointers,
	};

	for (int i = 0; i < layout->count; i++) {
		bool number = layout->sheet->columns[i].cell == CELL_NUMBER;

		columns[i].header = arena_text(arena, layout->sheet->columns[i].title);
		columns[i].header_format =
			layout->book->styles[number ? BOOK_NUMBER_HEADING : BOOK_HEADING];
		pointers[i] = &columns[i];
	}
	book_check(layout->book, worksheet_add_table(layout->worksheet, heading, 0, last,
						     (lxw_col_t)(layout->count - 1), &options));
}

/* How many lines the words take in a column so wide. */
static int
count_lines(const char *words, int width)
{
	int lines = 0;

	do {
		size_t size = line_size(words, width);

		words += size;
		words += *words == ' ' || *words == '\n';
		lines++;
	} while (*words != '\0');
	return lines;
}

/*
 * Makes the row at hand as high as its highest cell, NULL for the headings; not every program does
 * so by itself.
 */
static void
set_height(struct layout *layout, const char *const *values)
{
	int lines = 1;

	for (int i = 0; i < layout->count; i++) {
		const struct sheet_column *column = &layout->sheet->columns[i];
		int width = layout->widths[i] - PADDING_PIXELS -
			    (column->cell == CELL_NUMBER ? INDENT_PIXELS : 0);
		int taken = 1;

		if (values == NULL)
			taken = count_lines(column->title,
					    (width + 1) * BOLD_PART / (BOLD_PART + 1) + 1);
		else if (column->cell == CELL_TEXT)
			taken = count_lines(values[i] != NULL ? values[i] : column->unknown, width);
		lines = taken > lines ? taken : lines;
	}
	lines = lines < LINES_MAX ? lines : LINES_MAX;
	set_row_height(layout, layout->row, lines * LINE_POINTS + ROW_POINTS);
}

static void
write_table(struct layout *layout)
{
	const struct sheet *sheet = layout->sheet;
	lxw_row_t heading = layout->row;
	char range[LXW_MAX_CELL_RANGE_LENGTH];

	set_height(layout, NULL);
	layout->row++;
	add_table(layout, heading, (lxw_row_t)(heading + sheet->row_count));
	for (int i = 0; i < layout->count; i++)
		book_write(layout->book, heading, (lxw_col_t)i, sheet->columns[i].title,
			   sheet->columns[i].cell == CELL_NUMBER ? BOOK_NUMBER_HEADING
								 : BOOK_HEADING);
	for (size_t i = 0; i < sheet->row_count; i++, layout->row++) {
		const char *const *values = sheet->values + i * (size_t)layout->count;

		set_height(layout, values);
		for (int j = 0; j < layout->count; j++)
			write_cell(layout, j, values[j]);
	}
	lxw_rowcol_to_range(range, heading, 0, layout->row - 1, (lxw_col_t)(layout->count - 1));
	book_check(layout->book, worksheet_ignore_errors(layout->worksheet,
							 LXW_IGNORE_NUMBER_STORED_AS_TEXT, range));
	book_check(layout->book, worksheet_repeat_rows(layout->worksheet, heading, heading));
}

/* One bar of each stack; told apart by pattern as well as by colour. */
static void
add_series(struct layout *layout, lxw_chart *chart, int column, lxw_row_t heading, lxw_row_t last)
{
	static const struct {
		lxw_color_t colour;
		uint8_t pattern;
	} looks[SHEET_SERIES_MAX] = {
		{ 0x12436d, LXW_CHART_PATTERN_NONE },
		{ 0xa33e03, LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL },
		{ 0x3d3d3d, LXW_CHART_PATTERN_SMALL_GRID },
		{ 0x5b2c83, LXW_CHART_PATTERN_DOTTED_DIAMOND },
	};
	int look = column - layout->sheet->chart->first;
	const char *name = layout->worksheet->name;
	lxw_chart_fill fill = { .color = looks[look].colour };
	lxw_chart_line line = { .color = looks[look].colour };
	lxw_chart_pattern pattern = {
		.fg_color = looks[look].colour,
		.bg_color = LXW_COLOR_WHITE,
		.type = looks[look].pattern,
	};
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);

	chart_series_set_categories(series, name, heading + 1, 0, last, 0);
	chart_series_set_values(series, name, heading + 1, (lxw_col_t)column, last,
				(lxw_col_t)column);
	chart_series_set_name_range(series, name, heading, (lxw_col_t)column);
	chart_series_set_line(series, &line);
	if (pattern.type != LXW_CHART_PATTERN_NONE)
		chart_series_set_pattern(series, &pattern);
	else
		chart_series_set_fill(series, &fill);
}

static void
write_chart(struct layout *layout, lxw_row_t heading)
{
	const struct sheet_chart *about = layout->sheet->chart;
	lxw_row_t last = (lxw_row_t)(heading + layout->sheet->row_count);
	double high = CHART_PIXELS_HIGH + (double)layout->sheet->row_count * BAR_PIXELS;
	lxw_chart *chart = workbook_add_chart(layout->book->workbook, LXW_CHART_BAR_STACKED);
	lxw_chart_font font = { .name = arena_text(&layout->book->arena, "Arial"), .size = 12 };
	lxw_chart_options options = {
		.description = arena_text(&layout->book->arena,
					  text_for_cell(&layout->book->arena, about->description)),
		.x_scale = (double)CHART_PIXELS_WIDE / CHART_DEFAULT_WIDE,
		.y_scale = high / CHART_DEFAULT_HIGH,
		.object_position = LXW_OBJECT_MOVE_DONT_SIZE,
		.x_offset = 10,
	};

	for (int i = about->first; i <= about->last; i++)
		add_series(layout, chart, i, heading, last);
	chart_title_set_name(chart, about->title);
	chart_title_set_name_font(chart, &font);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
	chart_legend_set_font(chart, &font);
	chart_axis_set_num_font(chart->x_axis, &font);
	chart_axis_set_num_font(chart->y_axis, &font);
	/* The upright axis names the bars; the first row is to be at the top. */
	chart_axis_set_reverse(chart->y_axis);
	chart_axis_set_num_format(chart->x_axis, "#,##0");
	book_check(layout->book,
		   worksheet_insert_chart_opt(layout->worksheet, heading, (lxw_col_t)layout->count,
					      chart, &options));
}

static void
write_sheet(struct book *book, const struct sheet *sheet)
{
	struct layout layout = { .book = book, .sheet = sheet, .row = PARAGRAPH_ROW };
	lxw_row_t heading;

	measure(&layout);
	layout.worksheet = book_add_sheet(book, sheet->name,
					  !sheet->one_page && (layout.total > LANDSCAPE_PIXELS ||
							       sheet->chart != NULL));
	if (layout.worksheet == NULL)
		return;
	if (sheet->one_page)
		worksheet_fit_to_pages(layout.worksheet, 1, 1);
	set_widths(&layout);
	set_row_height(&layout, TITLE_ROW, TITLE_POINTS);
	set_row_height(&layout, MARKING_ROW, LINE_POINTS);
	book_write(book, TITLE_ROW, 0, sheet->title, BOOK_TITLE);
	book_write(book, MARKING_ROW, 0, book->marking, BOOK_WORDS);
	for (int i = 0; sheet->paragraphs != NULL && sheet->paragraphs[i] != NULL; i++)
		write_paragraph(&layout, sheet->paragraphs[i]);
	if (layout.count > 0 && sheet->row_count == 0)
		write_paragraph(&layout, sheet->empty);
	if (layout.count == 0 || sheet->row_count == 0)
		return;
	heading = layout.row;
	write_table(&layout);
	if (sheet->chart != NULL)
		write_chart(&layout, heading);
}

static void
write_sheets(struct book *book, const void *context)
{
	const struct workbook *workbook = context;

	for (int i = 0; i < workbook->sheet_count; i++)
		write_sheet(book, &workbook->sheets[i]);
}

bool
workbook_write(const struct workbook *workbook, const char *path, bool overwrite,
	       struct error *error)
{
	struct book_properties properties = {
		workbook->title, workbook->subject, workbook->marking, workbook->created
	};

	return book_make(path, overwrite, &properties, write_sheets, workbook, error);
}
