/* SPDX-License-Identifier: MIT */
#include "tui/path_line.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/memory.h"
#include "tui/actions.h"
#include "tui/edit.h"
#include "tui/status.h"

/*
 * A folder with more names is one to type in, not to choose from: reading them would keep the
 * person waiting.
 */
enum { NAMES_MAX = 5000 };

struct path_line {
	struct layer layer;
	const char *question;
	struct edit line;
	struct text names;	/* that fit, a line each; empty: not asked for */
};

/* Names of a folder that begin alike. */
struct fitting {
	const char **names;
	size_t count, room;
};

/* The path with the person's own folder in place of "~". */
static const char *
expand(struct arena *arena, const char *typed)
{
	const char *home = getenv("HOME");

	return strncmp(typed, "~/", 2) == 0 && home != NULL
		       ? arena_format(arena, "%s%s", home, typed + 1)
		       : typed;
}

static bool
is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Hidden files fit only where their dot was typed. */
static bool
fits(const char *name, const char *begins)
{
	return strncmp(name, begins, strlen(begins)) == 0 && (*name != '.' || *begins == '.') &&
	       strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

static void
find(struct fitting *found, struct arena *arena, const char *folder, const char *begins)
{
	DIR *list = opendir(*folder != '\0' ? folder : ".");

	for (const struct dirent *entry;
	     list != NULL && found->count < NAMES_MAX && (entry = readdir(list)) != NULL;) {
		const char *slash;

		if (!fits(entry->d_name, begins))
			continue;
		slash = is_folder(arena_format(arena, "%s%s", folder, entry->d_name)) ? "/" : "";
		found->names = memory_grow(found->names, &found->room, found->count + 1,
					   sizeof *found->names);
		found->names[found->count++] = arena_format(arena, "%s%s", entry->d_name, slash);
	}
	if (list != NULL)
		closedir(list);
	if (found->count > 0)
		qsort(found->names, found->count, sizeof *found->names, by_name);
}

/* How many bytes all the names have in common, whole characters only. */
static size_t
common_size(const struct fitting *found)
{
	size_t size = strlen(found->names[0]);

	for (size_t i = 1; i < found->count; i++)
		while (strncmp(found->names[0], found->names[i], size) != 0)
			size--;
	while (size > 0 && ((unsigned char)found->names[0][size] & 0xc0) == 0x80)
		size--;
	return size;
}

void
path_line_complete(const char *typed, struct text *path, struct text *names)
{
	const char *slash = strrchr(typed, '/'), *begins = slash != NULL ? slash + 1 : typed;
	struct arena arena = { 0 };
	struct fitting found = { 0 };

	find(&found, &arena, expand(&arena, arena_bytes(&arena, typed, (size_t)(begins - typed))),
	     begins);
	text_append(path, typed);
	if (found.count > 0)
		text_append_bytes(path, found.names[0] + strlen(begins),
				  common_size(&found) - strlen(begins));
	for (size_t i = 0; i < found.count; i++)
		text_format(names, "%s\n", found.names[i]);
	free(found.names);
	arena_free(&arena);
}

static void
complete(struct path_line *path)
{
	struct text longer = { 0 };

	text_clear(&path->names);
	path_line_complete(edit_words(&path->line), &longer, &path->names);
	if (path->names.length == 0)
		text_append(&path->names, "No file there begins so.\n");
	else if (strchr(text_words(&path->names), '\n')[1] == '\0')
		text_clear(&path->names);
	edit_set(&path->line, text_words(&longer));
	text_free(&longer);
}

/* As many lines as the panel may have; the last says how many more there are. */
static int
names_in(const struct path_line *path, int most, int *more)
{
	int count = 0;

	for (const char *at = text_words(&path->names); *at != '\0'; at++)
		count += *at == '\n';
	*more = count > most ? count - most + 1 : 0;
	return count > most ? most : count;
}

static void
draw_names(const struct path_line *path, struct area area, int bottom)
{
	int more, count = names_in(path, area.rows / 2, &more), row = bottom - count;
	const char *at = text_words(&path->names);

	for (; row < bottom; row++) {
		size_t size = strcspn(at, "\n");
		struct text name = { 0 };

		if (more > 0 && row == bottom - 1)
			text_format(&name, "... and %d more: type the next letters", more);
		else
			text_append_bytes(&name, at, size);
		screen_text(row, area.column, area.columns, STYLE_PLAIN, "");
		screen_text(row, area.column + 2, area.columns - 2, STYLE_PLAIN, text_words(&name));
		text_free(&name);
		at += size + 1;
	}
}

static void
draw(struct app *app, struct layer *layer, struct area area)
{
	struct path_line *path = (struct path_line *)layer;
	int row = area.row + area.rows, above;

	above = status_draw_wrapped(row - 1, area.columns, STYLE_BAR, path->question);
	draw_names(path, area, row - above);
	if (path->names.length == 0)
		status_draw_message_above(app, row - 1 - above, area.columns);
	screen_text(row, area.column, status_room(app, area.columns), STYLE_PLAIN, "");
	screen_text(row, area.column, 2, STYLE_KEY, ">");
	edit_draw(&path->line, row, area.column + 2, status_room(app, area.columns) - 3);
}

/* What one key does; false when the line is done, with *accepted set. */
static bool
act(struct app *app, struct path_line *path, int key, bool *accepted)
{
	switch (app->pasting ? ACTION_NONE : action_id_for_key(PLACE_PATH, key)) {
	case ACTION_BACK:
		return false;
	case ACTION_ACCEPT:
		*accepted = path->line.text.length > 0;
		return !*accepted;
	case ACTION_OPEN:
		complete(path);
		return true;
	default:
		if (edit_key(&path->line, key, app->pasting))
			text_clear(&path->names);
		return true;
	}
}

bool
path_line_ask(struct app *app, const char *question, const char *folder, struct text *path)
{
	struct path_line line = {
		.layer = { .draw = draw, .place = PLACE_PATH, .takes_text = true },
		.question = question,
	};
	struct arena arena = { 0 };
	bool accepted = false;
	int key;

	edit_set(&line.line, folder != NULL ? folder : "");
	app_push(app, &line.layer);
	do
		key = app_key(app);
	while (key != KEY_CLOSED && act(app, &line, key, &accepted));
	app_pop(app);
	if (accepted)
		text_append(path, expand(&arena, edit_words(&line.line)));
	arena_free(&arena);
	text_free(&line.names);
	edit_free(&line.line);
	return accepted;
}
