/* SPDX-License-Identifier: MIT */
#include "tui/mend.h"

#include <string.h>

#include "tui/actions.h"
#include "tui/import_words.h"
#include "tui/prompt.h"

const char *
mend_mistake(struct arena *arena, const struct mend *mend, size_t cell)
{
	const struct refusal_cell *row = &mend->row.cells[cell];
	const char *part;
	size_t size;

	if (row->field == NULL)
		return NULL;
	part = refusal_part(mend->row.reason, row->field, &size);
	if (part != NULL)
		return import_words(arena, arena_bytes(arena, part, size), PLACE_MEND);
	return row->wrong ? import_words(arena, mend->row.reason, PLACE_MEND) : NULL;
}

static void
enter_cell(struct mend *mend, size_t cell)
{
	mend->cell = cell;
	edit_set(&mend->edit, mend->row.cells[cell].words);
}

static void
leave_cell(struct mend *mend)
{
	mend->row.cells[mend->cell].words = arena_text(&mend->arena, edit_words(&mend->edit));
}

static void
go_to(struct mend *mend, size_t cell)
{
	leave_cell(mend);
	enter_cell(mend, cell < mend->row.count ? cell : mend->row.count - 1);
}

static void
go_back(struct mend *mend, size_t cells)
{
	go_to(mend, mend->cell > cells ? mend->cell - cells : 0);
}

static bool
is_changed(const struct mend *mend)
{
	for (size_t i = 0; i < mend->row.count; i++)
		if (strcmp(mend->before[i], mend->row.cells[i].words) != 0)
			return true;
	return false;
}

/* A row that names a record which nobody knows may be taken with it, if the person says so. */
static bool
ask_create(struct app *app, struct mend *mend, struct refusal_mending *mending)
{
	static const char *const options[] = { "yes", "no", NULL };
	const struct entity *entity = mend->row.unknown;
	const char *question;

	if (entity == NULL || mending->creates[entity->kind])
		return false;
	question = arena_format(&mend->arena,
				"The row names a %s that nobody knows. Make the %s too?",
				entity->name, entity->name);
	mending->creates[entity->kind] = prompt_confirm(app, question, options) == 0;
	return mending->creates[entity->kind];
}

/* What is still wrong is said by the form, at the cells as far as it is about them. */
static void
stay(struct app *app, const struct error *error)
{
	if (error->kind != ERROR_INVALID) {
		import_complain(app, error, PLACE_MEND);
		return;
	}
	app_say(app, "Still refused; nothing was changed.");
	app->message_is_error = true;
}

/* Imports the row as it is now; false when the form must stay open. */
static bool
try_row(struct app *app, struct mend *mend)
{
	struct refusal_mending mending = { 0 };
	struct error error = { 0 };
	struct text words = { 0 };
	bool done;

	leave_cell(mend);
	do {
		text_clear(&words);
		if (!app_begin_writing(app))
			return false;
		done = refusal_mend(app->session, &mend->row, &mending, &words, &error);
	} while (!done && ask_create(app, mend, &mending));
	if (done) {
		app_invalidate(app);
		app_say(app, "%s", text_words(&words));
	} else {
		stay(app, &error);
	}
	text_free(&words);
	return done;
}

/* Gives the row up; false when the form must stay open. */
static bool
drop_row(struct app *app, struct mend *mend)
{
	struct request request = { .command = command_named("refusal drop"),
				   .selection = &mend->row.refusal->id,
				   .selection_count = 1 };
	struct reply reply = { 0 };
	struct error error = { 0 };
	struct text why = { 0 };
	bool done = false;

	if (prompt_ask(app, "Why is the row dropped?", "", &why)) {
		work_begin(&app->work, WORK_COMMAND);
		done = request_add(&request, &mend->arena, "why", text_words(&why), &error) &&
		       command_run(app->session, &request, &reply, &error);
		if (done) {
			app_invalidate(app);
			app_say(app, "%s", text_words(&reply.words));
		} else {
			app_complain(app, &error);
		}
	}
	text_free(&reply.words);
	text_free(&why);
	return done;
}

/* Whether the form may be left: nothing was changed, or the person says what to do with it. */
static bool
may_leave(struct app *app, struct mend *mend)
{
	static const char *const options[] = { "try the row", "discard", "go on editing", NULL };
	int answer;

	leave_cell(mend);
	if (!is_changed(mend))
		return true;
	answer = prompt_confirm(app, "The row was changed and not tried.", options);
	return answer == 0 ? try_row(app, mend) : answer == 1;
}

/* What one key does; false when the form is to be closed. */
static bool
act(struct app *app, struct mend *mend, int key)
{
	switch (app->pasting ? ACTION_NONE : action_id_for_key(PLACE_MEND, key)) {
	case ACTION_SAVE:
		return !try_row(app, mend);
	case ACTION_BACK:
		return !may_leave(app, mend);
	case ACTION_DROP:
		return !drop_row(app, mend);
	case ACTION_DOWN:
		go_to(mend, mend->cell + 1);
		return true;
	case ACTION_UP:
		go_back(mend, 1);
		return true;
	case ACTION_PAGE_DOWN:
		go_to(mend, mend->cell + (size_t)mend->rows);
		return true;
	case ACTION_PAGE_UP:
		go_back(mend, (size_t)mend->rows);
		return true;
	default:
		edit_key(&mend->edit, key, app->pasting);
		return true;
	}
}

static size_t
first_wrong(const struct mend *mend)
{
	for (size_t i = 0; i < mend->row.count; i++)
		if (mend->row.cells[i].wrong)
			return i;
	return 0;
}

static bool
read_row(struct app *app, struct mend *mend, struct record_id id)
{
	struct error error = { 0 };

	work_begin(&app->work, WORK_READ);
	if (!refusal_cells(app->session, id, &mend->row, &mend->arena, &error)) {
		app_complain(app, &error);
		return false;
	}
	mend->before = arena_alloc(&mend->arena, (mend->row.count + 1) * sizeof *mend->before);
	for (size_t i = 0; i < mend->row.count; i++)
		mend->before[i] = mend->row.cells[i].words;
	return mend->row.count > 0;
}

void
mend_run(struct app *app, struct record_id id)
{
	struct mend mend = { .layer = {
				     .draw = mend_draw, .place = PLACE_MEND, .takes_text = true } };
	int key;

	if (read_row(app, &mend, id)) {
		enter_cell(&mend, first_wrong(&mend));
		app_push(app, &mend.layer);
		do
			key = app_key(app);
		while (key != KEY_CLOSED && act(app, &mend, key));
		app_pop(app);
	}
	edit_free(&mend.edit);
	arena_free(&mend.arena);
}
