/* SPDX-License-Identifier: MIT */
/*
 * manual FILE.in: writes a page of the manual.  A line @NAME@ of the file is
 * replaced by the section of that name, made from the tables of the program.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "commands/command.h"
#include "commands/view.h"
#include "core/figure.h"
#include "core/filter.h"
#include "core/refusal.h"
#include "core/rule.h"
#include "core/setting.h"
#include "core/unknown.h"
#include "import/encoding.h"
#include "tui/actions.h"

/* Words as roff takes them literally. */
static void
write_words(const char *words)
{
	for (; *words != '\0'; words++)
		if (*words == '\\')
			fputs("\\e", stdout);
		else if (*words == '-')
			fputs("\\-", stdout);
		else if (*words == '"')
			fputs("\\(dq", stdout);
		else
			putchar(*words);
}

/* Words as one argument of a macro: quoted, and not mistaken for a macro or for punctuation. */
static void
write_argument(const char *words)
{
	fputs(" \"\\&", stdout);
	write_words(words);
	putchar('"');
}

/* Sentences as text: a line each, as mdoc wants it, and none that looks like a request. */
static void
write_sentences(const char *words, bool ends_with_stop)
{
	struct text line = { 0 };

	for (; *words != '\0'; words++) {
		text_append_bytes(&line, *words == '\n' ? " " : words, 1);
		if (strchr(".?!", words[0]) == NULL || words[1] != ' ' || !isupper((unsigned char)words[2]))
			continue;
		words++;
		printf("%s", line.bytes[0] == '.' || line.bytes[0] == '\'' ? "\\&" : "");
		write_words(text_words(&line));
		putchar('\n');
		text_clear(&line);
	}
	printf("%s", line.length > 0 && (line.bytes[0] == '.' || line.bytes[0] == '\'') ? "\\&" : "");
	write_words(text_words(&line));
	puts(ends_with_stop ? "." : "");
	text_free(&line);
}

static void
begin_list(void)
{
	puts(".Bl -tag -width Ds");
}

static void
end_list(void)
{
	puts(".El");
}

static bool
is_option(const struct operand *operand)
{
	return operand->kind != OPERAND_WORD && operand->kind != OPERAND_WORDS;
}

/* "Fl \-why Ar TEXT" */
static void
write_operand(const struct operand *operand)
{
	if (is_option(operand))
		printf("Fl \\-%s ", operand->name);
	if (operand->kind == OPERAND_FLAG)
		return;
	fputs("Ar", stdout);
	write_argument(operand->value != NULL ? operand->value : operand->name);
}

/* On a line of its own, in brackets when it may be left out. */
static void
write_usage_operand(const struct operand *operand)
{
	fputs(operand->flags & OPERAND_REQUIRED ? "." : ".Op ", stdout);
	write_operand(operand);
	puts(operand->kind == OPERAND_WORDS || operand->kind == OPERAND_OPTIONS ? " ..." : "");
}

static void
write_choices(const struct choice *choices)
{
	for each_choice(choice, choices) {
		fputs(choice == choices ? " (" : ", ", stdout);
		write_words(choice->name);
	}
	putchar(')');
}

static void
write_operand_help(const struct operand *operand)
{
	const char *help = operand->help != NULL ? operand->help : "";

	fputs(".It ", stdout);
	write_operand(operand);
	putchar('\n');
	putchar(toupper((unsigned char)*help));
	write_words(help + (*help != '\0'));
	if (operand->choices != NULL)
		write_choices(operand->choices);
	puts(".");
}

static void
write_command(const struct command *command)
{
	printf(".It Xo\n.Cm %s\n", command->name);
	for each_operand(operand, command)
		write_usage_operand(operand);
	puts(".Xc");
	write_sentences(command->help, true);
	if (command->details != NULL)
		write_sentences(command->details, false);
	if (command->operands == NULL || command->operands->name == NULL)
		return;
	begin_list();
	for each_operand(operand, command)
		write_operand_help(operand);
	end_list();
}

static void
write_commands(void)
{
	begin_list();
	for each_command(command)
		if (command->run != NULL)
			write_command(command);
	puts(".It Cm help Op Ar COMMAND\n"
	     "Explain a command, or list them all.\n"
	     ".Cm help fields ,\n.Cm help filters\nand\n.Cm help figures\n"
	     "print what the sections below hold.");
	end_list();
}

