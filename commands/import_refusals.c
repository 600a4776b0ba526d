/* SPDX-License-Identifier: MIT */
#include "commands/import_refusals.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "commands/import_run.h"
#include "core/guard.h"
#include "core/memory.h"
#include "export/file.h"

enum {
	HEADING_SIZE = 64 * 1024,	/* how far into a file its heading is looked for */
	OURS_ROW = 1, OURS_CAUSE = 3,	/* positions in mapping_ours[] */
};

static bool
is_number(const char *words)
{
	return words[strspn(words, "+-.0123456789")] == '\0';
}

void
import_append_cell(struct text *out, const char *words)
{
	guard_append_cell(out, words, guard_is_needed(words) && !is_number(words));
}

/* A row with too many or too few cells still ends in ours, unless whoever mended it cut them. */
static bool
ends_in_ours(const struct source_row *row)
{
	const char *const *ours;
	const struct choice *cause;

	if (row->count <= MAPPING_OURS_COUNT)
		return false;
	ours = row->cells + row->count - MAPPING_OURS_COUNT;
	cause = choice_find(refusal_causes, ours[OURS_CAUSE]);
	return cause != NULL && strcmp(cause->name, ours[OURS_CAUSE]) == 0 &&
	       is_number(ours[OURS_ROW]);
}

size_t
import_own_cells(const struct mapping *mapping, const struct source_row *row)
{
	bool has_ours = mapping->column_count > MAPPING_OURS_COUNT &&
		mapping->columns[mapping->column_count - 1].use == MAPPING_OURS;

	if (!has_ours || (row->count != mapping->column_count && !ends_in_ours(row)))
		return row->count;
	return row->count - MAPPING_OURS_COUNT;
}

const char *
import_row_line(const struct import *import, const struct source_row *row, struct arena *arena)
{
	size_t count = import_own_cells(&import->mapping, row);
	struct text line = { 0 };
	const char *copy;

	for (size_t i = 0; i < count; i++) {
		text_append(&line, i > 0 ? "," : "");
		import_append_cell(&line, row->cells[i]);
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

bool
import_refusals_are_in(const char *path)
{
	struct text end = { 0 };
	char *start = memory_alloc(HEADING_SIZE);
	struct stat status;
	FILE *file = NULL;
	bool ours = false;

	if (lstat(path, &status) == 0 && S_ISREG(status.st_mode))
		file = fopen(path, "rb");
	append_ours(&end);
	if (file != NULL) {
		ours = fread(start, 1, HEADING_SIZE - 1, file) > 0 &&
		       strstr(start, text_words(&end)) != NULL;
		fclose(file);
	}
	free(start);
	text_free(&end);
	return ours;
}

/* What stands in one of our columns. */
static const char *
our_word(const char *column, const struct import_refusal *refusal, int64_t source,
	 struct arena *arena)
{
	const struct { const char *column; int64_t number; } numbers[] = {
		{ "source", source },
		{ "row", refusal->row },
		{ "line", refusal->line },
	};

	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		if (strcmp(column, numbers[i].column) == 0)
			return numbers[i].number > 0
				       ? arena_format(arena, "%" PRId64, numbers[i].number)
				       : "";
	if (strcmp(column, "cause") == 0)
		return refusal_cause_name(refusal->cause);
	if (strcmp(column, "field") == 0)
		return refusal->field != NULL ? refusal->field : "";
	return refusal->reason;
}

void
import_refusal_words(const struct import_refusal *refusal, int64_t source,
		     const char *words[MAPPING_OURS_COUNT], struct arena *arena)
{
	for (int i = 0; i < MAPPING_OURS_COUNT; i++)
		words[i] = our_word(mapping_ours[i], refusal, source, arena);
}

void
import_refusals_heading(struct text *out, const char *heading)
{
	text_append(out, heading);
	append_ours(out);
}

/*
 * A row keeps as many cells as it had: one that had too few or too many is refused again until it
 * is mended.
 */
void
import_refusals_line(struct text *out, const struct import_refusal *refusal, int64_t source)
{
	const char *words[MAPPING_OURS_COUNT];
	struct arena arena = { 0 };

	import_refusal_words(refusal, source, words, &arena);
	text_append(out, refusal->cells);
	for (int i = 0; i < MAPPING_OURS_COUNT; i++) {
		text_append(out, ",");
		import_append_cell(out, words[i]);
	}
	text_append(out, "\r\n");
	arena_free(&arena);
}

/*
 * An import that is not recorded takes its source back: the rows are those of the file as it came
 * the first time, if it did.
 */
static int64_t
source_kept(const struct import_summary *summary)
{
	if (summary->recorded)
		return summary->source;
	return summary->source_before != NULL ? strtoll(summary->source_before, NULL, 10) : 0;
}

static bool
write_rows(const struct import_summary *summary, const char *heading, struct file *file,
	   struct error *error)
{
	int64_t source = source_kept(summary);
	struct text line = { 0 };
	bool done;

	import_refusals_heading(&line, heading);
	done = file_write(file, line.bytes, line.length, error);
	for (int64_t i = 0; done && i < summary->refused; i++) {
		text_clear(&line);
		import_refusals_line(&line, &summary->refusals[i], source);
		done = file_write(file, line.bytes, line.length, error);
	}
	text_free(&line);
	return done;
}

bool
import_refuse_to_replace(const char *path, struct error *error)
{
	return error_set(error, ERROR_CONFLICT,
			 "%s exists, and may hold rows that somebody has mended: give another name "
			 "for the refused rows. Nothing was changed.",
			 path);
}

bool
import_refusals_write(const struct import_summary *summary, const char *heading, const char *path,
		      struct error *error)
{
	struct file file = { 0 };

	if (!file_create(&file, path, false, error))
		return error->kind == ERROR_CONFLICT ? import_refuse_to_replace(path, error)
						     : false;
	if (write_rows(summary, heading, &file, error) && file_commit(&file, error))
		return true;
	file_abandon(&file);
	return false;
}
