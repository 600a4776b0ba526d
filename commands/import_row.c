/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

enum { REASON_SIZE = 1000 };

bool
import_refuse(struct import *import, enum refusal_cause cause, const char *field,
	      const char *format, ...)
{
	struct arena *arena = &import->summary->arena;
	char reason[REASON_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reason, sizeof reason, format, arguments);
	va_end(arguments);
	import->wrong_cause = cause;
	import->wrong_field = arena_text(arena, field);
	import->wrong_reason = field != NULL ? arena_format(arena, "%s: %s", field, reason)
					     : arena_text(arena, reason);
	return false;
}

static int64_t
scope_of(const struct import *import, const int64_t *references)
{
	return import->entity->scope >= 0 ? references[import->entity->scope] : 0;
}

/*
 * The row is about something on that site, or of that organisation. Files are often in the order of
 * their sites.
 */
static void
cover(struct import *import, int64_t scope)
{
	struct import_ids *covered = &import->covered;

	if (!import->was_empty && scope != 0 &&
	    (covered->count == 0 || covered->ids[covered->count - 1] != scope))
		import_ids_add(covered, scope);
}

/* A sentence as a reason, which goes on inside another. */
const char *
import_without_stop(struct error *wrong)
{
	size_t length = strlen(wrong->message);

	if (length > 0 && wrong->message[length - 1] == '.')
		wrong->message[length - 1] = '\0';
	return wrong->message;
}

const char *
import_whole_letters(struct arena *arena, const char *reason)
{
	size_t size = strlen(reason), bad = text_invalid_at(reason, size);
	char *whole;

	if (bad == size)
		return reason;
	whole = arena_bytes(arena, reason, size);
	for (; bad < size; bad = text_invalid_at(whole, size))
		memmove(whole + bad, whole + bad + 1, size-- - bad);
	return whole;
}

static_assert(ENTITY_GIVEN_MAX <= 64,
	      "import_seen.said has a bit for each slot of the entity's own fields");

/* By slot, whether the row says something. */
static uint64_t
what_is_said(const struct import *import)
{
	uint64_t said = 0;

	for (size_t i = 0; i < import->mapping.own_slot_count; i++)
		said |= (uint64_t)(import->slot_values[i] != NULL ||
				   (import->options->blank_clears &&
				    !import->mapping.slots[i].derived))
			<< i;
	return said;
}

static uint64_t
mix(uint64_t digest, uint64_t word)
{
	digest = (digest ^ word) * 0x9e3779b97f4a7c15u;
	return digest ^ digest >> 29;
}

/*
 * Of all that the row says of its record beside its key: a million rows are told apart by it, but
 * two of one record are compared.
 */
static uint64_t
digest_row(const struct import *import)
{
	uint64_t digest = 1;

	for (size_t i = 0; i < import->mapping.own_slot_count; i++) {
		const char *value = import->slot_values[i];
		int field = import->mapping.slots[i].target.field;

		digest = mix(digest, i + 1);
		if (value == NULL || (i == import->key_slot && !import->by_fields))
			continue;
		if (import->references[field] != 0) {
			digest = mix(digest, (uint64_t)import->references[field]);
			continue;
		}
		for (size_t size = strlen(value); size > 0;
		     size -= size < 8 ? size : 8, value += 8) {
			uint64_t word = 0;

			memcpy(&word, value, size < 8 ? size : 8);
			digest = mix(digest, word ^ size);
		}
	}
	return digest;
}

static int64_t *
counter_of(struct import_summary *summary, enum import_outcome outcome)
{
	return outcome == IMPORT_NEW       ? &summary->new_rows
	       : outcome == IMPORT_CHANGED ? &summary->changed
					   : &summary->same;
}

void
import_count(struct import *import, enum import_outcome outcome, int number)
{
	*counter_of(import->summary, outcome) += number;
}

static void
note_uprn(struct import *import)
{
	for (size_t i = 0; i < import->mapping.own_slot_count; i++) {
		const char *uprn = import->slot_values[i];
		bool added;

		if (import->mapping.slots[i].target.field == import->uprn_field && uprn != NULL)
			map_add(&import->uprns, uprn, 0, &added);
	}
}

static void
add_repeat(struct import *import, size_t position)
{
	import->repeats = memory_grow(import->repeats, &import->repeat_room,
				      import->repeat_count + 1, sizeof *import->repeats);
	import->repeats[import->repeat_count++] = (struct import_repeat){
		.seen = position,
		.row = import->row->number,
		.line = import->row->line,
		.outcome = import->outcome,
	};
}