static void
write_help_of_keys(const char *const *keys, size_t count, const char *help)
{
	fputs(".It Ic", stdout);
	for (size_t i = 0; i < count && keys[i] != NULL; i++) {
		fputs(i > 0 ? " , Ic" : "", stdout);
		write_argument(keys[i]);
	}
	putchar('\n');
	write_sentences(help, true);
}

/* Where keys mean different things, as the manual names it. */
static const struct {
	unsigned places;
	const char *title;
} groups[] = {
	{ PLACE_BOARD | PLACE_LIST | PLACE_QUESTIONS | PLACE_DEADLINES | PLACE_MANUFACTURERS, "On the tabs" },
	{ PLACE_CALENDAR, "In the month of deadlines" },
	{ PLACE_FILTER, "Typing a filter" },
	{ PLACE_FORM, "In a form" },
	{ PLACE_PROMPT, "Answering a question" },
	{ PLACE_PICK, "Picking from a list" },
	{ PLACE_CONFIRM, "Confirming" },
	{ PLACE_PAGER, "Reading a text" },
	{ PLACE_PATH, "Naming a file to import" },
	{ PLACE_LOOK, "Looking at a file before it is imported" },
	{ PLACE_PREVIEW | PLACE_DETAILS, "In the preview of an import" },
	{ PLACE_MEND, "Mending a refused row" },
};

static void
write_keys(void)
{
	for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
		printf(".Ss \\&%s\n", groups[i].title);
		begin_list();
		for each_action(action)
			if (action->places & groups[i].places)
				write_help_of_keys(action->keys, ACTION_KEYS_MAX, action->help);
		for each_command(command)
			if (command->key != NULL && groups[i].places & PLACE_LIST)
				write_help_of_keys(&command->key, 1, command->help);
		end_list();
	}
}

static void
write_field(const struct field *field)
{
	printf(".It Cm %s\n", field->name);
	write_words(field->help);
	if (field->choices != NULL) {
		write_choices(field->choices);
	} else {
		fputs(" (", stdout);
		write_words(field_types[field->type].form);
		putchar(')');
	}
	puts(".");
}

static void
write_fields(void)
{
	for each_entity(entity) {
		printf(".Ss \\&%s\n", entity->titles);
		write_sentences(entity->help, true);
		begin_list();
		for each_field(field, entity->fields)
			write_field(field);
		end_list();
	}
}

/* The other headings that files use, for the page about importing. */
static void
write_headings(void)
{
	for each_entity(entity) {
		if (!(entity->flags & ENTITY_IMPORTED))
			continue;
		printf(".Ss \\&%s\n", entity->titles);
		begin_list();
		for each_field(field, entity->fields) {
			if (!field_is_given(field))
				continue;
			printf(".It Cm %s\n", field->name);
			write_words(field->title);
			fputs(*field->headings != '\0' ? ", " : "", stdout);
			for (const char *at = field->headings; *at != '\0'; at++)
				fputs(*at == ',' ? ", " : (char[]){ *at, '\0' }, stdout);
			puts(".");
		}
		end_list();
	}
}

static void
write_causes(void)
{
	begin_list();
	for (int i = 0; i < REFUSAL_CAUSE_COUNT; i++) {
		printf(".It Cm %s\n", refusal_cause_name((enum refusal_cause)i));
		write_sentences(refusal_cause_help((enum refusal_cause)i), false);
	}
	end_list();
}

static void
write_unknown_words(void)
{
	for (const char *const *word = unknown_words; *word != NULL; word++) {
		fputs(".Li", stdout);
		write_argument(*word);
		puts(word[1] != NULL ? " ," : " .");
	}
}

static void
write_encodings(void)
{
	begin_list();
	for (size_t i = 0; i < ENCODING_COUNT; i++) {
		fputs(".It Cm", stdout);
		write_argument(encoding_words[i].name);
		putchar('\n');
		write_sentences(encodings[i].title, true);
	}
	end_list();
}

static void
write_views(void)
{
	begin_list();
	for each_view(view) {
		printf(".It Cm %s\n", view->name);
		write_sentences(view->help, true);
	}
	end_list();
}

static void
write_filters(void)
{
	begin_list();
	for each_filter_example(example) {
		fputs(".It Li", stdout);
		write_argument(example->words);
		putchar('\n');
		write_sentences(example->finds, true);
	}
	end_list();
}

