/* SPDX-License-Identifier: MIT */
/* What is worked out from other records: each computed field with rows that do and rows that do not satisfy it. */
#include "tests/support.h"

#include <string.h>

#include "commands/figures.h"

/* Covered: HIK; not covered: ACME; nobody has decided on: MAYBE. */
static void
add_makers(struct support *test)
{
	support_add(test, ENTITY_MANUFACTURER, "name=HIK", "covered=yes", "basis=law", "decided_by=Jo",
		    "decided_on=2023-01-01", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=ACME", "covered=no", "basis=law", "decided_by=Jo",
		    "decided_on=2023-01-01", NULL);
	support_add(test, ENTITY_MANUFACTURER, "name=MAYBE", NULL);
}

static void
assess(struct support *test, const char *site, const char *day, const char *answers)
{
	static const char *const limbs[] = { "secret", "dv", "ministers", "socpa", "other" };
	const char *words[5];

	for (int i = 0; i < 5; i++) {
		char answer = answers[i];

		words[i] = arena_format(&test->arena, "%s=%s", limbs[i],
					answer == 'y'   ? "yes"
					: answer == 'n' ? "no"
							: "not assessed");
	}
	support_add(test, ENTITY_ASSESSMENT, arena_format(&test->arena, "site=%s", site), words[0], words[1], words[2],
		    words[3], words[4], "grounds=x", "decided_by=Jo", arena_format(&test->arena, "decided_on=%s", day),
		    arena_format(&test->arena, "review_on=%d-06-01", 2030 + (int)strlen(answers) + (answers[0] == 'y')),
		    NULL);
}

static void
a_site_is_sensitive_by_any_limb_and_not_only_by_all_four(void **state)
{
	static const struct { const char *answers, *sensitive; } rows[] = {
		{ "-----", "not assessed" }, { "y----", "yes" }, { "-y---", "yes" }, { "--y--", "yes" },
		{ "---y-", "yes" }, { "----y", "yes" }, { "nnnn-", "no" }, { "nnnnn", "no" }, { "nnnny", "yes" },
		{ "nnn--", "not assessed" }, { "nnn-n", "not assessed" }, { "ynnn-", "yes" },
		{ "-nnnn", "not assessed" }, { "n-nnn", "not assessed" }, { "nn-nn", "not assessed" },
	};
	struct support *test = *state;

	support_begin(test, "Fill");
	support_add(test, ENTITY_SITE, "code=none", NULL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		support_add(test, ENTITY_SITE, arena_format(&test->arena, "code=S%zu", i), NULL);
		assess(test, arena_format(&test->arena, "S%zu", i), "2026-01-01", rows[i].answers);
	}
	support_commit(test);
	assert_value(test, ENTITY_SITE, "none", "sensitive", "not assessed");
	assert_value(test, ENTITY_SITE, "none", "review_on", "-");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_value(test, ENTITY_SITE, arena_format(&test->arena, "S%zu", i), "sensitive", rows[i].sensitive);
	assert_string_equal(support_find(test, ENTITY_SITE, "sensitive:no"), "S6 S7");
}

static void
the_newest_assessment_counts(void **state)
{
	struct support *test = *state;

	support_begin(test, "Fill");
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	assess(test, "S1", "2026-02-01", "nnnn-");
	assess(test, "S1", "2026-01-01", "y----");
	support_commit(test);
	assert_value(test, ENTITY_SITE, "S1", "sensitive", "no");
	assert_value(test, ENTITY_SITE, "S1", "review_on", "2035-06-01");
	support_begin(test, "Same day, later");
	assess(test, "S1", "2026-02-01", "y----");
	support_commit(test);
	assert_value(test, ENTITY_SITE, "S1", "sensitive", "yes");
	assert_value(test, ENTITY_SITE, "S1", "review_on", "2036-06-01");
	assert_string_equal(support_find(test, ENTITY_ASSESSMENT, "outcome:yes"), "2 3");
}

