/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

/* Included first, so that a test needs no list of what cmocka.h wants before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "commands/command.h"
#include "commands/record.h"
#include "commands/session.h"
#include "core/filter.h"
#include "db/query.h"
#include "db/record.h"

/* A register of its own for a test, in a folder of its own; the day is 21 November 2026. */
struct support {
	char folder[64];
	char path[96];
	struct session session;
	struct arena arena;	/* what the functions below return lives here */
	struct error error;	/* of the last of them that may fail */
};

/* For cmocka_unit_test_setup_teardown(): *state is the struct support, its register open and empty. */
int support_open(void **state);
int support_close(void **state);

#define register_test(function) cmocka_unit_test_setup_teardown(function, support_open, support_close)

/* Closes the register and opens it again. */
void support_reopen(struct support *test);

/* A path in the test's folder. */
const char *support_path(struct support *test, const char *name);

/* Fails the test with the error's sentence unless `done`. */
void support_must(const struct support *test, bool done);

/* Begins, and commits, an entry of kind "command". */
void support_begin(struct support *test, const char *what);
void support_commit(struct support *test);

/* Adds or changes a record inside the open entry, the fields as "name=value" and then NULL. */
struct record_id support_add(struct support *test, enum entity_kind kind, ...);
void support_set(struct support *test, enum entity_kind kind, const char *key, ...);

/* Each the same as an entry of its own. */
void support_add_alone(struct support *test, enum entity_kind kind, const char *assignment, const char *another);
void support_set_alone(struct support *test, enum entity_kind kind, const char *key, const char *assignment);

/* One field of one record, "-" when it is blank. */
const char *support_value(struct support *test, enum entity_kind kind, const char *key, const char *field);

/* The keys that a filter finds, in the order of their ids, with blanks between. */
const char *support_find(struct support *test, enum entity_kind kind, const char *filter);

/* Fails the test unless the field is that, or the filter finds those. */
void assert_value(struct support *test, enum entity_kind kind, const char *key, const char *field,
		  const char *expected);
void assert_found(struct support *test, enum entity_kind kind, const char *filter, const char *expected);

/* Fails the test unless it was not done, test->error says so in those words among others, and no entry is open. */
void assert_failed(struct support *test, bool done, const char *words);

/* Runs "noun verb" with words as "operand=word" and then NULL; what it said is *said unless NULL. */
bool support_run(struct support *test, const char *command, const char **said, ...);

/* Every row of every table of records, to compare one state with another: history left out. */
const char *support_snapshot(struct support *test);

/* Every row that SQL gives, a line each. */
const char *support_rows(struct support *test, const char *sql);

/* The number that SQL gives, -1 for none. */
int64_t support_number(struct support *test, const char *sql);

/* Runs SQL past the store, on a connection of its own that nothing hardens. */
void support_sql(const char *path, const char *sql);

#endif
