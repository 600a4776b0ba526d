/* SPDX-License-Identifier: MIT */
#include "import/sheet.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/guard.h"
#include "core/memory.h"
#include "import/rows.h"
#include "import/xml.h"

/*
 * A chunk of the part is inflated and parsed into a batch of rows, which sheet_next() hands out
 * before the next.  A few bytes of XML can name very long texts, so the parser pauses when a batch
 * has grown large.
 */

enum {
	SHEET = XML_FIRST_STATE, COLUMNS, DATA, ROW, CELL, VALUE, FORMULA,
	INLINE, RUN, WORDS, MERGES,
};

enum {
	ROWS_MAX = 1048576, COLUMNS_MAX = 16384,	/* of any worksheet */
	BATCH_BYTES = 256 * 1024,
	/* An escape of seven bytes may stand for one. */
	VALUE_BYTES_MAX = 8 * ROW_CELL_BYTES_MAX,
};

#define FORMULA_WITHOUT_VALUE "#FORMULA!"

enum cell_type { TYPE_NUMBER, TYPE_SHARED, TYPE_TEXT, TYPE_BOOLEAN, TYPE_ERROR, TYPE_DATE };

struct sheet {
	struct package *package;
	const struct book *book;
	const char *name;
	struct xml *xml;
	char *chunk;
	bool paused, last, ended;	/* `last`: expat has all of the part */
	struct rows rows;
	int64_t count;			/* of rows so far */
	/* Of the worksheet, from 1: the one in the making, or the last. */
	int row;
	bool row_hidden;
	int column;			/* the same */
	enum cell_type type;
	long style;
	bool formula, value_seen;
	struct text value;
	bool hidden[ROW_CELLS_MAX], used[ROW_CELLS_MAX];	/* columns */
	struct sheet_findings findings;	/* all but its hidden columns */
	char words[128];		/* of what is wrong */
};

/* A whole number of at most nine digits; -1 for anything else. */
static int
read_count(const char *words)
{
	int number = 0;

	for (int i = 0; words[i] != '\0'; i++) {
		if (words[i] < '0' || words[i] > '9' || i == 9)
			return -1;
		number = number * 10 + words[i] - '0';
	}
	return words[0] != '\0' ? number : -1;
}

/* The column of "AB12", from 1; -1 when that is none. */
static int
read_column(const char *reference)
{
	int column = 0;

	for (; *reference >= 'A' && *reference <= 'Z'; reference++) {
		column = column * 26 + *reference - 'A' + 1;
		if (column > COLUMNS_MAX)
			return -1;
	}
	return column > 0 && *reference >= '1' && *reference <= '9' ? column : -1;
}

/* The row of "AB12". */
static long
read_row(const char *reference)
{
	return strtol(reference + strspn(reference, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), NULL, 10);
}

static void
refuse(struct sheet *sheet, const char *what)
{
	snprintf(sheet->words, sizeof sheet->words, "row %d %s", sheet->row, what);
	xml_refuse(sheet->xml, sheet->words);
}

static void
start_row(struct sheet *sheet, const char **attributes)
{
	int row = sheet->row + 1;

	sheet->row_hidden = false;
	sheet->column = 0;
	for (; *attributes != NULL; attributes += 2)
		if (strcmp(attributes[0], "r") == 0)
			row = read_count(attributes[1]);
		else if (strcmp(attributes[0], "hidden") == 0)
			sheet->row_hidden = xml_says_yes(attributes, "hidden");
	if (row <= sheet->row || row > ROWS_MAX)
		refuse(sheet, "is followed by one that cannot come after it");
	sheet->row = row;
}

static enum cell_type
type_of(const char *words)
{
	switch (words[0]) {
	case 's':
		return words[1] == '\0' ? TYPE_SHARED : TYPE_TEXT;
	case 'i':
		return TYPE_TEXT;
	case 'b':
		return TYPE_BOOLEAN;
	case 'e':
		return TYPE_ERROR;
	case 'd':
		return TYPE_DATE;
	default:
		return TYPE_NUMBER;
	}
}

