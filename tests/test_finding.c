/* SPDX-License-Identifier: MIT */
/* Answers to findings, the words of findings, and the settings that rules rest on. */
#include "tests/support.h"

#include <string.h>

#include "commands/figures.h"
#include "commands/finding.h"
#include "core/check.h"
#include "core/setting.h"

/* Two devices on a sensitive site that nobody has decided about: each breaks R3. */
static int
open_estate(void **state)
{
	struct support *test;

	if (support_open(state) != 0)
		return -1;
	test = *state;
	support_begin(test, "Make an estate");
	support_add(test, ENTITY_MANUFACTURER, "name=Covered", "covered=yes", "basis=b", "decided_by=A",
		    "decided_on=2024-01-01", NULL);
	support_add(test, ENTITY_SITE, "code=SENS", "survey_on=2024-01-01", "controller=department", NULL);
	support_add(test, ENTITY_ASSESSMENT, "site=SENS", "secret=yes", "grounds=g", "decided_by=A",
		    "decided_on=2024-01-01", NULL);
	for (const char *const *tag = (const char *const[]){ "tag=D1", "tag=D2", NULL }; *tag != NULL; tag++)
		support_add(test, ENTITY_DEVICE, *tag, "site=SENS", "kind=camera", "manufacturer=Covered",
			    "maker_confirmed_by=A", "maker_confirmed_on=2024-01-01", "network=none",
			    "installed_on=2020-05-01", NULL);
	support_commit(test);
	return 0;
}

#define estate_test(function) cmocka_unit_test_setup_teardown(function, open_estate, support_close)

static void
be_on(struct support *test, const char *day)
{
	assert_true(date_parse(day, false, &test->session.today));
	test->session.now = date_days(test->session.today) * 24 * 60 * 60;
}

static void
answer(struct support *test, const char *key, const char *by, const char *until)
{
	support_must(test, support_run(test, "finding answer", NULL, "rule=r3", key, "answer=retain",
				       "reason=Masked and on no network", by, until, NULL));
}

static const char *
words_of(struct support *test, const char *tag)
{
	struct finding *findings;
	struct record_id id;
	size_t count;

	support_must(test, store_lookup(test->session.store, ENTITY_DEVICE, tag, &id, &test->error));
	support_must(test, findings_of_record(&test->session, id, &test->arena, &findings, &count, &test->error));
	assert_int_equal(count, 1);
	return findings[0].words;
}

static void
an_answer_holds_to_its_last_day_and_then_lapses_loudly(void **state)
{
	struct support *test = *state;

	assert_found(test, ENTITY_DEVICE, "finding:R3", "D1 D2");
	answer(test, "key=D1", "by=B. Jones", "until=2026-12-31");
	assert_found(test, ENTITY_DEVICE, "breaks:R3", "D1 D2");
	assert_found(test, ENTITY_DEVICE, "finding:R3", "D2");
	assert_found(test, ENTITY_DEVICE, "answered:R3", "D1");
	assert_found(test, ENTITY_DEVICE, "lapsed:R3", "");
	be_on(test, "2026-12-31");
	assert_found(test, ENTITY_DEVICE, "answered:R3", "D1");
	assert_null(strstr(words_of(test, "D1"), "B. Jones"));
	be_on(test, "2027-01-01");
	assert_found(test, ENTITY_DEVICE, "finding:R3", "D1 D2");
	assert_found(test, ENTITY_DEVICE, "answered:R3", "");
	assert_found(test, ENTITY_DEVICE, "lapsed:R3", "D1");
	assert_non_null(strstr(words_of(test, "D1"),
			       ". The answer of B. Jones (retain with mitigation) held until 2026-12-31."));
	assert_null(strstr(words_of(test, "D2"), "answer"));
	assert_string_equal(support_value(test, ENTITY_ANSWER, "1", "state"), "lapsed");
	assert_string_equal(support_value(test, ENTITY_ANSWER, "1", "subject"), "D1");
}

static void
an_answer_to_one_rule_is_none_to_another(void **state)
{
	struct support *test = *state;

	answer(test, "key=D1", "by=B", "until=2027-01-01");
	support_set_alone(test, ENTITY_DEVICE, "D1", "network=core");
	assert_found(test, ENTITY_DEVICE, "finding:R2", "D1");
	assert_found(test, ENTITY_DEVICE, "finding:any", "D1 D2");
	assert_found(test, ENTITY_DEVICE, "finding:decide", "D2");
	assert_found(test, ENTITY_DEVICE, "finding:breach", "D1");
}

