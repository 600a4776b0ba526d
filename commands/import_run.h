/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_IMPORT_RUN_H
#define COMMANDS_IMPORT_RUN_H

/* What the files of the import share and nobody else sees. */

#include "commands/import.h"
#include "commands/import_lookup.h"
#include "db/bulk.h"
#include "db/match.h"
#include "import/ahead.h"

/* A key of the file. */
struct import_key {
	int64_t id;			/* of its record; 0 until a row with it was taken */
	int64_t row, line;		/* of that row */
	bool mentioned;			/* its record is in import->mentioned */
};

/* Ids of records, as many as come. */
struct import_ids {
	int64_t *ids;
	size_t count, room;
};

/* One import on its way. */
struct import {
	struct session *session;
	const struct import_options *options;
	struct import_summary *summary;
	const struct entity *entity;
	struct reader *reader;
	struct ahead *ahead;		/* reads its rows; NULL before and after */
	const char *heading;		/* as a line of CSV, without our own columns */
	struct mapping mapping;
	size_t key_slot;
	struct import_lookup lookup;
	struct match *match;
	bool was_empty;			/* the register had no such record */
	struct bulk *bulk;		/* NULL until a row is new */
	int64_t inserted;		/* rows it took */
	struct map keys;		/* of the file, to positions in seen */
	struct import_key *seen;
	size_t seen_room;

	/* The row in hand. */
	struct arena arena;
	const struct source_row *row;
	const char **slot_values;			/* by slot of the mapping; theirs who read ahead */
	const char *values[ENTITY_FIELDS_MAX];		/* by field, of a new record */
	int64_t references[ENTITY_FIELDS_MAX];
	const char *wrong_field;			/* when it is refused; NULL: the row as a whole */
	const char *wrong_reason;

	const char **initial_values;	/* of a record of which nothing is known */
	int uprn_field;			/* position; -1 when the file has none */
	struct map uprns;		/* those of the file */
	struct import_ids covered;	/* scopes (entity->scope) of the rows that were taken, one after another */
	struct import_ids mentioned;	/* scopes of the records that were there before, one for each */
	int64_t decided_kept;		/* values that a person had decided otherwise */
	int64_t makes_unknown;		/* new devices whose make is that of no known manufacturer */
};

enum { IMPORT_STEP = 1000 };	/* rows between two looks at the clock and at Ctrl-C */

/* Takes or refuses one row, and counts it. False when the import must stop: an error of the file or of the register. */
bool import_take_row(struct import *import, const struct ahead_row *row, struct error *error);

/* Finds the records that the row in hand names: import->references. False when the row must be refused, or on an error. */
bool import_find_references(struct import *import, struct error *error);

/* Makes those that are missing and may be made. */
bool import_create_references(struct import *import, struct error *error);

/* Says why the row in hand is refused; returns false, with error->kind ERROR_NONE. */
bool import_refuse(struct import *import, const char *field, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The row as a line of CSV, without its line end and without the columns of a file of refused rows. */
const char *import_row_line(const struct import *import, const struct source_row *row, struct arena *arena);

/* Once all rows are read: counts the absent, looks for shared UPRNs, writes the source and its refusals. */
bool import_finish(struct import *import, struct error *error);

#endif