static void
a_device_is_in_scope_by_its_maker_and_its_kind(void **state)
{
	static const struct { const char *kind, *maker, *confirmed, *scope, *match; } rows[] = {
		{ "camera", "HIK", "", "yes", "suspected" }, { "camera", "HIK", "2024-01-01", "yes", "confirmed" },
		{ "unknown", "HIK", "", "yes", "suspected" }, { "access control", "HIK", "", "no", "suspected" },
		{ "camera", "ACME", "", "no", "not covered" }, { "camera", "ACME", "2024-01-01", "no", "not covered" },
		{ "camera", "MAYBE", "", "unknown", "undecided" },
		{ "camera", "MAYBE", "2024-01-01", "unknown", "undecided" }, { "camera", "", "", "unknown", "unknown" },
		{ "parking sensor", "", "", "no", "unknown" },
		{ "parking sensor", "MAYBE", "", "no", "undecided" },
	};
	struct support *test = *state;
	struct arena *arena = &test->arena;

	support_begin(test, "Fill");
	add_makers(test);
	support_add(test, ENTITY_ORGANISATION, "code=ORG", NULL);
	support_add(test, ENTITY_SITE, "code=S1", "organisation=ORG", NULL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		support_add(test, ENTITY_DEVICE, arena_format(arena, "tag=C%zu", i), "site=S1",
			    arena_format(arena, "kind=%s", rows[i].kind),
			    arena_format(arena, "manufacturer=%s", rows[i].maker),
			    arena_format(arena, "maker_confirmed_on=%s", rows[i].confirmed),
			    *rows[i].confirmed != '\0' ? "maker_confirmed_by=Jo" : "maker_confirmed_by=", NULL);
	support_commit(test);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_value(test, ENTITY_DEVICE, arena_format(arena, "C%zu", i), "in_scope", rows[i].scope);
		assert_value(test, ENTITY_DEVICE, arena_format(arena, "C%zu", i), "match", rows[i].match);
	}
	assert_value(test, ENTITY_DEVICE, "C0", "sensitive", "not assessed");
	assert_value(test, ENTITY_DEVICE, "C0", "organisation", "ORG");
	assert_value(test, ENTITY_MANUFACTURER, "HIK", "devices", "4");
}

static void
a_device_is_present_until_it_is_removed_replaced_or_disposed_of(void **state)
{
	static const char *const gone[] = { "removed_on", "replaced_on", "disposed_on" };
	static const char *const there[] = { "isolated_on", "switched_off_on", "verified_on" };
	struct support *test = *state;

	support_begin(test, "Fill");
	add_makers(test);
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	for (int i = 0; i < 3; i++) {
		support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=%s", gone[i]), "site=S1",
			    "manufacturer=HIK", arena_format(&test->arena, "%s=2024-01-01", gone[i]), NULL);
		support_add(test, ENTITY_DEVICE, arena_format(&test->arena, "tag=%s", there[i]), "site=S1",
			    "manufacturer=HIK", arena_format(&test->arena, "%s=2024-01-01", there[i]), NULL);
	}
	support_commit(test);
	for (int i = 0; i < 3; i++) {
		assert_value(test, ENTITY_DEVICE, gone[i], "present", "no");
		assert_value(test, ENTITY_DEVICE, there[i], "present", "yes");
	}
	assert_value(test, ENTITY_SITE, "S1", "devices", "3");
	assert_value(test, ENTITY_SITE, "S1", "in_scope_left", "3");
	assert_value(test, ENTITY_MANUFACTURER, "HIK", "devices", "3");
}

/* A site for each state, from devices "maker/removed/verified". */
static void
add_site(struct support *test, const char *code, const char *survey, const char *const *devices)
{
	struct arena *arena = &test->arena;

	support_add(test, ENTITY_SITE, arena_format(arena, "code=%s", code),
		    arena_format(arena, "survey_on=%s", survey), NULL);
	for (int i = 0; devices[i] != NULL; i++)
		support_add(test, ENTITY_DEVICE, arena_format(arena, "tag=%s-%d", code, i),
			    arena_format(arena, "site=%s", code),
			    devices[i][0] == 'h'   ? "manufacturer=HIK"
			    : devices[i][0] == 'a' ? "manufacturer=ACME"
						   : "manufacturer=",
			    strchr(devices[i], 'r') != NULL ? "removed_on=2024-01-01" : "removed_on=",
			    strchr(devices[i], 'v') != NULL ? "verified_on=2024-02-01" : "verified_on=", NULL);
}