static void
an_answer_counts_no_more_when_nothing_breaks_the_rule(void **state)
{
	struct support *test = *state;

	answer(test, "key=D1", "by=B", "until=2026-11-30");
	support_begin(test, "Decide");
	support_set(test, ENTITY_DEVICE, "D1", "decision=remove", "decision_by=A", "decision_on=2026-01-01", NULL);
	support_commit(test);
	assert_found(test, ENTITY_DEVICE, "answered:R3", "");
	be_on(test, "2027-01-01");
	assert_found(test, ENTITY_DEVICE, "lapsed:any", "");
}

static void
a_newer_answer_ends_the_one_before(void **state)
{
	struct support *test = *state;

	answer(test, "key=D1", "by=B", "until=2028-01-01");
	answer(test, "key=D1", "by=C", "until=2026-11-30");
	assert_string_equal(support_value(test, ENTITY_ANSWER, "1", "state"), "followed");
	assert_string_equal(support_value(test, ENTITY_ANSWER, "1", "expires_on"), "2026-11-20");
	assert_string_equal(support_value(test, ENTITY_ANSWER, "2", "state"), "holds");
	be_on(test, "2026-12-01");
	assert_found(test, ENTITY_DEVICE, "finding:R3", "D1 D2");
	assert_non_null(strstr(words_of(test, "D1"), "answer of C"));
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_found(test, ENTITY_DEVICE, "answered:R3", "D1");
}

static void
an_answer_can_be_ended_with_a_reason(void **state)
{
	struct support *test = *state;

	answer(test, "key=D1", "by=B", "until=2028-01-01");
	assert_false(support_run(test, "finding reopen", NULL, "rule=R3", "key=D1", NULL));
	support_must(test,
		     support_run(test, "finding reopen", NULL, "rule=R3", "key=D1", "why=The mask fell off", NULL));
	assert_found(test, ENTITY_DEVICE, "finding:R3", "D1 D2");
	assert_found(test, ENTITY_DEVICE, "lapsed:R3", "D1");
	assert_false(support_run(test, "finding reopen", NULL, "rule=R3", "key=D1", "why=Again", NULL));
	assert_non_null(strstr(test->error.message, "No answer of device D1 to R3"));
}

static void
assert_not_answered(struct support *test, const char *rule, const char *key, const char *until, const char *sentence)
{
	const char *before = support_snapshot(test);

	assert_false(support_run(test, "finding answer", NULL, rule, key, "answer=accepted", "reason=r", "by=B", until,
				 NULL));
	if (strstr(test->error.message, sentence) == NULL)
		fail_msg("it says '%s', not '%s'", test->error.message, sentence);
	assert_string_equal(support_snapshot(test), before);
}

static void
what_is_no_finding_cannot_be_answered(void **state)
{
	struct support *test = *state;

	assert_not_answered(test, "rule=R1", "key=D1", "until=30d", "Device D1 does not break R1");
	assert_not_answered(test, "rule=R3", "key=D1", "until=2026-11-20", "2026-11-20 has passed");
	assert_not_answered(test, "rule=R3", "key=D9", "until=30d", "There is no device 'D9'");
	assert_not_answered(test, "rule=R3", "key=SENS", "until=30d", "There is no device 'SENS'");
	assert_not_answered(test, "rule=R6", "key=D1", "until=30d", "Terrier itself keeps to R6");
	assert_not_answered(test, "rule=R99", "key=D1", "until=30d", "There is no rule 'R99'");
}

/* One that does not break the rule stops the answer to all. */
static void
several_are_answered_together_or_not_at_all(void **state)
{
	struct support *test = *state;

	support_must(test, support_run(test, "finding answer", NULL, "rule=R3", "key=D1", "key=D2",
				       "answer=not in scope", "reason=r", "by=B", "until=90d", NULL));
	assert_found(test, ENTITY_DEVICE, "answered:R3", "D1 D2");
	support_must(test, support_run(test, "undo", NULL, NULL));
	support_begin(test, "Decide");
	support_set(test, ENTITY_DEVICE, "D2", "decision=remove", "decision_by=A", "decision_on=2026-01-01", NULL);
	support_commit(test);
	assert_false(support_run(test, "finding answer", NULL, "rule=R3", "key=D1", "key=D2", "answer=not in scope",
				 "reason=r", "by=B", "until=90d", NULL));
	assert_found(test, ENTITY_DEVICE, "answered:R3", "");
}

