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
	{ "entry", OPERAND_WORD, OPERAND_SELECTION, "ENTRY",
	  "its number in the history; the newest when left out", NULL },
	{ "leave-changed", OPERAND_FLAG, 0, NULL,
	  "leave what was changed since as it is and undo the rest, as the undo of an import does",
	  NULL },
	{ "dry-run", OPERAND_FLAG, 0, NULL, "say what would be left, and change nothing", NULL },
	{ "why", OPERAND_OPTION, 0, "TEXT", "the reason, for the history", NULL },
	{ 0 }
};

const struct operand redo_operands[] = {
	{ "entry", OPERAND_WORD, OPERAND_SELECTION, "ENTRY",
	  "the number of the undo; the newest when left out", NULL },
	{ "why", OPERAND_OPTION, 0, "TEXT", "the reason, for the history", NULL },
	{ 0 }
};

/* The last line of a record's story: the entry that made it, as a change from nothing. */
static bool
write_birth(struct session *session, const struct record *record, struct output *output,
	    struct error *error)
{
	struct arena arena = { 0 };
	struct record_id id = { ENTITY_ENTRY, 0 };
	struct entry_id entry;
	const struct record *birth;
	bool written;

	if (!store_created(session->store, record->id, &entry, error))
		return false;
	/* Settings and milestones come with the register: no entry made them. */
	if (entry.value == 0)
		return true;
	id.value = entry.value;
	birth = store_read(session->store, id, session->today, &arena, error);
	written = birth != NULL;
	if (written) {
		const char *values[] = { birth->values[ENTRY_number],
					 birth->values[ENTRY_at],
					 birth->values[ENTRY_who],
					 "(made)",
					 NULL,
					 birth->values[ENTRY_what],
					 birth->values[ENTRY_why] };

		written = output_row(output, values, error);
	}
	arena_free(&arena);
	return written;
}

