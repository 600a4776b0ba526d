/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands/changes.h"
#include "core/guard.h"
#include "core/memory.h"
#include "export/file.h"

enum { PIECE_SIZE = 64 * 1024 };

/*
 * What an import tells of what it does: to whoever listens (the preview of the screens), and to the
 * file of --changes.
 */

const char *const import_outcome_words[IMPORT_OUTCOME_COUNT] = {
	[IMPORT_NEW] = "new",         [IMPORT_CHANGED] = "changed",   [IMPORT_SAME] = "same",
	[IMPORT_REFUSED] = "refused", [IMPORT_ABSENT] = "absent",     [IMPORT_SKIPPED] = "skipped",
	[IMPORT_CREATED] = "created", [IMPORT_QUESTION] = "question",
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
		import_tell(import, &(struct import_detail){ .outcome = outcome,
							     .row = import->row->number,
							     .line = import->row->line,
							     .key = key });
}

void
import_note_made(struct import *import, struct record_id id, const char *key)
{
	import->made = memory_grow(import->made, &import->made_room, import->made_count + 1,
				   sizeof *import->made);
	import->made[import->made_count++] = (struct import_made){
		.id = id,
		.key = arena_text(&import->summary->arena, key),
		.row = import->row->number,
		.line = import->row->line,
	};
}

bool
import_tell_made(struct import *import, struct error *error)
{
	for (size_t i = 0; i < import->made_count; i++) {
		const struct import_made *made = &import->made[i];
		const char *key = made->key;

		arena_reset(&import->arena);
		if (import->lost_count > 0 &&
		    !match_key_of(import->session->store, made->id.kind, made->id.value,
				  &import->arena, &key, error))
			return false;
		if (*key != '\0')
			import_tell(import,
				    &(struct import_detail){ .outcome = IMPORT_CREATED,
							     .row = made->row,
							     .line = made->line,
							     .entity = entities[made->id.kind].name,
							     .key = made->key });
	}
	return true;
}

bool
import_changes_open(struct import *import, struct error *error)
{
	return changes_open(&import->changes, import->options->changes, changes_heading, error);
}

/*
 * Whether a line of the changes is about a row that was refused after all, and says something else
 * of it.
 */
static bool
is_taken_back(const struct import_set *refused, const char *line)
{
	static const enum import_outcome stay[] = { IMPORT_REFUSED, IMPORT_ABSENT, IMPORT_SKIPPED,
						    IMPORT_CREATED };
	size_t size = strcspn(line, ",");
	int64_t row = strtoll(line + size + 1, NULL, 10);

	for (size_t i = 0; i < sizeof stay / sizeof stay[0]; i++)
		if (strncmp(line, import_outcome_words[stay[i]], size) == 0)
			return false;
	return import_set_has(refused, row);
}

/* Copies the lines that still hold. A line end in quotes is none. */
static bool
sift_changes(struct import *import, const struct import_set *refused, struct file *kept,
	     struct error *error)
{
	char *piece = memory_alloc(PIECE_SIZE);
	struct text line = { 0 };
	ssize_t size = lseek(import->changes.descriptor, 0, SEEK_SET);
	bool quoted = false, done = true;

	while (done && size >= 0 &&
	       (size = read(import->changes.descriptor, piece, PIECE_SIZE)) > 0)
		for (ssize_t i = 0; done && i < size; i++) {
			text_append_bytes(&line, &piece[i], 1);
			quoted = quoted != (piece[i] == '"');
			if (piece[i] != '\n' || quoted)
				continue;
			done = is_taken_back(refused, text_words(&line)) ||
			       file_write(kept, line.bytes, line.length, error);
			text_clear(&line);
		}
	done = done && (size == 0 || file_failed(kept->path, errno, error));
	text_free(&line);
	free(piece);
	return done;
}

/* Rows are told as they are read; those that were taken back are told as refused alone. */
static bool
drop_taken_back(struct import *import, struct error *error)
{
	struct import_set refused = { 0 };
	struct file kept = { 0 };
	bool done = file_create(&kept, import->options->changes, false, error);

	for (int64_t i = 0; i < import->summary->refused; i++)
		import_set_add(&refused, import->summary->refusals[i].row);
	done = done && sift_changes(import, &refused, &kept, error);
	file_abandon(done ? &import->changes : &kept);
	if (done)
		import->changes = kept;
	free(refused.bits);
	return done;
}

bool
import_changes_close(struct import *import, struct error *error)
{
	if (import->options->changes == NULL)
		return true;
	if (import->changes.open && import->lost_count > 0 && !drop_taken_back(import, error))
		return false;
	if (import->changes.open)
		return file_commit(&import->changes, error);
	*error = import->changes_error;
	return false;
}
