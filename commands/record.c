/* SPDX-License-Identifier: MIT */
#include "commands/record.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "commands/act.h"
#include "commands/deadline.h"
#include "commands/finding.h"
#include "commands/listed.h"
#include "commands/make.h"
#include "commands/match.h"
#include "commands/when.h"
#include "core/check.h"
#include "db/record.h"

const struct operand add_operands[] = {
	{ "entity", OPERAND_WORD, OPERAND_REQUIRED, "ENTITY",
	  "what sort of record: site, device and others", NULL },
	{ "field", OPERAND_WORDS, OPERAND_REQUIRED, "FIELD=VALUE", "its fields", NULL },
	{ "why", OPERAND_OPTION, 0, "TEXT", "the reason, for the history", NULL },
	{ 0 }
};

const struct operand set_operands[] = {
	{ "entity", OPERAND_WORD, OPERAND_REQUIRED | OPERAND_SELECTION, "ENTITY",
	  "what sort of record", NULL },
	{ "key", OPERAND_WORD, OPERAND_REQUIRED | OPERAND_SELECTION, "KEY", "which one", NULL },
	{ "field", OPERAND_WORDS, OPERAND_REQUIRED | OPERAND_ASKED, "FIELD=VALUE",
	  "the fields to set; no value clears a field", NULL },
	{ "why", OPERAND_OPTION, OPERAND_ASKED, "TEXT", "the reason, for the history", NULL },
	{ 0 }
};

/*
 * Commands that make the records of a kind and are about another: those are about deadlines, and
 * about what a rule finds.
 */
static const struct maker {
	enum entity_kind kind;
	bool (*run)(struct session *session, const struct request *request, struct reply *reply,
		    struct error *error);
} makers[] = {
	{ ENTITY_EXTENSION, command_deadline_extend },
	{ ENTITY_ANSWER, command_finding_answer },
	{ ENTITY_ANSWER, command_finding_reopen },
};

static bool
makes(const struct command *command, enum entity_kind kind)
{
	for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++)
		if (makers[i].kind == kind && makers[i].run == command->run)
			return true;
	return false;
}

/*
 * Refused rows, questions, extensions and answers have commands of their own, which do what else
 * belongs to it.
 */
static bool
check_edited(const struct entity *entity, struct error *error)
{
	struct text names = { 0 };

	if (entity->flags & ENTITY_EDITED)
		return true;
	for each_command(command)
		if (command->about == entity->kind || makes(command, entity->kind))
			text_format(&names, "%sterrier %s", names.length > 0 ? ", " : "",
				    command->name);
	error_set(error, ERROR_USAGE,
		  names.length > 0 ? "%s are not set by hand: use %s."
				   : "%s are made by Terrier itself, not by hand.%s",
		  entity->titles, text_words(&names));
	text_free(&names);
	return false;
}

const struct entity *
record_entity(const char *word, unsigned flags, struct error *error)
{
	const struct entity *entity = entity_named(word);
	struct text known = { 0 };

	if (entity != NULL && (entity->flags & flags) == flags)
		return entity;
	if (entity != NULL && (entity->flags & (ENTITY_SETTLED | ENTITY_COMMANDED)) &&
	    !check_edited(entity, error))
		return NULL;
	for each_entity(row)
		if ((row->flags & flags) == flags)
			text_format(&known, "%s%s", known.length > 0 ? ", " : "", row->name);
	error_set(error, ERROR_USAGE, "'%s' is not one of: %s.", word, text_words(&known));
	text_free(&known);
	return NULL;
}

bool
record_set(struct record *record, int field, const char *words, struct arena *arena,
	   struct error *error)
{
	if (field_parse(&record->entity->fields[field], words, arena, &record->values[field],
			error))
		return true;
	return error_prefix(error, "%s: ", record->entity->fields[field].title);
}

bool
record_assign(struct record *record, const char *assignment, struct arena *arena,
	      struct error *error)
{
	const char *sign = strchr(assignment, '=');
	const struct entity *entity = record->entity;
	const struct field *field;

	if (sign == NULL)
		return error_set(error, ERROR_USAGE, "'%s' is not of the form FIELD=VALUE.",
				 assignment);
	field = field_find(entity->fields,
			   arena_bytes(arena, assignment, (size_t)(sign - assignment)));
	if (field == NULL)
		return error_set(error, ERROR_USAGE,
				 "%s have no field '%.*s'. terrier help fields %s lists them.",
				 entity->titles, (int)(sign - assignment), assignment,
				 entity->plural);
	if (!field_is_given(field))
		return error_set(error, ERROR_INVALID,
				 "%s of %s is worked out by Terrier and cannot be set: %s.",
				 field->title, entity->plural, field->help);
	return record_set(record, (int)(field - entity->fields), sign + 1, arena, error);
}

/* A date may be named from today, which only the session knows: "due=end of month". */
static const char *
date_assignment(const struct session *session, const struct entity *entity, const char *assignment,
		struct arena *arena)
{
	const char *sign = strchr(assignment, '='), *name, *words;
	const struct field *field;

