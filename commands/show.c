/* SPDX-License-Identifier: MIT */
#include "commands/finding.h"
#include "commands/history.h"
#include "commands/output.h"
#include "commands/record.h"
#include "commands/story.h"
#include "db/record.h"

const struct operand show_operands[] = {
	{ "entity", OPERAND_WORD, OPERAND_REQUIRED, "ENTITY", "what sort of record", NULL },
	{ "key", OPERAND_WORD, OPERAND_REQUIRED, "KEY", "which one", NULL },
	{ "history", OPERAND_FLAG, 0, NULL,
	  "tell what became of it instead, oldest first; as CSV, JSON or plain, field by field",
	  NULL },
	{ "format", OPERAND_OPTION, 0, "FORMAT", "how to print it", output_formats },
	{ 0 }
};

static const struct field pair_fields[] = {
	/* name, title, type, flags, width, choices, target, headings, help */
	{ "field", "Field", FIELD_TEXT, 0, 20, NULL, ENTITY_NONE, "", "The field" },
	{ "value", "Value", FIELD_NOTE, 0, 58, NULL, ENTITY_NONE, "", "What it holds" },
	{ 0 }
};

/* Down the page for people, as one row of all its fields for programs. */
static bool
show_record(struct session *session, const struct record *record, struct reply *reply,
	    const char *format, struct error *error)
{
	const struct entity *entity = record->entity;
	bool down = format == NULL || text_same(format, "table") || text_same(format, "plain");
	const struct field *const *fields;
	struct arena arena = { 0 };
	struct output *output;
	int count;
	bool written;

	fields = output_fields(&arena, down ? pair_fields : entity->fields, &count);
	output = (down ? output_open_pairs
		       : output_open_record)(session, reply, format,
					     arena_format(&arena, "%s %s", entity->title,
							  record_key(record)),
					     fields, count, error);
	written = output != NULL && (down || output_row(output, record->values, error));
	for (int i = 0; i < entity->field_count && written && down; i++) {
		const char *values[2] = { entity->fields[i].name, record->values[i] };

		written = output_row(output, values, error);
	}
	written = output_end(output, written, error);
	arena_free(&arena);
	return written;
}

bool
command_show(struct session *session, const struct request *request, struct reply *reply,
	     struct error *error)
{
	const struct entity *entity = record_entity(request_value(request, "entity"), 0, error);
	const char *format = request_value(request, "format");
	struct arena arena = { 0 };
	struct record *record = entity == NULL ? NULL
					       : store_find(session->store, entity->kind,
							    request_value(request, "key"),
							    session->today, &arena, error);
	bool shown = false;

	if (record != NULL && request_has(request, "history"))
		shown = format == NULL || text_same(format, "table")
				? story_print(session, record, reply, error)
				: history_of_record(session, record, reply, format, error);
	else if (record != NULL)
		shown = show_record(session, record, reply, format, error) &&
			((format != NULL && !text_same(format, "table")) ||
			 findings_say(session, record->id, &reply->words, error));
	arena_free(&arena);
	return shown;
}
