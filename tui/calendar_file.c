/* SPDX-License-Identifier: MIT */
#include "tui/calendar_file.h"

#include <unistd.h>

#include "commands/command.h"
#include "tui/ask.h"
#include "tui/prompt.h"

static const char usual_path[] = "terrier-deadlines.ics";

/* Asks until the line is not empty; false when the person gave up. */
static bool
ask_path(struct app *app, struct text *path)
{
	const char *question = "Calendar file (iCalendar) of what is overdue and due in the coming "
			       "months: which file?";
	bool asked;

	do {
		asked = prompt_ask(app, question, usual_path, path);
		if (asked && path->length == 0)
			app_say(app, "This is needed. Esc leaves.");
	} while (asked && path->length == 0);
	ask_expand_home(path);
	return asked;
}

/* Whether the file may be written; *replace when it is there and the person says so. */
static bool
ask_to_replace(struct app *app, const char *path, bool *replace)
{
	static const char *const options[] = { "yes", "no", NULL };
	struct text question = { 0 };

	*replace = false;
	if (access(path, F_OK) != 0)
		return true;
	text_format(&question, "%s is there already. Replace it?", path);
	*replace = prompt_confirm(app, text_words(&question), options) == 0;
	text_free(&question);
	if (!*replace)
		app_say(app, "The file was left as it is.");
	return *replace;
}

static void
write_file(struct app *app, const char *path, bool replace)
{
	struct request request = { .command = command_named("due") };
	struct reply reply = { .data = { 0 } };
	struct arena arena = { 0 };
	struct error error = { 0 };

	work_begin(&app->work, WORK_COMMAND);
	if (request_add(&request, &arena, "ics", "", &error) &&
	    request_add(&request, &arena, "output", path, &error) &&
	    (!replace || request_add(&request, &arena, "force", "", &error)) &&
	    command_run(app->session, &request, &reply, &error))
		app_say(app, "%s", text_words(&reply.words));
	else
		app_complain(app, &error);
	text_free(&reply.words);
	arena_free(&arena);
}

void
calendar_file_run(struct app *app)
{
	struct text path = { 0 };
	bool replace;

	if (ask_path(app, &path) && ask_to_replace(app, text_words(&path), &replace))
		write_file(app, text_words(&path), replace);
	text_free(&path);
}
