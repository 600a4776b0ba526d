/* SPDX-License-Identifier: MIT */
#include "tests/support.h"

#include <string.h>

/* Adds a question of a new source about a field of a record. */
static void
ask(struct support *test, const char *entity, const char *record, const char *field, const char *ours,
    const char *theirs)
{
	struct record *question = record_new(&test->arena, ENTITY_QUESTION),
		      *source = record_new(&test->arena, ENTITY_SOURCE);

	support_begin(test, "Imported");
	source->values[SOURCE_file] = "survey.csv";
	source->values[SOURCE_entity] = "devices";
	source->values[SOURCE_imported_at] = "2026-11-20T12:00:00Z";
	for (int i = SOURCE_rows; i <= SOURCE_absent; i++)
		source->values[i] = "0";
	support_must(test, store_insert(test->session.store, source, &test->error));
	question->values[QUESTION_source] = arena_format(&test->arena, "%lld", (long long)source->id.value);
	question->values[QUESTION_row] = "1";
	question->values[QUESTION_entity] = entity;
	question->values[QUESTION_record] = record;
	question->values[QUESTION_field] = field;
	question->values[QUESTION_ours] = ours;
	question->values[QUESTION_theirs] = theirs;
	support_must(test, store_insert(test->session.store, question, &test->error));
	support_commit(test);
}

static void
decide_device(struct support *test)
{
	support_add_alone(test, ENTITY_SITE, "code=S1", NULL);
	support_add_alone(test, ENTITY_DEVICE, "tag=C1", "site=S1");
	support_begin(test, "Decided");
	support_set(test, ENTITY_DEVICE, "C1", "decision=remove", "decision_by=Bo", "decision_on=2025-01-02", NULL);
	support_commit(test);
}

static void
a_decision_that_is_kept_stands(void **state)
{
	struct support *test = *state;
	const char *said;

	decide_device(test);
	ask(test, "device", "C1", "decision", "remove", "replace");
	assert_string_equal(support_find(test, ENTITY_QUESTION, "answer:open"), "1");
	support_must(test, support_run(test, "question answer", &said, "question=1", "answer=keep", "by=Ann",
				       "why=checked", NULL));
	assert_string_equal(said, "Kept the decision in 1 question.\n");
	assert_value(test, ENTITY_DEVICE, "C1", "decision", "remove");
	assert_value(test, ENTITY_DEVICE, "C1", "decision_by", "Bo");
	assert_value(test, ENTITY_QUESTION, "1", "answer", "kept");
	assert_value(test, ENTITY_QUESTION, "1", "answered_by", "Ann");
	assert_value(test, ENTITY_QUESTION, "1", "answered_on", "2026-11-21");
	assert_failed(test, support_run(test, "question answer", NULL, "question=1", "answer=take", "by=Ann", NULL),
		      "was answered already: kept, by Ann on 2026-11-21");
}

static void
what_is_taken_is_the_decision_of_who_answers(void **state)
{
	struct support *test = *state;
	const char *before, *said;

	decide_device(test);
	ask(test, "device", "C1", "decision", "remove", "replace");
	before = support_snapshot(test);
	support_must(test, support_run(test, "question answer", &said, "question=1", "answer=take", "by=Ann", NULL));
	assert_string_equal(said, "Took what the file says in 1 question.\nDevice C1: decision is 'replace' now, no "
				  "longer 'remove', decision_by Ann, decision_on 2026-11-21.\n");
	assert_value(test, ENTITY_DEVICE, "C1", "decision", "replace");
	assert_value(test, ENTITY_DEVICE, "C1", "decision_by", "Ann");
	assert_value(test, ENTITY_DEVICE, "C1", "decision_on", "2026-11-21");
	assert_value(test, ENTITY_QUESTION, "1", "answer", "taken");
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_string_equal(support_snapshot(test), before);
}

static void
questions_about_one_record_are_answered_together(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_MANUFACTURER, "name=Acme", NULL);
	ask(test, "manufacturer", "Acme", "covered", "undecided", "yes");
	ask(test, "manufacturer", "Acme", "decided_by", NULL, "Cy");
	ask(test, "manufacturer", "Acme", "basis", NULL, "State owned");
	/* Covered alone would stand without its basis. */
	assert_failed(test, support_run(test, "question answer", NULL, "question=1", "answer=take", "by=Ann", NULL),
		      "needs its basis");
	assert_value(test, ENTITY_QUESTION, "1", "answer", "open");
	support_must(test, support_run(test, "question answer", NULL, "question=3", "question=1", "question=2",
				       "answer=take", "by=Ann", NULL));
	assert_value(test, ENTITY_MANUFACTURER, "Acme", "covered", "yes");
	assert_value(test, ENTITY_MANUFACTURER, "Acme", "basis", "State owned");
	/* The file says who decided, so that is taken too; nobody says when. */
	assert_value(test, ENTITY_MANUFACTURER, "Acme", "decided_by", "Cy");
	assert_value(test, ENTITY_MANUFACTURER, "Acme", "decided_on", "2026-11-21");
	assert_string_equal(support_find(test, ENTITY_QUESTION, "answer:taken"), "1 2 3");
}

static void
a_question_that_time_has_overtaken_says_so(void **state)
{
	struct support *test = *state;

	decide_device(test);
	ask(test, "device", "C1", "decision", "replace", "retain with mitigation");
	assert_failed(test, support_run(test, "question answer", NULL, "question=1", "answer=take", "by=Ann", NULL),
		      "was 'replace' when the file came and is 'remove' now");
	ask(test, "device", "C2", "decision", "remove", "replace");
	assert_failed(test, support_run(test, "question answer", NULL, "question=2", "answer=take", "by=Ann", NULL),
		      "device C2, which the register no longer has");
	assert_string_equal(support_find(test, ENTITY_QUESTION, "answer:open"), "1 2");
	support_must(test, support_run(test, "question answer", NULL, "question=1", "question=2", "answer=keep",
				       "by=Ann", NULL));
	/* What the register says by now is taken without a change. */
	ask(test, "device", "C1", "decision", "none", "remove");
	support_must(test, support_run(test, "question answer", NULL, "question=3", "answer=take", "by=Ann", NULL));
	assert_value(test, ENTITY_DEVICE, "C1", "decision", "remove");
	assert_value(test, ENTITY_DEVICE, "C1", "decision_by", "Ann");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(a_decision_that_is_kept_stands),
		register_test(what_is_taken_is_the_decision_of_who_answers),
		register_test(questions_about_one_record_are_answered_together),
		register_test(a_question_that_time_has_overtaken_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
