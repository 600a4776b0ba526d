/* SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include <string.h>

#include "core/nearest.h"

/* The program's own options, which may stand anywhere, and letters for some of the commands'. */
static const struct {
	const char *letter;
	const char *name;
} letters[] = {
	{ "-r", "register" },
	{ "-o", "output" },
	{ "-h", "help" },
};

/* The words of a command line while they are read. */
struct reader {
	size_t count;
	char *const *words;
	size_t at;			/* the next word */
	bool only_operands;		/* after "--" */
	const struct operand *place;	/* for the next word that is no option; NULL for none */
	struct arena *arena;
	struct options *options;
};

static bool
is_place(const struct operand *operand)
{
	return operand->kind == OPERAND_WORD || operand->kind == OPERAND_WORDS;
}

/* The first place at or after the operand, or NULL. */
static const struct operand *
place_from(const struct operand *operand)
{
	while (operand != NULL && operand->name != NULL && !is_place(operand))
		operand++;
	return operand != NULL && operand->name != NULL ? operand : NULL;
}

static const char *
letter_name(const char *word)
{
	for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
		if (strcmp(word, letters[i].letter) == 0)
			return letters[i].name;
	return NULL;
}

static bool
has_filter(const struct command *command)
{
	for each_operand(operand, command)
		if (strcmp(operand->name, "filter") == 0 && is_place(operand))
			return true;
	return false;
}

static const struct operand *
find_option(const struct command *command, const char *name)
{
	if (command == NULL)
		return NULL;
	for each_operand(operand, command)
		if (!is_place(operand) && strcmp(operand->name, name) == 0)
			return operand;
	return NULL;
}

static bool
unknown_option(const struct reader *reader, const char *name, struct error *error)
{
	const struct command *command = reader->options->request.command;
	struct nearest nearest = { .word = name };
	const char *found;

	nearest_consider(&nearest, "help");
	nearest_consider(&nearest, "register");
	nearest_consider(&nearest, "version");
	if (command != NULL)
		for each_operand(operand, command)
			if (!is_place(operand))
				nearest_consider(&nearest, operand->name);
	found = nearest_found(&nearest);
	return error_set(error, ERROR_USAGE, "terrier%s%s has no option --%s.%s%s%s",
			 command != NULL ? " " : "", command != NULL ? command->name : "", name,
			 found != NULL ? " Did you mean --" : "", found != NULL ? found : "",
			 found != NULL ? "?" : "");
}

/* The value of an option: after its "=", else the next word. NULL with an error for none. */
static const char *
option_value(struct reader *reader, const char *name, const char *value, struct error *error)
{
	if (value != NULL)
		return value;
	if (reader->at < reader->count)
		return reader->words[reader->at++];
	error_set(error, ERROR_USAGE, "The option --%s needs a value after it.", name);
	return NULL;
}

static bool
read_register(struct reader *reader, const char *value, struct error *error)
{
	value = option_value(reader, "register", value, error);
	if (value != NULL && *value == '\0')
		return error_set(error, ERROR_USAGE,
				 "The option --register needs the name of a file.");
	reader->options->register_path = value;
	return value != NULL;
}

static bool
read_wish(struct reader *reader, const char *name, const char *value, enum options_wish wish,
	  struct error *error)
{
	if (value != NULL)
		return error_set(error, ERROR_USAGE, "The option --%s takes no value.", name);
	reader->options->wish = wish;
	return true;
}

/* Reads the option of that name; `value` is what stood after its "=", or NULL. */
static bool
read_option(struct reader *reader, const char *name, const char *value, struct error *error)
{
	struct request *request = &reader->options->request;
	const struct operand *operand = find_option(request->command, name);

	if (operand != NULL && operand->kind == OPERAND_FLAG)
		return value == NULL ? request_add(request, reader->arena, name, "yes", error)
				     : error_set(error, ERROR_USAGE,
						 "The option --%s takes no value.", name);
	if (operand != NULL) {
		value = option_value(reader, name, value, error);
		return value != NULL && request_add(request, reader->arena, name, value, error);
	}
	if (strcmp(name, "register") == 0)
		return read_register(reader, value, error);
	if (strcmp(name, "help") == 0)
		return read_wish(reader, name, value, OPTIONS_HELP, error);
	if (strcmp(name, "version") == 0)
		return read_wish(reader, name, value, OPTIONS_VERSION, error);
	return unknown_option(reader, name, error);
}

static bool
read_long_option(struct reader *reader, const char *word, struct error *error)
{
	size_t size = strcspn(word, "=");
	const char *name = arena_bytes(reader->arena, word, size);

	return read_option(reader, name, word[size] == '=' ? word + size + 1 : NULL, error);
}

static bool
misplaced_dash(const struct reader *reader, const char *word, struct error *error)
{
	const struct command *command = reader->options->request.command;

	if (command == NULL)
		return error_set(error, ERROR_USAGE, "terrier has no option %.80s.", word);
	return error_set(error, ERROR_USAGE,
			 "terrier %s has no option %.80s. Put -- before a word that begins with a "
			 "dash.",
			 command->name, word);
}

/* Puts a word that is no option in its place. */
static bool
read_operand(struct reader *reader, const char *word, struct error *error)
{
	struct request *request = &reader->options->request;
	const struct operand *place = reader->place;

	if (request->command == NULL)
		return misplaced_dash(reader, word, error);
	if (place == NULL)
		return error_set(error, ERROR_USAGE, "'%.80s' is one word too many for terrier %s.",
				 word, request->command->name);
	if (place->kind == OPERAND_WORD)
		reader->place = place_from(place + 1);
	return request_add(request, reader->arena, place->name, word, error);
}

