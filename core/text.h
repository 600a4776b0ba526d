/* SPDX-License-Identifier: MIT */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

/*
 * A growing UTF-8 string. `bytes` always ends in a NUL once anything was
 * appended; before that it is NULL, and text_words() gives "".
 * `struct text text = { 0 };` is empty; end it with text_free().
 */
struct text {
	char *bytes;
	size_t length;		/* in bytes, without the NUL */
	size_t room;
};

void text_append(struct text *text, const char *words);
void text_append_bytes(struct text *text, const char *bytes, size_t size);
void text_format(struct text *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void text_clear(struct text *text);
void text_free(struct text *text);
const char *text_words(const struct text *text);

/* Reads a code point of UTF-8, valid or not: its value, -1 for a bad byte; *size is its bytes. */
int32_t text_decode(const char *bytes, size_t room, size_t *size);

/* The offset of the first byte that is not strict UTF-8 (or is a NUL), or `size` for none. */
size_t text_invalid_at(const char *bytes, size_t size);

/*
 * Whether the character changes what surrounds it, or cannot be seen: bidirectional, zero-width and
 * the like.
 */
bool text_is_hidden(int32_t point);

/* The columns that the text takes on a terminal, as text_for_screen() would write it. */
int text_width(const char *text);

/*
 * The one way from data to a terminal.  Control characters, escape sequences,
 * bidirectional and zero-width characters and invalid bytes become visible
 * signs (`\x1b`, `<202E>`), line ends become a space; a character keeps at
 * most two combining marks.  At most `width` columns: what is longer ends in
 * an ellipsis; width < 0 is without limit.  Appends to out; returns the
 * columns used.
 */
int text_for_screen(struct text *out, const char *text, int width);

/*
 * The one way from data to a spreadsheet cell: valid UTF-8 without characters
 * that Excel refuses, at most TEXT_CELL_CHARACTERS long (what is longer ends
 * in TEXT_CUT_NOTE). Returns `text` itself when nothing needs doing.
 */
enum { TEXT_CELL_CHARACTERS = 32767 };	/* Excel's limit for one cell, in UTF-16 units */
#define TEXT_CUT_NOTE " [cut: longer than a spreadsheet cell]"
const char *text_for_cell(struct arena *arena, const char *text);

/*
 * Whether the character that the text begins with counts when words are compared: a letter or a
 * digit, with or without an accent, but no blank, dash or apostrophe, whichever of them.  *size is
 * its bytes; the text is not empty.
 */
bool text_is_letter(const char *text, size_t *size);

/*
 * For comparing what people type: lower case, letters and digits only, accents
 * kept ("Cam No." -> "camno", "Property  Ref" -> "propertyref"). In the arena.
 */
const char *text_fold(struct arena *arena, const char *text);

/*
 * A copy with its ASCII letters small: what SQLite's NOCASE holds to be the same is the same here.
 * In the arena.
 */
const char *text_small(struct arena *arena, const char *text);

/* Whether both are the same but for the case of ASCII letters. */
bool text_same(const char *a, const char *b);

/* The text without blanks and no-break spaces around it: *size bytes from the pointer on. */
const char *text_trim(const char *text, size_t *size);

/* A whole number with commas: 1,000,000. */
enum { TEXT_NUMBER_SIZE = 32 };
const char *text_number(int64_t number, char out[TEXT_NUMBER_SIZE]);

/* "1 site", "2 sites": in the arena. */
const char *text_count(struct arena *arena, int64_t number, const char *one, const char *many);

/* Whether a list (words with commas between) names the word, blanks around and case aside. */
bool text_list_has(const char *list, const char *word);

/* Whether both are the same words to the letter, or both are NULL. */
bool text_equals(const char *a, const char *b);

#endif