/* Should the record that the row names be withdrawn, so must this one. */
static void
add_links(struct import *import, size_t position)
{
	for (size_t i = 0; i < import->mapping.own_slot_count; i++) {
		const struct mapping_slot *slot = &import->mapping.slots[i];

		if (slot->field->target != import->entity->kind ||
		    import->targets[slot->target.field] == 0)
			continue;
		import->links = memory_grow(import->links, &import->link_room,
					    import->link_count + 1, sizeof *import->links);
		import->links[import->link_count++] = (struct import_link){
			.seen = position,
			.target = import->targets[slot->target.field] - 1,
			.field = slot->target.field,
		};
	}
}

static void
note_taken(struct import *import, size_t position, uint64_t digest)
{
	struct import_seen *seen = &import->seen[position];

	if (seen->row != 0) {
		add_repeat(import, position);
	} else {
		seen->row = import->row->number;
		seen->line = import->row->line;
		seen->outcome = (unsigned char)import->outcome;
		seen->digest = digest;
	}
	seen->said |= what_is_said(import);
	import_count(import, import->outcome, 1);
	if (import->names_itself)
		add_links(import, position);
	if (import->uprn_field >= 0)
		note_uprn(import);
}

static bool
take_same(struct import *import, size_t position)
{
	import->seen[position].id = import->found.id;
	import_set_add(&import->mentioned, import->found.id);
	import->outcome = IMPORT_SAME;
	if (import_is_heard(import))
		import_tell_row(import, IMPORT_SAME,
				import_record_key(import, import_row_key(import),
						  import->found.id));
	return true;
}

/* The very same row again. */
static bool
take_same_again(struct import *import)
{
	import->outcome = IMPORT_SAME;
	if (import_is_heard(import))
		import_tell_row(import, IMPORT_SAME, import_row_key(import));
	return true;
}

static bool
take(struct import *import, struct error *error)
{
	size_t position;
	uint64_t digest;
	struct import_seen *seen;
	bool taken;

	if (!import_find_references(import, error) || import->waits ||
	    !import_find_record(import, &position, error))
		return false;
	seen = position != IMPORT_NO_POSITION ? &import->seen[position] : NULL;
	digest = digest_row(import);
	/* What the file has brought before is read from the register. */
	if (seen != NULL && seen->row != 0 && !bulk_flush(import->bulk, error))
		return false;
	if (seen != NULL && seen->lost != 0)
		taken = import_clash(import, position, NULL);
	else if (seen != NULL && seen->row != 0 && seen->digest == digest)
		taken = take_same_again(import);
	else if (seen != NULL && seen->row == 0 && import->found.same &&
		 !import->options->blank_clears)
		taken = take_same(import, position);
	else if (import->found.id != 0 || (seen != NULL && seen->row != 0))
		taken = import_take_known(import, position, error);
	else
		taken = import_take_new(import, &position, error);
	if (taken)
		note_taken(import, position, digest);
	if (taken || import->wrong_cause == REFUSAL_CONTRADICTION)
		cover(import, import->found.scope != 0 && scope_of(import, import->references) == 0
				      ? import->found.scope
				      : scope_of(import, import->references));
	return taken;
}

void
import_add_refusal(struct import *import, const struct import_refusal *refusal)
{
	struct import_summary *summary = import->summary;

	summary->refusals = memory_grow(summary->refusals, &summary->refusal_room,
					(size_t)summary->refused + 1, sizeof *summary->refusals);
	summary->refusals[summary->refused++] = *refusal;
}

static bool
refuse_row(struct import *import, struct error *error)
{
	struct import_refusal refusal = {
		.row = import->row->number, .line = import->row->line, .cause = import->wrong_cause,
		.field = import->wrong_field, .group = import->row->number,
		.reason = import_whole_letters(&import->summary->arena, import->wrong_reason),
		.cells = import_row_line(import, import->row, &import->summary->arena),
	};

	import_add_refusal(import, &refusal);
	/* A contradiction is told once it is known which rows it is between. */
	if (refusal.cause != REFUSAL_CONTRADICTION && import_is_heard(import))
		import_tell(import, &(struct import_detail){ .outcome = IMPORT_REFUSED,
							     .row = refusal.row,
							     .line = refusal.line,
							     .key = import_row_key(import),
							     .field = refusal.field,
							     .reason = refusal.reason });
	return import_mention_refused(import, error);
}

/* One that names a record which may still come is looked at again at the end. */
static bool
take_good(struct import *import, struct error *error)
{
	import->waits = false;
	if (import->names_itself)
		memset(import->targets, 0,
		       (size_t)import->entity->field_count * sizeof *import->targets);
	if (take(import, error))
		return true;
	if (import->waits)
		rows_add_row(&import->aside, import->row);
	return import->waits;
}

