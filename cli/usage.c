/* SPDX-License-Identifier: MIT */
/* What `terrier help` prints.  All of it comes from the tables, so it cannot lag behind the program. */
#include "cli/usage.h"

#include <ctype.h>
#include <string.h>

#include "core/figure.h"
#include "core/filter.h"

enum { PAGE_COLUMNS = 80, HELP_COLUMN = 26, TEXT_INDENT = 4, USAGE_INDENT = 15 };

/* Appends a piece, after a blank or on a new line that begins at `indent`. Returns the column reached. */
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
	append_paragraph(out, "Without a command the screens open. The register is the FILE of -r, else "
			 "$TERRIER_REGISTER, else estate.terrier in your data folder.", 0);
	text_append(out, "\nCommands:\n");
	for each_command(command)
		if (command->run != NULL)
			append_row(out, command->name, command->help);
	append_row(out, "help [COMMAND]", "Explain a command, or list them all");
	text_append(out, "\nMore help:\n");
	append_row(out, "help fields [ENTITY]", "The fields of devices, sites and the others");
	append_row(out, "help filters", "How to say which records are meant");
	append_row(out, "help figures", "What each figure counts");
	text_append(out, "\nExit status: 0 done, 1 failed, 2 misused, 3 done but something was refused.\n");
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
	error_set(error, ERROR_USAGE, "There are no fields of '%.80s'. There are those of: %s.", name, text_words(&known));
	text_free(&known);
	return false;
}

static void
append_filters(struct text *out)
{
	const char *entity = NULL;

	append_paragraph(out, "A filter says which records are meant: on the command line, after / on a screen, "
			 "and in the definition of every figure. Terms side by side must all hold.", 0);
	text_append(out, "\n");
	for each_filter_example(example)
		append_row(out, example->words, example->finds);
	for (const struct filter_word *word = filter_words; word->name != NULL; word++) {
		if (entity == NULL || strcmp(entity, entities[word->entity].titles) != 0)
			text_format(out, "\nWords about %s:\n", entities[word->entity].plural);
		entity = entities[word->entity].titles;
		append_row(out, word->name, word->help);
	}
}

static void
append_figures(struct text *out)
{
	for each_figure(figure) {
		text_format(out, "%s%s: %s\n", out->length > 0 ? "\n" : "", figure->id, figure->label);
		append_paragraph(out, figure->definition, TEXT_INDENT);
		text_format(out, "    rows: list %s%s%s\n", entities[figure->entity].plural,
			    *figure->filter != '\0' ? " " : "", figure->filter);
	}
}

bool
usage_topic(struct text *out, size_t count, char *const words[], struct arena *arena, struct error *error)
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
	if (strcmp(words[0], "filters") == 0)
		append_filters(out);
	else if (strcmp(words[0], "figures") == 0)
		append_figures(out);
	else if (command == NULL)
		return options_unknown_command(count, words, arena, error);
	return true;
}