static void
a_site_and_a_contract_are_answered_too(void **state)
{
	struct support *test = *state;

	support_add_alone(test, ENTITY_SITE, "code=NEW", "name=New House");
	support_begin(test, "Add a contract");
	support_add(test, ENTITY_CONTRACT, "reference=K", "supplier=Covered", "operator=Covered", "data_holder=Covered",
		    NULL);
	support_commit(test);
	support_must(test, support_run(test, "finding answer", NULL, "rule=R7", "key=NEW", "answer=accepted",
				       "reason=r", "by=B", "until=30d", NULL));
	support_must(test, support_run(test, "finding answer", NULL, "rule=R12", "key=K", "answer=accepted", "reason=r",
				       "by=B", "until=30d", NULL));
	assert_string_equal(support_find(test, ENTITY_SITE, "answered:R7"), "NEW");
	assert_string_equal(support_find(test, ENTITY_CONTRACT, "answered:R12"), "K");
	assert_string_equal(support_value(test, ENTITY_ANSWER, "1", "subject"), "NEW");
	assert_string_equal(support_value(test, ENTITY_ANSWER, "2", "subject"), "K");
}

static void
an_answer_is_about_what_its_rule_is_about(void **state)
{
	static const char *const usual[] = { "answer=accepted", "reason=r", "answered_by=B", "answered_on=2026-01-01",
					     "expires_on=2027-01-01" };
	static const struct {
		const char *rule, *first, *second, *sentence;
	} cases[] = {
		{ "rule=R3", "site=SENS", NULL, "names one device and nothing else" },
		{ "rule=R3", "device=D1", "site=SENS", "names one device and nothing else" },
		{ "rule=R3", NULL, NULL, "names one device and nothing else" },
		{ "rule=R9", "device=D1", NULL, "No finding can come of a rule 'R9'" },
		{ "rule=X", "device=D1", NULL, "No finding can come of a rule 'X'" },
	};
	struct support *test = *state;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct record *answer = record_new(&test->arena, ENTITY_ANSWER);

		for (size_t j = 0; j < sizeof usual / sizeof usual[0]; j++)
			support_must(test, record_assign(answer, usual[j], &test->arena, &test->error));
		support_must(test, record_assign(answer, cases[i].rule, &test->arena, &test->error));
		support_must(test, cases[i].first == NULL ||
					   record_assign(answer, cases[i].first, &test->arena, &test->error));
		support_must(test, cases[i].second == NULL ||
					   record_assign(answer, cases[i].second, &test->arena, &test->error));
		assert_false(record_check(answer, test->session.today, &test->error));
		if (strstr(test->error.message, cases[i].sentence) == NULL)
			fail_msg("%s says '%s'", cases[i].rule, test->error.message);
	}
}

static void
every_finding_is_counted_and_listed(void **state)
{
	struct support *test = *state;
	int64_t open, answered;

	answer(test, "key=D1", "by=B", "until=2027-01-01");
	support_set_alone(test, ENTITY_DEVICE, "D2", "quantity=3");
	support_must(test, finding_counts(&test->session, rule_named("R3"), &open, &answered, &test->error));
	assert_int_equal(open, 3);
	assert_int_equal(answered, 1);
}

static void
a_setting_takes_only_what_it_can_be(void **state)
{
	static const struct {
		const char *name, *value, *sentence;
	} cases[] = {
		{ "instruction_on", "2022-11-24", NULL },
		{ "instruction_on", "24/11/2022", "is written 2022-11-24" },
		{ "instruction_on", "2022", "instruction_on: " },
		{ "instruction_on", NULL, "cannot be blank" },
		{ "core_networks", "core,departmental", NULL },
		{ "core_networks", "Core, internet", NULL },
		{ "core_networks", NULL, "cannot be blank" },
		{ "core_networks", "", "cannot be blank" },
		{ "core_networks", "core,unknown", "'unknown' is none of them: departmental, core" },
		{ "core_networks", "none", "none of them" },
		{ "core_networks", "isolated", "none of them" },
		{ "core_networks", "corporate", "'corporate' is none of them: departmental, core" },
		{ "wider_scope", NULL, NULL },
		{ "core_networks", "core;departmental", "none of them" },
		{ "wider_scope", "traffic sensor,cellular module", NULL },
		{ "wider_scope", "camera", "'camera' is none of them: access control, traffic sensor" },
		{ "wider_scope", "other", "none of them" },
		{ "pace_months", "12", NULL },
		{ "pace_months", "0", "pace_months: " },
		{ "pace_months", "six", "pace_months: " },
		{ "pace_months", "x4", "is written 4" },
		{ "pace_months", "60", NULL },
		{ "pace_months", "61", "a whole number from 1 to 60" },
		{ "pace_months", "9999999999999", "a whole number from 1 to 60" },
		{ "pace_months", NULL, "cannot be blank" },
	};
	struct error error;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		bool right = setting_check(setting_named(cases[i].name), cases[i].value, &error);

		if (right != (cases[i].sentence == NULL) ||
		    (!right && strstr(error.message, cases[i].sentence) == NULL))
			fail_msg("%s=%s: %s", cases[i].name, cases[i].value != NULL ? cases[i].value : "",
				 right ? "taken" : error.message);
	}
	for each_setting(setting)
		assert_true(setting_check(setting, *setting->initial != '\0' ? setting->initial : NULL, &error));
}

