/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "import/xlsx_parts.h"
#include "import/xml.h"

enum { TABLE = XML_FIRST_STATE, ITEM, RUN, WORDS };

enum { ESCAPE_SIZE = sizeof "_x000D_" - 1, REPLACEMENT = 0xfffd };

/* The unit of UTF-16 that an escape such as _x000D_ stands for, or -1. */
static int32_t
escaped_unit(const char *bytes, size_t size)
{
	int32_t unit = 0;

	if (size < ESCAPE_SIZE || bytes[0] != '_' || bytes[1] != 'x' || bytes[6] != '_')
		return -1;
	for (int i = 2; i < 6; i++) {
		char sign = bytes[i];

		if (sign >= '0' && sign <= '9')
			unit = unit * 16 + sign - '0';
		else if ((sign >= 'A' && sign <= 'F') || (sign >= 'a' && sign <= 'f'))
			unit = unit * 16 + (sign & 0xf) + 9;
		else
			return -1;
	}
	return unit;
}

/* Writes a character; what is none, and NUL, becomes the sign for that. */
static size_t
write_character(int32_t point, char *out)
{
	if (point == 0 || (point >= 0xd800 && point < 0xe000))
		point = REPLACEMENT;
	if (point < 0x80) {
		out[0] = (char)point;
		return 1;
	}
	if (point < 0x800) {
		out[0] = (char)(0xc0 | point >> 6);
		out[1] = (char)(0x80 | (point & 0x3f));
		return 2;
	}
	if (point < 0x10000) {
		out[0] = (char)(0xe0 | point >> 12);
		out[1] = (char)(0x80 | (point >> 6 & 0x3f));
		out[2] = (char)(0x80 | (point & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | point >> 18);
	out[1] = (char)(0x80 | (point >> 12 & 0x3f));
	out[2] = (char)(0x80 | (point >> 6 & 0x3f));
	out[3] = (char)(0x80 | (point & 0x3f));
	return 4;
}

/* Escapes become characters, which are shorter. The new size. */
static size_t
decode(char *bytes, size_t size)
{
	size_t from = 0, to = 0;

	while (from < size) {
		int32_t point = escaped_unit(bytes + from, size - from), low = -1;

		if (point < 0) {
			bytes[to++] = bytes[from++];
			continue;
		}
		from += ESCAPE_SIZE;
		if (point >= 0xd800 && point < 0xdc00)
			low = escaped_unit(bytes + from, size - from);
		if (low >= 0xdc00 && low < 0xe000) {
			point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
			from += ESCAPE_SIZE;
		}
		to += write_character(point, bytes + to);
	}
	return to;
}

static bool
is_blank(char sign)
{
	return sign == ' ' || sign == '\n' || sign == '\t' || sign == '\r';
}

size_t
strings_clean(char *bytes, size_t size)
{
	size_t blanks = 0;

	for (const char *at = bytes; (at = memchr(at, '_', size - (size_t)(at - bytes))) != NULL;
	     at++)
		if (escaped_unit(at, size - (size_t)(at - bytes)) >= 0) {
			size = decode(bytes, size);
			break;
		}
	while (size > 0 && is_blank(bytes[size - 1]))
		size--;
	while (blanks < size && is_blank(bytes[blanks]))
		blanks++;
	if (blanks > 0)
		memmove(bytes, bytes + blanks, size - blanks);
	return size - blanks;
}

/* Rich text is runs of text; how it is spoken (rPh) is no part of it. */
static int
start(struct xml *xml, void *context, int around, const char *name, const char **attributes)
{
	(void)xml, (void)context, (void)attributes;
	if (around == XML_DOCUMENT)
		return strcmp(name, "sst") == 0 ? TABLE : XML_PASSED;
	if (around == TABLE)
		return strcmp(name, "si") == 0 ? ITEM : XML_PASSED;
	if (around != ITEM && around != RUN)
		return XML_PASSED;
	if (strcmp(name, "t") == 0)
		return WORDS;
	return around == ITEM && strcmp(name, "r") == 0 ? RUN : XML_PASSED;
}

static void
take(struct xml *xml, void *context, int state, const char *bytes, size_t size)
{
	struct strings *strings = context;

	if (state != WORDS)
		return;
	if (strings->texts.length + size > STRINGS_BYTES_MAX)
		xml_refuse(xml, "holds more text than can be kept in memory: save the sheet as "
				"'CSV UTF-8' and import that");
	else
		text_append_bytes(&strings->texts, bytes, size);
}

/* The text of an item is whole. */
static void
end(struct xml *xml, void *context, int state)
{
	struct strings *strings = context;
	size_t from;

	(void)xml;
	if (state != ITEM)
		return;
	from = strings->starts[strings->count];
	if (strings->texts.length > from)
		strings->texts.length = from + strings_clean(strings->texts.bytes + from,
							     strings->texts.length - from);
	text_append_bytes(&strings->texts, "", 1);
	strings->starts = memory_grow(strings->starts, &strings->room, strings->count + 2,
				      sizeof *strings->starts);
	strings->starts[++strings->count] = (uint32_t)strings->texts.length;
}

static const struct xml_reader reader = { start, end, take };

bool
strings_read(struct strings *strings, struct package *package, const char *part,
	     struct error *error)
{
	strings->starts = memory_grow(strings->starts, &strings->room, 1, sizeof *strings->starts);
	strings->starts[0] = 0;
	return xml_read_part(package, part, PACKAGE_STRINGS, &reader, strings, error);
}

void
strings_free(struct strings *strings)
{
	text_free(&strings->texts);
	free(strings->starts);
	*strings = (struct strings){ 0 };
}
