/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/memory.h"

/*
 * The refusals of rows that were taken back: rows about one record stand together, and each names
 * the others.
 */

enum { ROWS_NAMED = 5 };

/* A row that is refused after all. */
struct member {
	size_t seen;
	int64_t row, line;
	int64_t group;			/* the first row of its record */
	const char *reason;
};

/* All rows about records that were withdrawn. */
struct members {
	struct member *members;
	size_t count, room;
};

static int
compare_members(const void *a, const void *b)
{
	const struct member *first = a, *second = b;

	if (first->seen != second->seen)
		return first->seen < second->seen ? -1 : 1;
	return (first->row > second->row) - (first->row < second->row);
}

static int
compare_rows(const void *a, const void *b)
{
	const struct member *first = a, *second = b;

	return (first->row > second->row) - (first->row < second->row);
}

static void
add_member(struct members *members, size_t seen, int64_t row, int64_t line)
{
	members->members = memory_grow(members->members, &members->room, members->count + 1,
				       sizeof *members->members);
	members->members[members->count++] = (struct member){ .seen = seen,
							      .row = row,
							      .line = line };
}

static void
list_members(const struct import *import, struct members *members)
{
	for (size_t i = 0; i < import->lost_count; i++) {
		const struct import_seen *seen = &import->seen[import->lost[i].seen];

		add_member(members, import->lost[i].seen, seen->row, seen->line);
	}
	for (size_t i = 0; i < import->repeat_count; i++)
		if (import->seen[import->repeats[i].seen].lost != 0)
			add_member(members, import->repeats[i].seen, import->repeats[i].row,
				   import->repeats[i].line);
	qsort(members->members, members->count, sizeof *members->members, compare_members);
}

/* What the rows are about. A number that the register gave meanwhile says nothing to anybody. */
static const char *
lost_name(struct import *import, const struct import_lost *lost)
{
	return entity_is_numbered(import->entity)
		       ? arena_format(&import->summary->arena, "the same %s", import->entity->name)
		       : lost->key;
}

/*
 * "rows 12 (line 13) and 40 (line 41) are both about CAM-7 and say different things: place is
 * 'Roof' in one and ..."
 */
static const char *
clash_words(struct import *import, const struct import_lost *lost, const struct member *members,
	    size_t count)
{
	const char *line_word = reader_line_word(import->summary->format), *copy;
	struct text words = { 0 };
	size_t named = count <= ROWS_NAMED ? count : ROWS_NAMED;

	text_append(&words, "rows ");
	for (size_t i = 0; i < named; i++)
		text_format(&words, "%s%" PRId64 " (%s %" PRId64 ")",
			    i == 0           ? ""
			    : i + 1 == count ? " and "
					     : ", ",
			    members[i].row, line_word, members[i].line);
	if (count > named)
		text_format(&words, " and %zu more", count - named);
	text_format(&words, " are %s about %.80s and say different things",
		    count == 2 ? "both" : "all", lost_name(import, lost));
	if (count == 2 && lost->how != NULL)
		text_format(&words, ": %s", lost->how);
	copy = arena_text(&import->summary->arena, text_words(&words));
	text_free(&words);
	return copy;
}

static const struct import_lost *
lost_of(const struct import *import, size_t seen)
{
	return &import->lost[import->seen[seen].lost - 1];
}

/* "recorder: the rows of this file about NVR-1 are refused" */
static const char *
orphan_words(struct import *import, const struct import_lost *lost)
{
	const struct import_link *link = &import->links[lost->link];

	return arena_format(&import->summary->arena,
			    "%s: the rows of this file about %.80s are refused",
			    import->entity->fields[link->field].name,
			    lost_of(import, link->target)->key);
}

