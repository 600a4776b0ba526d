/* SPDX-License-Identifier: MIT */
/* nftw() is of XSI. */
#define _XOPEN_SOURCE 700

#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ftw.h>

#include "commands/view.h"
#include "db/internal.h"

#define TODAY "2026-11-21T12:00:00Z"

int
support_open(void **state)
{
	struct support *test = calloc(1, sizeof *test);

	snprintf(test->folder, sizeof test->folder, "/tmp/terrier-test-XXXXXX");
	if (mkdtemp(test->folder) == NULL)
		return -1;
	snprintf(test->path, sizeof test->path, "%s/estate.terrier", test->folder);
	test->session = (struct session){ .path = test->path, .who = "Test", .marking = "OFFICIAL-SENSITIVE",
					  .laptop = "00000000-0000-4000-8000-000000000001" };
	date_parse_instant(TODAY, &test->session.now);
	test->session.today = date_from_instant(test->session.now);
	*state = test;
	if (session_open(&test->session, STORE_CREATE, &test->error))
		return 0;
	fprintf(stderr, "%s\n", test->error.message);
	return -1;
}

static int
remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

int
support_close(void **state)
{
	struct support *test = *state;

	session_close(&test->session);
	nftw(test->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	arena_free(&test->arena);
	free(test);
	return 0;
}

void
support_must(const struct support *test, bool done)
{
	if (!done)
		fail_msg("%s", test->error.message);
}

void
support_reopen(struct support *test)
{
	session_close(&test->session);
	support_must(test, session_open(&test->session, STORE_WRITE, &test->error));
}

const char *
support_path(struct support *test, const char *name)
{
	return arena_format(&test->arena, "%s/%s", test->folder, name);
}

void
support_begin(struct support *test, const char *what)
{
	struct entry entry = session_entry(&test->session, ENTRY_KIND_COMMAND, what, NULL);

	support_must(test, store_entry_begin(test->session.store, &entry, &test->error));
}

void
support_commit(struct support *test)
{
	support_must(test, store_entry_commit(test->session.store, &test->error));
}

static void
assign_all(struct support *test, struct record *record, va_list assignments)
{
	const char *assignment;

	while ((assignment = va_arg(assignments, const char *)) != NULL)
		support_must(test, record_assign(record, assignment, &test->arena, &test->error));
}

struct record_id
support_add(struct support *test, enum entity_kind kind, ...)
{
	struct record *record = record_new(&test->arena, kind);
	va_list assignments;

	va_start(assignments, kind);
	assign_all(test, record, assignments);
	va_end(assignments);
	support_must(test, store_insert(test->session.store, record, &test->error));
	return record->id;
}

void
support_set(struct support *test, enum entity_kind kind, const char *key, ...)
{
	struct record *before = store_find(test->session.store, kind, key, test->session.today, &test->arena,
					   &test->error), *now;
	va_list assignments;

	support_must(test, before != NULL);
	now = record_copy(&test->arena, before);
	va_start(assignments, key);
	assign_all(test, now, assignments);
	va_end(assignments);
	support_must(test, store_update(test->session.store, before, now, NULL, &test->error));
}

void
support_add_alone(struct support *test, enum entity_kind kind, const char *assignment, const char *another)
{
	support_begin(test, assignment);
	support_add(test, kind, assignment, another, NULL);
	support_commit(test);
}

void
support_set_alone(struct support *test, enum entity_kind kind, const char *key, const char *assignment)
{
	support_begin(test, assignment);
	support_set(test, kind, key, assignment, NULL);
	support_commit(test);
}

const char *
support_value(struct support *test, enum entity_kind kind, const char *key, const char *field)
{
	const struct record *record = store_find(test->session.store, kind, key, test->session.today, &test->arena,
						 &test->error);
	const char *value;

	support_must(test, record != NULL);
	value = record->values[field_find(record->entity->fields, field) - record->entity->fields];
	return value != NULL ? value : "-";
}

const char *
support_find(struct support *test, enum entity_kind kind, const char *filter)
{
	const struct field *key = entity_key(&entities[kind]);
	struct query query = {
		.entity = &entities[kind], .fields = &key, .field_count = 1, .today = test->session.today
	};
	struct text found = { 0 };
	struct cursor *cursor;
	struct row row;
	bool more = true;
	const char *copy;

	query.filter = filter_parse(&test->arena, query.entity, filter, query.today, &test->error);
	support_must(test, query.filter != NULL);
	cursor = query_open(test->session.store, &query, &test->error);
	support_must(test, cursor != NULL);
	while (more) {
		support_must(test, cursor_next(cursor, &row, &more, &test->error));
		if (more)
			text_format(&found, "%s%s", found.length > 0 ? " " : "", row.values[0]);
	}
	cursor_close(cursor);
	copy = arena_text(&test->arena, text_words(&found));
	text_free(&found);
	return copy;
}

bool
support_run(struct support *test, const char *command, const char **said, ...)
{
	struct request request = { .command = command_named(command) };
	struct reply reply = { 0 };
	const char *word;
	va_list words;
	bool done = true;

	assert_non_null(request.command);
	test->error = (struct error){ 0 };
	va_start(words, said);
	while (done && (word = va_arg(words, const char *)) != NULL) {
		size_t size = strcspn(word, "=");

		done = request_add(&request, &test->arena, arena_bytes(&test->arena, word, size),
				   word[size] == '=' ? word + size + 1 : "", &test->error);
	}
	va_end(words);
	done = done && command_run(&test->session, &request, &reply, &test->error);
	if (said != NULL)
		*said = arena_text(&test->arena, text_words(&reply.words));
	text_free(&reply.words);
	return done;
}

/* Every row that the SQL gives, a line each. */
static void
append_rows(struct support *test, struct text *rows, const char *sql)
{
	sqlite3_stmt *statement;
	int step;

	support_must(test, store_prepare(test->session.store, sql, &statement, &test->error));
	while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
		for (int column = 0; column < sqlite3_column_count(statement); column++) {
			const char *words = (const char *)sqlite3_column_text(statement, column);

			text_format(rows, "|%s=%s", sqlite3_column_name(statement, column),
				    words != NULL ? words : "NULL");
		}
		text_append(rows, "\n");
	}
	sqlite3_finalize(statement);
	assert_int_equal(step, SQLITE_DONE);
}

