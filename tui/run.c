/* SPDX-License-Identifier: MIT */
#include "tui/run.h"

#include <stdlib.h>
#include <string.h>

#include "commands/history.h"
#include "tui/ask.h"
#include "tui/pager.h"
#include "tui/pick.h"
#include "tui/preview.h"
#include "tui/prompt.h"

/* The operand of a command that can be tried without changing anything. */
static const char dry_run_name[] = "dry-run";

/* What one run of a command is made of. */
struct run {
	struct app *app;
	struct request request;
	struct arena arena;
	struct record_id *targets;	/* NULL for none */
	const char *target;		/* in words, "" for none */
	bool refused;			/* the last time, something was refused */
};

static const struct operand *
operand_of(const struct command *command, const char *name)
{
	for each_operand(operand, command)
		if (strcmp(operand->name, name) == 0)
			return operand;
	return NULL;
}

static bool
selects(const struct command *command)
{
	for each_operand(operand, command)
		if (operand->flags & OPERAND_SELECTION)
			return true;
	return false;
}

/* Whether `name` stands between the bars of "site|device"; without bars any name does. */
static bool
is_among(const char *names, const char *name)
{
	size_t size = strlen(name);

	if (strchr(names, '|') == NULL)
		return true;
	for (; *names != '\0'; names += strcspn(names, "|"), names += *names == '|')
		if (strncmp(names, name, size) == 0 && (names[size] == '|' || names[size] == '\0'))
			return true;
	return false;
}

/* A command about one kind of record takes only those; one about any kind those that people change, or that it names. */
static bool
takes_records_of(const struct command *command, const struct list *list)
{
	const struct operand *kinds = operand_of(command, "entity");
	const struct entity *entity;

	if (list == NULL || !selects(command))
		return false;
	if (command->about != ENTITY_NONE)
		return command->about == list->view->entity;
	entity = &entities[list->view->entity];
	return (entity->flags & ENTITY_EDITED) != 0 && (kinds == NULL || is_among(kinds->value, entity->name));
}

static bool
reverses(const struct command *command)
{
	return command->run == command_undo || command->run == command_redo;
}

bool
run_is_offered(const struct list *list, const struct command *command)
{
	if (!command->on_screens)
		return false;
	if (reverses(command) || takes_records_of(command, list))
		return true;
	return !selects(command) && (command->about == ENTITY_NONE ||
				     (list != NULL && command->about == list->view->entity));
}

static bool
take_targets(struct run *run)
{
	const struct command *command = run->request.command;
	size_t count = 0;

	run->target = "";
	if (takes_records_of(command, app_list(run->app))) {
		run->targets = app_targets(run->app, &count);
		run->target = app_target_words(run->app, &run->arena);
	}
	run->request.selection = run->targets;
	run->request.selection_count = count;
	if (count > 0 || !selects(command) || reverses(command))
		return true;
	app_say(run->app, "There is no record under the cursor for this.");
	return false;
}

/* A word that the open list knows: what it lists, its search, its order. NULL when it does not. */
static const char *
word_of_list(struct run *run, const struct operand *operand)
{
	const struct list *list = app_list(run->app);

	if (list == NULL || (operand->flags & OPERAND_ASKED) != 0)
		return NULL;
	if (strcmp(operand->name, "entity") == 0)
		return run->targets != NULL ? entities[list->view->entity].name : list->view->name;
	if (strcmp(operand->name, "filter") == 0 && *list->filter != '\0')
		return list->filter;
	if (strcmp(operand->name, "sort") == 0)
		return arena_format(&run->arena, "%s%s", list->descending ? "-" : "", list->sort->name);
	return NULL;
}

static bool
add_word(struct run *run, const struct operand *operand, const char *word)
{
	struct error error = { 0 };

	if (request_add(&run->request, &run->arena, operand->name, word, &error))
		return true;
	app_complain(run->app, &error);
	return false;
}

/* What is asked for; a command that is rehearsed asks for the rest when the person has seen what it would do. */
static unsigned
asked_flags(const struct command *command)
{
	return operand_of(command, dry_run_name) != NULL ? OPERAND_REQUIRED : OPERAND_ASKED | OPERAND_REQUIRED;
}

/* Fills one operand from the list or by asking; false when the person gave up. */
static bool
fill_operand(struct run *run, const struct operand *operand)
{
	const char *known = word_of_list(run, operand);
	struct text answer = { 0 };
	enum ask_answer given;
	bool filled;

	if (known != NULL)
		return add_word(run, operand, known);
	if ((operand->flags & OPERAND_SELECTION) || (operand->flags & asked_flags(run->request.command)) == 0)
		return true;
	given = ask_operand(run->app, run->request.command, operand, run->target, &answer);
	filled = given == ASK_LEFT_OUT || (given == ASK_GIVEN &&
		 add_word(run, operand, operand->kind == OPERAND_FLAG ? "" : text_words(&answer)));
	text_free(&answer);
	return filled;
}

