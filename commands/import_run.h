/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_IMPORT_RUN_H
#define COMMANDS_IMPORT_RUN_H

/* What the files of the import share and nobody else sees. */

#include "commands/import.h"
#include "commands/import_lookup.h"
#include "commands/refusal_return.h"
#include "core/attribution.h"
#include "db/agree.h"
#include "db/amend.h"
#include "db/bulk.h"
#include "db/match.h"
#include "db/overrule.h"
#include "export/file.h"
#include "import/ahead.h"
#include "import/recall.h"
#include "import/rows.h"

/* A record that rows of the file are about. */
struct import_seen {
	int64_t id;			/* 0 until a row about it was taken */
	int64_t row, line;		/* of that row; row 0 for none */
	uint64_t said;			/* by slot: some row has a value for it */
	uint64_t digest;		/* of all that the first row says */
	/* Its position in import->lost + 1; 0: its rows are not all refused. */
	uint32_t lost;
	unsigned char outcome;		/* of the first row, an enum import_outcome */
	bool fresh;			/* this import made it */
	bool unknown_make;		/* and its make is that of no known manufacturer */
};

/* A record whose rows are all refused: they contradict each other, or name one that is lost. */
struct import_lost {
	size_t seen;
	/* By which it names that record; IMPORT_NO_POSITION: they contradict each other. */
	size_t link;
	const char *how;		/* of the first two that do, or NULL */
	const char *key;
};

/* Another row about a record of which one was taken. */
struct import_repeat {
	size_t seen;
	int64_t row, line;
	enum import_outcome outcome;
};

/* A row that names a record which this import made. */
struct import_link {
	size_t seen, target;
	int field;
};

/* What the last entry was of a record that a row changes, for when that is taken back. */
struct import_before {
	size_t seen;
	struct entry_id entry;
};

/* A value that a person had decided otherwise. Texts are in the arena of the summary. */
struct import_question {
	size_t seen;
	int64_t row;
	const char *record, *field, *ours, *theirs;
};

/* A record that a row named and nobody knew. The key is in the arena of the summary. */
struct import_made {
	struct record_id id;
	const char *key;
	int64_t row, line;
};

/* Ids of records, as many as come. */
struct import_ids {
	int64_t *ids;
	size_t count, room;
};

/* A set of ids of records, a bit for each: they are handed out one after another. */
struct import_set {
	unsigned char *bits;
	size_t room;
};

/* One import on its way. */
struct import {
	struct session *session;
	const struct import_options *options;
	struct import_summary *summary;
	const struct entity *entity;
	struct reader_options reading;
	bool date_columns[ROW_CELLS_MAX];	/* of the file */
	struct reader *reader;
	struct ahead *ahead;		/* reads its rows; NULL before and after */
	const char *heading;		/* as a line of CSV, without our own columns */
	char fingerprint[HASH_TEXT_SIZE];
	/* The day of the import whose headings are used again, in words; NULL for none. */
	const char *saved_on;
	struct mapping mapping;
	struct map makes;		/* for the mapping */
	/* By column: what an earlier run learned, DATE_ORDER_NONE for nothing. */
	const enum date_order *orders;
	size_t key_slot;		/* slot_count: the file has none */
	struct import_lookup lookup;
	struct match *match;
	struct amend *amend;
	struct agree *agree;		/* when records are matched by other fields than the key */
	struct overrule *overrule;	/* NULL until an assessment is new */
	bool was_empty;			/* the register had no such record */
	bool by_fields;			/* records are matched by the fields of --key */
	size_t match_slots[ENTITY_FIELDS_MAX];	/* of those fields */
	int match_count, match_least;
	struct bulk *bulk;		/* NULL until a row is new */
	int64_t inserted;		/* rows it took */
	struct map keys;		/* of the file, to positions in seen */
	struct import_seen *seen;
	size_t seen_room;
	struct import_repeat *repeats;
	size_t repeat_count, repeat_room;
	struct import_link *links;
	size_t link_count, link_room;
	struct import_before *before;
	size_t before_count, before_room;
	struct import_lost *lost;
	size_t lost_count, lost_room;
	/* When somebody hears of them: they are told once it is known which of them stay. */
	struct import_made *made;
	size_t made_count, made_room;
	struct rows aside;		/* rows that name a record which may still come */
	bool last_look;			/* nothing more will come */
	struct import_question *questions;
	size_t question_count, question_room;
	/* Questions that are open in the register (0), and those of rows of the file (1). */
	struct map asked;
	bool asked_loaded;
	struct refusal_returns returns;
	/* The register keeps the rows that are refused from an earlier import of the file. */
	bool refused_before;
	struct file changes;		/* of --changes */
	struct error changes_error;