static void
a_setting_is_changed_with_a_reason_and_never_made(void **state)
{
	struct support *test = *state;

	assert_false(support_run(test, "set", NULL, "entity=setting", "key=pace_months", "field=value=12", NULL));
	assert_non_null(strstr(test->error.message, "needs its reason"));
	assert_false(
		support_run(test, "set", NULL, "entity=setting", "key=pace_months", "field=name=other", "why=w", NULL));
	assert_non_null(strstr(test->error.message, "no setting 'other'"));
	assert_false(
		support_run(test, "add", NULL, "entity=setting", "field=name=mine", "field=value=1", "why=w", NULL));
	assert_false(support_run(test, "add", NULL, "entity=setting", "field=name=pace_months", "field=value=1",
				 "why=w", NULL));
	assert_string_equal(support_value(test, ENTITY_SETTING, "pace_months", "value"), "6");
	support_must(test, support_run(test, "set", NULL, "entity=setting", "key=pace_months", "field=value=12",
				       "why=The board asked", NULL));
	assert_string_equal(support_value(test, ENTITY_SETTING, "pace_months", "value"), "12");
	support_must(test, support_run(test, "undo", NULL, NULL));
	assert_string_equal(support_value(test, ENTITY_SETTING, "pace_months", "value"), "6");
}

static void
however_many_answers_hold_all_of_them_end(void **state)
{
	enum { ANSWERS = 130 };
	struct support *test = *state;

	support_begin(test, "Answers");
	support_add(test, ENTITY_SITE, "code=LONE", NULL);
	for (int i = 0; i < ANSWERS; i++)
		support_add(test, ENTITY_ANSWER, "rule=R7", "site=LONE", "answer=accepted", "reason=r", "answered_by=A",
			    "answered_on=2026-11-01", "expires_on=2026-12-31", NULL);
	support_commit(test);
	support_must(test, support_run(test, "finding reopen", NULL, "rule=R7", "key=LONE", "why=w", NULL));
	assert_int_equal(support_number(test, "SELECT count(*) FROM answer WHERE expires_on >= '2026-11-21'"), 0);
}

static void
the_capitals_of_mac_prefixes_are_kept(void **state)
{
	struct support *test = *state;

	assert_string_equal(figure_amount(&test->arena, &entities[ENTITY_MAC_PREFIX], 0, 0), "0 MAC prefixes");
	assert_string_equal(figure_amount(&test->arena, &entities[ENTITY_MODEL_PREFIX], 1, 1), "1 model prefix");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		estate_test(an_answer_holds_to_its_last_day_and_then_lapses_loudly),
		estate_test(an_answer_to_one_rule_is_none_to_another),
		estate_test(an_answer_counts_no_more_when_nothing_breaks_the_rule),
		estate_test(a_newer_answer_ends_the_one_before),
		estate_test(an_answer_can_be_ended_with_a_reason),
		estate_test(what_is_no_finding_cannot_be_answered),
		estate_test(several_are_answered_together_or_not_at_all),
		estate_test(a_site_and_a_contract_are_answered_too),
		estate_test(an_answer_is_about_what_its_rule_is_about),
		estate_test(every_finding_is_counted_and_listed),
		cmocka_unit_test(a_setting_takes_only_what_it_can_be),
		estate_test(a_setting_is_changed_with_a_reason_and_never_made),
		register_test(however_many_answers_hold_all_of_them_end),
		register_test(the_capitals_of_mac_prefixes_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
