/* SPDX-License-Identifier: MIT */
#ifndef DB_UNDO_H
#define DB_UNDO_H

/* What the files of an undo share. */

#include "db/history.h"
#include "db/internal.h"

/* What an undo or redo works with. */
struct reversal {
	struct store *store;
	struct entry_id of;		/* the entry whose work is taken back or done again */
	/* What was changed since is left as it is; else it stands in the way. */
	bool leave;
	struct undone *undone;		/* its lines and left: what is left, or stands in the way */
	struct arena arena;
	struct error *error;
};

/* Adds a line to those that are listed, or counts it when there are many already. */
void undo_add_line(struct reversal *reversal, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Whether undos and redos concern records of the kind. */
bool undo_concerns(const struct entity *entity);

/* SQL made by the program, whose ?1 and ?2 are the numbers; the text is empty afterwards. */
bool undo_run(struct reversal *reversal, struct text *sql, int64_t first, int64_t second);

/* Tells how far it is; false with ERROR_CANCELLED. */
bool undo_step(struct reversal *reversal, const char *what, int64_t done, int64_t total);

/*
 * undo_left.c: the records that an undo leaves, in a table undo_left (entity, record_id, needed_by)
 * that is there from left_begin() to left_end(), never when the entry is committed, and empty
 * unless reversal->leave.  They are those that another entry has changed since, and of those that
 * the entry made the ones to which something refers that stays.
 */
bool left_begin(struct reversal *reversal);
bool left_find_changed(struct reversal *reversal);
bool left_find_needed(struct reversal *reversal);	/* once what was changed went back */
bool left_list(struct reversal *reversal);
bool left_end(struct reversal *reversal);

/*
 * undo_steps.c: takes back the changes of an entry, last first; each is written down as a change of
 * the entry that is open.
 */
bool undo_changes(struct reversal *reversal, struct entry_id changed);

/*
 * undo_bin.c: moves the records that the entry made to the bin of the open entry, but for those
 * that are left.
 */
bool bin_made(struct reversal *reversal);
/*
 * Appends the SQL that puts records from the bin back as entry ?1 had made them: those of the undo
 * ?2, of the ids in the bin from ?3 to ?4.  More conditions may follow.  bin_know_uuids() first.
 */
void bin_append_restore(struct text *sql, const struct entity *entity);
/* Makes the function known to SQL that the restoring needs. */
bool bin_know_uuids(struct store *store, struct error *error);
/* Lists what stands in the way of that. */
bool bin_find_conflicts(struct reversal *reversal);
/* Puts back what the undo entry took out, as the entry had made it. */
bool bin_restore(struct reversal *reversal, struct entry_id undo);

#endif
