/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

enum { NOTICE_SIZE = 2000 };

void
import_notice(struct import_summary *summary, const char *format, ...)
{
	char notice[NOTICE_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(notice, sizeof notice, format, arguments);
	va_end(arguments);
	summary->notices = memory_grow(summary->notices, &summary->notice_room, summary->notice_count + 1,
				       sizeof *summary->notices);
	summary->notices[summary->notice_count++] = arena_text(&summary->arena, notice);
}

void
import_summary_free(struct import_summary *summary)
{
	free(summary->refusals);
	free(summary->notices);
	arena_free(&summary->arena);
	*summary = (struct import_summary){ 0 };
}

static bool
read_mapping(struct import *import, struct error *error)
{
	const struct import_options *options = import->options;

	import->mapping.entity = import->entity;
	if (options->map != NULL && !mapping_read(&import->mapping, options->map, error))
		return false;
	for (size_t i = 0; i < options->constant_count; i++)
		if (!mapping_set(&import->mapping, options->constants[i], error))
			return false;
	return true;
}

/* A mapping that fills fields of records to be made says nothing of those that are there. */
static void
note_nested(struct import *import)
{
	struct text names = { 0 };

	for (size_t i = import->mapping.own_slot_count; i < import->mapping.slot_count; i++)
		text_format(&names, "%s%s", names.length > 0 ? ", " : "", import->mapping.slots[i].name);
	if (names.length > 0)
		import_notice(import->summary, "Used only for records that the import makes, not for those that are "
			      "there: %s.", text_words(&names));
	text_free(&names);
}

static bool
read_heading(struct import *import, struct error *error)
{
	struct source_row heading;
	struct text saved = { 0 };
	bool more;

	if (!reader_next(import->reader, &heading, &more, error))
		return false;
	if (!more)
		return error_set(error, ERROR_INVALID, "%s is empty: it has not even a heading. Was it saved?",
				 import->summary->file);
	if (!mapping_apply(&import->mapping, &heading, import->reader, import->options->unknown, error))
		return error_prefix(error, "%s: ", import->summary->file);
	import->heading = import_row_line(import, &heading, &import->summary->arena);
	mapping_save(&import->mapping, &saved);
	import->summary->mapping = arena_text(&import->summary->arena, text_words(&saved));
	text_free(&saved);
	for (size_t i = 0; i < import->mapping.notice_count; i++)
		import_notice(import->summary, "%s", import->mapping.notices[i]);
	note_nested(import);
	return true;
}

/* What the rows need, now that the mapping is known. */
static void
prepare(struct import *import)
{
	const struct mapping *mapping = &import->mapping;
	struct record *record = record_new(&import->mapping.arena, import->entity->kind);

	import->initial_values = record->values;
	import->uprn_field = -1;
	for (size_t i = 0; i < mapping->own_slot_count; i++) {
		if (mapping->slots[i].target.field == import->entity->key)
			import->key_slot = i;
		if (mapping->slots[i].field->type == FIELD_UPRN)
			import->uprn_field = mapping->slots[i].target.field;
	}
}

static bool
read_rows(struct import *import, struct error *error)
{
	char what[64];
	struct ahead_row row;
	bool more = true;

	snprintf(what, sizeof what, "Reading %s", import->entity->plural);
	import->ahead = ahead_open(import->reader, &import->mapping);
	for (;;) {
		if (import->summary->rows % IMPORT_STEP == 0 &&
		    !progress_step(import->session->progress, what, ahead_done(import->ahead), reader_size(import->reader)))
			return error_set(error, ERROR_CANCELLED, "Stopped. Nothing was changed.");
		if (!ahead_next(import->ahead, &row, &more, error))
			return false;
		if (!more)
			return true;
		if (!import_take_row(import, &row, error))
			return false;
	}
}

/* Reads all rows into the entry that is open; what has an end is ended. */
static bool
run_rows(struct import *import, struct error *error)
{
	struct import_summary *summary = import->summary;
	struct bulk *bulk;

	import->match = match_open(import->session->store, import->entity->kind, error);
	if (import->match == NULL || !match_is_empty(import->match, &import->was_empty, error))
		return false;
	prepare(import);
	if (!read_rows(import, error))
		return false;
	ahead_close(import->ahead);
	import->ahead = NULL;
	assert(summary->rows == summary->new_rows + summary->changed + summary->same + summary->refused);
	bulk = import->bulk;
	import->bulk = NULL;
	return (bulk == NULL || bulk_close(bulk, import->session->progress, error)) &&
	       import_finish(import, error);
}

/* Before the commit: when the file cannot be written, nothing is imported. Without refused rows it has a heading only. */
static bool
write_refusals(struct import *import, struct error *error)
{
	const char *path = import->options->refusals;

	return path == NULL || import_refusals_write(import->summary, import->heading, path, error);
}

/* An entry is only left behind when there is something that it says: the same file again says nothing. */
static bool
is_worth_keeping(const struct import *import)
{
	const struct import_summary *summary = import->summary;

	return !summary->dry_run && (summary->new_rows > 0 || summary->changed > 0 ||
				     (summary->refused > 0 && summary->imported_before == NULL));
}

static bool
run_entry(struct import *import, struct error *error)
{
	struct store *store = import->session->store;
	const char *what = arena_format(&import->summary->arena, "Imported %s", import->summary->file);
	struct entry entry = session_entry(import->session, "import", what, import->options->why);

	if (!store_entry_begin(store, &entry, error))
		return false;
	if (!run_rows(import, error) || !write_refusals(import, error)) {
		store_entry_rollback(store);
		return false;
	}
	import->summary->recorded = is_worth_keeping(import);
	if (import->summary->recorded)
		return store_entry_commit(store, error);
	store_entry_rollback(store);
	return true;
}

static void
free_import(struct import *import)
{
	ahead_close(import->ahead);
	reader_close(import->reader);
	bulk_abandon(import->bulk);
	match_close(import->match);
	mapping_free(&import->mapping);
	import_lookup_free(&import->lookup);
	map_free(&import->keys);
	map_free(&import->uprns);
	free(import->seen);
	free(import->covered.ids);
	free(import->mentioned.ids);
	arena_free(&import->arena);
}

bool
import_run(struct session *session, const struct import_options *options, struct import_summary *summary,
	   struct error *error)
{
	const char *slash = strrchr(options->path, '/');
	struct import import = {
		.session = session, .options = options, .summary = summary, .entity = options->entity,
		.lookup = { .session = session },
	};
	bool done;

	summary->file = arena_text(&summary->arena, slash != NULL ? slash + 1 : options->path);
	summary->entity = options->entity;
	summary->dry_run = options->dry_run;
	import.reader = reader_open(options->path, &(struct reader_options){ 0 }, error);
	done = import.reader != NULL && read_mapping(&import, error) && read_heading(&import, error) &&
	       run_entry(&import, error);
	free_import(&import);
	return done;
}