static bool
fill(struct run *run)
{
	if (!take_targets(run))
		return false;
	for each_operand(operand, run->request.command)
		if (!fill_operand(run, operand))
			return false;
	return true;
}

/* A word as it would stand on the command line; one that sets a field with what is there now. */
static void
append_given(struct text *out, struct run *run, const struct operand *operand, const char *word)
{
	const char *now;

	if (operand->kind != OPERAND_WORDS) {
		text_format(out, ", %s %s", operand->name, word);
		return;
	}
	now = preview_assignment(run->app, run->targets, run->request.selection_count, word, &run->arena);
	text_format(out, ", %s%s%s%s", word, *now != '\0' ? " (" : "", now, *now != '\0' ? ")" : "");
}

/* What was given for the command: ", network=core (now unknown on 12), why checked". */
static const char *
given_words(struct run *run)
{
	struct text words = { 0 };
	const char *given;
	int index = 0;

	for each_operand(operand, run->request.command) {
		for (size_t i = 0; i < run->request.counts[index] && (operand->flags & OPERAND_ASKED); i++)
			append_given(&words, run, operand, run->request.values[index][i]);
		index++;
	}
	given = arena_text(&run->arena, text_words(&words));
	text_free(&words);
	return given;
}

static const char *
words_of_entry(struct run *run, struct record_id id, struct error *error)
{
	const struct record *record = browse_record(run->app->session, id, &run->arena, error);

	return record != NULL ? record->values[ENTRY_what] : NULL;
}

/* The question before a command that takes much back or changes many records; "" for none. NULL when it cannot be run. */
static const char *
question_before(struct run *run)
{
	const struct command *command = run->request.command;
	bool redo = command->run == command_redo;
	struct error error = { 0 };
	const char *what;

	if (run->request.selection_count > 1)
		return arena_format(&run->arena, "%s: %s%s. Go ahead?", command->name, run->target, given_words(run));
	if (!reverses(command))
		return "";
	what = run->request.selection_count == 1 ? words_of_entry(run, run->targets[0], &error) :
	       browse_undoable(run->app->session, redo, &run->arena, &error);
	if (what != NULL && *what != '\0')
		return arena_format(&run->arena, "%s%s%s: %s?", redo ? "Do again" : "Undo",
				    *run->target != '\0' ? " " : "", run->target, what);
	if (what == NULL)
		app_complain(run->app, &error);
	else
		app_say(run->app, "There is nothing to %s.", redo ? "do again" : "undo");
	return NULL;
}

static bool
confirm(struct run *run)
{
	static const char *const options[] = { "yes", "no", NULL };
	const char *question = question_before(run);

	return question != NULL && (*question == '\0' || prompt_confirm(run->app, question, options) == 0);
}

/* One line is said, more are shown to be read. */
static void
show_words(struct app *app, const char *title, const char *words)
{
	size_t size = strlen(words);

	while (size > 0 && words[size - 1] == '\n')
		size--;
	if (memchr(words, '\n', size) != NULL)
		pager_show(app, title, words);
	else if (size > 0)
		app_say(app, "%.*s", (int)size, words);
}

/* Runs it once; what it said, data behind sentences, goes into words. */
static bool
perform(struct run *run, struct text *words, struct error *error)
{
	struct text data = { 0 };
	struct reply reply = { .data = sink_to_text(&data) };
	bool done;

	work_begin(&run->app->work, WORK_COMMAND);
	done = command_run(run->app->session, &run->request, &reply, error);
	text_append(words, text_words(&reply.words));
	text_append(words, text_words(&data));
	run->refused = reply.refused;
	text_free(&reply.words);
	text_free(&data);
	return done;
}

static void
finish(struct run *run)
{
	if (run->request.command->needs & NEED_WRITE)
		app_invalidate(run->app);
	if (run->request.selection_count > 0)
		app_drop_selection(run->app);
}

static void
perform_and_say(struct run *run)
{
	struct text words = { 0 };
	struct error error = { 0 };

	if (perform(run, &words, &error)) {
		finish(run);
		show_words(run->app, run->request.command->name, text_words(&words));
	} else {
		if (words.length > 0)
			pager_show(run->app, error.message, text_words(&words));
		app_complain(run->app, &error);
	}
	text_free(&words);
}

