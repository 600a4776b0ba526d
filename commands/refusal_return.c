/* SPDX-License-Identifier: MIT */
#include "commands/refusal_return.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/import_refusals.h"
#include "commands/refusal.h"
#include "core/filter.h"
#include "core/map.h"
#include "core/memory.h"
#include "db/query.h"
#include "db/record.h"

enum {
	NUMBER_SIZE = 24,
	SETTLED_STEP = 500,	/* rows from one report of progress to the next */
};

void
refusal_returns_open(struct refusal_returns *returns, const struct mapping *mapping)
{
	*returns = (struct refusal_returns){ .mapping = mapping };
}

/* A whole number above 0, or 0: a workbook may write 12 as 12.0. */
static int64_t
read_number(const char *words)
{
	char *end;
	int64_t number = strtoll(words, &end, 10);

	return number > 0 && (*end == '\0' || strcmp(end, ".0") == 0) ? number : 0;
}

void
refusal_returns_note(struct refusal_returns *returns, const struct source_row *row)
{
	size_t own = returns->mapping != NULL ? import_own_cells(returns->mapping, row)
					      : row->count;
	struct refusal_return found = { .row = row->number };

	if (own == row->count)
		return;
	found.source = read_number(row->cells[own]);
	found.source_row = read_number(row->cells[own + 1]);
	found.line = read_number(row->cells[own + 2]);
	if (found.source == 0 || found.source_row == 0)
		return;
	returns->rows = memory_grow(returns->rows, &returns->room, returns->count + 1,
				    sizeof *returns->rows);
	returns->rows[returns->count++] = found;
}

void
refusal_returns_free(struct refusal_returns *returns)
{
	free(returns->rows);
	*returns = (struct refusal_returns){ 0 };
}

/* By source, then by row of the file in hand. */
static int
compare_returns(const void *a, const void *b)
{
	const struct refusal_return *first = a, *second = b;

	if (first->source != second->source)
		return (first->source > second->source) - (first->source < second->source);
	return (first->row > second->row) - (first->row < second->row);
}

/* What settling one source's rows needs. */
struct settling {
	struct session *session;
	struct import_summary *summary;
	/* Refusals of the source that are open, and their lines, by row. */
	struct map open, lines;
	struct map refused;		/* rows of the file in hand that were refused */
	struct error *error;
};

static void
add_open(struct settling *settling, const struct row *row)
{
	bool added;

	map_add(&settling->open, row->values[0], row->id.value, &added);
	map_add(&settling->lines, row->values[0], strtoll(row->values[1], NULL, 10), &added);
}

/* The open refusals of the source, when it is one of the same kind of record. */
static bool
read_open(struct settling *settling, int64_t source, struct arena *arena)
{
	const struct entity *entity = &entities[ENTITY_REFUSAL];
	const struct field *fields[] = { &entity->fields[REFUSAL_row],
					 &entity->fields[REFUSAL_line] };
	struct query query = { .entity = entity,
			       .fields = fields,
			       .field_count = 2,
			       .today = settling->session->today };
	struct record *record = store_read(settling->session->store,
					   (struct record_id){ ENTITY_SOURCE, source },
					   settling->session->today, arena, settling->error);
	struct cursor *cursor;
	struct row row;
	bool done, more = true;

	if (record == NULL)
		return settling->error->kind == ERROR_NOT_FOUND;
	if (!text_same(record->values[SOURCE_entity], settling->summary->entity->plural))
		return true;
	query.filter = filter_both(arena,
				   filter_is(arena, &entity->fields[REFUSAL_source],
					     record_key(record)),
				   filter_is(arena, &entity->fields[REFUSAL_state],
					     choice_initial(refusal_states)));
	cursor = query_open(settling->session->store, &query, settling->error);
	done = cursor != NULL;
	while (done && more) {
		done = cursor_next(cursor, &row, &more, settling->error);
		if (done && more)
			add_open(settling, &row);
	}
	cursor_close(cursor);
	return done;
}

static bool
settle_row(struct settling *settling, const struct refusal_return *row)
{
	struct record_id refusal = { .kind = ENTITY_REFUSAL };
	char words[NUMBER_SIZE];
	int64_t *id;
	bool refused;

	snprintf(words, sizeof words, "%" PRId64, row->source_row);
	id = map_find(&settling->open, words);
	if (id == NULL || *id == 0 ||
	    (row->line != 0 && row->line != *map_find(&settling->lines, words)))
		return true;
	refusal.value = *id;
	*id = 0;
	snprintf(words, sizeof words, "%" PRId64, row->row);
	refused = map_find(&settling->refused, words) != NULL;
	settling->summary->mended += !refused;
	return refusal_set_state(settling->session, refusal, refused ? "replaced" : "mended",
				 settling->error);
}

static bool
report(struct settling *settling, size_t rows, size_t count)
{
	return progress_step(settling->session->progress, "Marking refused rows mended",
			     (int64_t)rows, (int64_t)count) ||
	       error_set(settling->error, ERROR_CANCELLED, "Stopped. Nothing was changed.");
}

/* The rows from `first` on that are of one source; returns how many, 0 with an error. */
static size_t
settle_source(struct settling *settling, const struct refusal_return *first, size_t count)
{
	struct arena arena = { 0 };
	size_t rows = 0;
	bool done = read_open(settling, first->source, &arena);

	settling->error->kind = done ? ERROR_NONE : settling->error->kind;
	for (; done && rows < count && first[rows].source == first->source; rows++)
		done = settle_row(settling, &first[rows]) &&
			(rows % SETTLED_STEP != 0 || report(settling, rows, count));
	map_free(&settling->open);
	map_free(&settling->lines);
	arena_free(&arena);
	return done ? rows : 0;
}

static void
list_refused(struct settling *settling)
{
	char words[NUMBER_SIZE];
	bool added;

	for (int64_t i = 0; i < settling->summary->refused; i++) {
		snprintf(words, sizeof words, "%" PRId64, settling->summary->refusals[i].row);
		map_add(&settling->refused, words, 0, &added);
	}
}

bool
refusal_returns_settle(struct refusal_returns *returns, struct session *session,
		       struct import_summary *summary, struct error *error)
{
	struct settling settling = { .session = session, .summary = summary, .error = error };
	size_t at = 0, rows = 1;

	if (returns->count == 0)
		return true;
	qsort(returns->rows, returns->count, sizeof *returns->rows, compare_returns);
	list_refused(&settling);
	for (; at < returns->count && rows > 0; at += rows)
		rows = settle_source(&settling, &returns->rows[at], returns->count - at);
	map_free(&settling.refused);
	if (rows > 0 && summary->mended > 0)
		import_notice(summary, "%s of earlier files %s mended.",
			      text_count(&summary->arena, summary->mended, "refused row",
					 "refused rows"),
			      summary->mended == 1 ? "is" : "are");
	return rows > 0;
}
