/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include "export/file.h"
#include "core/guard.h"

/*
 * What an import tells of what it does: to whoever listens (the preview of the screens), and to the file of --changes.
 */

const char *const import_outcome_words[IMPORT_OUTCOME_COUNT] = {
	[IMPORT_NEW] = "new", [IMPORT_CHANGED] = "changed", [IMPORT_SAME] = "same", [IMPORT_REFUSED] = "refused",
	[IMPORT_ABSENT] = "absent", [IMPORT_SKIPPED] = "skipped", [IMPORT_CREATED] = "created",
	[IMPORT_QUESTION] = "question",
};

static const char changes_heading[] = "outcome,row,line,entity,key,field,old,new,reason\r\n";

bool
import_is_heard(const struct import *import)
{
	return import->options->listener.tell != NULL || import->changes.open;
}

static void
append_number(struct text *line, int64_t number)
{
	text_append(line, ",");
	if (number > 0)
		text_format(line, "%lld", (long long)number);
}

static void
append_words(struct text *line, const char *words)
{
	text_append(line, ",");
	if (words != NULL)
		guard_append_cell(line, words, guard_is_needed(words));
}

/* A failure is kept until the import can stop: whoever tells cannot. */
static void
write_change(struct import *import, const struct import_detail *detail)
{
	struct text line = { 0 };

	text_append(&line, import_outcome_words[detail->outcome]);
	append_number(&line, detail->row);
	append_number(&line, detail->line);
	append_words(&line, detail->entity);
	append_words(&line, detail->key);
	append_words(&line, detail->field);
	append_words(&line, detail->old);
	append_words(&line, detail->new);
	append_words(&line, detail->reason);
	text_append(&line, "\r\n");
	if (!file_write(&import->changes, line.bytes, line.length, &import->changes_error))
		file_abandon(&import->changes);
	text_free(&line);
}

void
import_tell(struct import *import, const struct import_detail *detail)
{
	const struct import_listener *listener = &import->options->listener;
	struct import_detail told = *detail;

	if (told.entity == NULL)
		told.entity = import->entity->name;
	if (listener->tell != NULL)
		listener->tell(listener->context, &told);
	if (import->changes.open)
		write_change(import, &told);
}

void
import_tell_row(struct import *import, enum import_outcome outcome, const char *key)
{
	if (import_is_heard(import))
		import_tell(import, &(struct import_detail){ .outcome = outcome, .row = import->row->number,
							    .line = import->row->line, .key = key });
}

bool
import_changes_open(struct import *import, struct error *error)
{
	const char *path = import->options->changes;

	if (path == NULL)
		return true;
	if (!file_create(&import->changes, path, false, error))
		return error->kind == ERROR_CONFLICT ?
			error_set(error, ERROR_CONFLICT, "'%.400s' exists and was left alone: give another name for the list of "
				  "changes. Nothing was changed.", path) : false;
	return file_write(&import->changes, changes_heading, sizeof changes_heading - 1, error);
}

bool
import_changes_close(struct import *import, struct error *error)
{
	if (import->options->changes == NULL)
		return true;
	if (import->changes.open)
		return file_commit(&import->changes, error);
	*error = import->changes_error;
	return false;
}
