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

/* As manufacturer cover does: it can be seen before, the devices follow, the list has a version, undo takes it back. */
static void
what_a_taken_decision_covers_is_told_and_written_down(void **state)
{
	struct support *test = *state;
	const char *before, *said;

	support_begin(test, "Ground");
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Acme", "decided_by=Ed", "decided_on=2026-01-02", "basis=b", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Best", NULL);
	support_add(test, ENTITY_MODEL_PREFIX, "prefix=AC-", "manufacturer=Acme", NULL);
	support_commit(test);
	support_must(test, support_run(test, "add", NULL, "entity=device", "field=tag=C1", "field=site=S1",
				       "field=kind=camera", "field=model=AC-1", "field=mac=3C:EF:8C:01:02:03", NULL));
	support_must(test, support_run(test, "add", NULL, "entity=device", "field=tag=C2", "field=site=S1",
				       "field=kind=camera", "field=make=Best", "field=model=AC-2", NULL));
	assert_value(test, ENTITY_DEVICE, "C2", "manufacturer", "Acme");
	ask(test, "manufacturer", "Best", "covered", "undecided", "yes");
	ask(test, "manufacturer", "Best", "basis", NULL, "State owned");
	ask(test, "manufacturer", "Best", "effective_on", NULL, "2026-01-01");
	before = support_snapshot(test);
	support_must(test, support_run(test, "question answer", &said, "question=1", "question=2", "question=3",
				       "answer=take", "by=Ann", "dry-run", NULL));
	assert_non_null(strstr(said, "this is what would happen. Nothing was changed.\n1 device becomes suspected, 1 "
				     "comes into scope, 1 changes its maker."));
	assert_string_equal(support_snapshot(test), before);
	support_must(test, support_run(test, "question answer", &said, "question=1", "question=2", "question=3",
				       "answer=take", "by=Ann", NULL));
	assert_non_null(strstr(said, "1 device becomes suspected"));
	assert_non_null(strstr(said, "Manufacturer Best: covered is 'yes' now, no longer 'undecided', decided_by Ann"));
	assert_value(test, ENTITY_DEVICE, "C2", "manufacturer", "Best");
	assert_value(test, ENTITY_DEVICE, "C2", "rival", "Acme");
	assert_value(test, ENTITY_LIST_VERSION, "1", "gained", "1");
	assert_value(test, ENTITY_LIST_VERSION, "1", "decided_by", "Ann");
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_string_equal(support_snapshot(test), before);
}

static void
a_taken_decision_may_count_from_a_later_day(void **state)
{
	struct support *test = *state;
	const char *said;

	support_add_alone(test, ENTITY_MANUFACTURER, "name=Acme", NULL);
	ask(test, "manufacturer", "Acme", "covered", "undecided", "yes");
	ask(test, "manufacturer", "Acme", "basis", NULL, "State owned");
	ask(test, "manufacturer", "Acme", "effective_on", NULL, "2027-02-01");
	support_must(test, support_run(test, "question answer", &said, "question=1", "question=2", "question=3",
				       "answer=take", "by=Ann", NULL));
	assert_non_null(strstr(said, "Under the list as from 1 February 2027: No device changes by it."));
	assert_value(test, ENTITY_LIST_VERSION, "1", "effective_on", "2027-02-01");
	ask(test, "manufacturer", "Acme", "covered", "yes", "no");
	assert_failed(test, support_run(test, "question answer", NULL, "question=4", "answer=take", "by=Ann",
						NULL),
			      "not covered counts at once");
}

static void
what_stays_as_it_was_decided_is_not_taken_either(void **state)
{
	struct support *test = *state;

	decide_device(test);
	support_add_alone(test, ENTITY_DEADLINE, "site=S1", "target_on=2027-01-31");
	support_set_alone(test, ENTITY_DEADLINE, "1", "first_on=2026-12-31");
	support_begin(test, "Assessed");
	support_add(test, ENTITY_ASSESSMENT, "site=S1", "secret=no", "grounds=x", "decided_by=Jo",
		    "decided_on=2024-01-01", NULL);
	support_commit(test);
	ask(test, "deadline", "1", "first_on", "2026-12-31", "2027-01-31");
	ask(test, "assessment", "1", "secret", "no", "yes");
	assert_failed(test,
			      support_run(test, "question answer", NULL, "question=1", "answer=take", "by=Ann", NULL),
			      "so it stays as it is (first_on)");
	assert_failed(test,
			      support_run(test, "question answer", NULL, "question=2", "answer=take", "by=Ann", NULL),
			      "assess the site again");
	assert_string_equal(support_find(test, ENTITY_QUESTION, "answer:open"), "1 2");
}

static void
a_device_is_matched_by_what_is_taken_of_it(void **state)
{
	struct support *test = *state;

	support_begin(test, "Ground");
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Axis", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=Dahua", NULL);
	support_commit(test);
	support_must(test, support_run(test, "add", NULL, "entity=device", "field=tag=C1", "field=site=S1",
				       "field=make=Axis", "field=mac=3C:EF:8C:01:02:03", NULL));
	assert_value(test, ENTITY_DEVICE, "C1", "evidence", "disagree");
	ask(test, "device", "C1", "maker_confirmed_by", NULL, "Cy");
	ask(test, "device", "C1", "maker_confirmed_on", NULL, "2026-11-01");
	support_must(test, support_run(test, "question answer", NULL, "question=1", "question=2", "answer=take",
				       "by=Ann", NULL));
	assert_value(test, ENTITY_DEVICE, "C1", "evidence", "stated");
	assert_value(test, ENTITY_DEVICE, "C1", "rival", "-");
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
		register_test(what_a_taken_decision_covers_is_told_and_written_down),
		register_test(a_taken_decision_may_count_from_a_later_day),
		register_test(what_stays_as_it_was_decided_is_not_taken_either),
		register_test(a_device_is_matched_by_what_is_taken_of_it),
		register_test(a_question_that_time_has_overtaken_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