static bool
read_word(struct reader *reader, struct error *error)
{
	const struct command *command = reader->options->request.command;
	const char *word = reader->words[reader->at++];

	if (reader->only_operands || word[0] != '-' || word[1] == '\0')
		return read_operand(reader, word, error);
	if (strcmp(word, "--") == 0)
		return reader->only_operands = true;
	if (word[1] == '-')
		return read_long_option(reader, word + 2, error);
	if (letter_name(word) != NULL)
		return read_option(reader, letter_name(word), NULL, error);
	if (command != NULL && has_filter(command))
		return read_operand(reader, word, error);
	return misplaced_dash(reader, word, error);
}

/* Whether the command's name is the first words; *used is how many. */
static bool
begins_with_name(size_t count, char *const words[], const char *name, size_t *used)
{
	for (*used = 0; *name != '\0'; (*used)++) {
		size_t size = strcspn(name, " ");

		if (*used == count || strlen(words[*used]) != size ||
		    strncmp(words[*used], name, size) != 0)
			return false;
		name += size + (name[size] == ' ');
	}
	return true;
}

const struct command *
options_find_command(size_t count, char *const words[], size_t *used)
{
	const struct command *found = NULL;
	size_t length;

	*used = 0;
	for each_command(command)
		if (begins_with_name(count, words, command->name, &length) && length > *used) {
			found = command;
			*used = length;
		}
	return found;
}

/* "site assess, site tag": the commands whose first half the word is; "" for none. */
static const char *
commands_beginning(struct arena *arena, const char *word)
{
	const char *names = "";
	size_t size = strlen(word);

	for each_command(command)
		if (strncmp(command->name, word, size) == 0 && command->name[size] == ' ')
			names = arena_format(arena, "%s%s%s", names, *names != '\0' ? ", " : "",
					     command->name);
	return names;
}

bool
options_unknown_command(size_t count, char *const words[], struct arena *arena, struct error *error)
{
	const char *family = commands_beginning(arena, words[0]);
	const char *two = count > 1 ? arena_format(arena, "%s %s", words[0], words[1]) : words[0];
	struct nearest one_word = { .word = words[0] }, two_words = { .word = two };
	const char *found;

	nearest_consider(&one_word, "help");
	for each_command(command)
		nearest_consider(strchr(command->name, ' ') != NULL ? &two_words : &one_word,
				 command->name);
	found = nearest_found(&two_words);
	if (found == NULL && *family != '\0')
		return error_set(error, ERROR_USAGE,
				 "'%.80s' is not a whole command. There is: %s.", two, family);
	if (found == NULL)
		found = nearest_found(&one_word);
	if (found != NULL)
		return error_set(error, ERROR_USAGE,
				 "terrier has no command '%.80s'. Did you mean '%s'?",
				 strchr(found, ' ') != NULL ? two : words[0], found);
	return error_set(error, ERROR_USAGE,
			 "terrier has no command '%.80s'. `terrier help` lists them.", words[0]);
}

static bool
read_help(struct reader *reader)
{
	reader->options->wish = OPTIONS_HELP;
	reader->options->topics = reader->words + reader->at + 1;
	reader->options->topic_count = reader->count - reader->at - 1;
	reader->at = reader->count;
	return true;
}

/* The first word that is no option of the program: `help`, or where a command's name begins. */
static bool
read_command(struct reader *reader, struct error *error)
{
	struct options *options = reader->options;
	size_t left = reader->count - reader->at, used;

	if (strcmp(reader->words[reader->at], "help") == 0)
		return read_help(reader);
	options->request.command = options_find_command(left, reader->words + reader->at, &used);
	if (options->request.command == NULL)
		return options_unknown_command(left, reader->words + reader->at, reader->arena,
					       error);
	if (options->wish == OPTIONS_SCREENS)
		options->wish = OPTIONS_COMMAND;
	reader->place = place_from(options->request.command->operands);
	reader->at += used;
	return true;
}

/* A place behind that of many words takes the last of them: question answer 3 4 keep. */
static bool
read_last(struct reader *reader, struct error *error)
{
	struct request *request = &reader->options->request;
	const struct operand *many = reader->place,
			     *last = many != NULL ? place_from(many + 1) : NULL;
	size_t index = many != NULL ? (size_t)(many - request->command->operands) : 0;

	if (last == NULL || many->kind != OPERAND_WORDS || request->counts[index] == 0)
		return true;
	request->counts[index]--;
	return request_add(request, reader->arena, last->name,
			   request->values[index][request->counts[index]], error);
}

bool
options_read(size_t count, char *const words[], struct arena *arena, struct options *options,
	     struct error *error)
{
	struct reader reader = {
		.count = count, .words = words, .arena = arena, .options = options
	};

	*options = (struct options){ .wish = OPTIONS_SCREENS };
	while (reader.at < count) {
		bool begins = options->request.command == NULL && words[reader.at][0] != '-';

		if (text_invalid_at(words[reader.at], strlen(words[reader.at])) !=
		    strlen(words[reader.at]))
			return error_set(error, ERROR_USAGE,
					 "Word %zu of the command is not UTF-8 text.",
					 reader.at + 1);
		if (!(begins ? read_command(&reader, error) : read_word(&reader, error)))
			return false;
	}
	return read_last(&reader, error);
}
