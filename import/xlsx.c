/* SPDX-License-Identifier: MIT */
#include "import/xlsx.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/memory.h"
#include "import/ole.h"
#include "import/sheet.h"
#include "import/xlsx_choice.h"
#include "import/xlsx_parts.h"

enum { HASH_CHUNK_SIZE = 64 * 1024, NOTICES_MAX = 8 };

struct xlsx {
	int file;
	struct package *package;
	struct book book;
	struct sheet *sheet;
	const char *name;		/* of the sheet */
	struct hash hash;
	bool ended;
	const char *notices[NOTICES_MAX];
	size_t notice_count;
	struct arena arena;
};

bool
xlsx_is_ours(const char bytes[XLSX_SIGNATURE_SIZE])
{
	return memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "PK\5\6", 4) == 0 ||
	       ole_is_one(bytes);
}

/* The fingerprint of all of the file, of which only parts are read. */
static bool
hash_file(struct xlsx *xlsx, const char *name, struct error *error)
{
	char *chunk = memory_alloc(HASH_CHUNK_SIZE);
	off_t at = 0;
	ssize_t got;

	hash_init(&xlsx->hash);
	while ((got = pread(xlsx->file, chunk, HASH_CHUNK_SIZE, at)) > 0) {
		hash_update(&xlsx->hash, chunk, (size_t)got);
		at += got;
	}
	free(chunk);
	return got == 0 ||
	       error_set(error, ERROR_FILE, "%s cannot be read: %s.", name, strerror(errno));
}

static void
add_notice(struct xlsx *xlsx, const char *notice)
{
	if (notice != NULL && xlsx->notice_count < NOTICES_MAX)
		xlsx->notices[xlsx->notice_count++] = notice;
}

static bool
open_sheet(struct xlsx *xlsx, const char *name, const struct reader_options *options,
	   struct error *error)
{
	struct choice_of_sheet choice = { 0 };
	char signature[XLSX_SIGNATURE_SIZE] = "";

	if (pread(xlsx->file, signature, sizeof signature, 0) < 0)
		return error_set(error, ERROR_FILE, "%s cannot be read: %s.", name,
				 strerror(errno));
	if (ole_is_one(signature))
		return ole_refuse(xlsx->file, name, error);
	xlsx->package = package_open(xlsx->file, name, error);
	if (xlsx->package == NULL || !book_read(&xlsx->book, xlsx->package, error) ||
	    !choice_make(&choice, xlsx->package, &xlsx->book, options, &xlsx->arena, error))
		return false;
	xlsx->name = choice.entry->name;
	add_notice(xlsx, choice.notice);
	if (book_has_comments(xlsx->package, choice.entry))
		add_notice(xlsx, "The sheet has comments on cells, which are not read.");
	xlsx->sheet = sheet_open(xlsx->package, &xlsx->book, choice.entry, error);
	return xlsx->sheet != NULL && hash_file(xlsx, name, error);
}

struct xlsx *
xlsx_open_file(int file, const char *name, const struct reader_options *options,
	       struct error *error)
{
	struct xlsx *xlsx = memory_alloc(sizeof *xlsx);

	xlsx->file = file;
	if (open_sheet(xlsx, name, options, error))
		return xlsx;
	xlsx_close(xlsx);
	return NULL;
}

static void
add_merge_notice(struct xlsx *xlsx, const struct sheet_findings *found)
{
	struct text words = { 0 };

	for (int i = 0; i < SHEET_MERGES_NAMED && i < found->merges; i++)
		text_format(&words, "%s%s", i > 0 ? ", " : "", found->merged[i]);
	if (found->merges > SHEET_MERGES_NAMED)
		text_format(&words, " and %" PRId64 " more", found->merges - SHEET_MERGES_NAMED);
	if (found->merges == 1)
		add_notice(xlsx,
			   arena_format(&xlsx->arena,
					"Cells %s are merged: only row %" PRId64 " has the value.",
					text_words(&words), found->merge_row));
	else if (found->merges > 1)
		add_notice(xlsx, arena_format(&xlsx->arena,
					      "Cells are merged: %s. Only the first row of each "
					      "has the value.",
					      text_words(&words)));
	text_free(&words);
}

static void
add_findings(struct xlsx *xlsx)
{
	struct sheet_findings found;

	sheet_find(xlsx->sheet, &found);
	if (found.hidden_rows > 0)
		add_notice(xlsx, arena_format(&xlsx->arena,
					      "%s hidden in the sheet, and read like the others.",
					      text_count(&xlsx->arena, found.hidden_rows, "row is",
							 "rows are")));
	if (found.hidden_columns > 0)
		add_notice(xlsx, arena_format(&xlsx->arena,
					      "%s hidden in the sheet, and read like the others.",
					      text_count(&xlsx->arena, found.hidden_columns,
							 "column is", "columns are")));
	if (found.results > 0)
		add_notice(xlsx, arena_format(&xlsx->arena,
					      "%s the result of a formula, as it was when the file "
					      "was saved.",
					      text_count(&xlsx->arena, found.results, "cell is",
							 "cells are")));
	add_merge_notice(xlsx, &found);
}

bool
xlsx_next(struct xlsx *xlsx, struct source_row *row, bool *more, struct error *error)
{
	if (!sheet_next(xlsx->sheet, row, more, error))
		return false;
	if (!*more && !xlsx->ended)
		add_findings(xlsx);
	xlsx->ended = !*more;
	return true;
}

int64_t
xlsx_done(const struct xlsx *xlsx)
{
	return package_done(xlsx->package);
}

int64_t
xlsx_size(const struct xlsx *xlsx)
{
	return package_size(xlsx->package);
}

bool
xlsx_is_since_1904(const struct xlsx *xlsx)
{
	return xlsx->book.since_1904;
}

const char *
xlsx_sheet(const struct xlsx *xlsx)
{
	return xlsx->name;
}

const char *const *
xlsx_notices(const struct xlsx *xlsx, size_t *count)
{
	*count = xlsx->notice_count;
	return xlsx->notices;
}

void
xlsx_hash(const struct xlsx *xlsx, char text[HASH_TEXT_SIZE])
{
	struct hash copy = xlsx->hash;

	hash_format(&copy, text);
}

void
xlsx_close(struct xlsx *xlsx)
{
	if (xlsx == NULL)
		return;
	sheet_close(xlsx->sheet);
	book_free(&xlsx->book);
	package_close(xlsx->package);
	close(xlsx->file);
	arena_free(&xlsx->arena);
	free(xlsx);
}
