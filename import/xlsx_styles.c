/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "core/map.h"
#include "core/memory.h"
#include "import/xlsx_parts.h"
#include "import/xml.h"

/*
 * Which styles of cells show their number as a date, a time or a code: by the number format that
 * each of them has.
 */

enum { SHEET = XML_FIRST_STATE, FORMATS, STYLES };

enum { CODE_MAX = 1024 };	/* Excel allows 255 characters */

/* The formats that have a number and no words. */
static const struct built_in {
	int first, last;
	enum number_style style;
} built_ins[] = {
	{ 11, 11, STYLE_EXPONENT },
	{ 14, 17, STYLE_DATE },
	{ 18, 21, STYLE_TIME },
	{ 22, 22, STYLE_DATE },
	{ 27, 31, STYLE_DATE },		/* 27 to 36 and 50 to 58 are those of East Asia */
	{ 32, 35, STYLE_TIME },
	{ 36, 36, STYLE_DATE },
	{ 45, 45, STYLE_TIME },
	{ 46, 46, STYLE_SPAN },
	{ 47, 47, STYLE_TIME },
	{ 48, 48, STYLE_EXPONENT },
	{ 50, 54, STYLE_DATE },
	{ 55, 56, STYLE_TIME },
	{ 57, 58, STYLE_DATE },
};

struct reading {
	struct book *book;
	struct map custom;		/* place in the known ones, by the id of the format */
	struct number_format *known;
	size_t known_count, known_room;
	const char **formats;		/* of each style, the id of its format */
	size_t format_room;
};

static enum number_style
built_in_style(const char *id)
{
	long number = strtol(id, NULL, 10);

	for (size_t i = 0; i < sizeof built_ins / sizeof built_ins[0]; i++)
		if (number >= built_ins[i].first && number <= built_ins[i].last)
			return built_ins[i].style;
	return STYLE_NUMBER;
}

/* What stands in brackets: hours, minutes or seconds that run on; or colour, country, condition. */
static bool
is_span(const char *bytes, size_t size)
{
	size_t same = 0;

	while (same < size && strchr("hHmMsS", bytes[same]) != NULL &&
	       (bytes[same] | ' ') == (bytes[0] | ' '))
		same++;
	return size > 0 && same == size;
}

/* Steps over words that stand for themselves; returns their last byte, or `at` for none. */
static const char *
pass_words(const char *at)
{
	const char *end = *at == '"' ? strchr(at + 1, '"') : NULL;

	if (end != NULL)
		return end;
	if ((*at == '\\' || *at == '_' || *at == '*') && at[1] != '\0')
		return at + 1;
	return at;
}

/* What the letters of a format code say: d/mm/yyyy, [h]:mm, "day" 0. */
static enum number_style
style_of_code(const char *code)
{
	bool day = false, month = false, clock = false, exponent = false;

	for (const char *at = code; *at != '\0'; at++) {
		const char *close = *at == '[' ? strchr(at, ']') : NULL;

		if (close != NULL && is_span(at + 1, (size_t)(close - at) - 1))
			return STYLE_SPAN;
		if (close != NULL || pass_words(at) != at) {
			at = close != NULL ? close : pass_words(at);
			continue;
		}
		day = day || strchr("dDyY", *at) != NULL;
		month = month || *at == 'm' || *at == 'M';
		clock = clock || strchr("hHsS", *at) != NULL;
		exponent = exponent || ((*at | ' ') == 'e' && (at[1] == '+' || at[1] == '-'));
	}
	if (day || (month && !clock))
		return STYLE_DATE;
	return clock ? STYLE_TIME : exponent ? STYLE_EXPONENT : STYLE_NUMBER;
}

static void
add_format(struct reading *reading, const char **attributes)
{
	const char *id = xml_attribute(attributes, "numFmtId"),
		   *code = xml_attribute(attributes, "formatCode");
	struct number_format format = { STYLE_NUMBER, NULL };
	bool added;

	if (id == NULL || code == NULL || strlen(code) > CODE_MAX)
		return;
	format.style = style_of_code(code);
	if (format.style == STYLE_NUMBER)
		format.pattern = codes_pattern(code, &reading->book->arena);
	if (format.pattern != NULL)
		format.style = STYLE_CODE;
	*map_add(&reading->custom, id, 0, &added) = (int64_t)reading->known_count;
	reading->known = memory_grow(reading->known, &reading->known_room, reading->known_count + 1,
				     sizeof *reading->known);
	reading->known[reading->known_count++] = format;
}

static void
add_style(struct reading *reading, const char **attributes)
{
	struct book *book = reading->book;
	const char *id = xml_attribute(attributes, "numFmtId");

	reading->formats = memory_grow(reading->formats, &reading->format_room,
				       book->style_count + 1, sizeof *reading->formats);
	reading->formats[book->style_count++] = arena_text(&book->arena, id != NULL ? id : "0");
}

static int
start(struct xml *xml, void *context, int around, const char *name, const char **attributes)
{
	struct reading *reading = context;

	(void)xml;
	if (around == XML_DOCUMENT)
		return strcmp(name, "styleSheet") == 0 ? SHEET : XML_PASSED;
	if (around == SHEET && strcmp(name, "numFmts") == 0)
		return FORMATS;
	if (around == SHEET && strcmp(name, "cellXfs") == 0)
		return STYLES;
	if (around == FORMATS && strcmp(name, "numFmt") == 0)
		add_format(reading, attributes);
	if (around == STYLES && strcmp(name, "xf") == 0)
		add_style(reading, attributes);
	return XML_PASSED;
}

static const struct xml_reader reader = { .start = start };

bool
styles_read(struct book *book, struct package *package, struct error *error)
{
	struct reading reading = { .book = book };
	bool whole = xml_read_part(package, book->styles_part, PACKAGE_SETTINGS, &reader, &reading,
				   error);

	book->styles = memory_grow(book->styles, &book->style_room, book->style_count + 1,
				   sizeof *book->styles);
	for (size_t i = 0; i < book->style_count; i++) {
		const int64_t *custom = map_find(&reading.custom, reading.formats[i]);

		book->styles[i] = custom != NULL ? reading.known[*custom]
						 : (struct number_format){
							   built_in_style(reading.formats[i]), NULL
						   };
	}
	map_free(&reading.custom);
	free(reading.formats);
	free(reading.known);
	return whole;
}
