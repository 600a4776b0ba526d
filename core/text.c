/* SPDX-License-Identifier: MIT */
#include "core/text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <wchar.h>

#include "core/memory.h"

/* wcwidth() belongs to XSI, which -D_POSIX_C_SOURCE leaves out. */
int wcwidth(wchar_t character);

enum { COMBINING_MARKS_MAX = 2 };

void
text_append_bytes(struct text *text, const char *bytes, size_t size)
{
	text->bytes = memory_grow(text->bytes, &text->room, text->length + size + 1, 1);
	memcpy(text->bytes + text->length, bytes, size);
	text->length += size;
	text->bytes[text->length] = '\0';
}

void
text_append(struct text *text, const char *words)
{
	text_append_bytes(text, words, strlen(words));
}

void
text_format(struct text *text, const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	text->bytes = memory_grow(text->bytes, &text->room, text->length + (size_t)length + 1, 1);
	va_start(arguments, format);
	vsnprintf(text->bytes + text->length, (size_t)length + 1, format, arguments);
	va_end(arguments);
	text->length += (size_t)length;
}

void
text_clear(struct text *text)
{
	text->length = 0;
	if (text->bytes != NULL)
		text->bytes[0] = '\0';
}

void
text_free(struct text *text)
{
	free(text->bytes);
	*text = (struct text){ 0 };
}

const char *
text_words(const struct text *text)
{
	return text->bytes != NULL ? text->bytes : "";
}

/* How many bytes follow the first of a character; 4 when it is none. */
static size_t
bytes_behind(unsigned char lead)
{
	if (lead < 0x80)
		return 0;
	if (lead >> 5 == 6)
		return 1;
	if (lead >> 4 == 14)
		return 2;
	return lead >> 3 == 30 ? 3 : 4;
}

int32_t
text_decode(const char *bytes, size_t room, size_t *size)
{
	/* The least code point that needs so many bytes behind the first. */
	static const int32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	unsigned char lead = (unsigned char)bytes[0];
	size_t more = bytes_behind(lead);
	int32_t point;

	*size = 1;
	if (more == 0)
		return lead;
	if (more == 4 || room < more + 1)
		return -1;
	point = lead & (0x3f >> more);
	for (size_t i = 1; i <= more; i++) {
		unsigned char next = (unsigned char)bytes[i];

		if (next >> 6 != 2)
			return -1;
		point = point << 6 | (next & 0x3f);
	}
	if (point < least[more] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
		return -1;
	*size = more + 1;
	return point;
}

size_t
text_invalid_at(const char *bytes, size_t size)
{
	size_t at = 0, step;

	while (at < size) {
		uint64_t eight;

		/* Eight ASCII bytes at a time, none of them NUL. */
		while (size - at >= sizeof eight) {
			memcpy(&eight, bytes + at, sizeof eight);
			if (eight & UINT64_C(0x8080808080808080) ||
			    ((eight - UINT64_C(0x0101010101010101)) & ~eight &
			     UINT64_C(0x8080808080808080)))
				break;
			at += sizeof eight;
		}
		if (at == size)
			break;
		if (bytes[at] == '\0' || text_decode(bytes + at, size - at, &step) < 0)
			return at;
		at += step;
	}
	return size;
}

bool
text_is_hidden(int32_t point)
{
	static const struct { int32_t first, last; } ranges[] = {
		{ 0x00ad, 0x00ad }, { 0x061c, 0x061c }, { 0x180e, 0x180e }, { 0x200b, 0x200f },
		{ 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0xfeff, 0xfeff }, { 0xfff0, 0xfffb },
		{ 0xfdd0, 0xfdef }, { 0xe0000, 0xe0fff },
	};

	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
		if (point >= ranges[i].first && point <= ranges[i].last)
			return true;
	return (point & 0xfffe) == 0xfffe;
}

/* What stands on the screen for one character; returns its columns. */
static int
visible(int32_t point, const char *bytes, size_t size, char out[16])
{
	int width;

	if (point == '\n' || point == '\r' || point == '\t')
		return snprintf(out, 16, " ");
	if (point < 0)
		return snprintf(out, 16, "\\x%02x", (unsigned char)bytes[0]);
	if (point < 0x20 || (point >= 0x7f && point < 0xa0))
		return snprintf(out, 16, "\\x%02x", (unsigned)point);
	width = point < 0x7f ? 1 : wcwidth((wchar_t)point);
	if (text_is_hidden(point) || width < 0)
		return snprintf(out, 16, "<%04X>", (unsigned)point);
	memcpy(out, bytes, size);
	out[size] = '\0';
	return width;
}

/* Copies characters while they fit; *rest is what did not. Returns the columns used. */
static int
append_visible(struct text *out, const char *text, int width, const char **rest)
{
	size_t room = strlen(text), size;
	int used = 0, marks = 0;

	for (; room > 0; text += size, room -= size) {
		char sign[16];
		int32_t point = text_decode(text, room, &size);
		int cells = visible(point, text, size, sign);

		marks = cells == 0 ? marks + 1 : 0;
		if (marks > COMBINING_MARKS_MAX || (cells == 0 && used == 0))
			continue;
		if (width >= 0 && used + cells > width)
			break;
		if (out != NULL)
			text_append(out, sign);
		used += cells;
	}
	*rest = text;
	return used;
}

int
text_width(const char *text)
{
	const char *rest;

	return append_visible(NULL, text, -1, &rest);
}

int
text_for_screen(struct text *out, const char *text, int width)
{
	size_t start = out->length;
	const char *rest;
	int used = append_visible(out, text, width, &rest);

	if (*rest == '\0' || width <= 0)
		return used;
	/* It did not fit: again, with a column kept for the ellipsis. */
	out->length = start;
	if (out->bytes != NULL)
		out->bytes[start] = '\0';
	used = append_visible(out, text, width - 1, &rest);
	text_append(out, "\xe2\x80\xa6");
	return used + 1;
}

/* What Excel's XML 1.0 can hold. */
static bool
is_cell_character(int32_t point)
{
	return point >= 0 && point != 0x7f && (point >= 0x20 || point == '\t' || point == '\n') &&
	       point != 0xfffe && point != 0xffff;
}

/* Appends the text with a sign for what a cell cannot hold; returns its UTF-16 units. */
static size_t
append_for_cell(struct text *clean, const char *text)
{
	size_t units = 0, size;

	for (size_t room = strlen(text); room > 0; text += size, room -= size) {
		int32_t point = text_decode(text, room, &size);

		if (point == '\r')
			continue;
		if (is_cell_character(point))
			text_append_bytes(clean, text, size);
		else
			text_append(clean, "\xef\xbf\xbd");
		units += point > 0xffff ? 2 : 1;
	}
	return units;
}

/* Cuts valid UTF-8 so that it and the note fill a cell. */
static void
cut_for_cell(struct text *clean)
{
	size_t at = 0, units = 0, size;

	for (; at < clean->length; at += size) {
		units += text_decode(clean->bytes + at, clean->length - at, &size) > 0xffff ? 2 : 1;
		if (units > TEXT_CELL_CHARACTERS - (sizeof TEXT_CUT_NOTE - 1))
			break;
	}
	clean->length = at;
	text_append(clean, TEXT_CUT_NOTE);
}

const char *
text_for_cell(struct arena *arena, const char *text)
{
	size_t room = strlen(text);
	struct text clean = { 0 };
	const char *at = text;

	/* Nearly every text is short and plain, and an export has millions. */
	while (*at >= 0x20 && *at < 0x7f)
		at++;
	if (*at == '\0' && room <= TEXT_CELL_CHARACTERS)
		return text;
	if (append_for_cell(&clean, text) > TEXT_CELL_CHARACTERS)
		cut_for_cell(&clean);
	if (strcmp(text_words(&clean), text) != 0)
		text = arena_text(arena, text_words(&clean));
	text_free(&clean);
	return text;
}

bool
text_is_letter(const char *text, size_t *size)
{
	int32_t point = text_decode(text, strnlen(text, 4), size);

	if (point >= 0 && point < 0x80)
		return (point >= '0' && point <= '9') ||
		       ((point | 0x20) >= 'a' && (point | 0x20) <= 'z');
	if (point >= 0x80 && point < 0xc0)
		return point == 0xaa || point == 0xb5 || point == 0xba;
	return point < 0x2000 || point > 0x206f;
}

const char *
text_fold(struct arena *arena, const char *text)
{
	char *folded = arena_text(arena, text), *end = folded;

	for (size_t size; *text != '\0'; text += size) {
		if (!text_is_letter(text, &size))
			continue;
		for (size_t i = 0; i < size; i++)
			*end++ = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a'
									 : text[i]);
	}
	*end = '\0';
	return folded;
}

