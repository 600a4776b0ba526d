/* SPDX-License-Identifier: MIT */
#ifndef IMPORT_MAPPING_H
#define IMPORT_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/damage.h"
#include "core/date.h"
#include "core/entity.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/map.h"
#include "core/refusal.h"
#include "core/text.h"
#include "import/reader.h"
#include "import/row.h"

/*
 * Which heading of a file feeds which field of an entity.  Most headings are
 * recognised by themselves (field_has_heading); a mapping file and constants say the
 * rest.  A mapping file is text that people write, a line each:
 *
 *   # a comment
 *   StreetNumber = address     a heading and the field that it feeds; several may feed one of words
 *   Make/Model = make, model   two fields in one cell, which is parted
 *   Fitted = installed_on, month first      the order of day and month in its dates; or day first
 *   "Cells = all" = notes      a heading may stand in quotes
 *   column 7 = notes           a column without a heading, by its number
 *   OrganisationURI = -        a heading that is left out by choice
 *   kind := camera             a value for every row
 *
 * A field is one of the entity ("tag"), or one of a record that it names, for when the import makes
 * that record ("site.name"); a name that only the other record has needs no prefix.
 */

/* A field that a file can fill. */
struct mapping_target {
	/* Position of the entity's reference to the record that has the field; -1: its own. */
	int reference;
	int field;		/* position in the fields of the entity, or of the referenced one */
};

enum mapping_use {
	MAPPING_UNKNOWN,	/* nobody knows this heading */
	MAPPING_FIELD,		/* feeds a field */
	MAPPING_LEFT_OUT,	/* by choice */
	MAPPING_COMPUTED,	/* the program works it out */
	MAPPING_OURS,		/* of a file of refused rows: which row, what was wrong */
	MAPPING_BLANK,		/* no heading; the column must be empty */
};

/* The headings of a file of refused rows that stand behind those of the rows: MAPPING_OURS. */
enum { MAPPING_OURS_COUNT = 6 };
extern const char *const mapping_ours[MAPPING_OURS_COUNT];

/* What to do with headings that nobody knows. */
enum mapping_unknown {
	MAPPING_REFUSE,		/* the file */
	MAPPING_NOTES,		/* keep them in the notes as "Heading: value" */
	MAPPING_LEAVE,		/* leave them out */
};

/* A column of the file. */
struct mapping_column {
	/* Of its dates: DATE_ORDER_DAY unless a person said, or the file proved, otherwise. */
	enum date_order order;
	bool order_said;	/* by a person */
	const char *heading;	/* trimmed, on one line; "" for none */
	enum mapping_use use;
	struct mapping_target target;
	bool paired;		/* its cells hold make and model; target is the make */
	bool labelled;		/* its value goes into the field as "Heading: value" */
	bool chosen;		/* by a rule */
	bool silenced;		/* MAPPING_LEFT_OUT because a constant feeds its target */
};

/* Who says what a heading is; a later one wins. */
enum mapping_origin {
	MAPPING_SAVED,		/* an earlier import of a file with the same headings */
	MAPPING_FILE,		/* the mapping file */
	MAPPING_OPTION,		/* the command line or the screens */
};

/* What somebody says about a heading: a line of the mapping file. */
struct mapping_rule {
	enum mapping_origin origin;
	const char *heading;	/* NULL when it names a column by number */
	size_t column;		/* from 1 */
	bool left_out;
	bool paired;		/* make and model; target is the make */
	enum date_order order;	/* DATE_ORDER_NONE: not said */
	struct mapping_target target;
	int line;		/* of the file */
};

struct mapping_constant {
	struct mapping_target target;
	const char *value;	/* canonical */
	bool option;		/* from --set, not from the mapping file */
};

/* Which of day and month comes first, as --dates says it. */
struct mapping_dates {
	const char *heading;	/* or NULL */
	/* From 1, of one named by its number; 0 without a heading: in all columns. */
	size_t column;
	enum date_order order;
};

/* One field that the file fills, and from where. */
struct mapping_slot {
	struct mapping_target target;
	const struct field *field;
	const char *name;	/* "tag", "site.name" */
	const char *constant;	/* or NULL: from the columns */
	size_t *columns;	/* in the order of the file */
	size_t column_count;
	bool plain;		/* its value is that of one cell, as it stands */
	/*
	 * It has no column: cells of other fields say it in passing, "x4 domes" a quantity, "Q3
	 * 2024" a note.  NULL then leaves the record's value alone, whatever a blank cell means;
	 * mapping_added_note() says what becomes of a note.
	 */
	bool derived;
};