static void
write_filter_words(void)
{
	begin_list();
	for (const struct filter_word *word = filter_words; word->name != NULL; word++) {
		printf(".It Cm %s Pq %s\n", word->name, entities[word->entity].plural);
		write_sentences(word->help, true);
	}
	end_list();
}

static void
write_figures(void)
{
	begin_list();
	for each_figure(figure) {
		printf(".It Cm %s\n", figure->id);
		write_sentences(figure->definition, false);
	}
	end_list();
}

static void
write_rule(const struct rule *rule)
{
	struct text heading = { 0 };

	text_format(&heading, "%s: %s", rule->id, rule->name);
	fputs(".Ss", stdout);
	write_argument(text_words(&heading));
	putchar('\n');
	text_free(&heading);
	write_sentences(rule->test, false);
	puts(".Pp");
	fputs("Source: ", stdout);
	write_sentences(rule->citation, true);
	if (rule->filter == NULL)
		return;
	printf("Severity: %s.\n.Pp\n", severities[rule->severity].name);
	write_sentences(rule->remedy, false);
	fputs(".Pp\nIts findings:\n.Dl", stdout);
	write_argument(entities[rule->entity].plural);
	write_argument(rule->filter);
	putchar('\n');
}

/* Those that records can break, or those that the program itself keeps to. */
static void
write_rules_of(bool kept)
{
	for each_rule(rule)
		if ((rule->filter == NULL) == kept)
			write_rule(rule);
}

static void
write_rules(void)
{
	write_rules_of(false);
}

static void
write_kept_rules(void)
{
	write_rules_of(true);
}

static void
write_settings(void)
{
	begin_list();
	for each_setting(setting) {
		printf(".It Cm %s\n", setting->name);
		write_sentences(setting->help, false);
		fputs("At first: ", stdout);
		write_sentences(*setting->initial != '\0' ? setting->initial : "nothing", true);
		fputs("Source: ", stdout);
		write_sentences(setting->source, true);
	}
	end_list();
}

static void
write_kinds(void)
{
	begin_list();
	for each_choice(kind, device_kinds) {
		printf(".It Cm %s\n", kind->name);
		puts((kind->flags & CHOICE_INITIAL)  ? "In scope until the kind is known."
		     : (kind->flags & CHOICE_POLICY) ? "In scope."
		     : (kind->flags & CHOICE_WIDER)  ? "In scope when the setting wider_scope names it."
						     : "Not in scope.");
	}
	end_list();
}

static void
write_rule_words(void)
{
	begin_list();
	for (const struct filter_rule_word *word = filter_rule_words; word->name != NULL; word++) {
		printf(".It Cm %s : Ns Ar RULE\n", word->name);
		write_sentences(word->help, true);
	}
	end_list();
}

/* name in the file -> section */
static const struct {
	const char *name;
	void (*write)(void);
} sections[] = {
	{ "@COMMANDS@\n", write_commands },
	{ "@KEYS@\n", write_keys },
	{ "@FIELDS@\n", write_fields },
	{ "@HEADINGS@\n", write_headings },
	{ "@CAUSES@\n", write_causes },
	{ "@UNKNOWN@\n", write_unknown_words },
	{ "@ENCODINGS@\n", write_encodings },
	{ "@VIEWS@\n", write_views },
	{ "@FILTERS@\n", write_filters },
	{ "@FILTER_WORDS@\n", write_filter_words },
	{ "@FIGURES@\n", write_figures },
	{ "@RULES@\n", write_rules },
	{ "@KEPT_RULES@\n", write_kept_rules },
	{ "@SETTINGS@\n", write_settings },
	{ "@KINDS@\n", write_kinds },
	{ "@RULE_WORDS@\n", write_rule_words },
};

static void
write_line(const char *line)
{
	for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
		if (strcmp(line, sections[i].name) == 0) {
			sections[i].write();
			return;
		}
	fputs(line, stdout);
}

int
main(int argc, char *argv[])
{
	FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
	char line[1024];

	if (file == NULL) {
		fputs("usage: manual FILE.in\n", stderr);
		return 2;
	}
	while (fgets(line, sizeof line, file) != NULL)
		write_line(line);
	fclose(file);
	return fflush(stdout) == 0 ? 0 : 1;
}