const char *
text_small(struct arena *arena, const char *text)
{
	char *small = arena_text(arena, text);

	for (char *at = small; *at != '\0'; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at - 'A' + 'a');
	return small;
}

bool
text_same(const char *a, const char *b)
{
	return strcasecmp(a, b) == 0;
}

static size_t
blank_size(const char *text, size_t size)
{
	if (size >= 1 && (*text == ' ' || *text == '\t' || *text == '\n' || *text == '\r'))
		return 1;
	return size >= 2 && memcmp(text, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

const char *
text_trim(const char *text, size_t *size)
{
	size_t step;

	while ((step = blank_size(text, *size)) > 0) {
		text += step;
		*size -= step;
	}
	while (*size > 0 && (blank_size(text + *size - 1, 1) > 0 ||
			     (*size > 1 && blank_size(text + *size - 2, 2) == 2)))
		*size -= blank_size(text + *size - 1, 1) > 0 ? 1 : 2;
	return text;
}

const char *
text_number(int64_t number, char out[TEXT_NUMBER_SIZE])
{
	char digits[TEXT_NUMBER_SIZE];
	int length = snprintf(digits, sizeof digits, "%" PRId64, number), used = 0;

	for (int i = 0; i < length; i++) {
		out[used++] = digits[i];
		if (digits[i] != '-' && i + 1 < length && (length - i - 1) % 3 == 0)
			out[used++] = ',';
	}
	out[used] = '\0';
	return out;
}

const char *
text_count(struct arena *arena, int64_t number, const char *one, const char *many)
{
	char digits[TEXT_NUMBER_SIZE];

	return arena_format(arena, "%s %s", text_number(number, digits), number == 1 ? one : many);
}

bool
text_list_has(const char *list, const char *word)
{
	size_t length = strlen(word);

	while (*list != '\0') {
		size_t size = strcspn(list, ","), trimmed = size;
		const char *start = text_trim(list, &trimmed);

		if (trimmed == length && strncasecmp(start, word, length) == 0)
			return true;
		list += size + (list[size] == ',');
	}
	return false;
}

bool
text_equals(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}
