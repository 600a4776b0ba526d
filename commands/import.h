/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_IMPORT_H
#define COMMANDS_IMPORT_H

#include "commands/command.h"
#include "core/refusal.h"
#include "import/mapping.h"
#include "import/reader.h"

/*
 * Brings a CSV file into the register: one file, one entry of the history,
 * all of it or nothing.  Each row is new, changed, the same, or refused with its reason.
 */
/* What becomes of a row; the words are import_outcome_words[]. */
enum import_outcome {
	IMPORT_NEW,
	IMPORT_CHANGED,
	IMPORT_SAME,
	IMPORT_REFUSED,
	IMPORT_ABSENT,			/* of a record that the file should mention and does not */
	IMPORT_SKIPPED,			/* totals, the heading again, nothing: no row of the file */
	IMPORT_CREATED,			/* of a record that a row names and the import makes */
	IMPORT_QUESTION,		/* a value that a person has decided otherwise */
	IMPORT_OUTCOME_COUNT
};
extern const char *const import_outcome_words[IMPORT_OUTCOME_COUNT];

/* One thing that an import does: a row, or of a changed row a field. Texts live for the call. */
struct import_detail {
	enum import_outcome outcome;
	int64_t row, line;		/* 0 of an absent record */
	const char *entity;		/* "device" */
	const char *key;		/* of the record; NULL when the row does not say */
	const char *field;		/* that changes or is wrong, or NULL */
	const char *old, *new;		/* canonical, of a change or a question; NULL for unknown */
	const char *reason;		/* of a refused or skipped row, or NULL */
};

/*
 * Is told of each as it is found; a row that proves wrong later on is told again, as refused.  Of a
 * changed row each field is told.  Records that rows name and that are made for them are told when
 * all rows are, those that stay.  An import that has to begin again, because it learned only at the
 * end which of day and month comes first, says so: what was told before counts no longer.  Both may
 * be NULL.
 */
struct import_listener {
	void *context;
	void (*tell)(void *context, const struct import_detail *detail);
	void (*forget)(void *context);
};

/*
 * A row that was refused before and comes again by itself (commands/refusal.h): no source is made
 * for it.
 */
struct import_mending {
	/* Marked mended in the same entry; when the row is refused again nothing is kept. */
	struct record_id refusal;
	int64_t source, row;		/* of it, for questions */
	const char *what;		/* "row 12 of cameras.csv" */
	const char *text;		/* the heading and the row, as a CSV file in UTF-8 */
	/* How its file was read, as a mapping file; "" for as the headings say. */
	const char *mapping;
};

struct import_options {
	const char *path;		/* passed over when `mending` is given */
	const struct import_mending *mending;	/* or NULL */
	const struct entity *entity;	/* what its rows are: one that is ENTITY_IMPORTED */
	/* Path of a mapping file, "-" for none, not even the saved one; or NULL. */
	const char *map;
	const char *const *constants;	/* "field=value" */
	size_t constant_count;
	/* "Heading=field", "Heading=-": as lines of a mapping file; they win over it. */
	const char *const *columns;
	size_t column_count;
	/* "day", "month", or "Heading=month": which comes first where nothing proves it. */
	const char *const *dates;
	size_t date_count;
	const char *encoding, *delimiter, *sheet;	/* words as in import/reader.h, or NULL */
	int64_t heading_line;		/* 0: found by rule */
	/* Fields that say which record a row is about, "serial,site"; NULL: the entity's key. */
	const char *key;
	int key_least;			/* how many of them must agree; 0: all */
	/* A blank cell empties the field; else it leaves it alone. */
	bool blank_clears;
	/* Devices that the file does not mention get the day in missed_on. */
	bool absent_marked;
	bool all_or_nothing;		/* one refused row and nothing is taken */
	/* Compare the rows even when the very same file was imported before. */
	bool again;
	/* By kind: records that rows name and nobody knows are made. */
	bool creates[ENTITY_COUNT];
	enum mapping_unknown unknown;
	bool dry_run;			/* does everything, then takes it back */
	/* Import nothing unless the file's SHA-256 is still that of a rehearsal; or NULL. */
	const char *hash;
	const char *refusals;		/* path of the file for the refused rows, or NULL */
	/* Path of a CSV file of everything that the import does, field by field, or NULL. */
	const char *changes;
	const char *why;		/* for the history, or NULL */
	struct import_listener listener;
};

/* A row that was not taken. */
struct import_refusal {
	int64_t row, line;
	enum refusal_cause cause;
	const char *field;		/* the first that is wrong; NULL: the row as a whole */
	const char *reason;		/* names every field that is wrong */
	const char *cells;		/* the row as it stood, as a line of CSV without its end */
	/* The first row of those that stand together; they are in this order. */
	int64_t group;
};

enum { SKIPPED_SAID = 5 };	/* skipped lines that the summary names */