/* The attributes of a cell have one letter each, without a prefix. */
static void
start_cell(struct sheet *sheet, const char **attributes)
{
	int column = sheet->column + 1;

	sheet->type = TYPE_NUMBER;
	sheet->style = 0;
	sheet->formula = sheet->value_seen = false;
	sheet->value.length = 0;
	for (; *attributes != NULL; attributes += 2) {
		if (attributes[0][1] != '\0')
			continue;
		if (attributes[0][0] == 'r')
			column = read_column(attributes[1]);
		else if (attributes[0][0] == 't')
			sheet->type = type_of(attributes[1]);
		else if (attributes[0][0] == 's')
			sheet->style = read_count(attributes[1]);
	}
	if (column < 0)
		refuse(sheet,
		       "has a cell at a place that no worksheet has: the last column is XFD");
	else if (column <= sheet->column)
		refuse(sheet, "has cells that are twice there, or out of order");
	sheet->column = column;
}

/* Columns that are hidden stand before the rows. */
static void
hide_columns(struct sheet *sheet, const char **attributes)
{
	const char *first = xml_attribute(attributes, "min"),
		   *last = xml_attribute(attributes, "max");
	int from = first != NULL ? read_count(first) : -1,
	    to = last != NULL ? read_count(last) : -1;

	if (!xml_says_yes(attributes, "hidden"))
		return;
	for (int i = from; i >= 1 && i <= to && i <= ROW_CELLS_MAX; i++)
		sheet->hidden[i - 1] = true;
}

/* Only the first cell of a merge has the value: rows below it lack theirs. */
static void
add_merge(struct sheet *sheet, const char **attributes)
{
	struct sheet_findings *findings = &sheet->findings;
	const char *reference = xml_attribute(attributes, "ref");
	const char *colon = reference != NULL ? strchr(reference, ':') : NULL;

	if (colon == NULL || read_row(colon + 1) <= read_row(reference))
		return;
	if (findings->merges < SHEET_MERGES_NAMED)
		snprintf(findings->merged[findings->merges], sizeof findings->merged[0], "%s",
			 reference);
	if (findings->merges++ == 0)
		findings->merge_row = read_row(reference);
}

/*
 * Puts a cell at its place in the row; empty ones before it are made up for, those behind the last
 * one are not.
 */
static void
add_cell(struct sheet *sheet, const char *bytes, size_t size)
{
	struct rows *rows = &sheet->rows;

	if (size == 0)
		return;
	while (rows_open_cells(rows) + 1 < (size_t)sheet->column && rows->excess == ROWS_FIT)
		rows_add_cell(rows, "", 0);
	rows_add_cell(rows, bytes, size);
	if (rows->excess != ROWS_FIT)
		xml_refuse(sheet->xml, "");
	else
		sheet->used[sheet->column - 1] = true;
}

/* CSV of ours that a spreadsheet has saved as a workbook keeps the guards of its texts. */
static void
add_text(struct sheet *sheet, const char *bytes, size_t size)
{
	add_cell(sheet, bytes, size);
	if (size > 0 && *bytes == '\'' && !sheet->book->ours && sheet->rows.excess == ROWS_FIT &&
	    guard_is_present(rows_last_cell(&sheet->rows)))
		rows_cut_cell(&sheet->rows);
}

static void
add_shared(struct sheet *sheet)
{
	const struct strings *strings = &sheet->book->strings;
	int place = read_count(text_words(&sheet->value));
	uint32_t start;

	if (place < 0 || (size_t)place >= strings->count) {
		refuse(sheet, "names a text that is not in the workbook");
		return;
	}
	start = strings->starts[place];
	add_text(sheet, strings->texts.bytes + start, strings->starts[place + 1] - start - 1);
}