/* Gives the rows of each record their reason and their place. */
static void
explain_members(struct import *import, struct members *members)
{
	size_t first = 0;

	while (first < members->count) {
		const struct import_lost *lost = lost_of(import, members->members[first].seen);
		size_t count = 1;
		const char *reason;

		while (first + count < members->count &&
		       members->members[first + count].seen == lost->seen)
			count++;
		reason = lost->link != IMPORT_NO_POSITION ? orphan_words(import, lost) :
			 clash_words(import, lost, &members->members[first], count);
		reason = import_whole_letters(&import->summary->arena, reason);
		for (size_t i = first; i < first + count; i++) {
			members->members[i].group = members->members[first].row;
			members->members[i].reason = reason;
		}
		first += count;
	}
	qsort(members->members, members->count, sizeof *members->members, compare_rows);
}

static const struct member *
find_member(const struct members *members, int64_t row)
{
	struct member key = { .row = row };

	return bsearch(&key, members->members, members->count, sizeof key, compare_rows);
}

/* Those that were refused at once did not know yet which others there are. */
static void
explain_refused(struct import *import, const struct members *members,
		struct import_refusal *refusal)
{
	const struct member *member = refusal->cause == REFUSAL_CONTRADICTION
					      ? find_member(members, refusal->row)
					      : NULL;

	if (member == NULL)
		return;
	refusal->reason = member->reason;
	refusal->group = member->group;
	if (import_is_heard(import))
		import_tell(import, &(struct import_detail){
			.outcome = IMPORT_REFUSED, .row = refusal->row, .line = refusal->line,
			.key = lost_of(import, member->seen)->key, .reason = refusal->reason });
}

static void
refuse_member(struct import *import, const struct member *member, const struct source_row *row)
{
	const struct import_lost *lost = lost_of(import, member->seen);
	bool orphan = lost->link != IMPORT_NO_POSITION;
	struct import_refusal refusal = {
		.row = member->row,
		.line = member->line,
		.group = member->group,
		.reason = member->reason,
		.cause = orphan ? REFUSAL_UNKNOWN_RECORD : REFUSAL_CONTRADICTION,
		.field = orphan ? import->entity->fields[import->links[lost->link].field].name
				: NULL,
		.cells = import_row_line(import, row, &import->summary->arena),
	};

	import_add_refusal(import, &refusal);
	if (import_is_heard(import))
		import_tell(import, &(struct import_detail){ .outcome = IMPORT_REFUSED,
							     .row = refusal.row,
							     .line = refusal.line,
							     .key = lost->key,
							     .field = refusal.field,
							     .reason = refusal.reason });
}

static int
compare_refusals(const void *a, const void *b)
{
	const struct import_refusal *first = a, *second = b;

	if (first->group != second->group)
		return first->group < second->group ? -1 : 1;
	return (first->row > second->row) - (first->row < second->row);
}

static bool
refuse_wanted(struct import *import, const struct members *members, struct recall *recall,
	      const struct import_ids *wanted, struct error *error)
{
	if (!recall_wait(recall, import->session->progress, error))
		return false;
	for (size_t i = 0; i < wanted->count; i++) {
		struct source_row row;

		if (!recall_row(recall, i, &row))
			return error_set(error, ERROR_FILE,
					 "%s was changed while it was imported. Nothing was "
					 "changed; import it again.",
					 import->summary->file);
		refuse_member(import, find_member(members, wanted->ids[i]), &row);
	}
	return true;
}

bool
import_refuse_withdrawn(struct import *import, struct recall *recall,
			const struct import_ids *wanted, struct error *error)
{
	struct members members = { 0 };
	struct import_summary *summary = import->summary;
	bool done;

	list_members(import, &members);
	explain_members(import, &members);
	for (int64_t i = 0; i < summary->refused; i++)
		explain_refused(import, &members, &summary->refusals[i]);
	done = refuse_wanted(import, &members, recall, wanted, error);
	free(members.members);
	if (summary->refused > 0)
		qsort(summary->refusals, (size_t)summary->refused, sizeof *summary->refusals,
		      compare_refusals);
	return done;
}
