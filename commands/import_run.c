/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/import_refusals.h"
#include "core/memory.h"
#include "db/query.h"
#include "import/delimiter.h"

enum {
	NOTICE_SIZE = 2000,
	/* Readings of a file: one more for each thing that is only learned at its end. */
	RUNS_MAX = 3,
};

void
import_notice(struct import_summary *summary, const char *format, ...)
{
	char notice[NOTICE_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(notice, sizeof notice, format, arguments);
	va_end(arguments);
	summary->notices = memory_grow(summary->notices, &summary->notice_room,
				       summary->notice_count + 1, sizeof *summary->notices);
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

/* A mapping that fills fields of records to be made says nothing of those that are there. */
static void
note_nested(struct import *import)
{
	struct text names = { 0 };

	for (size_t i = import->mapping.own_slot_count; i < import->mapping.slot_count; i++)
		text_format(&names, "%s%s", names.length > 0 ? ", " : "",
			    import->mapping.slots[i].name);
	if (names.length > 0)
		import_notice(import->summary,
			      "Used only for records that the import makes, not for those that are "
			      "there: %s.",
			      text_words(&names));
	text_free(&names);
}

/* The names by which a cell that holds make and model is parted. */
static bool
load_makes(struct import *import, enum entity_kind kind, struct error *error)
{
	const struct field *name = entity_key(&entities[kind]);
	struct query query = { .entity = &entities[kind],
			       .fields = &name,
			       .field_count = 1,
			       .today = import->session->today };
	struct cursor *cursor = query_open(import->session->store, &query, error);
	bool done = cursor != NULL, more = true, added;
	struct row row;

	while (done && more) {
		done = cursor_next(cursor, &row, &more, error);
		if (done && more && row.values[0] != NULL)
			map_add(&import->makes, text_fold(&import->arena, row.values[0]), 0,
				&added);
	}
	cursor_close(cursor);
	import->mapping.makes = &import->makes;
	return done;
}

static bool
load_makes_if_paired(struct import *import, struct error *error)
{
	for (size_t i = 0; i < import->mapping.column_count; i++)
		if (import->mapping.columns[i].paired)
			return load_makes(import, ENTITY_MANUFACTURER, error) &&
			       load_makes(import, ENTITY_MANUFACTURER_NAME, error);
	return true;
}

static void
keep_facts(struct import *import)
{
	const struct reader_facts *facts = reader_facts(import->reader);
	struct import_summary *summary = import->summary;

	summary->format = arena_text(&summary->arena, facts->format);
	summary->encoding = arena_text(&summary->arena, facts->encoding);
	summary->delimiter = arena_text(&summary->arena, facts->delimiter);
	summary->sheet = arena_text(&summary->arena, facts->sheet);
	summary->heading_line = facts->heading_line;
}

static bool
read_heading(struct import *import, struct error *error)
{
	struct import_summary *summary = import->summary;
	struct source_row heading;
	struct text saved = { 0 };

	if (!import_read_heading(import, &heading, error))
		return false;
	keep_facts(import);
	if (!import_map_heading(import, &heading, error))
		return error_prefix(error, "%s: ", summary->file);
	for (size_t i = 0; import->orders != NULL && i < import->mapping.column_count; i++)
		if (import->orders[i] != DATE_ORDER_NONE)
			import->mapping.columns[i].order = import->orders[i];
	refusal_returns_open(&import->returns, &import->mapping);
	import->heading = import_row_line(import, &heading, &summary->arena);
	mapping_save(&import->mapping, &saved);
	summary->mapping = arena_text(&summary->arena, text_words(&saved));
	text_free(&saved);
	for (size_t i = 0; i < import->mapping.notice_count; i++)
		import_notice(summary, "%s", import->mapping.notices[i]);
	note_nested(import);
	return import_read_key(import, error) && load_makes_if_paired(import, error);
}

/* What the rows need, now that the mapping is known. */
static void
prepare(struct import *import)
{
	const struct mapping *mapping = &import->mapping;
	struct record *record = record_new(&import->mapping.arena, import->entity->kind);

	import->initial_values = record->values;
	import->uprn_field = import->missed_field = -1;
	for (int i = 0; i < import->entity->field_count; i++)
		if (strcmp(import->entity->fields[i].name, "missed_on") == 0)
			import->missed_field = i;
	for (size_t i = 0; i < mapping->own_slot_count; i++) {
		import->match_fields[i] = mapping->slots[i].target.field;
		import->names_itself |= mapping->slots[i].field->target == import->entity->kind;
		if (mapping->slots[i].field->type == FIELD_UPRN)
			import->uprn_field = mapping->slots[i].target.field;
	}
}

static bool
open_match(struct import *import, struct error *error)
{
	struct store *store = import->session->store;
	int fields[ENTITY_FIELDS_MAX];

	import->match = match_open(store, import->entity->kind, error);
	import->amend = amend_open(store, import->entity->kind);
	if (import->match == NULL || !match_is_empty(import->match, &import->was_empty, error) ||
	    !match_choose(import->match, import->match_fields, (int)import->mapping.own_slot_count,
			  import->missed_field, error))
		return false;
	if (!import->by_fields)
		return true;
	for (int i = 0; i < import->match_count; i++)
		fields[i] = import->match_fields[import->match_slots[i]];
	import->agree = agree_open(store, import->entity->kind, fields, import->match_count,
				   import->match_least, error);
	return import->agree != NULL;
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
		if (import->summary->rows % IMPORT_STEP == 0)
			progress_count(import->session->progress, import->summary->rows);
		if (import->summary->rows % IMPORT_STEP == 0 &&
		    !progress_step(import->session->progress, what, ahead_done(import->ahead),
				   reader_size(import->reader)))
			return error_set(error, ERROR_CANCELLED, "Stopped. Nothing was changed.");
		if (!ahead_next(import->ahead, &row, &more, error))
			return false;
		if (!more)
			return bulk_flush(import->bulk, error);
		if (!import_take_row(import, &row, error))
			return false;
	}
}

/* What the reader knows at the end of the file: only there its encoding is certain. */
static void
note_reader(struct import *import)
{
	size_t count;
	const char *const *notices = reader_notices(import->reader, &count);

	keep_facts(import);
	for (size_t i = 0; i < count; i++)
		import_notice(import->summary, "%s", notices[i]);
}

static bool
close_bulk(struct import *import, struct error *error)
{
	struct bulk *bulk = import->bulk;

	import->bulk = NULL;
	return bulk == NULL || bulk_close(bulk, error);
}

/* The same rows come when all that was found out of the file is said. */
static struct reader_options
read_as_before(const struct import *import)
{
	const struct import_summary *summary = import->summary;
	struct reader_options reading = import->reading;
	struct error ignored;

	reading.recognise = NULL;
	reading.read_before = true;
	reading.heading_line = summary->heading_line;
	reading.encoding = summary->encoding;
	reading.sheet = summary->sheet;
	if (summary->delimiter != NULL)
		reading.delimiter = delimiter_find(summary->delimiter, &ignored);
	return reading;
}

/* While the indexes are built, another thread fetches the rows that are refused after all. */
static bool
settle_rows(struct import *import, struct error *error)
{
	const struct reader_options reading = read_as_before(import);
	struct import_ids wanted = { 0 };
	struct recall *recall = NULL;
	bool done = import_withdraw(import, &wanted, error);

	import_drop_questions(import);
	if (done && import->lost_count > 0)
		recall = recall_open(import->options->path, &reading, wanted.ids, wanted.count);
	done = done && close_bulk(import, error) &&
	       (recall == NULL || import_refuse_withdrawn(import, recall, &wanted, error)) &&
	       import_tell_made(import, error);
	recall_close(recall);
	free(wanted.ids);
	return done;
}

static bool
close_agree(struct import *import, struct error *error)
{
	struct agree *agree = import->agree;

	import->agree = NULL;
	return agree_close(agree, error);
}

/*
 * Reads all rows into the entry that is open; *again when the file must be read once more, in the
 * orders then known.
 */
static bool
run_rows(struct import *import, enum date_order *orders, bool *again, struct error *error)
{
	const struct import_summary *summary = import->summary;

	prepare(import);
	if (!open_match(import, error) || !read_rows(import, error) ||
	    !import_learn_orders(import, orders, again, error))
		return false;
	if (*again)
		return true;
	import_note_tally(import);
	ahead_close(import->ahead);
	import->ahead = NULL;
	note_reader(import);
	if (!import_take_aside(import, error) || !settle_rows(import, error) ||
	    !close_agree(import, error))
		return false;
	import_note_kept(import);
	assert(summary->rows ==
	       summary->new_rows + summary->changed + summary->same + summary->refused);
	return import_finish(import, error);
}

/* What an import that fails after all had written: the number of its source will be another's. */
static void
remove_files(const struct import_options *options)
{
	if (options->changes != NULL)
		remove(options->changes);
	if (options->refusals != NULL)
		remove(options->refusals);
}

/*
 * Before the commit: when a file cannot be written, nothing is imported. Without refused rows
 * theirs has a heading only.
 */
static bool
write_files(struct import *import, struct error *error)
{
	const struct import_options *options = import->options;

	if (!import_changes_close(import, error))
		return false;
	if (options->refusals == NULL ||
	    import_refusals_write(import->summary, import->heading, options->refusals, error))
		return true;
	if (options->changes != NULL)
		remove(options->changes);
	return false;
}

/* An entry is only left behind when it says something: the same file again says nothing. */
static bool
is_worth_keeping(const struct import *import)
{
	const struct import_summary *summary = import->summary;

	if (import->options->mending != NULL)
		return import_row_is_mended(summary);
	return !summary->dry_run &&
	       (summary->mended > 0 || summary->new_rows > 0 || summary->changed > 0 ||
		summary->questions > 0 || summary->missed > 0 ||
		(summary->refused > 0 && !import->refused_before));
}

static bool
refuse_all(struct import *import, struct error *error)
{
	const struct import_summary *summary = import->summary;
	const struct import_refusal *first = &summary->refusals[0];
	char refused[TEXT_NUMBER_SIZE], rows[TEXT_NUMBER_SIZE];

	return error_set(error, ERROR_INVALID,
			 "%s: %s of %s rows would be refused, and --all-or-nothing takes all of "
			 "them or none. Nothing was changed. %srow %lld (%s %lld): %.300s.",
			 summary->file, text_number(summary->refused, refused),
			 text_number(summary->rows, rows),
			 summary->refused == 1 ? "It is " : "The first is ", (long long)first->row,
			 reader_line_word(summary->format), (long long)first->line, first->reason);
}

static bool
end_entry(struct import *import, struct error *error)
{
	struct import_summary *summary = import->summary;
	bool all_refused = import->options->all_or_nothing && summary->refused > 0;

	summary->recorded = is_worth_keeping(import) && !all_refused;
	if (!write_files(import, error))
		return false;
	summary->given_up = all_refused;
	if (all_refused && !summary->dry_run)
		return refuse_all(import, error);
	if (all_refused)
		import_notice(summary, "With --all-or-nothing none of the rows would be taken, "
				       "because some are refused.");
	if (!summary->recorded) {
		store_entry_rollback(import->session->store);
		return true;
	}
	if (store_entry_commit(import->session->store, error))
		return true;
	remove_files(import->options);
	return false;
}

/* An entry that is to be begun again, or has failed, leaves nothing. */
static bool
run_entry(struct import *import, enum date_order *orders, bool *again, struct error *error)
{
	struct store *store = import->session->store;
	const char *what = arena_format(&import->summary->arena, "Imported %s",
					import->summary->file);
	struct entry entry = session_entry(import->session, ENTRY_KIND_IMPORT, what,
					   import->options->why);
	bool done = import_changes_open(import, error) && store_entry_begin(store, &entry, error);

	if (!done)
		return false;
	done = run_rows(import, orders, again, error) && (*again || end_entry(import, error));
	if (!done || *again)
		store_entry_rollback(store);
	return done;
}

/* One reading of the file. */
static bool
run_once(struct import *import, enum date_order *orders, bool *again, struct error *error)
{
	bool nothing_to_do = false;

	if (!import_open(import, error) || !read_heading(import, error) ||
	    !import_find_before(import, &nothing_to_do, error))
		return false;
	return nothing_to_do ||
	       (import_keep_copy(import, error) && run_entry(import, orders, again, error));
}

static void
begin_summary(const struct import_options *options, struct import_summary *summary)
{
	const char *path = options->mending != NULL ? options->mending->what : options->path;
	const char *slash = strrchr(path, '/');
	struct text name = { 0 };

	text_for_screen(&name, slash != NULL ? slash + 1 : path, -1);
	summary->file = arena_text(&summary->arena, text_words(&name));
	text_free(&name);
	summary->entity = options->entity;
	summary->dry_run = options->dry_run;
}

/* A run that learned too late leaves nothing but the copy of the register. */
static void
begin_again(const struct import_options *options, struct import_summary *summary)
{
	struct arena arena = { 0 };
	const char *copy = arena_text(&arena, summary->copy);

	import_summary_free(summary);
	begin_summary(options, summary);
	summary->copy = arena_text(&summary->arena, copy);
	arena_free(&arena);
	if (options->listener.forget != NULL)
		options->listener.forget(options->listener.context);
}

/* The marking of absent records needs somewhere to put the mark. */
static bool
check_options(const struct import_options *options, struct error *error)
{
	if (options->absent_marked && field_find(options->entity->fields, "missed_on") == NULL)
		return error_set(error, ERROR_USAGE,
				 "--absent mark is for devices: %s have nowhere to note that a "
				 "file does not mention them. Nothing was changed.",
				 options->entity->plural);
	if (options->key_least < 0 || (options->key_least > 0 && options->key == NULL))
		return error_set(error, ERROR_USAGE,
				 "--key-least says how many of the fields of --key must agree: "
				 "give both. Nothing was changed.");
	return true;
}

bool
import_run(struct session *session, const struct import_options *options,
	   struct import_summary *summary, struct error *error)
{
	enum date_order orders[ROW_CELLS_MAX] = { DATE_ORDER_NONE };
	bool again = true, done = check_options(options, error) &&
				  import_check_paths(options, store_path(session->store), error);

	begin_summary(options, summary);
	for (int run = 0; done && again && run < RUNS_MAX; run++) {
		struct import import = {
			.session = session, .options = options, .summary = summary, .orders = orders
		};

		if (run > 0)
			begin_again(options, summary);
		again = false;
		done = run_once(&import, orders, &again, error);
		import_free(&import);
	}
	if (done && again)
		done = error_set(error, ERROR_INVALID,
				 "%s was read %d times, and each time its dates proved another "
				 "order of day and month. Nothing was changed; say with --dates "
				 "which comes first.",
				 summary->file, RUNS_MAX);
	import_settle_copy(session->store, summary, done);
	return done;
}
