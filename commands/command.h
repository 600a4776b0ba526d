/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_COMMAND_H
#define COMMANDS_COMMAND_H

#include <stddef.h>

#include "commands/session.h"
#include "core/sink.h"

/* What must be true before a command may run; command_run() checks and explains. */
enum need {
	NEED_STORE = 1 << 0,	/* an open register */
	NEED_WRITE = 1 << 1,	/* one that may be written */
};

enum operand_kind {
	OPERAND_WORD,		/* one word in its place: KEY */
	OPERAND_WORDS,		/* the rest of the words: FIELD=VALUE... */
	OPERAND_OPTION,		/* --name VALUE */
	OPERAND_OPTIONS,	/* --name VALUE, may be given again */
	OPERAND_FLAG,		/* --name */
};

enum operand_flag {
	OPERAND_REQUIRED = 1 << 0,
	OPERAND_ASKED = 1 << 1,		/* the screens ask for it; others they leave out */
	/* The screens fill it with the keys of the selected records. */
	OPERAND_SELECTION = 1 << 2,
	/* Given, the command does another thing, which needs no other word and no register. */
	OPERAND_INSTEAD = 1 << 3,
};

/* One thing a command asks for: a word on the command line, a prompt on the screens. */
struct operand {
	const char *name;		/* "why"; as an option "--why" */
	enum operand_kind kind;
	unsigned flags;
	const char *value;		/* what to call its value in the usage: "TEXT" */
	const char *help;		/* one line, without a full stop */
	const struct choice *choices;	/* the words that it may be, or NULL */
};

struct command;

enum {
	REQUEST_WORDS_MAX = 4096,	/* the most words one command line may hold */
	COMMAND_OPERANDS_MAX = 32,	/* the most operands that a command has */
};

/* The words of one command. Texts and arrays belong to the caller. */
struct request {
	const struct command *command;
	/* By operand: the words given for it, in order. */
	const char **values[COMMAND_OPERANDS_MAX];
	size_t counts[COMMAND_OPERANDS_MAX];
	/* The screens: records chosen instead of a KEY; NULL for none. */
	const struct record_id *selection;
	size_t selection_count;
};

/* Where a command leaves what it has to say. */
struct reply {
	/* For the person: sentences, each on a line; end with text_free(). */
	struct text words;
	struct sink data;		/* rows and documents; write NULL when nobody reads them */
	int columns;			/* that whoever reads has; 0: not known */
	bool refused;			/* done, but something was refused: exit status 3 */
	/* There was nothing to do, so after a dry run there is nothing to ask. */
	bool idle;
};

/* One verb.  The command line, the keys, the palette, the help and the manual read this. */
struct command {
	const char *name;		/* "site assess" */
	const char *key;		/* on the screens; NULL for none */
	unsigned needs;
	const struct operand *operands;	/* ends with a nameless one; NULL for none */
	/* The screens offer it on lists of these records; ENTITY_NONE: everywhere. */
	enum entity_kind about;
	bool on_screens;		/* in the palette */
	bool (*run)(struct session *session, const struct request *request, struct reply *reply,
		    struct error *error);
	const char *help;		/* one line, without a full stop */
	/* A few sentences for `terrier help COMMAND` and the manual; NULL for none. */
	const char *details;
};

/* In the order of the help. Ends with a nameless one. */
extern const struct command commands[];

#define each_command(row) \
	(const struct command *row = commands; row->name != NULL; row++)
#define each_operand(row, of) \
	(const struct operand *row = (of)->operands; row != NULL && row->name != NULL; row++)

const struct command *command_named(const char *name);

/* The first word given for the operand, or NULL; its name must be one of the command's. */
const char *request_value(const struct request *request, const char *operand);
/* All the words given for it. */
const char *const *request_words(const struct request *request, const char *operand, size_t *count);
bool request_has(const struct request *request, const char *operand);

/*
 * Adds a word for the operand, in the arena; false with a sentence when the command has no such
 * operand or it is given twice.
 */
bool request_add(struct request *request, struct arena *arena, const char *operand,
		 const char *word, struct error *error);

/* What the command needs for this request, as in command->needs. */
unsigned request_needs(const struct request *request);

/* Whether every required operand is given; command_run() asks too, with the register open. */
bool request_check(const struct request *request, struct error *error);

/* Checks what the command needs and that required operands are there, then runs it. */
bool command_run(struct session *session, const struct request *request, struct reply *reply,
		 struct error *error);

#endif
