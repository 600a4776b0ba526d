/* SPDX-License-Identifier: MIT */
#include "tui/import_choices.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tui/pick.h"
#include "tui/prompt.h"

enum { MATCH_FIELDS_MAX = 4, LINE_MAX_DIGITS = 9, WORDS_MAX = 64 };

bool
import_choices_ask_kind(struct import_plan *plan)
{
	const struct entity *found[ENTITY_COUNT];
	struct pick_item items[ENTITY_COUNT];
	size_t count = import_plan_guess(plan, found);
	int picked;

	for (size_t i = 0; i < count; i++)
		items[i] = (struct pick_item){ .name = found[i]->plural, .help = found[i]->help };
	picked = pick_choose(plan->app,
			     "What are its rows? What fits its headings best comes first", items,
			     count, 0);
	if (picked == PICK_NONE)
		return false;
	plan->options.entity = found[picked];
	return true;
}

/* Whether one who reads only a workbook, or only a text file, is spoken of. */
static bool
is_workbook(const struct import_plan *plan)
{
	return plan->survey.sheet != NULL;
}

static void
show_kind(const struct import_plan *plan, struct text *out)
{
	text_append(out, plan->options.entity->plural);
}

static void
show_encoding(const struct import_plan *plan, struct text *out)
{
	if (plan->survey.encoding != NULL)
		text_append(out, plan->survey.encoding);
}

static void
show_delimiter(const struct import_plan *plan, struct text *out)
{
	if (plan->survey.delimiter != NULL)
		text_append(out, plan->survey.delimiter);
}

static void
show_sheet(const struct import_plan *plan, struct text *out)
{
	if (is_workbook(plan))
		text_append(out, plan->survey.sheet);
}

static void
show_heading_line(const struct import_plan *plan, struct text *out)
{
	text_format(out, "%s %" PRId64, is_workbook(plan) ? "row" : "line",
		    plan->survey.heading_line);
}

static void
show_match(const struct import_plan *plan, struct text *out)
{
	const struct import_options *options = &plan->options;

	text_append(out, options->key != NULL ? options->key : entity_key(options->entity)->name);
	if (options->key_least > 0)
		text_format(out, ", at least %d", options->key_least);
}

static void
show_blank(const struct import_plan *plan, struct text *out)
{
	text_append(out, plan->options.blank_clears ? "empty the field" : "leave it alone");
}

static void
show_absent(const struct import_plan *plan, struct text *out)
{
	if (plan->options.entity->kind == ENTITY_DEVICE)
		text_append(out, plan->options.absent_marked ? "mark as missed" : "only count");
}

static void
show_create(const struct import_plan *plan, struct text *out)
{
	const char *before = "";

	for each_entity(entity)
		if (plan->options.creates[entity->kind]) {
			text_format(out, "%s%s", before, entity->plural);
			before = ", ";
		}
	if (*before == '\0')
		text_append(out, "nothing");
}

static void
show_all(const struct import_plan *plan, struct text *out)
{
	text_append(out, plan->options.all_or_nothing ? "yes" : "no");
}

static void
show_unknown(const struct import_plan *plan, struct text *out)
{
	static const char *const words[] = {
		[MAPPING_REFUSE] = "ask for each",
		[MAPPING_NOTES] = "keep in notes",
		[MAPPING_LEAVE] = "leave out",
	};

	text_append(out, words[plan->options.unknown]);
}

/* The option of the command line that does the same. */
static const struct operand *
option_named(const char *name)
{
	const struct operand *operand = import_operands;

	while (operand->name != NULL && strcmp(operand->name, name) != 0)
		operand++;
	return operand;
}

/* Asks for a line; empty is NULL: found out by rule. False when the person leaves it. */
static bool
ask_line(struct import_plan *plan, const char *question, const char *now, const char **value)
{
	struct text answer = { 0 };
	bool given = prompt_ask(plan->app, question, now, &answer);

	if (given)
		*value = answer.length > 0 ? arena_text(&plan->arena, text_words(&answer)) : NULL;
	text_free(&answer);
	return given;
}