/* What is counted of cells that were taken, for a person to know. */
enum mapping_count {
	MAPPING_COUNT_UNKNOWN,		/* says that nobody knows: n/a, TBC, ? (core/unknown.h) */
	MAPPING_COUNT_SERIAL,		/* a date written as the day number of a spreadsheet */
	MAPPING_COUNT_CUT,		/* a text that may have been cut off (damage_may_be_cut) */
	MAPPING_COUNTS
};

/* What the cells of a column were, counted while they are read. `{ 0 }` is empty. */
struct mapping_column_tally {
	int64_t counts[MAPPING_COUNTS];
	/* Dates by what they prove about the order of day and month. */
	int64_t either, day, month;
	int64_t day_row, month_row;	/* the first row with a proof */
	char example[DATE_TEXT_SIZE + 8];	/* the first that proves nothing */
	char day_example[DATE_TEXT_SIZE + 8], month_example[DATE_TEXT_SIZE + 8];
	/* Dates as 2019-03-04, by whether the day could be a month too. */
	int64_t early, late;
	int64_t early_line;		/* of the first */
	char early_example[DATE_TEXT_SIZE];
};

/* By column; owned by who reads. */
struct mapping_tally {
	struct mapping_column_tally columns[ROW_CELLS_MAX];
};

/* What became of a row. */
struct mapping_result {
	enum mapping_row {
		MAPPING_ROW_GOOD,
		MAPPING_ROW_WRONG,	/* is refused */
		/* A line of totals, the heading again, or nothing at all: no row of the file. */
		MAPPING_ROW_SKIPPED,
	} what;
	enum refusal_cause cause;
	/* The first that is wrong, as mapping_target_name(); NULL: the row as a whole. */
	const char *field;
	/* All that is wrong, "installed_on: ...; mac: ..."; or skipped: "a line of totals". */
	const char *reason;
	int damaged_slot;		/* with REFUSAL_DAMAGED, the first slot that is, else -1 */
	enum damage damage;
	const char *damaged_words;
};

/*
 * `struct mapping mapping = { .entity = entity };` is empty; end it with mapping_free(). Texts are
 * in the arena.
 */
struct mapping {
	const struct entity *entity;
	struct arena arena;
	const char *file;		/* name of the mapping file, or NULL */
	struct mapping_rule *rules;
	size_t rule_count, rule_room;
	struct mapping_constant *constants;
	size_t constant_count, constant_room;
	struct mapping_column *columns;	/* as many as the heading has */
	size_t column_count;
	struct mapping_slot *slots;	/* the entity's own fields first */
	size_t slot_count, slot_room, own_slot_count;
	const char **notices;		/* what a person should know: sentences */
	size_t notice_count, notice_room;
	/* Names of makers, by text_fold(), to part "Hik Vision DS-2CD" with; may be NULL. */
	const struct map *makes;
	/* A row may end before the heading does: its last cells are blank (worksheets). */
	bool short_rows;
	/* Records are matched by other fields (--key): neither file nor row need have the key. */
	bool keyless;
	struct mapping_dates *dates;
	size_t date_count, date_room;
	/* From mapping_list_headings(): by mapping_apply(), or before, to recognise faster. */
	struct map known;
	size_t key_slot;	/* slot_count: none */
	/* That take what other cells say in passing; slot_count: none. */
	size_t quantity_slot, notes_slot;
};

/* Whether the file must say the key of each record. */
static inline bool
mapping_needs_key(const struct mapping *mapping)
{
	return !mapping->keyless && !entity_is_numbered(mapping->entity);
}

/*
 * The field of that name that files may give: of one that is worked out (due_on), the one that has
 * its name among its headings (target_on).  NULL for none.
 */
const struct field *mapping_given_field(const struct entity *entity, const char *name);

/* The field that the words name: "tag", "site.name", "organisation"; ERROR_INVALID for others. */
bool mapping_find_target(const struct entity *entity, const char *words,
			 struct mapping_target *target, struct error *error);