static void
a_site_goes_through_its_seven_states(void **state)
{
	static const struct { const char *survey, *devices[4], *state, *ever, *left; } rows[] = {
		{ "", { NULL }, "not surveyed", "unknown", "0" },
		{ "", { "a", NULL }, "not surveyed", "unknown", "0" },
		{ "2025-01-01", { NULL }, "never had", "no", "0" },
		{ "2025-01-01", { "a", NULL }, "never had", "no", "0" },
		{ "2025-01-01", { "?", "a", NULL }, "makes unknown", "unknown", "0" },
		{ "", { "?", NULL }, "makes unknown", "unknown", "0" },
		{ "", { "h", "h", NULL }, "not begun", "yes", "2" },
		{ "", { "h", "?", NULL }, "not begun", "yes", "1" },
		{ "", { "h", "hrv", NULL }, "in progress", "yes", "1" },
		{ "", { "hr", "hrv", NULL }, "cleared unverified", "yes", "0" },
		{ "", { "hrv", "?", NULL }, "cleared unverified", "yes", "0" },
		{ "", { "hrv", "hrv", "?r", NULL }, "cleared", "yes", "0" },
		{ "", { "hrv", "a", NULL }, "cleared", "yes", "0" },
		{ "2025-01-01", { "?r", NULL }, "makes unknown", "unknown", "0" },
	};
	struct support *test = *state;

	support_begin(test, "Fill");
	add_makers(test);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		add_site(test, arena_format(&test->arena, "S%zu", i), rows[i].survey, rows[i].devices);
	support_commit(test);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *code = arena_format(&test->arena, "S%zu", i);

		assert_value(test, ENTITY_SITE, code, "state", rows[i].state);
		assert_value(test, ENTITY_SITE, code, "ever_in_scope", rows[i].ever);
		assert_value(test, ENTITY_SITE, code, "in_scope_left", rows[i].left);
	}
	assert_string_equal(support_find(test, ENTITY_SITE, "cleared"), "S9 S10 S11 S12");
	assert_string_equal(support_find(test, ENTITY_SITE, "surveyed"), "S2 S3 S4 S13");
}

static void
an_organisation_counts_its_sensitive_sites(void **state)
{
	static const char *const left[] = { "h", NULL }, *const cleared[] = { "hrv", NULL }, *const none[] = { NULL };
	struct support *test = *state;

	support_begin(test, "Fill");
	add_makers(test);
	support_add(test, ENTITY_ORGANISATION, "code=ORG", NULL);
	support_add(test, ENTITY_ORGANISATION, "code=EMPTY", NULL);
	add_site(test, "S1", "", left);
	add_site(test, "S2", "", cleared);
	add_site(test, "S3", "", none);
	add_site(test, "S4", "", cleared);
	for (int i = 1; i <= 4; i++)
		support_set(test, ENTITY_SITE, arena_format(&test->arena, "S%d", i), "organisation=ORG", NULL);
	for (int i = 1; i <= 3; i++)
		assess(test, arena_format(&test->arena, "S%d", i), "2026-01-01", "y----");
	support_commit(test);
	assert_value(test, ENTITY_ORGANISATION, "ORG", "sites", "4");
	assert_value(test, ENTITY_ORGANISATION, "ORG", "sensitive_sites", "3");
	assert_value(test, ENTITY_ORGANISATION, "ORG", "ever_in_scope", "2");
	assert_value(test, ENTITY_ORGANISATION, "ORG", "cleared", "1");
	assert_value(test, ENTITY_ORGANISATION, "EMPTY", "sites", "0");
}

static void
a_deadline_knows_its_state_and_days(void **state)
{
	static const struct { const char *due, *done, *state, *days; } rows[] = {
		{ "2026-11-20", "", "overdue", "-1" }, { "2026-11-21", "", "due soon", "0" },
		{ "2026-12-21", "", "due soon", "30" }, { "2026-12-22", "", "later", "31" },
		{ "2026-11-01", "2026-11-01", "met", "-" }, { "2026-11-01", "2026-11-02", "met late", "-" },
		{ "2030-01-01", "2026-11-01", "met", "-" },
	};
	struct support *test = *state;
	struct arena *arena = &test->arena;

	support_begin(test, "Fill");
	support_add(test, ENTITY_ORGANISATION, "code=ORG", NULL);
	support_add(test, ENTITY_SITE, "code=S1", "name=York", "organisation=ORG", NULL);
	support_add(test, ENTITY_DEVICE, "tag=C1", "site=S1", NULL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		support_add(test, ENTITY_DEADLINE, i % 2 == 0 ? "site=S1" : "device=C1",
			    arena_format(arena, "target_on=%s", rows[i].due),
			    arena_format(arena, "done_on=%s", rows[i].done), NULL);
	support_commit(test);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *key = arena_format(arena, "%zu", i + 1);

		assert_value(test, ENTITY_DEADLINE, key, "state", rows[i].state);
		assert_value(test, ENTITY_DEADLINE, key, "days", rows[i].days);
		assert_value(test, ENTITY_DEADLINE, key, "subject", i % 2 == 0 ? "S1" : "C1");
		assert_value(test, ENTITY_DEADLINE, key, "site_name", "York");
		assert_value(test, ENTITY_DEADLINE, key, "organisation", "ORG");
	}
	assert_string_equal(support_find(test, ENTITY_DEADLINE, "overdue"), "1");
	assert_string_equal(support_find(test, ENTITY_DEADLINE, "open"), "1 2 3 4");
	assert_string_equal(support_find(test, ENTITY_DEADLINE, "done"), "5 6 7");
	assert_string_equal(support_find(test, ENTITY_DEADLINE, "days<0"), "1");
}

