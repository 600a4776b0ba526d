/* SPDX-License-Identifier: MIT */
#include "commands/command.h"

#include <assert.h>
#include <string.h>

const struct command *
command_named(const char *name)
{
	for each_command(command)
		if (text_same(command->name, name))
			return command;
	return NULL;
}

/* The operand's place in the command's table, or -1. */
static int
operand_index(const struct command *command, const char *name)
{
	int index = 0;

	for each_operand(operand, command) {
		if (strcmp(operand->name, name) == 0)
			return index;
		index++;
	}
	return -1;
}

const char *const *
request_words(const struct request *request, const char *operand, size_t *count)
{
	int index = operand_index(request->command, operand);

	assert(index >= 0);
	*count = request->counts[index];
	return request->values[index];
}

const char *
request_value(const struct request *request, const char *operand)
{
	size_t count;
	const char *const *words = request_words(request, operand, &count);

	return count > 0 ? words[0] : NULL;
}

bool
request_has(const struct request *request, const char *operand)
{
	return request_value(request, operand) != NULL;
}

static bool
refuse_word(const struct operand *operand, const char *word, struct error *error)
{
	struct text known = { 0 };

	choice_append_names(&known, operand->choices);
	error_set(error, ERROR_USAGE, "'%.60s' is not one of the words for %s%s: %s.", word,
		  operand->kind == OPERAND_WORD ? "" : "--", operand->name, text_words(&known));
	text_free(&known);
	return false;
}

bool
request_add(struct request *request, struct arena *arena, const char *operand, const char *word,
	    struct error *error)
{
	int index = operand_index(request->command, operand);
	const struct operand *row;
	const char **longer;

	if (index < 0)
		return error_set(error, ERROR_USAGE, "%s does not know --%s.",
				 request->command->name, operand);
	row = &request->command->operands[index];
	if (request->counts[index] > 0 && row->kind != OPERAND_WORDS &&
	    row->kind != OPERAND_OPTIONS)
		return error_set(error, ERROR_USAGE, "%s%s is given twice.",
				 row->kind == OPERAND_WORD ? "" : "--", operand);
	if (row->choices != NULL && choice_find(row->choices, word) == NULL)
		return refuse_word(row, word, error);
	if (request->counts[index] >= REQUEST_WORDS_MAX)
		return error_set(error, ERROR_USAGE, "More than %d words were given.",
				 REQUEST_WORDS_MAX);
	longer = arena_alloc(arena, (request->counts[index] + 1) * sizeof *longer);
	if (request->counts[index] > 0)
		memcpy(longer, request->values[index], request->counts[index] * sizeof *longer);
	longer[request->counts[index]++] = arena_text(arena, word);
	request->values[index] = longer;
	return true;
}

static bool
is_instead(const struct request *request)
{
	int index = 0;

	for each_operand(operand, request->command)
		if (request->counts[index++] > 0 && (operand->flags & OPERAND_INSTEAD))
			return true;
	return false;
}

unsigned
request_needs(const struct request *request)
{
	return is_instead(request) ? 0 : request->command->needs;
}

bool
request_check(const struct request *request, struct error *error)
{
	int index = 0;

	if (is_instead(request))
		return true;
	for each_operand(operand, request->command) {
		bool selected = (operand->flags & OPERAND_SELECTION) &&
				request->selection_count > 0;

		if ((operand->flags & OPERAND_REQUIRED) && request->counts[index] == 0 && !selected)
			return error_set(error, ERROR_USAGE, "%s needs %s%s: %s.",
					 request->command->name,
					 operand->kind == OPERAND_WORD ||
							 operand->kind == OPERAND_WORDS
						 ? ""
						 : "--",
					 operand->kind == OPERAND_WORD ||
							 operand->kind == OPERAND_WORDS
						 ? operand->value
						 : operand->name,
					 operand->help);
		index++;
	}
	return true;
}

static bool
check_needs(struct session *session, unsigned needs, struct arena *arena, struct error *error)
{
	if ((needs & NEED_STORE) && session->store == NULL)
		return error_set(error, ERROR_NOT_FOUND,
				 "No register is open. Make one with `terrier init`.");
	if ((needs & NEED_WRITE) == 0)
		return true;
	if (session->store != NULL && !store_check_writable(session->store, error))
		return false;
	return session->laptop != NULL || session_name_laptop(session, arena, error);
}

bool
command_run(struct session *session, const struct request *request, struct reply *reply,
	    struct error *error)
{
	struct arena arena = { 0 };
	const char *laptop = session->laptop;
	bool done = request_check(request, error) &&
		    check_needs(session, request_needs(request), &arena, error) &&
		    request->command->run(session, request, reply, error);

	/* A name that this call found lives no longer than its arena. */
	session->laptop = laptop;
	arena_free(&arena);
	return done;
}