/* What the mapping found wrong. The texts move to the summary. */
static bool
take_wrong(struct import *import, struct error *error)
{
	const struct mapping_result *result = import->result;
	struct arena *arena = &import->summary->arena;
	const char *original;

	import->wrong_cause = result->cause;
	import->wrong_field = arena_text(arena, result->field);
	import->wrong_reason = arena_text(arena, result->reason);
	if (result->cause != REFUSAL_DAMAGED || result->damaged_slot < 0)
		return false;
	if (!bulk_flush(import->bulk, error) || !import_find_original(import, &original, error))
		return false;
	if (original != NULL)
		import->wrong_reason = arena_format(arena, "%s; the register has %s",
						    result->reason, original);
	return false;
}

/* Takes or refuses the row that was laid in hand. */
static bool
judge_row(struct import *import, struct error *error)
{
	bool taken;

	error->kind = ERROR_NONE;
	import->wrong_cause = REFUSAL_VALUE;
	memset(import->references, 0,
	       (size_t)import->entity->field_count * sizeof *import->references);
	taken = import->result->what == MAPPING_ROW_GOOD ? take_good(import, error)
							 : take_wrong(import, error);
	if (!taken && (error->kind == ERROR_FILE || error->kind == ERROR_CANCELLED))
		return false;
	if (!taken && error->kind != ERROR_NONE)
		return error_prefix(error,
				    "Row %" PRId64 " (%s %" PRId64 "): ", import->row->number,
				    reader_line_word(import->summary->format), import->row->line);
	return taken || refuse_row(import, error);
}

static void
skip_row(struct import *import)
{
	struct import_summary *summary = import->summary;

	if (summary->skipped++ < SKIPPED_SAID)
		summary->skipped_lines = arena_format(&summary->arena, "%s%s%s %" PRId64 ", %s",
						      summary->skipped > 1 ? summary->skipped_lines
									   : "",
						      summary->skipped > 1 ? "; " : "",
						      reader_line_word(summary->format),
						      import->row->line, import->result->reason);
	if (import_is_heard(import))
		import_tell(import, &(struct import_detail){ .outcome = IMPORT_SKIPPED,
							     .row = import->row->number,
							     .line = import->row->line,
							     .reason = import->result->reason });
}

bool
import_take_row(struct import *import, const struct ahead_row *row, struct error *error)
{
	arena_reset(&import->arena);
	import->row = &row->row;
	import->result = &row->result;
	import->slot_values = row->values;
	if (row->result.what == MAPPING_ROW_SKIPPED) {
		skip_row(import);
		return true;
	}
	import->summary->rows++;
	refusal_returns_note(&import->returns, import->row);
	return judge_row(import, error);
}

/*
 * A pass over the rows that wait, or turned from the last to the first: those that wait still are
 * put aside again.
 */
static bool
pass_aside(struct import *import, bool turned, struct mapping_tally *tally, struct error *error)
{
	const char **values = memory_alloc((import->mapping.slot_count + 1) * sizeof *values);
	struct rows rows = import->aside;
	bool done = true;

	import->aside = (struct rows){ 0 };
	for (size_t i = 0; done && i < rows.count; i++) {
		struct mapping_result result;
		struct source_row row;

		if (i % IMPORT_STEP == 0 &&
		    !progress_step(import->session->progress, "Reading rows that name others",
				   (int64_t)i, (int64_t)rows.count)) {
			done = error_set(error, ERROR_CANCELLED, "Stopped. Nothing was changed.");
			continue;
		}
		arena_reset(&import->arena);
		rows_at(&rows, turned ? rows.count - 1 - i : i, &row);
		mapping_values(&import->mapping, &row, &import->arena, values, tally, &result);
		import->row = &row;
		import->result = &result;
		import->slot_values = values;
		done = judge_row(import, error);
	}
	free(values);
	rows_free(&rows);
	return done;
}

/*
 * Rows may name each other in a chain: that is looked through up and down in turn, since each row
 * is found in the pass of the one that it names when that one stands before it.  The last look is
 * in the order of the file.
 */
bool
import_take_aside(struct import *import, struct error *error)
{
	/* A second time, so for nobody. */
	struct mapping_tally *counted = memory_alloc(sizeof *counted);
	size_t before = SIZE_MAX;
	bool done = true, upside_down = false;

	import_lookup_forget(&import->lookup, import->entity->kind);
	while (done && import->aside.count > 0) {
		bool first = before == SIZE_MAX, turned;

		import->last_look = import->aside.count >= before;
		before = import->aside.count;
		turned = import->last_look ? upside_down : !first;
		upside_down = upside_down != turned;
		done = pass_aside(import, turned, counted, error);
	}
	free(counted);
	return done;
}
