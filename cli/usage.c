/* SPDX-License-Identifier: MIT */
/* What `terrier help` prints.  It comes from the tables, so it cannot lag behind. */
#include "cli/usage.h"

#include <ctype.h>
#include <string.h>

#include "core/figure.h"
#include "core/filter.h"
#include "core/rule.h"

enum { PAGE_COLUMNS = 80, HELP_COLUMN = 26, TEXT_INDENT = 4, USAGE_INDENT = 15 };

/* Appends a piece, after a blank or on a new line from `indent` on; returns the column reached. */
static int
append_piece(struct text *out, const char *piece, int column, int indent)
{
	int width = text_width(piece);

	if (column > indent && column + 1 + width > PAGE_COLUMNS) {
		text_format(out, "\n%*s", indent, "");
		column = indent;
	} else if (column > indent) {
		text_append(out, " ");
		column++;
	}
	text_append(out, piece);
	return column + width;
}

static void
append_wrapped(struct text *out, const char *words, int indent)
{
	int column = indent;

	while (*words != '\0') {
		size_t size = strcspn(words, " \n");
		struct text word = { 0 };

		text_append_bytes(&word, words, size);
		if (size > 0)
			column = append_piece(out, text_words(&word), column, indent);
		text_free(&word);
		words += size + (words[size] != '\0');
	}
}

static void
append_paragraph(struct text *out, const char *words, int indent)
{
	text_format(out, "%*s", indent, "");
	append_wrapped(out, words, indent);
	text_append(out, "\n");
}

/* "  name                   what it is": the name on a line of its own when it is long. */
static void
append_row(struct text *out, const char *name, const char *help)
{
	int column = 2 + text_width(name);

	text_format(out, "  %s", name);
	if (column + 2 > HELP_COLUMN) {
		text_append(out, "\n");
		column = 0;
	}
	text_format(out, "%*s", HELP_COLUMN - column, "");
	append_wrapped(out, help, HELP_COLUMN);
	text_append(out, "\n");
}

/* "--why TEXT", "KEY", "FIELD=VALUE..." */
static void
append_operand(struct text *out, const struct operand *operand)
{
	const char *value = operand->value != NULL ? operand->value : operand->name;

	switch (operand->kind) {
	case OPERAND_WORD:
		text_append(out, value);
		break;
	case OPERAND_WORDS:
		text_format(out, "%s...", value);
		break;
	case OPERAND_OPTION:
	case OPERAND_OPTIONS:
		text_format(out, "--%s %s", operand->name, value);
		break;
	case OPERAND_FLAG:
		text_format(out, "--%s", operand->name);
		break;
	}
}

static void
append_usage_operand(struct text *out, const struct operand *operand)
{
	bool required = operand->flags & OPERAND_REQUIRED;

	text_append(out, required ? "" : "[");
	append_operand(out, operand);
	text_append(out, required ? "" : "]");
	if (operand->kind == OPERAND_OPTIONS)
		text_append(out, "...");
}

void
usage_line(struct text *out, const struct command *command)
{
	struct text piece = { 0 };
	int column;

	text_format(&piece, "usage: terrier %s", command->name);
	text_append(out, text_words(&piece));
	column = text_width(text_words(&piece));
	for each_operand(operand, command) {
		text_clear(&piece);
		append_usage_operand(&piece, operand);
		column = append_piece(out, text_words(&piece), column, USAGE_INDENT);
	}
	text_append(out, "\n");
	text_free(&piece);
}

void
usage_commands(struct text *out)
{
	text_append(out, "usage: terrier [-r FILE] [COMMAND ...]\n\n");
	append_paragraph(out,
			 "Without a command the screens open. The register is the FILE of -r, else "
			 "$TERRIER_REGISTER, else estate.terrier in your data folder.",
			 0);
	text_append(out, "\nCommands:\n");
	for each_command(command)
		if (command->run != NULL)
			append_row(out, command->name, command->help);
	append_row(out, "help [COMMAND]", "Explain a command, or list them all");
	text_append(out, "\nMore help:\n");
	append_row(out, "help fields [ENTITY]", "The fields of devices, sites and the others");
	append_row(out, "help filters", "How to say which records are meant");
	append_row(out, "help figures", "What each figure counts");
	append_row(out, "help rules, help R1",
		   "What breaks each rule, where that is said, what to do");
	append_row(out, "help kinds", "The kinds of device, and which the policy is about");
	text_append(out, "\nExit status: 0 done, 1 failed, 2 misused, 3 done but something was "
			 "refused.\n");
}

/* " (yes, no)" */
static void
append_choices(struct text *out, const struct choice *choices)
{
	text_append(out, " (");
	choice_append_names(out, choices);
	text_append(out, ")");
}

static void
append_operand_help(struct text *out, const struct operand *operand)
{
	struct text name = { 0 }, help = { 0 };
	append_operand(&name, operand);
	text_append(&help, operand->help != NULL ? operand->help : "");
	if (help.length > 0)
		help.bytes[0] = (char)toupper((unsigned char)help.bytes[0]);
	if (operand->choices != NULL)
		append_choices(&help, operand->choices);
	append_row(out, text_words(&name), text_words(&help));
	text_free(&name);
	text_free(&help);
}

void
usage_command(struct text *out, const struct command *command)
{
	usage_line(out, command);
	text_format(out, "\n%s.\n", command->help);
	if (command->operands != NULL && command->operands->name != NULL)
		text_append(out, "\n");
	for each_operand(operand, command)
		append_operand_help(out, operand);
	if (command->details != NULL) {
		text_append(out, "\n");
		append_paragraph(out, command->details, 0);
	}
	if (command->key != NULL)
		text_format(out, "\nOn the screens: the key %s.\n", command->key);
}