bool
history_of_record(struct session *session, const struct record *record, struct reply *reply,
		  const char *format, struct error *error)
{
	struct arena arena = { 0 };
	char filter[96];
	struct query *query;
	struct output *output = NULL;
	bool written;

	snprintf(filter, sizeof filter, "entity=%s record_id=%" PRId64, record->entity->name,
		 record->id.value);
	query = view_query(session, view_named("changes"), "entry,at,who,field,old,new,why", filter,
			   NULL, &arena, error);
	if (query != NULL)
		output = output_open(session, reply, format,
				     arena_format(&arena, "History of %s %s", record->entity->name,
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
	struct query *query = view_query(session, view_named("history"), NULL, NULL, NULL, &arena,
					 error);
	bool written = query != NULL &&
		       output_query(session, reply, format, "History", query, error);

	arena_free(&arena);
	return written;
}

bool
command_history(struct session *session, const struct request *request, struct reply *reply,
		struct error *error)
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
		return error_set(error, ERROR_USAGE, "Say which %s: terrier history %s KEY.", word,
				 word);
	entity = record_entity(word, 0, error);
	record = entity == NULL ? NULL
				: store_find(session->store, entity->kind, key, session->today,
					     &arena, error);
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
		return error_set(error, ERROR_USAGE,
				 "One entry at a time: later ones may rest on earlier ones. Choose "
				 "one.");
	if (request->selection_count == 1) {
		id->value = request->selection[0].value;
		return true;
	}
	if (number != NULL) {
		id->value = strtoll(number, &end, 10);
		return (*end == '\0' && id->value > 0) ||
		       error_set(error, ERROR_USAGE,
				 "'%s' is no number of an entry. terrier history lists them.",
				 number);
	}
	if (!(undo ? store_entry_undoable(session->store, id, error)
		   : store_entry_redoable(session->store, id, error)))
		return false;
	return id->value != 0 || error_set(error, ERROR_NOT_FOUND, "There is nothing to %s.",
					   undo ? "undo" : "do again");
}

/* The entry that does the work of an undo or redo: itself, or the one that an undo took back. */
static const struct record *
working_entry(struct session *session, struct entry_id id, struct arena *arena, struct error *error)
{
	struct record_id record = { ENTITY_ENTRY, id.value };
	const struct record *entry = store_read(session->store, record, session->today, arena,
						error);

	if (entry == NULL || entry->values[ENTRY_undoes] == NULL)
		return entry;
	record.value = strtoll(entry->values[ENTRY_undoes], NULL, 10);
	return store_read(session->store, record, session->today, arena, error);
}

/* What is undone, or done again, as a person asked for it. */
struct reversing {
	struct session *session;
	const struct request *request;
	struct reply *reply;
	struct entry_id id;
	const struct record *work;	/* the entry that did the work */
	struct undone undone;
	struct arena arena;
};

/*
 * The undo of an import leaves what was changed since: that is days later, and the rest must go
 * back all the same.
 */
static bool
leaves_changed(const struct reversing *reversing)
{
	return request_has(reversing->request, "leave-changed") ||
	       strcmp(reversing->work->values[ENTRY_kind], "import") == 0;
}

static void
say_plan(struct reversing *reversing, struct text *words)
{
	struct arena *arena = &reversing->arena;

	text_format(words,
		    "Undoing entry %s (%s) takes out %s and puts back %s. Nothing was changed "
		    "yet.\n",
		    record_key(reversing->work), reversing->work->values[ENTRY_what],
		    text_count(arena, reversing->undone.records, "record", "records"),
		    text_count(arena, reversing->undone.values, "value", "values"));
}

static void
say_left(const struct reversing *reversing, bool dry_run, struct text *words)
{
	const char *heading = "Left as it is:";

	if (dry_run && leaves_changed(reversing))
		heading = "This stays as it is:";
	else if (dry_run)
		heading = "So it is refused; with --leave-changed all but this is undone:";
	if (reversing->undone.left > 0)
		text_format(words, "%s\n%s", heading, text_words(&reversing->undone.lines));
}

static bool
undo(struct reversing *reversing, const char *what, struct error *error)
{
	struct session *session = reversing->session;
	struct entry entry = session_entry(session, ENTRY_KIND_UNDO, what,
					   request_value(reversing->request, "why"));
	bool dry_run = request_has(reversing->request, "dry-run");
	bool whole = !dry_run && !leaves_changed(reversing);
	struct text *words = &reversing->reply->words;

	if (whole ? !store_undo(session->store, reversing->id, &entry, &reversing->undone, error)
		  : !store_undo_leaving(session->store, reversing->id, &entry, dry_run,
					&reversing->undone, error))
		return false;
	if (dry_run)
		say_plan(reversing, words);
	else
		text_format(words, "%s.\n", what);
	say_left(reversing, dry_run, words);
	return true;
}

static bool
redo(struct reversing *reversing, const char *what, struct error *error)
{
	struct session *session = reversing->session;
	struct entry entry = session_entry(session, ENTRY_KIND_REDO, what,
					   request_value(reversing->request, "why"));

	if (!store_redo(session->store, reversing->id, &entry, &reversing->undone, error))
		return false;
	text_format(&reversing->reply->words, "%s.\n", what);
	return true;
}

/* What stood in the way is told when nothing was done. */
static bool
reverse(struct session *session, const struct request *request, struct reply *reply, bool back,
	struct error *error)
{
	struct reversing reversing = { .session = session, .request = request, .reply = reply };
	bool done = choose_entry(session, request, back, &reversing.id, error);

	reversing.work = done ? working_entry(session, reversing.id, &reversing.arena, error)
			      : NULL;
	done = reversing.work != NULL;
	if (done) {
		const char *what = arena_format(&reversing.arena, "%s entry %s: %s",
						back ? "Undo" : "Redo", record_key(reversing.work),
						reversing.work->values[ENTRY_what]);

		done = back ? undo(&reversing, what, error) : redo(&reversing, what, error);
		if (!done)
			text_append(&reply->words, text_words(&reversing.undone.lines));
	}
	text_free(&reversing.undone.lines);
	arena_free(&reversing.arena);
	return done;
}

bool
command_undo(struct session *session, const struct request *request, struct reply *reply,
	     struct error *error)
{
	return reverse(session, request, reply, true, error);
}

bool
command_redo(struct session *session, const struct request *request, struct reply *reply,
	     struct error *error)
{
	return reverse(session, request, reply, false, error);
}
