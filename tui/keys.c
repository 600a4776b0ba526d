/* SPDX-License-Identifier: MIT */
#include "tui/keys.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tui/screen.h"

static const struct named_key {
	int key;
	const char *name;
} named_keys[] = {
	{ KEY_RETURN, "Enter" },
	{ KEY_ESCAPE, "Esc" },
	{ KEY_SPACE, "Space" },
	{ KEY_TABULATOR, "Tab" },
	{ KEY_BACK_TAB, "Shift-Tab" },
	{ KEY_UP_ARROW, "Up" },
	{ KEY_DOWN_ARROW, "Down" },
	{ KEY_LEFT_ARROW, "Left" },
	{ KEY_RIGHT_ARROW, "Right" },
	{ KEY_PAGE_UP, "PgUp" },
	{ KEY_PAGE_DOWN, "PgDn" },
	{ KEY_FIRST, "Home" },
	{ KEY_LAST, "End" },
	{ KEY_INSERT, "Ins" },
	{ KEY_DELETE, "Del" },
	{ KEY_RUBOUT, "Backspace" },
	{ KEY_PASTE_BEGIN, "Paste" },
	{ KEY_PASTE_END, "PasteEnd" },
	{ KEY_RESIZED, "Resized" },
	{ KEY_CLOSED, "Closed" },
	{ KEY_OTHER, "Other" },
	{ 0 }
};

static int
prefixed_key(const char *name)
{
	if (strncmp(name, "Ctrl-", 5) == 0 && name[5] != '\0' && name[6] == '\0')
		return KEY_CONTROL(name[5]);
	if (name[0] == '^' && name[1] != '\0' && name[2] == '\0')
		return KEY_CONTROL(name[1]);
	if (name[0] == 'F' && name[1] >= '1' && name[1] <= '9' && strlen(name) <= 3)
		return KEY_FUNCTION + (int)strtol(name + 1, NULL, 10);
	return 0;
}

int
key_named(const char *name)
{
	size_t size;
	int32_t point = text_decode(name, strlen(name) + 1, &size);

	for (const struct named_key *row = named_keys; row->name != NULL; row++)
		if (strcmp(row->name, name) == 0)
			return row->key;
	if (point > ' ' && name[size] == '\0')
		return point;
	return prefixed_key(name);
}

/* The UTF-8 of one character. */
static void
encode(int key, char out[KEY_NAME_SIZE])
{
	static const unsigned char leads[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	int size = key < 0x80 ? 1 : key < 0x800 ? 2 : key < 0x10000 ? 3 : 4;

	for (int i = size - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (key & 0x3f));
		key >>= 6;
	}
	out[0] = (char)(key | leads[size]);
	out[size] = '\0';
}

const char *
key_name(int key, char out[KEY_NAME_SIZE])
{
	for (const struct named_key *row = named_keys; row->name != NULL; row++)
		if (row->key == key)
			return row->name;
	if (key > KEY_FUNCTION)
		snprintf(out, KEY_NAME_SIZE, "F%d", key - KEY_FUNCTION);
	else if (key < ' ')
		snprintf(out, KEY_NAME_SIZE, "Ctrl-%c", key + '@');
	else
		encode(key, out);
	return out;
}
