/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/guard.h"
#include "core/memory.h"
#include "export/file.h"

enum { HEADING_SIZE = 64 * 1024 };	/* how far into a file its heading is looked for */

static bool
is_number(const char *words)
{
	return words[strspn(words, "+-.0123456789")] == '\0';
}

static void
append_cell(struct text *out, const char *words)
{
	guard_append_cell(out, words, guard_is_needed(words) && !is_number(words));
}

static bool
is_ours(const struct import *import, size_t column)
{
	return column < import->mapping.column_count && import->mapping.columns[column].use == MAPPING_OURS;
}

const char *
import_row_line(const struct import *import, const struct source_row *row, struct arena *arena)
{
	/* A ragged row keeps all its cells: which of them are ours cannot be known. */
	bool whole = row->count == import->mapping.column_count;
	struct text line = { 0 };
	const char *copy;

	for (size_t i = 0; i < row->count; i++) {
		if (whole && is_ours(import, i))
			continue;
		text_append(&line, i > 0 ? "," : "");
		append_cell(&line, row->cells[i]);
	}
	copy = arena_bytes(arena, text_words(&line), line.length);
	text_free(&line);
	return copy;
}

/* The end of the heading of every file of refused rows. */
static void
append_ours(struct text *line)
{
	for (int i = 0; i < MAPPING_OURS_COUNT; i++)
		text_format(line, ",%s", mapping_ours[i]);
	text_append(line, "\r\n");
}

/* Whether the file that has the name was written here before, so that a newer one may take its place. */
static bool
is_file_of_refusals(const char *path)
{
	struct text end = { 0 };
	char *start = memory_alloc(HEADING_SIZE);
	FILE *file = fopen(path, "rb");
	bool ours = false;

	append_ours(&end);
	if (file != NULL) {
		ours = fread(start, 1, HEADING_SIZE - 1, file) > 0 && strstr(start, text_words(&end)) != NULL;
		fclose(file);
	}
	free(start);
	text_free(&end);
	return ours;
}

/* A row keeps as many cells as it had: one that had too few or too many is refused again until it is mended. */
static bool
write_rows(const struct import_summary *summary, const char *heading, struct file *file, struct error *error)
{
	struct text line = { 0 };
	bool done;

	text_append(&line, heading);
	append_ours(&line);
	done = file_write(file, line.bytes, line.length, error);
	for (int64_t i = 0; done && i < summary->refused; i++) {
		const struct import_refusal *refusal = &summary->refusals[i];

		text_clear(&line);
		text_append(&line, refusal->cells);
		text_format(&line, ",%" PRId64 ",%" PRId64 ",", refusal->row, refusal->line);
		append_cell(&line, refusal->field != NULL ? refusal->field : "");
		text_append(&line, ",");
		append_cell(&line, refusal->reason);
		text_append(&line, "\r\n");
		done = file_write(file, line.bytes, line.length, error);
	}
	text_free(&line);
	return done;
}

bool
import_refusals_write(const struct import_summary *summary, const char *heading, const char *path,
		      struct error *error)
{
	struct file file = { 0 };

	if (!file_create(&file, path, is_file_of_refusals(path), error))
		return error->kind == ERROR_CONFLICT ?
			error_set(error, ERROR_CONFLICT, "%s exists and holds no refused rows, so it was left alone. Give another name "
				  "for the refused rows. Nothing was changed.", path) : false;
	if (write_rows(summary, heading, &file, error) && file_commit(&file, error))
		return true;
	file_abandon(&file);
	return false;
}