	if (sign == NULL)
		return assignment;
	name = arena_bytes(arena, assignment, (size_t)(sign - assignment));
	field = field_find(entity->fields, name);
	words = field != NULL ? when_words(session, field, sign + 1, arena) : sign + 1;
	return words == sign + 1 ? assignment : arena_format(arena, "%s=%s", name, words);
}

/*
 * The key of the first record that this one is about, for a new one whose own key is a number still
 * to come.
 */
static const char *
subject_key(const struct record *record)
{
	for (int i = 0; i < record->entity->field_count; i++)
		if (record->entity->fields[i].type == FIELD_REFERENCE && record->values[i] != NULL)
			return record->values[i];
	return "";
}

static void
describe_save(struct text *words, const struct record *before, const struct record *now)
{
	const struct record *named = before != NULL ? before : now;
	const char *verb = before == NULL ? "Added" : "Changed", *key = record_key(named);

	if (match_reads_kind(named->entity->kind) && *subject_key(named) != '\0')
		listed_describe(words, verb, named, subject_key(named));
	else if (*key != '\0')
		text_format(words, "%s %s %s", verb, now->entity->name, key);
	else
		text_format(words, "%s %s for %s", verb, now->entity->name, subject_key(named));
}

/* A setting moves what counts as a breach, so the history must say why. */
static bool
check_why(const struct entity *entity, const char *why, struct error *error)
{
	return entity->kind != ENTITY_SETTING || (why != NULL && *why != '\0') ||
	       error_set(error, ERROR_USAGE,
			 "A setting decides what counts as a breach, so a change of it needs its "
			 "reason: set it with why (on the command line --why TEXT). Nothing was "
			 "changed.");
}

/* What a person's own words may make of a record, as `set`, `add` and the form all ask it. */
static bool
check_person(struct session *session, const struct record *before, struct record *now,
	     const char *why, struct arena *arena, struct error *error)
{
	if (before != NULL && (!record_check_set(before, now, error) ||
			       !record_check_decision(before, now, why, arena, error)))
		return false;
	if (now->entity->kind == ENTITY_DEADLINE)
		deadline_keep_first(before, now);
	return make_check_name(session, now, arena, error) &&
	       match_record(session, before, now, arena, error) &&
	       match_check_record(session, before, now, why, error);
}

static bool
write_record(struct session *session, const struct record *before, struct record *now,
	     const char *why, const char *what, int *changed, struct error *error)
{
	struct entry entry = session_entry(session, ENTRY_KIND_COMMAND, what, why);
	bool done;

	*changed = 1;
	if (!store_entry_begin(session->store, &entry, error))
		return false;
	done = before == NULL ? store_insert(session->store, now, error) :
		store_update(session->store, before, now, changed, error);
	if (done && *changed > 0)
		return store_entry_commit(session->store, error);
	store_entry_rollback(session->store);
	return done;
}

/* What a person's own words make of the record is written, and said. */
static bool
save_whole(struct session *session, const struct record *before, struct record *whole,
	   const char *why, struct text *words, struct error *error)
{
	struct list_change change = { .why = why };
	struct text what = { 0 };
	int changed = 0;
	bool saved;

	describe_save(&what, before, whole);
	change.what = text_words(&what);
	if (match_reads_kind(whole->entity->kind)) {
		saved = listed_save(session, before, whole, &change, &changed, words, error);
	} else {
		saved = write_record(session, before, whole, why, change.what, &changed, error);
		if (saved && changed > 0)
			text_format(words, "%s.\n", change.what);
	}
	if (saved && changed == 0)
		text_format(words, "%s %s says that already; nothing was changed.\n",
			    whole->entity->title, record_key(whole));
	text_free(&what);
	return saved;
}

bool
record_preview(struct session *session, const struct record *before, const struct record *now,
	       struct text *words, struct error *error)
{
	struct arena arena = { 0 };
	struct record *whole = record_copy(&arena, now);
	struct list_change change = { .dry_run = true };
	struct text what = { 0 }, said = { 0 };
	const char *laptop = session->laptop;
	int changed;
	bool done = true;

	if (match_reads_kind(now->entity->kind)) {
		describe_save(&what, before, now);
		change.what = text_words(&what);
		done = (laptop != NULL || session_name_laptop(session, &arena, error)) &&
		       check_person(session, before, whole, NULL, &arena, error) &&
		       listed_save(session, before, whole, &change, &changed, &said, error);
	}
	if (done && change.devices > 0)
		text_append(words, text_words(&said));
	session->laptop = laptop;
	text_free(&said);
	text_free(&what);
	arena_free(&arena);
	return done;
}

bool
record_save(struct session *session, const struct record *before, struct record *now,
	    const char *why, struct text *words, struct error *error)
{
	const char *laptop = session->laptop;
	struct arena arena = { 0 };
	struct record *whole = record_copy(&arena, now);
	bool saved;

	saved = check_why(now->entity, why, error) &&
		(session->laptop != NULL || session_name_laptop(session, &arena, error)) &&
		check_person(session, before, whole, why, &arena, error) &&
		save_whole(session, before, whole, why, words, error);
	now->id = whole->id;
	if (saved && before == NULL)
		match_say_findings(session, whole->id, words);
	/* A name that this call found lives no longer than its arena. */
	session->laptop = laptop;
	arena_free(&arena);
	return saved;
}

