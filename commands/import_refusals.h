/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_IMPORT_REFUSALS_H
#define COMMANDS_IMPORT_REFUSALS_H

#include "commands/import.h"

/*
 * How refused rows are written to files, by the import itself and later from the register: the
 * headings and cells as they stood, and behind them what mapping_ours[] names, so that the import
 * of the mended file knows which rows they were.
 */

/*
 * How many cells of the row, from its first, are those of its file: all but our own columns, where
 * the file has them.
 */
size_t import_own_cells(const struct mapping *mapping, const struct source_row *row);

/* Appends the words as one of several cells of a row that is kept as a line of CSV. */
void import_append_cell(struct text *out, const char *words);

/* The words of our columns for a refusal, in the arena; source 0: of no source that is kept. */
void import_refusal_words(const struct import_refusal *refusal, int64_t source,
			  const char *words[MAPPING_OURS_COUNT], struct arena *arena);

/* Appends the heading of a file of refused rows, and one of its rows, each with its line end. */
void import_refusals_heading(struct text *out, const char *heading);
void import_refusals_line(struct text *out, const struct import_refusal *refusal, int64_t source);

/* Of a row that came by itself: whether it was taken. Not when empty, or like a total. */
static inline bool
import_row_is_mended(const struct import_summary *summary)
{
	return summary->rows > 0 && summary->refused == 0;
}

/* Says that --refusals takes the place of no file, whoever wrote it. Returns false. */
bool import_refuse_to_replace(const char *path, struct error *error);

/* Whether the file of that name holds refused rows, so that a newer export may take its place. */
bool import_refusals_are_in(const char *path);

#endif
