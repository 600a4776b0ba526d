/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "commands/import_refusals.h"
#include "commands/list_change.h"
#include "commands/match.h"
#include "commands/refusal.h"
#include "db/query.h"
#include "db/record.h"

enum {
	SHARED_UPRNS_LISTED = 20,
	SHARED_SITES_LISTED = 6,
};

/* The records, in the order of their UPRN, that have one UPRN in common. */
struct shared {
	struct arena arena;
	const char *uprn;	/* NULL at the beginning */
	struct text keys;
	int64_t count;
	int64_t found;		/* UPRNs shared by several, so far */
};

static void
end_shared(struct import *import, struct shared *shared)
{
	if (shared->count > 1 && map_find(&import->uprns, shared->uprn) != NULL) {
		if (++shared->found <= SHARED_UPRNS_LISTED)
			import_notice(import->summary, "UPRN %s is on %" PRId64 " %s: %s%s.",
				      shared->uprn, shared->count, import->entity->plural,
				      text_words(&shared->keys),
				      shared->count > SHARED_SITES_LISTED ? ", and more" : "");
	}
	text_clear(&shared->keys);
	arena_reset(&shared->arena);
	shared->count = 0;
}

static void
add_shared(struct import *import, struct shared *shared, const char *uprn, const char *key)
{
	if (shared->uprn != NULL && strcmp(shared->uprn, uprn) == 0) {
		if (++shared->count <= SHARED_SITES_LISTED)
			text_format(&shared->keys, ", %s", key);
		return;
	}
	if (shared->uprn != NULL)
		end_shared(import, shared);
	shared->uprn = arena_text(&shared->arena, uprn);
	shared->count = 1;
	text_append(&shared->keys, key);
}

static bool
read_shared(struct import *import, struct cursor *cursor, struct shared *shared,
	    struct error *error)
{
	struct row row;
	bool more;

	for (;;) {
		if (!cursor_next(cursor, &row, &more, error))
			return false;
		if (!more)
			break;
		if (row.values[0] != NULL)
			add_shared(import, shared, row.values[0], row.values[1]);
	}
	if (shared->uprn != NULL)
		end_shared(import, shared);
	return true;
}

/* Real registers give one property number to several buildings: that is told, not refused. */
static bool
note_shared_uprns(struct import *import, struct error *error)
{
	const struct field *uprn = import->uprn_field >= 0
					   ? &import->entity->fields[import->uprn_field]
					   : NULL;
	const struct field *fields[] = { uprn, entity_key(import->entity) };
	struct query query = { .entity = import->entity,
			       .fields = fields,
			       .field_count = 2,
			       .sorts = { { uprn, false } },
			       .sort_count = 1,
			       .today = import->session->today };
	struct shared shared = { 0 };
	struct cursor *cursor;
	bool done;

	if (import->uprns.count == 0)
		return true;
	cursor = query_open(import->session->store, &query, error);
	if (cursor == NULL)
		return false;
	done = read_shared(import, cursor, &shared, error);
	cursor_close(cursor);
	if (shared.found > SHARED_UPRNS_LISTED)
		import_notice(import->summary, "And %" PRId64 " more UPRNs are on several %s.",
			      shared.found - SHARED_UPRNS_LISTED, import->entity->plural);
	text_free(&shared.keys);
	arena_free(&shared.arena);
	return done;
}