const struct record_id *
record_chosen(struct session *session, const struct request *request, enum entity_kind kind,
	      const char *operand, struct arena *arena, size_t *count, struct error *error)
{
	size_t word_count;
	const char *const *words = request_words(request, operand, &word_count);
	struct record_id *ids;

	*count = request->selection_count;
	if (*count > 0)
		return request->selection;
	ids = arena_alloc(arena, (word_count + 1) * sizeof *ids);
	for (size_t i = 0; i < word_count; i++) {
		if (!store_lookup(session->store, kind, words[i], &ids[i], error))
			return NULL;
		if (ids[i].value == 0) {
			error_set(error, ERROR_NOT_FOUND,
				  "There is no %s '%s' in the register. Nothing was changed.",
				  entities[kind].name, words[i]);
			return NULL;
		}
	}
	*count = word_count;
	if (word_count > 0)
		return ids;
	error_set(error, ERROR_USAGE, "Name at least one %s.", entities[kind].name);
	return NULL;
}

bool
command_add(struct session *session, const struct request *request, struct reply *reply,
	    struct error *error)
{
	const struct entity *entity = record_entity(request_value(request, "entity"), ENTITY_EDITED,
						    error);
	struct arena arena = { 0 };
	struct record *record;
	size_t count;
	const char *const *fields = request_words(request, "field", &count);
	bool done = entity != NULL;

	record = done ? record_new(&arena, entity->kind) : NULL;
	for (size_t i = 0; i < count && done; i++)
		done = record_assign(record, date_assignment(session, entity, fields[i], &arena),
				     &arena, error);
	done = done && record_save(session, NULL, record, request_value(request, "why"),
				   &reply->words, error);
	arena_free(&arena);
	return done;
}

/* Sets the fields on one record inside the open entry. */
static bool
set_one(struct session *session, struct record_id id, const struct request *request, int *changed,
	struct error *error)
{
	struct arena arena = { 0 };
	struct record *before = store_read(session->store, id, session->today, &arena, error), *now;
	size_t count;
	const char *const *assignments = request_words(request, "field", &count);
	bool done = before != NULL;

	now = done ? record_copy(&arena, before) : NULL;
	for (size_t i = 0; i < count && done; i++)
		done = record_assign(now,
				     date_assignment(session, now->entity, assignments[i], &arena),
				     &arena, error);
	done = done &&
	       check_person(session, before, now, request_value(request, "why"), &arena, error) &&
	       store_update(session->store, before, now, changed, error);
	if (!done && before != NULL)
		error_prefix(error, "%s %s: ", before->entity->title, record_key(before));
	arena_free(&arena);
	return done;
}

/* "Set network on device CAM-1", "Set network, notes on 12 devices". */
static const char *
describe_set(struct arena *arena, const struct entity *entity, const char *const *assignments,
	     size_t count, const char *key, size_t records)
{
	struct text words = { 0 };
	const char *copy;

	text_append(&words, "Set ");
	for (size_t i = 0; i < count; i++)
		text_format(&words, "%s%.*s", i > 0 ? ", " : "", (int)strcspn(assignments[i], "="),
			    assignments[i]);
	if (key != NULL)
		text_format(&words, " on %s %s", entity->name, key);
	else
		text_format(&words, " on %s",
			    text_count(arena, (int64_t)records, entity->name, entity->plural));
	copy = arena_text(arena, text_words(&words));
	text_free(&words);
	return copy;
}

bool
command_set(struct session *session, const struct request *request, struct reply *reply,
	    struct error *error)
{
	const char *word = request_value(request, "entity"), *key = request_value(request, "key");
	const struct entity *entity = request->selection_count > 0
					      ? &entities[request->selection[0].kind]
					      : record_entity(word != NULL ? word : "",
							      ENTITY_EDITED, error);
	struct arena arena = { 0 };
	struct act act = { .doing = "Setting fields", .one = set_one };
	size_t count = 0, assignment_count, changed;
	const char *const *assignments = request_words(request, "field", &assignment_count);
	const struct record_id *ids = entity == NULL ? NULL :
		record_chosen(session, request, entity->kind, "key", &arena, &count, error);
	bool listed = entity != NULL && match_reads_kind(entity->kind);
	bool done = ids != NULL && check_edited(entity, error) &&
		    check_why(entity, request_value(request, "why"), error);

	if (done) {
		act.what = describe_set(&arena, entity, assignments, assignment_count,
					count == 1 ? key : NULL, count);
		done = listed ? listed_set(session, request, &act, ids, count, reply, error)
			      : act_on_records(session, request, &act, ids, count, &changed, error);
	}
	if (done && !listed)
		act_say(reply,
			describe_set(&arena, entity, assignments, assignment_count,
				     count == 1 ? key : NULL, changed),
			changed);
	arena_free(&arena);
	return done;
}