static void
add_number(struct sheet *sheet)
{
	static const struct number_format plain = { STYLE_NUMBER, NULL };
	const struct book *book = sheet->book;
	const struct number_format *format = &plain;
	char words[NUMBER_SIZE];
	size_t size;

	if (sheet->style >= 0 && (size_t)sheet->style < book->style_count)
		format = &book->styles[sheet->style];
	size = number_write(sheet->value.bytes, sheet->value.length, format, book->since_1904,
			    words);
	add_cell(sheet, words, size);
}

/*
 * A cell is whole. A formula that no program has worked out has no value at all, or an empty one
 * that is no text.
 */
static void
end_cell(struct sheet *sheet)
{
	struct text *value = &sheet->value;

	if (sheet->formula && value->length == 0 &&
	    !(sheet->type == TYPE_TEXT && sheet->value_seen)) {
		add_cell(sheet, FORMULA_WITHOUT_VALUE, sizeof FORMULA_WITHOUT_VALUE - 1);
		return;
	}
	sheet->findings.results += sheet->formula;
	if (value->length == 0)
		return;
	if (sheet->type == TYPE_SHARED) {
		add_shared(sheet);
		return;
	}
	value->length = strings_clean(value->bytes, value->length);
	if (sheet->type == TYPE_BOOLEAN && value->length == 1)
		add_cell(sheet, value->bytes[0] == '0' ? "FALSE" : "TRUE",
			 value->bytes[0] == '0' ? 5 : 4);
	else if (sheet->type == TYPE_NUMBER && value->length > 0)
		add_number(sheet);
	else if (sheet->type == TYPE_DATE)
		add_cell(sheet, value->bytes, instant_clean(value->bytes, value->length));
	else
		add_text(sheet, value->bytes, value->length);
}

static void
end_row(struct sheet *sheet)
{
	if (rows_open_cells(&sheet->rows) == 0)
		return;
	rows_end_row(&sheet->rows, sheet->count++, sheet->row);
	sheet->findings.hidden_rows += sheet->row_hidden;
	if (sheet->rows.text_size > BATCH_BYTES)
		xml_pause(sheet->xml);
}

/* What stands in a cell. */
static int
start_in_cell(struct sheet *sheet, int around, const char *name)
{
	if (around == CELL && strcmp(name, "v") == 0) {
		sheet->value_seen = true;
		return VALUE;
	}
	if (around == CELL && strcmp(name, "f") == 0)
		sheet->formula = true;
	if (around == CELL)
		return strcmp(name, "is") == 0 ? INLINE : XML_PASSED;
	if (strcmp(name, "t") == 0)
		return WORDS;
	return around == INLINE && strcmp(name, "r") == 0 ? RUN : XML_PASSED;
}

/* What stands beside the rows. */
static int
start_in_sheet(struct sheet *sheet, int around, const char *name, const char **attributes)
{
	if (around == XML_DOCUMENT)
		return strcmp(name, "worksheet") == 0 ? SHEET : XML_PASSED;
	if (around == SHEET)
		return strcmp(name, "sheetData") == 0 ? DATA : strcmp(name, "cols") == 0 ? COLUMNS :
		       strcmp(name, "mergeCells") == 0 ? MERGES : XML_PASSED;
	if (around == COLUMNS && strcmp(name, "col") == 0)
		hide_columns(sheet, attributes);
	if (around == MERGES && strcmp(name, "mergeCell") == 0)
		add_merge(sheet, attributes);
	return XML_PASSED;
}

static int
start(struct xml *xml, void *context, int around, const char *name, const char **attributes)
{
	struct sheet *sheet = context;

	(void)xml;
	switch (around) {
	case ROW:
		if (strcmp(name, "c") != 0)
			return XML_PASSED;
		start_cell(sheet, attributes);
		return CELL;
	case CELL:
	case INLINE:
	case RUN:
		return start_in_cell(sheet, around, name);
	case DATA:
		if (strcmp(name, "row") != 0)
			return XML_PASSED;
		start_row(sheet, attributes);
		return ROW;
	default:
		return start_in_sheet(sheet, around, name, attributes);
	}
}

