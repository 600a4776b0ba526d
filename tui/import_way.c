/* SPDX-License-Identifier: MIT */
#include "tui/import_way.h"

#include <string.h>

#include "tui/import_choices.h"
#include "tui/import_look.h"
#include "tui/path_line.h"

/* The folder stands on the line the next time. */
static void
remember_folder(struct app *app, const char *path)
{
	const char *slash = strrchr(path, '/');

	text_clear(&app->folder);
	if (slash != NULL)
		text_append_bytes(&app->folder, path, (size_t)(slash + 1 - path));
}

/* Asks for a file until one can be read as some kind of record; false when the person leaves it. */
static bool
choose_file(struct import_plan *plan)
{
	static const struct import_options none;
	struct text path = { 0 }, typed = { 0 };
	bool asked, readable = false;

	text_append(&typed, text_words(&plan->app->folder));
	do {
		text_clear(&path);
		asked = path_line_ask(plan->app,
				      "Import which file? CSV or Excel (.xlsx); Tab completes its "
				      "name",
				      text_words(&typed), &path);
		if (!asked)
			break;
		plan->options = (struct import_options){ .path = arena_text(&plan->arena,
									    text_words(&path)),
							 .entity = &entities[ENTITY_DEVICE] };
		readable = import_plan_look(plan, &none);
		text_clear(&typed);
		text_append(&typed, text_words(&path));
	} while (!readable);
	if (readable)
		remember_folder(plan->app, text_words(&path));
	text_free(&path);
	text_free(&typed);
	return readable;
}

void
import_way_run(struct app *app)
{
	struct import_plan plan = { .app = app };
	struct import_options before;

	if (store_is_read_only(app->session->store)) {
		app_say(app, "This register may only be read, so nothing can be imported into it.");
		return;
	}
	if (choose_file(&plan)) {
		before = plan.options;
		if (import_choices_ask_kind(&plan) && import_plan_look(&plan, &before))
			import_look_run(app, &plan);
		else
			app_say(app, "Left; nothing was changed.");
	}
	import_plan_free(&plan);
}
