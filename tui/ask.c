/* SPDX-License-Identifier: MIT */
#include "tui/ask.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "commands/finding.h"
#include "commands/when.h"
#include "core/memory.h"
#include "tui/pick.h"
#include "tui/pick_record.h"
#include "tui/prompt.h"

/* Words that stand for a field and its value, as commands/record.h reads them. */
static const char assignment_value[] = "FIELD=VALUE";
/* The words that stand for a kind of record, and for a rule. */
static const char entity_value[] = "ENTITY", rule_value[] = "RULE";

static enum ask_answer
ask_word(struct app *app, const char *question, const struct operand *operand, struct text *answer)
{
	struct pick_item *items = NULL;
	size_t room = 0, count = 0;
	bool may_be_left_out = (operand->flags & OPERAND_REQUIRED) == 0;
	enum ask_answer given = ASK_GIVEN;
	int picked;

	if (may_be_left_out) {
		items = memory_grow(items, &room, count + 1, sizeof *items);
		items[count++] = (struct pick_item){ "(leave out)", operand->help, NULL };
	}
	for each_choice(choice, operand->choices) {
		items = memory_grow(items, &room, count + 1, sizeof *items);
		items[count++] = (struct pick_item){ .name = choice->name };
	}
	picked = pick_choose(app, question, items, count, 0);
	if (picked == PICK_NONE)
		given = ASK_CANCELLED;
	else if (picked == 0 && may_be_left_out)
		given = ASK_LEFT_OUT;
	else
		text_append(answer, items[picked].name);
	free(items);
	return given;
}

static enum ask_answer
ask_flag(struct app *app, const char *question)
{
	static const char *const options[] = { "yes", "no", NULL };
	int answer = prompt_confirm(app, question, options);

	return answer < 0 ? ASK_CANCELLED : answer == 0 ? ASK_GIVEN : ASK_LEFT_OUT;
}

/* Kinds of record that files bring, to pick one. */
static enum ask_answer
ask_entity(struct app *app, const char *question, struct text *answer)
{
	struct pick_item items[ENTITY_COUNT];
	size_t count = 0;
	int picked;

	for each_entity(entity)
		if (entity->flags & ENTITY_IMPORTED)
			items[count++] = (struct pick_item){ .name = entity->plural,
							     .help = entity->help };
	picked = pick_choose(app, question, items, count, 0);
	if (picked == PICK_NONE)
		return ASK_CANCELLED;
	text_append(answer, items[picked].name);
	return ASK_GIVEN;
}

/* The kind of record that a value in capitals names, or NULL. */
static const struct entity *
entity_of_value(const char *value)
{
	return value != NULL && strchr(value, '|') == NULL && isupper((unsigned char)*value)
		       ? entity_named(value)
		       : NULL;
}

/*
 * On a list of makes the manufacturer whose name is spelt most nearly as the make under the cursor;
 * 0 for none.
 */
static int64_t
nearest_manufacturer(struct app *app)
{
	const struct list *list = app_list(app);
	const char *nearest = list != NULL && list->view->entity == ENTITY_MAKE ?
		list_value(list, &entities[ENTITY_MAKE].fields[MAKE_nearest]) : NULL;
	struct arena arena = { 0 };
	struct error error = { 0 };
	int64_t id = 0;

	if (nearest != NULL &&
	    !browse_find(app->session, ENTITY_MANUFACTURER,
			 arena_bytes(&arena, nearest, strcspn(nearest, ",")), &id, &error))
		app_complain(app, &error);
	arena_free(&arena);
	return id;
}

/* One of the records that the operand's value names: MANUFACTURER. */
static enum ask_answer
ask_record(struct app *app, const char *question, const struct operand *operand,
	   struct text *answer)
{
	const char *none = (operand->flags & OPERAND_REQUIRED) != 0 ? NULL : "(leave out)";
	enum entity_kind kind = entity_of_value(operand->value)->kind;
	int64_t first = kind == ENTITY_MANUFACTURER ? nearest_manufacturer(app) : 0;

	if (!pick_record(app, question, kind, "", none, first, answer))
		return ASK_CANCELLED;
	return answer->length > 0 ? ASK_GIVEN : ASK_LEFT_OUT;
}

/* What an answer may be given to: rules, by their number, as items to pick from. */
struct answerable {
	struct arena arena;
	struct pick_item *items;
	size_t count;
};