static void
end(struct xml *xml, void *context, int state)
{
	(void)xml;
	if (state == CELL)
		end_cell(context);
	else if (state == ROW)
		end_row(context);
}

/* What is longer than any cell is cut a little behind that length: add_cell() refuses it then. */
static void
take(struct xml *xml, void *context, int state, const char *bytes, size_t size)
{
	struct sheet *sheet = context;

	(void)xml;
	if ((state == VALUE || state == WORDS) && sheet->value.length <= VALUE_BYTES_MAX)
		text_append_bytes(&sheet->value, bytes, size);
}

static const struct xml_reader reader = { start, end, take };

struct sheet *
sheet_open(struct package *package, const struct book *book, const struct sheet_entry *entry,
	   struct error *error)
{
	struct sheet *sheet;

	if (!package_begin(package, entry->part, PACKAGE_SHEET, error))
		return NULL;
	sheet = memory_alloc(sizeof *sheet);
	sheet->package = package;
	sheet->book = book;
	sheet->name = entry->name;
	sheet->chunk = memory_alloc(XML_CHUNK_SIZE);
	sheet->xml = xml_open(&reader, sheet);
	return sheet;
}

static bool
refuse_sheet(struct sheet *sheet, struct error *error)
{
	if (sheet->rows.excess == ROWS_LARGE_CELL)
		return package_refuse(sheet->package, error,
				      "has a cell that is longer than a spreadsheet cell can be, "
				      "in row %d of sheet \"%.124s\"",
				      sheet->row, sheet->name);
	if (sheet->rows.excess == ROWS_MANY_CELLS)
		return package_refuse(sheet->package, error,
				      "has more than %d columns, the most that are read, in row %d "
				      "of sheet \"%.124s\": delete what is not needed",
				      ROW_CELLS_MAX, sheet->row, sheet->name);
	return package_refuse_damage(sheet->package, error, "sheet \"%.124s\": %s", sheet->name,
				     xml_words(sheet->xml));
}

/* Fills the batch with at least one row, or finds the end of the sheet. */
static bool
fill(struct sheet *sheet, struct error *error)
{
	rows_drop(&sheet->rows);
	while (sheet->rows.count == 0 && !sheet->ended) {
		enum xml_result result;
		size_t size;

		if (sheet->paused) {
			result = xml_resume(sheet->xml);
		} else {
			if (!package_read(sheet->package, sheet->chunk, XML_CHUNK_SIZE, &size,
					  error))
				return false;
			sheet->last = size == 0;
			result = xml_parse(sheet->xml, sheet->chunk, size, sheet->last);
		}
		if (result == XML_REFUSED)
			return refuse_sheet(sheet, error);
		sheet->paused = result == XML_PAUSED;
		sheet->ended = sheet->last && !sheet->paused;
	}
	return true;
}

bool
sheet_next(struct sheet *sheet, struct source_row *row, bool *more, struct error *error)
{
	*more = rows_take(&sheet->rows, row);
	if (*more)
		return true;
	if (!fill(sheet, error))
		return false;
	*more = rows_take(&sheet->rows, row);
	return true;
}

void
sheet_find(const struct sheet *sheet, struct sheet_findings *findings)
{
	*findings = sheet->findings;
	for (int i = 0; i < ROW_CELLS_MAX; i++)
		findings->hidden_columns += sheet->hidden[i] && sheet->used[i];
}

void
sheet_close(struct sheet *sheet)
{
	if (sheet == NULL)
		return;
	xml_close(sheet->xml);
	rows_free(&sheet->rows);
	text_free(&sheet->value);
	free(sheet->chunk);
	free(sheet);
}