static void
lay_out_source(struct import *import, const char *hash, struct record *record)
{
	const struct import_summary *summary = import->summary;
	struct arena *arena = &import->arena;
	const struct { int field; int64_t count; } counts[] = {
		{ SOURCE_rows, summary->rows },
		{ SOURCE_new, summary->new_rows },
		{ SOURCE_changed, summary->changed },
		{ SOURCE_same, summary->same },
		{ SOURCE_refused, summary->refused },
		{ SOURCE_absent, summary->absent },
		{ SOURCE_skipped, summary->skipped },
		{ SOURCE_heading_line, summary->heading_line },
		{ SOURCE_entry, store_entry_open(import->session->store).value },
	};
	const struct { int field; const char *words; } words[] = {
		{ SOURCE_file, summary->file },
		{ SOURCE_entity, import->entity->plural },
		{ SOURCE_format, summary->format },
		{ SOURCE_sheet, summary->sheet },
		{ SOURCE_encoding, summary->encoding },
		{ SOURCE_delimiter, summary->delimiter },
		{ SOURCE_hash, hash },
		{ SOURCE_mapping, summary->mapping },
		{ SOURCE_heading, import->heading },
		{ SOURCE_fingerprint, import->fingerprint },
		{ SOURCE_copy, import_keeps_copy(summary) ? summary->copy : NULL },
		{ SOURCE_key, import->by_fields ? import->options->key : NULL },
	};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		record->values[words[i].field] = words[i].words;
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
		record->values[counts[i].field] = arena_format(arena, "%" PRId64, counts[i].count);
	if (import->by_fields && import->options->key_least > 0)
		record->values[SOURCE_key_least] = arena_format(arena, "%d",
								import->options->key_least);
}

static bool
insert_source(struct import *import, const char *hash, int64_t *id, struct error *error)
{
	struct record *record = record_new(&import->arena, ENTITY_SOURCE);
	char *imported_at = arena_alloc(&import->arena, DATE_INSTANT_SIZE);

	date_format_instant(import->session->now, imported_at);
	record->values[SOURCE_imported_at] = imported_at;
	lay_out_source(import, hash, record);
	if (!store_insert(import->session->store, record, error))
		return false;
	*id = import->summary->source = record->id.value;
	return true;
}

/*
 * A row of hundreds of full cells is cut for the register, as a spreadsheet would; the file of
 * refused rows has it whole.
 */
static const char *
cells_to_keep(const char *cells, struct arena *arena)
{
	size_t size = REFUSAL_CELLS_MAX;

	if (strlen(cells) <= size)
		return cells;
	while (((unsigned char)cells[size] & 0xc0) == 0x80)
		size--;
	return arena_format(arena, "%.*s" TEXT_CUT_NOTE, (int)size, cells);
}

static bool
insert_refusals(struct import *import, int64_t source, struct error *error)
{
	const struct import_summary *summary = import->summary;
	struct bulk *bulk = bulk_open(import->session->store, ENTITY_REFUSAL, summary->refused,
				      NULL, error);
	bool done = bulk != NULL;

	for (int64_t i = 0; done && i < summary->refused; i++) {
		const struct import_refusal *refusal = &summary->refusals[i];
		const char *values[REFUSAL_FIELD_COUNT] = { 0 };
		int64_t references[REFUSAL_FIELD_COUNT] = { [REFUSAL_source] = source };

		arena_reset(&import->arena);
		values[REFUSAL_row] = arena_format(&import->arena, "%" PRId64, refusal->row);
		values[REFUSAL_line] = arena_format(&import->arena, "%" PRId64, refusal->line);
		values[REFUSAL_state] = choice_initial(refusal_states);
		values[REFUSAL_cause] = refusal_cause_name(refusal->cause);
		values[REFUSAL_field] = refusal->field;
		values[REFUSAL_reason] = refusal->reason;
		values[REFUSAL_cells] = cells_to_keep(refusal->cells, &import->arena);
		done = bulk_insert(bulk, values, references, NULL, error);
	}
	if (!done) {
		bulk_abandon(bulk);
		return false;
	}
	return bulk_close(bulk, error);
}

static void
note_counts(struct import *import)
{
	char number[TEXT_NUMBER_SIZE];

	import_note_questions(import);
	if (import->makes_unknown > 0)
		import_notice(import->summary, "%s new %s a make that no manufacturer is known by.",
			      text_number(import->makes_unknown, number),
			      import->makes_unknown == 1 ? "device has" : "devices have");
	for each_entity(entity)
		if (import->summary->created[entity->kind] > 0)
			import_notice(import->summary, "Made with consent: %s.",
				      text_count(&import->summary->arena,
						 import->summary->created[entity->kind],
						 entity->name, entity->plural));
}

