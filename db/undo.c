/* SPDX-License-Identifier: MIT */
/*
 * Taking an entry back.  Its changes go back one by one, each only if the field still holds what
 * the entry put there; the records that it made go to the bin, whole.  What was done since stands
 * in the way, and then nothing is undone; or it is left, and everything else goes back: the work of
 * an import, days later.
 */
#include "db/undo.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/choice.h"
#include "db/history_internal.h"

void
undo_add_line(struct reversal *reversal, const char *format, ...)
{
	char line[256];
	va_list arguments;

	if (reversal->undone->left++ >= UNDO_LINES)
		return;
	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	text_format(&reversal->undone->lines, "%s\n", line);
}

bool
undo_concerns(const struct entity *entity)
{
	return entity->kind != ENTITY_ENTRY && entity->kind != ENTITY_CHANGE &&
	       (entity->flags & ENTITY_DERIVED) == 0;
}

bool
undo_run(struct reversal *reversal, struct text *sql, int64_t first, int64_t second)
{
	sqlite3_stmt *statement;
	bool done;

	if (!store_prepare(reversal->store, text_words(sql), &statement, reversal->error))
		return false;
	sqlite3_bind_int64(statement, 1, first);
	if (sqlite3_bind_parameter_count(statement) > 1)
		sqlite3_bind_int64(statement, 2, second);
	done = store_step(reversal->store, statement, reversal->error);
	sqlite3_finalize(statement);
	text_clear(sql);
	return done;
}

bool
undo_step(struct reversal *reversal, const char *what, int64_t done, int64_t total)
{
	return progress_step(reversal->store->progress, what, done, total) ||
	       error_set(reversal->error, ERROR_CANCELLED, "Stopped. Nothing was changed.");
}

/* A register of another hand may hold another word: such an entry is a command like any other. */
static enum entry_kind
kind_named(const char *word)
{
	const struct choice *choice = choice_find(entry_kinds, word != NULL ? word : "");

	return choice != NULL ? (enum entry_kind)(choice - entry_kinds) : ENTRY_KIND_COMMAND;
}

/* What an entry is, and whether it is undone now. */
static bool
read_state(struct store *store, struct entry_id id, enum entry_kind *kind, struct entry_id *undoes,
	   bool *undone, struct error *error)
{
	sqlite3_stmt *statement = store_statement(store, ENTRY_READ, error);
	int found;

	if (statement == NULL)
		return false;
	bind_integer(statement, ":id", id.value);
	found = sqlite3_step(statement);
	if (found == SQLITE_ROW) {
		*kind = kind_named((const char *)sqlite3_column_text(statement, 0));
		undoes->value = sqlite3_column_int64(statement, 1);
		*undone = sqlite3_column_int(statement, 2) != 0;
	}
	if (found != SQLITE_ROW && found != SQLITE_DONE)
		store_failed(store, error);
	sqlite3_reset(statement);
	if (found != SQLITE_DONE)
		return found == SQLITE_ROW;
	return error_set(error, ERROR_NOT_FOUND, "There is no entry %lld in the history.",
			 (long long)id.value);
}

bool
store_entry_is_undone(struct store *store, struct entry_id id, bool *undone, struct error *error)
{
	struct entry_id undoes;
	enum entry_kind kind;

	return read_state(store, id, &kind, &undoes, undone, error);
}

/* Why the entry cannot be taken back, or done again, because of what was changed since. */
static bool
refuse(struct reversal *reversal, const char *act)
{
	return error_set(reversal->error, ERROR_CONFLICT,
			 "Entry %lld cannot be %s: %s since, and that would be lost. Nothing was "
			 "changed.",
			 (long long)reversal->of.value, act,
			 text_count(&reversal->arena, reversal->undone->left, "row was changed",
				    "rows were changed"));
}

/* Something must be left that goes back; the history says what did not. */
static bool
judge_left(struct reversal *reversal, const struct entry *entry)
{
	const struct undone *undone = reversal->undone;

	if (undone->left == 0)
		return true;
	if (undone->records == 0 && undone->values == 0)
		return error_set(reversal->error, ERROR_CONFLICT,
				 "Nothing of entry %lld can be undone: all of it was changed "
				 "since. Nothing was changed.",
				 (long long)reversal->of.value);
	return store_entry_describe(reversal->store,
				    arena_format(&reversal->arena, "%s; %s", entry->what,
						 text_count(&reversal->arena, undone->left,
							    "record left as it is",
							    "records left as they are")),
				    reversal->error);
}

