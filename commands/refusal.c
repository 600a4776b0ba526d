/* SPDX-License-Identifier: MIT */
#include "commands/refusal.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands/act.h"
#include "commands/import_refusals.h"
#include "commands/record.h"
#include "db/record.h"
#include "export/file.h"

const struct operand refusal_mend_operands[] = {
	{ "refusal", OPERAND_WORD, OPERAND_REQUIRED | OPERAND_SELECTION, "NUMBER",
	  "the refused row", NULL },
	{ "cell", OPERAND_WORDS, OPERAND_ASKED, "HEADING=VALUE",
	  "what its cells should say, by heading or by field", NULL },
	{ "create", OPERAND_OPTIONS, 0, "ENTITY,...",
	  "make the site, organisation or manufacturer that the row names", NULL },
	{ "key", OPERAND_OPTION, 0, "FIELDS",
	  "match by these fields; else by those that its file was matched by", NULL },
	{ "why", OPERAND_OPTION, OPERAND_ASKED, "TEXT", "the reason, for the history", NULL },
	{ 0 }
};

const struct operand refusal_drop_operands[] = {
	{ "refusal", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_SELECTION, "NUMBER",
	  "the refused rows", NULL },
	{ "why", OPERAND_OPTION, OPERAND_REQUIRED | OPERAND_ASKED, "TEXT",
	  "why nobody needs them, for the history", NULL },
	{ 0 }
};

bool
refusal_set_state(struct session *session, struct record_id id, const char *state,
		  struct error *error)
{
	struct arena arena = { 0 };
	struct record *before = store_read(session->store, id, session->today, &arena, error), *now;
	bool done = before != NULL;

	if (done) {
		now = record_copy(&arena, before);
		now->values[REFUSAL_state] = state;
		done = store_update(session->store, before, now, NULL, error);
	}
	arena_free(&arena);
	return done;
}

int
refusal_open_text(const struct session *session, const char *text, struct error *error)
{
	struct arena arena = { 0 };
	struct file file = { 0 };
	int descriptor = -1;

	if (file_create(&file, arena_format(&arena, "%s.row", session->path), true, error) &&
	    file_write(&file, text, strlen(text), error)) {
		/* Its name goes, and what is open stays. */
		descriptor = fcntl(file.descriptor, F_DUPFD_CLOEXEC, 0);
		if (descriptor < 0 || lseek(descriptor, 0, SEEK_SET) != 0)
			error_set(error, ERROR_FILE,
				  "The row cannot be read again. Nothing was changed.");
	}
	file_abandon(&file);
	arena_free(&arena);
	return descriptor;
}

/*
 * The heading as it was and the row as it is now; empty cells beyond the heading are passed over as
 * in any file.
 */
static void
write_row(const struct refusal_row *row, struct text *out)
{
	size_t count = row->seen ? row->count : row->kept_count;

	text_format(out, "%s\r\n", row->source->values[SOURCE_heading]);
	for (size_t i = 0; i < count; i++) {
		text_append(out, i > 0 ? "," : "");
		import_append_cell(out, row->cells[i].words);
	}
	/* A line without anything would be no row. */
	text_append(out, count == 1 && *row->cells[0].words == '\0' ? "\"\"\r\n" : "\r\n");
}

/* Keeps the key of the record that the row is about. */
static void
hear_key(void *context, const struct import_detail *detail)
{
	struct text *key = context;

	if (key->length == 0 && detail->key != NULL && detail->outcome <= IMPORT_SAME)
		text_append(key, detail->key);
}

static bool
say_mended(const struct import_summary *summary, const char *what, const char *key,
	   struct text *words, struct error *error)
{
	const struct import_refusal *refusal = summary->refused > 0 ? &summary->refusals[0] : NULL;
	size_t ignored;
	bool named = refusal == NULL || refusal->field == NULL ||
		     refusal_part(refusal->reason, refusal->field, &ignored) != NULL;

	if (refusal != NULL)
		return error_set(error, ERROR_INVALID,
				 "The mended %s is refused again: %s%s%s. Nothing was changed.",
				 what, named ? "" : refusal->field, named ? "" : ": ",
				 refusal->reason);
	if (summary->rows == 0)
		return error_set(error, ERROR_INVALID,
				 "The mended %s says nothing: it is empty, or reads like a total. "
				 "Nothing was changed.",
				 what);
	text_format(words, "Mended %s: %s %s %s.\n", what, summary->entity->name, key,
		    summary->new_rows > 0  ? "is new"
		    : summary->changed > 0 ? "was changed"
					   : "says all of it already");
	for (size_t i = 0; i < summary->notice_count; i++)
		text_format(words, "%s\n", summary->notices[i]);
	return true;
}