/* Takes the words of an operand out again. */
static void
forget_operand(struct run *run, const struct operand *operand)
{
	run->request.counts[operand - run->request.command->operands] = 0;
}

enum rehearsal { REHEARSAL_DONE, REHEARSAL_FAILED, REHEARSAL_STOPPED };

/* Shows what the command would do, or why it cannot be done as it is. */
static enum rehearsal
rehearse(struct run *run, const struct operand *dry_run)
{
	struct text words = { 0 };
	struct error error = { 0 };
	bool done = add_word(run, dry_run, "") && perform(run, &words, &error);

	forget_operand(run, dry_run);
	if (!done && error.kind == ERROR_CANCELLED) {
		text_free(&words);
		return REHEARSAL_STOPPED;
	}
	if (!done)
		text_format(&words, "%s%s", words.length > 0 ? "\n" : "", error.message);
	pager_show(run->app, done ? "What this would do; nothing is changed yet" :
		   "This cannot be done as it is; nothing was changed", text_words(&words));
	text_free(&words);
	return done ? REHEARSAL_DONE : REHEARSAL_FAILED;
}

/* Whether the operand may be given between one rehearsal and the next. */
static bool
may_be_changed(const struct operand *operand, const struct operand *dry_run)
{
	return operand != dry_run && (operand->flags & OPERAND_ASKED) && (operand->flags & OPERAND_REQUIRED) == 0;
}

enum { OPERANDS_MAX = 16, NEXT_APPLY = -1, NEXT_LEAVE = -2 };

/* What to do after a rehearsal: NEXT_APPLY, NEXT_LEAVE, or the number of an operand to change before another one. */
static int
pick_next(struct run *run, const struct operand *dry_run, bool can_apply)
{
	struct pick_item items[OPERANDS_MAX + 2];
	int next[OPERANDS_MAX + 2], number = 0, picked;
	size_t count = 0, initial = 0;

	if (can_apply) {
		items[count] = (struct pick_item){ .name = "apply", .help = "Do this to the register now" };
		next[count++] = NEXT_APPLY;
	}
	for each_operand(operand, run->request.command) {
		if (may_be_changed(operand, dry_run)) {
			bool given = run->request.counts[number] > 0;

			/* Nobody applies by haste what would refuse rows. */
			if (run->refused && (initial == 0 || strcmp(operand->name, "create") == 0))
				initial = count;
			items[count] = (struct pick_item){ operand->name, operand->help, given ? "given" : NULL };
			next[count++] = number;
		}
		number++;
	}
	items[count] = (struct pick_item){ .name = "leave", .help = "Change nothing" };
	next[count++] = NEXT_LEAVE;
	picked = pick_choose(run->app, run->refused ?
			     "Some rows would be refused; nothing is changed yet. What now?" :
			     "Nothing is changed yet. What now?", items, count, initial);
	return picked == PICK_NONE ? NEXT_LEAVE : next[picked];
}

static void
change_operand(struct run *run, const struct operand *operand)
{
	struct text answer = { 0 };
	enum ask_answer given = ask_operand(run->app, run->request.command, operand, "", &answer);

	if (given != ASK_CANCELLED)
		forget_operand(run, operand);
	if (given == ASK_GIVEN)
		add_word(run, operand, operand->kind == OPERAND_FLAG ? "" : text_words(&answer));
	text_free(&answer);
}

/* A command that can be rehearsed: shown first, then applied, changed and rehearsed again, or left. */
static void
rehearse_and_ask(struct run *run, const struct operand *dry_run)
{
	int next = NEXT_LEAVE;

	do {
		enum rehearsal rehearsal = rehearse(run, dry_run);

		if (run->app->leaving)
			return;
		next = rehearsal == REHEARSAL_STOPPED ? NEXT_LEAVE :
		       pick_next(run, dry_run, rehearsal == REHEARSAL_DONE);
		if (next >= 0)
			change_operand(run, &run->request.command->operands[next]);
	} while (next >= 0);
	if (next == NEXT_APPLY)
		perform_and_say(run);
	else
		app_say(run->app, "Left; nothing was changed.");
}

void
run_command(struct app *app, const struct command *command)
{
	struct run run = { .app = app, .request = { .command = command } };
	const struct operand *dry_run = operand_of(command, dry_run_name);

	if (fill(&run) && confirm(&run)) {
		if (dry_run != NULL)
			rehearse_and_ask(&run, dry_run);
		else
			perform_and_say(&run);
	}
	free(run.targets);
	arena_free(&run.arena);
}
