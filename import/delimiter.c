/* SPDX-License-Identifier: MIT */
#include "import/delimiter.h"

#include <csv.h>
#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "import/rows.h"

enum {
	/* Bytes that are parsed before it is asked whether there are rows enough. */
	STEP = 1024,
	PARSER_STEP = 4096,	/* bytes by which the parser grows a cell */
};

#define DELIMITERS \
	DELIMITER(',',  "comma") \
	DELIMITER(';',  "semicolon") \
	DELIMITER('\t', "tab") \
	DELIMITER('|',  "pipe")

#define DELIMITER(byte, title) { byte, title },
const struct delimiter delimiters[] = { DELIMITERS { 0 } };
#undef DELIMITER

#define DELIMITER(byte, title) { title, "", 0 },
const struct choice delimiter_words[] = { DELIMITERS { 0 } };
#undef DELIMITER

/* How well the rows come out with a delimiter: what stands first decides first. */
struct fitness {
	size_t known;		/* headings, in the row with the most of them; one may be chance */
	bool even;		/* all rows have the same cells, and more than one */
	/* In the rows that are as wide as most, but for the first of each. */
	size_t cells;
};

char
delimiter_find(const char *word, struct error *error)
{
	struct text list = { 0 };
	const struct delimiter *delimiter = delimiters;

	while (delimiter->title != NULL && !text_same(delimiter->title, word) &&
	       (word[0] != delimiter->byte || word[1] != '\0')) {
		text_format(&list, "%s%s", list.length > 0 ? ", " : "", delimiter->title);
		delimiter++;
	}
	if (delimiter->title == NULL)
		error_set(error, ERROR_USAGE,
			  "There is no delimiter '%.20s'. Say which of these it is: %s.", word,
			  text_words(&list));
	text_free(&list);
	return delimiter->byte;
}

const char *
delimiter_title(char byte)
{
	for (const struct delimiter *delimiter = delimiters; delimiter->title != NULL; delimiter++)
		if (delimiter->byte == byte)
			return delimiter->title;
	return NULL;
}

bool
delimiter_is_usable(char byte)
{
	return byte == '\t' || (byte != '"' && ispunct((unsigned char)byte));
}

static void
take_cell(void *data, size_t size, void *context)
{
	rows_add_cell(context, data, size);
}

static void
take_row(int terminator, void *context)
{
	(void)terminator;
	if (rows_open_cells(context) > 0)
		rows_end_row(context, 0, 0);
}

/*
 * Rows enough to judge; the last of a piece of a file may lack its end, so it counts only when
 * there is no other.
 */
static void
parse_start(struct rows *rows, char delimiter, const char *bytes, size_t size, bool whole)
{
	struct csv_parser parser;

	if (csv_init(&parser, 0) != 0)
		abort();	/* it fails for a NULL parser only */
	csv_set_blk_size(&parser, PARSER_STEP);
	csv_set_delim(&parser, (unsigned char)delimiter);
	for (size_t at = 0; at < size && rows->count < READER_LAYOUT_ROWS; at += STEP)
		csv_parse(&parser, bytes + at, size - at < STEP ? size - at : STEP, take_cell,
			  take_row, rows);
	if (rows->count == 0 || (whole && rows->count < READER_LAYOUT_ROWS))
		csv_fini(&parser, take_cell, take_row, rows);
	csv_free(&parser);
	if (rows->count > READER_LAYOUT_ROWS)
		rows->count = READER_LAYOUT_ROWS;
}

/* How many cells most of the rows have, and how many rows have so many. */
static size_t
find_usual_width(const struct rows *rows, size_t *most)
{
	size_t usual = 0;

	*most = 0;
	for (size_t i = 0; i < rows->count; i++) {
		size_t same = 0;

		for (size_t other = 0; other < rows->count; other++)
			same += rows->spans[other].count == rows->spans[i].count;
		if (same > *most || (same == *most && rows->spans[i].count > usual)) {
			*most = same;
			usual = rows->spans[i].count;
		}
	}
	return usual;
}

static struct fitness
judge_rows(struct rows *rows, const struct reader_options *options)
{
	struct fitness fitness = { 0 };
	struct source_row row;
	size_t most, width = find_usual_width(rows, &most);

	for (size_t i = 0; options->recognise != NULL && i < rows->count; i++) {
		size_t known;

		rows_at(rows, i, &row);
		known = options->recognise(options->context, row.cells, row.count);
		if (known > 1 && known > fitness.known)
			fitness.known = known;
	}
	fitness.even = width > 1 && most == rows->count;
	fitness.cells = width > 1 ? most * (width - 1) : 0;
	return fitness;
}

static bool
is_better(const struct fitness *fitness, const struct fitness *than)
{
	if (fitness->known != than->known)
		return fitness->known > than->known;
	if (fitness->even != than->even)
		return fitness->even;
	return fitness->cells > than->cells;
}

char
delimiter_of_start(const char *bytes, size_t size, bool whole, const struct reader_options *options)
{
	const struct delimiter *best = delimiters;
	struct fitness best_fitness = { 0 };

	for (const struct delimiter *delimiter = delimiters; delimiter->title != NULL;
	     delimiter++) {
		struct rows rows = { 0 };
		struct fitness fitness;

		parse_start(&rows, delimiter->byte, bytes, size, whole);
		fitness = judge_rows(&rows, options);
		rows_free(&rows);
		if (!is_better(&fitness, &best_fitness))
			continue;
		best = delimiter;
		best_fitness = fitness;
	}
	return best->byte;
}

size_t
delimiter_of_first_line(const char *bytes, size_t size, char *byte)
{
	static const char words[] = "sep=";
	const size_t length = sizeof words - 1;

	if (size <= length || strncasecmp(bytes, words, length) != 0)
		return 0;
	if (size > length + 1 && bytes[length + 1] != '\r' && bytes[length + 1] != '\n')
		return 0;
	if (!delimiter_is_usable(bytes[length]))
		return 0;
	*byte = bytes[length];
	return length + 1;
}