/* The kind of record that the field of a row names, when it may be made with the row. */
static const struct entity *
find_unknown(const struct refusal_row *row, const char *field)
{
	struct mapping_target target;
	struct error ignored;
	enum entity_kind kind;

	if (field == NULL || !mapping_find_target(row->entity, field, &target, &ignored))
		return NULL;
	kind = mapping_target_field(row->entity, target)->target;
	return kind != ENTITY_NONE && kind != row->entity->kind && import_may_create(kind)
		       ? &entities[kind]
		       : NULL;
}

/* Keeps in the row why it is refused again, or why it could not even be tried. */
static void
note_wrong(struct refusal_row *row, const struct import_summary *summary, const struct error *error)
{
	const struct import_refusal *refusal = summary->refused > 0 ? &summary->refusals[0] : NULL;

	row->cause = refusal != NULL ? refusal_cause_name(refusal->cause) : NULL;
	row->reason = arena_text(row->arena, refusal != NULL ? refusal->reason : error->message);
	row->unknown = refusal != NULL && refusal->cause == REFUSAL_UNKNOWN_RECORD
			       ? find_unknown(row, refusal->field)
			       : NULL;
	refusal_mark_wrong(row, refusal != NULL ? refusal->field : NULL, row->reason);
}

int
refusal_key_least(const struct record *source)
{
	const char *least = source->values[SOURCE_key_least];

	return least != NULL ? (int)strtol(least, NULL, 10) : 0;
}

bool
refusal_mend(struct session *session, struct refusal_row *row,
	     const struct refusal_mending *mending, struct text *words, struct error *error)
{
	const char *const *refusal = row->refusal->values,
			  *mapping = row->source->values[SOURCE_mapping];
	struct arena arena = { 0 };
	struct text text = { 0 }, key = { 0 };
	struct import_mending again = {
		.refusal = row->refusal->id,
		.source = row->source->id.value,
		.row = strtoll(refusal[REFUSAL_row], NULL, 10),
		.what = arena_format(&arena, "row %s of %s", refusal[REFUSAL_row],
				     row->source->values[SOURCE_file]),
		.mapping = mapping != NULL ? mapping : "",
	};
	struct import_options options = {
		.mending = &again,
		.entity = row->entity,
		.constants = mending->constants,
		.constant_count = mending->constant_count,
		.key = mending->key,
		.why = mending->why,
		.again = true,
		.listener = { .context = &key, .tell = hear_key },
	};
	struct import_summary summary = { 0 };
	bool done;

	if (options.key == NULL) {
		options.key = row->source->values[SOURCE_key];
		options.key_least = options.key != NULL ? refusal_key_least(row->source) : 0;
	}
	row->unknown = NULL;
	memcpy(options.creates, mending->creates, sizeof options.creates);
	write_row(row, &text);
	again.text = text_words(&text);
	done = import_run(session, &options, &summary, error);
	done = done && say_mended(&summary, again.what, text_words(&key), words, error);
	if (!done && error->kind == ERROR_INVALID)
		note_wrong(row, &summary, error);
	import_summary_free(&summary);
	text_free(&text);
	text_free(&key);
	arena_free(&arena);
	return done;
}

/*
 * Puts "HEADING=VALUE" into its cell; a heading may itself hold a sign. False with no error when it
 * means no cell.
 */
static bool
assign(struct refusal_row *row, const char *assignment, struct arena *arena, struct error *error)
{
	bool set = false;

	error->kind = ERROR_NONE;
	for (const char *sign = strchr(assignment, '=');
	     sign != NULL && !set && error->kind == ERROR_NONE; sign = strchr(sign + 1, '=')) {
		size_t size = (size_t)(sign - assignment);
		const char *name = text_trim(assignment, &size);

		set = refusal_set_cell(row, arena_bytes(arena, name, size), sign + 1, error);
	}
	return set;
}