const char *
support_rows(struct support *test, const char *sql)
{
	struct text rows = { 0 };
	const char *copy;

	append_rows(test, &rows, sql);
	copy = arena_text(&test->arena, text_words(&rows));
	text_free(&rows);
	return copy;
}

const char *
support_snapshot(struct support *test)
{
	struct text rows = { 0 };
	const char *copy;

	for each_entity(entity) {
		struct text columns = { 0 };

		if (entity->kind == ENTITY_ENTRY || entity->kind == ENTITY_CHANGE || (entity->flags & ENTITY_DERIVED))
			continue;
		for each_field(field, entity->fields)
			if (field_is_stored(field))
				text_format(&columns, ", %s%s", field->name,
					    field->type == FIELD_REFERENCE ? "_id" : "");
		text_format(&rows, "%s\n", entity->name);
		append_rows(test, &rows,
			    arena_format(&test->arena,
					 "SELECT id, hex(uuid) AS uuid, created_entry, entry%s FROM %s ORDER BY id",
					 text_words(&columns), entity->name));
		text_free(&columns);
	}
	copy = arena_text(&test->arena, text_words(&rows));
	text_free(&rows);
	return copy;
}

void
assert_value(struct support *test, enum entity_kind kind, const char *key, const char *field, const char *expected)
{
	const char *value = support_value(test, kind, key, field);

	if (strcmp(value, expected) != 0)
		fail_msg("%s of %s is '%s', not '%s'", field, key, value, expected);
}

void
assert_found(struct support *test, enum entity_kind kind, const char *filter, const char *expected)
{
	const char *found = support_find(test, kind, filter);

	if (strcmp(found, expected) != 0)
		fail_msg("[%s] finds '%s', not '%s'", filter, found, expected);
}

void
assert_failed(struct support *test, bool done, const char *words)
{
	assert_false(done);
	if (strstr(test->error.message, words) == NULL)
		fail_msg("'%s' does not say '%s'", test->error.message, words);
	assert_int_equal(store_entry_open(test->session.store).value, 0);
}

int64_t
support_number(struct support *test, const char *sql)
{
	sqlite3_stmt *statement;
	int64_t number;

	support_must(test, store_prepare(test->session.store, sql, &statement, &test->error));
	support_must(test, store_number(test->session.store, statement, &number, &test->error));
	sqlite3_finalize(statement);
	return number;
}

void
support_sql(const char *path, const char *sql)
{
	sqlite3 *database;
	char *message = NULL;

	assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
	if (sqlite3_exec(database, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %s", sql, message);
	sqlite3_close(database);
}
