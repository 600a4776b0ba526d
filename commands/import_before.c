/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/filter.h"
#include "core/memory.h"
#include "db/query.h"

/*
 * The very same file again: when all of it was taken, in the same way, there is nothing to do.  Only a file with a heading
 * that came before can be one, so that others are not read twice.
 */

enum { PIECE_SIZE = 256 * 1024 };

/* Options that make something else of the same rows. */
static bool
asks_for_more(const struct import_options *options)
{
	return options->again || options->key != NULL || options->blank_clears || options->absent_marked ||
	       options->mending != NULL || options->changes != NULL;
}

static bool
hash_file(const char *path, char text[HASH_TEXT_SIZE])
{
	FILE *file = fopen(path, "rb");
	char *piece = memory_alloc(PIECE_SIZE);
	struct hash hash;
	size_t size;
	bool read = file != NULL;

	hash_init(&hash);
	while (read && (size = fread(piece, 1, PIECE_SIZE, file)) > 0)
		hash_update(&hash, piece, size);
	read = read && ferror(file) == 0;
	if (file != NULL)
		fclose(file);
	free(piece);
	hash_format(&hash, text);
	return read;
}

/* Whether the source is of a file like this one, read as this one would be, and nothing of it was refused. */
static bool
is_like(const struct import *import, const char *const *values)
{
	return values[2] != NULL && strcmp(values[2], "0") == 0 && values[3] != NULL &&
	       strcmp(values[3], import->summary->mapping) == 0;
}

bool
import_find_before(struct import *import, bool *nothing_to_do, struct error *error)
{
	const struct entity *source = &entities[ENTITY_SOURCE];
	const struct field *fields[] = { &source->fields[SOURCE_number], &source->fields[SOURCE_imported_at],
					 &source->fields[SOURCE_refused], &source->fields[SOURCE_mapping],
					 &source->fields[SOURCE_hash] };
	struct query query = { .entity = source, .fields = fields, .field_count = 5, .today = import->session->today };
	struct import_summary *summary = import->summary;
	char hash[HASH_TEXT_SIZE] = "";
	struct cursor *cursor;
	bool done, more = true;
	struct row row;

	*nothing_to_do = false;
	if (asks_for_more(import->options))
		return true;
	query.filter = filter_both(&import->mapping.arena,
				   filter_is(&import->mapping.arena, &source->fields[SOURCE_fingerprint], import->fingerprint),
				   filter_is(&import->mapping.arena, &source->fields[SOURCE_entity], import->entity->plural));
	cursor = query_open(import->session->store, &query, error);
	done = cursor != NULL;
	while (done && more && !*nothing_to_do) {
		done = cursor_next(cursor, &row, &more, error);
		if (!done || !more || !is_like(import, row.values) || row.values[4] == NULL)
			continue;
		if (*hash == '\0' && !hash_file(import->options->path, hash))
			break;
		*nothing_to_do = strcmp(row.values[4], hash) == 0;
		if (!*nothing_to_do)
			continue;
		summary->source_before = arena_text(&summary->arena, row.values[0]);
		summary->imported_before = arena_text(&summary->arena, row.values[1]);
	}
	cursor_close(cursor);
	summary->nothing_to_do = *nothing_to_do;
	return done;
}