	/* The row in hand. */
	struct arena arena;
	const struct source_row *row;
	const struct mapping_result *result;
	/* By slot of the mapping; theirs who read ahead. */
	const char **slot_values;
	const char *values[ENTITY_FIELDS_MAX];		/* by field, of a new record */
	int64_t references[ENTITY_FIELDS_MAX];
	/* Position in seen + 1 of the record named, when this import made it; 0. */
	size_t targets[ENTITY_FIELDS_MAX];
	enum import_outcome outcome;			/* when it is taken */
	struct match_found found;
	bool waits;					/* it names a record that may still come */
	enum refusal_cause wrong_cause;
	/* When it is refused; NULL: the row as a whole. */
	const char *wrong_field;
	const char *wrong_reason;

	const char **initial_values;	/* of a record of which nothing is known */
	int uprn_field;			/* position; -1 when the file has none */
	bool names_itself;		/* rows name records of the kind that the file brings */
	int match_fields[ENTITY_FIELDS_MAX];	/* of the slots, for the match */
	/* Position of the day on which a survey missed the record; -1 when it has none. */
	int missed_field;
	struct map uprns;		/* those of the file */
	/* Scopes (entity->scope) of the rows that were taken, one after another. */
	struct import_ids covered;
	struct import_set mentioned;	/* records that a row is about */
	/* Of all sites, for a property number that a spreadsheet damaged. */
	int searches;
	/* By field: cells that name a record with words for not knowing. */
	int64_t not_known[ENTITY_FIELDS_MAX];
	/* By slot: rows that fill only some of its cells, of records that have a value. */
	int64_t kept[ENTITY_FIELDS_MAX];
	/* New devices whose make is that of no known manufacturer. */
	int64_t makes_unknown;
};

enum { IMPORT_STEP = 1000 };	/* rows between two looks at the clock and at Ctrl-C */

#define IMPORT_NO_POSITION SIZE_MAX	/* of a new record that has no id yet and goes by it */

/* import_open.c: the reader, the mapping and the heading, for a run or a look. */
bool import_open(struct import *import, struct error *error);
bool import_read_heading(struct import *import, struct source_row *heading, struct error *error);
/* Decides about the headings, where it matters as an earlier import of such a file did. */
bool import_map_heading(struct import *import, const struct source_row *heading,
			struct error *error);
/* Finds the slots of the key, and those of --key. */
bool import_read_key(struct import *import, struct error *error);
void import_free(struct import *import);

/*
 * Makes the record of the row in hand, which is at that place in import->seen (IMPORT_NO_POSITION:
 * none yet).
 */
bool import_take_new(struct import *import, size_t *position, struct error *error);

/*
 * Takes or refuses one row, and counts it. False when the import must stop: an error of the file or
 * of the register.
 */
bool import_take_row(struct import *import, const struct ahead_row *row, struct error *error);

/* Takes the rows that were put aside, now that all others are in. */
bool import_take_aside(struct import *import, struct error *error);

/*
 * Finds the records that the row in hand names: import->references. False when the row must be
 * refused, or on an error.
 */
bool import_find_references(struct import *import, struct error *error);

/* Makes those that are missing and may be made. */
bool import_create_references(struct import *import, struct error *error);

/* import_known.c */
/*
 * Finds the record that the row in hand is about: *position in import->seen, and import->found.
 * False when the row must be refused, or on an error.
 */
bool import_find_record(struct import *import, size_t *position, struct error *error);
size_t import_position_of_id(struct import *import, int64_t id);
/* What the row has as the key of its record, or NULL. */
const char *import_row_key(const struct import *import);
/*
 * What the record is called: by that key, or by its number where the register numbers it; in the
 * arena of the row.
 */
const char *import_record_key(struct import *import, const char *key, int64_t id);
/* The record that a refused row is about, where that can be told: it is not absent. */
bool import_mention_refused(struct import *import, struct error *error);
/*
 * Of a row that is refused because a spreadsheet damaged a cell: what it likely was, in the arena
 * of the row; or NULL.
 */
bool import_find_original(struct import *import, const char **original, struct error *error);

/*
 * import_choose.c: of the records that agree with the row in hand, leaves those that it can be
 * about, where the register numbers them and --key does not say otherwise.
 */
bool import_choose(struct import *import, int64_t *ids, int *count, struct error *error);

/* import_compare.c: a row about a record that the register has, or that a row above has made. */
bool import_take_known(struct import *import, size_t position, struct error *error);
/*
 * Says of how many rows a value was not taken because they fill only some of the cells that it is
 * made of.
 */
void import_note_kept(struct import *import);

/* import_match.c */
/* What a match of those values, by field of a device, makes of who made it as it stands. */
bool import_match(struct import *import, const char *const *values, struct attribution *attribution,
		  struct error *error);
/* Matches the new device of the row in hand; *unknown when it has a make and nobody knows whose. */
bool import_match_new(struct import *import, bool *unknown, struct error *error);

/*
 * import_settled.c: whether the new name in hand is nobody else's, however it is written: another
 * manufacturer would lose it, or neither would have it.  So with what a new manufacturer is called.
 * False when the row must be refused, or on an error.
 */
bool import_check_name(struct import *import, struct error *error);