static void
append_field(struct text *out, const struct field *field)
{
	struct text help = { 0 };

	text_format(&help, "%s: %s", field->title, field->help);
	if (field->choices != NULL)
		append_choices(&help, field->choices);
	else
		text_format(&help, " (%s)", field_types[field->type].form);
	append_row(out, field->name, text_words(&help));
	text_free(&help);
}

static void
append_fields(struct text *out, const struct entity *entity)
{
	text_format(out, "%s%s: %s.\n", out->length > 0 ? "\n" : "", entity->titles, entity->help);
	for each_field(field, entity->fields)
		append_field(out, field);
}

static bool
append_fields_of(struct text *out, const char *name, struct error *error)
{
	const struct entity *entity = name != NULL ? entity_named(name) : NULL;
	struct text known = { 0 };

	if (name == NULL)
		for each_entity(row)
			append_fields(out, row);
	if (entity != NULL)
		append_fields(out, entity);
	if (name == NULL || entity != NULL)
		return true;
	for each_entity(row)
		text_format(&known, "%s%s", known.length > 0 ? ", " : "", row->plural);
	error_set(error, ERROR_USAGE, "There are no fields of '%.80s'. There are those of: %s.",
		  name, text_words(&known));
	text_free(&known);
	return false;
}

static void
append_filters(struct text *out, struct arena *arena)
{
	const char *entity = NULL;

	append_paragraph(out,
			 "A filter says which records are meant: on the command line, after / on a "
			 "screen, and in the definition of every figure. Terms side by side must "
			 "all hold.",
			 0);
	text_append(out, "\n");
	for each_filter_example(example)
		append_row(out, example->words, example->finds);
	for (const struct filter_word *word = filter_words; word->name != NULL; word++) {
		if (entity == NULL || strcmp(entity, entities[word->entity].titles) != 0)
			text_format(out, "\nWords about %s:\n", entities[word->entity].plural);
		entity = entities[word->entity].titles;
		append_row(out, word->name, word->help);
	}
	text_append(out, "\nWords about rules (terrier help rules); behind the colon a rule, a "
			 "severity or any:\n");
	for (const struct filter_rule_word *word = filter_rule_words; word->name != NULL; word++)
		append_row(out, arena_format(arena, "%s:R1", word->name), word->help);
}

static void
append_figures(struct text *out)
{
	for each_figure(figure) {
		text_format(out, "%s%s: %s\n", out->length > 0 ? "\n" : "", figure->id,
			    figure->label);
		append_paragraph(out, figure->definition, TEXT_INDENT);
		text_format(out, "    rows: list %s%s%s\n", entities[figure->entity].plural,
			    *figure->filter != '\0' ? " " : "", figure->filter);
		if (figure->part != NULL)
			text_format(out, "    per cent of them: %s\n", figure->part);
	}
}

static void
append_rule(struct text *out, const struct rule *rule)
{
	bool kept = rule->filter == NULL;

	text_format(out, "%s%s: %s (%s)\n", out->length > 0 ? "\n" : "", rule->id, rule->name,
		    kept ? "Terrier keeps to it" : severities[rule->severity].name);
	append_paragraph(out, rule->test, TEXT_INDENT);
	text_format(out, "%*sSource: ", TEXT_INDENT, "");
	append_wrapped(out, rule->citation, TEXT_INDENT);
	text_append(out, ".\n");
	if (kept)
		return;
	append_paragraph(out, rule->remedy, TEXT_INDENT);
	text_format(out, "%*srows: list %s finding:%s\n", TEXT_INDENT, "",
		    entities[rule->entity].plural, rule->id);
}

static const char *
scope_words(const struct choice *kind)
{
	if ((kind->flags & CHOICE_INITIAL) != 0)
		return "in scope until the kind is known";
	if ((kind->flags & CHOICE_POLICY) != 0)
		return "in scope";
	if ((kind->flags & CHOICE_WIDER) != 0)
		return "wider: in scope when the setting wider_scope names it";
	return "not in scope";
}

static void
append_kinds(struct text *out)
{
	append_paragraph(out,
			 "The policy is about visual surveillance: a device of such a kind is in "
			 "scope when its maker is covered. The wider kinds are counted in when the "
			 "setting wider_scope names them.",
			 0);
	text_append(out, "\n");
	for each_choice(kind, device_kinds)
		append_row(out, kind->name, scope_words(kind));
}

/* What is explained by a word that is no command; false when the word is none of them. */
static bool
append_topic(struct text *out, const char *word, struct arena *arena)
{
	const struct rule *rule = rule_named(word);

	if (strcmp(word, "filters") == 0)
		append_filters(out, arena);
	else if (strcmp(word, "figures") == 0)
		append_figures(out);
	else if (strcmp(word, "kinds") == 0)
		append_kinds(out);
	else if (rule != NULL)
		append_rule(out, rule);
	else if (strcmp(word, "rules") != 0)
		return false;
	else
		for each_rule(row)
			append_rule(out, row);
	return true;
}

bool
usage_topic(struct text *out, size_t count, char *const words[], struct arena *arena,
	    struct error *error)
{
	const struct command *command;
	size_t used;

	if (count == 0) {
		usage_commands(out);
		return true;
	}
	if (strcmp(words[0], "fields") == 0)
		return append_fields_of(out, count > 1 ? words[1] : NULL, error);
	command = options_find_command(count, words, &used);
	if (command != NULL)
		usage_command(out, command);
	if (!append_topic(out, words[0], arena) && command == NULL)
		return options_unknown_command(count, words, arena, error);
	return true;
}
