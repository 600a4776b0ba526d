/* SPDX-License-Identifier: MIT */
#include "commands/history.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/output.h"
#include "commands/record.h"
#include "commands/view.h"
#include "db/query.h"
#include "db/record.h"

const struct operand history_operands[] = {
	{ "entity", OPERAND_WORD,   0, "ENTITY", "only of one record: what sort it is", NULL },
	{ "key",    OPERAND_WORD,   0, "KEY",    "and which one", NULL },
	{ "format", OPERAND_OPTION, 0, "FORMAT", "how to print it", output_formats },
	{ 0 }
};

const struct operand undo_operands[] = {
	{ "entry", OPERAND_WORD,   OPERAND_SELECTION, "ENTRY", "its number in the history; the newest when left out", NULL },
	{ "why",   OPERAND_OPTION, 0,                 "TEXT",  "the reason, for the history", NULL },
	{ 0 }
};

const struct operand redo_operands[] = {
	{ "entry", OPERAND_WORD,   OPERAND_SELECTION, "ENTRY", "the number of the undo; the newest when left out", NULL },
	{ "why",   OPERAND_OPTION, 0,                 "TEXT",  "the reason, for the history", NULL },
	{ 0 }
};

/* The last line of a record's story: the entry that made it, as a change from nothing. */
static bool
write_birth(struct session *session, const struct record *record, struct output *output, struct error *error)
{
	struct arena arena = { 0 };
	struct record_id id = { ENTITY_ENTRY, 0 };
	struct entry_id entry;
	const struct record *birth;
	bool written;

	if (!store_created(session->store, record->id, &entry, error))
		return false;
	id.value = entry.value;
	birth = store_read(session->store, id, session->today, &arena, error);
	written = birth != NULL;
	if (written) {
		const char *values[] = { birth->values[ENTRY_number], birth->values[ENTRY_at], birth->values[ENTRY_who],
					 "(made)", NULL, birth->values[ENTRY_what], birth->values[ENTRY_why] };

		written = output_row(output, values, error);
	}
	arena_free(&arena);
	return written;
}

bool
history_of_record(struct session *session, const struct record *record, struct reply *reply, const char *format,
		  struct error *error)
{
	struct arena arena = { 0 };
	char filter[96];
	struct query *query;
	struct output *output = NULL;
	bool written;

	snprintf(filter, sizeof filter, "entity=%s record_id=%" PRId64, record->entity->name, record->id.value);
	query = view_query(session, view_named("changes"), "entry,at,who,field,old,new,why", filter, NULL, &arena, error);
	if (query != NULL)
		output = output_open(session, reply, format, arena_format(&arena, "History of %s %s", record->entity->name,
									  record_key(record)),
				     query->fields, query->field_count, error);
	written = output != NULL && output_rows(output, session, query, error) &&
		write_birth(session, record, output, error);
	written = output_end(output, written, error);
	arena_free(&arena);
	return written;
}

static bool
print_entries(struct session *session, struct reply *reply, const char *format, struct error *error)
{
	struct arena arena = { 0 };
	struct query *query = view_query(session, view_named("history"), NULL, NULL, NULL, &arena, error);
	bool written = query != NULL && output_query(session, reply, format, "History", query, error);

	arena_free(&arena);
	return written;
}

bool
command_history(struct session *session, const struct request *request, struct reply *reply, struct error *error)
{
	const char *word = request_value(request, "entity"), *key = request_value(request, "key");
	const char *format = request_value(request, "format");
	const struct entity *entity;
	struct arena arena = { 0 };
	struct record *record;
	bool printed;

	if (word == NULL)
		return print_entries(session, reply, format, error);
	if (key == NULL)
		return error_set(error, ERROR_USAGE, "Say which %s: terrier history %s KEY.", word, word);
	entity = record_entity(word, ENTITY_EDITED, error);
	record = entity == NULL ? NULL : store_find(session->store, entity->kind, key, session->today, &arena, error);
	printed = record != NULL && history_of_record(session, record, reply, format, error);
	arena_free(&arena);
	return printed;
}

/* The entry that a person named, by number or by choosing it on the screen, or the newest one. */
static bool
choose_entry(struct session *session, const struct request *request, bool undo, struct entry_id *id,
	     struct error *error)
{
	const char *number = request_value(request, "entry");
	char *end;

	if (request->selection_count > 1)
		return error_set(error, ERROR_USAGE, "One entry at a time: later ones may rest on earlier ones. Choose one.");
	if (request->selection_count == 1) {
		id->value = request->selection[0].value;
		return true;
	}
	if (number != NULL) {
		id->value = strtoll(number, &end, 10);
		return (*end == '\0' && id->value > 0) ||
		       error_set(error, ERROR_USAGE, "'%s' is no number of an entry. terrier history lists them.", number);
	}
	if (!(undo ? store_entry_undoable(session->store, id, error) : store_entry_redoable(session->store, id, error)))
		return false;
	return id->value != 0 || error_set(error, ERROR_NOT_FOUND, "There is nothing to %s.", undo ? "undo" : "do again");
}

/* The entry that does the work of an undo or redo: itself, or the one that an undo took back. */
static const struct record *
working_entry(struct session *session, struct entry_id id, struct arena *arena, struct error *error)
{
	struct record_id record = { ENTITY_ENTRY, id.value };
	const struct record *entry = store_read(session->store, record, session->today, arena, error);

	if (entry == NULL || entry->values[ENTRY_undoes] == NULL)
		return entry;
	record.value = strtoll(entry->values[ENTRY_undoes], NULL, 10);
	return store_read(session->store, record, session->today, arena, error);
}

static bool
reverse(struct session *session, const struct request *request, struct reply *reply, bool undo, struct error *error)
{
	struct arena arena = { 0 };
	struct text conflicts = { 0 };
	struct entry_id id;
	const struct record *work;
	const char *what;
	struct entry entry;
	bool done;

	work = choose_entry(session, request, undo, &id, error) ? working_entry(session, id, &arena, error) : NULL;
	if (work == NULL) {
		arena_free(&arena);
		return false;
	}
	what = arena_format(&arena, "%s entry %s: %s", undo ? "Undo" : "Redo", record_key(work), work->values[ENTRY_what]);
	entry = session_entry(session, undo ? "undo" : "redo", what, request_value(request, "why"));
	done = undo ? store_undo(session->store, id, &entry, &conflicts, error) :
		store_redo(session->store, id, &entry, &conflicts, error);
	if (done)
		text_format(&reply->words, "%s.\n", what);
	else
		text_append(&reply->words, text_words(&conflicts));
	text_free(&conflicts);
	arena_free(&arena);
	return done;
}

bool
command_undo(struct session *session, const struct request *request, struct reply *reply, struct error *error)
{
	return reverse(session, request, reply, true, error);
}

bool
command_redo(struct session *session, const struct request *request, struct reply *reply, struct error *error)
{
	return reverse(session, request, reply, false, error);
}