const struct field *mapping_target_field(const struct entity *entity, struct mapping_target target);

/* "site.name": in the arena when it has to be made. */
const char *mapping_target_name(const struct entity *entity, struct mapping_target target,
				struct arena *arena);

/* Reads a mapping file; a mistake is refused with its line. At most one, before mapping_apply(). */
bool mapping_read(struct mapping *mapping, const char *path, struct error *error);

/* The same from its text; `name` is what messages call it. */
bool mapping_read_text(struct mapping *mapping, const char *name, const char *text,
		       struct error *error);

/* A constant of the command line, "field=value"; it wins over headings and the mapping file. */
bool mapping_set(struct mapping *mapping, const char *assignment, struct error *error);

/*
 * A line about a heading from the command line or the screens, "Heading=field", "Heading=-" or
 * whatever else a mapping file may say of one; it wins over the mapping file, and over an earlier
 * one about the same heading.
 */
bool mapping_add_column(struct mapping *mapping, const char *assignment, struct error *error);

/*
 * Which of day and month comes first: "day", "month", for one column "Heading=month" or "column
 * 7=month"; the last to speak wins.
 */
bool mapping_set_dates(struct mapping *mapping, const char *words, struct error *error);

/*
 * What an earlier import of a file with the same headings did with them, from its source: what was
 * decided about each heading, without the constants and the order of day and month, which belonged
 * to that file.  Lines that no longer mean anything are passed over.
 */
void mapping_read_saved(struct mapping *mapping, const char *text);

/*
 * Every heading that means a field of the entity by itself, by text_fold(), packed, for
 * mapping_unpack(): its fields by name and title, then by their other headings, then those of the
 * records that it names ("site name"), last the other headings of the label of a record that it
 * must name ("property name" of a device).
 */
void mapping_list_headings(const struct entity *entity, struct map *headings);
struct mapping_target mapping_unpack(int64_t packed);

/* Whether a folded heading says that its cells hold make and model. */
bool mapping_means_pair(const struct entity *entity, const char *folded);

/* How many cells are headings that the mapping (context) knows: for reader_options.recognise. */
size_t mapping_recognise(const void *context, const char *const *cells, size_t count);

/* The SHA-256 of the headings, case and punctuation aside: files of one form have the same. */
void mapping_fingerprint(const struct source_row *heading, char text[HASH_TEXT_SIZE]);

/*
 * Decides about every heading.  ERROR_INVALID, with what to do, when headings are twice there or
 * unknown, when two feed a field that cannot be joined, or when none feeds the key.  The reader,
 * which may be NULL, gives the first values of a column that nobody knows.
 */
bool mapping_apply(struct mapping *mapping, const struct source_row *heading,
		   const struct reader *reader, enum mapping_unknown unknown, struct error *error);

/* The number from 1 that "column 7" names; 0 when the words say something else. */
size_t mapping_column_number(const char *words);

/*
 * Appends a heading as a line of a mapping file names it: in quotes where it would else be read as
 * something else, and by the number of its column, from 1, when it is empty.
 */
void mapping_append_heading(struct text *out, const char *heading, size_t column);

/* Appends the mapping in force as a mapping file that reads back as the same. */
void mapping_save(const struct mapping *mapping, struct text *out);

void mapping_free(struct mapping *mapping);

/*
 * The canonical values of a row, one for each slot, in the arena; NULL where nothing is said, or
 * where it is said that nobody knows, and where a cell is wrong.  Counts into the tally.  A record
 * that the entity itself names may be called NA or TBA, so such words stand there as they are, and
 * whoever can look them up decides.
 */
void mapping_values(const struct mapping *mapping, const struct source_row *row,
		    struct arena *arena, const char **values, struct mapping_tally *tally,
		    struct mapping_result *result);

/*
 * The notes of a record (NULL: none) with the lines that a derived slot adds, those left out that
 * are there already.
 */
const char *mapping_added_note(const char *notes, const char *lines, struct arena *arena);

/*
 * Whether the columns without a heading are empty in this row, and it is not the heading of another
 * table, whose columns stand otherwise; if not, the file is refused, with a sentence that names the
 * column or the row.
 */
bool mapping_check_row(const struct mapping *mapping, const struct source_row *row,
		       struct error *error);

#endif