/* Asks for a word of an option that has a closed list of them. */
static bool
ask_word(struct import_plan *plan, const char *option, const char *question, const char **value)
{
	struct pick_item items[WORDS_MAX] = { { .name = "(find out)",
						.help = "By the bytes of the file itself" } };
	const struct operand *operand = option_named(option);
	size_t count = 1, initial = 0;
	int picked;

	for each_choice(choice, operand->choices) {
		if (count == WORDS_MAX)
			break;
		if (*value != NULL && strcmp(*value, choice->name) == 0)
			initial = count;
		items[count++] = (struct pick_item){ .name = choice->name };
	}
	picked = pick_choose(plan->app, question, items, count, initial);
	if (picked == PICK_NONE)
		return false;
	*value = picked == 0 ? NULL : items[picked].name;
	return true;
}

static bool
change_encoding(struct import_plan *plan)
{
	return ask_word(plan, "encoding", "How are its characters written?",
			&plan->options.encoding);
}

static bool
change_delimiter(struct import_plan *plan)
{
	return ask_word(plan, "delimiter", "What stands between its cells?",
			&plan->options.delimiter);
}

static bool
change_sheet(struct import_plan *plan)
{
	return ask_line(plan,
			"Which sheet, by its name or its number? Empty: the one that fits best",
			plan->survey.sheet, &plan->options.sheet);
}

static bool
change_heading_line(struct import_plan *plan)
{
	const char *words = NULL;
	char *end;

	if (!ask_line(plan, "In which line do the headings stand? Empty: found by rule", NULL,
		      &words))
		return false;
	plan->options.heading_line = words != NULL ? strtoll(words, &end, 10) : 0;
	if (words == NULL ||
	    (*end == '\0' && plan->options.heading_line > 0 && strlen(words) <= LINE_MAX_DIGITS))
		return true;
	app_say(plan->app, "'%s' is no number of a line: the first line of the file is 1.", words);
	plan->options.heading_line = 0;
	return false;
}

/* Asks for one more field to match by; false when there is none. */
static bool
ask_match_field(struct import_plan *plan, const char *so_far, const char **name)
{
	const struct entity *entity = plan->options.entity;
	struct pick_item items[ENTITY_FIELDS_MAX + 1];
	const char *names[ENTITY_FIELDS_MAX + 1];
	size_t count = 0;
	int picked;

	if (*so_far != '\0') {
		names[count] = NULL;
		items[count++] = (struct pick_item){ .name = "(that is all)", .help = so_far };
	}
	for each_field(field, entity->fields) {
		if (!field_is_given(field))
			continue;
		names[count] = field->name;
		items[count++] = (struct pick_item){ .name = field->title, .help = field->help };
	}
	picked = pick_choose(plan->app,
			     *so_far == '\0' ? "Which field says which record a row is about?"
					     : "And by which other field?",
			     items, count, 0);
	*name = picked != PICK_NONE ? names[picked] : NULL;
	return *name != NULL;
}

/* How many of several fields must agree: all of them, or fewer. */
static int
ask_least(struct import_plan *plan, int count)
{
	static const char *const words[MATCH_FIELDS_MAX] = { "all of them", "1", "2", "3" };
	struct pick_item items[MATCH_FIELDS_MAX];
	int picked;

	for (int i = 0; i < count; i++)
		items[i] = (struct pick_item){ .name = words[i] };
	picked = count > 1 ? pick_choose(plan->app, "How many of them must agree?", items,
					 (size_t)count, 0)
			   : 0;
	return picked == PICK_NONE ? 0 : picked;
}

static bool
change_match(struct import_plan *plan)
{
	struct text names = { 0 };
	const char *name;
	int count = 0;

	while (count < MATCH_FIELDS_MAX && ask_match_field(plan, text_words(&names), &name)) {
		text_format(&names, "%s%s", count > 0 ? "," : "", name);
		count++;
	}
	if (count > 0) {
		bool usual = strcmp(text_words(&names), entity_key(plan->options.entity)->name) ==
			     0;

		plan->options.key = usual ? NULL : arena_text(&plan->arena, text_words(&names));
		plan->options.key_least = ask_least(plan, count);
	}
	text_free(&names);
	return count > 0;
}

