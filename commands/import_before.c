/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/filter.h"
#include "core/memory.h"
#include "db/history.h"
#include "db/query.h"

/*
 * The very same file again: when all of it was taken, in the same way, and that was not undone,
 * there is nothing to do. Only a file with a heading that came before can be one, so that others
 * are not read twice.
 */

enum { PIECE_SIZE = 256 * 1024 };

/* Options that make something else of the same rows. */
static bool
asks_for_more(const struct import_options *options)
{
	return options->again || options->key != NULL || options->blank_clears ||
	       options->absent_marked || options->mending != NULL || options->changes != NULL;
}

/* False when it cannot be read, or when somebody stops it. */
static bool
hash_file(const struct import *import, char text[HASH_TEXT_SIZE], bool *stopped)
{
	FILE *file = fopen(import->options->path, "rb");
	char *piece = memory_alloc(PIECE_SIZE);
	struct stat status = { 0 };
	struct hash hash;
	int64_t done = 0;
	size_t size;
	bool read = file != NULL && fstat(fileno(file), &status) == 0;

	hash_init(&hash);
	while (read && !*stopped && (size = fread(piece, 1, PIECE_SIZE, file)) > 0) {
		hash_update(&hash, piece, size);
		done += (int64_t)size;
		*stopped = !progress_step(import->session->progress,
					  "Looking whether the file came before", done,
					  done < status.st_size ? status.st_size : done);
	}
	read = read && !*stopped && ferror(file) == 0;
	if (file != NULL)
		fclose(file);
	free(piece);
	hash_format(&hash, text);
	return read;
}

/* What is asked of a source. */
enum {
	NUMBER, IMPORTED_AT, REFUSED, MAPPING, HASH, SHEET, ENCODING, DELIMITER, HEADING_LINE,
	KEY, ENTRY,
	ASKED_COUNT
};
static const int asked[ASKED_COUNT] = {
	[NUMBER] = SOURCE_number,
	[IMPORTED_AT] = SOURCE_imported_at,
	[REFUSED] = SOURCE_refused,
	[MAPPING] = SOURCE_mapping,
	[HASH] = SOURCE_hash,
	[SHEET] = SOURCE_sheet,
	[ENCODING] = SOURCE_encoding,
	[DELIMITER] = SOURCE_delimiter,
	[HEADING_LINE] = SOURCE_heading_line,
	[KEY] = SOURCE_key,
	[ENTRY] = SOURCE_entry,
};

/* What the import in hand looks for among the sources; hash is "" until it is needed. */
struct wanted {
	struct import *import;
	const struct filter *filter;
	bool (*fits)(struct wanted *wanted, const char *const *values);
	char hash[HASH_TEXT_SIZE];
	bool stopped;
};

/* Whether the import that made the source was not undone. */
static bool
still_stands(const struct import *import, const char *entry, bool *stands, struct error *error)
{
	bool undone = false;

	if (entry != NULL &&
	    !store_entry_is_undone(import->session->store,
				   (struct entry_id){ strtoll(entry, NULL, 10) }, &undone, error))
		return false;
	*stands = !undone;
	return true;
}

/* Notes the first source that fits in the summary. */
static bool
find_source(struct wanted *wanted, bool *found, struct error *error)
{
	const struct entity *source = &entities[ENTITY_SOURCE];
	const struct field *fields[ASKED_COUNT];
	struct query query = { .entity = source,
			       .fields = fields,
			       .field_count = ASKED_COUNT,
			       .filter = wanted->filter,
			       .today = wanted->import->session->today };
	struct import_summary *summary = wanted->import->summary;
	struct cursor *cursor;
	bool done, more = true;
	struct row row;

	for (int i = 0; i < ASKED_COUNT; i++)
		fields[i] = &source->fields[asked[i]];
	cursor = query_open(wanted->import->session->store, &query, error);
	done = cursor != NULL;
	*found = false;
	while (done && more && !*found) {
		done = cursor_next(cursor, &row, &more, error);
		if (!done || !more || wanted->stopped || !wanted->fits(wanted, row.values) ||
		    !(done = still_stands(wanted->import, row.values[ENTRY], found, error)) ||
		    !*found)
			continue;
		summary->source_before = arena_text(&summary->arena, row.values[NUMBER]);
		summary->imported_before = arena_text(&summary->arena, row.values[IMPORTED_AT]);
	}
	cursor_close(cursor);
	if (wanted->stopped)
		return error_set(error, ERROR_CANCELLED, "Stopped. Nothing was changed.");
	return done;
}

static const struct filter *
of_the_same_kind(struct import *import, int field, const char *value)
{
	const struct entity *source = &entities[ENTITY_SOURCE];
	struct arena *arena = &import->mapping.arena;

	return filter_both(arena, filter_is(arena, &source->fields[field], value),
			   filter_is(arena, &source->fields[SOURCE_entity],
				     import->entity->plural));
}

static bool
is_equal(const char *one, const char *other)
{
	return one == NULL || other == NULL ? one == other : strcmp(one, other) == 0;
}

/* The same file has other rows on another sheet, or below another heading. */
static bool
has_the_same_rows(const struct import_summary *summary, const char *const *values)
{
	return is_equal(values[SHEET], summary->sheet) && values[HEADING_LINE] != NULL &&
	       strtoll(values[HEADING_LINE], NULL, 10) == summary->heading_line;
}

/*
 * A file like this one, read as this one would be, of which nothing was refused; at last the file
 * itself is looked at.  One whose encoding proved another only behind its heading is compared.
 */
static bool
is_the_same(struct wanted *wanted, const char *const *values)
{
	const struct import_summary *summary = wanted->import->summary;

	return is_equal(values[REFUSED], "0") && values[KEY] == NULL &&
	       is_equal(values[MAPPING], summary->mapping) && has_the_same_rows(summary, values) &&
	       is_equal(values[ENCODING], summary->encoding) &&
	       is_equal(values[DELIMITER], summary->delimiter) && values[HASH] != NULL &&
	       (*wanted->hash != '\0' ||
		hash_file(wanted->import, wanted->hash, &wanted->stopped)) &&
	       strcmp(values[HASH], wanted->hash) == 0;
}

bool
import_find_before(struct import *import, bool *nothing_to_do, struct error *error)
{
	struct wanted wanted = { .import = import, .fits = is_the_same };

	*nothing_to_do = false;
	if (asks_for_more(import->options))
		return true;
	wanted.filter = of_the_same_kind(import, SOURCE_fingerprint, import->fingerprint);
	if (!find_source(&wanted, nothing_to_do, error))
		return false;
	import->summary->nothing_to_do = *nothing_to_do;
	return true;
}

static bool
is_read_alike(struct wanted *wanted, const char *const *values)
{
	return has_the_same_rows(wanted->import->summary, values);
}

static bool
refused_as_many(struct wanted *wanted, const char *const *values)
{
	const struct import_summary *summary = wanted->import->summary;

	return has_the_same_rows(summary, values) && values[REFUSED] != NULL &&
	       strtoll(values[REFUSED], NULL, 10) == summary->refused;
}

bool
import_find_source(struct import *import, const char *hash, struct error *error)
{
	struct wanted wanted = { .import = import, .fits = refused_as_many };
	bool found;

	wanted.filter = of_the_same_kind(import, SOURCE_hash, hash);
	if (!find_source(&wanted, &import->refused_before, error))
		return false;
	wanted.fits = is_read_alike;
	return import->refused_before || find_source(&wanted, &found, error);
}
