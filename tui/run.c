/* SPDX-License-Identifier: MIT */
#include "tui/run.h"

#include <stdlib.h>
#include <string.h>

#include "commands/history.h"
#include "commands/import.h"
#include "commands/refusal.h"
#include "core/memory.h"
#include "tui/ask.h"
#include "tui/browse_actions.h"
#include "tui/findings.h"
#include "tui/import_way.h"
#include "tui/pager.h"
#include "tui/preview.h"
#include "tui/prompt.h"

/* The operand of a command that can be tried without changing anything. */
static const char dry_run_name[] = "dry-run";

/* The operand of a command about findings: on a list of findings it is known. */
static const char rule_name[] = "rule";

/* What one run of a command is made of. */
struct run {
	struct app *app;
	struct request request;
	struct arena arena;
	struct record_id *targets;	/* NULL for none */
	const char *target;		/* in words, "" for none */
	const char *given_for, *given;	/* a word for the operand of that name; NULL for none */
	const char *preview;		/* what its dry run said, NULL without one */
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

static bool
rules_are_about(enum entity_kind entity)
{
	for each_rule(rule)
		if (rule->entity == entity)
			return true;
	return false;
}

/*
 * A command about one kind of record takes only those; one about any kind those that people change,
 * or that it names.
 */
static bool
takes_records_of(const struct command *command, const struct list *list)
{
	const struct operand *kinds = operand_of(command, "entity");
	const struct entity *entity;

	if (list == NULL || !selects(command))
		return false;
	if (command->about != ENTITY_NONE)
		return command->about == list->view->entity;
	if (operand_of(command, rule_name) != NULL)
		return rules_are_about(list->view->entity);
	entity = &entities[list->view->entity];
	return (entity->flags & ENTITY_EDITED) != 0 &&
	       (kinds == NULL || is_among(kinds->value, entity->name));
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

/* On a file that was imported, undo is about its import, not about whatever was done last. */
static bool
take_import(struct run *run)
{
	const struct row *row = app_settle(run->app) ? list_row(app_list(run->app)) : NULL;
	const char *entry = row != NULL ? list_value(app_list(run->app),
						     &entities[ENTITY_SOURCE].fields[SOURCE_entry])
					: NULL;

	if (entry == NULL || app_list(run->app)->selection.count > 1) {
		app_say(run->app,
			"One import at a time can be undone: choose one with the cursor.");
		return false;
	}
	run->targets = memory_alloc(sizeof *run->targets);
	*run->targets = (struct record_id){ ENTITY_ENTRY, strtoll(entry, NULL, 10) };
	run->target = arena_format(&run->arena, "entry %s", entry);
	run->request.selection = run->targets;
	run->request.selection_count = 1;
	return true;
}

static bool
is_on_sources(const struct run *run)
{
	const struct list *list = app_list(run->app);

	return list != NULL && list->view->entity == ENTITY_SOURCE;
}

static bool
take_targets(struct run *run)
{
	const struct command *command = run->request.command;
	size_t count = 0;

	run->target = "";
	if (command->run == command_undo && is_on_sources(run))
		return take_import(run);
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

/*
 * A word that is given, or that the open list knows: what it lists, its search, its order. NULL
 * when it does not.
 */
static const char *
word_of_list(struct run *run, const struct operand *operand)
{
	const struct list *list = app_list(run->app);

	if (run->given_for != NULL && strcmp(operand->name, run->given_for) == 0)
		return run->given;
	if (list != NULL && strcmp(operand->name, rule_name) == 0 &&
	    findings_rule_of_filter(list->filter) != NULL)
		return findings_rule_of_filter(list->filter)->id;
	if (list == NULL || (operand->flags & OPERAND_ASKED) != 0)
		return NULL;
	if (strcmp(operand->name, "entity") == 0)
		return run->targets != NULL ? entities[list->view->entity].name : list->view->name;
	if (strcmp(operand->name, "filter") == 0 && *list->filter != '\0')
		return list->filter;
	if (strcmp(operand->name, "sort") == 0)
		return arena_format(&run->arena, "%s%s", list->descending ? "-" : "",
				    list->sort->name);
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
	if ((operand->flags & OPERAND_SELECTION) ||
	    (operand->flags & (OPERAND_ASKED | OPERAND_REQUIRED)) == 0)
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
	now = preview_assignment(run->app, run->targets, run->request.selection_count, word,
				 &run->arena);
	text_format(out, ", %s%s%s%s", word, *now != '\0' ? " (" : "", now,
		    *now != '\0' ? ")" : "");
}

/* What was given for the command: ", network=core (now unknown on 12), why checked". */
static const char *
given_words(struct run *run)
{
	struct text words = { 0 };
	const char *given;
	int index = 0;

	for each_operand(operand, run->request.command) {
		for (size_t i = 0;
		     i < run->request.counts[index] && (operand->flags & OPERAND_ASKED); i++)
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

/*
 * The question before a command that takes much back or changes many records; "" for none. NULL
 * when it cannot be run.
 */
static const char *
question_before(struct run *run)
{
	const struct command *command = run->request.command;
	bool redo = command->run == command_redo;
	const char *preview = run->preview != NULL && !reverses(command) ? run->preview : "";
	struct error error = { 0 };
	const char *what;

	if (run->request.selection_count > 1)
		return arena_format(&run->arena, "%s: %s%s. %s%sGo ahead?", command->name,
				    run->target, given_words(run), preview,
				    *preview != '\0' ? " " : "");
	if (!reverses(command) && run->preview != NULL)
		return arena_format(&run->arena, "%s%s%s. %s%sGo ahead?", command->name,
				    *run->target != '\0' ? ": " : "", run->target, preview,
				    *preview != '\0' ? " " : "");
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

	return question != NULL &&
	       (*question == '\0' || prompt_confirm(run->app, question, options) == 0);
}

/* The bytes of the words without the line ends behind them. */
static size_t
words_size(const char *words)
{
	size_t size = strlen(words);

	while (size > 0 && words[size - 1] == '\n')
		size--;
	return size;
}

static bool
has_several_lines(const char *words)
{
	return memchr(words, '\n', words_size(words)) != NULL;
}

/* One line is said, more are shown to be read. */
static void
show_words(struct app *app, const char *title, const char *words)
{
	if (has_several_lines(words))
		pager_show(app, title, words);
	else if (*words != '\0')
		app_say(app, "%.*s", (int)words_size(words), words);
}

/* Runs it once; what it said, data behind sentences, goes into words. *idle: nothing to do. */
static bool
perform(struct run *run, struct text *words, bool *idle, struct error *error)
{
	struct text data = { 0 };
	struct reply reply = { .data = sink_to_text(&data) };
	bool done;

	work_begin(&run->app->work, WORK_COMMAND);
	done = command_run(run->app->session, &run->request, &reply, error);
	text_append(words, text_words(&reply.words));
	text_append(words, text_words(&data));
	*idle = reply.idle;
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
	bool idle;

	if (perform(run, &words, &idle, &error)) {
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

/*
 * Tries a command that can be tried, and shows what it would do when that is more than a line,
 * which the question before it says anyway. False when it cannot be done, when there is nothing to
 * do, or the person stopped it.
 */
static bool
rehearse(struct run *run, const struct operand *dry_run)
{
	struct text words = { 0 };
	struct error error = { 0 };
	bool idle = false, done = add_word(run, dry_run, "") && perform(run, &words, &idle, &error);

	forget_operand(run, dry_run);
	if (idle)
		show_words(run->app, run->request.command->name, text_words(&words));
	else if (has_several_lines(text_words(&words)) || (!done && words.length > 0))
		pager_show(run->app, done ? "What this would do; nothing is changed yet" :
			   "This cannot be done as it is; nothing was changed", text_words(&words));
	if (!done)
		app_complain(run->app, &error);
	/* What was read in full is not said again with the question. */
	run->preview = arena_bytes(&run->arena, text_words(&words),
				   has_several_lines(text_words(&words))
					   ? 0
					   : words_size(text_words(&words)));
	text_free(&words);
	return done && !idle && !run->app->leaving;
}

/*
 * Commands that have screens of their own: a file is looked at, and a refused row seen, before
 * anything can be said of it.
 */
static const struct {
	bool (*run)(struct session *session, const struct request *request, struct reply *reply,
		    struct error *error);
	void (*screens)(struct app *app);
} own_screens[] = {
	{ command_import, import_way_run },
	{ command_refusal_mend, browse_open },
};

static bool
run_on_own_screens(struct app *app, const struct command *command)
{
	for (size_t i = 0; i < sizeof own_screens / sizeof own_screens[0]; i++)
		if (own_screens[i].run == command->run) {
			own_screens[i].screens(app);
			return true;
		}
	return false;
}

void
run_command_with(struct app *app, const struct command *command, const char *operand,
		 const char *word)
{
	struct run run = {
		.app = app, .request = { .command = command }, .given_for = operand, .given = word
	};
	const struct operand *dry_run = operand_of(command, dry_run_name);

	if (fill(&run) && (dry_run == NULL || rehearse(&run, dry_run)) && confirm(&run))
		perform_and_say(&run);
	free(run.targets);
	arena_free(&run.arena);
}

void
run_command(struct app *app, const struct command *command)
{
	if (!run_on_own_screens(app, command))
		run_command_with(app, command, NULL, NULL);
}