/*
 * The rules that the one record under the cursor breaks; with several selected, all that are about
 * their kind.
 */
static bool
find_answerable(struct app *app, struct answerable *to_answer, struct error *error)
{
	const struct list *list = app_list(app);
	const struct row *row = list != NULL && list->selection.count == 0 ? list_row(list) : NULL;
	struct finding *findings = NULL;
	size_t found = 0, room = 0;

	if (row != NULL &&
	    !findings_of_record(app->session, row->id, &to_answer->arena, &findings, &found, error))
		return false;
	for each_rule(rule)
		room++;
	/* A record breaks a rule once. */
	to_answer->items = arena_alloc(&to_answer->arena, (room + 1) * sizeof *to_answer->items);
	for (size_t i = 0; i < found && i < room; i++)
		to_answer->items[to_answer->count++] = (struct pick_item){
			.name = findings[i].rule->id, .help = findings[i].words
		};
	for each_rule(rule)
		if (row == NULL && list != NULL && rule->entity == list->view->entity)
			to_answer->items[to_answer->count++] = (struct pick_item){
				.name = rule->id, .help = rule->test
			};
	return true;
}

/*
 * The question before the rules; one rule that is alone is named in it: "Finding answer, site
 * LDS-01: R6 Assessment is old".
 */
static const char *
question_of_rules(struct answerable *to_answer, const char *question)
{
	const struct rule *rule = to_answer->count == 1 ? rule_named(to_answer->items[0].name)
							: NULL;
	int before = (int)strcspn(question, ":");

	return rule == NULL ? question
			    : arena_format(&to_answer->arena, "%.*s: %s %s", before, question,
					   rule->id, rule->name);
}

static enum ask_answer
ask_rule(struct app *app, const char *question, struct text *answer)
{
	struct answerable to_answer = { 0 };
	struct error error = { 0 };
	int picked = PICK_NONE;

	work_begin(&app->work, WORK_READ);
	if (!find_answerable(app, &to_answer, &error))
		app_complain(app, &error);
	else if (to_answer.count == 0)
		app_say(app, "It breaks no rule, so there is no finding to answer.");
	else
		picked = pick_choose(app, question_of_rules(&to_answer, question), to_answer.items,
				     to_answer.count, 0);
	if (picked != PICK_NONE)
		text_append(answer, to_answer.items[picked].name);
	arena_free(&to_answer.arena);
	return picked != PICK_NONE ? ASK_GIVEN : ASK_CANCELLED;
}

/* What stands on the line already: the person at the keys. */
static const char *
initial_words(const struct app *app, const struct operand *operand)
{
	return strcmp(operand->name, "by") == 0 ? app->session->who : "";
}

void
ask_expand_home(struct text *path)
{
	const char *home = getenv("HOME");
	struct text whole = { 0 };

	if (home == NULL || strncmp(text_words(path), "~/", 2) != 0)
		return;
	text_format(&whole, "%s%s", home, text_words(path) + 1);
	text_free(path);
	*path = whole;
}

static enum ask_answer
ask_line(struct app *app, const char *question, const struct operand *operand, struct text *answer)
{
	bool given;

	do {
		given = prompt_ask(app, question, initial_words(app, operand), answer);
		if (given && answer->length == 0 && (operand->flags & OPERAND_REQUIRED))
			app_say(app, "This is needed. Esc leaves.");
	} while (given && answer->length == 0 && (operand->flags & OPERAND_REQUIRED));
	if (operand->value != NULL && strcmp(operand->value, "FILE") == 0)
		ask_expand_home(answer);
	return !given ? ASK_CANCELLED : answer->length > 0 ? ASK_GIVEN : ASK_LEFT_OUT;
}

/* The fields of the open list's records that may be set; a key only of one record. */
static int
pick_field(struct app *app, const char *target)
{
	const struct list *list = app_list(app);
	const struct entity *entity = &entities[list->view->entity];
	struct pick_item items[ENTITY_FIELDS_MAX];
	int fields[ENTITY_FIELDS_MAX], picked;
	struct text title = { 0 };
	size_t count = 0;

	for each_field(field, entity->fields) {
		if (!field_is_given(field) ||
		    ((field->flags & FIELD_KEY) && list->selection.count > 1))
			continue;
		fields[count] = (int)(field - entity->fields);
		items[count++] = (struct pick_item){ .name = field->title, .help = field->help };
	}
	text_format(&title, "Set which field of %s?", target);
	picked = pick_choose(app, text_words(&title), items, count, 0);
	text_free(&title);
	return picked == PICK_NONE ? PICK_NONE : fields[picked];
}

