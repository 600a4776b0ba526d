/* SPDX-License-Identifier: MIT */
#include "tui/edit.h"

#include <stdlib.h>
#include <string.h>

#include "tui/keys.h"

void
edit_set(struct edit *edit, const char *words)
{
	text_clear(&edit->text);
	text_append(&edit->text, words);
	edit->cursor = edit->text.length;
	edit->first = 0;
}

void
edit_free(struct edit *edit)
{
	text_free(&edit->text);
	*edit = (struct edit){ 0 };
}

const char *
edit_words(const struct edit *edit)
{
	return text_words(&edit->text);
}

/* The columns of the bytes from `from` to `to`. */
static int
columns_between(const struct edit *edit, size_t from, size_t to)
{
	struct text part = { 0 };
	int width;

	text_append_bytes(&part, edit_words(edit) + from, to - from);
	width = text_width(text_words(&part));
	text_free(&part);
	return width;
}

static size_t
character_end(const struct edit *edit, size_t at)
{
	size_t size;

	text_decode(edit_words(edit) + at, edit->text.length - at, &size);
	return at + size;
}

/* Where the character after `at` begins, its marks passed over. */
static size_t
next_character(const struct edit *edit, size_t at)
{
	if (at >= edit->text.length)
		return edit->text.length;
	at = character_end(edit, at);
	while (at < edit->text.length) {
		size_t end = character_end(edit, at);
		char mark[8] = "x";

		/* A mark has no width of its own behind a letter. */
		memcpy(mark + 1, edit_words(edit) + at, end - at);
		if (text_width(mark) > 1)
			break;
		at = end;
	}
	return at;
}

static size_t
previous_character(const struct edit *edit, size_t at)
{
	size_t before = 0;

	for (size_t next = 0; next < at; next = next_character(edit, next))
		before = next;
	return before;
}

static void
remove_bytes(struct edit *edit, size_t from, size_t to)
{
	if (to <= from)
		return;
	memmove(edit->text.bytes + from, edit->text.bytes + to, edit->text.length - to + 1);
	edit->text.length -= to - from;
	edit->cursor = from;
}

static void
insert_words(struct edit *edit, const char *words)
{
	struct text rest = { 0 };

	text_append(&rest, edit_words(edit) + edit->cursor);
	edit->text.length = edit->cursor;
	text_append(&edit->text, words);
	edit->cursor = edit->text.length;
	text_append(&edit->text, text_words(&rest));
	text_free(&rest);
}

static size_t
word_begin(const struct edit *edit)
{
	const char *words = edit_words(edit);
	size_t at = edit->cursor;

	while (at > 0 && words[at - 1] == ' ')
		at--;
	while (at > 0 && words[at - 1] != ' ')
		at--;
	return at;
}

static bool
is_character(int key)
{
	return key == KEY_SPACE || (key >= ' ' && key != 0x7f && key < KEY_UP_ARROW);
}

static bool
insert_key(struct edit *edit, int key, bool pasted)
{
	char words[KEY_NAME_SIZE];

	if (edit->offered && (pasted || is_character(key)))
		edit_set(edit, "");
	edit->offered = edit->offered && !pasted && !is_character(key);
	if (pasted && (key == KEY_RETURN || key == KEY_TABULATOR)) {
		insert_words(edit, key == KEY_RETURN && edit->lines ? "\n" : " ");
		return true;
	}
	if (key == KEY_SPACE) {
		insert_words(edit, " ");
		return true;
	}
	if (!is_character(key))
		return false;
	insert_words(edit, key_name(key, words));
	return true;
}

/* Moves the cursor or takes something away; false for other keys. */
static bool
change_key(struct edit *edit, int key)
{
	switch (key) {
	case KEY_LEFT_ARROW:
		edit->cursor = previous_character(edit, edit->cursor);
		return true;
	case KEY_RIGHT_ARROW:
		edit->cursor = next_character(edit, edit->cursor);
		return true;
	case KEY_FIRST:
	case KEY_CONTROL('A'):
		edit->cursor = 0;
		return true;
	case KEY_LAST:
	case KEY_CONTROL('E'):
		edit->cursor = edit->text.length;
		return true;
	case KEY_RUBOUT:
		remove_bytes(edit, previous_character(edit, edit->cursor), edit->cursor);
		return true;
	case KEY_DELETE:
		remove_bytes(edit, edit->cursor, next_character(edit, edit->cursor));
		return true;
	case KEY_CONTROL('U'):
		edit_set(edit, "");
		return true;
	case KEY_CONTROL('W'):
		remove_bytes(edit, word_begin(edit), edit->cursor);
		return true;
	default:
		return false;
	}
}

bool
edit_key(struct edit *edit, int key, bool pasted)
{
	if (!change_key(edit, key))
		return insert_key(edit, key, pasted);
	edit->offered = false;
	return true;
}

void
edit_draw(struct edit *edit, int row, int column, int width)
{
	int room = width - 1;	/* a column for the cursor behind the last character */
	int used;

	if (edit->first > edit->cursor)
		edit->first = edit->cursor;
	used = columns_between(edit, edit->first, edit->cursor);
	while (used > room && edit->first < edit->cursor) {
		size_t next = next_character(edit, edit->first);

		used -= columns_between(edit, edit->first, next);
		edit->first = next;
	}
	screen_text(row, column, width, STYLE_INPUT, edit_words(edit) + edit->first);
	screen_cursor(row, column + used);
}
