/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include "db/copy.h"

/* The copy of the register that is kept before much of it changes. */

enum {
	COPY_ROWS = 1000,	/* rows that change from which on a copy of the register is kept */
	/* The least that a row takes in a worksheet: <row><c><v>1</v></c></row>. */
	SHEET_ROW_BYTES = 26,
};

bool
import_keeps_copy(const struct import_summary *summary)
{
	return summary->new_rows + summary->changed + summary->missed > COPY_ROWS;
}

/*
 * Whether so much may change that the register as it was should be kept: the file is too long to be
 * a few rows, or those that it does not mention are marked.  A row of a text file that is taken has
 * a key, and behind each cell a sign.
 */
static bool
may_change_much(const struct import *import)
{
	const struct mapping *mapping = &import->mapping;
	int64_t row_bytes = mapping->short_rows ? SHEET_ROW_BYTES
						: (int64_t)mapping->column_count + 1;

	return !import->options->dry_run && import->options->mending == NULL &&
	       (import->options->absent_marked ||
		reader_size(import->reader) > COPY_ROWS * row_bytes);
}

bool
import_keep_copy(struct import *import, struct error *error)
{
	struct import_summary *summary = import->summary;
	struct store *store = import->session->store;
	struct text path = { 0 };
	int64_t entries;
	bool done = true;

	if (!may_change_much(import))
		return true;
	if (!store_check_writable(store, error) || !store_counts_entries(store, &entries, error))
		return false;
	if (entries > 0 && summary->copy == NULL)
		done = store_copy(store, import->session->now, import->session->progress, &path,
				  error);
	if (done && path.length > 0)
		summary->copy = arena_text(&summary->arena, text_words(&path));
	text_free(&path);
	return done;
}

void
import_settle_copy(struct store *store, struct import_summary *summary, bool done)
{
	struct error ignored;

	if (summary->copy == NULL)
		return;
	if (done && summary->recorded && import_keeps_copy(summary)) {
		store_copy_keep(store);
		return;
	}
	store_copy_remove(summary->copy, &ignored);
	summary->copy = NULL;
}