static void
the_earliest_open_deadline_is_when_a_thing_is_due(void **state)
{
	struct support *test = *state;

	support_begin(test, "Fill");
	add_makers(test);
	support_add(test, ENTITY_SITE, "code=S1", NULL);
	support_add(test, ENTITY_SITE, "code=S2", NULL);
	support_add(test, ENTITY_DEVICE, "tag=HIK1", "site=S1", "manufacturer=HIK", NULL);
	support_add(test, ENTITY_DEVICE, "tag=ACME1", "site=S1", "manufacturer=ACME", NULL);
	support_add(test, ENTITY_DEVICE, "tag=GONE", "site=S1", "manufacturer=HIK", "removed_on=2024-01-01", NULL);
	support_add(test, ENTITY_DEVICE, "tag=OTHER", "site=S2", "manufacturer=HIK", NULL);
	support_add(test, ENTITY_DEADLINE, "site=S1", "kind=remove", "target_on=2027-03-01", NULL);
	support_add(test, ENTITY_DEADLINE, "site=S1", "kind=assess", "target_on=2027-01-01", NULL);
	support_add(test, ENTITY_DEADLINE, "device=HIK1", "target_on=2027-06-01", NULL);
	support_add(test, ENTITY_DEADLINE, "device=ACME1", "target_on=2027-05-01", NULL);
	support_add(test, ENTITY_DEADLINE, "device=ACME1", "target_on=2027-02-01", "done_on=2026-01-01", NULL);
	support_add(test, ENTITY_DEADLINE, "device=GONE", "target_on=2027-02-01", NULL);
	support_commit(test);
	assert_value(test, ENTITY_DEVICE, "HIK1", "due_on", "2027-03-01");
	assert_value(test, ENTITY_DEVICE, "ACME1", "due_on", "2027-05-01");
	assert_value(test, ENTITY_DEVICE, "GONE", "due_on", "-");
	assert_value(test, ENTITY_DEVICE, "OTHER", "due_on", "-");
	assert_value(test, ENTITY_SITE, "S1", "due_on", "2027-01-01");
	assert_value(test, ENTITY_SITE, "S2", "due_on", "-");
}

static void
figures_count_the_rows_that_they_open(void **state)
{
	static const char *const left[] = { "h", "?", "a", NULL };
	struct support *test = *state;

	support_begin(test, "Fill");
	add_makers(test);
	add_site(test, "S1", "", left);
	assess(test, "S1", "2026-01-01", "y----");
	support_set(test, ENTITY_DEVICE, "S1-0", "network=core", NULL);
	support_commit(test);
	for each_figure(figure) {
		const char *keys = support_find(test, figure->entity, figure->filter);
		int64_t value, counted, rows = *keys != '\0';

		for (; *keys != '\0'; keys++)
			rows += *keys == ' ';
		support_must(test, figure_rows(&test->session, figure, &value, &counted, &test->error));
		assert_int_equal(counted, rows);
		assert_true(value == rows || figure->part != NULL);
	}
	assert_string_equal(support_find(test, ENTITY_DEVICE, figure_named("core_network_in_scope")->filter), "S1-0");
	assert_string_equal(support_find(test, ENTITY_DEVICE, figure_named("devices_make_unknown")->filter), "S1-1");
	assert_string_equal(support_find(test, ENTITY_SITE, figure_named("sensitive_sites_to_clear")->filter), "S1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		register_test(a_site_is_sensitive_by_any_limb_and_not_only_by_all_four),
		register_test(the_newest_assessment_counts),
		register_test(a_device_is_in_scope_by_its_maker_and_its_kind),
		register_test(a_device_is_present_until_it_is_removed_replaced_or_disposed_of),
		register_test(a_site_goes_through_its_seven_states),
		register_test(an_organisation_counts_its_sensitive_sites),
		register_test(a_deadline_knows_its_state_and_days),
		register_test(the_earliest_open_deadline_is_when_a_thing_is_due),
		register_test(figures_count_the_rows_that_they_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
