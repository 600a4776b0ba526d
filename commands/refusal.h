/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_REFUSAL_H
#define COMMANDS_REFUSAL_H

#include "commands/command.h"

/*
 * A refused row is kept as it stood until somebody sees to it: it is mended in place, which imports
 * it alone; or written to a file, mended there and imported again; or dropped with a reason.  All
 * of it is in the history and can be undone.
 */

enum { REFUSAL_CELLS_MAX = 1024 * 1024 };	/* bytes of a refused row that the register keeps */

/* A cell of a refused row. */
struct refusal_cell {
	/* As in the file; "column 7" of one without, or beyond the heading. */
	const char *heading;
	/* As they stand now, "" for none; whoever mends the row changes them. */
	const char *words;
	const char *field;		/* that it feeds, "tag" or "site.name"; NULL: none */
	bool wrong;			/* its field is among those that the row was refused for */
};

/* A refused row laid out beside its heading. Everything is in the arena that it was read into. */
struct refusal_row {
	struct record *refusal, *source;
	const struct entity *entity;	/* what the row is about: "device" */
	/* As many as the heading has, or as the row when it has more. */
	struct refusal_cell *cells;
	size_t count;
	/* Cells of the heading, and of the row as it was kept. */
	size_t heading_count, kept_count;
	/* Somebody has seen how the cells stand beside the headings: those that lack are empty. */
	bool seen;
	/* Why it was refused the last time, or by refusal_mend(); cause NULL: for none of those. */
	const char *cause, *reason;
	/* The kind of record that it named, nobody knows and may be made too; NULL for none. */
	const struct entity *unknown;
	struct arena *arena;		/* of its texts */
};

/*
 * Reads a refused row for a form.  ERROR_CONFLICT when it is not open any more, ERROR_INVALID when
 * it was not kept whole: then it must be mended in its file.
 */
bool refusal_cells(struct session *session, struct record_id id, struct refusal_row *row,
		   struct arena *arena, struct error *error);

/*
 * Puts words into the cell that `name` means: a heading in any case, "column 7", or a field that
 * one column feeds; the row is then taken to be seen.  The words must live as long as the row.
 * False without an error when no column is meant; with one when several are.
 */
bool refusal_set_cell(struct refusal_row *row, const char *name, const char *words,
		      struct error *error);

/*
 * The part of "installed_on: no such day; mac: too short" that is about the field: what stands
 * behind "FIELD: ", which is at the start or behind a semicolon.  *size bytes; NULL for none.
 */
const char *refusal_part(const char *reason, const char *field, size_t *size);

/*
 * Marks the cells whose fields are wrong: the first that is, NULL for none, and those that the
 * reason names.
 */
void refusal_mark_wrong(const struct refusal_row *row, const char *first, const char *reason);

/* What a mended row needs besides its cells; `{ 0 }` is enough. */
struct refusal_mending {
	const char *const *constants;	/* "field=value", for fields that no column feeds */
	size_t constant_count;
	bool creates[ENTITY_COUNT];	/* as in struct import_options */
	/* The fields to match by; NULL: those that its file was matched by. */
	const char *key;
	const char *why;
};

/* How many of the fields of its --key had to agree when the source was imported; 0: all. */
int refusal_key_least(const struct record *source);

/*
 * Imports the row with the cells as they now stand, as its file was imported, in one entry that
 * marks the refusal mended too; says what was done.  A row that lacks cells is refused again until
 * somebody has seen it.  ERROR_INVALID when it is still wrong: then nothing was changed, the row
 * has the new reason, and the cells that are wrong now are marked.
 */
bool refusal_mend(struct session *session, struct refusal_row *row,
		  const struct refusal_mending *mending, struct text *words, struct error *error);

/*
 * An open file without a name that holds the text, in the folder of the register and its owner's
 * only; whoever asks closes it.  -1 with an error.
 */
int refusal_open_text(const struct session *session, const char *text, struct error *error);

/* Sets the state of a refusal in the entry that is open: a word of refusal_states[]. */
bool refusal_set_state(struct session *session, struct record_id id, const char *state,
		       struct error *error);

extern const struct operand refusal_mend_operands[], refusal_drop_operands[],
	refusal_export_operands[];
bool command_refusal_mend(struct session *session, const struct request *request,
			  struct reply *reply, struct error *error);
bool command_refusal_drop(struct session *session, const struct request *request,
			  struct reply *reply, struct error *error);
bool command_refusal_export(struct session *session, const struct request *request,
			    struct reply *reply, struct error *error);

#endif