/* Ends the reversal: commits it, or drops it all with what stood in its way. */
static bool
finish(struct reversal *reversal, const struct entry *entry, bool done, bool dry_run,
       const char *act)
{
	if (done && reversal->undone->left > UNDO_LINES)
		text_format(&reversal->undone->lines, "and %lld more\n",
			    (long long)(reversal->undone->left - UNDO_LINES));
	if (done && reversal->undone->left > 0 && !reversal->leave)
		done = refuse(reversal, act);
	done = done && judge_left(reversal, entry) && left_end(reversal);
	if (done && !dry_run)
		done = store_entry_commit(reversal->store, reversal->error);
	else
		store_entry_rollback(reversal->store);
	arena_free(&reversal->arena);
	return done;
}

static bool
begin(struct reversal *reversal, const struct entry *entry, struct entry_id undoes)
{
	/* References between records that come or go together are judged at the end. */
	return history_begin(reversal->store, entry, undoes, reversal->error) &&
	       store_run(reversal->store, "PRAGMA defer_foreign_keys = ON", reversal->error) &&
	       left_begin(reversal);
}

static bool
check_undoable(struct store *store, struct entry_id id, struct error *error)
{
	struct entry_id undoes;
	enum entry_kind kind;
	bool undone;

	if (!read_state(store, id, &kind, &undoes, &undone, error))
		return false;
	if (kind == ENTRY_KIND_UNDO || kind == ENTRY_KIND_REDO)
		return error_set(error, ERROR_CONFLICT,
				 "Entry %lld is itself an undo or a redo; name the entry that did "
				 "the work, or use redo.",
				 (long long)id.value);
	return !undone || error_set(error, ERROR_CONFLICT, "Entry %lld is undone already.",
				    (long long)id.value);
}

bool
store_undo(struct store *store, struct entry_id id, const struct entry *entry,
	   struct undone *undone, struct error *error)
{
	struct reversal reversal = { .store = store, .of = id, .undone = undone, .error = error };
	bool done;

	*undone = (struct undone){ 0 };
	if (!check_undoable(store, id, error))
		return false;
	done = begin(&reversal, entry, id) && undo_changes(&reversal, id) &&
	       bin_find_conflicts(&reversal) && (undone->left > 0 || bin_made(&reversal));
	return finish(&reversal, entry, done, false, "undone");
}

bool
store_undo_leaving(struct store *store, struct entry_id id, const struct entry *entry, bool dry_run,
		   struct undone *undone, struct error *error)
{
	struct reversal reversal = {
		.store = store, .of = id, .leave = true, .undone = undone, .error = error
	};
	bool done;

	*undone = (struct undone){ 0 };
	if (!check_undoable(store, id, error))
		return false;
	done = begin(&reversal, entry, id) && left_find_changed(&reversal) &&
	       undo_changes(&reversal, id) && left_find_needed(&reversal) && left_list(&reversal) &&
	       bin_made(&reversal);
	return finish(&reversal, entry, done, dry_run, "undone");
}

bool
store_redo(struct store *store, struct entry_id id, const struct entry *entry,
	   struct undone *undone, struct error *error)
{
	struct reversal reversal = { .store = store, .undone = undone, .error = error };
	enum entry_kind kind;
	bool done_again;

	*undone = (struct undone){ 0 };
	if (!read_state(store, id, &kind, &reversal.of, &done_again, error))
		return false;
	if (kind != ENTRY_KIND_UNDO)
		return error_set(error, ERROR_CONFLICT,
				 "Entry %lld is not an undo, so there is nothing to do again.",
				 (long long)id.value);
	if (done_again)
		return error_set(error, ERROR_CONFLICT, "Entry %lld was done again already.",
				 (long long)id.value);
	return finish(&reversal, entry, begin(&reversal, entry, id) && bin_restore(&reversal, id) &&
		      undo_changes(&reversal, id), false, "done again");
}