/* Counts rows that were taken, or no longer are. */
void import_count(struct import *import, enum import_outcome outcome, int number);
/* The reason without what is left of a letter where a word in it was cut. */
const char *import_whole_letters(struct arena *arena, const char *reason);
/* A sentence as a reason, which goes on inside another. */
const char *import_without_stop(struct error *wrong);

/* Says why the row in hand is refused; returns false, with error->kind ERROR_NONE. */
bool import_refuse(struct import *import, enum refusal_cause cause, const char *field,
		   const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Adds a row to those refused; the texts must be the summary's, the reason whole UTF-8. */
void import_add_refusal(struct import *import, const struct import_refusal *refusal);

/*
 * import_paths.c: whether the files that the import is to write are none that is needed, nor one
 * and the same.
 */
bool import_check_paths(const struct import_options *options, const char *register_path,
			struct error *error);

/* import_withdraw.c */
/*
 * Refuses the row in hand because another of the record says otherwise; all of them are refused in
 * the end.  `how`, in the arena of the summary, is said when they are two: "kind is 'dome' in one
 * and 'bullet' in the other"; or NULL.
 */
bool import_clash(struct import *import, size_t position, const char *how);
/*
 * Takes back the rows that contradict each other, and with them those that name a record so lost;
 * `wanted` gets the numbers of those rows whose cells must be read again.
 */
bool import_withdraw(struct import *import, struct import_ids *wanted, struct error *error);
/* Refuses the rows that were taken back, with their cells; says of each which it contradicts. */
bool import_refuse_withdrawn(struct import *import, struct recall *recall,
			     const struct import_ids *wanted, struct error *error);

/* import_question.c */
/*
 * Notes that the row says otherwise than a person decided, unless that is an open question already.
 */
bool import_ask(struct import *import, size_t position, const char *record,
		const struct field *field, const char *ours, const char *theirs,
		struct error *error);
/* Whether a row before has said that, or anything, otherwise than a person decided. */
bool import_has_asked(struct import *import, const char *record, const struct field *field,
		      const char *theirs);
bool import_has_asked_about(struct import *import, const char *record, const struct field *field);
/* Drops those of rows that were taken back, and counts the others. */
void import_drop_questions(struct import *import);
/* Sentences about them. */
void import_note_questions(struct import *import);
/* Writes the questions of this import; their source is in the register. */
bool import_write_questions(struct import *import, int64_t source, struct error *error);

/* import_dates.c */
/* Tells the reader which columns of the mapping hold dates. */
void import_mark_dates(struct import *import);
/*
 * What the tally says of the dates: *again when a column must be read the other way; orders is for
 * that run. False when the file proves both.
 */
bool import_learn_orders(struct import *import, enum date_order *orders, bool *again,
			 struct error *error);
/* Sentences about cells that say nothing, and questions about dates of which nothing is proved. */
void import_note_tally(struct import *import);

/* import_before.c; an import that was undone is none. */
/* Whether the very same file was imported in the same way and nothing of it was refused. */
bool import_find_before(struct import *import, bool *nothing_to_do, struct error *error);
/*
 * Notes when this very file came in before, if it did, and whether the rows that are refused now
 * were refused then.
 */
bool import_find_source(struct import *import, const char *hash, struct error *error);

/* import_absent.c: finds, tells and marks the records that the file should mention and does not. */
bool import_find_absent(struct import *import, struct error *error);
void import_set_add(struct import_set *set, int64_t id);
bool import_set_has(const struct import_set *set, int64_t id);
void import_ids_add(struct import_ids *ids, int64_t id);
void import_ids_sort(struct import_ids *ids);

/* import_detail.c */
bool import_is_heard(const struct import *import);
void import_tell(struct import *import, const struct import_detail *detail);
void import_tell_row(struct import *import, enum import_outcome outcome, const char *key);
/* Notes that a record was made for the row in hand, to be told with import_tell_made(). */
void import_note_made(struct import *import, struct record_id id, const char *key);
/* Tells of the records that were made and have stayed. */
bool import_tell_made(struct import *import, struct error *error);
bool import_changes_open(struct import *import, struct error *error);
bool import_changes_close(struct import *import, struct error *error);

/* The row as a line of CSV, without line end and without the columns of a file of refused rows. */
const char *import_row_line(const struct import *import, const struct source_row *row,
			    struct arena *arena);

/* import_copy.c */
/* Before the entry: a copy of the register, which goes again when little proves to change. */
bool import_keep_copy(struct import *import, struct error *error);
/* Whether so much has changed that it is kept. */
bool import_keeps_copy(const struct import_summary *summary);
/*
 * Keeps it in place of the oldest, or drops it. Should one not be removed, there is one more: no
 * failure of the import.
 */
void import_settle_copy(struct store *store, struct import_summary *summary, bool done);

/* Once all rows are read: notes, the source, its questions and its refusals. */
bool import_finish(struct import *import, struct error *error);

#endif
