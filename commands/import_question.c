/* SPDX-License-Identifier: MIT */
#include "commands/import_run.h"

#include <inttypes.h>

#include "core/filter.h"
#include "core/memory.h"
#include "db/query.h"

/* What a person decided stands whatever a file says; where it says otherwise, a person is asked. */

/* What makes two questions the same. */
static const char *
identify(struct arena *arena, const char *entity, const char *record, const char *field,
	 const char *theirs)
{
	return arena_format(arena, "%s\n%s\n%s\n%s", entity, record, field,
			    theirs != NULL ? theirs : "");
}

static void
note_open(struct import *import, const char *const *values)
{
	struct arena arena = { 0 };
	bool added;

	map_add(&import->asked, identify(&arena, values[0], values[1], values[2], values[3]), 0,
		&added);
	arena_free(&arena);
}

/* The questions that wait for an answer already. */
static bool
load_asked(struct import *import, struct error *error)
{
	const struct entity *question = &entities[ENTITY_QUESTION];
	const struct field *fields[] = { &question->fields[QUESTION_entity],
					 &question->fields[QUESTION_record],
					 &question->fields[QUESTION_field],
					 &question->fields[QUESTION_theirs] };
	struct query query = { .entity = question,
			       .fields = fields,
			       .field_count = 4,
			       .today = import->session->today };
	struct arena arena = { 0 };
	struct cursor *cursor;
	bool done, more = true;
	struct row row;

	query.filter = filter_is(&arena, &question->fields[QUESTION_answer],
				 choice_initial(question_answers));
	cursor = query_open(import->session->store, &query, error);
	done = cursor != NULL;
	while (done && more) {
		done = cursor_next(cursor, &row, &more, error);
		if (done && more)
			note_open(import, row.values);
	}
	cursor_close(cursor);
	arena_free(&arena);
	import->asked_loaded = done;
	return done;
}

/* The same for whatever is said of the field: one line less, so that no question is it. */
static const char *
identify_field(struct import *import, const char *record, const struct field *field)
{
	return arena_format(&import->arena, "%s\n%s\n%s", import->entity->name, record,
			    field->name);
}

bool
import_has_asked(struct import *import, const char *record, const struct field *field,
		 const char *theirs)
{
	const int64_t *asked = map_find(&import->asked,
					identify(&import->arena, import->entity->name, record,
						 field->name, theirs));

	return asked != NULL && *asked != 0;
}

bool
import_has_asked_about(struct import *import, const char *record, const struct field *field)
{
	return map_find(&import->asked, identify_field(import, record, field)) != NULL;
}

bool
import_ask(struct import *import, size_t position, const char *record, const struct field *field,
	   const char *ours, const char *theirs, struct error *error)
{
	struct arena *arena = &import->summary->arena;
	bool added;

	if (!import->asked_loaded && !load_asked(import, error))
		return false;
	map_add(&import->asked, identify_field(import, record, field), 1, &added);
	*map_add(&import->asked,
		 identify(&import->arena, import->entity->name, record, field->name, theirs), 1,
		 &added) = 1;
	if (!added) {
		import->summary->asked_before++;
		return true;
	}
	import->questions = memory_grow(import->questions, &import->question_room,
					import->question_count + 1, sizeof *import->questions);
	import->questions[import->question_count++] = (struct import_question){
		.seen = position,
		.row = import->row->number,
		.record = arena_text(arena, record),
		.field = field->name,
		.ours = arena_text(arena, ours),
		.theirs = arena_text(arena, theirs),
	};
	if (import_is_heard(import))
		import_tell(import, &(struct import_detail){ .outcome = IMPORT_QUESTION,
							     .row = import->row->number,
							     .line = import->row->line,
							     .key = record,
							     .field = field->name,
							     .old = ours,
							     .new = theirs });
	return true;
}

void
import_drop_questions(struct import *import)
{
	size_t kept = 0;

	for (size_t i = 0; i < import->question_count; i++)
		if (import->seen[import->questions[i].seen].lost == 0)
			import->questions[kept++] = import->questions[i];
	import->question_count = kept;
	import->summary->questions = (int64_t)kept;
}

/* Whether nobody has decided yet, so that the file says nothing otherwise. */
static bool
is_undecided(const struct import *import, const struct import_question *question)
{
	const struct field *field = field_find(import->entity->fields, question->field);

	return question->ours == NULL ||
	       (field->choices != NULL &&
		text_same(question->ours, choice_initial(field->choices)));
}

void
import_note_questions(struct import *import)
{
	struct import_summary *summary = import->summary;
	int64_t open = summary->asked_before, undecided = 0, decided;
	char number[TEXT_NUMBER_SIZE];

	for (size_t i = 0; i < import->question_count; i++)
		undecided += is_undecided(import, &import->questions[i]);
	decided = (int64_t)import->question_count - undecided;
	if (decided > 0)
		import_notice(summary,
			      "%s %s in the file that a person has decided otherwise: the "
			      "decisions stand until somebody answers in Today.",
			      text_number(decided, number),
			      decided == 1 ? "value is" : "values are");
	if (undecided > 0)
		import_notice(summary,
			      "%s %s in the file that only a person decides: nothing is decided "
			      "until somebody answers in Today.",
			      text_number(undecided, number),
			      undecided == 1 ? "value is" : "values are");
	if (open > 0)
		import_notice(summary, "%s %s%s still open since an earlier import.",
			      text_number(open, number), import->question_count > 0 ? "more " : "",
			      open == 1 ? "question about this file is"
					: "questions about this file are");
}

static bool
write_question(struct import *import, struct bulk *bulk, const struct import_question *question,
	       int64_t source, struct error *error)
{
	const struct import_mending *mending = import->options->mending;
	const char *values[QUESTION_FIELD_COUNT] = { 0 };
	int64_t references[QUESTION_FIELD_COUNT] = { [QUESTION_source] = source };

	arena_reset(&import->arena);
	values[QUESTION_row] = arena_format(&import->arena, "%" PRId64,
					    mending != NULL ? mending->row : question->row);
	values[QUESTION_entity] = import->entity->name;
	values[QUESTION_record] = question->record;
	values[QUESTION_field] = question->field;
	values[QUESTION_ours] = question->ours;
	values[QUESTION_theirs] = question->theirs;
	values[QUESTION_answer] = choice_initial(question_answers);
	return bulk_insert(bulk, values, references, NULL, error);
}

bool
import_write_questions(struct import *import, int64_t source, struct error *error)
{
	struct bulk *bulk;
	bool done = true;

	if (import->question_count == 0)
		return true;
	bulk = bulk_open(import->session->store, ENTITY_QUESTION, 0, NULL, error);
	if (bulk == NULL)
		return false;
	for (size_t i = 0; done && i < import->question_count; i++)
		done = write_question(import, bulk, &import->questions[i], source, error);
	if (done)
		return bulk_close(bulk, error);
	bulk_abandon(bulk);
	return false;
}