static bool
change_blank(struct import_plan *plan)
{
	plan->options.blank_clears = !plan->options.blank_clears;
	return true;
}

static bool
change_absent(struct import_plan *plan)
{
	plan->options.absent_marked = !plan->options.absent_marked;
	return true;
}

/* Kinds of record that rows name and that an import may make; one is turned on or off. */
static bool
change_create(struct import_plan *plan)
{
	struct pick_item items[ENTITY_COUNT];
	enum entity_kind kinds[ENTITY_COUNT];
	size_t count = 0;
	int picked;

	for each_entity(entity) {
		bool creates;

		if (!import_may_create(entity->kind) || entity->kind == plan->options.entity->kind)
			continue;
		creates = plan->options.creates[entity->kind];
		kinds[count] = entity->kind;
		items[count++] = (struct pick_item){ entity->plural, entity->help,
						     creates ? "yes" : "no" };
	}
	picked = pick_choose(plan->app, "Make which, when a row names one that nobody knows?",
			     items, count, 0);
	if (picked != PICK_NONE)
		plan->options.creates[kinds[picked]] = !plan->options.creates[kinds[picked]];
	return picked != PICK_NONE;
}

static bool
change_all(struct import_plan *plan)
{
	plan->options.all_or_nothing = !plan->options.all_or_nothing;
	return true;
}

static bool
change_unknown(struct import_plan *plan)
{
	plan->options.unknown = (enum mapping_unknown)((plan->options.unknown + 1) %
						       (MAPPING_LEAVE + 1));
	return true;
}

/* Of a file whose headings were met before. */
static void
show_afresh(const struct import_plan *plan, struct text *out)
{
	if (plan->survey.saved_on != NULL || plan->options.map != NULL)
		text_append(out, plan->options.map != NULL ? "afresh" : "as the last time");
}

static bool
change_afresh(struct import_plan *plan)
{
	plan->options.map = plan->options.map != NULL ? NULL : "-";
	return true;
}

/* What was said of columns and of matching is about other fields then. */
static bool
change_kind(struct import_plan *plan)
{
	if (!import_choices_ask_kind(plan))
		return false;
	plan->options.key = NULL;
	plan->options.key_least = 0;
	plan->options.absent_marked = false;
	return true;
}

const struct import_choice import_choices[] = {
	/* action, title, show, change, are columns read anew; in the order of the screen */
	{ ACTION_KIND, "holds", show_kind, change_kind, true },
	{ ACTION_HEADING_LINE, "headings", show_heading_line, change_heading_line, true },
	{ ACTION_ENCODING, "encoding", show_encoding, change_encoding, true },
	{ ACTION_DELIMITER, "delimiter", show_delimiter, change_delimiter, true },
	{ ACTION_SHEET, "sheet", show_sheet, change_sheet, true },
	{ ACTION_UNKNOWN, "unknown headings", show_unknown, change_unknown, false },
	{ ACTION_AFRESH, "read", show_afresh, change_afresh, true },
	{ ACTION_CREATE, "create", show_create, change_create, false },
	{ ACTION_MATCH, "match by", show_match, change_match, false },
	{ ACTION_BLANK, "blank cells", show_blank, change_blank, false },
	{ ACTION_ABSENT, "absent", show_absent, change_absent, false },
	{ ACTION_ALL, "all or nothing", show_all, change_all, false },
	{ 0 }
};

static bool
is_of_this_file(const struct import_plan *plan, const struct import_choice *choice)
{
	struct text now = { 0 };
	bool shown;

	choice->show(plan, &now);
	shown = now.length > 0;
	text_free(&now);
	return shown;
}

bool
import_choices_act(struct import_plan *plan, enum action_id action)
{
	for each_import_choice(choice) {
		struct import_options before = plan->options;

		if (choice->action != action)
			continue;
		if (!is_of_this_file(plan, choice)) {
			app_say(plan->app, "There is no such choice for this file.");
		} else if (choice->change(plan)) {
			if (choice->anew)
				import_plan_forget_columns(plan);
			import_plan_look(plan, &before);
		} else {
			plan->options = before;
		}
		return true;
	}
	return false;
}