/* A column of dates of which nothing proves whether day or month comes first. */
struct import_date_question {
	const char *heading;		/* "column 7" where there is none */
	size_t column;			/* from 0 */
	const char *example;		/* "03/04/2019" */
	const char *day_first, *month_first;	/* "3 April 2019", "4 March 2019" */
};

/* rows is always new_rows + changed + same + refused.  The texts are in the arena. */
struct import_summary {
	struct arena arena;
	const char *file;		/* its name, without the folder */
	const struct entity *entity;
	int64_t rows, new_rows, changed, same, refused;
	/* Totals, repeated headings and rows without a filled cell, not among the rows. */
	int64_t skipped;
	/* The first of them: "line 14, a line of totals"; NULL for none. */
	const char *skipped_lines;
	int64_t questions;		/* values that a person has decided otherwise */
	int64_t asked_before;		/* those that were an open question already */
	/* Refused rows of earlier files that this one brought again and that were taken. */
	int64_t mended;
	int64_t source;			/* number of its source; 0 before there is one */
	int64_t missed;			/* devices newly marked as not in the survey */
	/* In the register, on sites or in organisations of the file, and not in it. */
	int64_t absent;
	int64_t created[ENTITY_COUNT];	/* by kind: records made with consent */
	struct import_refusal *refusals;
	size_t refusal_room;
	const char **notices;		/* what else a person should know: sentences */
	size_t notice_count, notice_room;
	/* When the same file was imported, as 2024-01-31T12:30:00Z, or NULL. */
	const char *imported_before;
	const char *source_before;	/* the number of its source, or NULL */
	bool nothing_to_do;		/* and for that reason not one row of it was read */
	/* The SHA-256 of the file; NULL when it was not read to its end. */
	const char *hash;
	const char *mapping;		/* the mapping in force, as a mapping file */
	const char *format, *encoding, *delimiter, *sheet;	/* as in import/reader.h */
	int64_t heading_line;
	/* Path of the copy of the register that was kept, or NULL. */
	const char *copy;
	/* Columns whose order of day and month nothing proves. */
	struct import_date_question *date_questions;
	size_t date_question_count;
	bool dry_run;
	/* Rows are refused, so with --all-or-nothing none is taken. */
	bool given_up;
	bool recorded;			/* it left an entry, a source and its refusals */
};

/* A column of a file, before anything is imported. */
struct import_column {
	const char *heading;		/* "" for none */
	const char *use;		/* "field", "unknown", "left out", "worked out", "blank" */
	const char *field;		/* "tag", "site.name"; NULL when it feeds none */
	/* A second field that it feeds: of "Make/Model" the model; else NULL. */
	const char *beside;
	const char *samples[READER_SAMPLES];
	size_t sample_count;
};

/* What a look at the first rows of a file says. `{ 0 }` is empty. */
struct import_survey {
	struct arena arena;
	const char *format, *encoding, *delimiter, *sheet;
	int64_t heading_line;
	struct import_column *columns;
	size_t column_count;
	/* Why it cannot be imported as it stands, a sentence; NULL when it can. */
	const char *problem;
	/* The day of the import whose mapping is used again, in words; NULL for none. */
	const char *saved_on;
	const char **notices;
	size_t notice_count;
};

/*
 * Looks at the heading and the first rows. False when the file cannot be read at all.  `survey`
 * must be empty; end it with import_survey_free() either way.
 */
bool import_look(struct session *session, const struct import_options *options,
		 struct import_survey *survey, struct error *error);
void import_survey_free(struct import_survey *survey);

/*
 * Runs one import.  False with a sentence when the file as a whole is refused or the person stopped
 * it (ERROR_CANCELLED); then nothing was changed.  Refused rows are no failure, but with
 * all_or_nothing: then the summary is whole and says given_up.  `summary` must be empty (`{ 0 }`);
 * end it with import_summary_free() either way.
 */
bool import_run(struct session *session, const struct import_options *options,
		struct import_summary *summary, struct error *error);
void import_summary_free(struct import_summary *summary);

/* Adds a sentence to the notices. */
void import_notice(struct import_summary *summary, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* What a line of a file of that format is called, as in import/reader.h. */
const char *import_line_word(const char *format);

/* The summary in sentences, and as the one JSON object of `--format json`. */
void import_summary_words(struct import_summary *summary, struct text *out);
void import_summary_json(const struct import_summary *summary, struct text *out);

/*
 * Writes the refused rows, with their heading, as a CSV file that can be mended and imported.
 * ERROR_CONFLICT when a file has the name, also one of refused rows: somebody may be mending it.
 */
bool import_refusals_write(const struct import_summary *summary, const char *heading,
			   const char *path, struct error *error);

/* Whether records of that kind can be made because rows name them. */
bool import_may_create(enum entity_kind kind);

/* Adds the kinds of "site,organisation", as --create takes them, to those that may be made. */
bool import_read_creates(const char *words, bool creates[ENTITY_COUNT], struct error *error);

extern const struct operand import_operands[];
bool command_import(struct session *session, const struct request *request, struct reply *reply,
		    struct error *error);

#endif
