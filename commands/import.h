/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_IMPORT_H
#define COMMANDS_IMPORT_H

#include "commands/command.h"
#include "import/mapping.h"

/*
 * Brings a CSV file into the register: one file, one entry of the history,
 * all of it or nothing.  Each row is new, changed, the same, or refused with its reason.
 */
struct import_options {
	const char *path;
	const struct entity *entity;	/* what its rows are: one that is ENTITY_IMPORTED */
	const char *map;		/* path of a mapping file, or NULL */
	const char *const *constants;	/* "field=value" */
	size_t constant_count;
	bool creates[ENTITY_COUNT];	/* by kind: records that rows name and nobody knows are made */
	enum mapping_unknown unknown;
	bool dry_run;			/* does everything, then takes it back */
	const char *refusals;		/* path of the file for the refused rows, or NULL */
	const char *why;		/* for the history, or NULL */
};

/* A row that was not taken. */
struct import_refusal {
	int64_t row, line;
	const char *field;		/* NULL: the row as a whole */
	const char *reason;
	const char *cells;		/* the row as it stood, as a line of CSV without its end */
};

/* rows is always new_rows + changed + same + refused.  The texts are in the arena. */
struct import_summary {
	struct arena arena;
	const char *file;		/* its name, without the folder */
	const struct entity *entity;
	int64_t rows, new_rows, changed, same, refused;
	int64_t absent;			/* in the register, on sites or in organisations of the file, and not in it */
	int64_t created[ENTITY_COUNT];	/* by kind: records made with consent */
	struct import_refusal *refusals;
	size_t refusal_room;
	const char **notices;		/* what else a person should know: sentences */
	size_t notice_count, notice_room;
	const char *imported_before;	/* when the same file was imported, as 2024-01-31T12:30:00Z, or NULL */
	const char *mapping;		/* the mapping in force, as a mapping file */
	bool dry_run;
	bool recorded;			/* it left an entry, a source and its refusals */
};

/*
 * Runs one import.  False with a sentence when the file as a whole is refused or the person stopped it
 * (ERROR_CANCELLED); then nothing was changed.  Refused rows are no failure.  `summary` must be empty
 * (`{ 0 }`); end it with import_summary_free() either way.
 */
bool import_run(struct session *session, const struct import_options *options, struct import_summary *summary,
		struct error *error);
void import_summary_free(struct import_summary *summary);

/* Adds a sentence to the notices. */
void import_notice(struct import_summary *summary, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The summary in sentences, and as the one JSON object of `--format json`. */
void import_summary_words(struct import_summary *summary, struct text *out);
void import_summary_json(const struct import_summary *summary, struct text *out);

/*
 * Writes the refused rows, with their heading, as a CSV file that can be mended and imported. It takes the place of
 * an older file of refused rows; ERROR_CONFLICT when any other file has the name.
 */
bool import_refusals_write(const struct import_summary *summary, const char *heading, const char *path,
			   struct error *error);

extern const struct operand import_operands[];
bool command_import(struct session *session, const struct request *request, struct reply *reply,
		    struct error *error);

#endif