static const char *
describe(struct import *import)
{
	const struct import_summary *summary = import->summary;

	return arena_format(&import->summary->arena,
			    "Imported %s from %s: %" PRId64 " new, %" PRId64 " changed, %" PRId64
			    " same, %" PRId64 " refused",
			    text_count(&import->arena, summary->rows - summary->refused,
				       import->entity->name, import->entity->plural),
			    summary->file, summary->new_rows, summary->changed, summary->same,
			    summary->refused);
}

/* Whether devices are matched by what the rows have added or changed. */
static bool
changes_makers(const struct import *import)
{
	const struct import_summary *summary = import->summary;
	const struct entity *entity = import->entity;

	if (summary->new_rows > 0 || summary->changed == 0)
		return summary->new_rows > 0 && match_reads_kind(entity->kind);
	for (size_t i = 0; i < import->mapping.own_slot_count; i++)
		if (match_reads_field(entity->kind, import->mapping.slots[i].target.field) &&
		    (import->by_fields || import->mapping.slots[i].field != entity_key(entity)))
			return true;
	return false;
}

/* The devices are matched once, with all the rows, in the entry of the import. */
static bool
match_anew(struct import *import, const char *what, struct error *error)
{
	struct import_summary *summary = import->summary;
	struct text said = { 0 };
	bool done;

	if (!changes_makers(import))
		return true;
	done = list_change_follow(import->session, what, summary->dry_run, &said, error);
	if (done)
		import_notice(summary, "Devices are matched anew. %.*s",
			      (int)strcspn(text_words(&said), "\n"), text_words(&said));
	text_free(&said);
	return done;
}

/* A row that came by itself has its source and refusal: it is mended now, or nothing is kept. */
static bool
finish_mending(struct import *import, struct error *error)
{
	const struct import_mending *mending = import->options->mending;
	struct import_summary *summary = import->summary;
	const char *what = arena_format(&summary->arena, "Mended %s: %s", mending->what,
					summary->new_rows > 0  ? "new"
					: summary->changed > 0 ? "changed"
							       : "same");

	note_counts(import);
	return !import_row_is_mended(summary) ||
	       (match_anew(import, what, error) &&
		import_write_questions(import, mending->source, error) &&
		refusal_set_state(import->session, mending->refusal, "mended", error) &&
		store_entry_describe(import->session->store, what, error));
}

/* Whoever has seen a rehearsal of the file has agreed to that and to nothing else. */
static bool
check_unchanged(struct import *import, const char *hash, struct error *error)
{
	const char *rehearsed = import->options->hash;

	import->summary->hash = arena_text(&import->summary->arena, hash);
	return rehearsed == NULL || strcmp(rehearsed, hash) == 0 ||
	       error_set(error, ERROR_CONFLICT,
			 "%s was changed since the preview was made, so it may say something else "
			 "now: look at the preview again. Nothing was changed.",
			 import->summary->file);
}

bool
import_finish(struct import *import, struct error *error)
{
	char hash[HASH_TEXT_SIZE];
	const char *what;
	int64_t source = 0;

	arena_reset(&import->arena);
	if (import->options->mending != NULL)
		return finish_mending(import, error);
	reader_hash(import->reader, hash);
	if (!check_unchanged(import, hash, error) || !import_find_absent(import, error))
		return false;
	arena_reset(&import->arena);
	note_counts(import);
	what = describe(import);
	return match_anew(import, what, error) && note_shared_uprns(import, error) &&
	       import_find_source(import, hash, error) &&
	       insert_source(import, hash, &source, error) &&
	       import_write_questions(import, source, error) &&
	       refusal_returns_settle(&import->returns, import->session, import->summary, error) &&
	       store_entry_describe(import->session->store, what, error) &&
	       (import->summary->refused == 0 || insert_refusals(import, source, error));
}