static bool
refuse_assignment(const struct refusal_row *row, const char *assignment, struct error *error)
{
	struct text headings = { 0 };

	for (size_t i = 0; i < row->count; i++)
		text_format(&headings, "%s%s", i > 0 ? ", " : "", row->cells[i].heading);
	error_set(error, ERROR_USAGE,
		  "'%.80s' is not understood: expected HEADING=VALUE, with a heading of %s (%s) or "
		  "the name of a field. Nothing was changed.",
		  assignment, row->source->values[SOURCE_file], text_words(&headings));
	text_free(&headings);
	return false;
}

/* Whether the words before the sign name a field, which no column feeds then. */
static bool
is_field(const struct refusal_row *row, const char *assignment, struct arena *arena)
{
	size_t size = strcspn(assignment, "=");
	const char *name = text_trim(assignment, &size);
	struct mapping_target target;
	struct error ignored;

	return strchr(assignment, '=') != NULL &&
	       mapping_find_target(row->entity, arena_bytes(arena, name, size), &target, &ignored);
}

static bool
read_assignments(const struct request *request, struct refusal_row *row,
		 struct refusal_mending *mending, struct arena *arena, struct error *error)
{
	size_t count;
	const char *const *words = request_words(request, "cell", &count);
	const char **constants = arena_alloc(arena, (count + 1) * sizeof *constants);

	mending->constants = constants;
	for (size_t i = 0; i < count; i++) {
		if (assign(row, words[i], arena, error))
			continue;
		if (error->kind != ERROR_NONE)
			return false;
		if (!is_field(row, words[i], arena))
			return refuse_assignment(row, words[i], error);
		constants[mending->constant_count++] = words[i];
	}
	return true;
}

static bool
read_mending(const struct request *request, struct refusal_mending *mending, struct error *error)
{
	size_t count;
	const char *const *creates = request_words(request, "create", &count);

	for (size_t i = 0; i < count; i++)
		if (!import_read_creates(creates[i], mending->creates, error))
			return false;
	mending->key = request_value(request, "key");
	mending->why = request_value(request, "why");
	return true;
}

bool
command_refusal_mend(struct session *session, const struct request *request, struct reply *reply,
		     struct error *error)
{
	struct arena arena = { 0 };
	struct refusal_mending mending = { 0 };
	struct refusal_row row;
	size_t count = 0;
	const struct record_id *ids = record_chosen(session, request, ENTITY_REFUSAL, "refusal",
						    &arena, &count, error);
	bool done = ids != NULL;

	if (done && count > 1)
		done = error_set(error, ERROR_USAGE,
				 "One row at a time. To mend many, write them to a file (refusal "
				 "export), mend them there and import it. Nothing was changed.");
	done = done && read_mending(request, &mending, error) &&
	       refusal_cells(session, ids[0], &row, &arena, error) &&
	       read_assignments(request, &row, &mending, &arena, error) &&
	       refusal_mend(session, &row, &mending, &reply->words, error);
	arena_free(&arena);
	return done;
}

static bool
drop_one(struct session *session, struct record_id id, const struct request *request, int *changed,
	 struct error *error)
{
	struct arena arena = { 0 };
	struct record *refusal = store_read(session->store, id, session->today, &arena, error);
	bool done = refusal != NULL;

	(void)request;
	if (done && strcmp(refusal->values[REFUSAL_state], choice_initial(refusal_states)) != 0)
		done = error_set(error, ERROR_CONFLICT,
				 "Refusal %s is %s already. Nothing was changed.",
				 record_key(refusal), refusal->values[REFUSAL_state]);
	done = done && refusal_set_state(session, id, "dropped", error);
	*changed = done;
	arena_free(&arena);
	return done;
}

bool
command_refusal_drop(struct session *session, const struct request *request, struct reply *reply,
		     struct error *error)
{
	struct arena arena = { 0 };
	size_t count = 0, changed;
	const struct record_id *ids = record_chosen(session, request, ENTITY_REFUSAL, "refusal",
						    &arena, &count, error);
	const char *what = arena_format(&arena, "Dropped %s",
					text_count(&arena, (int64_t)count, "refused row",
						   "refused rows"));
	const struct act act = { what, "Dropping refused rows", drop_one };
	bool done = ids != NULL &&
		    act_on_records(session, request, &act, ids, count, &changed, error);

	if (done)
		act_say(reply, what, changed);
	arena_free(&arena);
	return done;
}