/* What the field holds now, when that is one record's and a column of the list. */
static const char *
value_now(struct app *app, const struct field *field)
{
	const struct list *list = app_list(app);
	const char *value = list->selection.count > 0 ? NULL : list_value(list, field);

	return value != NULL ? value : "";
}

/* Asks for a line until it is a value of the field; an empty line clears the field. */
static bool
ask_typed_value(struct app *app, const struct field *field, const char *question,
		struct text *value)
{
	struct error error = { 0 };
	struct arena arena = { 0 };
	bool asked, taken = false;
	const char *canonical;

	text_append(value, value_now(app, field));
	do {
		struct text line = { 0 };

		asked = prompt_ask(app, question, text_words(value), &line);
		text_clear(value);
		text_append(value, text_words(&line));
		text_free(&line);
		taken = asked &&
			field_parse(field,
				    when_words(app->session, field, text_words(value), &arena),
				    &arena, &canonical, &error);
		if (asked && !taken)
			app_complain(app, &error);
	} while (asked && !taken);
	arena_free(&arena);
	return asked;
}

static bool
ask_value(struct app *app, const struct field *field, const char *target, struct text *value)
{
	struct text question = { 0 };
	const struct choice *choice = NULL;
	bool given;

	text_format(&question, "%s of %s", field->title, target);
	if (field->choices != NULL) {
		choice = pick_word(app, text_words(&question), field->choices,
				   value_now(app, field));
		given = choice != NULL;
		if (given)
			text_append(value, choice->name);
	} else if (field->target != ENTITY_NONE) {
		given = pick_record(app, text_words(&question), field->target, "", NULL, 0, value);
	} else {
		text_format(&question, " (%s; empty clears it)", field_types[field->type].form);
		given = ask_typed_value(app, field, text_words(&question), value);
	}
	text_free(&question);
	return given;
}

static enum ask_answer
ask_assignment(struct app *app, const char *target, struct text *answer)
{
	int field = app_list(app) != NULL ? pick_field(app, target) : PICK_NONE;
	const struct field *row;
	struct text value = { 0 };
	bool given;

	if (field == PICK_NONE)
		return ASK_CANCELLED;
	row = &entities[app_list(app)->view->entity].fields[field];
	given = ask_value(app, row, target, &value);
	if (given)
		text_format(answer, "%s=%s", row->name, text_words(&value));
	text_free(&value);
	return given ? ASK_GIVEN : ASK_CANCELLED;
}

enum ask_answer
ask_operand(struct app *app, const struct command *command, const struct operand *operand,
	    const char *target, struct text *answer)
{
	struct text question = { 0 };
	enum ask_answer given;

	if (operand->value != NULL && *target != '\0' &&
	    strncmp(operand->value, assignment_value, strlen(assignment_value)) == 0)
		return ask_assignment(app, target, answer);
	text_format(&question, "%s%s%s: %s", command->name, *target != '\0' ? ", " : "", target,
		    operand->help);
	*question.bytes = (char)toupper((unsigned char)*question.bytes);
	if (operand->kind != OPERAND_FLAG && operand->choices == NULL &&
	    (operand->flags & OPERAND_REQUIRED) == 0)
		text_append(&question, " (may be left empty)");
	if (operand->kind == OPERAND_FLAG)
		given = ask_flag(app, text_words(&question));
	else if (operand->value != NULL && strcmp(operand->value, entity_value) == 0)
		given = ask_entity(app, text_words(&question), answer);
	else if (operand->choices != NULL)
		given = ask_word(app, text_words(&question), operand, answer);
	else if (operand->value != NULL && strcmp(operand->value, rule_value) == 0)
		given = ask_rule(app, text_words(&question), answer);
	else if (entity_of_value(operand->value) != NULL)
		given = ask_record(app, text_words(&question), operand, answer);
	else
		given = ask_line(app, text_words(&question), operand, answer);
	text_free(&question);
	return given;
}
